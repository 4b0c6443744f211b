// Package bridge explains the difference between two readings of the book: why one figure is not
// the other. Every difference has a reason of one of six kinds, and the reasons sum exactly to it.
//
//	B - A = correction + activity + factor + GWP + boundary + denominator
//
// A figure is a sum of amount x factor x warming potential. The bridge walks from A to B and
// changes one thing at a time: the position of the book, the period, and then policy, sets and
// conditions. On each stretch it sets every amount of the one side against the same amount of the
// other and puts their three numbers in place one after the other.
//
// A Cause is what one entity and commodity add to one of the six Parts.
package bridge

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// ErrApart is returned for two figures between which there is no difference to explain.
var ErrApart = errors.New("there is no bridge between the two figures")

// Part is a kind of reason.
type Part string

// The parts: what was reported later, reversed or replaced; what was used more or less of; what the
// factors changed; what the warming potentials changed; what one reading counts and the other does
// not; and what an intensity is divided by.
const (
	Correction  Part = "correction"
	Activity    Part = "activity"
	Factor      Part = "factor"
	GWP         Part = "gwp"
	Boundary    Part = "boundary"
	Denominator Part = "denominator"
)

// Parts lists the parts in the order of the walk.
var Parts = []Part{Correction, Activity, Factor, GWP, Boundary, Denominator}

// Reading is one end of a bridge: the book as it is read, and a figure of it.
type Reading struct {
	State inventory.State
	Ref   inventory.Ref
}

// End is one of the two figures.
type End struct {
	Ref  inventory.Ref
	Pins inventory.Pins
	// Numerator is the figure; Denominator is 1 where it is no intensity.
	Numerator   inventory.Figure
	Denominator quantity.Number
	Gaps        []ledger.Gap
}

// Ratio is the figure, undivided.
func (e End) Ratio() quantity.Ratio {
	return quantity.RatioOf(e.Numerator.Number, e.Denominator)
}

// Swap is a factor that stands in the place of another; nil is none at all.
type Swap struct{ Before, After *factors.Factor }

func (s Swap) same(other Swap) bool {
	return id(s.Before) == id(other.Before) && id(s.After) == id(other.After)
}

// id names a factor for comparison.
func id(f *factors.Factor) string {
	if f == nil {
		return ""
	}
	return f.Set + "\x00" + f.ID + "\x00" + f.Value.String()
}

// Cause is what one entity and commodity add to a part, in book units.
type Cause struct {
	Part              Part
	Entity, Commodity string
	Change            quantity.Ratio
	// Swaps are the factors or warming potentials behind it, each pair once.
	Swaps []Swap
}

// Refs returns the references of both figures for the entity and commodity of the cause; of a
// denominator they are those of the whole figures.
func (c Cause) Refs(b Bridge) (from, to inventory.Ref) {
	return c.narrow(b.A.Ref), c.narrow(b.B.Ref)
}

func (c Cause) narrow(ref inventory.Ref) inventory.Ref {
	if c.Part == Denominator {
		return ref
	}
	where := maps.Clone(ref.Where)
	if where == nil {
		where = map[inventory.Dimension]string{}
	}
	where[inventory.Entity], where[inventory.Commodity] = c.Entity, c.Commodity
	ref.Where = where
	return ref
}

// Bridge is the difference of two figures taken apart.
type Bridge struct {
	A, B End
	// Unit is what the figures count, Per what they are divided by; the latter has no id where they
	// are no intensities.
	Unit, Per quantity.Commodity
	// Causes are in the order of their size.
	Causes []Cause
}

// Total is B - A.
func (b Bridge) Total() quantity.Ratio { return b.B.Ratio().Sub(b.A.Ratio()) }

// Sum adds up the causes of a part.
func (b Bridge) Sum(part Part) quantity.Ratio {
	sum := quantity.RatioOf(quantity.Int(0), b.A.Denominator)
	for _, cause := range b.Causes {
		if cause.Part == part {
			sum = sum.Add(cause.Change)
		}
	}
	return sum
}

// Between explains B - A. The two must be of one measure, and of one denominator where they are
// intensities. Numerators are bridged at the denominator of A, and what the denominator changed is
// taken at the numerator of B:
//
//	nB/dB - nA/dA = (nB - nA)/dA + (nB/dB - nB/dA)
func Between(a, b Reading) (Bridge, error) {
	if a.Ref.Measure != b.Ref.Measure || a.Ref.Per != b.Ref.Per {
		return Bridge{}, fmt.Errorf("%w: %s and %s are not of one measure", ErrApart, a.Ref, b.Ref)
	}
	unit, err := a.Ref.Measure.Commodity(a.State.Library.Catalogue)
	if err != nil {
		return Bridge{}, err
	}
	bridge := Bridge{Unit: unit}
	bridge.Per, _ = a.State.Library.Catalogue.Find(a.Ref.Per)
	if bridge.A, err = a.end(); err != nil {
		return Bridge{}, err
	}
	if bridge.B, err = b.end(); err != nil {
		return Bridge{}, err
	}
	a.Ref, b.Ref = bridge.A.Ref, bridge.B.Ref
	w := walk{causes: map[causeKey]*Cause{}, per: bridge.A.Denominator}
	for _, stretch := range stretches(a, b) {
		w.along(stretch)
	}
	w.divide(bridge)
	bridge.Causes = w.sorted()
	return bridge, bridge.check()
}

// end reads the figure, and for an intensity what it is divided by.
func (r Reading) end() (End, error) {
	end := End{Ref: r.Ref, Pins: r.State.Pins(), Denominator: quantity.Int(1)}
	q := r.query()
	if r.Ref.Per != "" {
		list, err := inventory.Intensities(r.State, q, r.Ref.Per, "")
		if err != nil {
			return End{}, err
		}
		end.Ref, end.Denominator = list[0].Ref(), list[0].Denominator.Number
		if end.Denominator.IsZero() {
			return End{}, fmt.Errorf("%w: what %s is divided by is 0", ErrApart, r.Ref)
		}
		q.Where = end.Ref.Where
	}
	v, err := inventory.Build(r.State, q)
	if err != nil {
		return End{}, err
	}
	end.Numerator, end.Gaps = v.Totals[0], v.Gaps
	return end, nil
}

func (r Reading) query() inventory.Query {
	return inventory.Query{Period: r.Ref.Period, Measures: []inventory.Measure{r.Ref.Measure},
		Where: r.Ref.Where}
}

// causeKey is what causes are told apart by.
type causeKey struct {
	part              Part
	entity, commodity string
}

// walk collects causes on the way from A to B.
type walk struct {
	causes map[causeKey]*Cause
	// per is the denominator of A.
	per quantity.Number
}

// add puts a change of the numerator down to a part.
func (w *walk) add(part Part, t term, change quantity.Number, swap Swap) {
	if change.IsZero() {
		return
	}
	key := causeKey{part, t.account.entity, t.account.commodity}
	cause := w.cause(key)
	cause.Change = cause.Change.Add(quantity.RatioOf(change, w.per))
	if swap != (Swap{}) && !slices.ContainsFunc(cause.Swaps, swap.same) {
		cause.Swaps = append(cause.Swaps, swap)
	}
}

func (w *walk) cause(key causeKey) *Cause {
	cause, ok := w.causes[key]
	if !ok {
		cause = &Cause{Part: key.part, Entity: key.entity, Commodity: key.commodity,
			Change: quantity.RatioOf(quantity.Int(0), w.per)}
		w.causes[key] = cause
	}
	return cause
}

// divide puts down what the denominator changed.
func (w *walk) divide(b Bridge) {
	if b.Per.ID == "" {
		return
	}
	n := b.B.Numerator.Number
	change := quantity.RatioOf(n, b.B.Denominator).Sub(quantity.RatioOf(n, b.A.Denominator))
	cause := w.cause(causeKey{Denominator, b.B.Ref.Where[inventory.Area], b.Per.ID})
	cause.Change = change
}

// sorted returns the causes that come to something, the largest first.
func (w *walk) sorted() []Cause {
	var causes []Cause
	for _, cause := range w.causes {
		if !cause.Change.Numerator.IsZero() {
			causes = append(causes, *cause)
		}
	}
	size := func(c Cause) quantity.Ratio {
		return quantity.RatioOf(c.Change.Numerator.Abs(), c.Change.Denominator.Abs())
	}
	slices.SortFunc(causes, func(x, y Cause) int {
		return cmp.Or(size(y).Cmp(size(x)),
			cmp.Compare(slices.Index(Parts, x.Part), slices.Index(Parts, y.Part)),
			strings.Compare(x.Entity, y.Entity), strings.Compare(x.Commodity, y.Commodity))
	})
	return causes
}

// check adds the causes up again; anything but the difference is our own mistake.
func (b Bridge) check() error {
	sum := quantity.RatioOf(quantity.Int(0), b.A.Denominator)
	for _, part := range Parts {
		sum = sum.Add(b.Sum(part))
	}
	if sum.Cmp(b.Total()) != 0 {
		return fmt.Errorf("bridge %s to %s: the parts sum to %s/%s, not to %s/%s", b.A.Ref,
			b.B.Ref, sum.Numerator, sum.Denominator, b.Total().Numerator, b.Total().Denominator)
	}
	return nil
}
