package archive_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"carbonledger/internal/archive"
	"carbonledger/internal/store"
	"carbonledger/internal/store/mem"
	"carbonledger/ledger"
	"carbonledger/ledger/index"
	"carbonledger/quantity"
)

func TestASoundBatchIsProved(t *testing.T) {
	w := newWorld(t)
	first := w.post(false, 7, 30)
	w.post(true, 3, 10)
	w.reverse(first)
	for position, want := range []int{210, 30, 0} {
		batch, rows, err := w.archive().Prove(t.Context(), position+1)
		if err != nil || rows != want || batch.Activities != nil {
			t.Errorf("batch %d: %d rows, %v, want %d", position+1, rows, err, want)
		}
	}
	if _, _, err := w.archive().Prove(t.Context(), 4); !errors.Is(err, store.ErrNoBatch) {
		t.Errorf("batch 4 of 3: %v, want ErrNoBatch", err)
	}
}

// TestEveryChangeIsFound stores what no program of ours writes: all checksums hold, and the content
// is not that of the receipt.
func TestEveryChangeIsFound(t *testing.T) {
	w := newWorld(t)
	batch := w.post(false, 5, 20)
	list := store.List{}
	for block, err := range w.store.Blocks(t.Context(), 1, nil) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, block)
	}
	repacked := func(part []ledger.Activity) store.Packed {
		block, err := store.Pack(ledger.EncodeActivities(part), index.OfActivities(part))
		if err != nil {
			t.Fatal(err)
		}
		return block
	}
	for _, test := range []struct {
		name   string
		damage func(*ledger.Batch, store.List) store.List
		sound  bool
	}{
		{"nothing", func(_ *ledger.Batch, l store.List) store.List { return l }, true},
		{"no index", func(_ *ledger.Batch, l store.List) store.List {
			l[1].Index = nil
			return l
		}, true},
		{"the index of another block", func(_ *ledger.Batch, l store.List) store.List {
			l[1].Index = l[2].Index
			return l
		}, false},
		{"another order", func(_ *ledger.Batch, l store.List) store.List {
			l[0], l[1] = l[1], l[0]
			return l
		}, false},
		{"a block that is gone", func(_ *ledger.Batch, l store.List) store.List {
			return l[:4]
		}, false},
		{"a block twice", func(_ *ledger.Batch, l store.List) store.List {
			return append(l, l[0])
		}, false},
		{"a figure as written", func(b *ledger.Batch, l store.List) store.List {
			part := slices.Clone(batch.Activities[:20])
			part[3].Written = "another"
			l[0] = repacked(part)
			return l
		}, false},
		{"a sum", func(b *ledger.Batch, l store.List) store.List {
			b.Sums[2].Total = b.Sums[2].Total.Add(quantity.Int(1))
			return l
		}, false},
		{"a sum that is gone", func(b *ledger.Batch, l store.List) store.List {
			b.Sums = b.Sums[1:]
			return l
		}, false},
		{"no block at all", func(_ *ledger.Batch, l store.List) store.List {
			l[2].Body = l[2].Body[:10]
			return l
		}, false},
	} {
		b := batch
		b.Sums = slices.Clone(batch.Sums)
		damaged := test.damage(&b, slices.Clone(list))
		s := mem.New()
		err := s.Append(t.Context(), store.Head{}, store.RecordWith(b, damaged))
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = archive.Archive{Store: s}.Prove(t.Context(), 1)
		if test.sound != (err == nil) {
			t.Errorf("%s: %v, want it sound: %v", test.name, err, test.sound)
		}
		if err != nil && !errors.Is(err, ledger.ErrBlock) && !errors.Is(err, store.ErrDamaged) {
			t.Errorf("%s: %v, want damage", test.name, err)
		}
	}
}

func TestAProofCanBeCalledOff(t *testing.T) {
	w := newWorld(t)
	w.post(false, 7, 30)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := w.archive().Prove(ctx, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Prove = %v, want context.Canceled", err)
	}
}
