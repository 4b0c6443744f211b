package form_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/quantity"
	"carbonledger/table"
)

// casesEach is how many random uploads every dialect writes and reads again.
const casesEach = 200

// TestWriteRandom writes random uploads that a dialect can express and reads them again, as text in
// UTF-8 and in GB18030 by turns.
func TestWriteRandom(t *testing.T) {
	lexicon := newLexicon(t)
	for _, d := range newDialects(t) {
		t.Run(d.ID, func(t *testing.T) {
			said := 0
			for seed := range uint64(casesEach) {
				m := &maker{d: d, lexicon: lexicon, Rand: rand.New(rand.NewPCG(seed, 1))}
				u := m.upload()
				said += len(u.Activities) + len(u.Assertions) + len(u.Statements) + len(u.Entities)
				encoding := []table.Encoding{table.UTF8, table.GB18030}[seed%2]
				t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
					checkRoundTrip(t, d, u, lexicon, encoding)
				})
				if t.Failed() {
					return
				}
			}
			if said < casesEach {
				t.Errorf("%d cases say %d things", casesEach, said)
			}
		})
	}
}

// maker makes uploads that a dialect can express.
type maker struct {
	*rand.Rand
	d       dialects.Dialect
	lexicon intake.Lexicon
	u       ledger.Upload
}

func pick[T any](m *maker, list []T) T { return list[m.IntN(len(list))] }

// has says whether the dialect has a place for a field.
func (m *maker) has(field string) bool {
	return slices.ContainsFunc(
		m.d.Columns,
		func(c dialects.Column) bool { return c.Field == field },
	) ||
		slices.ContainsFunc(m.d.Preamble, func(p dialects.Preamble) bool {
			return p.Fields[field] != "" && p.Write != ""
		})
}

// upload makes some rows, each with what its measures count.
func (m *maker) upload() ledger.Upload {
	years, rows := m.years(), 1+m.IntN(6)
	if m.d.Interval != nil {
		m.meter(2 + rows)
		return m.u
	}
	for range rows {
		flow := ledger.Flow{Entity: m.entity(), Period: m.period()}
		if len(m.d.Measures) == 0 {
			continue
		}
		if m.has("site") && m.IntN(2) == 0 {
			flow.Site = pick(m, []string{"一号楼", "meter 7", "a,b"})
		}
		if m.has("counterparty") && m.IntN(4) == 0 {
			flow.Counterparty = "SUPPLIER-1"
		}
		if m.has("vintage") && m.IntN(2) == 0 {
			flow.Vintage = quantity.DayOf(2023, time.Month(1+m.IntN(12)), 1+m.IntN(28))
		}
		document := ""
		if m.has("document") && m.IntN(2) == 0 {
			document = fmt.Sprintf("D-%03d", m.IntN(1000))
		}
		m.row(flow, document, years)
	}
	return m.u
}

// meter makes days in a row of one meter, which say how far its readings are apart.
func (m *maker) meter(days int) {
	flow := ledger.Flow{Entity: m.entity(), Site: pick(m, []string{"1#变", "meter 7"}),
		From: ledger.Supply, To: ledger.Use, Commodity: "electricity"}
	first := quantity.DayOf(2022, 2, 20) + quantity.Day(m.IntN(300))
	for i := range quantity.Day(days) {
		flow.Period = quantity.Period{First: first + i, End: first + i + 1}
		flow.Absence = ledger.Present
		number := m.number()
		if i > 1 && m.IntN(4) == 0 {
			flow.Absence, number = ledger.Missing, quantity.Number{}
		}
		m.u.Activities = append(m.u.Activities, ledger.Activity{Flow: flow, Number: number})
	}
}

// row makes the figures of one row.
func (m *maker) row(flow ledger.Flow, document string, years []quantity.Period) {
	ofRow := m.commodity()
	to, from := m.roles()
	unit := usual[ofRow.Unit.Symbol]
	for _, measure := range m.d.Measures {
		if measure.Unless != "" {
			continue // Read only where the column it stands in for is not there.
		}
		periods := []quantity.Period{flow.Period}
		if measure.Pattern != "" && measure.Period != "" {
			periods = years
		}
		for _, period := range periods {
			f := flow
			f.Period, f.To, f.From = period, to, from
			m.figure(f, measure, ofRow, document, unit)
		}
	}
}

// figure makes what one cell says: a figure, an absence, or nothing.
func (m *maker) figure(f ledger.Flow, measure dialects.Measure, ofRow quantity.Commodity,
	document, unit string) {
	commodity := ofRow
	if measure.Commodity != "" {
		commodity, _ = m.lexicon.Catalogue.Find(measure.Commodity)
	}
	f.Commodity = commodity.ID
	if role, ok := dialects.ReadRole(measure.Role); ok {
		f.To, f.From = role.Target(), role.Source()
	}
	if from, ok := dialects.ReadRole(measure.From); ok {
		f.From = from
	}
	if commodity.Class.Denominator() {
		f.From, f.To = ledger.Origin, ledger.Product
	}
	if measure.Site != "" {
		f.Site = measure.Site
	}
	number := m.numberIn(commodity, measure.Unit)
	isLeft := m.IntN(3) == 0
	switch {
	case measure.State != "":
		if !isLeft {
			m.u.Statements = append(m.u.Statements, ledger.Statement{Entity: f.Entity, Site: f.Site,
				Commodity: f.Commodity, Period: f.Period, Property: measure.State, Number: number,
				Unit: strings.ReplaceAll(measure.Unit, "{unit}", unit)})
		}
		return
	case measure.Count != "" && isLeft, measure.Blank == "none" && isLeft:
		return
	case measure.Count != "":
		m.u.Assertions = append(m.u.Assertions, ledger.Assertion{Entity: f.Entity, Site: f.Site,
			Commodity: f.Commodity, Period: f.Period, Edge: ledger.Edge(measure.Count),
			Number: number})
		return
	case (measure.Blank == "" || measure.Blank == "missing") && isLeft:
		f.Absence = ledger.Missing
	case m.has("absence") && len(m.d.Measures) == 1 && isLeft:
		f.Absence = pick(m, []ledger.Absence{ledger.Missing, ledger.NotOccurring, ledger.Estimated,
			ledger.IncludedElsewhere, ledger.Confidential})
	}
	if !f.Absence.HasFigure() {
		number = quantity.Number{}
	}
	m.u.Activities = append(m.u.Activities,
		ledger.Activity{Flow: f, Number: number, Document: document})
}

// entity registers one of two enterprises, or an area where the form is about areas.
func (m *maker) entity() string {
	if !m.has("entity") && m.d.Constant["entity"] == "" {
		area, _ := m.lexicon.Areas.ByCode(pick(m, []string{"360000", "110000"}))
		m.register(ledger.Entity{ID: area.Code, Name: area.NameZH, Area: area.Code})
		return area.Code
	}
	e := pick(m, []ledger.Entity{
		{ID: "91350100M000100Y43", Name: "示例公司", Industry: "C3741", Area: "360104/洪都街道"},
		{ID: "Y1360104EXAMPL002H", Name: "示例棉纺印染厂", Industry: "C1713", Area: "360104"}})
	if m.has("valid_from") {
		e.From = quantity.DayOf(2020, 1, 1)
	}
	if !m.has("name") {
		e.Name = ""
	}
	if !m.has("industry") {
		e.Industry = ""
	}
	if !m.has("area") {
		e.Area = ""
	}
	if e.Name+e.Industry+e.Area != "" {
		m.register(e)
	}
	return e.ID
}

func (m *maker) register(e ledger.Entity) {
	if !slices.Contains(m.u.Entities, e) {
		m.u.Entities = append(m.u.Entities, e)
	}
}

// years are the periods in the headers of this upload: all its rows have the same columns.
func (m *maker) years() (years []quantity.Period) {
	first := 2000 + m.IntN(20)
	for i := range 1 + m.IntN(4) {
		years = append(years, quantity.Year(first-i))
	}
	return years
}

func (m *maker) period() quantity.Period {
	year, month := 2020+m.IntN(4), time.Month(1+m.IntN(12))
	switch {
	case m.d.Cumulative:
		return quantity.Period{First: quantity.DayOf(year, 1, 1),
			End: quantity.DayOf(year, month+1, 1)}
	case m.d.Split != "" && m.IntN(2) == 0:
		return quantity.Period{First: quantity.DayOf(year, month, 3),
			End: quantity.DayOf(year, month, 4+m.IntN(20))}
	case m.d.Split != "", m.has("month") && !m.has("period"):
		return quantity.Month(year, month)
	case m.has("year") && !m.has("period"):
		return quantity.Year(year)
	}
	return pick(m, []quantity.Period{quantity.Month(year, month), quantity.Year(year),
		quantity.Quarter(year, 1+m.IntN(4)), {First: quantity.DayOf(year, month, 3),
			End: quantity.DayOf(year, month+1, 9)}})
}

func (m *maker) roles() (to, from ledger.Role) {
	if !m.has("role") {
		role, ok := dialects.ReadRole(m.d.Constant["role"])
		if !ok {
			role = ledger.Use
		}
		return role.Target(), role.Source()
	}
	role := pick(m, []ledger.Role{ledger.Use, ledger.Feedstock, ledger.Convert, ledger.Product,
		ledger.Sale, ledger.Loss, ledger.Supply})
	if m.has("from") && m.IntN(3) == 0 && role != ledger.Supply {
		return role.Target(), ledger.Stock
	}
	return role.Target(), role.Source()
}

// commodity is what a row is about, where no measure decides it.
func (m *maker) commodity() quantity.Commodity {
	isParent := map[string]bool{}
	for _, c := range m.lexicon.Catalogue.All() {
		isParent[c.Parent] = true
	}
	isArea := !m.has("entity") && m.d.Constant["entity"] == ""
	var may []quantity.Commodity
	for _, c := range m.lexicon.Catalogue.All() {
		alone := !isParent[c.ID] && c.Parent == "" || !m.d.Hierarchy
		if c.Class != quantity.ClassGas && c.Class.Denominator() == isArea && alone {
			may = append(may, c)
		}
	}
	return pick(m, may)
}

// usual are the units a property is stated in, by book unit.
var usual = map[string]string{"kg": "t", "kWh": "kWh", "kJ": "GJ", "Nm3": "Nm3", "L": "m3",
	"scf": "scf", "m3": "m3", "km": "km", "kgce": "tce", "yuan": "万元", "person": "万人",
	"m2": "m2"}

// numberIn is a figure with a last digit in a unit.
func (m *maker) numberIn(c quantity.Commodity, text string) quantity.Number {
	number := m.number()
	if unit, err := quantity.ParseUnit(table.Fold(text)); err == nil {
		if perUnit, _, err := c.Accept(unit); err == nil {
			return number.Mul(perUnit)
		}
	}
	return number
}

// number is a figure of up to 24 digits in book units, seldom 0.
func (m *maker) number() quantity.Number {
	if m.IntN(10) == 0 {
		return quantity.Number{}
	}
	text := fmt.Sprint(m.Uint64N(1_000_000_000))
	if m.IntN(4) == 0 {
		text += fmt.Sprintf("%09d", m.Uint64N(1_000_000_000))
	}
	if m.IntN(2) == 0 {
		text += fmt.Sprintf(".%06d", m.Uint64N(1_000_000))
	}
	number, err := quantity.ParseNumber(text)
	if err != nil {
		panic(err)
	}
	return number
}
