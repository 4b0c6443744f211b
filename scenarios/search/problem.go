// Package search finds what must change: the least change of chosen rows of a scenario that meets
// targets, and what there is to choose between where two goals pull apart.
//
// A Knob is what rows of one key say, stronger or weaker by so many per cent. A Problem is a
// scenario, the knobs that may be turned, and the targets. An Answer is where they stand at the
// end, as rows that can be pasted into the file, with its proof. A Front is the list of settings of
// which none is better than another under both of two goals.
//
// Every setting is projected exactly and judged by the same rules as any scenario. The search is
// bounded by a number of projections and follows from its seed, whatever the number of workers.
package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/targets"
)

// asWritten is the strength of rows as the file has them, in per cent.
const asWritten = 100

// Knob is the rows of one key, scaled together: at 150 each value is one and a half times what the
// file says, at 0 it is 0.
type Knob struct {
	Key  scenarios.Key
	Rows []scenarios.Row
	// Max is the largest strength in per cent. Weight is what a per cent of change counts.
	Max    int
	Weight quantity.Number
}

// KnobsOf returns a knob for each key of a scenario that a choice names: a lever, and behind
// slashes its sector, commodity and target as far as they matter.
func KnobsOf(s scenarios.Scenario, choice []string, most int, weight quantity.Number) (
	knobs []Knob) {
	for _, row := range s.Rows {
		if !chosen(row.Key(), choice) {
			continue
		}
		at := slices.IndexFunc(knobs, func(k Knob) bool { return k.Key == row.Key() })
		if at < 0 {
			at = len(knobs)
			knobs = append(knobs, Knob{Key: row.Key(), Max: most, Weight: weight})
		}
		knobs[at].Rows = append(knobs[at].Rows, row)
	}
	return knobs
}

// The levers a district has in its own hands. Growth, the grid and prices are not among them.
var own = []string{"efficiency", "retrofit", "modal-shift", "vehicle-sales", "switch",
	"electrification", "hydrogen", "biomass", "district-heat", "waste-heat", "solar", "ccus"}

// Measures returns a knob for each lever that a district has in its own hands, all its rows
// together, in the order in which the scenario has them. Rows that let use grow are no measure.
func Measures(s scenarios.Scenario, most int) (knobs []Knob) {
	for _, row := range s.Rows {
		grows := row.Lever == "efficiency" && row.Value.Sign() > 0
		if !slices.Contains(own, row.Lever) || grows {
			continue
		}
		at := slices.IndexFunc(knobs, func(k Knob) bool { return k.Key.Lever == row.Lever })
		if at < 0 {
			at = len(knobs)
			knobs = append(knobs, Knob{Key: scenarios.Key{Lever: row.Lever}, Max: most,
				Weight: quantity.Int(1)})
		}
		knobs[at].Rows = append(knobs[at].Rows, row)
	}
	return knobs
}

func chosen(key scenarios.Key, choice []string) bool {
	for i, word := range choice {
		if i >= 4 || word != []string{key.Lever, key.Sector, key.Commodity, key.To}[i] {
			return false
		}
	}
	return len(choice) > 0
}

// Goal is a figure that should be small.
type Goal string

// The goals. Effort is the sum over knobs of weight x per cent of change; cost is the sum over the
// years after the base year of what a year costs, in yuan; cumulative-co2 their CO2 and co2 and
// energy that of the last year, in kg and kgce.
const (
	Effort     Goal = "effort"
	Cost       Goal = "cost"
	CO2        Goal = "co2"
	Cumulative Goal = "cumulative-co2"
	Energy     Goal = "energy"
)

// Goals lists the goals in the order of the document.
func Goals() []Goal { return []Goal{Effort, Cost, CO2, Cumulative, Energy} }

// Problem is what is searched.
type Problem struct {
	Base     scenarios.Base
	Scenario scenarios.Scenario
	Levers   []scenarios.Lever
	Horizon  int
	Knobs    []Knob
	Targets  []targets.Target
	// Goal is what should be least: effort or cost.
	Goal Goal
	// Evaluations bounds how often the scenario is projected, Seed fixes what is drawn.
	Evaluations int
	Seed        uint64
	Workers     int

	// stated is the scenario as written, which settings vary.
	stated *scenarios.Stated
}

// ErrProblem is returned for a problem that nobody can answer.
var ErrProblem = errors.New("cannot be searched")

// Check says what keeps a problem from being searched.
func (p Problem) Check() error {
	if len(p.Knobs) == 0 {
		return &Refusal{Why: NoKnob, Name: p.Scenario.Name}
	}
	for _, knob := range p.Knobs {
		if knob.Max < asWritten {
			return &Refusal{Why: Short, Lever: knob.Key.Lever, Max: knob.Max}
		}
		moves := func(r scenarios.Row) bool { return !r.Value.IsZero() }
		if !slices.ContainsFunc(knob.Rows, moves) {
			return &Refusal{Why: Zero, Lever: knob.Key.Lever}
		}
	}
	return nil
}

// settingsOf returns strengths as a key.
func settingsOf(point []int) string {
	var text []byte
	for _, strength := range point {
		text = strconv.AppendInt(append(text, ' '), int64(strength), 10)
	}
	return string(text)
}

// start is the scenario as written.
func (p Problem) start() []int {
	point := make([]int, len(p.Knobs))
	for i := range point {
		point[i] = asWritten
	}
	return point
}

// valueRounding keeps what a scenario file takes.
var valueRounding = quantity.Rounding{Places: 6, Mode: quantity.HalfEven}

// rowsAt returns the rows of a knob at a strength.
func (k Knob) rowsAt(strength int) []scenarios.Row {
	rows := slices.Clone(k.Rows)
	for i, row := range rows {
		rows[i].Value = row.Value.Mul(quantity.Scaled(int64(strength), 2)).Round(valueRounding)
	}
	return rows
}

// at returns the scenario with the knobs where a point puts them.
func (p Problem) at(point []int) scenarios.Scenario {
	moved := p.Scenario
	moved.Rows = slices.Clone(moved.Rows)
	for i, knob := range p.Knobs {
		if point[i] == asWritten {
			continue
		}
		for _, row := range knob.rowsAt(point[i]) {
			for j := range moved.Rows {
				if moved.Rows[j].Line == row.Line {
					moved.Rows[j] = row
				}
			}
		}
	}
	return moved
}

// setting is a point and what follows from it.
type setting struct {
	point []int
	// followed says that levers and base take it, met that all targets are met.
	followed, met bool
	results       []targets.Result
	goals         map[Goal]quantity.Number
	err           error
}

// ready projects the scenario as written.
func (p Problem) ready(ctx context.Context) (Problem, error) {
	err := p.Check()
	if err == nil {
		p.stated, err = scenarios.State(ctx, p.Base, p.Scenario, p.Levers, p.Horizon)
	}
	return p, err
}

// evaluate projects a point.
func (p Problem) evaluate(ctx context.Context, point []int) setting {
	defer crew.Done(ctx, 1)
	s := setting{point: slices.Clone(point)}
	moved := p.at(point)
	for i, knob := range p.Knobs {
		if point[i] == asWritten {
			continue
		}
		for _, row := range knob.rowsAt(point[i]) {
			if faults := scenarios.CheckRow(row, p.Levers); len(faults) > 0 {
				s.err = faults[0]
				return s
			}
		}
	}
	pathway, err := p.stated.Vary(ctx, moved.Rows)
	if s.err = err; err != nil {
		return s
	}
	s.followed, s.met = true, true
	s.results = targets.Assess(pathway, p.Targets)
	for _, result := range s.results {
		s.met = s.met && result.Met
	}
	s.goals = p.goalsOf(pathway, point)
	return s
}

func (p Problem) goalsOf(pathway scenarios.Pathway, point []int) map[Goal]quantity.Number {
	goals := map[Goal]quantity.Number{}
	for _, year := range pathway.Years[1:] {
		goals[Cost] = goals[Cost].Add(year.Cost.Total())
		goals[Cumulative] = goals[Cumulative].Add(year.CO2)
	}
	last := pathway.Years[len(pathway.Years)-1]
	goals[CO2], goals[Energy] = last.CO2, last.Energy
	for i, knob := range p.Knobs {
		change := quantity.Int(int64(point[i] - asWritten)).Abs()
		goals[Effort] = goals[Effort].Add(change.Mul(knob.Weight))
	}
	return goals
}

// Rows returns the rows of the knobs that a point moves, as a scenario that inherits the one that
// was searched.
func (p Problem) rows(point []int, name string) (rows []scenarios.Row) {
	for i, knob := range p.Knobs {
		if point[i] == asWritten {
			continue
		}
		for _, row := range knob.rowsAt(point[i]) {
			row = row.In(name, p.Scenario.Name)
			row.Source = fmt.Sprintf("search: %d %% of %s; %s", point[i],
				quantityText(knob, row.Line), row.Source)
			row.Spread = scenarios.Spread{}
			rows = append(rows, row)
		}
	}
	return rows
}

// quantityText is the value a row of the file has.
func quantityText(k Knob, line int) string {
	at := slices.IndexFunc(k.Rows, func(r scenarios.Row) bool { return r.Line == line })
	return k.Rows[at].Value.String() + " " + k.Rows[at].Unit
}
