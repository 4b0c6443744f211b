package archive_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"carbonledger/internal/archive"
	"carbonledger/internal/store"
	"carbonledger/internal/store/mem"
	"carbonledger/internal/store/sqlite"
	"carbonledger/ledger"
	"carbonledger/ledger/index"
	"carbonledger/quantity"
)

const seed = 42

// counting is a store that counts the blocks it gives out.
type counting struct {
	store.Store
	opened int
}

func (c *counting) Blocks(ctx context.Context, position int, want store.Want) iter.Seq2[
	store.Packed, error] {
	return func(yield func(store.Packed, error) bool) {
		for block, err := range c.Store.Blocks(ctx, position, want) {
			c.opened++
			if !yield(block, err) {
				return
			}
		}
	}
}

// world is a book with the rows behind it.
type world struct {
	t      *testing.T
	random *rand.Rand
	book   *ledger.Book
	store  *counting
	rows   map[int][]ledger.Activity
}

func newWorld(t *testing.T) *world {
	return &world{t, rand.New(rand.NewPCG(seed, 0)), ledger.NewBook(),
		&counting{Store: mem.New()}, map[int][]ledger.Activity{}}
}

func (w *world) archive() archive.Archive { return archive.Archive{Store: w.store} }

// post stores a batch of blocks with so many rows each; each block has entities of its own.
func (w *world) post(cumulative bool, blocks, rows int) ledger.Batch {
	position := w.book.Position() + 1
	batch := ledger.Batch{Cumulative: cumulative}
	var list store.List
	for block := range blocks {
		var part []ledger.Activity
		for range rows {
			part = append(part, w.activity(block, position, len(batch.Activities)+len(part)))
		}
		plain := ledger.EncodeActivities(part)
		packed, err := store.Pack(plain, index.OfActivities(part))
		if err != nil {
			w.t.Fatal(err)
		}
		list = append(list, packed)
		batch.Activities = append(batch.Activities, part...)
		batch.Parts = append(batch.Parts, ledger.Part(plain))
	}
	batch.Sums = ledger.SumsOf(batch.Activities)
	batch.Receipt = ledger.Sealed(w.book, ledger.Receipt{Position: position,
		Cumulative: cumulative, Posted: len(batch.Activities)}, batch)
	w.append(batch, list)
	w.rows[position] = batch.Activities
	return batch
}

func (w *world) append(batch ledger.Batch, list store.List) {
	w.t.Helper()
	before := store.Head{Position: w.book.Position(), Digest: w.book.Head()}
	err := w.store.Append(w.t.Context(), before, store.RecordWith(batch, list))
	if err := errors.Join(err, w.book.Commit(batch)); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) reverse(batch ledger.Batch) ledger.Batch {
	w.t.Helper()
	reversal, err := ledger.Reverse(w.book, batch.Receipt.ID, "wrong", batch.Sums)
	if err != nil {
		w.t.Fatal(err)
	}
	w.append(reversal, nil)
	delete(w.rows, batch.Receipt.Position)
	return reversal
}

func (w *world) activity(block, position, i int) ledger.Activity {
	first := quantity.DayOf(2022, time.Month(1+(position+w.random.IntN(2))%12), 1)
	a := ledger.Activity{Flow: ledger.Flow{Entity: fmt.Sprintf("e%d", 5*block+w.random.IntN(5)),
		From: ledger.Supply, To: ledger.Use, Commodity: "electricity",
		Period: quantity.Period{First: first, End: first + 28}},
		Number: quantity.Int(w.random.Int64N(1000)), PerUnit: quantity.Int(1), Line: i + 2}
	a.Written = a.Number.String() + " kWh"
	if w.random.IntN(5) == 0 {
		a.Written, a.PerUnit = "in words", quantity.Number{}
	}
	if w.random.IntN(3) > 0 {
		a.Document = fmt.Sprintf("D%03d", w.random.IntN(50))
	}
	return a
}

// of returns the rows of flows as the archive gives them, or of all where none is asked for.
func (w *world) of(flows map[ledger.Flow]bool) []ledger.Activity {
	w.t.Helper()
	var asked archive.Asked
	if flows != nil {
		asked = archive.Asked{}
		for flow := range flows {
			asked.Add(flow)
		}
	}
	var list []ledger.Activity
	err := w.archive().Each(w.t.Context(), w.book, asked,
		func(_ ledger.Receipt, a ledger.Activity) {
			if flows == nil || flows[a.Flow] {
				list = append(list, a)
			}
		})
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

func TestAskedRowsAreAllThere(t *testing.T) {
	w := newWorld(t)
	var posted []ledger.Batch
	for i := range 8 {
		posted = append(posted, w.post(i%3 == 2, 6, 30))
	}
	w.reverse(posted[3])
	var all []ledger.Activity
	for _, position := range slices.Sorted(maps.Keys(w.rows)) {
		all = append(all, w.rows[position]...)
	}
	if got := w.of(nil); !reflect.DeepEqual(got, all) {
		t.Fatalf("the book has %d rows, want %d", len(got), len(all))
	}
	every := 7 * 6
	for try := range 50 {
		flows := map[ledger.Flow]bool{}
		for range 1 + w.random.IntN(3) {
			flows[all[w.random.IntN(len(all))].Flow] = true
		}
		want := slices.DeleteFunc(slices.Clone(all), func(a ledger.Activity) bool {
			return !flows[a.Flow]
		})
		w.store.opened = 0
		if got := w.of(flows); !reflect.DeepEqual(got, want) {
			t.Fatalf("try %d of seed %d: %d rows of %v, want %d", try, seed, len(got), flows,
				len(want))
		}
		if w.store.opened > every/2 {
			t.Errorf("%d flows open %d blocks of %d", len(flows), w.store.opened, every)
		}
	}
}

// TestABatchWithoutIndexesIsOpenedIfItsSumsHoldTheFlow asks a book of the first schema.
func TestABatchWithoutIndexesIsOpenedIfItsSumsHoldTheFlow(t *testing.T) {
	data, err := os.ReadFile("../store/sqlite/testdata/0001.book")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "book.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = s.Close() }()
	w := newWorld(t)
	w.store = &counting{Store: s}
	for position := 1; position <= 7; position++ {
		batch, _, err := w.archive().Prove(t.Context(), position)
		if err := errors.Join(err, w.book.Commit(batch)); err != nil {
			t.Fatal(err)
		}
	}
	all := w.of(nil)
	blocks := len(w.book.Standing())
	w.store.opened = 0
	flow := all[0].Flow
	if got := w.of(map[ledger.Flow]bool{flow: true}); len(got) != 1 || got[0] != all[0] {
		t.Errorf("rows of %v = %v, want %v", flow, got, all[0])
	}
	if w.store.opened != 1 {
		t.Errorf("%d blocks of %d are opened, want the one of the batch", w.store.opened, blocks)
	}
	w.store.opened = 0
	if got := w.of(map[ledger.Flow]bool{{Entity: "nobody"}: true}); got != nil ||
		w.store.opened > 0 {
		t.Errorf("nobody has %d rows in %d blocks, want none", len(got), w.store.opened)
	}
}

func TestRowsAheadAreRead(t *testing.T) {
	w := newWorld(t)
	w.post(false, 2, 10)
	batch := ledger.Batch{Activities: []ledger.Activity{w.activity(0, 1, 0)}}
	batch.Sums = ledger.SumsOf(batch.Activities)
	batch.Receipt = ledger.Sealed(w.book, ledger.Receipt{Position: 2}, batch)
	if err := w.book.Commit(batch); err != nil {
		t.Fatal(err)
	}
	rows := 0
	a := archive.Archive{Store: w.store, Ahead: []ledger.Batch{batch}}
	err := a.Each(t.Context(), w.book, nil, func(ledger.Receipt, ledger.Activity) { rows++ })
	if err != nil || rows != 21 {
		t.Errorf("%d rows, %v, want 21", rows, err)
	}
}

// TestDocumentsAreThoseOfTheRows asks between commits and reversals, with and without saying so
// beforehand.
func TestDocumentsAreThoseOfTheRows(t *testing.T) {
	w := newWorld(t)
	var documents archive.Documents
	var posted []ledger.Batch
	for round := range 30 {
		batch := w.post(false, 3, 20)
		documents.Commit(batch)
		posted = append(posted, batch)
		if round%7 == 6 {
			documents.Commit(w.reverse(posted[round-3]))
		}
		if round%11 == 5 {
			batch := w.post(false, 2, 5)
			batch.Activities = nil
			documents.Commit(batch)
		}
		want := map[ledger.Flow][]string{}
		for _, position := range slices.Sorted(maps.Keys(w.rows)) {
			for _, a := range w.rows[position] {
				want[a.Flow] = append(want[a.Flow], a.Document)
			}
		}
		flows := slices.Collect(maps.Keys(want))[:20]
		if round%2 == 0 {
			documents.Expect(slices.Values(flows))
		}
		walks := 0
		for _, flow := range flows {
			before := w.store.opened
			got, err := documents.Of(t.Context(), w.archive(), w.book, flow)
			if err != nil || !slices.Equal(got, want[flow]) {
				t.Fatalf("round %d of seed %d: documents of %v = %q, %v, want %q",
					round, seed, flow, got, err, want[flow])
			}
			if w.store.opened > before {
				walks++
			}
		}
		if round%2 == 0 && walks > 1 {
			t.Errorf("round %d: %d expected questions open blocks, want one", round, walks)
		}
		nobody := ledger.Flow{Entity: "nobody"}
		list, err := documents.Of(t.Context(), w.archive(), w.book, nobody)
		if err != nil || list != nil {
			t.Errorf("documents of nobody = %q, %v, want none", list, err)
		}
	}
}
