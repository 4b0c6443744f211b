package plan

import (
	"strconv"
	"strings"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/pledges"
	"carbonledger/table"
)

// Pledges shows the district as the sum of those who pledged and the remainder, year by year and
// in the last year one by one, and how each pledge stands.
func Pledges(p planning.Promised, name func(entity string) string,
	names report.Names) []report.Table {
	lang := names.Lang
	return []report.Table{rollup(p.Rollup, lang), parts(p.Rollup, name, lang),
		tests(p, name, names)}
}

// whole rounds kg to whole ones, so that t with three decimals add up.
var whole = quantity.Rounding{Mode: quantity.HalfEven}

func rollup(r pledges.Rollup, lang table.Lang) report.Table {
	plan := r.Plan
	if plan == "" {
		plan = report.Term(lang, "levers.base")
	}
	t := report.Table{Key: "pledges", Title: report.Say(lang, "pledges.title", plan),
		Columns: columns(lang, "year", "pledges.pledged#:tCO2", "pledges.remainder#:tCO2",
			"pledges.district#:tCO2", "pledges.plan#:tCO2", "pledges.gap#:tCO2")}
	for _, year := range r.Years {
		district, planned := year.District.CO2.Round(whole), year.Plan.CO2.Round(whole)
		split := quantity.Apportion(district, []quantity.Ratio{
			quantity.Whole(year.Pledged.CO2), quantity.Whole(year.Remainder.CO2)}, whole)
		t.Rows = append(t.Rows, []string{strconv.Itoa(year.Year), inTonnes(split[0]),
			inTonnes(split[1]), inTonnes(district), inTonnes(planned),
			inTonnes(district.Sub(planned))})
	}
	t.Notes = []string{report.Term(lang, "pledges.note"), PinNote(r.Pins, lang)}
	if len(r.Absent) > 0 {
		t.Notes = append(t.Notes, report.Say(lang, "pledges.absent", strings.Join(r.Absent, ", ")))
	}
	return t
}

// parts shows the last year: each entity, and the remainder by group of sectors.
func parts(r pledges.Rollup, name func(string) string, lang table.Lang) report.Table {
	last := r.Years[len(r.Years)-1]
	t := report.Table{Key: "pledges-parts", Title: report.Say(lang, "pledges.parts",
		strconv.Itoa(last.Year)), Columns: columns(lang, "pledges.part", "pledges.base#:tCO2",
		"pledges.last#:tCO2", "change#:tCO2")}
	var names []string
	var before, after []quantity.Ratio
	add := func(name string, was, is quantity.Number) {
		names = append(names, name)
		before, after = append(before, quantity.Whole(was)), append(after, quantity.Whole(is))
	}
	for _, one := range r.Pledged {
		years := one.Pathway.Years
		add(name(one.Entity), years[0].CO2, years[len(years)-1].CO2)
	}
	years := r.Remainder.Years
	group := func(c scenarios.Cell) string { return scenarios.GroupOf(c.Sector) }
	first, end := years[0].SumBy(group), years[len(years)-1].SumBy(group)
	for _, sector := range scenarios.CellSectors() {
		if !first[sector].CO2.IsZero() || !end[sector].CO2.IsZero() {
			add(report.Say(lang, "pledges.rest", report.Term(lang, "sector."+sector)),
				first[sector].CO2, end[sector].CO2)
		}
	}
	was, is := r.Years[0].District.CO2.Round(whole), last.District.CO2.Round(whole)
	wasParts := quantity.Apportion(was, before, whole)
	isParts := quantity.Apportion(is, after, whole)
	for i, name := range names {
		t.Rows = append(t.Rows, []string{name, inTonnes(wasParts[i]), inTonnes(isParts[i]),
			inTonnes(isParts[i].Sub(wasParts[i]))})
	}
	t.Total = []string{report.Term(lang, "total"), inTonnes(was), inTonnes(is),
		inTonnes(is.Sub(was))}
	return t
}

// tests shows how each pledge stands, and what still leads to it.
func tests(p planning.Promised, name func(string) string, names report.Names) report.Table {
	lang := names.Lang
	year := strconv.Itoa(p.Year)
	t := report.Table{Key: "pledges-tests", Title: report.Say(lang, "pledges.tests", year),
		Columns: columns(lang, "entity", "row#", "pledges.pledge", "pledges.figure", "unit",
			"pledges.base-figure#", "pledges.promised#", "pledges.actual#", "pledges.missing#",
			"pledges.status", "pledges.way")}
	if p.Year == 0 {
		t.Title = report.Term(lang, "pledges.untested")
	}
	for _, test := range p.Tests {
		cells := []string{name(test.Entity), strconv.Itoa(test.Row.Line),
			pledgeText(test.Row, names), figureText(test, names), "tce", "", "", "", ""}
		if test.Water {
			cells[4] = "m3"
		}
		if test.Reason != pledges.Absent && test.Reason != pledges.NoYear &&
			test.Reason != pledges.Unseen {
			cells[5], cells[6] = inTonnes(test.Base), inTonnes(test.Pledged)
		}
		if test.Status != pledges.NoData {
			cells[7], cells[8] = inTonnes(test.Actual), inTonnes(test.Gap)
		}
		t.Rows = append(t.Rows, append(cells,
			report.Term(lang, "pledges.status."+string(test.Status)), wayText(test, lang)))
	}
	t.Notes = []string{report.Term(lang, "pledges.tests.note")}
	return t
}

// pledgeText prints what a row pledges.
func pledgeText(row scenarios.Row, names report.Names) string {
	return names.Row(row.Key()) + " " + row.Value.String() + " " + row.Unit + " " +
		span(row.First, row.Last)
}

func figureText(t pledges.Test, names report.Names) string {
	lang := names.Lang
	word := "pledges.most"
	if t.Least {
		word = "pledges.least"
	}
	what := names.CommodityOf(t.Commodity)
	switch {
	case t.Commodity == scenarios.All && t.Water:
		what = report.Term(lang, "pledges.water")
	case t.Commodity == scenarios.All || t.Commodity == "":
		what = report.Term(lang, "pledges.energy")
	}
	return report.Say(lang, word, what)
}

// wayText says what leads out: the yearly change that is still enough, or why nothing can be told.
func wayText(t pledges.Test, lang table.Lang) string {
	switch {
	case t.Reason != "":
		return report.Term(lang, "pledges.reason."+string(t.Reason))
	case t.Status == pledges.Met:
		return ""
	case !t.Required.Defined():
		return report.Say(lang, "pledges.way.due", strconv.Itoa(t.Due),
			report.Figure(inTonnes(t.Goal)))
	}
	rate, _ := t.Required.Round(quantity.Rounding{Places: 2, Mode: quantity.HalfUp})
	return report.Say(lang, "pledges.way.rate", rate.Fixed(2), strconv.Itoa(t.Due),
		report.Figure(inTonnes(t.Goal)))
}
