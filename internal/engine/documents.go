package engine

import (
	"context"

	"carbonledger/ledger"
)

// documentsOf returns the numbers of the documents behind a flow, an empty one for each row without
// a document; the flows that an upload may ask for are found in one walk. What goes wrong with the
// store is kept for the caller of Prepare to look at.
func (e *Engine) documentsOf(ctx context.Context, upload ledger.Upload) (
	documents func(ledger.Flow) []string, failed *error) {
	e.documents.Expect(func(yield func(ledger.Flow) bool) {
		for _, a := range upload.Activities {
			if _, ok := e.book.Sum(a.Flow); ok && a.Document != "" && !yield(a.Flow) {
				return
			}
		}
	})
	failed = new(error)
	return func(flow ledger.Flow) []string {
		if *failed != nil {
			return nil
		}
		var list []string
		list, *failed = e.documents.Of(ctx, e.archive(), e.book, flow)
		return list
	}, failed
}

// commit takes a batch into the book in memory, and into what is known of documents.
func (e *Engine) commit(batch ledger.Batch) error {
	if err := e.book.Commit(batch); err != nil {
		return err
	}
	e.documents.Commit(batch)
	return nil
}
