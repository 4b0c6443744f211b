package inventory

import (
	"maps"
	"sync/atomic"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

// plan is what becomes of a flow, whatever its amount: all that the policy makes of it depends on
// what moves and when, on the area and the factors of who it is of, and on whether the other end is
// in the book. It is made by converting the amounts 1 and 0, so a plan says what the reader says:
//
//	a figure of a is (figure of 1) x a
//
// The postings of the entry of 1 sum to zero, and those of a are a times as large, so they do too.
//
// Where plans are a list, all workers share them. Two may make the same one at once; it is the same
// then.
type plan struct{ made [4]atomic.Pointer[[]piece] }

// A plan for amounts of 0, where a factor that is missing is no gap, and one for claims on more
// than was used, are other plans; both may hold.
const (
	isZero = 1 << iota
	isOver
)

// piece is what a plan adds to one measure of one row.
type piece struct {
	// key is the part of the number of the row that does not depend on who it is about.
	key     uint64
	measure int
	// The amount is negated and multiplied by factors; where there is a gap, nothing is added.
	negated   bool
	factors   []quantity.Number
	gap       *ledger.Gap
	estimates uint32
}

// add adds what the piece makes of an amount to the figure at a place: in 125 bits where it fits.
func (p *piece) add(c *columns, at int, amount quantity.Number) {
	n := &c.parts[at]
	n.flows, n.estimates = n.flows+1, n.estimates+p.estimates
	if p.gap != nil {
		n.gaps++
		return
	}
	long, fits := quantity.LongOf(amount)
	for i := 0; fits && i < len(p.factors); i++ {
		long, fits = long.Mul(p.factors[i])
	}
	switch {
	case !fits:
		c.addRest(at, p.number(amount))
	case p.negated:
		c.add(at, long.Neg())
	default:
		c.add(at, long)
	}
}

// number is what the piece makes of an amount.
func (p *piece) number(amount quantity.Number) quantity.Number {
	if p.negated {
		amount = amount.Neg()
	}
	for _, factor := range p.factors {
		amount = amount.Mul(factor)
	}
	return amount
}

// planner makes plans for one worker.
type planner struct {
	state  State
	query  Query
	keys   *keys
	reader *ledger.Reader
}

// newPlanner keeps the conditions that do not depend on who the flow is of; those are met already.
func newPlanner(s State, q Query, k *keys) planner {
	q.Where = maps.Clone(q.Where)
	maps.DeleteFunc(q.Where, func(d Dimension, _ string) bool { return kindOf(d) != ofReading })
	return planner{s, q, k, s.reader()}
}

// pieces takes the entry of 1 or 0 apart.
func (p planner) pieces(f ledger.Flow, which int) (list []piece) {
	amount := quantity.Int(1)
	if which&isZero != 0 {
		amount = quantity.Int(0)
	}
	entry := p.reader.Convert(f, amount)
	if which&isOver != 0 {
		entry = entry.Refused(ledger.ReasonOverclaimed)
	}
	sum := ledger.Sum{Flow: f, Total: amount, Rows: 1}
	p.state.emit(p.query, sum, entry, func(c Contribution) {
		made := piece{gap: c.Gap, measure: p.query.measureAt(c.Measure),
			key: p.keys.part(ofReading, func(d Dimension) string { return p.state.value(d, c) })}
		if f.Absence == ledger.Estimated {
			made.estimates = 1
		}
		if c.Reading != nil && c.Gap == nil {
			made.negated = isDeducted(c.Reading)
			for _, step := range stepsOf(c) {
				made.factors = append(made.factors, step.Factor.Value)
			}
		}
		list = append(list, made)
	})
	return list
}

// isDeducted says of the reading of 1 or 0 whether its rule takes the amount off.
func isDeducted(r *ledger.Reading) bool {
	if len(r.Steps) == 0 {
		return r.Number.Sign() < 0
	}
	return r.Number.Sign()*r.Steps[0].Factor.Value.Sign() < 0
}
