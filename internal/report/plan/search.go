package plan

import (
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios/abatement"
	"carbonledger/scenarios/search"
	"carbonledger/scenarios/targets"
	"carbonledger/table"
)

// goal shows a figure of a goal: effort in per cent, cost in 万元, all else in t.
func goal(g search.Goal, n quantity.Number) string {
	switch g {
	case search.Effort:
		return n.String()
	case search.Cost:
		return wan(n)
	}
	return shownTonnes(n)
}

// GoalUnit is the unit in which a goal is shown.
func GoalUnit(g search.Goal) string {
	switch g {
	case search.Effort:
		return "%"
	case search.Cost:
		return "万元"
	case search.Energy:
		return "tce"
	}
	return "tCO2"
}

// Least shows the least change that was found, what it does to the targets, its proof, and the
// rows to paste.
func Least(a search.Answer, names report.Names) []report.Table {
	lang := names.Lang
	knobs := report.Table{Key: "search", Title: report.Say(lang, "search.title", a.Scenario),
		Columns: columns(lang, "search.row", "search.strength#:%")}
	for _, knob := range a.Knobs {
		knobs.Rows = append(knobs.Rows, []string{names.Row(knob.Key),
			strconv.Itoa(knob.Strength)})
	}
	word := "search.found"
	switch {
	case !a.Found:
		word = "search.none"
	case !a.Least:
		word = "search.not-least"
	}
	knobs.Notes = []string{report.Term(lang, word),
		report.Say(lang, "search.goal", report.Term(lang, "goal."+string(a.Goal)),
			goal(a.Goal, a.GoalBefore), goal(a.Goal, a.GoalAfter), GoalUnit(a.Goal)),
		report.Say(lang, "search.projections", strconv.Itoa(a.Projections))}
	held := held(a, lang)
	held.Notes = []string{PinNote(a.Pins, lang)}
	if !a.Found {
		return []report.Table{knobs, held}
	}
	proof := report.Table{Key: "search-proof", Title: report.Term(lang, "search.proof"),
		Columns: columns(lang, "search.row", "search.step#:%", "search.breaks")}
	for _, step := range a.Proof {
		proof.Rows = append(proof.Rows, []string{names.Row(step.Key), strconv.Itoa(step.To),
			strings.Join(step.Breaks, ", ")})
	}
	return []report.Table{knobs, held, proof, found(a, names)}
}

// held lays the targets side by side, before and after.
func held(a search.Answer, lang table.Lang) report.Table {
	t := report.Table{Key: "search-targets", Title: report.Term(lang, "search.targets"),
		Columns: columns(lang, "search.target", "search.level#", "search.before#",
			"search.after#", "unit", "search.met")}
	for i, before := range a.Before {
		after := targets.Result{}
		if i < len(a.After) {
			after = a.After[i]
		}
		met := "search.no"
		if after.Met {
			met = "search.yes"
		}
		show := func(r quantity.Ratio, met bool) string {
			switch {
			case before.Target.Measure == PeakYear && !met && r.Cmp(before.Level) <= 0:
				return report.Say(lang, "search.unpeaked", inYear(r, lang))
			case before.Target.Measure == PeakYear:
				return inYear(r, lang)
			}
			return shown(r, RoundingOf(before.Target), lang)
		}
		unit := targets.UnitOf(before.Target.Measure)
		if before.Target.Measure == PeakYear {
			unit = "-"
		}
		t.Rows = append(t.Rows, []string{before.Target.Name, show(before.Level, true),
			show(before.Value, before.Met), show(after.Value, after.Met), unit,
			report.Term(lang, met)})
	}
	return t
}

// found lists the rows that change, by name.
func found(a search.Answer, names report.Names) report.Table {
	t := report.Table{Key: "search-rows", Title: report.Term(names.Lang, "search.rows"),
		Columns: columns(names.Lang, "search.row", "year", "value#", "unit")}
	for _, row := range a.Rows {
		t.Rows = append(t.Rows, []string{names.Row(row.Key()), span(row.First, row.Last),
			row.Value.String(), row.Unit})
	}
	t.Notes = []string{report.Term(names.Lang, "search.paste")}
	return t
}

// frontShown is how many points of a front are listed.
const frontShown = 11

// FrontPoints chooses the points of a front that are listed: the two ends and, of those between,
// the one nearest to each of equal steps of the first goal. What differs only in digits that are
// not shown is listed once.
func FrontPoints(f search.Front) []search.Choice {
	var apart []search.Choice
	shown := ""
	for _, point := range f.Points {
		text := goal(f.Goals[0], point.Goals[0]) + " " + goal(f.Goals[1], point.Goals[1])
		if text != shown {
			apart, shown = append(apart, point), text
		}
	}
	if len(apart) <= frontShown {
		return apart
	}
	first, last := apart[0].Goals[0], apart[len(apart)-1].Goals[0]
	var chosen []search.Choice
	at := -1
	for i := range frontShown {
		// Both sides times the number of steps, so that nothing is divided.
		steps := quantity.Int(frontShown - 1)
		level := first.Mul(steps).Add(last.Sub(first).Mul(quantity.Int(int64(i))))
		off := func(k int) quantity.Number {
			return apart[k].Goals[0].Mul(steps).Sub(level).Abs()
		}
		nearest := at + 1
		for k := at + 1; k < len(apart); k++ {
			if off(k).Cmp(off(nearest)) < 0 {
				nearest = k
			}
		}
		if nearest < len(apart) {
			chosen, at = append(chosen, apart[nearest]), nearest
		}
	}
	return chosen
}

// Front shows the settings there are to choose between.
func Front(f search.Front, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "pareto", About: f.Scenario,
		Title:   report.Say(lang, "pareto.title", f.Scenario),
		Columns: columns(lang, "pareto.number#")}
	for _, g := range f.Goals {
		t.Columns = append(t.Columns, report.Column{Key: string(g), Figures: true,
			Title: report.Term(lang, "goal."+string(g)), Unit: GoalUnit(g)})
	}
	for _, key := range f.Keys {
		name := names.Row(key)
		t.Columns = append(t.Columns, report.Column{Key: name, Title: name, Figures: true,
			Unit: "%"})
	}
	points := FrontPoints(f)
	for i, point := range points {
		cells := []string{strconv.Itoa(i + 1), goal(f.Goals[0], point.Goals[0]),
			goal(f.Goals[1], point.Goals[1])}
		for _, strength := range point.Strengths {
			cells = append(cells, strconv.Itoa(strength))
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Notes = []string{report.Say(lang, "pareto.chosen", strconv.Itoa(len(points)),
		strconv.Itoa(len(f.Points))), report.Say(lang, "search.projections",
		strconv.Itoa(f.Projections)), PinNote(f.Pins, lang)}
	return t
}

// Curve shows a marginal abatement cost curve; steps sum to the total as printed.
func Curve(c abatement.Curve, names report.Names) report.Table {
	lang := names.Lang
	t := report.Table{Key: "macc", About: c.Scenario, Title: report.Say(lang, "macc.title",
		c.Scenario, strconv.Itoa(c.Year)), Columns: columns(lang, "measure_name",
		"macc.avoided#:tCO2", "macc.cumulative#:tCO2", "macc.cost#:万元",
		"macc.per-tonne#:元/tCO2", "macc.alone#:tCO2")}
	whole := quantity.Rounding{Mode: quantity.HalfEven}
	total, _ := quantity.RatioOf(c.Cost, perWan).Round(money)
	var co2, cost []quantity.Ratio
	for _, step := range c.Steps {
		co2 = append(co2, quantity.Whole(step.CO2))
		cost = append(cost, quantity.RatioOf(step.Cost, perWan))
	}
	kg := quantity.Apportion(c.CO2.Round(whole), co2, whole)
	wans := quantity.Apportion(total, cost, money)
	var sum quantity.Number
	for i, step := range c.Steps {
		sum = sum.Add(kg[i])
		t.Rows = append(t.Rows, []string{names.Row(step.Key), inTonnes(kg[i]), inTonnes(sum),
			wans[i].Fixed(money.Places), shown(step.PerTonne, PerTonneRounding, lang),
			inTonnes(step.AloneCO2)})
	}
	t.Total = []string{report.Term(lang, "total"), inTonnes(c.CO2.Round(whole)), "",
		total.Fixed(money.Places), "", ""}
	t.Notes = []string{report.Term(lang, "macc.note")}
	if len(c.Steps) == 0 {
		t.Notes = []string{report.Term(lang, "abatement.none")}
	}
	if len(c.Unpriced) > 0 {
		t.Notes = append(t.Notes, UnpricedNote(c.Unpriced, names))
	}
	t.Notes = append(t.Notes, report.Say(lang, "search.projections",
		strconv.Itoa(c.Projections)), PinNote(c.Pins, lang))
	return t
}
