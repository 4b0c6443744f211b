package spread

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/elementary"
	"carbonledger/table"
)

// drawnDigits is how many significant digits a drawn value keeps. Exact figures keep every digit of
// what is multiplied, so a long value costs time, and nobody knows a growth rate to six digits.
const drawnDigits = 5

// decimalsMax is how many decimals a value in a file may have.
var decimalsMax = quantity.Rounding{Places: 6}

// valueOf is a drawn value as it would stand in the file of the scenario.
func valueOf(row scenarios.Row, x float64) quantity.Number {
	value, _ := elementary.Number(x, drawnDigits)
	if row.Unit == scenarios.Years {
		return value.Round(quantity.Rounding{}) // whole years
	}
	return value.Round(decimalsMax)
}

// scenario is the scenario with the values of a sample. A value that the lever does not take is a
// fault of its row.
func (p *prospect) scenario(sample []float64) (scenarios.Scenario, error) {
	drawn := p.Scenario
	drawn.Rows = slices.Clone(drawn.Rows)
	for j, place := range p.rows {
		row := &drawn.Rows[place]
		row.Value = valueOf(*row, sample[j])
		for _, lever := range p.Levers {
			if !slices.Contains(lever.Names(), row.Lever) {
				continue
			}
			if faults := lever.Check(*row); len(faults) > 0 {
				return drawn, faults[0]
			}
		}
	}
	return drawn, nil
}

// project is the pathway of a sample.
func (p *prospect) project(ctx context.Context, sample []float64) (scenarios.Pathway, error) {
	drawn, err := p.scenario(sample)
	if err != nil {
		return scenarios.Pathway{}, err
	}
	return p.kept.Vary(ctx, drawn.Rows)
}

// exact follows every sample by Project.
func (p *prospect) exact(ctx context.Context) sampling.Model {
	return sampling.Model{Results: p.count(), Start: func() func(sample, results []float64) {
		return func(sample, results []float64) {
			pathway, err := p.project(ctx, sample)
			switch {
			case err == nil:
				p.write(pathway, results)
			case ctx.Err() == nil:
				p.refuse(err, results)
			}
		}
	}}
}

// refuse keeps why a sample cannot be followed and leaves no finite results.
func (p *prospect) refuse(err error, results []float64) {
	p.refused.add(err)
	for i := range results {
		results[i] = math.Inf(1)
	}
}

// Refused is a drawn value that a row cannot have: the interval of the row reaches beyond what its
// lever or the base takes.
type Refused struct{ Fault table.Fault }

// Error names the row and the value.
func (r *Refused) Error() string {
	return fmt.Sprintf("a value drawn from the interval of line %d does not fit: %s",
		r.Fault.Line, r.Fault.Code)
}

// Unwrap returns the fault of the row.
func (r *Refused) Unwrap() error { return r.Fault }

// refusals collect why samples could not be followed, from all workers.
type refusals struct {
	lock  sync.Mutex
	first error
}

// add keeps the error that comes first in the order of lines and then of texts, so that the order
// in which the workers come does not show.
func (r *refusals) add(err error) {
	r.lock.Lock()
	defer r.lock.Unlock()
	var fault, before table.Fault
	if errors.As(err, &fault) {
		err = &Refused{fault}
	}
	errors.As(r.first, &before)
	if r.first == nil || cmp.Or(cmp.Compare(fault.Line, before.Line),
		cmp.Compare(fault.Cell, before.Cell), cmp.Compare(err.Error(), r.first.Error())) < 0 {
		r.first = err
	}
}

// or returns why a sample could not be followed, where that is behind an error.
func (r *refusals) or(err error) error {
	if err != nil && r.first != nil {
		return r.first
	}
	return err
}
