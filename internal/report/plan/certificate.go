package plan

import (
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/internal/report/verdict"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/certificate"
	"carbonledger/table"
)

// columns names the columns of a table; a key with # holds figures, and what stands behind a
// colon is their unit.
func columns(lang table.Lang, keys ...string) []report.Column {
	list := make([]report.Column, len(keys))
	for i, key := range keys {
		key, unit, _ := strings.Cut(key, ":")
		name, figures := strings.CutSuffix(key, "#")
		list[i] = report.Column{Key: name, Title: report.Term(lang, name), Figures: figures,
			Unit: unit}
	}
	return list
}

// Tonnes with three decimals are whole kg, and money has two decimals.
var (
	kilograms = quantity.Rounding{Places: 3, Mode: quantity.HalfUp}
	money     = quantity.Rounding{Places: 2, Mode: quantity.HalfUp}
)

// inTonnes shows kg as t with three decimals: whole kg keep their sum.
func inTonnes(kg quantity.Number) string {
	rounded, _ := quantity.RatioOf(kg, PerTonne).Round(kilograms)
	return rounded.Fixed(kilograms.Places)
}

// Certificate shows what a certificate says: the answer, and the assumptions it hangs on.
func Certificate(c certificate.Certificate, names report.Names) []report.Table {
	lang := names.Lang
	say := func(key string, args ...string) string { return report.Say(lang, key, args...) }
	v := c.Verdict
	facts := report.Table{Key: "certificate", Columns: columns(lang, "fact", "value"),
		Title: say("certificate.title", c.Scenario.Name, strconv.Itoa(c.Scenario.Horizon))}
	add := func(key, value string) {
		facts.Rows = append(facts.Rows, []string{report.Term(lang, key), value})
	}
	source := "projection"
	if v.Measured {
		source = "history"
	}
	add("verdict", say("certificate.verdict."+v.Word))
	add("peak_year", strconv.Itoa(v.PeakYear)+" ("+report.Term(lang, source)+")")
	add("certificate.height", inTonnes(v.Height)+" tCO2")
	add("certificate.width", strconv.Itoa(v.Width))
	add("certificate.ahead", strconv.Itoa(v.Ahead))
	add("margin", v.Margin+" %")
	for _, sum := range c.Sums {
		add("certificate.sum."+sum.Of, say("certificate.sum", strconv.Itoa(sum.First),
			strconv.Itoa(sum.Last), inTonnes(sum.Total)))
	}
	for _, t := range c.Trends {
		add("certificate.trend."+t.Of, trendWords(t, lang))
	}
	for _, city := range c.Cities {
		add("certificate.city."+city.Of, verdict.City(city, lang))
	}
	for _, span := range c.Spans {
		words := report.Term(lang, "certificate.unknown."+span.Unknown)
		if span.Unknown == "" {
			words = say("certificate.span", report.Term(lang, "tapio."+
				strings.ReplaceAll(span.State, " ", "-")), span.CO2, span.GDP, span.Elasticity)
		}
		facts.Rows = append(facts.Rows, []string{say("certificate.tapio."+span.Of,
			strconv.Itoa(span.First), strconv.Itoa(span.Last)), words})
	}
	facts.Rows = append(facts.Rows, []string{
		say("certificate.chance", strconv.Itoa(c.Chance.By)), chanceWords(c.Chance, lang)})
	facts.Notes = append(verdict.Certified(c, names), PinNote(c.Book.Pins(), lang),
		say("certificate.digest", c.Scenario.File, c.Scenario.Digest))
	return []report.Table{facts, verdict.Flips(c, names)}
}

func trendWords(t certificate.Trend, lang table.Lang) string {
	if t.Unknown != "" {
		return report.Term(lang, "certificate.unknown."+t.Unknown)
	}
	words := report.Say(lang, "certificate.trend", strconv.Itoa(t.First), strconv.Itoa(t.Last),
		strconv.Itoa(*t.S), t.Slope)
	for _, score := range []struct {
		key string
		*certificate.Score
	}{{"certificate.plain", t.Plain}, {"certificate.corrected", t.Corrected}} {
		if score.Score != nil {
			words += report.Say(lang, score.key, score.Z.String(), score.P.String())
		}
	}
	return words
}

func chanceWords(c certificate.Chance, lang table.Lang) string {
	if c.Unknown != "" {
		return report.Term(lang, "certificate.unknown."+c.Unknown)
	}
	return report.Say(lang, "certificate.chance.of", c.Percent, c.Peaked,
		strconv.Itoa(c.Samples), strconv.Itoa(len(c.Rows)), c.Seed)
}

// PinNote says what an answer stands on.
func PinNote(p scenarios.Pins, lang table.Lang) string {
	return report.Say(lang, "scenario.pins", p.Boundary, strconv.Itoa(p.Position),
		p.Head[:min(16, len(p.Head))], p.Policy)
}

// Checked says whether a certificate came out again, and where not, and in what a book that stands
// at a later position has moved on.
func Checked(c certificate.Certificate, same bool, line int, moves, stale []scenarios.Move, at int,
	lang table.Lang) report.Table {
	t := report.Table{Key: "certificate-check", Title: report.Say(lang, "certify.title",
		c.Scenario.Name), Columns: columns(lang, "fact", "value")}
	word := "certify.same"
	if !same {
		word = "certify.differs"
	}
	t.Rows = append(t.Rows, []string{report.Term(lang, "certify.result"),
		report.Say(lang, word, strconv.Itoa(line))})
	for _, m := range moves {
		t.Rows = append(t.Rows, []string{report.Term(lang, "certify.pin."+m.What),
			m.Before + " → " + m.Now})
	}
	t.Notes = []string{PinNote(c.Book.Pins(), lang)}
	if len(stale) > 0 {
		t.Rows = append(t.Rows, []string{report.Term(lang, "certify.stale"),
			verdict.Stale(c.Book.Position, at, stale, lang)})
	}
	return t
}
