package uncertainty

import (
	"fmt"
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// Row is one line of an answer.
type Row struct {
	Key      []string
	Interval Interval
}

// Answer is an inventory of one measure with its intervals.
type Answer struct {
	Pins        inventory.Pins
	Query       inventory.Query
	Unit        quantity.Commodity
	Assumptions []Assumption
	Rows        []Row
	// Total is worked out of its data anew: the sum of the bounds of the rows would be too wide.
	Total Interval
	Gaps  []ledger.Gap
}

// Build adds up what the query asks for, with the interval of each row and of the total. It asks
// for one measure.
func Build(s inventory.State, q inventory.Query, assumptions []Assumption) (Answer, error) {
	g, err := gather(s, q, assumptions)
	if err != nil {
		return Answer{}, err
	}
	answer := g.Answer
	for joined, row := range g.rows {
		key := strings.Split(joined, "\x00")
		answer.Rows = append(answer.Rows, Row{key[:len(q.By)], row.interval()})
	}
	slices.SortFunc(answer.Rows, func(a, b Row) int { return slices.Compare(a.Key, b.Key) })
	return answer, nil
}

// gathered is everything behind an answer.
type gathered struct {
	Answer
	rows  map[string]*tally
	total *tally
}

func gather(s inventory.State, q inventory.Query, assumptions []Assumption) (gathered, error) {
	if len(q.Measures) != 1 {
		return gathered{}, fmt.Errorf("%w: %v; ask for the uncertainty of one measure at a time",
			inventory.ErrMeasure, q.Measures)
	}
	unit, err := q.Measures[0].Commodity(s.Library.Catalogue)
	if err != nil {
		return gathered{}, err
	}
	for _, d := range q.By {
		if _, err := inventory.ParseDimension(string(d)); err != nil {
			return gathered{}, err
		}
	}
	g := gathered{rows: map[string]*tally{}, total: newTally(), Answer: Answer{Pins: s.Pins(),
		Query: q, Unit: unit, Assumptions: assumptions}}
	s.Contributions(q, func(c inventory.Contribution) {
		if c.Gap != nil {
			g.Gaps = append(g.Gaps, *c.Gap)
		}
		chain := chainOf(s, c, assumptions)
		key := strings.Join(s.Key(q.By, c), "\x00")
		if g.rows[key] == nil {
			g.rows[key] = newTally()
		}
		g.rows[key].add(c, chain)
		g.total.add(c, chain)
	})
	g.Total = g.total.interval()
	return g, nil
}

// chainOf returns what a contribution is the product of: its amount, then its factors. A factor
// that is 1 by definition is no datum.
func chainOf(s inventory.State, c inventory.Contribution, assumptions []Assumption) []link {
	commodity, _ := s.Library.Catalogue.ByID(c.Sum.Commodity)
	amount := link{datum: datum{flow: c.Sum.Flow}}
	amount.span, amount.stated = spanFor(c.Sum.Flow, commodity.Class, assumptions)
	chain := []link{amount}
	for _, step := range c.Steps() {
		if isExact(step.Factor) {
			continue
		}
		l := link{datum: datum{set: step.Factor.Set, id: step.Factor.ID}, factor: step.Factor}
		l.span, l.stated = spanForFactor(step.Factor, assumptions)
		chain = append(chain, l)
	}
	return chain
}
