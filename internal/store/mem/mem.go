// Package mem is a store that lives as long as the program: for previews, demonstrations and tests.
package mem

import (
	"bytes"
	"context"
	"fmt"
	"sync"

	"carbonledger/internal/store"
)

// Store keeps records in memory.
type Store struct {
	mu      sync.RWMutex
	records []store.Record
}

// New returns an empty store.
func New() *Store { return &Store{} }

// Head returns where the book stands.
func (s *Store) Head(ctx context.Context) (store.Head, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
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
	own := clone(r)
	own.Blocks = cloneAll(r.Blocks)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := s.head().Admit(before, r); err != nil {
		return err
	}
	s.records = append(s.records, own)
	return nil
}

// Records returns the records of positions from..to without their blocks.
func (s *Store) Records(ctx context.Context, from, to int) ([]store.Record, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	var list []store.Record
	for position := max(from, 1); position <= min(to, len(s.records)); position++ {
		list = append(list, clone(s.records[position-1]))
	}
	return list, ctx.Err()
}

// Blocks returns the column blocks of a position.
func (s *Store) Blocks(ctx context.Context, position int) ([][]byte, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if position < 1 || position > len(s.records) {
		return nil, fmt.Errorf("%w: %d; it stands at %d",
			store.ErrNoBatch, position, len(s.records))
	}
	return cloneAll(s.records[position-1].Blocks), ctx.Err()
}

// Close does nothing.
func (s *Store) Close() error { return nil }

// clone copies a record without its blocks, so that nobody else holds its bytes.
func clone(r store.Record) store.Record {
	r.Receipt, r.Meta = bytes.Clone(r.Receipt), bytes.Clone(r.Meta)
	r.Sums, r.Blocks = cloneAll(r.Sums), nil
	return r
}

func cloneAll(list [][]byte) [][]byte {
	var own [][]byte
	for _, block := range list {
		own = append(own, bytes.Clone(block))
	}
	return own
}
