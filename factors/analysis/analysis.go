// Package analysis turns laboratory analyses of fuel into factors of an enterprise's own, month by
// month, each analysis weighted by the fuel it stands for.
//
//	NCV = sum(NCV_i x FC_i) / sum(FC_i)                               [GJ/t]
//	C   = sum(C_i x FC_i) / sum(FC_i)                                 [tC/t]
//	CO2 per tonne = C x OX x 44/12,   tce per tonne = NCV / 29.3076
//
// FC_i is the fuel of a day or batch, C_i its element carbon content as received; where the
// laboratory states carbon per energy, C_i is that times NCV_i, so that the carbon of the month is
// the carbon of its days. Sums run over the days that have the analysis; how much of the month they
// cover is told. Nothing is divided before the factor is evaluated.
//
// Source: MEE, Guidance on accounting and reporting of corporate GHG emissions, power generation
// (企业温室气体排放核算与报告指南 发电设施, edition of December 2022, in force 2023), element carbon
// content weighted by daily consumption; recalled, not read in a copy. 29307.6 kJ/kgce: GB/T 2589.
package analysis

import (
	"fmt"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Sample is the fuel of a day or batch with what the laboratory found.
type Sample struct {
	Line         int
	Entity, Site string
	Commodity    quantity.Commodity
	Month        quantity.Period
	// Amount counts t, or 万Nm3 of a gas; NCV GJ, Carbon tC for each of these, Oxidation percent.
	Amount                 quantity.Number
	NCV, Carbon, Oxidation quantity.Number
	HasNCV, HasCarbon      bool
	Report                 string
	// defaulted is the source of an oxidation rate that the file does not state.
	defaulted string
}

// Month is what the analyses of one fuel of an entity or site say of a month.
type Month struct {
	Entity, Site string
	Commodity    quantity.Commodity
	Month        quantity.Period
	// Unit is t or 万Nm3, Amount the fuel of the month, and Heated and Analysed that with a heating
	// value and with a carbon content.
	Unit                     string
	Amount, Heated, Analysed quantity.Number
	// Energy is sum(NCV_i x FC_i) in GJ, Carbon sum(C_i x FC_i) in tC, and Oxidised the sum of
	// C_i x FC_i x OX_i in tC percent.
	Energy, Carbon, Oxidised quantity.Number
	Reports                  []string
	// Rate is the oxidation rate in percent where all days have the same.
	Rate      quantity.Number
	oneRate   bool
	defaulted string
	line      int
}

// Months adds samples up, in the order of entity, site, commodity and month.
func Months(samples []Sample) []Month {
	at := map[string]int{}
	var months []Month
	for _, s := range samples {
		key := strings.Join([]string{s.Entity, s.Site, s.Commodity.ID, s.Month.String()}, "\x00")
		i, known := at[key]
		if !known {
			i, at[key] = len(months), len(months)
			months = append(months, Month{Entity: s.Entity, Site: s.Site, Commodity: s.Commodity,
				Month: s.Month, Unit: unitOf(s.Commodity), line: s.Line})
		}
		months[i].add(s)
	}
	slices.SortStableFunc(months, func(a, b Month) int {
		return strings.Compare(a.key(), b.key())
	})
	return months
}

func (m Month) key() string {
	return strings.Join([]string{m.Entity, m.Site, m.Commodity.ID, m.Month.String()}, "\x00")
}

func (m *Month) add(s Sample) {
	m.Amount = m.Amount.Add(s.Amount)
	if s.HasNCV {
		m.Heated = m.Heated.Add(s.Amount)
		m.Energy = m.Energy.Add(s.NCV.Mul(s.Amount))
	}
	if s.HasCarbon {
		carbon := s.Carbon.Mul(s.Amount)
		if m.Analysed.IsZero() {
			m.Rate, m.oneRate = s.Oxidation, true
		}
		m.oneRate = m.oneRate && m.Rate.Equal(s.Oxidation)
		m.Analysed, m.Carbon = m.Analysed.Add(s.Amount), m.Carbon.Add(carbon)
		m.Oxidised = m.Oxidised.Add(carbon.Mul(s.Oxidation))
		m.defaulted = orElse(m.defaulted, s.defaulted)
	}
	if s.Report != "" && !slices.Contains(m.Reports, s.Report) {
		m.Reports = append(m.Reports, s.Report)
	}
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// NCV is the weighted heating value in GJ per unit; it has no answer without an analysis.
func (m Month) NCV() quantity.Ratio { return quantity.RatioOf(m.Energy, m.Heated) }

// CarbonContent is the weighted element carbon content in tC per unit.
func (m Month) CarbonContent() quantity.Ratio { return quantity.RatioOf(m.Carbon, m.Analysed) }

// Warnings tell how much of the month has been analysed, where that is not all of it.
func (m Month) Warnings(file string) (warnings []table.Fault) {
	for _, part := range []struct {
		code    string
		covered quantity.Number
	}{{"analysis.carbon", m.Analysed}, {"analysis.heat", m.Heated}} {
		if part.covered.Equal(m.Amount) {
			continue
		}
		warnings = append(warnings, table.Fault{File: file, Line: m.line, Code: part.code,
			Args: []string{m.named(), part.covered.String(), m.Amount.String(), m.Unit}})
	}
	return warnings
}

func (m Month) named() string {
	return strings.Join(strings.Fields(strings.Join([]string{m.Entity, m.Site, m.Commodity.ID,
		m.Month.String()}, " ")), " ")
}

// Rows writes the factors of the month: to CO2 where there is a carbon content, to standard coal
// where there is a heating value. The file is named as their source.
func (m Month) Rows(file, approver string) (rows []factors.Row) {
	row := factors.Row{From: m.Commodity.ID, PerUnit: m.Unit,
		Area:      factors.Subject(m.Entity, m.Site),
		ValidFrom: m.Month.First.String(), ValidTo: m.Month.End.String(), Basis: "net",
		Source: "monthly mean of fuel analyses weighted by consumption: " + file,
		Page:   "from row " + fmt.Sprint(m.line), Status: string(factors.Own),
		Evidence: strings.Join(m.Reports, "; "), Approver: approver}
	id := strings.Join(strings.Fields("analysis "+m.named()), "-")
	if !m.Analysed.IsZero() {
		co2 := row
		co2.ID, co2.To, co2.ToUnit = id+"-co2", "co2", "tCO2"
		co2.Parts = fmt.Sprintf("carbon=%s tC/%s;oxidation=%s %%;molar=44/12",
			quotient(m.Carbon, m.Analysed), m.Unit, m.oxidation())
		co2.Note = fmt.Sprintf("carbon analysed for %s of %s %s", m.Analysed, m.Amount, m.Unit)
		if m.defaulted != "" {
			co2.Note += "; oxidation rate: " + m.defaulted
		}
		rows = append(rows, co2)
	}
	if !m.Heated.IsZero() {
		coal := row
		coal.ID, coal.To, coal.ToUnit = id+"-tce", "coal-equivalent", "tce"
		// 29.3076 GJ/tce: GB/T 2589.
		coal.Parts = fmt.Sprintf("ncv=%s GJ/%s;coal=1/29.3076 tce/GJ",
			quotient(m.Energy, m.Heated), m.Unit)
		coal.Note = fmt.Sprintf("heating value known for %s of %s %s", m.Heated, m.Amount, m.Unit)
		rows = append(rows, coal)
	}
	return rows
}

// oxidation is the rate in percent: as stated where all days have one, else weighted by carbon.
func (m Month) oxidation() string {
	if m.oneRate || m.Carbon.IsZero() {
		return m.Rate.String()
	}
	return quotient(m.Oxidised, m.Carbon)
}

// quotient writes a / b as a part has it.
func quotient(a, b quantity.Number) string { return a.String() + "/" + b.String() }
