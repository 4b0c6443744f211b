package engine

import (
	"context"

	"carbonledger/internal/archive"
	"carbonledger/ledger"
)

// goAhead takes a batch into the book in memory that is not stored, or not yet: a preview, or a
// worksheet that the next one of its workbook stands on.
func (e *Engine) goAhead(batch ledger.Batch) error {
	if err := e.commit(batch); err != nil {
		return err
	}
	e.ahead = append(e.ahead, batch)
	return nil
}

// goBack takes the book in memory back to what is stored and the first batches that go ahead of it.
func (e *Engine) goBack(ctx context.Context, keep int) error {
	if len(e.ahead) == keep {
		return nil
	}
	kept := e.ahead[:keep]
	e.ahead = nil
	if err := e.reload(ctx); err != nil {
		return err
	}
	for _, batch := range kept {
		if err := e.goAhead(batch); err != nil {
			return err
		}
	}
	return nil
}

// archive is the rows of the book.
func (e *Engine) archive() archive.Archive {
	return archive.Archive{Store: e.store, Ahead: e.ahead}
}
