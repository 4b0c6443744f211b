package ledger

import (
	"slices"

	"carbonledger/quantity"
)

// CountKey is what stock is counted, and at which edge of which day: closing counts are those of
// the day before it, opening counts those of its begin.
type CountKey struct {
	entity, site, commodity string
	at                      quantity.Day
	edge                    Edge
}

// Key is where a count stands.
func (a Assertion) Key() CountKey {
	at := a.Period.First
	if a.Edge == Closing {
		at = a.Period.End
	}
	return CountKey{a.Entity, a.Site, a.Commodity, at, a.Edge}
}

// Meets is the key of the count that is of the same stock at the same moment.
func (a Assertion) Meets() CountKey {
	key := a.Key()
	key.edge = Closing
	if a.Edge == Closing {
		key.edge = Opening
	}
	return key
}

// count is a count of stock as a batch brought it.
type count struct {
	position int
	Assertion
}

// Counted returns the latest count that stands, but for those of one period.
func (b *Book) Counted(key CountKey, but quantity.Period) (Assertion, bool) {
	for _, c := range slices.Backward(b.counts[key]) {
		if !b.isReversed(c.position) && c.Period != but {
			return c.Assertion, true
		}
	}
	return Assertion{}, false
}
