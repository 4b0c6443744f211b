package inventory

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

// ErrRef is returned for text that is not a reference to a figure.
var ErrRef = errors.New("not a reference to a figure")

// Ref names one figure, so that it can be asked for again: what, when, under which policy, at which
// position of the book, and with which values of its dimensions.
type Ref struct {
	Measure  Measure
	Period   quantity.Period
	Policy   string
	Position int
	Where    map[Dimension]string
}

// The marks of a reference are written out where they stand inside a measure, policy or value; a
// value may hold colons as it is.
var (
	writeMarks = strings.NewReplacer("%", "%25", ":", "%3A")
	writeValue = strings.NewReplacer("%", "%25", ",", "%2C")
	readMarks  = strings.NewReplacer("%25", "%", "%3A", ":", "%2C", ",")
)

// String prints the reference: co2e:2022:cn-statistics:7:commodity=electricity,scope=2.
func (r Ref) String() string {
	parts := []string{writeMarks.Replace(string(r.Measure)), r.Period.String(),
		writeMarks.Replace(r.Policy), strconv.Itoa(r.Position)}
	var where []string
	for dimension, value := range r.Where {
		where = append(where, string(dimension)+"="+writeValue.Replace(value))
	}
	slices.Sort(where)
	if len(where) > 0 {
		parts = append(parts, strings.Join(where, ","))
	}
	return strings.Join(parts, ":")
}

// ParseRef reads what String printed, or returns ErrRef.
func ParseRef(text string) (Ref, error) {
	parts := strings.SplitN(text, ":", 5)
	if len(parts) < 4 {
		return Ref{}, fmt.Errorf(
			"%w: %q; it reads measure:period:policy:position:dimension=value",
			ErrRef,
			text,
		)
	}
	period, err := quantity.ParsePeriod(parts[1])
	if err != nil {
		return Ref{}, fmt.Errorf("%w: %w", ErrRef, err)
	}
	position, err := strconv.Atoi(parts[3])
	if err != nil || position < 0 {
		return Ref{}, fmt.Errorf("%w: position %q", ErrRef, parts[3])
	}
	ref := Ref{Measure(readMarks.Replace(parts[0])), period, readMarks.Replace(parts[2]), position,
		map[Dimension]string{}}
	if len(parts) == 5 {
		if ref.Where, err = ParseWhere(parts[4]); err != nil {
			return Ref{}, err
		}
	}
	return ref, nil
}

// ParseWhere reads scope=2,commodity=electricity.
func ParseWhere(text string) (map[Dimension]string, error) {
	where := map[Dimension]string{}
	for _, part := range strings.Split(text, ",") {
		if part == "" {
			continue
		}
		name, value, ok := strings.Cut(part, "=")
		dimension, err := ParseDimension(name)
		if err != nil || !ok {
			return nil, fmt.Errorf("%w: %q is not dimension=value", ErrDimension, part)
		}
		if _, twice := where[dimension]; twice {
			return nil, fmt.Errorf("%w: %s is given twice; ask once for each value",
				ErrDimension, dimension)
		}
		where[dimension] = readMarks.Replace(value)
	}
	return where, nil
}

// Ref returns the reference of a figure of the inventory.
func (v Inventory) Ref(row Row, measure int) Ref {
	where := map[Dimension]string{}
	for dimension, value := range v.Query.Where {
		where[dimension] = value
	}
	for i, dimension := range v.Query.By {
		where[dimension] = row.Key[i]
		if dimension == Area {
			where[dimension] = exactly + row.Key[i]
		}
	}
	return Ref{v.Query.Measures[measure], v.Query.Period, v.Pins.Policy, v.Pins.Position, where}
}

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
