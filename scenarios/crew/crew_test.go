package crew_test

import (
	"context"
	"errors"
	"slices"
	"sync/atomic"
	"testing"

	"carbonledger/scenarios/crew"
)

// counted is a watch that adds up.
type counted struct{ more, done atomic.Int64 }

func (c *counted) More(steps int) { c.more.Add(int64(steps)) }
func (c *counted) Done(steps int) { c.done.Add(int64(steps)) }

// TestEach: every task is done once, by any number of workers.
func TestEach(t *testing.T) {
	for _, workers := range []int{0, 1, 2, 7, 100} {
		watch := &counted{}
		ctx := crew.Watched(t.Context(), watch)
		crew.More(ctx, 50)
		done := make([]int, 50)
		err := crew.Each(ctx, workers, len(done), func(task int) {
			done[task]++
			crew.Done(ctx, 1)
		})
		if want := slices.Repeat([]int{1}, 50); err != nil || !slices.Equal(done, want) {
			t.Errorf("%d workers: %v, tasks done %v times", workers, err, done)
		}
		if more, got := watch.more.Load(), watch.done.Load(); more != 50 || got != 50 {
			t.Errorf("%d workers: the watch heard of %d steps and %d done, want 50", workers,
				more, got)
		}
	}
}

// TestEnded: once the context is done no further task is begun.
func TestEnded(t *testing.T) {
	for _, workers := range []int{1, 2, 7} {
		ctx, cancel := context.WithCancel(t.Context())
		var begun atomic.Int64
		err := crew.Each(ctx, workers, 1000, func(int) {
			if begun.Add(1) == 10 {
				cancel()
			}
			if begun.Load() >= 10 {
				<-ctx.Done()
			}
		})
		if got := begun.Load(); !errors.Is(err, context.Canceled) || got > 10+int64(workers) {
			t.Errorf("%d workers: %v after %d tasks, want the end after 10", workers, err, got)
		}
	}
}

// TestUnwatched: who is not watched tells nobody.
func TestUnwatched(t *testing.T) {
	crew.More(t.Context(), 1)
	crew.Done(t.Context(), 1)
}
