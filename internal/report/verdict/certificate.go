package verdict

import (
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/scenarios"
	"carbonledger/scenarios/certificate"
	"carbonledger/table"
)

// Certified tells which years a certificate is about, and which years of the book are left out.
func Certified(c certificate.Certificate, names report.Names) (notes []string) {
	if last := c.Scenario.Judged; last < c.Scenario.Horizon {
		notes = append(notes, report.Say(names.Lang, "reach.last", strconv.Itoa(last),
			strconv.Itoa(last+1), strconv.Itoa(c.Scenario.Horizon)))
	}
	var left []scenarios.Left
	for _, l := range c.Left {
		left = append(left, scenarios.Left{Year: l.Year, Why: scenarios.LeftWhy(l.Why),
			What: l.What})
	}
	return append(notes, Left(left, names)...)
}

// City says the rule for cities, with the criteria that do not hold: it waits longer and asks for
// more than the verdict does.
func City(c certificate.City, lang table.Lang) string {
	words := report.Say(lang, "certificate.city."+strings.ReplaceAll(c.Status, " ", "-"),
		strconv.Itoa(c.Seen))
	var reasons []string
	for _, criterion := range []struct {
		key   string
		holds bool
	}{{"enough", c.Enough}, {"old", c.Old}, {"fresh", c.Fresh}, {"fallen", c.Fallen}} {
		if !criterion.holds {
			reasons = append(reasons, report.Say(lang, "city."+criterion.key,
				strconv.Itoa(c.Peak), strconv.Itoa(c.Seen-c.Peak), strconv.Itoa(c.Seen), c.Above))
		}
	}
	if len(reasons) == 0 {
		return words
	}
	return report.Say(lang, "city.because", words,
		strings.Join(reasons, report.Term(lang, "city.and")))
}

// Flips shows which assumptions turn the verdict or move the peak year, the smallest change first.
func Flips(c certificate.Certificate, names report.Names) report.Table {
	lang := names.Lang
	column := func(key string, figures bool, unit string) report.Column {
		return report.Column{Key: key, Title: report.Term(lang, key), Figures: figures, Unit: unit}
	}
	t := report.Table{Key: "flips", Title: report.Say(lang, "flips.title", c.Scenario.Name),
		Columns: []report.Column{column("lever", false, ""), column("sector", false, ""),
			column("commodity", false, ""), column("to", false, ""),
			column("flips.turns", false, ""), column("flips.strength", true, "%"),
			column("flips.values", false, ""), column("verdict", false, ""),
			column("peak_year", false, ""), column("flips.rows", false, "")}}
	for _, f := range c.Flips.List {
		strength, rows := strconv.Itoa(f.Strength), make([]string, len(f.Rows))
		if f.Out {
			strength = report.Term(lang, "flips.out")
		}
		for i, row := range f.Rows {
			rows[i] = strconv.Itoa(row)
		}
		sector := report.Term(lang, "flips.whole")
		if f.Sector != "" {
			sector = report.Sector(f.Sector, lang)
		}
		t.Rows = append(t.Rows, []string{report.Term(lang, "lever."+f.Lever), sector,
			names.CommodityOf(f.Commodity), names.CommodityOf(f.To),
			report.Term(lang, "flips."+f.Turns), strength, values(f.Values),
			report.Term(lang, "certificate.verdict."+f.Verdict), strconv.Itoa(f.PeakYear),
			strings.Join(rows, " ")})
	}
	t.Notes = []string{report.Say(lang, "flips.holds", strconv.Itoa(c.Flips.Holds),
		strconv.Itoa(c.Flips.Projections), c.Scenario.File)}
	return t
}

// valuesShown is how many values of rows stand in a cell.
const valuesShown = 3

func values(list []string) string {
	if len(list) > valuesShown {
		return strings.Join(list[:valuesShown], ", ") + " …"
	}
	return strings.Join(list, ", ")
}
