//go:build unix

package sqlite_test

import (
	"context"
	"os/signal"
	"syscall"
	"testing"

	"carbonledger/internal/store"
	"carbonledger/internal/store/storetest"
)

// faultsOfSystem are those that the operating system makes.
var faultsOfSystem = []storetest.Fault{
	{Name: "a write fails or is cut short", Open: openLimited, Passing: true},
}

// writeStep is how much more each step may write: less than a page, so that pages are torn too.
const writeStep = 2777

// openLimited opens a book during whose Append no file may grow beyond n steps. The log of a book
// that was closed begins at 0, so that is a failure at the n-th step of the log.
func openLimited(t testing.TB, place string, n int) store.Store {
	t.Helper()
	s := openAt(t, place)
	// The first look makes the shared memory, which is larger than most limits.
	if _, err := s.Head(t.Context()); err != nil {
		t.Fatalf("Head: %v", err)
	}
	return &limited{s, uint64(n * writeStep)}
}

// limited is a store whose first Append works under the limit.
type limited struct {
	store.Store
	limit uint64
}

func (l *limited) Append(ctx context.Context, before store.Head, r store.Record) error {
	if l.limit == 0 {
		return l.Store.Append(ctx, before, r)
	}
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		return err
	}
	tight := syscall.Rlimit{Cur: l.limit, Max: old.Max}
	l.limit = 0
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &tight); err != nil {
		return err
	}
	defer func() {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			panic(err)
		}
	}()
	return l.Store.Append(ctx, before, r)
}
