package inventory

import (
	"fmt"
	"slices"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

// Part is everything in a figure that went through the same factors.
type Part struct {
	Commodity quantity.Commodity
	Amount    quantity.Number
	// Steps lead from Amount to Result; each Result of a step is for the whole part.
	Steps  []ledger.Step
	Result quantity.Number
	Sums   []ledger.Sum
}

// Explanation is a figure taken apart.
type Explanation struct {
	Ref    Ref
	Pins   Pins
	Unit   quantity.Commodity
	Figure Figure
	Parts  []Part
	Gaps   []ledger.Gap
}

// Explain takes a figure apart: by the factors it went through, down to the flows. The results of
// the parts sum to the figure and every part multiplies out; anything else is our own mistake.
func Explain(s State, ref Ref) (Explanation, error) {
	if ref.Per != "" {
		return Explanation{}, fmt.Errorf("%w: %s by %s and %s", ErrQuotient, ref,
			ref.numerator(), ref.denominator())
	}
	q := Query{Period: ref.Period, Measures: []Measure{ref.Measure}, Where: ref.Where}
	unit, err := ref.Measure.Commodity(s.Library.Catalogue)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Ref: ref, Pins: s.Pins(), Unit: unit}
	parts := map[string]int{}
	s.Contributions(q, func(c Contribution) {
		if c.Sum.Absence == ledger.Estimated {
			e.Figure.Estimates++
		}
		if c.Gap != nil {
			e.Gaps, e.Figure.Gaps = append(e.Gaps, *c.Gap), e.Figure.Gaps+1
			return
		}
		e.Figure.Number = e.Figure.Number.Add(c.Number)
		steps := stepsOf(c)
		key := partKey(c, steps)
		at, ok := parts[key]
		if !ok {
			at, parts[key] = len(e.Parts), len(e.Parts)
			commodity, _ := s.Library.Catalogue.ByID(c.Sum.Commodity)
			e.Parts = append(e.Parts, Part{Commodity: commodity, Steps: steps})
		}
		e.Parts[at].add(c, steps)
	})
	return e, e.check()
}

// stepsOf returns the factors a contribution went through, a deduction among them.
func stepsOf(c Contribution) []ledger.Step {
	if c.Reading == nil {
		return nil
	}
	steps := slices.Clone(c.Reading.Steps)
	if c.Measure == CO2e && c.Reading.Warming != nil {
		steps = append(steps, *c.Reading.Warming)
	}
	return steps
}

func partKey(c Contribution, steps []ledger.Step) string {
	key := c.Sum.Commodity
	for _, step := range steps {
		key += "\x00" + step.Factor.Set + "\x00" + step.Factor.ID
	}
	if !c.Amount().Equal(c.Sum.Total) {
		key += "\x00-"
	}
	return key
}

// add puts a contribution into the part. A deducted one enters with its amount negative.
func (p *Part) add(c Contribution, steps []ledger.Step) {
	p.Amount, p.Result = p.Amount.Add(c.Amount()), p.Result.Add(c.Number)
	if p.Sums == nil {
		p.Steps = slices.Clone(steps)
		for i := range p.Steps {
			p.Steps[i].Result = quantity.Number{}
		}
	}
	for i, step := range steps {
		result := step.Result
		p.Steps[i].Result = p.Steps[i].Result.Add(result)
	}
	p.Sums = append(p.Sums, c.Sum)
}

// check multiplies every part out again.
func (e Explanation) check() error {
	total := quantity.Number{}
	for _, part := range e.Parts {
		number := part.Amount
		for _, step := range part.Steps {
			number = step.Factor.Apply(number)
			if !number.Equal(step.Result) {
				return fmt.Errorf("explain %s: %s times factor %s is %s, the figure has %s",
					e.Ref, part.Amount, step.Factor.ID, number, step.Result)
			}
		}
		if !number.Equal(part.Result) {
			return fmt.Errorf("explain %s: a part multiplies to %s, the figure has %s",
				e.Ref, number, part.Result)
		}
		total = total.Add(number)
	}
	if !total.Equal(e.Figure.Number) {
		return fmt.Errorf("explain %s: the parts sum to %s, the figure is %s",
			e.Ref, total, e.Figure.Number)
	}
	return nil
}
