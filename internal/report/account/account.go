// Package account tells about scenarios on paper: the report as one page, and the pictures. What it
// tells comes from the tables of its neighbour plan; it chooses, orders and draws.
package account

import (
	"bytes"
	"slices"
	"strconv"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/page"
	"carbonledger/internal/report/plan"
	"carbonledger/internal/report/verdict"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// Of is the report of an outlook: verdicts, targets, the parts of each scenario with the evidence
// there is, costs, assumptions, and what all of it stands on.
func Of(o planning.Outlook, known map[string]Evidence, names report.Names) (page.Page, error) {
	lang, first := names.Lang, o.Pathways[0]
	say := func(key string, args ...string) string { return report.Say(lang, key, args...) }
	area := plan.Region(first, names)
	last := year(plan.LastYear(first))
	p := page.Page{Lang: lang, Title: say("account.title", area, last), Contents: say("contents"),
		Facts: facts(o, names)}
	for _, pathway := range o.Pathways {
		p.Lead = append(p.Lead, plan.Sentence(pathway, lang)+say("full-stop"))
	}
	overview, err := overviewSection(o, names)
	if err != nil {
		return p, err
	}
	p.Sections = append(p.Sections, overview)
	for _, row := range plan.Summary(o.Judged, lang).Rows {
		p.Lead = append(p.Lead, say("account.met", row[0], row[1], row[2], row[3]))
	}
	if len(o.Judged) > 0 {
		judged, err := targetSection(o, names)
		if err != nil {
			return p, err
		}
		p.Sections = append(p.Sections, judged)
	}
	for i := range o.Pathways {
		section, err := scenarioSection(o, i, known[o.Pathways[i].Scenario], names)
		if err != nil {
			return p, err
		}
		p.Sections = append(p.Sections, section)
	}
	if costs := plan.Costs(o.Pathways, names); hasCosts(o.Pathways) {
		costs = keepRows(costs, 1, shownYears(first))
		p.Sections = append(p.Sections, page.Section{Title: say("costs.title"),
			Tables: []report.Table{costs}})
	}
	return p, finish(&p, o, names)
}

// finish adds the assumptions and the method, which are always there.
func finish(p *page.Page, o planning.Outlook, names report.Names) error {
	lang := names.Lang
	assumptions := plan.Assumptions(o.Set, names)
	made := page.Section{Title: assumptions.Title, Words: assumptions.Notes,
		Tables: []report.Table{assumptions}}
	made.Tables[0].Notes, made.Tables[0].Title = nil, ""
	p.Lead = append(p.Lead, assumptions.Notes[0]+report.Term(lang, "full-stop"))
	method := page.Section{Title: report.Term(lang, "account.method")}
	for _, key := range []string{"account.exact", "account.rounded", "account.verdict",
		"account.order"} {
		method.Words = append(method.Words, report.Term(lang, key))
	}
	for _, pathway := range o.Pathways {
		for _, note := range append(plan.MoneyNotes(pathway, lang), plan.Notes(pathway, names)...) {
			if !slices.Contains(method.Words, note) {
				method.Words = append(method.Words, note)
			}
		}
		for _, gap := range pathway.WaterGaps {
			note := report.Say(lang, "account.water-gap", verdict.Gap(gap, names))
			if !slices.Contains(method.Words, note) {
				method.Words = append(method.Words, note)
			}
		}
	}
	p.Sections = append(p.Sections, made, method)
	return nil
}

// facts are the pins of the base, whole, so that it can be taken again.
func facts(o planning.Outlook, names report.Names) [][2]string {
	lang, pins := names.Lang, o.Pathways[0].Pins
	base := o.Pathways[0].Years[0].Year
	list := [][2]string{
		{report.Term(lang, "pin.boundary"),
			plan.Region(o.Pathways[0], names) + " " + pins.Boundary},
		{report.Term(lang, "account.base"), year(base)},
		{report.Term(lang, "account.reference"), o.Reference},
		{report.Term(lang, "pin.position"), strconv.Itoa(pins.Position)},
		{report.Term(lang, "pin.head"), pins.Head},
		{report.Term(lang, "pin.policy"), pins.Policy + " " + pins.PolicyDigest},
	}
	for _, set := range pins.Sets {
		list = append(list, [2]string{report.Term(lang, "pin.sets"), set})
	}
	return list
}

// drawn turns pictures into what a page takes.
func drawn(pictures []Picture) (list []page.Picture, err error) {
	for _, picture := range pictures {
		var out bytes.Buffer
		if err := picture.SVG(&out); err != nil {
			return nil, err
		}
		list = append(list, page.Picture{SVG: out.Bytes()})
	}
	return list, nil
}

func overviewSection(o planning.Outlook, names report.Names) (page.Section, error) {
	s := page.Section{Title: report.Say(names.Lang, "verdict.title",
		year(plan.LastYear(o.Pathways[0])))}
	comparison, err := scenarios.Compare(o.Pathways, o.Reference)
	if err != nil {
		return s, err
	}
	compared := plan.Comparison(comparison, o.Pathways, shownYears(o.Pathways[0]), names)
	compared.Notes = nil // they stand under the method
	s.Tables = []report.Table{plan.Verdicts(o.Pathways, names.Lang), compared}
	s.Pictures, err = drawn(Overview(o, names))
	return s, err
}

func targetSection(o planning.Outlook, names report.Names) (s page.Section, err error) {
	s.Title = report.Term(names.Lang, "targets.title")
	s.Tables = []report.Table{plan.Summary(o.Judged, names.Lang), plan.Targets(o.Judged, names)}
	s.Pictures, err = drawn([]Picture{TargetPicture(o.Judged, names)})
	return s, err
}

// scenarioSection shows the parts of a scenario, and what is known about it beside.
func scenarioSection(o planning.Outlook, i int, e Evidence, names report.Names) (
	page.Section, error) {
	p, lang := o.Pathways[i], names.Lang
	years := shownYears(p)
	s := page.Section{Title: report.Say(lang, "scenario.title", p.Scenario,
		year(plan.LastYear(p)))}
	for _, m := range []plan.Measured{plan.CO2, plan.Energy} {
		for _, cut := range []plan.Cut{plan.BySector, plan.ByCarrier} {
			s.Tables = append(s.Tables, keepColumns(plan.Breakdown(p, m, cut, names), years))
		}
	}
	if memos := plan.MemosOf(p, []scenarios.Year{plan.AddUp(p.Years[len(p.Years)-1])},
		names); len(memos.Rows) > 0 {
		s.Tables = append(s.Tables, memos)
	}
	if e.Certificate != nil {
		s.Tables = append(s.Tables, plan.Certificate(*e.Certificate, names)...)
	}
	if e.Causes != nil {
		s.Tables = append(s.Tables, plan.Causes(*e.Causes, names)...)
	}
	if e.Levers != nil {
		s.Tables = append(s.Tables, plan.Levers(*e.Levers, lang))
	}
	if measures := o.Measures[p.Scenario]; len(measures) > 0 {
		s.Tables = append(s.Tables, plan.Abatement(measures, []int{plan.LastYear(p)}, names))
	}
	if e.Curve != nil {
		s.Tables = append(s.Tables, plan.Curve(*e.Curve, names))
	}
	if e.Uncertain != nil {
		s.Tables = append(s.Tables, plan.Uncertain(*e.Uncertain, names)...)
	}
	for at := range s.Tables {
		s.Tables[at].Notes = withoutPins(s.Tables[at].Notes, p, lang)
	}
	var err error
	s.Pictures, err = drawn(slices.Concat(PartPictures(o, i, names), e.causes(names),
		e.money(names), e.chances(names)))
	return s, err
}

// withoutPins leaves out the note of the pins, which stand on top of the page.
func withoutPins(notes []string, p scenarios.Pathway, lang table.Lang) (list []string) {
	pins := plan.PinNote(p.Pins, lang)
	for _, note := range notes {
		if note != pins {
			list = append(list, note)
		}
	}
	return list
}

// fewYears is how many years stand side by side on a page.
const fewYears = 11

// shownYears are the years a page has room for: all, or the base year, every fifth and the last.
func shownYears(p scenarios.Pathway) (years []int) {
	all := plan.AllYears(p)
	for i, y := range all {
		base, last := y.Year == p.Years[0].Year, i == len(all)-1
		if len(all) <= fewYears || base || last || y.Year > p.Years[0].Year && y.Year%5 == 0 {
			years = append(years, y.Year)
		}
	}
	return years
}

// keepRows leaves out the rows of other years.
func keepRows(t report.Table, column int, years []int) report.Table {
	t.Rows = slices.DeleteFunc(slices.Clone(t.Rows), func(row []string) bool {
		return !isOneOf(row[column], years)
	})
	return t
}

// keepColumns leaves out the columns of other years.
func keepColumns(t report.Table, years []int) report.Table {
	short := t
	short.Columns, short.Rows, short.Total = nil, make([][]string, len(t.Rows)), nil
	for i, column := range t.Columns {
		if i > 0 && !isOneOf(column.Key, years) {
			continue
		}
		short.Columns = append(short.Columns, column)
		for n, row := range t.Rows {
			short.Rows[n] = append(short.Rows[n], row[i])
		}
		short.Total = append(short.Total, t.Total[i])
	}
	return short
}

func isOneOf(text string, years []int) bool {
	return slices.ContainsFunc(years, func(y int) bool { return year(y) == text })
}

func hasCosts(pathways []scenarios.Pathway) bool {
	return slices.ContainsFunc(pathways, func(p scenarios.Pathway) bool {
		return slices.ContainsFunc(p.Years, func(y scenarios.Year) bool {
			return !y.Cost.Total().IsZero()
		})
	})
}

func year(n int) string { return strconv.Itoa(n) }
