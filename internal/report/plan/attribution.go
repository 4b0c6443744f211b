package plan

import (
	"slices"
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios/attribution"
	"carbonledger/scenarios/decomposition"
	"carbonledger/table"
)

// Causes shows what moved CO2: for the years of the book and for the pathway the effects end to
// end and chained, and the chained ones year by year and by group of sectors.
func Causes(a attribution.Answer, names report.Names) (tables []report.Table) {
	lang := names.Lang
	for _, part := range []struct {
		of string
		*attribution.Part
	}{{"history", a.History}, {"pathway", a.Pathway}} {
		if part.Part == nil {
			continue
		}
		first := strconv.Itoa(part.Years[0])
		last := strconv.Itoa(part.Years[len(part.Years)-1])
		title := report.Say(lang, "causes.title."+part.of, a.Scenario, first, last)
		t := report.Table{Key: "causes-" + part.of, Title: title, Columns: columns(lang, "cause",
			"causes.ends#:tCO2", "causes.chained#:tCO2", "causes.times#", "causes.log#")}
		for k, cause := range attribution.Causes() {
			t.Rows = append(t.Rows, append([]string{report.Term(lang, "cause."+cause),
				inTonnes(part.Ends.Effects[k]), inTonnes(part.Chained.Effects[k])},
				indexCells(part.ChainIndices, k, lang)...))
		}
		t.Total = append([]string{report.Term(lang, "total"), inTonnes(part.Ends.Difference),
			inTonnes(part.Chained.Difference)}, indexCells(part.ChainIndices, -1, lang)...)
		t.Notes = []string{report.Term(lang, "causes.note")}
		if len(part.Chained.Shared) > 0 {
			t.Notes = append(t.Notes, report.Say(lang, "causes.shared",
				places(part.Chained.Shared, names)))
		}
		tables = append(tables, t, steps(part.Part, part.of, title, lang),
			groups(part.Part, part.of, title, lang))
	}
	last := &tables[len(tables)-1]
	for _, year := range a.Left {
		last.Notes = append(last.Notes, report.Say(lang, "causes.left", strconv.Itoa(year)))
	}
	last.Notes = append(last.Notes, PinNote(a.Pins, lang))
	return tables
}

// places names cells, which are a sector and a commodity each.
func places(cells []string, names report.Names) string {
	var words []string
	for _, cell := range cells {
		sector, commodity, _ := strings.Cut(cell, " ")
		words = append(words, report.Say(names.Lang, "causes.cell",
			report.Sector(sector, names.Lang), names.CommodityOf(commodity)))
	}
	return strings.Join(words, report.Term(names.Lang, "list.comma"))
}

// indexCells are the multiple and its logarithm of a factor, or of the whole for -1.
func indexCells(i decomposition.Indices, factor int, lang table.Lang) []string {
	if len(i.Factors) == 0 {
		return []string{report.Term(lang, "undefined"), report.Term(lang, "undefined")}
	}
	index := i.Total
	if factor >= 0 {
		index = i.Factors[factor]
	}
	return []string{index.Times.Fixed(6), index.Log.Fixed(6)}
}

func causeColumns(lang table.Lang, first string) []report.Column {
	keys := []string{first}
	for _, cause := range attribution.Causes() {
		keys = append(keys, "cause."+cause+"#:tCO2")
	}
	return columns(lang, append(keys, "difference#:tCO2")...)
}

func effectCells(name string, effects []quantity.Number, difference quantity.Number) []string {
	cells := []string{name}
	for _, effect := range effects {
		cells = append(cells, inTonnes(effect))
	}
	return append(cells, inTonnes(difference))
}

func steps(p *attribution.Part, of, title string, lang table.Lang) report.Table {
	t := report.Table{Key: "causes-years-" + of, Columns: causeColumns(lang, "year"),
		Title: report.Say(lang, "causes.years", title)}
	for _, step := range p.Chained.Steps {
		t.Rows = append(t.Rows, effectCells(strconv.Itoa(step.Last), step.Effects,
			step.Difference))
	}
	t.Total = effectCells(report.Term(lang, "total"), p.Chained.Effects, p.Chained.Difference)
	return t
}

func groups(p *attribution.Part, of, title string, lang table.Lang) report.Table {
	t := report.Table{Key: "causes-sectors-" + of, Columns: causeColumns(lang, "sector"),
		Title: report.Say(lang, "causes.sectors", title)}
	for _, group := range p.Groups {
		t.Rows = append(t.Rows, effectCells(report.Term(lang, "sector."+group.Sector),
			group.Effects, group.Difference))
	}
	t.Total = effectCells(report.Term(lang, "total"), p.Chained.Effects, p.Chained.Difference)
	return t
}

// Levers shows what each lever brings between two scenarios.
func Levers(b attribution.Brought, lang table.Lang) report.Table {
	without := WithoutName(b, lang)
	t := report.Table{Key: "levers", Title: report.Say(lang, "levers.title", without, b.With),
		Columns: columns(lang, "lever", "rows#", "levers.year#:tCO2", "levers.sum#:tCO2")}
	t.Columns[2].Title = report.Say(lang, "levers.year", strconv.Itoa(b.Last))
	t.Columns[3].Title = report.Say(lang, "levers.sum", strconv.Itoa(b.First), strconv.Itoa(b.Last))
	if b.Orders > 0 {
		t.Columns = append(t.Columns, columns(lang, "levers.within#:tCO2")...)
	}
	for _, part := range b.Levers {
		cells := []string{LeverName(part.Lever, lang), strconv.Itoa(len(part.Rows)),
			inTonnes(part.Year),
			inTonnes(part.Sum)}
		if b.Orders > 0 {
			cells = append(cells, inTonnes(part.YearWithin))
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Total = []string{report.Term(lang, "total"), "", inTonnes(b.Year.Difference),
		inTonnes(b.Sum.Difference)}
	if b.Orders > 0 {
		t.Total = append(t.Total, "")
		t.Notes = append(t.Notes, report.Say(lang, "levers.orders", strconv.Itoa(b.Orders)))
	}
	t.Notes = append(t.Notes, report.Say(lang, "levers.note", strconv.Itoa(b.Projections)),
		report.Say(lang, "levers.ends", strconv.Itoa(b.Last),
			report.Figure(inTonnes(b.Year.Without)),
			report.Figure(inTonnes(b.Year.With))), PinNote(b.Pins, lang))
	return t
}

// WithoutName names the scenario without the levers.
func WithoutName(b attribution.Brought, lang table.Lang) string {
	if b.Without == "" {
		return report.Term(lang, "levers.base")
	}
	return b.Without
}

// shaped are the endings of words that only say how strong another word of their lever is.
var shaped = []string{"-ratio", "-life", "-hours", "-self-use", "-depth", "-energy", "-rate"}

// LeverName names a lever by its words, without those that only give it its strength:
// switch and electrification, and not the ratio of the switch.
func LeverName(words string, lang table.Lang) string {
	all := strings.Split(words, ", ")
	strength := func(word string) bool {
		return slices.ContainsFunc(shaped, func(end string) bool {
			return strings.HasSuffix(word, end)
		})
	}
	named := slices.DeleteFunc(slices.Clone(all), strength)
	if len(named) == 0 {
		named = all
	}
	for i, word := range named {
		named[i] = report.Term(lang, "lever."+word)
	}
	return strings.Join(named, report.Term(lang, "comma"))
}
