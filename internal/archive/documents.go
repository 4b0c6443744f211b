package archive

import (
	"context"
	"iter"

	"carbonledger/ledger"
)

// Documents know the numbers of the documents behind flows of a book: of those that were asked for,
// and of no others. The zero value knows none.
type Documents struct {
	byFlow   map[ledger.Flow][]string
	expected map[ledger.Flow]bool
}

// Expect says which flows may be asked for, so that one walk finds the documents of all of them
// when the first question comes.
func (d *Documents) Expect(flows iter.Seq[ledger.Flow]) {
	d.expected = map[ledger.Flow]bool{}
	for flow := range flows {
		d.expect(flow)
	}
}

func (d *Documents) expect(flow ledger.Flow) {
	if _, known := d.byFlow[flow]; !known {
		d.expected[flow] = true
	}
}

// Of returns the documents behind a flow of the book, an empty one for each row without a document.
func (d *Documents) Of(ctx context.Context, a Archive, book *ledger.Book, flow ledger.Flow) (
	[]string, error) {
	if list, known := d.byFlow[flow]; known {
		return list, nil
	}
	if d.expected == nil {
		d.expected = map[ledger.Flow]bool{}
	}
	d.expect(flow)
	asked, found := Asked{}, map[ledger.Flow][]string{}
	for flow := range d.expected {
		asked.Add(flow)
		found[flow] = nil
	}
	err := a.Each(ctx, book, asked, func(_ ledger.Receipt, a ledger.Activity) {
		if list, is := found[a.Flow]; is {
			found[a.Flow] = append(list, a.Document)
		}
	})
	if err != nil {
		return nil, err
	}
	if d.byFlow == nil {
		d.byFlow = map[ledger.Flow][]string{}
	}
	for flow, list := range found {
		d.byFlow[flow] = list
	}
	d.expected = nil
	return d.byFlow[flow], nil
}

// Commit keeps up with a batch that went into the book. What was known is forgotten where the batch
// takes rows back or has not its rows at hand.
func (d *Documents) Commit(batch ledger.Batch) {
	rows := batch.Receipt.Posted + batch.Receipt.Absent
	if batch.Receipt.Reverses != 0 || len(batch.Activities) != rows {
		*d = Documents{}
		return
	}
	for _, a := range batch.Activities {
		if list, known := d.byFlow[a.Flow]; known {
			d.byFlow[a.Flow] = append(list, a.Document)
		}
	}
}
