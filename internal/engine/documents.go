package engine

import (
	"context"

	"carbonledger/ledger"
)

// documents knows the numbers of the documents behind every flow of the book. The rows are opened
// once, when the first question comes, and kept up with from then on.
type documents struct {
	byFlow map[ledger.Flow][]string
	err    error
}

// documentsOf returns the numbers of the documents behind a flow, an empty one for each row without
// a document. What goes wrong with the store is kept for the caller of Prepare to look at.
func (e *Engine) documentsOf(ctx context.Context) func(ledger.Flow) []string {
	return func(flow ledger.Flow) []string {
		if e.documents.byFlow == nil {
			e.documents.byFlow = map[ledger.Flow][]string{}
			e.documents.err = e.activities(ctx, e.book,
				func(_ ledger.Receipt, a ledger.Activity) { e.documents.add(a) })
		}
		return e.documents.byFlow[flow]
	}
}

func (d *documents) add(a ledger.Activity) {
	d.byFlow[a.Flow] = append(d.byFlow[a.Flow], a.Document)
}

// commit takes a batch into the book in memory, and into what is known of documents.
func (e *Engine) commit(batch ledger.Batch) error {
	if err := e.book.Commit(batch); err != nil {
		return err
	}
	switch {
	case e.documents.byFlow == nil:
	case batch.Receipt.Reverses != 0:
		e.documents = documents{}
	default:
		for _, a := range batch.Activities {
			e.documents.add(a)
		}
	}
	return nil
}
