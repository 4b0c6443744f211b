package storetest

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"carbonledger/internal/store"
	"carbonledger/ledger/seal"
)

func testStale(t *testing.T, kind Kind) {
	s := open(t, kind, place(t))
	history := NewHistory(seed)
	want := []store.Record{history.Next(20), history.Next(20)}
	fill(t, s, want...)
	head := headAfter(want)
	third := history.Next(20)
	for name, before := range map[string]store.Head{
		"the empty book": {},
		"an old head":    headAfter(want[:1]),
		"another digest": {Position: head.Position, Digest: seal.Bytes(nil)},
		"another number": {Position: head.Position + 1, Digest: head.Digest},
	} {
		r := third
		r.Position = before.Position + 1
		if err := s.Append(t.Context(), before, r); !errors.Is(err, store.ErrMoved) {
			t.Errorf("Append behind %s = %v, want ErrMoved", name, err)
		}
	}
	if err := s.Append(t.Context(), head, want[1]); !errors.Is(err, store.ErrMoved) {
		t.Errorf("Append of batch 2 behind batch 2 = %v, want ErrMoved", err)
	}
	same(t, s, want)
	fill(t, s, third)
}

func testTwoWriters(t *testing.T, kind Kind) {
	at := place(t)
	stores := []store.Store{open(t, kind, at), open(t, kind, at)}
	var want []store.Record
	for round := range 10 {
		before := headAfter(want)
		records := make([]store.Record, 6)
		errs := make([]error, len(records))
		var group sync.WaitGroup
		for i := range records {
			records[i] = raw(before, [][]byte{fmt.Append(nil, round, i)}, nil)
			group.Go(func() {
				errs[i] = stores[i%len(stores)].Append(t.Context(), before, records[i])
			})
		}
		group.Wait()
		won := 0
		for i, err := range errs {
			switch {
			case err == nil:
				won++
				want = append(want, records[i])
			case !errors.Is(err, store.ErrMoved):
				t.Errorf("round %d: Append = %v, want ErrMoved", round, err)
			}
		}
		if won != 1 {
			t.Fatalf("round %d: %d writers of %d won, want 1", round, won, len(records))
		}
	}
	same(t, stores[0], want)
	same(t, stores[1], want)
}

func testChain(t *testing.T, kind Kind) {
	const writers, batches = 4, 10
	at := place(t)
	var group sync.WaitGroup
	for writer := range writers {
		s := open(t, kind, at)
		group.Go(func() {
			for written := 0; written < batches; {
				head, err := s.Head(t.Context())
				if err == nil {
					block := fmt.Append(nil, writer, written)
					err = s.Append(t.Context(), head, raw(head, [][]byte{block}, nil))
				}
				switch {
				case err == nil:
					written++
				case !errors.Is(err, store.ErrMoved):
					t.Errorf("writer %d: %v", writer, err)
					return
				}
			}
		})
	}
	group.Wait()
	s := open(t, kind, at)
	records, err := s.Records(t.Context(), 1, writers*batches+1)
	if err != nil || len(records) != writers*batches {
		t.Fatalf("Records = %d, %v, want %d", len(records), err, writers*batches)
	}
	for i, r := range records {
		if r.Blocks, err = Blocks(t.Context(), s, i+1); err != nil {
			t.Fatalf("Blocks(%d): %v", i+1, err)
		}
		blocks, err := Plain(r)
		if err != nil {
			t.Fatalf("batch %d: %v", i+1, err)
		}
		if want := raw(headAfter(records[:i]), blocks, nil); r.Head != want.Head {
			t.Fatalf("head after batch %d = %s, want %s", i+1, r.Head, want.Head)
		}
	}
}

func testReadWhileWriting(t *testing.T, kind Kind) {
	const batches = 40
	at := place(t)
	history := NewHistory(seed)
	want := make([]store.Record, batches)
	for i := range want {
		want[i] = history.Next(60)
	}
	var finished atomic.Bool
	var group sync.WaitGroup
	for reader := range 3 {
		s := open(t, kind, at)
		group.Go(func() {
			for turn := 0; !finished.Load() || turn == 0; turn++ {
				if err := readWhole(t, s, want, reader+turn); err != nil {
					t.Errorf("reader %d: %v", reader, err)
					return
				}
			}
		})
	}
	fill(t, open(t, kind, at), want...)
	finished.Store(true)
	group.Wait()
}

// readWhole reads the book as it stands and one batch of it with its rows.
func readWhole(t testing.TB, s store.Store, want []store.Record, turn int) error {
	head, err := s.Head(t.Context())
	if err != nil {
		return err
	}
	if head != headAfter(want[:head.Position]) {
		return fmt.Errorf("it stands at %v, want %v", head, headAfter(want[:head.Position]))
	}
	got, err := s.Records(t.Context(), 1, head.Position)
	if err != nil || len(got) != head.Position {
		return fmt.Errorf("%d records, %v, want %d", len(got), err, head.Position)
	}
	if head.Position == 0 {
		return nil
	}
	i := turn % head.Position
	if got[i].Blocks, err = Blocks(t.Context(), s, i+1); err != nil {
		return err
	}
	if diff := difference(got[i], want[i]); diff != "" {
		return fmt.Errorf("batch %d: %s", i+1, diff)
	}
	return nil
}
