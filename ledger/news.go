package ledger

import (
	"slices"

	"carbonledger/quantity"
)

// IsNews says whether a batch says anything the book does not have: a figure, an absence, an
// entity, a factor, a stock count or a statement. What is no news is not posted.
func (b *Book) IsNews(batch Batch) bool {
	if batch.flows()+len(batch.Entities) > 0 || batch.Factors != "" ||
		batch.Learned != nil {
		return true
	}
	known := map[Statement][]quantity.Number{}
	for _, stated := range b.Statements() {
		for _, s := range stated.Statements {
			known[s.subject()] = append(known[s.subject()], s.Number)
		}
	}
	return slices.ContainsFunc(batch.Statements, func(s Statement) bool {
		return !slices.ContainsFunc(known[s.subject()], s.Number.Equal)
	}) || slices.ContainsFunc(batch.Assertions, b.isNewCount)
}

// subject is what a statement is about, without its figure and its place.
func (s Statement) subject() Statement {
	s.Line, s.Written, s.Number = 0, "", quantity.Number{}
	return s
}

// isNewCount says whether the book has no such count or another figure for it: of closing counts
// the latest of that day, of opening counts the latest of that very period.
func (b *Book) isNewCount(a Assertion) bool {
	for _, c := range slices.Backward(b.counts[a.Key()]) {
		if !b.isReversed(c.position) && (a.Edge == Closing || c.Period == a.Period) {
			return !c.Number.Equal(a.Number)
		}
	}
	return true
}

// Warned returns the batch with more warnings counted in its receipt, so that the receipt counts
// what was told when the batch was posted. The book is the one the batch was prepared for.
func (b Batch) Warned(book *Book, more int) Batch {
	if more > 0 {
		b.Receipt.Warnings += more
		b.Receipt = Sealed(book, b.Receipt, b)
	}
	return b
}
