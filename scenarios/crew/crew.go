// Package crew shares tasks out to workers. Which worker does which task, and when, is left open;
// so each task writes to a place of its own, and what comes out does not depend on how many there
// are.
//
// Whoever waits can watch: long work says how many steps it expects and which are done.
package crew

import (
	"context"
	"sync"
	"sync/atomic"
)

// Each lets so many workers do tasks 0 to tasks-1; fewer than one count as one. Once the context
// is done no further task is begun, and its error is returned.
func Each(ctx context.Context, workers, tasks int, do func(task int)) error {
	return With(ctx, workers, tasks, func() func(int) { return do })
}

// With is Each for workers who need something of their own: each calls start once.
func With(ctx context.Context, workers, tasks int, start func() func(task int)) error {
	var next atomic.Int64
	var all sync.WaitGroup
	for range max(1, min(workers, tasks)) {
		all.Go(func() {
			do := start()
			for ctx.Err() == nil {
				task := int(next.Add(1)) - 1
				if task >= tasks {
					return
				}
				do(task)
			}
		})
	}
	all.Wait()
	return ctx.Err()
}

// Watch is told about long work, by several workers at once: how many steps more there are to do,
// and how many are done.
type Watch interface {
	More(steps int)
	Done(steps int)
}

type watchKey struct{}

// Watched is a context whose work is watched.
func Watched(ctx context.Context, by Watch) context.Context {
	return context.WithValue(ctx, watchKey{}, by)
}

// More says that so many steps are to be done.
func More(ctx context.Context, steps int) {
	if watch, ok := ctx.Value(watchKey{}).(Watch); ok {
		watch.More(steps)
	}
}

// Done says that so many steps are done.
func Done(ctx context.Context, steps int) {
	if watch, ok := ctx.Value(watchKey{}).(Watch); ok {
		watch.Done(steps)
	}
}
