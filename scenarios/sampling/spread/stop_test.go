package spread_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/sampling/spread"
)

// stopping is a watch that ends the work after so many steps.
type stopping struct {
	after, more, done atomic.Int64
	end               context.CancelFunc
}

func (s *stopping) More(steps int) { s.more.Add(int64(steps)) }

func (s *stopping) Done(steps int) {
	if s.done.Add(int64(steps)) >= s.after.Load() {
		s.end()
	}
}

// TestStops: the end of the context is the end of the work, and no refusal of a row; left alone,
// every step that is announced is done.
func TestStops(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		q := question(t, 2030, growth+"plain,output-cap,industry,,,2025,100,%,made up,,,,\n")
		q.Workers, q.Indices, q.Samples = workers, true, 64
		ctx, cancel := context.WithCancel(t.Context())
		watch := &stopping{end: cancel}
		watch.after.Store(int64(q.Samples))
		_, err := spread.Of(crew.Watched(ctx, watch), q)
		var refused *spread.Refused
		if !errors.Is(err, context.Canceled) || errors.As(err, &refused) {
			t.Errorf("%d workers: %v, want the end of the context", workers, err)
		}
		whole := &stopping{end: func() {}}
		if _, err := spread.Of(crew.Watched(t.Context(), whole), q); err != nil {
			t.Fatal(err)
		}
		if more, done := whole.more.Load(), whole.done.Load(); more != done ||
			watch.done.Load() >= done {
			t.Errorf("%d workers: %d of %d steps done, and %d of them before the end", workers,
				done, more, watch.done.Load())
		}
	}
}
