package engine

import (
	"context"
	"fmt"

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

// rows calls yield for every activity of a batch, be it stored or ahead of the store.
func (e *Engine) rows(ctx context.Context, position int, yield func(ledger.Activity)) error {
	for _, batch := range e.ahead {
		if batch.Receipt.Position == position {
			for _, a := range batch.Activities {
				yield(a)
			}
			return nil
		}
	}
	for block, err := range e.store.Blocks(ctx, position, nil) {
		if err != nil {
			return err
		}
		plain, err := block.Plain()
		if err != nil {
			return fmt.Errorf("batch %d: %w", position, err)
		}
		list, err := ledger.DecodeActivities(plain)
		if err != nil {
			return fmt.Errorf("batch %d: %w", position, err)
		}
		for _, a := range list {
			yield(a)
		}
	}
	return nil
}
