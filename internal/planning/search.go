package planning

import (
	"context"
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
	Choices     []Choice
	Targets     []targets.Target
	Goal        search.Goal
	Evaluations int
	Seed        uint64
	Workers     int
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
	scenario, err := named(set, how.Only)
	if err != nil {
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
	return p, p.Check()
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
	scenario, err := named(set, how.Only)
	if err != nil {
		return abatement.Curve{}, err
	}
	return abatement.CurveOf(ctx, abatement.Ground{Base: base, Scenario: scenario,
		Levers: levers.All(), Workers: workers}, how.Horizon, abatement.Costed(scenario))
}
