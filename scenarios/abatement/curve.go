package abatement

import (
	"context"
	"fmt"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/crew"
)

// Curve is a marginal abatement cost curve: measures taken one after the other, each given those
// before it, so that what the steps bring and cost sums exactly to what all bring together.
type Curve struct {
	Scenario string
	Pins     scenarios.Pins
	Year     int
	Steps    []Step
	// CO2 is the net CO2 that all measures avoid together in the year, in kg, Cost the money they
	// take more, in yuan.
	CO2, Cost quantity.Number
	// Unpriced are commodities whose cost is not counted.
	Unpriced []string
	// Projections is how often the scenario was projected.
	Projections int
}

// Step is one measure of a curve.
type Step struct {
	Key       scenarios.Key
	CO2, Cost quantity.Number
	// PerTonne is yuan per t given the measures before; without an answer where no CO2 is avoided.
	PerTonne quantity.Ratio
	// AloneCO2 is what the measure would bring if it were the only one.
	AloneCO2 quantity.Number
}

// Ground is what a curve stands on.
type Ground struct {
	Base     scenarios.Base
	Scenario scenarios.Scenario
	Levers   []scenarios.Lever
	Workers  int
}

// CurveOf draws the curve of a year over the measures of the keys. In every round the next measure
// is chosen given those taken:
//
//	first  what saves money and avoids CO2, the most money first: among measures that pay for
//	       themselves, yuan per tonne would put the one that avoids least in front (S. Taylor, The
//	       ranking of negative-cost emissions reduction measures, Energy Policy 48 (2012) 430-438)
//	then   what costs money and avoids CO2, the fewest yuan per tonne first
//	last   what avoids none, in the order of the file
//
// Of equals the first in the order of keys goes first. It stops with the error of the context once
// that is done; a watch on the context is told of each projection.
func CurveOf(ctx context.Context, g Ground, year int, keys []scenarios.Key) (Curve, error) {
	if year <= g.Base.Year {
		return Curve{}, fmt.Errorf("a cost curve of %d: take a year after the base year %d", year,
			g.Base.Year)
	}
	curve := Curve{Scenario: g.Scenario.Name, Pins: g.Base.Pins, Year: year}
	var taken []scenarios.Key
	crew.More(ctx, len(keys)*(len(keys)+1)/2)
	before, err := g.year(ctx, year, keys, taken)
	if err != nil {
		return curve, err
	}
	start, left, alone := before, slices.Clone(keys), map[scenarios.Key]quantity.Number{}
	curve.Projections++
	for len(left) > 0 {
		steps, err := g.round(ctx, year, keys, taken, left, before)
		if err != nil {
			return curve, err
		}
		curve.Projections += len(left)
		next := 0
		for i, step := range steps {
			if len(taken) == 0 {
				alone[step.Key] = step.CO2
			}
			if step.Before(steps[next].Step) {
				next = i
			}
		}
		chosen := steps[next]
		chosen.AloneCO2 = alone[chosen.Key]
		curve.Steps = append(curve.Steps, chosen.Step)
		before, taken = chosen.after, append(taken, chosen.Key)
		left = slices.Delete(left, next, next+1)
	}
	curve.CO2 = start.Net().Sub(before.Net())
	curve.Cost = before.Cost.Total().Sub(start.Cost.Total())
	curve.Unpriced = before.Cost.Unpriced
	return curve, nil
}

// tried is a step with the year it leads to.
type tried struct {
	Step
	after scenarios.Year
}

// round tries every measure that is left.
func (g Ground) round(ctx context.Context, year int, keys, taken, left []scenarios.Key,
	before scenarios.Year) ([]tried, error) {
	steps, errs := make([]tried, len(left)), make([]error, len(left))
	err := crew.Each(ctx, g.Workers, len(left), func(task int) {
		defer crew.Done(ctx, 1)
		after, err := g.year(ctx, year, keys, append(slices.Clone(taken), left[task]))
		if errs[task] = err; err != nil {
			return
		}
		step := Step{Key: left[task], CO2: before.Net().Sub(after.Net()),
			Cost: after.Cost.Total().Sub(before.Cost.Total())}
		if !step.CO2.IsZero() {
			step.PerTonne = quantity.RatioOf(step.Cost.Mul(quantity.Int(1000)), step.CO2)
		}
		steps[task] = tried{step, after}
	})
	if err != nil {
		return nil, err
	}
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return steps, nil
}

// year projects the scenario with those measures only that are taken.
func (g Ground) year(ctx context.Context, year int, keys, taken []scenarios.Key) (
	scenarios.Year, error) {
	some := g.Scenario
	some.Rows = slices.DeleteFunc(slices.Clone(some.Rows), func(row scenarios.Row) bool {
		return slices.Contains(keys, row.Key()) && !slices.Contains(taken, row.Key())
	})
	pathway, err := scenarios.ProjectContext(ctx, g.Base, some, g.Levers, year)
	if err != nil {
		return scenarios.Year{}, err
	}
	return pathway.Years[len(pathway.Years)-1], nil
}

// rank is 0 for what saves money and avoids CO2, 1 for what costs money and avoids CO2, 2 for what
// avoids none.
func (s Step) rank() int {
	switch {
	case s.CO2.Sign() <= 0:
		return 2
	case s.Cost.Sign() < 0:
		return 0
	}
	return 1
}

// Before says whether a measure is taken before another.
func (s Step) Before(other Step) bool {
	switch rank := s.rank(); {
	case rank != other.rank():
		return rank < other.rank()
	case rank == 0:
		return s.Cost.Cmp(other.Cost) < 0
	case rank == 1:
		return s.PerTonne.Cmp(other.PerTonne) < 0
	}
	return false
}
