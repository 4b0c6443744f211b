// Package verdict says in words what an answer about scenarios stands on: how far the rows reach,
// which years of the book are left out, what no trend could be made of, why rules differ, and what
// would turn a verdict.
package verdict

import (
	"slices"
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/trend"
	"carbonledger/table"
)

// Notes tell from which year on no row speaks, which years of the book are left out, and how the
// pathway stands to the years that the book already has. Of the pathways beside it only how far
// their rows reach is told, by name where that is not the same for all.
func Notes(p scenarios.Pathway, names report.Names, beside ...scenarios.Pathway) []string {
	lang := names.Lang
	notes := reaches(append([]scenarios.Pathway{p}, beside...), lang)
	notes = append(notes, since(p, lang)...)
	return append(notes, Left(p.Left, names)...)
}

// reaches tells how far the rows of pathways reach: once what holds for all, by name what does not.
func reaches(list []scenarios.Pathway, lang table.Lang) (notes []string) {
	told := map[string]int{}
	for _, p := range list {
		for _, note := range reach(p, lang) {
			told[note]++
		}
	}
	for _, p := range list {
		for _, note := range reach(p, lang) {
			if told[note] < len(list) {
				note = report.Say(lang, "reach.of", p.Scenario, note)
			}
			if !slices.Contains(notes, note) {
				notes = append(notes, note)
			}
		}
	}
	return notes
}

// reach tells from which year on no row of a pathway speaks.
func reach(p scenarios.Pathway, lang table.Lang) (notes []string) {
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
	return notes
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
		return []string{report.Say(lang, "reach.since", strconv.Itoa(measured.Year),
			report.Figure(tonnes(measured.CO2).String()),
			report.Figure(tonnes(p.Years[at].CO2).String()))}
	}
	return nil
}

// tonnes are kilograms in whole tonnes.
func tonnes(kg quantity.Number) quantity.Number {
	shown, _ := quantity.RatioOf(kg, quantity.Int(1000)).
		Round(quantity.Rounding{Mode: quantity.HalfUp})
	return shown
}

// gapsShown is how many kinds of gaps of a year are named.
const gapsShown = 4

// Left tells which years of the book are left out, and why.
func Left(list []scenarios.Left, names report.Names) (notes []string) {
	for _, left := range list {
		var kinds []string
		for _, gap := range left.What[:min(gapsShown, len(left.What))] {
			kinds = append(kinds, Gap(gap, names))
		}
		what := strings.Join(kinds, ", ")
		if len(left.What) > gapsShown {
			what += " …"
		}
		notes = append(notes, report.Say(names.Lang, "left."+string(left.Why),
			strconv.Itoa(left.Year), what))
	}
	return notes
}

// Gap names the commodities of a kind of gap: "steam -> co2: 2" is steam → CO2: 2.
func Gap(text string, names report.Names) string {
	from, rest, ok := strings.Cut(text, " -> ")
	to, count, counted := strings.Cut(rest, ": ")
	if !ok || !counted {
		return text
	}
	return names.CommodityOf(from) + " → " + names.CommodityOf(to) + ": " + count
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
func Trends(t trend.Trends, names report.Names) (notes []string) {
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
		notes = append(notes, report.Say(names.Lang, "trend."+string(at.why),
			strings.Join(figures[at], ", "), at.years))
	}
	return append(notes, Left(t.Left, names)...)
}
