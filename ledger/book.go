package ledger

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"

	"carbonledger/ledger/flows"
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
	figures  flows.Record
	// shares is what Shares looks into, until the next batch.
	shares atomic.Pointer[map[place][]Share]
	// marks are the figures of cumulative reports, years where they are by entity, cumulative the
	// positions of their batches.
	marks      map[yearKey][]Mark
	years      map[string][]yearKey
	cumulative map[int]bool
	reversed   map[int]bool
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
	return &Book{entities: map[string][]Entity{}, marks: map[yearKey][]Mark{},
		years: map[string][]yearKey{}, cumulative: map[int]bool{}, reversed: map[int]bool{},
		counts: map[CountKey][]count{}}
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

// Registrations returns everything registered of an entity, in the order of validity.
func (b *Book) Registrations(id string) []Entity { return slices.Clone(b.entities[id]) }

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
func (b *Book) Sums() Sums {
	return Sums{b.figures.Ordered(func(t *flows.Tables) flows.Sums {
		var moved []Sum
		for key := range b.marks {
			for _, month := range b.months(key) {
				moved = append(moved, month.Sum)
			}
		}
		return columnsOf(moved, t)
	})}
}

// EachSum calls yield for every sum of the entities that `of` is true for, in no order. What it
// costs grows with the sums of these and the number of all entities.
func (b *Book) EachSum(of func(entity string) bool, yield func(Sum)) {
	b.figures.Of(of, func(who flows.Who, what flows.What, when quantity.Period, h flows.Held) {
		yield(Sum{flowOf(who, what, when), h.Total, h.Rows})
	})
	for entity, keys := range b.years {
		if !of(entity) {
			continue
		}
		for _, key := range keys {
			for _, month := range b.months(key) {
				yield(month.Sum)
			}
		}
	}
}

// HasFigures says whether anything was ever posted to the book.
func (b *Book) HasFigures() bool { return !b.figures.IsEmpty() || len(b.marks) > 0 }

// Sum returns what the rows of a flow come to, cumulative reports apart.
func (b *Book) Sum(f Flow) (Sum, bool) {
	found, ok := b.figures.Find(f.who(), f.what(), f.Period)
	return Sum{f, found.Total, found.Rows}, ok
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
	b.shares.Store(nil)
	if len(b.entities) == 0 {
		b.entities = make(map[string][]Entity, len(batch.Entities))
	}
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
	b.figures.Stale()
	switch {
	case receipt.Reverses != 0:
		b.reversed[receipt.Reverses] = true
		if b.cumulative[receipt.Reverses] {
			return
		}
	case batch.Cumulative:
		b.cumulative[receipt.Position] = true
		b.mark(receipt.Position, batch.List())
		return
	}
	position := receipt.Position
	if receipt.Reverses != 0 {
		position = 0
	}
	b.figures.Post(position, batch.columns)
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

// Posts is Clash without the cumulative reports: the figure posted first, and of a figure and an
// estimate of one time the figure.
func (b *Book) Posts(f Flow) (found Held, ok bool) {
	b.figures.Account(f.who(), f.what(), func(w flows.What, when quantity.Period, h flows.Held) {
		sum := Sum{flowOf(f.who(), w, when), h.Total, h.Rows}
		switch {
		case !sum.Absence.HasFigure() || !when.Overlaps(f.Period):
		case !ok || when == found.Period && sum.Absence == Present:
			found, ok = Held{when, sum, h.Latest}, true
		}
	})
	return found, ok
}
