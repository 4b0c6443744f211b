package ledger

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"carbonledger/ledger/seal"
	"carbonledger/quantity"
)

// Errors of the book.
var (
	// ErrUnbalanced: postings of an entry do not sum to zero.
	ErrUnbalanced = errors.New("the postings do not sum to zero")
	// ErrPosition: the batch was prepared for another state of the book.
	ErrPosition = errors.New("the book has moved on since the batch was prepared")
	// ErrReceipt: there is no such receipt, or its batch is reversed already.
	ErrReceipt = errors.New("no such receipt")
)

// Book is what follows from all batches up to a position: who reports, how much moved in every
// flow, and the head that fixes it. Only the batches are stored; a book can always be made again.
type Book struct {
	position int
	head     seal.Digest
	entities map[string][]Entity
	sums     map[Flow]Sum
	accounts map[Flow][]quantity.Period
	counts   map[countKey][]count
	receipts []Receipt
	factors  []Factors
	stated   []Stated
}

// Stated are the statements of a batch.
type Stated struct {
	Position   int
	Statements []Statement
}

// Factors are own factors as a batch brought them.
type Factors struct {
	Position int
	Text     string
}

type countKey struct {
	entity, site, commodity string
	at                      quantity.Day
}

// count is a closing stock as a batch brought it.
type count struct {
	position int
	number   quantity.Number
}

// NewBook returns the empty book, at position 0.
func NewBook() *Book {
	return &Book{entities: map[string][]Entity{}, sums: map[Flow]Sum{},
		accounts: map[Flow][]quantity.Period{}, counts: map[countKey][]count{}}
}

// Position counts the batches of the book.
func (b *Book) Position() int { return b.position }

// Head is the digest of the book.
func (b *Book) Head() seal.Digest { return b.head }

// Entity returns what the book knows of an entity, in its latest registration.
func (b *Book) Entity(id string) (Entity, bool) {
	history := b.entities[id]
	if len(history) == 0 {
		return Entity{}, false
	}
	return history[len(history)-1], true
}

// EntityAt returns what held of an entity on a day: the latest registration valid by then, or the
// first where none was.
func (b *Book) EntityAt(id string, day quantity.Day) (Entity, bool) {
	history := b.entities[id]
	if len(history) == 0 {
		return Entity{}, false
	}
	at := 0
	for i, entity := range history {
		if entity.From <= day {
			at = i
		}
	}
	return history[at], true
}

// register takes a registration into the history of its entity, in the order of validity; one that
// holds from the same day as another replaces it.
func (b *Book) register(e Entity) {
	history := slices.DeleteFunc(slices.Clone(b.entities[e.ID]),
		func(old Entity) bool { return old.From == e.From })
	history = append(history, e)
	slices.SortFunc(history, func(x, y Entity) int { return int(x.From) - int(y.From) })
	b.entities[e.ID] = history
}

// Entities returns all entities in their latest registration, in the order of their ids.
func (b *Book) Entities() []Entity {
	list := make([]Entity, 0, len(b.entities))
	for _, history := range b.entities {
		list = append(list, history[len(history)-1])
	}
	slices.SortFunc(list, func(a, c Entity) int { return strings.Compare(a.ID, c.ID) })
	return list
}

// Sums returns every sum of the book in the order of its flow, so that nothing that reads the book
// depends on the order of posting.
func (b *Book) Sums() []Sum {
	list := make([]Sum, 0, len(b.sums))
	for _, sum := range b.sums {
		list = append(list, sum)
	}
	slices.SortFunc(list, func(a, c Sum) int { return a.Flow.Compare(c.Flow) })
	return list
}

// Receipts returns the receipts in the order of posting.
func (b *Book) Receipts() []Receipt { return slices.Clone(b.receipts) }

// Receipt returns the receipt with this id that is not reversed, or ErrReceipt.
func (b *Book) Receipt(id string) (Receipt, error) {
	for _, receipt := range b.receipts {
		if receipt.ID == id {
			if b.isReversed(receipt.Position) {
				return Receipt{}, fmt.Errorf("%w: %s is reversed already", ErrReceipt, id)
			}
			return receipt, nil
		}
	}
	return Receipt{}, fmt.Errorf("%w: %q", ErrReceipt, id)
}

// Posted returns the receipt of the same upload where the book holds it: the same bytes read by the
// same dialect.
func (b *Book) Posted(upload seal.Digest) (Receipt, bool) {
	for _, receipt := range b.receipts {
		if receipt.Upload == upload && receipt.Reverses == 0 && !b.isReversed(receipt.Position) {
			return receipt, true
		}
	}
	return Receipt{}, false
}

// Standing returns the positions of the batches whose rows count: neither reversals nor reversed.
func (b *Book) Standing() []int {
	var positions []int
	for _, receipt := range b.receipts {
		if receipt.Reverses == 0 && !b.isReversed(receipt.Position) {
			positions = append(positions, receipt.Position)
		}
	}
	return positions
}

// isReversed says whether a later batch reverses the one at the position.
func (b *Book) isReversed(position int) bool {
	return slices.ContainsFunc(b.receipts, func(r Receipt) bool { return r.Reverses == position })
}

// Factors returns the own factors that stand, in the order they were added.
func (b *Book) Factors() []Factors {
	return slices.DeleteFunc(slices.Clone(b.factors),
		func(f Factors) bool { return b.isReversed(f.Position) })
}

// Statements returns the coefficients and other properties stated in the batches that stand, in the
// order of posting.
func (b *Book) Statements() []Stated {
	return slices.DeleteFunc(slices.Clone(b.stated),
		func(s Stated) bool { return b.isReversed(s.Position) })
}

// Commit takes a batch into the book, after it is stored. It returns ErrPosition where the batch
// was prepared for another state, and leaves the book as it was.
func (b *Book) Commit(batch Batch) error {
	receipt := batch.Receipt
	if receipt.Position != b.position+1 || seal.Next(b.head, receipt.Batch) != receipt.Head {
		return fmt.Errorf("%w: it stands at %d, the batch is number %d",
			ErrPosition, b.position, receipt.Position)
	}
	for _, entity := range batch.Entities {
		if _, known := b.entities[entity.ID]; !known || batch.Registers {
			b.register(entity)
		}
	}
	for _, sum := range batch.Sums {
		b.add(sum)
	}
	for _, a := range batch.Assertions {
		if a.Edge == Closing {
			key := countKey{a.Entity, a.Site, a.Commodity, a.Period.End}
			b.counts[key] = append(b.counts[key], count{receipt.Position, a.Number})
		}
	}
	if batch.Factors != "" {
		b.factors = append(b.factors, Factors{receipt.Position, batch.Factors})
	}
	if len(batch.Statements) > 0 {
		b.stated = append(b.stated, Stated{receipt.Position, batch.Statements})
	}
	b.position, b.head = receipt.Position, receipt.Head
	b.receipts = append(b.receipts, receipt)
	return nil
}

// add merges a sum; a flow that no row reports any more is gone.
func (b *Book) add(sum Sum) {
	standing, known := b.sums[sum.Flow]
	standing.Flow = sum.Flow
	standing.Total, standing.Rows = standing.Total.Add(sum.Total), standing.Rows+sum.Rows
	account := sum.Flow.account()
	switch {
	case standing.Rows == 0 && known:
		delete(b.sums, sum.Flow)
		at := slices.Index(b.accounts[account], sum.Flow.Period)
		if at >= 0 && sum.Absence.HasFigure() {
			b.accounts[account] = slices.Delete(b.accounts[account], at, at+1)
		}
		return
	case !known && sum.Absence.HasFigure():
		b.accounts[account] = append(b.accounts[account], sum.Flow.Period)
	}
	b.sums[sum.Flow] = standing
}

// closing returns the latest closing count of a day that stands.
func (b *Book) closing(key countKey) (quantity.Number, bool) {
	for _, c := range slices.Backward(b.counts[key]) {
		if !b.isReversed(c.position) {
			return c.number, true
		}
	}
	return quantity.Number{}, false
}

// clash returns a period of the same account that shares a day with the flow's.
func (b *Book) clash(f Flow) (quantity.Period, bool) {
	if !f.Absence.HasFigure() {
		return quantity.Period{}, false
	}
	for _, period := range b.accounts[f.account()] {
		if period.Overlaps(f.Period) {
			return period, true
		}
	}
	return quantity.Period{}, false
}

// since adds up what an account moved from a day up to the first day nothing is known of. What lies
// behind such a hole is left to clash: nobody can tell which part of a figure is whose.
func (b *Book) since(f Flow, first quantity.Day) (total quantity.Number, end quantity.Day) {
	periods := slices.Clone(b.accounts[f.account()])
	slices.SortFunc(periods, func(p, q quantity.Period) int { return int(p.First - q.First) })
	end = first
	for _, period := range slices.Compact(periods) {
		if period.First != end || period.End > f.Period.End {
			continue
		}
		key := f
		key.Period, end = period, period.End
		for _, absence := range []Absence{Present, Estimated} {
			key.Absence = absence
			total = total.Add(b.sums[key].Total)
		}
	}
	return total, end
}
