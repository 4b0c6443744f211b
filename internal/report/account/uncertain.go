package account

import (
	"strconv"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/chart"
	"carbonledger/internal/report/page"
	"carbonledger/internal/report/plan"
	"carbonledger/scenarios"
	"carbonledger/scenarios/sampling"
)

// PicturesOfUncertain draws the fans and the tornado.
func PicturesOfUncertain(u planning.Uncertain, names report.Names) []Picture {
	name := u.Stated.Scenario
	return []Picture{pictureOf("fan-co2", name, fan(u, plan.CO2, names)),
		pictureOf("fan-energy", name, fan(u, plan.Energy, names)),
		pictureOf("tornado", name, tornado(u, names))}
}

// fan draws what was measured and how it spreads from the base year on.
func fan(u planning.Uncertain, m plan.Measured, names report.Names) chart.Drawing {
	lang, p := names.Lang, u.Stated
	title := report.Say(lang, "chart.fan."+m.Key, p.Scenario)
	f := frame(m, largest(p, m), title, lang)
	f.Note = report.Say(lang, "chart.fan.note", strconv.Itoa(u.Samples))
	wide := chart.Spread{Name: report.Term(lang, "chart.fan.wide")}
	inner := chart.Spread{Name: report.Term(lang, "chart.fan.inner")}
	median := chart.Series{Name: report.Term(lang, "chart.fan.median")}
	add := func(fan sampling.Fan) {
		wide.Low, wide.High = append(wide.Low, fan[0]), append(wide.High, fan[4])
		inner.Low, inner.High = append(inner.Low, fan[1]), append(inner.High, fan[3])
		median.Values = append(median.Values, fan[2])
	}
	for _, y := range p.History {
		known := m.Total(y)
		add(sampling.Fan{known, known, known, known, known})
	}
	for _, y := range u.Years {
		add(plan.FanOf(y, m))
	}
	return chart.Fan(f, yearsOf(p, plan.AllYears(p), lang),
		[]chart.Spread{wide, inner}, median)
}

func tornado(u planning.Uncertain, names report.Names) chart.Drawing {
	lang := names.Lang
	title := report.Say(lang, "chart.tornado", u.Stated.Scenario, year(plan.LastYear(u.Stated)))
	f := frame(plan.CO2, u.Middle, title, lang)
	f.Note = report.Term(lang, "chart.tornado.note")
	var swings []chart.Swing
	for _, a := range u.Assumptions {
		swings = append(swings, chart.Swing{Name: names.Row(a.Key()), Low: a.Swing.AtLow,
			High: a.Swing.AtHigh})
	}
	return chart.Tornado(f, u.Middle, report.Term(lang, "chart.tornado.low"),
		report.Term(lang, "chart.tornado.high"), swings)
}

// OfUncertain is the report of how sure a scenario is.
func OfUncertain(u planning.Uncertain, names report.Names) (page.Page, error) {
	lang, last := names.Lang, year(plan.LastYear(u.Stated))
	o := planning.Outlook{Set: u.Set, Pathways: []scenarios.Pathway{u.Stated},
		Reference: u.Stated.Scenario}
	p := page.Page{Lang: lang, Contents: report.Term(lang, "contents"), Facts: facts(o, names),
		Title: report.Say(lang, "uncertain.title", plan.Region(u.Stated, names), u.Stated.Scenario,
			last)}
	p.Lead = []string{plan.Sentence(u.Stated, lang) + report.Term(lang, "full-stop"),
		report.Say(lang, "uncertain.lead", year(u.By), plan.Percent(u.Peaked)+" %")}
	pictures, err := drawn(PicturesOfUncertain(u, names))
	if err != nil {
		return p, err
	}
	tables := plan.Uncertain(u, names)
	p.Sections = []page.Section{
		{Title: report.Term(lang, "uncertain.fan"), Pictures: pictures[:2], Tables: tables[:2]},
		{Title: tables[2].Title, Tables: untitled(tables[2:3])},
		{Title: tables[3].Title, Pictures: pictures[2:], Tables: untitled(tables[3:])},
	}
	return p, finish(&p, o, names)
}

// untitled takes the title off the first table, since the section has it.
func untitled(tables []report.Table) []report.Table {
	tables[0].Title = ""
	return tables
}
