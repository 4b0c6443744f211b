package certificate

import (
	"context"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/sampling/pathways"
)

// Flips are the changes of one assumption, each alone, that would change the verdict or move the
// peak year.
type Flips struct {
	// List is in the order of the size of the change: the first is the assumption the answer hangs
	// on.
	List []Flip `json:"list"`
	// Holds counts the assumptions that change nothing of that, at no strength from 0 to 200 % and
	// left out; Projections how often the scenario was projected to find out.
	Holds       int `json:"assumptions-that-turn-nothing"`
	Projections int `json:"projections"`
}

// Flip is the smallest change of one assumption that turns the verdict or the peak year: all its
// rows at Strength per cent of what is written, and with one per cent less of change it does not.
// An assumption is the rows of one lever, sector, commodity and target, or all rows of a lever;
// then sector, commodity and target are empty.
type Flip struct {
	Lever     string `json:"lever"`
	Sector    string `json:"sector,omitempty"`
	Commodity string `json:"commodity,omitempty"`
	To        string `json:"to,omitempty"`
	Rows      []int  `json:"rows"`
	// Turns is verdict or peak-year.
	Turns    string `json:"turns"`
	Strength int    `json:"strength-percent"`
	// Out says that the rows are left out, which for a level is not the same as 0.
	Out bool `json:"left-out,omitempty"`
	// Values are what the rows say then, in their order; empty where they are left out.
	Values   []string `json:"values,omitempty"`
	Verdict  string   `json:"verdict"`
	PeakYear int      `json:"peak-year"`
}

// What a flip turns.
const (
	TurnsVerdict = "verdict"
	TurnsPeak    = "peak-year"
)

// rungs are the changes in per cent that are tried before one is narrowed down. An answer that
// turns and turns back between two rungs is not seen.
var rungs = []int{10, 25, 50, 100}

// size is how much a flip changes.
func (f Flip) size() int {
	if f.Out {
		return rungs[len(rungs)-1]
	}
	return max(f.Strength-100, 100-f.Strength)
}

// flipsOf searches every assumption by itself, weaker down to nothing and stronger up to twice what
// is written. They can be shared out.
func flipsOf(ctx context.Context, subject pathways.Subject, stated *scenarios.Stated,
	workers int) (Flips, error) {
	groups := groupsOf(subject.Scenario)
	found := make([]search, len(groups))
	crew.More(ctx, len(groups))
	err := crew.Each(ctx, workers, len(groups), func(task int) {
		found[task] = search{ctx: ctx, subject: subject, stated: stated, group: groups[task],
			written: outcomeOf(stated.Pathway()), known: map[int]outcome{}}
		found[task].run()
		crew.Done(ctx, 1)
	})
	if err != nil {
		return Flips{}, err
	}
	flips := Flips{List: []Flip{}}
	for _, s := range found {
		flips.Projections += s.projections
		if len(s.flips) == 0 {
			flips.Holds++
		}
		flips.List = append(flips.List, s.flips...)
	}
	slices.SortStableFunc(flips.List, func(a, b Flip) int { return a.size() - b.size() })
	return flips, nil
}

// group is the rows of an assumption, by their places in the scenario.
type group struct {
	key  scenarios.Key
	rows []int
}

// groupsOf lists the assumptions that can move CO2: each key, and each lever that has several.
func groupsOf(s scenarios.Scenario) (groups []group) {
	keys := map[string]int{}
	add := func(key scenarios.Key, row int) bool {
		at := slices.IndexFunc(groups, func(g group) bool { return g.key == key })
		if at >= 0 {
			groups[at].rows = append(groups[at].rows, row)
			return false
		}
		groups = append(groups, group{key, []int{row}})
		return true
	}
	for i, row := range s.Rows {
		if scenarios.MovesCO2(row.Lever) && add(row.Key(), i) {
			keys[row.Lever]++
		}
	}
	for i, row := range s.Rows {
		if keys[row.Lever] > 1 {
			add(scenarios.Key{Lever: row.Lever}, i)
		}
	}
	return groups
}

// outcome is what a flip may turn.
type outcome struct {
	verdict  string
	peak     int
	followed bool
}

// outcomeOf judges all years of a pathway, so that rows that are left out do not move the horizon.
func outcomeOf(p scenarios.Pathway) outcome {
	v := verdictOf(p.Points(co2Of))
	return outcome{v.Word, v.PeakYear, true}
}

// search looks for the smallest changes of one assumption.
type search struct {
	// ctx ends the search: no value can be followed any more once it is done.
	ctx         context.Context
	subject     pathways.Subject
	stated      *scenarios.Stated
	group       group
	written     outcome
	known       map[int]outcome
	projections int
	flips       []Flip
}

func (s *search) run() {
	for _, turn := range []struct {
		name   string
		differ func(outcome) bool
	}{
		{TurnsPeak, func(o outcome) bool { return o.peak != s.written.peak }},
		{TurnsVerdict, func(o outcome) bool { return o.verdict != s.written.verdict }},
	} {
		turns := func(change int) bool {
			o := s.at(change)
			return o.followed && turn.differ(o)
		}
		best, found := 0, false
		for _, sign := range []int{1, -1} {
			most := rungs[len(rungs)-1]
			if found {
				most = max(best, -best) - 1
			}
			if change, ok := s.smallest(sign, most, turns); ok {
				best, found = change, true
			}
		}
		if found {
			s.note(turn.name, best)
		}
		if out := s.leftOut(); out.followed && turn.differ(out) && !(found && s.rates()) {
			s.flips = append(s.flips, s.flip(turn.name, out))
			s.flips[len(s.flips)-1].Out = true
		}
	}
}

// rates says that the rows are rates, of which 0 is as good as none.
func (s *search) rates() bool {
	return !slices.ContainsFunc(s.group.rows, func(at int) bool {
		return !s.subject.Scenario.Rows[at].IsRate()
	})
}

func (s *search) flip(turns string, o outcome) Flip {
	key := s.group.key
	f := Flip{Lever: key.Lever, Sector: key.Sector, Commodity: key.Commodity, To: key.To,
		Turns: turns, Verdict: o.verdict, PeakYear: o.peak}
	for _, at := range s.group.rows {
		f.Rows = append(f.Rows, s.subject.Scenario.Rows[at].Line)
	}
	return f
}

func (s *search) note(turns string, change int) {
	f := s.flip(turns, s.at(change))
	f.Strength = 100 + change
	for _, at := range s.group.rows {
		row := s.subject.Scenario.Rows[at]
		f.Values = append(f.Values, stronger(row, change).String()+" "+row.Unit)
	}
	s.flips = append(s.flips, f)
}

// smallest climbs the rungs until the answer turns and halves the stretch before that rung. Where
// the base or a lever cannot follow a rung, the last step they can follow takes its place.
func (s *search) smallest(sign, most int, turns func(change int) bool) (change int, ok bool) {
	held := 0
	for _, next := range rungs {
		if next = min(next, most); next <= held {
			continue
		}
		followed := s.at(sign * next).followed
		if !followed {
			lost := func(step int) bool { return !s.at(sign * step).followed }
			next = halved(held, next, lost) - 1
		}
		if next > held && turns(sign*next) {
			turned := func(step int) bool { return turns(sign * step) }
			return sign * halved(held, next, turned), true
		}
		if !followed {
			return 0, false
		}
		held = next
	}
	return 0, false
}

// halved returns the first step behind held and up to next at which something holds, which it does
// at next.
func halved(held, next int, holds func(step int) bool) int {
	for next-held > 1 {
		if middle := held + (next-held)/2; holds(middle) {
			next = middle
		} else {
			held = middle
		}
	}
	return next
}

// stepRounding keeps as many decimals as a scenario file takes.
var stepRounding = quantity.Rounding{Places: 6, Mode: quantity.HalfEven}

// stronger returns the value of a row changed by so many per cent.
func stronger(row scenarios.Row, change int) quantity.Number {
	return row.Value.Mul(quantity.Scaled(int64(100+change), 2)).Round(stepRounding)
}

// at projects the scenario with the rows changed by so many per cent, each change once.
func (s *search) at(change int) outcome {
	if o, ok := s.known[change]; ok {
		return o
	}
	rows := slices.Clone(s.subject.Scenario.Rows)
	for _, at := range s.group.rows {
		row := &rows[at]
		row.Value = stronger(*row, change)
		if len(scenarios.CheckRow(*row, s.subject.Levers)) > 0 {
			s.known[change] = outcome{}
			return outcome{}
		}
	}
	s.projections++
	s.known[change] = judged(s.stated.Vary(s.ctx, rows))
	return s.known[change]
}

// out is the place of the scenario without the rows among the changes known.
const out = 1 << 20

// leftOut projects the scenario without the rows.
func (s *search) leftOut() outcome {
	if o, ok := s.known[out]; ok {
		return o
	}
	moved := s.subject.Scenario
	moved.Rows = nil
	for i, row := range s.subject.Scenario.Rows {
		if !slices.Contains(s.group.rows, i) {
			moved.Rows = append(moved.Rows, row)
		}
	}
	s.projections++
	s.known[out] = judged(scenarios.ProjectContext(s.ctx, s.subject.Base, moved, s.subject.Levers,
		s.subject.Horizon))
	return s.known[out]
}

// judged is what follows from a pathway that could be followed.
func judged(p scenarios.Pathway, err error) outcome {
	if err != nil {
		return outcome{}
	}
	return outcomeOf(p)
}
