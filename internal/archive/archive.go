// Package archive reads the rows of a book, block by block and only the blocks that can hold what
// is asked for, so that neither memory nor time grow with rows that nobody wants.
package archive

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"runtime"
	"slices"

	"carbonledger/internal/store"
	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/index"
	"carbonledger/quantity"
)

// Archive is the rows of a book: those of its store and those of batches that go ahead of it.
type Archive struct {
	Store store.Store
	Ahead []ledger.Batch
}

// Asked are flows that are looked for: their entities, each with the time its flows lie in.
type Asked map[string]quantity.Period

// Add asks for a flow too.
func (a Asked) Add(f ledger.Flow) {
	span, known := a[f.Entity]
	if !known {
		span = f.Period
	}
	a[f.Entity] = index.Hull(span, f.Period)
}

// anyTime asks for the same entities at any time.
func (a Asked) anyTime() Asked {
	wide := Asked{}
	for entity := range a {
		wide[entity] = quantity.Period{}
	}
	return wide
}

// admits says whether a block with this index can hold what is asked for.
func (a Asked) admits(bytes []byte) bool {
	for entity, span := range a {
		if index.Holds(bytes, entity, span) {
			return true
		}
	}
	return false
}

// Each calls yield for the activities of the batches that stand in a book, in the order of posting.
// Where something is asked for, it may leave out others, and batches and blocks that cannot hold
// it stay shut; nil asks for all.
func (a Archive) Each(ctx context.Context, book *ledger.Book, asked Asked,
	yield func(ledger.Receipt, ledger.Activity)) error {
	receipts := book.Receipts()
	for _, position := range book.Standing() {
		receipt, wanted := receipts[position-1], asked
		if receipt.Cumulative && asked != nil {
			// A month of the book is made of reports that run to other days.
			wanted = asked.anyTime()
		}
		err := a.rows(ctx, position, wanted, func(list []ledger.Activity) {
			for _, activity := range list {
				yield(receipt, activity)
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Rows calls yield for the activities of a stored batch, some at a time.
func (a Archive) Rows(ctx context.Context, position int, yield func([]ledger.Activity)) error {
	return a.rows(ctx, position, nil, yield)
}

func (a Archive) rows(ctx context.Context, position int, asked Asked,
	yield func([]ledger.Activity)) error {
	at := slices.IndexFunc(a.Ahead, func(b ledger.Batch) bool {
		return b.Receipt.Position == position
	})
	if at >= 0 {
		yield(a.Ahead[at].Activities)
		return nil
	}
	sums := summed{store: a.Store, position: position}
	want := func(index []byte) bool {
		if len(index) == 0 {
			return sums.admit(ctx, asked)
		}
		return asked.admits(index)
	}
	if asked == nil {
		want = nil
	}
	walk, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	for opening := range openAll(walk, a.Store.Blocks(walk, position, want), asked) {
		one := <-opening
		if failed != nil {
			continue // what was on its way ends here
		}
		if failed = one.err; failed != nil {
			failed = fmt.Errorf("batch %d: %w", position, failed)
			cancel()
			continue
		}
		yield(one.list)
	}
	return cmp.Or(failed, ctx.Err(), sums.err)
}

// opened are the rows of a block.
type opened struct {
	list []ledger.Activity
	err  error
}

// openAll opens blocks on all cores and hands them out in their order, a few at a time. The queue
// is closed behind the last, behind one that cannot be read, or when the context ends.
func openAll(ctx context.Context, blocks iter.Seq2[store.Packed, error], asked Asked) (
	queue chan chan opened) {
	queue = make(chan chan opened, runtime.GOMAXPROCS(0))
	go func() {
		defer close(queue)
		for block, err := range blocks {
			opening := make(chan opened, 1)
			if err != nil {
				opening <- opened{err: err}
			} else {
				go func() {
					list, err := open(block, asked)
					opening <- opened{list, err}
				}()
			}
			select {
			case queue <- opening:
			case <-ctx.Done():
				return
			}
			if err != nil {
				return
			}
		}
	}()
	return queue
}

// open returns the rows of a block, at least those of the entities asked for.
func open(block store.Packed, asked Asked) ([]ledger.Activity, error) {
	plain, err := block.Plain()
	if err != nil {
		return nil, err
	}
	if asked == nil || len(plain) == 0 || plain[0] != column.RowsVersion {
		return ledger.DecodeActivities(plain)
	}
	rows, err := column.DecodeRows(plain)
	if err != nil {
		return nil, err
	}
	keep := make([]bool, len(rows.Whos))
	for i, who := range rows.Whos {
		_, keep[i] = asked[who.Entity]
	}
	var places []int
	for i, who := range rows.Who {
		if keep[who] {
			places = append(places, i)
		}
	}
	return ledger.ActivitiesOf(rows.Only(places))
}

// summed looks into the sums of a batch whose blocks have no index; once, and only if such a block
// comes.
type summed struct {
	store    store.Store
	position int
	looked   bool
	holds    bool
	err      error
}

// admit says whether the batch moved anything that is asked for. A store that fails is told by err.
func (s *summed) admit(ctx context.Context, asked Asked) bool {
	if s.looked {
		return s.holds
	}
	s.looked = true
	batch, err := read(ctx, s.store, s.position)
	s.err = err
	s.holds = slices.ContainsFunc(batch.List(), func(sum ledger.Sum) bool {
		span, is := asked[sum.Entity]
		return is && (span.First >= span.End || span.Overlaps(sum.Period))
	})
	return s.holds
}

// read returns a batch without its rows.
func read(ctx context.Context, s store.Store, position int) (ledger.Batch, error) {
	records, err := s.Records(ctx, position, position)
	if err != nil {
		return ledger.Batch{}, err
	}
	if len(records) != 1 {
		return ledger.Batch{}, fmt.Errorf("%w: %d", store.ErrNoBatch, position)
	}
	return records[0].Batch(nil)
}
