package planning

import (
	"context"
	"fmt"
	"slices"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/abatement"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/search"
	"carbonledger/scenarios/targets"
)

// Wanted is what a search is for: which rows may be turned, how far, and what for.
type Wanted struct {
	// Choices are the rows; without any, all rows of each lever a district has in its own hands
	// are turned together, up to Max per cent.
	Choices []Choice
	Max     int
	Targets []targets.Target
	// PeakBy asks for a peak in that year or before, PeakEarlier for one so many years before that
	// of the scenario as written. 0 asks for none.
	PeakBy, PeakEarlier int
	Goal                search.Goal
	Evaluations         int
	Seed                uint64
	Workers             int
}

// Choice names rows by lever, sector, commodity and target, as far as they matter, with the largest
// strength in per cent and the weight of a per cent of change.
type Choice struct {
	Words  []string
	Max    int
	Weight quantity.Number
}

// problemOf makes a search of the scenario that is named.
func problemOf(s inventory.State, set scenarios.Set, how Question, w Wanted) (
	search.Problem, error) {
	base, err := BaseOf(s, how.Area, how.Base, set)
	if err != nil {
		return search.Problem{}, err
	}
	scenario, err := Named(set, how.Only)
	if err != nil {
		return search.Problem{}, err
	}
	if w.Targets, err = peakTargets(base, scenario, how, w); err != nil {
		return search.Problem{}, err
	}
	p := search.Problem{Base: base, Scenario: scenario, Levers: levers.All(), Horizon: how.Horizon,
		Targets: w.Targets, Goal: w.Goal, Evaluations: w.Evaluations, Seed: w.Seed,
		Workers: w.Workers}
	for _, c := range w.Choices {
		for _, knob := range search.KnobsOf(scenario, c.Words, c.Max, c.Weight) {
			twice := func(k search.Knob) bool { return k.Key == knob.Key }
			if !slices.ContainsFunc(p.Knobs, twice) {
				p.Knobs = append(p.Knobs, knob)
			}
		}
	}
	if len(w.Choices) == 0 {
		p.Knobs = search.Measures(scenario, w.Max)
	}
	return p, p.Check()
}

// NoPeak is returned where a peak is to come earlier that is none, or would have to come before the
// base year.
type NoPeak struct {
	Scenario string
	Status   scenarios.Status
	// Last is the last year judged; Peak the year of the peak where there is one, and Base the base
	// year.
	Last, Peak, Base int
}

// Error says what there is.
func (e *NoPeak) Error() string {
	return fmt.Sprintf("%s: %s to %d, highest in %d, base year %d: nothing can be brought forward",
		e.Scenario, e.Status, e.Last, e.Peak, e.Base)
}

// peakTargets adds the targets about the peak year to the others.
func peakTargets(base scenarios.Base, scenario scenarios.Scenario, how Question, w Wanted) (
	[]targets.Target, error) {
	list := slices.Clone(w.Targets)
	if w.PeakBy != 0 {
		list = append(list, targets.PeakBy(w.PeakBy))
	}
	if w.PeakEarlier == 0 {
		return list, nil
	}
	written, err := scenarios.Project(base, scenario, levers.All(), how.Horizon)
	if err != nil {
		return nil, err
	}
	judged, verdict := written.Judged(), written.Verdict()
	if verdict.Status != scenarios.Peaked || verdict.PeakYear-w.PeakEarlier < base.Year {
		return nil, &NoPeak{scenario.Name, verdict.Status, judged[len(judged)-1].Year,
			verdict.PeakYear, base.Year}
	}
	return append(list, targets.PeakBy(verdict.PeakYear-w.PeakEarlier)), nil
}

// Least finds the least change that meets targets.
func Least(ctx context.Context, s inventory.State, set scenarios.Set, how Question, w Wanted) (
	search.Answer, error) {
	p, err := problemOf(s, set, how, w)
	if err != nil {
		return search.Answer{}, err
	}
	return p.Least(ctx, how.Only+"-found")
}

// Front finds what there is to choose between two goals.
func Front(ctx context.Context, s inventory.State, set scenarios.Set, how Question, w Wanted,
	goals [2]search.Goal) (search.Front, error) {
	p, err := problemOf(s, set, how, w)
	if err != nil {
		return search.Front{}, err
	}
	return p.Front(ctx, goals)
}

// Curve draws the marginal abatement cost curve of the last year, over the measures with a cost.
func Curve(ctx context.Context, s inventory.State, set scenarios.Set, how Question,
	workers int) (abatement.Curve, error) {
	base, err := BaseOf(s, how.Area, how.Base, set)
	if err != nil {
		return abatement.Curve{}, err
	}
	scenario, err := Named(set, how.Only)
	if err != nil {
		return abatement.Curve{}, err
	}
	return abatement.CurveOf(ctx, abatement.Ground{Base: base, Scenario: scenario,
		Levers: levers.All(), Workers: workers}, how.Horizon, abatement.Costed(scenario))
}
