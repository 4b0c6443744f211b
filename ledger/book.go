package ledger

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

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
	// ordered is what Sums returns, shares what Shares looks into, until the next batch.
	ordered atomic.Pointer[[]Sum]
	shares  atomic.Pointer[map[place][]Share]
	// latest are the positions of the batches that posted to a flow last.
	latest map[Flow]int
	// marks are the figures of cumulative reports, cumulative the positions of their batches.
	marks      map[yearKey][]Mark
	cumulative map[int]bool
	reversed   map[int]bool
	accounts   map[Flow][]quantity.Period
	counts     map[CountKey][]count
	receipts   []Receipt
	factors    []Factors
	learned    []learnedAt
	stated     []Stated
}

// Stated are the statements of a batch.
type Stated struct {
	Position   int
	Statements []Statement
}

// NewBook returns the empty book, at position 0.
func NewBook() *Book {
	return &Book{entities: map[string][]Entity{}, sums: map[Flow]Sum{}, latest: map[Flow]int{},
		marks: map[yearKey][]Mark{}, cumulative: map[int]bool{}, reversed: map[int]bool{},
		accounts: map[Flow][]quantity.Period{}, counts: map[CountKey][]count{}}
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
// depends on the order of posting. Of cumulative reports it returns what moved between them.
func (b *Book) Sums() []Sum {
	if ordered := b.ordered.Load(); ordered != nil {
		return slices.Clone(*ordered)
	}
	list := make([]Sum, 0, len(b.sums))
	b.EachSum(func(sum Sum) { list = append(list, sum) })
	slices.SortFunc(list, func(a, c Sum) int { return a.Flow.Compare(c.Flow) })
	b.ordered.Store(&list)
	return slices.Clone(list)
}

// EachSum is Sums in no order, for callers that put them in one of their own.
func (b *Book) EachSum(yield func(Sum)) {
	for _, sum := range b.sums {
		yield(sum)
	}
	for key := range b.marks {
		for _, month := range b.months(key) {
			yield(month.Sum)
		}
	}
}

// HasFigures says whether anything is posted to the book.
func (b *Book) HasFigures() bool { return len(b.sums)+len(b.marks) > 0 }

// Sum returns what the rows of a flow come to, cumulative reports apart.
func (b *Book) Sum(f Flow) (Sum, bool) {
	sum, ok := b.sums[f]
	return sum, ok
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
	return b.reversed[position]
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
	b.ordered.Store(nil)
	b.shares.Store(nil)
	for _, entity := range batch.Entities {
		if _, known := b.entities[entity.ID]; !known || batch.Registers {
			b.register(entity)
		}
	}
	b.move(batch)
	for _, a := range batch.Assertions {
		b.counts[a.Key()] = append(b.counts[a.Key()], count{receipt.Position, a})
	}
	if batch.Learned != nil {
		b.learned = append(b.learned, learnedAt{receipt.Position, *batch.Learned})
	}
	if batch.Factors != "" {
		b.factors = append(b.factors, factorsOf(batch))
	}
	if len(batch.Statements) > 0 {
		b.stated = append(b.stated, Stated{receipt.Position, batch.Statements})
	}
	b.position, b.head = receipt.Position, receipt.Head
	b.receipts = append(b.receipts, receipt)
	return nil
}

// move takes what a batch moved into the book. The reversal of a cumulative batch adds nothing: its
// reports no longer stand.
func (b *Book) move(batch Batch) {
	receipt := batch.Receipt
	switch {
	case receipt.Reverses != 0:
		b.reversed[receipt.Reverses] = true
		if b.cumulative[receipt.Reverses] {
			return
		}
	case batch.Cumulative:
		b.cumulative[receipt.Position] = true
		b.mark(receipt.Position, batch.Sums)
		return
	}
	for _, sum := range batch.Sums {
		b.add(sum)
		if receipt.Reverses == 0 {
			b.latest[sum.Flow] = receipt.Position
		}
	}
}

// add merges a sum; a flow that no row reports any more is gone.
func (b *Book) add(sum Sum) {
	standing, known := b.sums[sum.Flow]
	standing.Flow = sum.Flow
	standing.Total, standing.Rows = standing.Total.Add(sum.Total), standing.Rows+sum.Rows
	account := sum.Flow.Account()
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

// Held is a figure of the book that stands where another would go.
type Held struct {
	Period quantity.Period
	Sum    Sum
	// Position is the batch it came with.
	Position int
}

// Clash returns a figure of the same account whose time shares a day with the flow's, or the last
// of the cumulative reports that cover it.
func (b *Book) Clash(f Flow) (Held, bool) {
	if !f.Absence.HasFigure() {
		return Held{}, false
	}
	if other, ok := b.Posts(f); ok {
		return other, true
	}
	return b.reported(f)
}

// Posts is Clash without the cumulative reports.
func (b *Book) Posts(f Flow) (Held, bool) {
	for _, period := range b.accounts[f.Account()] {
		if !period.Overlaps(f.Period) {
			continue
		}
		at := f
		at.Period = period
		for _, absence := range []Absence{Present, Estimated} {
			at.Absence = absence
			if sum, ok := b.sums[at]; ok {
				return Held{period, sum, b.latest[at]}, true
			}
		}
	}
	return Held{}, false
}
