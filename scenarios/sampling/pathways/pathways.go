// Package pathways lets the uncertain rows of a scenario vary: those that state an interval and a
// distribution are drawn, the scenario is projected with each draw, exactly, and what comes out is
// counted.
package pathways

import (
	"context"
	"errors"
	"fmt"
	"math"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/elementary"
)

// ErrNoSpread is returned where no row of a scenario states how sure it is.
var ErrNoSpread = errors.New("no row states a distribution; give low, high and distribution")

// ErrNotFollowed is returned where a draw leads to values that a lever or the base cannot follow.
var ErrNotFollowed = errors.New("a draw cannot be followed; bring low and high closer together")

// Draw says how often rows are drawn, from which seed, and by how many workers, who change nothing
// but the time it takes. Samples is a power of two.
type Draw struct {
	Samples int
	Seed    uint64
	Workers int
}

// Design is how the samples are spread.
const Design = sampling.Sobol

// Subject is a scenario on a base.
type Subject struct {
	Base     scenarios.Base
	Scenario scenarios.Scenario
	Levers   []scenarios.Lever
	Horizon  int
}

// Uncertain returns the rows that are drawn.
func (s Subject) Uncertain() (rows []scenarios.Row) {
	for _, row := range s.Scenario.Rows {
		if !row.Spread.IsZero() {
			rows = append(rows, row)
		}
	}
	return rows
}

// PeakedBy returns the part of the draws in which gross CO2 has peaked in a year or before, by the
// rule of scenarios.Peak with the usual band. A draw that the base or a lever cannot follow is an
// error and not left out: leaving it out would move the chance. It stops with the error of the
// context once that is done.
func (s Subject) PeakedBy(ctx context.Context, year int, draw Draw) (quantity.Ratio, error) {
	plan, err := s.plan(draw)
	if err != nil {
		return quantity.Ratio{}, err
	}
	stated, err := scenarios.State(ctx, s.Base, s.Scenario, s.Levers, s.Horizon)
	if err != nil {
		return quantity.Ratio{}, err
	}
	var series sampling.Series
	for _, year := range stated.Pathway().History {
		series.Measured = append(series.Measured,
			scenarios.Point{Year: year.Year, Value: year.CO2, History: true})
	}
	for at := s.Base.Year; at <= s.Horizon; at++ {
		series.Years = append(series.Years, at)
	}
	if err := plan.Check(); err != nil {
		return quantity.Ratio{}, err
	}
	outcome, err := sampling.Run(ctx, plan, s.model(ctx, stated, len(series.Years)), draw.Workers)
	if ctx.Err() != nil {
		return quantity.Ratio{}, ctx.Err()
	}
	if err != nil {
		return quantity.Ratio{}, fmt.Errorf("%w: %w", ErrNotFollowed, err)
	}
	return outcome.PeakedBy(series, year, quantity.Int(scenarios.BandPercent)), nil
}

// plan makes an assumption of every uncertain row; rows of one group move as one.
func (s Subject) plan(draw Draw) (sampling.Plan, error) {
	plan := sampling.Plan{Design: Design, Samples: draw.Samples, Seed: draw.Seed}
	at := map[string]int{}
	for _, row := range s.Uncertain() {
		distribution, err := distributionOf(row)
		if err != nil {
			return plan, fmt.Errorf("row %d: %w", row.Line, err)
		}
		name := fmt.Sprintf("row %d", row.Line)
		plan.Assumptions = append(plan.Assumptions, sampling.Assumption{
			Name: name, Distribution: distribution})
		group := row.Spread.Group
		if group == "" {
			continue
		}
		if _, known := at[group]; !known {
			at[group] = len(plan.Groups)
			plan.Groups = append(plan.Groups, sampling.Group{Name: group, Common: quantity.Int(1)})
		}
		members := &plan.Groups[at[group]].Members
		*members = append(*members, name)
	}
	if len(plan.Assumptions) == 0 {
		return plan, ErrNoSpread
	}
	return plan, nil
}

// spreadDigits is how many digits the parameters of a distribution keep, valueDigits how many a
// drawn value: an exact projection carries every digit along, and no assumption is known to more.
const (
	spreadDigits = 12
	valueDigits  = 5
)

// twoEnds is how many standard deviations lie between the ends of the 95 % interval: 2 x 1.96.
var twoEnds = quantity.Scaled(392, 2)

// distributionOf reads the interval of a row. For normal and lognormal its ends are those of 95 %:
//
//	deviation = (high - low) / 3.92        factor = (high / low)^(1/3.92)
func distributionOf(row scenarios.Row) (sampling.Distribution, error) {
	low, value, high := row.Spread.Low, row.Value, row.Spread.High
	switch shape := sampling.Shape(row.Spread.Distribution); shape {
	case sampling.Normal:
		deviation, _ := quantity.RatioOf(high.Sub(low), twoEnds).Round(
			quantity.Rounding{Places: spreadDigits})
		return sampling.New(shape, value, deviation)
	case sampling.Lognormal:
		wide := elementary.Log(elementary.FloatOf(quantity.RatioOf(high, low)))
		factor, _ := elementary.Number(elementary.Exp(wide/elementary.Float(twoEnds)), spreadDigits)
		return sampling.New(shape, value, factor)
	case sampling.Uniform:
		return sampling.New(shape, low, high)
	default:
		return sampling.New(shape, low, value, high)
	}
}

// model projects the scenario with the drawn values; what cannot be projected is no number.
func (s Subject) model(ctx context.Context, stated *scenarios.Stated, years int) sampling.Model {
	return sampling.Model{Results: years, Start: func() func(sample, results []float64) {
		return func(sample, results []float64) {
			pathway, err := s.project(ctx, stated, sample)
			for i := range results {
				results[i] = math.NaN()
				if err == nil {
					results[i] = elementary.Float(pathway.Years[i].CO2)
				}
			}
		}
	}}
}

func (s Subject) project(ctx context.Context, stated *scenarios.Stated, sample []float64) (
	scenarios.Pathway, error) {
	drawn, next := make([]scenarios.Row, len(s.Scenario.Rows)), 0
	for i, row := range s.Scenario.Rows {
		if !row.Spread.IsZero() {
			row.Value, _ = elementary.Number(sample[next], valueDigits)
			next++
			if faults := scenarios.CheckRow(row, s.Levers); len(faults) > 0 {
				return scenarios.Pathway{}, faults[0]
			}
		}
		drawn[i] = row
	}
	return stated.Vary(ctx, drawn)
}
