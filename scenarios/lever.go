package scenarios

import (
	"carbonledger/table"
)

// Lever is a kind of assumption. Project applies the levers one after the other, in the order of
// the list it is given, to each year anew.
type Lever interface {
	// Names are the words of the lever column that it answers to.
	Names() []string
	// Check says what in a row does not fit the lever. It looks at one row only; what depends on
	// the base or on other rows is a fault of Apply.
	Check(row Row) []table.Fault
	// Apply changes the draft as its rows say. In the base year it changes nothing. The rows are
	// those of its names, in the order of keys and years. The error is a fault of a row.
	Apply(draft *Draft, rows []Row) error
}

// Past is a lever that has something to say about the years of the book too.
type Past interface {
	// History changes the years before the base and those since, in order, as the rows say, and
	// returns them and the rows that had a say.
	History(base *Base, years []Year, rows []Row) ([]Year, []Row)
}

// Ground is a lever that completes the base before anything is projected.
type Ground interface {
	// Complete changes the base as the rows say and returns those that had a say. The error is a
	// fault of a row.
	Complete(base *Base, rows []Row) (said []Row, err error)
}
