package storetest

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync/atomic"
	"testing"

	"carbonledger/internal/store"
)

// stepsMax ends a test whose fault never ceases to strike.
const stepsMax = 2000

// testFaults lets the first step of an Append fail, then the second, until one succeeds.
func testFaults(t *testing.T, kind Kind) {
	if len(kind.Faults) == 0 {
		t.Skip("this store has no disk")
	}
	history := NewHistory(seed)
	before := []store.Record{history.Upload(50), history.Upload(50)}
	many := large(headAfter(before), 4000)
	record := history.Upload(800)
	for _, fault := range kind.Faults {
		t.Run(fault.Name, func(t *testing.T) { failsEach(t, kind, fault, before, record) })
		t.Run(fault.Name+" in a large batch", func(t *testing.T) {
			failsEach(t, kind, fault, before, many)
		})
	}
}

// large makes a record of so many blocks that a store may take another way for it.
func large(before store.Head, blockBytes int) store.Record {
	random := rand.NewChaCha8([32]byte{2})
	blocks := make([][]byte, 20)
	for i := range blocks {
		blocks[i] = make([]byte, blockBytes)
		_, _ = random.Read(blocks[i])
	}
	return raw(before, blocks, [][]byte{blocks[0]})
}

// failsEach lets each step of the Append of a record fail in turn.
func failsEach(t *testing.T, kind Kind, fault Fault, before []store.Record, record store.Record) {
	for n := 1; ; n++ {
		if n == stepsMax {
			t.Fatalf("Append still fails at step %d", n)
		}
		if !fails(t, kind, fault, n, before, record) {
			t.Logf("%d steps failed", n-1)
			if n == 1 {
				t.Errorf("no step failed")
			}
			return
		}
	}
}

// fails lets the n-th step of the Append of a record fail and checks that the book stays as it was
// and takes the record later. It returns false where Append had no n-th step.
func fails(t *testing.T, kind Kind, fault Fault, n int, before []store.Record,
	record store.Record) bool {
	at := place(t)
	s := kind.Open(t, at)
	fill(t, s, before...)
	closed(t, s)
	after := append(slices.Clip(before), record)

	s = fault.Open(t, at, n)
	err := s.Append(t.Context(), headAfter(before), record)
	if err != nil {
		same(t, s, before)
	}
	// Every other time the same store tries again, otherwise the book is opened anew.
	again := err != nil && fault.Passing && n%2 == 0
	if again {
		fill(t, s, record)
	}
	closed(t, s)
	s = open(t, kind, at)
	if err != nil && !again {
		same(t, s, before)
		fill(t, s, record)
	}
	same(t, s, after)
	return err != nil
}

func testCancel(t *testing.T, kind Kind) {
	s := open(t, kind, place(t))
	history := NewHistory(seed)
	want := []store.Record{history.Upload(50)}
	fill(t, s, want...)
	want = append(want, cancelledEach(t, s, want, history.Upload(400)))
	cancelledEach(t, s, want, large(headAfter(want), 50_000))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.Head(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("Head with a cancelled context = %v, want context.Canceled", err)
	}
	if _, err := s.Records(ctx, 1, 2); !errors.Is(err, context.Canceled) {
		t.Errorf("Records with a cancelled context = %v, want context.Canceled", err)
	}
	if _, err := Blocks(ctx, s, 1); !errors.Is(err, context.Canceled) {
		t.Errorf("Blocks with a cancelled context = %v, want context.Canceled", err)
	}
}

// cancelledEach calls off the Append of a record at every place where the store looks, and then
// lets it be done.
func cancelledEach(t *testing.T, s store.Store, want []store.Record, record store.Record) (
	stored store.Record) {
	t.Helper()
	for n := 1; ; n++ {
		if n == stepsMax {
			t.Fatalf("Append is still cancelled at look %d", n)
		}
		ctx := cancelledAt(t.Context(), n)
		err := s.Append(ctx, headAfter(want), record)
		ctx.cancel()
		if err == nil {
			if n == 1 {
				t.Errorf("Append does not look at its context")
			}
			t.Logf("cancelled at %d looks", n-1)
			break
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("Append cancelled at look %d = %v, want context.Canceled", n, err)
		}
		same(t, s, want)
	}
	same(t, s, append(want, record))
	return record
}

// looked is a context that is cancelled when somebody looks at it for the n-th time, so that a test
// reaches every place where an Append can be called off.
type looked struct {
	context.Context
	cancel context.CancelFunc
	left   *atomic.Int64
}

func cancelledAt(parent context.Context, n int) looked {
	ctx, cancel := context.WithCancel(parent)
	left := &atomic.Int64{}
	left.Store(int64(n))
	return looked{ctx, cancel, left}
}

// Done counts as a look.
func (l looked) Done() <-chan struct{} {
	l.look()
	return l.Context.Done()
}

// Err counts as a look.
func (l looked) Err() error {
	l.look()
	return l.Context.Err()
}

func (l looked) look() {
	if l.left.Add(-1) == 0 {
		l.cancel()
	}
}
