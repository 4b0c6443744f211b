package plan

import (
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/abatement"
	"carbonledger/scenarios/search"
	"carbonledger/scenarios/targets"
	"carbonledger/table"
)

// words names a key: lever, sector, commodity and target as far as it has them.
func words(key scenarios.Key) string {
	text := key.Lever + "/" + key.Sector + "/" + key.Commodity + "/" + key.To
	return strings.TrimRight(text, "/")
}

// goal shows a figure of a goal: effort in per cent, cost in yuan, all else in t.
func goal(g search.Goal, n quantity.Number) string {
	switch g {
	case search.Effort:
		return n.String()
	case search.Cost:
		return n.Round(money).Fixed(money.Places)
	}
	return inTonnes(n)
}

func goalUnit(g search.Goal) string {
	switch g {
	case search.Effort:
		return "%"
	case search.Cost:
		return "yuan"
	case search.Energy:
		return "tce"
	}
	return "tCO2"
}

// Least shows the least change that was found, what it does to the targets, its proof, and the
// rows to paste.
func Least(a search.Answer, lang table.Lang) []report.Table {
	knobs := report.Table{Key: "search", Title: report.Say(lang, "search.title", a.Scenario),
		Columns: columns(lang, "search.row", "search.strength#:%")}
	for _, knob := range a.Knobs {
		knobs.Rows = append(knobs.Rows, []string{words(knob.Key), strconv.Itoa(knob.Strength)})
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
			goal(a.Goal, a.GoalBefore), goal(a.Goal, a.GoalAfter), goalUnit(a.Goal)),
		report.Say(lang, "search.projections", strconv.Itoa(a.Projections))}
	held := held(a, lang)
	held.Notes = []string{pinNote(a.Pins, lang)}
	if !a.Found {
		return []report.Table{knobs, held}
	}
	proof := report.Table{Key: "search-proof", Title: report.Term(lang, "search.proof"),
		Columns: columns(lang, "search.row", "search.step#:%", "search.breaks")}
	for _, step := range a.Proof {
		proof.Rows = append(proof.Rows, []string{words(step.Key), strconv.Itoa(step.To),
			strings.Join(step.Breaks, ", ")})
	}
	return []report.Table{knobs, held, proof, found(a, lang)}
}

// held lays the targets side by side, before and after.
func held(a search.Answer, lang table.Lang) report.Table {
	t := report.Table{Key: "search-targets", Title: report.Term(lang, "search.targets"),
		Columns: columns(lang, "search.target", "search.level#", "search.before#",
			"search.after#", "unit", "search.met")}
	four := quantity.Rounding{Places: 4, Mode: quantity.HalfUp}
	for i, before := range a.Before {
		after := targets.Result{}
		if i < len(a.After) {
			after = a.After[i]
		}
		met := "search.no"
		if after.Met {
			met = "search.yes"
		}
		t.Rows = append(t.Rows, []string{before.Target.Name, shown(before.Level, four, lang),
			shown(before.Value, four, lang), shown(after.Value, four, lang),
			targets.UnitOf(before.Target.Measure), report.Term(lang, met)})
	}
	return t
}

// found lists the rows to paste.
func found(a search.Answer, lang table.Lang) report.Table {
	t := report.Table{Key: "search-rows", Title: report.Term(lang, "search.rows"),
		Columns: columns(lang, "lever", "sector", "commodity", "to", "year", "value#", "unit")}
	for _, row := range a.Rows {
		years := strconv.Itoa(row.First)
		if row.Last != row.First {
			years += "-" + strconv.Itoa(row.Last)
		}
		t.Rows = append(t.Rows, []string{row.Lever, row.Sector, row.Commodity, row.To, years,
			row.Value.String(), row.Unit})
	}
	t.Notes = []string{report.Term(lang, "search.paste")}
	return t
}

// Front shows the settings there are to choose between.
func Front(f search.Front, lang table.Lang) report.Table {
	t := report.Table{Key: "pareto", Title: report.Say(lang, "pareto.title", f.Scenario)}
	for _, g := range f.Goals {
		t.Columns = append(t.Columns, report.Column{Key: string(g), Figures: true,
			Title: report.Term(lang, "goal."+string(g)), Unit: goalUnit(g)})
	}
	for _, key := range f.Keys {
		t.Columns = append(t.Columns, report.Column{Key: words(key), Title: words(key),
			Figures: true, Unit: "%"})
	}
	for _, point := range f.Points {
		cells := []string{goal(f.Goals[0], point.Goals[0]), goal(f.Goals[1], point.Goals[1])}
		for _, strength := range point.Strengths {
			cells = append(cells, strconv.Itoa(strength))
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Notes = []string{report.Say(lang, "search.projections", strconv.Itoa(f.Projections)),
		pinNote(f.Pins, lang)}
	return t
}

// Curve shows a marginal abatement cost curve; steps sum to the total as printed.
func Curve(c abatement.Curve, lang table.Lang) report.Table {
	t := report.Table{Key: "macc", Title: report.Say(lang, "macc.title", c.Scenario,
		strconv.Itoa(c.Year)), Columns: columns(lang, "search.row", "macc.avoided#:tCO2",
		"macc.cumulative#:tCO2", "macc.cost#:yuan", "macc.per-tonne#:yuan/tCO2",
		"macc.alone#:tCO2")}
	whole := quantity.Rounding{Mode: quantity.HalfEven}
	var co2, cost []quantity.Ratio
	for _, step := range c.Steps {
		co2, cost = append(co2, quantity.Whole(step.CO2)), append(cost, quantity.Whole(step.Cost))
	}
	kg := quantity.Apportion(c.CO2.Round(whole), co2, whole)
	yuan := quantity.Apportion(c.Cost.Round(money), cost, money)
	var sum quantity.Number
	for i, step := range c.Steps {
		sum = sum.Add(kg[i])
		t.Rows = append(t.Rows, []string{words(step.Key), inTonnes(kg[i]), inTonnes(sum),
			yuan[i].Fixed(money.Places), shown(step.PerTonne, money, lang),
			inTonnes(step.AloneCO2)})
	}
	t.Total = []string{report.Term(lang, "total"), inTonnes(c.CO2.Round(whole)), "",
		c.Cost.Round(money).Fixed(money.Places), "", ""}
	t.Notes = []string{report.Term(lang, "macc.note")}
	if len(c.Unpriced) > 0 {
		t.Notes = append(t.Notes, report.Say(lang, "macc.unpriced", strings.Join(c.Unpriced, ", ")))
	}
	t.Notes = append(t.Notes, report.Say(lang, "search.projections",
		strconv.Itoa(c.Projections)), pinNote(c.Pins, lang))
	return t
}
