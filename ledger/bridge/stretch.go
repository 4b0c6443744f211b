package bridge

import (
	"maps"

	"carbonledger/ledger/inventory"
)

// point is a reading on the way.
type point struct {
	state inventory.State
	query inventory.Query
}

// stretch is a piece of the way, with the part that a change of amounts belongs to.
type stretch struct {
	part     Part
	from, to point
}

// stretches lays the way from A to B. The period is changed in the book of the later position,
// where both periods are as complete as they are known:
//
//	A at the earlier position:  book, period, then policy, sets and conditions
//	A at the later position:    period, book, then policy, sets and conditions
//
// What stays the same is no stretch.
func stretches(a, b Reading) []stretch {
	at := point{a.State, a.query()}
	end := point{b.State, b.query()}
	var way []stretch
	step := func(part Part, to point) {
		way = append(way, stretch{part, at, to})
		at = to
	}
	book := func() {
		if a.State.Book.Head() != b.State.Book.Head() {
			to := at
			to.state.Book = b.State.Book
			step(Correction, to)
		}
	}
	period := func() {
		to := at
		to.query.Period, to.query.Where = b.Ref.Period, timed(a.Ref.Where, b.Ref.Where)
		if a.Ref.Period != b.Ref.Period || !maps.Equal(to.query.Where, a.Ref.Where) {
			step(Activity, to)
		}
	}
	if a.State.Book.Position() <= b.State.Book.Position() {
		book()
		period()
	} else {
		period()
		book()
	}
	same := a.State.Policy.Digest == b.State.Policy.Digest &&
		a.State.Book.Head() == b.State.Book.Head()
	if !same || !maps.Equal(at.query.Where, b.Ref.Where) {
		step(Boundary, end)
	}
	return way
}

// timed takes the conditions about time from b and all others from a: they change with the period.
func timed(a, b map[inventory.Dimension]string) map[inventory.Dimension]string {
	where := maps.Clone(a)
	if where == nil {
		where = map[inventory.Dimension]string{}
	}
	for _, dimension := range []inventory.Dimension{inventory.Month, inventory.Year} {
		delete(where, dimension)
		if value, ok := b[dimension]; ok {
			where[dimension] = value
		}
	}
	return where
}
