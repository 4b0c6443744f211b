package plan

import (
	"strconv"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/chart"
	"carbonledger/internal/report/page"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/spread"
)

// oneDecimal is how exactly chances are shown; a thousand samples know no more.
var oneDecimal = quantity.Rounding{Places: 1, Mode: quantity.HalfUp}

// twoDecimals is how exactly correlations and parts of a variance are shown.
var twoDecimals = quantity.Rounding{Places: 2, Mode: quantity.HalfUp}

// Uncertain shows how sure a scenario is: fans, chances, and what each assumption has to do with
// it.
func Uncertain(u planning.Uncertain, names report.Names) []report.Table {
	tables := []report.Table{fanTable(u, CO2, names), fanTable(u, Energy, names),
		chances(u, names), influences(u, names)}
	if len(u.Parts) > 0 {
		tables = append(tables, variance(u, names))
	}
	return tables
}

// fanOf returns the fan of CO2 or energy in a year.
func fanOf(y spread.Year, m Measured) sampling.Fan {
	if m.Key == CO2.Key {
		return y.CO2
	}
	return y.Energy
}

// fanTable shows a figure as stated and the quantiles of its samples, year by year.
func fanTable(u planning.Uncertain, m Measured, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "fan-" + m.Key, About: u.Stated.Scenario,
		Title: report.Say(lang, "fan."+m.Key, u.Stated.Scenario, m.Unit),
		Columns: report.Columns(lang, "year", "as_stated#", "p5#", "p25#", "p50#", "p75#",
			"p95#")}
	for i, y := range u.Years {
		row := []string{year(y.Year), shownTonnes(m.Total(u.Stated.Years[i]))}
		for _, quantile := range fanOf(y, m) {
			row = append(row, shownTonnes(quantile))
		}
		t.Rows = append(t.Rows, row)
	}
	if m.Key == CO2.Key {
		return t
	}
	way := "fan.exact"
	if u.Compiled {
		way = "fan.compiled"
	}
	t.Notes = []string{report.Term(lang, "fan.note"), report.Say(lang, "fan.plan",
		strconv.Itoa(u.Samples), string(u.Design), strconv.FormatUint(u.Seed, 10)),
		report.Term(lang, way)}
	return t
}

// chances shows how likely the peak and each target are.
func chances(u planning.Uncertain, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "chances", Title: report.Term(lang, "chances.title"),
		Columns: report.Columns(lang, "question", "measure", "target_year", "as_stated", "chance#")}
	t.Columns[4].Unit = "%"
	verdict := Verdict(u.Stated)
	met := "met.no"
	if verdict.Status == scenarios.Peaked && verdict.PeakYear <= u.By {
		met = "met.yes"
	}
	t.Rows = [][]string{{report.Say(lang, "chances.peaked", year(u.By)),
		report.Term(lang, "target."+peakYear), year(u.By), report.Term(lang, met),
		percent(u.Peaked)}}
	for _, c := range u.Chances {
		chance := "-"
		if c.Unknown == "" {
			chance = percent(c.Chance)
		}
		t.Rows = append(t.Rows, []string{c.Target.Name, measureOf(c.Target, names),
			year(c.Target.Last), metWord(c.Result, lang), chance})
	}
	// 1.96 sqrt(p (1 - p)) is 0.98 at most, where p is a half.
	off, _ := quantity.RatioOf(quantity.Int(98*98), quantity.Int(int64(u.Samples))).Sqrt(oneDecimal)
	t.Notes = []string{report.Say(lang, "chances.note", off.Fixed(1), year(lastYear(u.Stated)))}
	return t
}

// percent shows a part of one.
func percent(part quantity.Ratio) string {
	shown, _ := part.Mul(quantity.Whole(quantity.Int(100))).Round(oneDecimal)
	return shown.Fixed(1)
}

// influences shows each assumption with its interval and what it moves, the longest swing first.
func influences(u planning.Uncertain, names report.Names) report.Table {
	lang, last := names.Lang, year(lastYear(u.Stated))
	t := report.Table{Key: "influences", Title: report.Say(lang, "influences.title", last),
		Columns: report.Columns(lang, "measure_name", "years", "value#", "low#", "high#", "unit",
			"distribution", "group", "median_drawn#", "rank_correlation#", "at_low#", "at_high#")}
	for _, i := range []int{len(t.Columns) - 2, len(t.Columns) - 1} {
		t.Columns[i].Unit = "tCO2"
	}
	for _, a := range u.Assumptions {
		t.Rows = append(t.Rows, []string{Measure(a.Key(), names), span(a.First, a.Last),
			a.Value.String(), a.Spread.Low.String(), a.Spread.High.String(), a.Unit,
			report.Term(lang, "distribution."+a.Spread.Distribution), dash(a.Spread.Group),
			a.Median.String(), a.Rank.Round(twoDecimals).Fixed(2), shownTonnes(a.Swing.AtLow),
			shownTonnes(a.Swing.AtHigh)})
	}
	t.Notes = []string{report.Say(lang, "influences.note", shownTonnes(u.Middle)),
		report.Term(lang, "influences.group")}
	return t
}

func dash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}

// variance shows Sobol' indices.
func variance(u planning.Uncertain, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "variance",
		Title:   report.Say(lang, "variance.title", year(lastYear(u.Stated))),
		Columns: report.Columns(lang, "measure_name", "years", "first_order#", "total_effect#")}
	for _, part := range u.Parts {
		name, years := report.Say(lang, "variance.group", part.Group), "-"
		if part.Group == "" {
			name, years = Measure(part.Row.Key(), names), span(part.Row.First, part.Row.Last)
		}
		t.Rows = append(t.Rows, []string{name, years, part.First.Round(twoDecimals).Fixed(2),
			part.Total.Round(twoDecimals).Fixed(2)})
	}
	t.Notes = []string{report.Term(lang, "variance.note")}
	return t
}

// UncertainPictures draws the fans and the tornado.
func UncertainPictures(u planning.Uncertain, names report.Names) []Picture {
	name := slug(u.Stated.Scenario)
	return []Picture{{"fan-co2-" + name, fan(u, CO2, names)},
		{"fan-energy-" + name, fan(u, Energy, names)}, {"tornado-" + name, tornado(u, names)}}
}

// fan draws what was measured and how it spreads from the base year on.
func fan(u planning.Uncertain, m Measured, names report.Names) chart.Drawing {
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
		add(fanOf(y, m))
	}
	return chart.Fan(f, yearsOf(p, measuredAndProjected(p), lang),
		[]chart.Spread{wide, inner}, median)
}

func tornado(u planning.Uncertain, names report.Names) chart.Drawing {
	lang := names.Lang
	title := report.Say(lang, "chart.tornado", u.Stated.Scenario, year(lastYear(u.Stated)))
	f := frame(CO2, u.Middle, title, lang)
	f.Note = report.Term(lang, "chart.tornado.note")
	var swings []chart.Swing
	for _, a := range u.Assumptions {
		swings = append(swings, chart.Swing{Name: Measure(a.Key(), names), Low: a.Swing.AtLow,
			High: a.Swing.AtHigh})
	}
	return chart.Tornado(f, u.Middle, report.Term(lang, "chart.tornado.low"),
		report.Term(lang, "chart.tornado.high"), swings)
}

// UncertainAccount is the report of how sure a scenario is.
func UncertainAccount(u planning.Uncertain, names report.Names) (page.Page, error) {
	lang, last := names.Lang, year(lastYear(u.Stated))
	o := planning.Outlook{Set: u.Set, Pathways: []scenarios.Pathway{u.Stated},
		Reference: u.Stated.Scenario}
	p := page.Page{Lang: lang, Contents: report.Term(lang, "contents"), Facts: facts(o, names),
		Title: report.Say(lang, "uncertain.title", region(u.Stated, names), u.Stated.Scenario,
			last)}
	p.Lead = []string{Sentence(u.Stated, lang) + report.Term(lang, "full-stop"),
		report.Say(lang, "uncertain.lead", year(u.By), percent(u.Peaked)+" %")}
	pictures, err := drawn(UncertainPictures(u, names))
	if err != nil {
		return p, err
	}
	tables := Uncertain(u, names)
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
