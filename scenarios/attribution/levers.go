package attribution

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/decomposition"
)

// ErrSame is the answer of two scenarios between which no lever makes a difference.
var ErrSame = errors.New("no row that moves CO2 is different")

// Pair is two scenarios on one base. Without is the one with fewer measures; a scenario without
// rows stands for a base year that goes on.
type Pair struct {
	Base          scenarios.Base
	Without, With scenarios.Scenario
	Levers        []scenarios.Lever
	// Beside are the words of levers that never move gross CO2; they have no part.
	Beside  []string
	Horizon int
	Workers int
	Effort  decomposition.Effort
}

// Brought is what each lever brings between two scenarios: gross CO2 of the last year, and the sum
// of the years after the base year.
type Brought struct {
	Without, With string
	Pins          scenarios.Pins
	First, Last   int
	Levers        []LeverPart
	Year, Sum     Total
	// Orders counts the orders in which levers were pulled; 0 where all sets were counted.
	Orders int
	// Projections is how often the scenario was projected.
	Projections int
}

// Total is the two ends and the difference, in whole kg.
type Total struct{ Without, With, Difference quantity.Number }

// LeverPart is what one lever brings, negative where it lowers CO2, and how far a sampled part may
// be off, with a chance of 95 %; 0 where it is exact.
type LeverPart struct {
	Lever string
	// Rows are the rows of the scenario with the lever; those it replaces are left.
	Rows                  []scenarios.Row
	Year, Sum             quantity.Number
	YearWithin, SumWithin quantity.Number
}

// Shapley attributes the difference. Rows are pulled lever by lever, those of one lever together:
// a switch means nothing without its ratio. It stops with the error of the context once that is
// done; a watch on the context is told of each projection.
func (p Pair) Shapley(ctx context.Context) (Brought, error) {
	players := p.players()
	brought := Brought{Without: p.Without.Name, With: p.With.Name, Pins: p.Base.Pins,
		First: p.Base.Year + 1, Last: p.Horizon}
	if len(players) == 0 {
		return brought, fmt.Errorf("%q and %q: %w", p.Without.Name, p.With.Name, ErrSame)
	}
	m := &mixture{ctx: ctx, pair: p, players: players,
		known: map[decomposition.Levers]outcome{}}
	if len(players) <= decomposition.ExactMax {
		if err := m.fill(); err != nil {
			return brought, err
		}
	}
	year, err := decomposition.Shapley(len(players), m.value(func(o outcome) quantity.Number {
		return o.year
	}), p.Effort)
	if err != nil {
		return brought, err
	}
	sum, err := decomposition.Shapley(len(players), m.value(func(o outcome) quantity.Number {
		return o.sum
	}), p.Effort)
	if err != nil {
		return brought, err
	}
	brought.Orders, brought.Projections = year.Orders, len(m.known)
	brought.Year, brought.Sum = totalOf(year), totalOf(sum)
	years, sums := year.Shown(Rounding), sum.Shown(Rounding)
	for i, player := range players {
		brought.Levers = append(brought.Levers, LeverPart{Lever: player.name, Rows: player.with,
			Year: years[i], Sum: sums[i], YearWithin: year.Within(i, Rounding),
			SumWithin: sum.Within(i, Rounding)})
	}
	return brought, nil
}

func totalOf(a decomposition.Attribution) Total {
	without, with := a.Without.Round(Rounding), a.With.Round(Rounding)
	return Total{without, with, with.Sub(without)}
}

// player is a lever whose rows differ between the two scenarios.
type player struct {
	name          string
	without, with []scenarios.Row
}

// players are in the order in which levers are applied.
func (p Pair) players() (list []player) {
	for _, lever := range p.Levers {
		if slices.Contains(p.Beside, lever.Names()[0]) {
			continue
		}
		one := player{without: own(lever, p.Without.Rows), with: own(lever, p.With.Rows)}
		if !slices.EqualFunc(one.without, one.with, func(a, b scenarios.Row) bool {
			return a.Line == b.Line
		}) {
			one.name = nameOf(lever, append(slices.Clone(one.with), one.without...))
			list = append(list, one)
		}
	}
	return list
}

// nameOf names a lever by those of its words that rows use.
func nameOf(lever scenarios.Lever, rows []scenarios.Row) string {
	var used []string
	for _, word := range lever.Names() {
		if slices.ContainsFunc(rows, func(r scenarios.Row) bool { return r.Lever == word }) {
			used = append(used, word)
		}
	}
	return strings.Join(used, ", ")
}

func own(lever scenarios.Lever, rows []scenarios.Row) (list []scenarios.Row) {
	for _, row := range rows {
		if slices.Contains(lever.Names(), row.Lever) {
			list = append(list, row)
		}
	}
	return list
}

// outcome is what a mixture of the two scenarios leads to.
type outcome struct {
	year, sum quantity.Number
	err       error
}

// mixture projects the scenario without the measures, with the rows of some levers put in the place
// of its own.
type mixture struct {
	ctx     context.Context
	pair    Pair
	players []player
	known   map[decomposition.Levers]outcome
}

// fill projects every set; each is a projection of its own, so they can be shared out.
func (m *mixture) fill() error {
	sets := make([]outcome, 1<<len(m.players))
	crew.More(m.ctx, len(sets))
	err := crew.Each(m.ctx, m.pair.Workers, len(sets), func(task int) {
		sets[task] = m.project(decomposition.Levers(task))
		crew.Done(m.ctx, 1)
	})
	if err != nil {
		return err
	}
	for set, outcome := range sets {
		m.known[decomposition.Levers(set)] = outcome
	}
	return nil
}

func (m *mixture) value(figure func(outcome) quantity.Number) decomposition.Value {
	return func(set decomposition.Levers) (quantity.Number, error) {
		found, ok := m.known[set]
		if !ok {
			found = m.project(set)
			m.known[set] = found
		}
		return figure(found), found.err
	}
}

func (m *mixture) project(set decomposition.Levers) (o outcome) {
	mixed := scenarios.Scenario{Name: m.pair.With.Name}
	for _, row := range m.pair.Without.Rows {
		if !m.swaps(row) {
			mixed.Rows = append(mixed.Rows, row)
		}
	}
	for i, player := range m.players {
		rows := player.without
		if set.Has(i) {
			rows = player.with
		}
		mixed.Rows = append(mixed.Rows, rows...)
	}
	p, err := scenarios.ProjectContext(m.ctx, m.pair.Base, mixed.Sorted(), m.pair.Levers,
		m.pair.Horizon)
	if err != nil {
		return outcome{err: err}
	}
	for _, year := range p.Years[1:] {
		o.sum = o.sum.Add(year.CO2)
	}
	o.year = p.Years[len(p.Years)-1].CO2
	return o
}

// swaps says whether a row is of a lever that is a player.
func (m *mixture) swaps(row scenarios.Row) bool {
	return slices.ContainsFunc(m.players, func(p player) bool {
		return slices.ContainsFunc(p.without, func(r scenarios.Row) bool {
			return r.Line == row.Line
		})
	})
}
