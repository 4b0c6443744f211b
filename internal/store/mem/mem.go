// Package mem is a store that lives as long as the program: for previews, demonstrations and tests.
package mem

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"carbonledger/internal/store"
)

// Store keeps records in memory.
type Store struct {
	mu      sync.Mutex
	records []store.Record
}

// New returns an empty store.
func New() *Store { return &Store{} }

// Head returns where the book stands.
func (s *Store) Head(ctx context.Context) (store.Head, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.head(), ctx.Err()
}

func (s *Store) head() store.Head {
	if len(s.records) == 0 {
		return store.Head{}
	}
	last := s.records[len(s.records)-1]
	return store.Head{Position: last.Position, Digest: last.Head}
}

// Append stores a record behind before, or returns store.ErrMoved.
func (s *Store) Append(ctx context.Context, before store.Head, r store.Record) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.head() != before || r.Position != before.Position+1 {
		return fmt.Errorf("%w: it stands at %d", store.ErrMoved, s.head().Position)
	}
	s.records = append(s.records, r)
	return nil
}

// Records returns the records of positions from..to without their blocks.
func (s *Store) Records(ctx context.Context, from, to int) ([]store.Record, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var list []store.Record
	for position := max(from, 1); position <= min(to, len(s.records)); position++ {
		r := s.records[position-1]
		r.Blocks = nil
		list = append(list, r)
	}
	return list, ctx.Err()
}

// Blocks returns the column blocks of a position.
func (s *Store) Blocks(ctx context.Context, position int) ([][]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if position < 1 || position > len(s.records) {
		return nil, fmt.Errorf("%w: no position %d", store.ErrDamaged, position)
	}
	return slices.Clone(s.records[position-1].Blocks), ctx.Err()
}

// Close does nothing.
func (s *Store) Close() error { return nil }
