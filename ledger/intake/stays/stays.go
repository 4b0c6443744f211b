// Package stays knows the times that bills of one account cover, and whose the day is on which two
// of them meet: 15 January to 15 February, 15 February to 15 March.
package stays

import (
	"cmp"
	"slices"

	"carbonledger/quantity"
	"carbonledger/table"
)

// leftOut is how many days between two bills of an account are a bill that is not in the file; the
// shortest bills of a month have as many.
const leftOut = 26

// Stay is the time of one row of bills, with its last day, and the column that says it.
type Stay struct {
	Row    table.Row
	Column int
	Period quantity.Period
}

// last is the day the stay ends with.
func (s Stay) last() quantity.Day { return s.Period.End - 1 }

// isWhole says whether the stay makes whole months where both its days are billed: 15 March to 14
// April.
func (s Stay) isWhole() bool {
	_, _, first := s.Period.First.Date()
	_, _, end := s.Period.End.Date()
	return first == end
}

// Meet brings the bills of one account into the order of time and finds those that begin on the
// last day of the one before. Where some bills do so and some do not (mixed), nobody can tell whose
// the day is.
func Meet(bills []Stay) (shared []int, mixed bool) {
	slices.SortStableFunc(bills, func(a, b Stay) int {
		return cmp.Or(cmp.Compare(a.Period.First, b.Period.First),
			cmp.Compare(a.Period.End, b.Period.End))
	})
	for i, next := range bills {
		mixed = mixed || next.isWhole()
		if i == 0 || bills[i-1].Period == next.Period {
			continue
		}
		switch apart := int(next.Period.First - bills[i-1].last()); {
		case apart == 0:
			shared = append(shared, i)
		case apart < leftOut:
			mixed = true
		}
	}
	return shared, mixed
}
