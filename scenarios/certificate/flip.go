package certificate

import (
	"context"
	"slices"
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/sampling/pathways"
)

// Flips are the changes of one assumption, each alone, that would change the verdict.
type Flips struct {
	// List is in the order of Percent: the first is the assumption the verdict hangs on.
	List []Flip `json:"list"`
	// Holds counts the rows that change the verdict nowhere between 0 and twice their value,
	// Projections how often the scenario was projected to find out.
	Holds       int `json:"rows-that-do-not-flip"`
	Projections int `json:"projections"`
}

// Flip is the smallest change of one row that changes the verdict: with the value Flipped it is
// Verdict, and with one Step less of change it is not.
type Flip struct {
	RowName
	Unit    string          `json:"unit"`
	Value   quantity.Number `json:"value"`
	Flipped quantity.Number `json:"flipped"`
	Change  quantity.Number `json:"change"`
	Step    quantity.Number `json:"step"`
	Percent string          `json:"change-percent-of-value"`
	Verdict string          `json:"verdict"`

	size quantity.Ratio
}

// rungs are the parts of a value at which a change is tried before it is narrowed down: a
// sixteenth, an eighth, a quarter, a half and all of it. A verdict that turns and turns back
// between two rungs is not seen.
var rungs = []int64{16, 8, 4, 2, 1}

// stepDecimals is the least number of decimals a change is told with; a value with more keeps its
// own.
const stepDecimals = 2

// flipsOf searches every row, up and down from its value to twice of it and to 0; a value of 0 is
// moved by up to 1. Rows are searched by themselves, so they can be shared out.
func flipsOf(ctx context.Context, subject pathways.Subject, stated *scenarios.Stated,
	workers int) (Flips, error) {
	rows, pathway := subject.Scenario.Rows, stated.Pathway()
	found := make([]search, len(rows))
	crew.More(ctx, len(rows))
	err := crew.Each(ctx, workers, len(rows), func(task int) {
		found[task] = search{ctx: ctx, subject: subject, stated: stated, pathway: pathway, at: task,
			status: statusOf(pathway)}
		found[task].run()
		crew.Done(ctx, 1)
	})
	if err != nil {
		return Flips{}, err
	}
	flips := Flips{List: []Flip{}}
	for _, s := range found {
		flips.Projections += s.projections
		if s.best == nil {
			flips.Holds++
			continue
		}
		flips.List = append(flips.List, *s.best)
	}
	slices.SortStableFunc(flips.List, func(a, b Flip) int { return a.size.Cmp(b.size) })
	return flips, nil
}

func statusOf(p scenarios.Pathway) scenarios.Status {
	return scenarios.Peak(p.Points(co2Of), quantity.Int(scenarios.BandPercent)).Status
}

// search looks for the smallest change of one row that turns the verdict.
type search struct {
	// ctx ends the search: no value can be followed any more once it is done.
	ctx         context.Context
	subject     pathways.Subject
	stated      *scenarios.Stated
	pathway     scenarios.Pathway
	at          int
	status      scenarios.Status
	projections int
	best        *Flip
}

func (s *search) row() scenarios.Row { return s.subject.Scenario.Rows[s.at] }

// run counts changes in steps of the last decimal, so that halving is exact.
func (s *search) run() {
	row := s.row()
	decimals := max(row.Value.Decimals(), stepDecimals)
	scale := row.Value.Abs()
	if scale.IsZero() {
		scale = quantity.Int(1)
	}
	// A value has at most 9 digits before the point and 6 behind it, so the count fits.
	steps, err := strconv.ParseInt(scale.Mul(powerOfTen(decimals)).String(), 10, 64)
	if err != nil {
		panic("certificate: row " + strconv.Itoa(row.Line) + ": " + err.Error())
	}
	if !s.moves(steps, decimals) {
		return
	}
	for _, sign := range []int64{1, -1} {
		count, status, ok := s.smallest(steps, sign, decimals)
		if !ok {
			continue
		}
		step := quantity.Scaled(1, uint8(decimals))
		change := quantity.Int(sign * count).Mul(step)
		size := quantity.RatioOf(change.Abs(), scale)
		if s.best != nil && s.best.size.Cmp(size) <= 0 {
			continue
		}
		s.best = &Flip{RowName: nameOf(row), Unit: row.Unit, Value: row.Value,
			Flipped: row.Value.Add(change), Change: change, Step: step, Percent: percent(size),
			Verdict: string(status), size: size}
	}
}

func powerOfTen(n int32) quantity.Number {
	power := quantity.Int(1)
	for range n {
		power = power.Mul(quantity.Int(10))
	}
	return power
}

// moves says whether CO2 moves at all when the row goes to either end; prices and notes do not
// move it. A row that cannot go to an end may move it before.
func (s *search) moves(steps int64, decimals int32) bool {
	for _, count := range []int64{steps, -steps} {
		moved, ok := s.project(count, decimals)
		if !ok {
			return true
		}
		for i, year := range moved.Years {
			if !year.CO2.Equal(s.pathway.Years[i].CO2) {
				return true
			}
		}
	}
	return false
}

// smallest climbs the rungs until the verdict turns and halves the stretch before that rung. Where
// the base or the lever cannot follow a rung, the last step they can follow takes its place.
func (s *search) smallest(steps, sign int64, decimals int32) (
	count int64, status scenarios.Status, ok bool) {
	held := int64(0)
	for _, part := range rungs {
		next := steps / part
		if next <= held {
			continue
		}
		turned, status, followed := s.turns(sign*next, decimals)
		if !followed {
			next = s.limit(held, next, sign, decimals)
			turned, status, _ = s.turns(sign*next, decimals)
		}
		if !turned && !followed {
			return 0, "", false
		}
		if !turned {
			held = next
			continue
		}
		for next-held > 1 {
			middle := held + (next-held)/2
			if turned, then, _ := s.turns(sign*middle, decimals); turned {
				next, status = middle, then
			} else {
				held = middle
			}
		}
		return next, status, true
	}
	return 0, "", false
}

// limit returns the largest count below next that can be followed.
func (s *search) limit(held, next, sign int64, decimals int32) int64 {
	for next-held > 1 {
		middle := held + (next-held)/2
		if _, ok := s.project(sign*middle, decimals); ok {
			held = middle
		} else {
			next = middle
		}
	}
	return held
}

// turns says what the verdict is after so many steps, and whether that is another one.
func (s *search) turns(count int64, decimals int32) (
	turned bool, status scenarios.Status, followed bool) {
	pathway, ok := s.project(count, decimals)
	if !ok {
		return false, "", false
	}
	status = statusOf(pathway)
	return status != s.status, status, true
}

// project moves the row by so many steps; false where the lever does not take the value or the base
// cannot follow it.
func (s *search) project(count int64, decimals int32) (scenarios.Pathway, bool) {
	row := s.row()
	row.Value = row.Value.Add(quantity.Int(count).Mul(quantity.Scaled(1, uint8(decimals))))
	if len(scenarios.CheckRow(row, s.subject.Levers)) > 0 {
		return scenarios.Pathway{}, false
	}
	s.projections++
	rows := slices.Clone(s.subject.Scenario.Rows)
	rows[s.at] = row
	pathway, err := s.stated.Vary(s.ctx, rows)
	return pathway, err == nil
}
