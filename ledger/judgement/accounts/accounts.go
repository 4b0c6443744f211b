// Package accounts puts what an upload and its book say side by side: by entity, by account, in the
// order of time.
//
// An account is entity, site, roles, commodity and counterparty. A figure is what one account moved
// in one period: several bills of the same period are one figure, and of revised figures the latest
// counts. An owner is an entity with its accounts.
//
// The figures of an upload come as tallies, so that the work depends on how many figures there are
// and not on how many rows they are made of. Accounts have numbers for keys; texts are only looked
// up where somebody is to read them. Nothing is changed after Read.
//
// There are as many figures as tallies, and each is looked at once. So there is no list of them:
// the figures of an entity are made on a page when somebody opens it, and the page is used again.
package accounts

import (
	"cmp"
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/tally"
	"carbonledger/quantity"
)

// Index is the figures of some entities, the owners. They have places from 0 on.
type Index struct {
	// Whos and Moves are what the accounts name by place.
	Whos  []column.Who
	Moves []Move

	whos  map[column.Who]uint32
	moves map[Move]uint32
	// entities are the owners, and owners their places.
	entities []string
	owners   map[string]uint32
	drafts   []draft
	// last is the last draft of each who; from there they lead to the others.
	last []int32
	// order are the drafts by owner and flow; those of an owner begin where first says.
	order   []uint32
	first   []int
	tallies tally.Tallies
	// tallied are the first tally of each owner and that behind its last one.
	tallied       [][2]int
	whoOf, moveOf []uint32
	times, kinds  []Figure
	// A list in the place of a tally stands before or behind them.
	before, behind entries
	refused        []ledger.Activity
	apart          map[uint32][]Refused
	cumulative     bool
}

// Move is what a figure is of, besides whose it is.
type Move struct {
	From, To  ledger.Role
	Commodity string
}

// Owner is an entity with its accounts, in the order of their flows.
type Owner struct {
	Entity   string
	Accounts []Account
	// Refused are the rows of the upload that are in no account, in the order of the file.
	Refused []Refused
}

// Refused is a row that is neither posted nor weighed as if it were.
type Refused struct {
	ledger.Flow
	Figure Figure
}

// Account is the figures of one flow in the order of time.
type Account struct {
	Who, Move uint32
	// Fresh accounts have something of the upload.
	Fresh bool
	// Figures has one figure for each period.
	Figures []Figure
	// Absent are the rows that say why there is no figure, and those that are refused: the upload
	// has them, so that nothing is left out.
	Absent []Figure
	// Raw is everything as it came: each tally, each refused row and each sum of the book.
	Raw []Figure
}

// Figure is what one account moved in one period, as the upload or the book has it.
type Figure struct {
	Number quantity.Number
	Period quantity.Period
	// Vintage is the day of publication of a figure that is revised.
	Vintage quantity.Day
	// row is the place of its largest row in the upload, or inBook.
	row  int32
	Span Span
	Kind Kind
	Gap  Gap
}

const inBook = -1

// Gap says what kind of figure there is.
type Gap uint8

// There is a figure; there is none, and that is all there is to say; it is missing.
const (
	Present Gap = iota
	Absent
	Missing
)

func gapOf(a ledger.Absence) Gap {
	switch {
	case a.HasFigure():
		return Present
	case a.IsGap():
		return Missing
	}
	return Absent
}

// Fresh says whether a figure is of the upload.
func (f Figure) Fresh() bool { return f.row > inBook }

// Of is a figure of the book by its number and time alone.
func Of(number quantity.Number, p quantity.Period) Figure {
	return Figure{Number: number, Period: p, row: inBook, Span: SpanOf(p), Kind: kindOf(p)}
}

// At returns the figure of exactly a period.
func (a *Account) At(p quantity.Period) (Figure, bool) {
	i, ok := slices.BinarySearchFunc(a.Figures, p, func(f Figure, p quantity.Period) int {
		return comparePeriods(f.Period, p)
	})
	if !ok {
		return Figure{}, false
	}
	return a.Figures[i], true
}

// Flow is the flow of an account in a period; the zero period makes it that of the account.
func (x *Index) Flow(a *Account, p quantity.Period) ledger.Flow {
	who, move := x.Whos[a.Who], x.Moves[a.Move]
	return ledger.Flow{Entity: who.Entity, Site: who.Site, Counterparty: who.Counterparty,
		From: move.From, To: move.To, Commodity: move.Commodity, Period: p}
}

// Len counts the owners.
func (x *Index) Len() int { return len(x.entities) }

// Entity is an owner by its place.
func (x *Index) Entity(at int) string { return x.entities[at] }

// Has says whether an entity is an owner.
func (x *Index) Has(entity string) bool {
	_, is := x.owners[entity]
	return is
}

// Line is the line of the largest row a figure is made of, 0 for one of the book.
func (x *Index) Line(f Figure) int {
	switch at := int(f.row) - len(x.tallies.List); {
	case !f.Fresh():
		return 0
	case at >= 0:
		return x.refused[at].Line
	}
	return int(x.tallies.List[f.row].Line)
}

// Written is that row as it stands in the file.
func (x *Index) Written(f Figure) string {
	switch at := int(f.row) - len(x.tallies.List); {
	case !f.Fresh():
		return ""
	case at >= 0:
		return x.refused[at].Written
	}
	return x.tallies.Written(&x.tallies.List[f.row])
}

// What is what the tally of a figure has in common with others, by its place in the list of the
// tallies; false for figures of anything else.
func (x *Index) What(f Figure) (uint32, bool) {
	if !f.Fresh() || int(f.row) >= len(x.tallies.List) {
		return 0, false
	}
	return x.tallies.List[f.row].What, true
}

// largest is the largest row of a figure, without its sign.
func (x *Index) largest(f Figure) quantity.Number {
	if at := int(f.row) - len(x.tallies.List); at >= 0 {
		return x.refused[at].Number.Abs()
	}
	return x.tallies.Largest(&x.tallies.List[f.row])
}

// CompareRows puts figures in the order of the rows of the file, those of the book behind them.
func (x *Index) CompareRows(f, g Figure) int {
	if !f.Fresh() || !g.Fresh() {
		return cmp.Compare(g.row, f.row)
	}
	return cmp.Or(cmp.Compare(x.Line(f), x.Line(g)), cmp.Compare(f.row, g.row))
}

func comparePeriods(p, q quantity.Period) int {
	if p.First != q.First {
		return cmp.Compare(p.First, q.First)
	}
	return cmp.Compare(p.End, q.End)
}
