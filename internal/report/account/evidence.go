package account

import (
	"slices"
	"strconv"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/chart"
	"carbonledger/internal/report/plan"
	"carbonledger/quantity"
	"carbonledger/scenarios/abatement"
	"carbonledger/scenarios/attribution"
	"carbonledger/scenarios/certificate"
	"carbonledger/scenarios/search"
)

// Evidence is what is known of a scenario beside its pathway; nil is what nobody asked or what
// there is no answer to.
type Evidence struct {
	// Curve has the measures one after the other, Causes what moves CO2, Levers what each lever
	// brings against the reference.
	Curve  *abatement.Curve
	Causes *attribution.Answer
	Levers *attribution.Brought
	// Certificate judges the peak; Uncertain follows rows with intervals.
	Certificate *certificate.Certificate
	Uncertain   *planning.Uncertain
}

// money draws what the measures cost.
func (e Evidence) money(names report.Names) []Picture {
	if e.Curve == nil {
		return nil
	}
	return PicturesOfCurve(*e.Curve, names)
}

// causes draws what moves CO2, by levers and by causes.
func (e Evidence) causes(names report.Names) (pictures []Picture) {
	if e.Levers != nil {
		pictures = append(pictures, levers(*e.Levers, names))
	}
	if e.Causes != nil {
		pictures = append(pictures, causes(*e.Causes, names)...)
	}
	return pictures
}

// chances draws how sure it is.
func (e Evidence) chances(names report.Names) []Picture {
	if e.Uncertain == nil {
		return nil
	}
	return PicturesOfUncertain(*e.Uncertain, names)
}

// PicturesOfCurve draws the measures that avoid CO2 as wide as what each brings behind those before
// it: none where no measure does.
func PicturesOfCurve(c abatement.Curve, names report.Names) []Picture {
	lang := names.Lang
	var blocks []chart.Block
	for _, step := range c.Steps {
		if step.CO2.Sign() <= 0 {
			continue
		}
		height, _ := step.PerTonne.Round(plan.PerTonneRounding)
		blocks = append(blocks, chart.Block{Name: names.Row(step.Key), Width: step.CO2,
			Height: height})
	}
	if len(blocks) == 0 {
		return nil
	}
	f := frame(plan.CO2, c.CO2, report.Say(lang, "chart.cost-curve", c.Scenario,
		strconv.Itoa(c.Year)), lang)
	sideways := report.Say(lang, "chart.avoided", f.Unit)
	f.Unit, f.Note = report.Term(lang, "chart.cost-curve.unit"), report.Term(lang, "chart.behind")
	return []Picture{pictureOf("cost-curve", c.Scenario, chart.CostCurve(f, sideways, blocks))}
}

// PicturesOfAttribution draws what each lever brings, and the causes of history and pathway.
func PicturesOfAttribution(a planning.Attribution, names report.Names) []Picture {
	return Evidence{Levers: &a.Levers, Causes: &a.Causes}.causes(names)
}

// levers draws Shapley values as steps, the largest fall first. They sum exactly.
func levers(b attribution.Brought, names report.Names) Picture {
	lang := names.Lang
	var steps []chart.Bar
	for _, part := range b.Levers {
		if !part.Year.IsZero() {
			steps = append(steps, chart.Bar{Name: plan.LeverName(part.Lever, lang),
				Value: part.Year})
		}
	}
	slices.SortStableFunc(steps, func(a, b chart.Bar) int { return a.Value.Cmp(b.Value) })
	without := plan.WithoutName(b, lang)
	f := frame(plan.CO2, b.Year.Without, report.Say(lang, "chart.levers", b.With, without,
		strconv.Itoa(b.Last)), lang)
	f.Note = report.Term(lang, "chart.levers.note")
	return pictureOf("levers", b.With, chart.Waterfall(f,
		chart.Bar{Name: without, Value: b.Year.Without}, steps,
		chart.Bar{Name: b.With, Value: b.Year.With}))
}

// causes draws the chained effects of history and of the pathway.
func causes(a attribution.Answer, names report.Names) (pictures []Picture) {
	lang := names.Lang
	for _, part := range []struct {
		of string
		*attribution.Part
	}{{"history", a.History}, {"pathway", a.Pathway}} {
		if part.Part == nil {
			continue
		}
		var steps []chart.Bar
		for k, cause := range attribution.Causes() {
			steps = append(steps, chart.Bar{Name: report.Term(lang, "cause."+cause),
				Value: part.Chained.Effects[k]})
		}
		first := strconv.Itoa(part.Years[0])
		last := strconv.Itoa(part.Years[len(part.Years)-1])
		f := frame(plan.CO2, part.Chained.From, report.Say(lang, "causes.title."+part.of,
			a.Scenario, first, last), lang)
		f.Note = report.Term(lang, "chart.causes.note")
		pictures = append(pictures, pictureOf("causes-"+part.of, a.Scenario, chart.Waterfall(f,
			chart.Bar{Name: first, Value: part.Chained.From}, steps,
			chart.Bar{Name: last, Value: part.Chained.To})))
	}
	return pictures
}

// PicturesOfFront draws the settings that are listed, numbered as in the table.
func PicturesOfFront(f search.Front, names report.Names) []Picture {
	lang := names.Lang
	goals := func(g search.Goal) (unit string, per quantity.Number) {
		unit = report.Say(lang, "chart.goal", report.Term(lang, "goal."+string(g)),
			plan.GoalUnit(g))
		switch g {
		case search.Effort:
			return unit, quantity.Int(1)
		case search.Cost:
			return unit, quantity.Int(10_000)
		}
		return unit, plan.PerTonne
	}
	var spots []chart.Spot
	for i, point := range plan.FrontPoints(f) {
		spots = append(spots, chart.Spot{Along: point.Goals[0], Up: point.Goals[1],
			Word: strconv.Itoa(i + 1)})
	}
	if len(spots) == 0 {
		return nil
	}
	along, per := goals(f.Goals[0])
	frame := chart.Frame{Title: report.Say(lang, "pareto.title", f.Scenario),
		Note: report.Term(lang, "chart.front.note")}
	frame.Unit, frame.Per = goals(f.Goals[1])
	return []Picture{pictureOf("pareto", f.Scenario, chart.Front(frame, along, per, spots))}
}

// PicturesOfSearch draws how strong each row has to be, beside what is written.
func PicturesOfSearch(a search.Answer, names report.Names) []Picture {
	lang := names.Lang
	f := chart.Frame{Title: report.Say(lang, "search.title", a.Scenario),
		Unit: report.Term(lang, "chart.strength"), Note: report.Term(lang, "chart.strength.note")}
	var groups []chart.Group
	for _, knob := range a.Knobs {
		groups = append(groups, chart.Group{Name: names.Row(knob.Key),
			Bars:  []quantity.Number{quantity.Int(int64(knob.Strength))},
			Words: []string{strconv.Itoa(knob.Strength) + " %"}})
	}
	return []Picture{pictureOf("search", a.Scenario, chart.Bars(f,
		[]string{report.Term(lang, "search.strength")}, groups, quantity.Int(100)))}
}
