// Package mem is a store that lives as long as the program: for previews, demonstrations and tests.
package mem

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"

	"carbonledger/internal/store"
)

// Store keeps records in memory, their blocks packed.
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

// Append stores a record behind before, or returns store.ErrMoved. The blocks are kept packed.
func (s *Store) Append(ctx context.Context, before store.Head, r store.Record) error {
	own := clone(r)
	blocks := store.List{}
	for block, err := range r.Rows().All() {
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		blocks = append(blocks, cloneBlock(block))
	}
	own.Blocks = blocks
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

// Blocks yields the blocks of a position whose index is wanted.
func (s *Store) Blocks(ctx context.Context, position int, want store.Want) iter.Seq2[
	store.Packed, error] {
	return func(yield func(store.Packed, error) bool) {
		list, err := s.rows(position)
		if err := errors.Join(err, ctx.Err()); err != nil {
			yield(store.Packed{}, err)
			return
		}
		for block := range list.All() {
			if want != nil && !want(bytes.Clone(block.Index)) {
				continue
			}
			if err := ctx.Err(); !yield(cloneBlock(block), err) || err != nil {
				return
			}
		}
	}
}

func (s *Store) rows(position int) (store.List, error) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if position < 1 || position > len(s.records) {
		return nil, fmt.Errorf("%w: %d; it stands at %d",
			store.ErrNoBatch, position, len(s.records))
	}
	list, _ := s.records[position-1].Blocks.(store.List)
	return list, nil
}

// Close does nothing.
func (s *Store) Close() error { return nil }

// clone copies a record without its blocks, so that nobody else holds its bytes.
func clone(r store.Record) store.Record {
	r.Receipt, r.Meta, r.Blocks = bytes.Clone(r.Receipt), bytes.Clone(r.Meta), nil
	var sums [][]byte
	for _, block := range r.Sums {
		sums = append(sums, bytes.Clone(block))
	}
	r.Sums = sums
	return r
}

func cloneBlock(p store.Packed) store.Packed {
	p.Index, p.Body = bytes.Clone(p.Index), bytes.Clone(p.Body)
	return p
}
