// Package engine is what a user can ask for: preview and post an upload, reverse it, read
// inventories and intensities, explain a figure, project and compare scenarios, check the book.
//
// It loads the book from a store, lets the core work, and stores what the core made. Durable first,
// then in memory; nothing it returns is rounded.
package engine

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"carbonledger/factors"
	"carbonledger/internal/archive"
	"carbonledger/internal/store"
	"carbonledger/internal/store/mem"
	"carbonledger/internal/store/sqlite"
	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/inventory"
)

// Memory is the name of a book that is thrown away.
const Memory = ":memory:"

// Engine answers for one book.
type Engine struct {
	path    string
	store   store.Store
	book    *ledger.Book
	library *factors.Library
	// ahead are batches of the book in memory that are not stored: previews.
	ahead     []ledger.Batch
	documents archive.Documents
}

// Open opens a book by its path; a book that is only read must exist.
func Open(ctx context.Context, path string, readOnly bool) (*Engine, error) {
	var s store.Store
	var err error
	switch {
	case path == Memory:
		s = mem.New()
	case readOnly:
		s, err = sqlite.OpenReadOnly(ctx, path)
	default:
		s, err = sqlite.Open(ctx, path)
	}
	if err != nil {
		return nil, err
	}
	e := &Engine{path: path, store: s}
	if err := e.reload(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return e, nil
}

// ReadAhead reads what comes with the program and a command will ask for: the factors, those of
// policies, and the dialects where it takes files. Called beside Open, it uses the time in which
// the book is read. Each thing is read once, so that whoever asks for it waits for it here, or is
// told there what is wrong.
func ReadAhead(policies []string, files bool) {
	if files {
		go dialects.All()
	}
	library, err := factors.Open()
	if err != nil {
		return
	}
	for _, name := range policies {
		policy, err := ledger.PolicyByID(name)
		if err != nil {
			continue
		}
		for _, id := range policy.Sets() {
			library.Set(id)
		}
	}
}

// Close closes the store.
func (e *Engine) Close() error { return e.store.Close() }

// Book returns the book as it stands.
func (e *Engine) Book() *ledger.Book { return e.book }

// Library returns the factors, the user's own among them.
func (e *Engine) Library() *factors.Library { return e.library }

// reload makes book and library from the store.
func (e *Engine) reload(ctx context.Context) error {
	book, err := e.bookAt(ctx, 0)
	if err != nil {
		return err
	}
	e.book, e.documents = book, archive.Documents{}
	e.library, err = inventory.LibraryOf(book)
	return err
}

// bookAt makes the book of the first batches; position 0 stands for all of them.
func (e *Engine) bookAt(ctx context.Context, position int) (*ledger.Book, error) {
	head, err := e.store.Head(ctx)
	if err != nil {
		return nil, err
	}
	if position == 0 {
		position = head.Position
	}
	if position < 0 || position > head.Position {
		return nil, fmt.Errorf("the book stands at position %d; there is no position %d",
			head.Position, position)
	}
	records, err := e.store.Records(ctx, 1, position)
	if err != nil {
		return nil, err
	}
	book := ledger.NewBook()
	batches, errs := make([]ledger.Batch, len(records)), make([]error, len(records))
	var wait sync.WaitGroup
	for i, record := range records {
		wait.Go(func() { batches[i], errs[i] = record.Batch(nil) })
	}
	wait.Wait()
	for i, batch := range batches {
		if errs[i] != nil {
			return nil, errs[i]
		}
		if err := book.Commit(batch); err != nil {
			return nil, err
		}
	}
	return book, nil
}

// state returns the book at a position (0: as it stands) under a policy.
func (e *Engine) state(ctx context.Context, policy ledger.Policy, position int) (
	inventory.State, error) {
	if position == 0 || position == e.book.Position() {
		return inventory.State{Book: e.book, Policy: policy, Library: e.library}, nil
	}
	book, err := e.bookAt(ctx, position)
	if err != nil {
		return inventory.State{}, err
	}
	library, err := inventory.LibraryOf(book)
	return inventory.State{Book: book, Policy: policy, Library: library}, err
}

// namesOf returns the names of a commodity in Chinese and English.
func (e *Engine) namesOf(id string) (zh, en string) {
	commodity, _ := e.library.Catalogue.ByID(id)
	return commodity.NameZH, commodity.NameEN
}

// unitOf names the book unit of a commodity.
func (e *Engine) unitOf(id string) string {
	commodity, _ := e.library.Catalogue.ByID(id)
	return commodity.Unit.Symbol
}
