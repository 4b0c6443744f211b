package report

import (
	"strconv"
	"strings"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// The units and roundings scenario figures are shown with: 万tce and 万tCO2 would hide a district,
// so tonnes; intensities with four decimals, relative changes in per cent with two.
var (
	tonnes   = quantity.Rounding{Places: 0, Mode: quantity.HalfUp}
	percents = quantity.Rounding{Places: 2, Mode: quantity.HalfUp}
)

// perTonne and perWan turn kg into t and yuan into 万元.
var (
	perTonne = quantity.Int(1000)
	perWan   = quantity.Int(10000)
)

func shownTonnes(n quantity.Number) string {
	shown, _ := quantity.RatioOf(n, perTonne).Round(tonnes)
	return shown.String()
}

// shownIntensity shows kg per yuan as t per 万元.
func shownIntensity(r quantity.Ratio, lang table.Lang) string {
	shown, ok := r.Mul(quantity.RatioOf(perWan, perTonne)).Round(intensityRounding)
	if !ok {
		return Term(lang, "undefined")
	}
	return shown.Fixed(intensityRounding.Places)
}

func shownPercent(r quantity.Ratio, lang table.Lang) string {
	shown, ok := r.Mul(quantity.Whole(quantity.Int(100))).Round(percents)
	if !ok {
		return Term(lang, "undefined")
	}
	text := shown.Fixed(percents.Places)
	if shown.Sign() > 0 {
		text = "+" + text
	}
	return text + " %"
}

// scenarioColumns are the columns that a pathway and a comparison share.
func scenarioColumns(lang table.Lang, first ...string) []Column {
	list := columns(lang, append(first, "energy#", "co2#", "gdp#", "energy_per_gdp#",
		"co2_per_gdp#")...)
	units := []string{"tce", "tCO2", "万元", "tce/万元", "tCO2/万元"}
	for i, unit := range units {
		list[len(first)+i].Unit = unit
	}
	return list
}

// Pathway shows one scenario year by year, the years of the book before it.
func Pathway(p scenarios.Pathway, lang table.Lang) Table {
	last := p.Years[len(p.Years)-1].Year
	t := Table{Key: "scenario", Title: Say(lang, "scenario.title", p.Scenario, strconv.Itoa(last)),
		Columns: scenarioColumns(lang, "year", "source")}
	for i, year := range append(append([]scenarios.Year{}, p.History...), p.Years...) {
		source := "projection"
		if i <= len(p.History) {
			source = "history"
		}
		t.Rows = append(t.Rows, append([]string{strconv.Itoa(year.Year), Term(lang, source)},
			yearCells(year, lang)...))
	}
	t.Notes = append(moneyNotes(p, lang), scenarioNotes(p, lang)...)
	return t
}

// moneyNotes tell which years stand at prices of their own, and when GDP was published.
func moneyNotes(p scenarios.Pathway, lang table.Lang) (notes []string) {
	var nominal []string
	for _, year := range p.History {
		if year.Nominal {
			nominal = append(nominal, strconv.Itoa(year.Year))
		}
	}
	if len(nominal) > 0 {
		notes = append(notes, Say(lang, "scenario.nominal", strings.Join(nominal, ", ")))
	}
	for _, driver := range scenarios.GDPDrivers() {
		if day, ok := p.Vintages[driver]; ok {
			return append(notes, Say(lang, "scenario.vintage",
				strconv.Itoa(p.Years[0].Year), day))
		}
	}
	return notes
}

func yearCells(y scenarios.Year, lang table.Lang) []string {
	return []string{shownTonnes(y.Energy), shownTonnes(y.CO2), wan(y.GDP),
		shownIntensity(y.EnergyPerGDP(), lang), shownIntensity(y.CO2PerGDP(), lang)}
}

func wan(n quantity.Number) string {
	shown, _ := quantity.RatioOf(n, perWan).Round(tonnes)
	return shown.String()
}

// Comparison shows several scenarios side by side, for the years given (none: all).
func Comparison(
	c scenarios.Comparison,
	first scenarios.Pathway,
	years []int,
	lang table.Lang,
) Table {
	last := c.Lines[len(c.Lines)-1].Year
	t := Table{Key: "compare", Title: Say(lang, "compare.title", strconv.Itoa(last)),
		Columns: scenarioColumns(lang, "scenario", "year")}
	more := columns(lang, "change_base#", "change_reference#")
	more[0].Unit, more[1].Unit = "CO2", "CO2"
	t.Columns = append(t.Columns, more...)
	for _, line := range c.Lines {
		if len(years) > 0 && !has(years, line.Year) {
			continue
		}
		year := scenarios.Year{Energy: line.Energy, CO2: line.CO2, GDP: line.GDP}
		row := append([]string{line.Scenario, strconv.Itoa(line.Year)}, yearCells(year, lang)...)
		t.Rows = append(t.Rows, append(row, shownPercent(line.AgainstBase.CO2.Relative, lang),
			shownPercent(line.AgainstReference.CO2.Relative, lang)))
	}
	t.Notes = scenarioNotes(first, lang)
	return t
}

func has(years []int, year int) bool {
	for _, y := range years {
		if y == year {
			return true
		}
	}
	return false
}

// Verdicts shows the peak verdict of each scenario, over the years of the book and those projected.
func Verdicts(pathways []scenarios.Pathway, lang table.Lang) Table {
	last := pathways[0].Years[len(pathways[0].Years)-1].Year
	t := Table{Key: "verdict", Title: Say(lang, "verdict.title", strconv.Itoa(last)),
		Columns: columns(lang, "scenario", "verdict", "peak_year", "peak#", "margin#", "source")}
	t.Columns[3].Unit = "tCO2"
	for _, p := range pathways {
		v := scenarios.Peak(p.Points(func(y scenarios.Year) quantity.Number { return y.CO2 }),
			quantity.Int(scenarios.BandPercent))
		source := "projection"
		if v.History {
			source = "history"
		}
		t.Rows = append(t.Rows, []string{p.Scenario, Term(lang, "verdict."+string(v.Status)),
			strconv.Itoa(v.PeakYear), shownTonnes(v.Height),
			strings.TrimPrefix(shownPercent(v.Margin, lang), "+"), Term(lang, source)})
	}
	return t
}

// scenarioNotes tells prices, gaps, rows without effect, and what the base is pinned to.
func scenarioNotes(p scenarios.Pathway, lang table.Lang) []string {
	notes := []string{Say(lang, "scenario.prices", strconv.Itoa(p.Years[0].Year))}
	for _, gap := range p.Gaps {
		notes = append(notes, Say(lang, "scenario.gap", gap))
	}
	for _, row := range p.Idle {
		idle := Say(lang, "scenario.idle", strconv.Itoa(row.Line), row.Lever, row.Sector,
			row.Commodity)
		notes = append(notes, strings.TrimRight(idle, ", 、")) // no commodity, no comma
	}
	return append(notes, Say(lang, "scenario.pins", p.Pins.Boundary,
		strconv.Itoa(p.Pins.Position), p.Pins.Head[:min(16, len(p.Pins.Head))], p.Pins.Policy))
}
