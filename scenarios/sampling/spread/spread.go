// Package spread tells how sure a scenario is of itself: the rows that state an interval become
// assumptions, each sample of them a scenario of its own, and each of those a pathway.
//
// An Answer holds the fan of CO2 and energy year by year, the chance that CO2 has peaked, the
// chance of meeting each target, and how much each assumption has to do with it.
//
// A sample is followed by scenarios.Stated, exactly as if its values stood in the file. Where all
// assumptions are yearly rates and nothing in the scenario bends their effect, compiled sums take
// its place; they are compared with Project first and used only where they agree.
package spread

import (
	"context"
	"errors"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/elementary"
	"carbonledger/scenarios/targets"
)

// ErrCertain is returned for a scenario without a row that states a spread.
var ErrCertain = errors.New("no row of the scenario states low, high and distribution")

// Drawing says how to draw, and what to tell of it.
type Drawing struct {
	Design  sampling.Design
	Samples int
	Seed    uint64
	// By is the year by which CO2 is to have peaked.
	By int
	// Indices says that Sobol' indices are wanted; they take many more samples.
	Indices bool
	// Workers changes nothing but the time it takes.
	Workers int
}

// Question is a scenario, what it is projected from, and what it is held against.
type Question struct {
	Base     scenarios.Base
	Scenario scenarios.Scenario
	Levers   []scenarios.Lever
	Horizon  int
	Targets  []targets.Target
	Drawing
}

// Year is how the figures of a year spread: kg of CO2 and kgce.
type Year struct {
	Year        int
	CO2, Energy sampling.Fan
}

// Chance is a target held against the pathway as stated, and the part of the samples that meet it,
// which nobody can tell where the result is unknown.
type Chance struct {
	targets.Result
	Chance quantity.Ratio
}

// Assumption is a row with a spread and what was drawn for it.
type Assumption struct {
	scenarios.Row
	// Median is the middle of what is drawn; it is the value of the row only where the distribution
	// has it in its middle.
	Median quantity.Number
	// Rank is the rank correlation with the CO2 of the last year over all samples.
	Rank quantity.Number
	// Swing is the CO2 of the last year at the 5 and 95 % quantile of this assumption alone.
	Swing sampling.Swing
}

// Index is the part of the variance of the CO2 of the last year that comes from one assumption, or
// from a group of them, whose row is empty then.
type Index struct {
	Group string
	Row   scenarios.Row
	sampling.Indices
}

// Answer is how a scenario spreads.
type Answer struct {
	Drawing
	// Stated is the pathway with the values of the rows.
	Stated scenarios.Pathway
	// Compiled says that compiled sums followed the samples, and not Project.
	Compiled bool
	Years    []Year
	Peaked   quantity.Ratio
	Chances  []Chance
	// Assumptions stand in the order of their swings, the longest first.
	Assumptions []Assumption
	// Middle is the CO2 of the last year with all assumptions at their medians.
	Middle quantity.Number
	// Parts are empty where indices were not asked for.
	Parts []Index
}

// digits is how many significant digits figures keep: a district has some 10^9 kg of CO2, and it is
// shown in tonnes.
const digits = 12

// Of draws the samples of a scenario and sums up what follows from them. It stops with the error of
// the context once that is done; a watch on the context is told of each sample.
func Of(ctx context.Context, q Question) (Answer, error) {
	p, err := newProspect(ctx, q)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{Drawing: q.Drawing, Stated: p.stated}
	model, compiled := p.model(ctx)
	a.Compiled = compiled
	outcome, err := sampling.Run(ctx, p.plan, model, q.Workers)
	if err != nil {
		return a, p.refused.or(err)
	}
	for i, y := range p.stated.Years {
		a.Years = append(a.Years, Year{y.Year, outcome.Fan(p.co2(i), digits),
			outcome.Fan(p.energy(i), digits)})
	}
	a.Peaked = outcome.AtMost(p.peak(), quantity.Int(int64(q.By)))
	for i, r := range p.results {
		chance := Chance{Result: r}
		if r.Unknown == "" {
			chance.Chance = outcome.AtLeast(p.met(i), quantity.Int(1))
		}
		a.Chances = append(a.Chances, chance)
	}
	return p.influences(ctx, a, outcome, model)
}

// influences adds how much each assumption has to do with the CO2 of the last year.
func (p *prospect) influences(ctx context.Context, a Answer, outcome sampling.Outcome,
	model sampling.Model) (Answer, error) {
	last := p.co2(len(p.stated.Years) - 1)
	bars, middle, err := sampling.Tornado(ctx, p.plan, model, last, 5, digits, p.Workers)
	if err != nil {
		return a, p.refused.or(err)
	}
	a.Middle = middle
	ranks := outcome.Influences(last, 4, p.Workers)
	for _, bar := range bars {
		at := slices.IndexFunc(ranks, func(i sampling.Influence) bool { return i.Name == bar.Name })
		median, _ := p.plan.Assumptions[at].Distribution.Quantile(quantity.Int(50), drawnDigits)
		a.Assumptions = append(a.Assumptions,
			Assumption{p.Scenario.Rows[p.rows[at]], median, ranks[at].Rank, bar})
	}
	if p.Indices {
		a.Parts, err = p.indices(ctx, model, last)
	}
	return a, p.refused.or(err)
}

// indices takes the variance of a result apart.
func (p *prospect) indices(ctx context.Context, model sampling.Model, result int) (
	list []Index, err error) {
	found, err := sampling.Sensitivity(ctx, p.plan, model, result, 4, p.Workers)
	for _, one := range found {
		index := Index{Group: one.Name, Indices: one}
		for j, a := range p.plan.Assumptions {
			if a.Name == one.Name {
				index.Group, index.Row = "", p.Scenario.Rows[p.rows[j]]
			}
		}
		list = append(list, index)
	}
	return list, err
}

// prospect is what all samples of a question share.
type prospect struct {
	Question
	// stated is the pathway of the values as stated; kept is what samples vary.
	stated scenarios.Pathway
	kept   *scenarios.Stated
	// results are the targets held against the pathway as stated.
	results []targets.Result
	// rows are the places of the assumptions among the rows of the scenario.
	rows    []int
	plan    sampling.Plan
	refused *refusals
}

func newProspect(ctx context.Context, q Question) (*prospect, error) {
	p := &prospect{Question: q, refused: &refusals{}}
	var err error
	if p.plan, p.rows, err = planOf(q.Scenario, q.Drawing); err != nil {
		return nil, err
	}
	if p.kept, err = scenarios.State(ctx, q.Base, q.Scenario, q.Levers, q.Horizon); err != nil {
		return nil, err
	}
	p.stated = p.kept.Pathway()
	p.results = targets.Assess(p.stated, q.Targets)
	return p, nil
}

// The places of the results of a sample: CO2 year by year, energy year by year, the year of the
// peak, and 1 or 0 for each target that is or is not met.
func (p *prospect) co2(year int) int    { return year }
func (p *prospect) energy(year int) int { return len(p.stated.Years) + year }
func (p *prospect) peak() int           { return 2 * len(p.stated.Years) }
func (p *prospect) met(target int) int  { return p.peak() + 1 + target }
func (p *prospect) count() int          { return p.peak() + 1 + len(p.Targets) }

// neverPeaked stands for the year of a peak that there is none of; it is after all years.
const neverPeaked = 9999

// write puts the figures of a pathway into their places.
func (p *prospect) write(pathway scenarios.Pathway, results []float64) {
	for i, y := range pathway.Years {
		results[p.co2(i)] = elementary.Float(y.CO2)
		results[p.energy(i)] = elementary.Float(y.Energy)
	}
	verdict := pathway.Verdict()
	results[p.peak()] = neverPeaked
	if verdict.Status == scenarios.Peaked {
		results[p.peak()] = float64(verdict.PeakYear)
	}
	for i, r := range targets.Assess(pathway, p.Targets) {
		results[p.met(i)] = 0
		if r.Met {
			results[p.met(i)] = 1
		}
	}
}
