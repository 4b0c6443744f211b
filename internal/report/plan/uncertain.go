package plan

import (
	"strconv"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
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

// FanOf returns the fan of CO2 or energy in a year.
func FanOf(y spread.Year, m Measured) sampling.Fan {
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
		for _, quantile := range FanOf(y, m) {
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
		strconv.Itoa(u.Samples), report.Term(lang, "design."+string(u.Design)),
		strconv.FormatUint(u.Seed, 10)),
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
		report.Term(lang, "target."+PeakYear), year(u.By), report.Term(lang, met),
		Percent(u.Peaked)}}
	for _, c := range u.Chances {
		chance := "-"
		if c.Unknown == "" {
			chance = Percent(c.Chance)
		}
		t.Rows = append(t.Rows, []string{c.Target.Name, measureOf(c.Target, names),
			year(c.Target.Last), MetWord(c.Result, lang), chance})
	}
	// 1.96 sqrt(p (1 - p)) is 0.98 at most, where p is a half.
	off, _ := quantity.RatioOf(quantity.Int(98*98), quantity.Int(int64(u.Samples))).Sqrt(oneDecimal)
	t.Notes = []string{report.Say(lang, "chances.note", off.Fixed(1), year(LastYear(u.Stated)))}
	return t
}

// Percent shows a part of one.
func Percent(part quantity.Ratio) string {
	shown, _ := part.Mul(quantity.Whole(quantity.Int(100))).Round(oneDecimal)
	return shown.Fixed(1)
}

// influences shows each assumption with its interval and what it moves, the longest swing first.
func influences(u planning.Uncertain, names report.Names) report.Table {
	lang, last := names.Lang, year(LastYear(u.Stated))
	t := report.Table{Key: "influences", Title: report.Say(lang, "influences.title", last),
		Columns: report.Columns(lang, "measure_name", "years", "value#", "low#", "high#", "unit",
			"distribution", "group", "median_drawn#", "rank_correlation#", "at_low#", "at_high#")}
	for _, i := range []int{len(t.Columns) - 2, len(t.Columns) - 1} {
		t.Columns[i].Unit = "tCO2"
	}
	for _, a := range u.Assumptions {
		t.Rows = append(t.Rows, []string{names.Row(a.Key()), span(a.First, a.Last),
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
		Title:   report.Say(lang, "variance.title", year(LastYear(u.Stated))),
		Columns: report.Columns(lang, "measure_name", "years", "first_order#", "total_effect#")}
	for _, part := range u.Parts {
		name, years := report.Say(lang, "variance.group", part.Group), "-"
		if part.Group == "" {
			name, years = names.Row(part.Row.Key()), span(part.Row.First, part.Row.Last)
		}
		t.Rows = append(t.Rows, []string{name, years, part.First.Round(twoDecimals).Fixed(2),
			part.Total.Round(twoDecimals).Fixed(2)})
	}
	t.Notes = []string{report.Term(lang, "variance.note")}
	return t
}
