// Package uncertainty says how far the true amount may lie from a figure of an inventory: a 95 %
// interval, and which datum one would have to know better to narrow it most.
//
// A datum is what somebody measured or agreed once: a factor of a set, a warming potential, the
// amount of one flow. Its Span are its bounds as shares of its value. A figure is a sum of products
// of data, so a datum moves a figure by the part of it that goes through the datum:
//
//	c(d)   = sum of the contributions that go through d, with their signs
//	below  = sqrt( sum over d of ( c(d) x minus(d) )^2 )
//	above  = sqrt( sum over d of ( c(d) x plus(d)  )^2 )
//
// This is the error propagation of IPCC 2006, volume 1, chapter 3, approach 1 (equations 3.1 and
// 3.2) in one step. What goes through the same factor is fully correlated and adds up linearly,
// whatever entity, month and gas it is of; different data are independent and add in quadrature.
// Below and above are kept apart, so that bounds that are not symmetric stay so.
//
// A figure never changes: the interval stands beside it. What has no stated bounds is counted as
// such and never as exact. The squares are exact numbers; nobody takes a root until it is shown.
package uncertainty

import (
	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// Interval is a figure with the squares of its half-widths.
type Interval struct {
	inventory.Figure
	// Below and Above are the squares of the half-widths; a root is taken where they are shown.
	Below, Above quantity.Number
	// Whole sums the contributions without their signs; of it, Factors went through factors that
	// all have stated bounds, and Activities came from amounts that have.
	Whole, Factors, Activities quantity.Number
	// Known says that at least one datum has bounds; without any there is no interval.
	Known bool
	// Negative says that something is taken off in the figure; where nothing is, it cannot fall
	// below 0.
	Negative bool
}

// below is the square of the half-width below, which ends at 0 where nothing is taken off.
func (i Interval) below() quantity.Number {
	if square := i.Number.Mul(i.Number); !i.Negative && square.Cmp(i.Below) < 0 {
		return square
	}
	return i.Below
}

// Widths returns the half-widths below and above the figure, counted in units of the given size.
func (i Interval) Widths(unit quantity.Number, r quantity.Rounding) (below, above quantity.Number) {
	below, _ = quantity.RatioOf(i.below(), unit.Mul(unit)).Sqrt(r)
	above, _ = quantity.RatioOf(i.Above, unit.Mul(unit)).Sqrt(r)
	return below, above
}

// Percents returns the half-widths in percent of the figure, and false where the figure is 0.
func (i Interval) Percents(r quantity.Rounding) (minus, plus quantity.Number, ok bool) {
	square := i.Number.Mul(i.Number)
	hundred := quantity.Int(100 * 100)
	minus, ok = quantity.RatioOf(i.below().Mul(hundred), square).Sqrt(r)
	plus, _ = quantity.RatioOf(i.Above.Mul(hundred), square).Sqrt(r)
	return minus, plus, ok
}

// FactorShare is the share of the figure whose factors all have stated bounds.
func (i Interval) FactorShare() quantity.Ratio { return quantity.RatioOf(i.Factors, i.Whole) }

// ActivityShare is the share of the figure whose amounts have stated bounds.
func (i Interval) ActivityShare() quantity.Ratio { return quantity.RatioOf(i.Activities, i.Whole) }

// without is the interval that would be left if the data of the given squares were exact.
func (i Interval) without(below, above quantity.Number) Interval {
	i.Below, i.Above = i.Below.Sub(below), i.Above.Sub(above)
	return i
}

// datum names what is known or unknown at once: a factor, or the amount of a flow. An amount of a
// flow enters all its gases and scopes together.
type datum struct {
	set, id string
	flow    ledger.Flow
}

// link is a datum with its span, as a contribution goes through it.
type link struct {
	datum
	factor factors.Factor
	span   Span
	stated bool
}

// weight is what of a figure goes through a datum.
type weight struct {
	link
	sum quantity.Number
	// flows counts the contributions.
	flows int
}

// tally adds up one figure.
type tally struct {
	figure  Interval
	weights map[datum]weight
}

func newTally() *tally { return &tally{weights: map[datum]weight{}} }

// add puts a contribution into the figure, with the links of its chain: the amount first, its
// factors after it.
func (t *tally) add(c inventory.Contribution, chain []link) {
	t.figure.Flows++
	if c.Sum.Absence == ledger.Estimated {
		t.figure.Estimates++
	}
	if c.Gap != nil {
		t.figure.Gaps++
		return
	}
	size := c.Number.Abs()
	t.figure.Number, t.figure.Whole = t.figure.Number.Add(c.Number), t.figure.Whole.Add(size)
	t.figure.Negative = t.figure.Negative || c.Number.Sign() < 0
	if chain[0].stated {
		t.figure.Activities = t.figure.Activities.Add(size)
	}
	stated := true
	for _, l := range chain[1:] {
		stated = stated && l.stated
	}
	if stated {
		t.figure.Factors = t.figure.Factors.Add(size)
	}
	for _, l := range chain {
		w, ok := t.weights[l.datum]
		if !ok {
			w.link = l
		}
		w.sum, w.flows = w.sum.Add(c.Number), w.flows+1
		t.weights[l.datum] = w
	}
}

// interval combines what was added: linearly inside a datum, in quadrature between data.
func (t *tally) interval() Interval {
	i := t.figure
	for _, w := range t.weights {
		if !w.stated {
			continue
		}
		below, above := w.span.squares(w.sum)
		i.Below, i.Above = i.Below.Add(below), i.Above.Add(above)
		i.Known = true
	}
	return i
}
