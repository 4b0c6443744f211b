package storetest

import (
	"context"
	"errors"
	"iter"
	"slices"
	"testing"

	"carbonledger/internal/store"
	"carbonledger/internal/store/spool"
)

// spooled is the same kind of store, to which all blocks come from a spool.
func (k Kind) spooled() Kind {
	open := k.Open
	k.Open = func(t testing.TB, place string) store.Store { return spooling{open(t, place)} }
	k.Faults = slices.Clone(k.Faults)
	for i, fault := range k.Faults {
		k.Faults[i].Open = func(t testing.TB, place string, n int) store.Store {
			return spooling{fault.Open(t, place, n)}
		}
	}
	return k
}

// spooling is a store whose records go through a spool that keeps little in memory.
type spooling struct{ store.Store }

// Append puts the blocks into a spool from the last to the first.
func (s spooling) Append(ctx context.Context, before store.Head, r store.Record) (err error) {
	blocks := spool.New(spool.Options{Memory: 10_000})
	defer func() { err = errors.Join(err, blocks.Close()) }()
	list := packed(r)
	for seq := range slices.Backward(list) {
		if err := blocks.Put(seq, list[seq]); err != nil {
			return err
		}
	}
	r.Blocks = blocks
	return s.Store.Append(ctx, before, r)
}

// failing is a source whose last block cannot be read.
type failing struct{ store.List }

var errSource = errors.New("the source fails")

// All yields all blocks but the last.
func (f failing) All() iter.Seq2[store.Packed, error] {
	return func(yield func(store.Packed, error) bool) {
		for _, block := range f.List[1:] {
			if !yield(block, nil) {
				return
			}
		}
		yield(store.Packed{}, errSource)
	}
}

func testSourceFails(t *testing.T, kind Kind) {
	s := open(t, kind, place(t))
	if _, ok := s.(spooling); ok {
		t.Skip("the spool reads the source before the store does")
	}
	history := NewHistory(seed)
	want := []store.Record{history.Upload(50)}
	fill(t, s, want...)
	for _, record := range []store.Record{large(headAfter(want), 50_000), history.Upload(50)} {
		broken := record
		broken.Blocks = failing{packed(record)}
		if err := s.Append(t.Context(), headAfter(want), broken); !errors.Is(err, errSource) {
			t.Errorf("Append from a source that fails = %v, want its error", err)
		}
		same(t, s, want)
	}
	fill(t, s, large(headAfter(want), 50_000))
}

// testWanted reads some blocks of a batch, by their indexes.
func testWanted(t *testing.T, kind Kind) {
	s := open(t, kind, place(t))
	record := large(store.Head{}, 100)
	fill(t, s, record)
	list := packed(record)
	for _, want := range [][]int{{}, {1}, {3, 19}} {
		var got []int
		asked := 0
		for block, err := range s.Blocks(t.Context(), 1, func(index []byte) bool {
			asked++
			return slices.ContainsFunc(want, func(seq int) bool {
				return string(index) == string(list[seq].Index)
			})
		}) {
			if err != nil {
				t.Fatalf("Blocks: %v", err)
			}
			got = append(got, slices.IndexFunc(list, func(p store.Packed) bool {
				return sameBlock(p, block)
			}))
		}
		if !slices.Equal(got, want) || asked != len(list) {
			t.Errorf("blocks that are wanted = %v of %d, want %v of %d",
				got, asked, want, len(list))
		}
	}
}
