// Package verdict says in words what an answer about scenarios stands on: how far the rows reach,
// which years of the book are left out, what no trend could be made of, why rules differ, and what
// would turn a verdict.
package verdict

import (
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/trend"
	"carbonledger/table"
)

// Notes tell from which year on no row speaks, which years of the book are left out, and how the
// pathway stands to the years that the book already has.
func Notes(p scenarios.Pathway, lang table.Lang) (notes []string) {
	horizon := p.Years[len(p.Years)-1].Year
	for _, rest := range p.Reach.Resting {
		notes = append(notes, report.Say(lang, "reach.resting",
			report.Term(lang, "reach."+rest.Driver), strconv.Itoa(rest.From-1),
			strconv.Itoa(rest.From)))
	}
	if last := p.Reach.Last; last != 0 && last < horizon {
		notes = append(notes, report.Say(lang, "reach.last", strconv.Itoa(last),
			strconv.Itoa(last+1), strconv.Itoa(horizon)))
	}
	notes = append(notes, since(p, lang)...)
	return append(notes, Left(p.Left, lang)...)
}

// JudgedTo is the last year a verdict is about.
func JudgedTo(p scenarios.Pathway) int {
	points := p.Judged()
	return points[len(points)-1].Year
}

// Judged tells of a pathway that goes on behind its last row to which year it is judged.
func Judged(p scenarios.Pathway, lang table.Lang) []string {
	if last := JudgedTo(p); last < p.Years[len(p.Years)-1].Year {
		return []string{report.Say(lang, "reach.judged", p.Scenario, strconv.Itoa(last))}
	}
	return nil
}

// since lays the last year the book already has beside the one that is projected.
func since(p scenarios.Pathway, lang table.Lang) []string {
	for i := len(p.Since) - 1; i >= 0; i-- {
		measured := p.Since[i]
		at := measured.Year - p.Years[0].Year
		if at >= len(p.Years) {
			continue
		}
		whole := quantity.Rounding{Mode: quantity.HalfUp}
		tonnes := func(n quantity.Number) string {
			shown, _ := quantity.RatioOf(n, quantity.Int(1000)).Round(whole)
			return report.Figure(shown.String())
		}
		return []string{report.Say(lang, "reach.since", strconv.Itoa(measured.Year),
			tonnes(measured.CO2), tonnes(p.Years[at].CO2))}
	}
	return nil
}

// gapsShown is how many kinds of gaps of a year are named.
const gapsShown = 4

// Left tells which years of the book are left out, and why.
func Left(list []scenarios.Left, lang table.Lang) (notes []string) {
	for _, left := range list {
		what := strings.Join(left.What[:min(gapsShown, len(left.What))], ", ")
		if len(left.What) > gapsShown {
			what += " …"
		}
		notes = append(notes, report.Say(lang, "left."+string(left.Why),
			strconv.Itoa(left.Year), what))
	}
	return notes
}

// Stale tells that a result stands on an earlier position than the book, and in what that moved on.
func Stale(position, now int, moves []scenarios.Move, lang table.Lang) string {
	var what []string
	for _, move := range moves {
		what = append(what, report.Term(lang, "pin."+move.What))
	}
	return report.Say(lang, "stale", strconv.Itoa(position), strconv.Itoa(now),
		strings.Join(what, ", "))
}

// Trends tells what no trend could be made of, and the way out.
func Trends(t trend.Trends, lang table.Lang) (notes []string) {
	type reason struct {
		why   trend.Why
		years string
	}
	figures := map[reason][]string{}
	var order []reason
	for _, m := range t.Missing {
		var years []string
		for _, year := range m.Years {
			years = append(years, strconv.Itoa(year))
		}
		at := reason{m.Why, strings.Join(years, ", ")}
		if figures[at] == nil {
			order = append(order, at)
		}
		figures[at] = append(figures[at], m.Lever+" "+m.Sector)
	}
	for _, at := range order {
		notes = append(notes, report.Say(lang, "trend."+string(at.why),
			strings.Join(figures[at], ", "), at.years))
	}
	return append(notes, Left(t.Left, lang)...)
}
