package archive

import (
	"context"
	"fmt"

	"carbonledger/internal/store"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/seal"
)

// Checked is what a check of the whole book found.
type Checked struct {
	Batches, Rows, Flows int
	Head                 seal.Digest
}

// Check reads every batch and block of the store, proves digests and the chain of heads, rebuilds
// the sums from the rows, and balances every entry under every policy. The first damage ends it.
func Check(ctx context.Context, s store.Store) (Checked, error) {
	head, err := s.Head(ctx)
	if err != nil {
		return Checked{}, err
	}
	book, stored, checked := ledger.NewBook(), Archive{Store: s}, Checked{}
	for position := 1; position <= head.Position; position++ {
		batch, rows, err := stored.Prove(ctx, position)
		if err == nil {
			err = book.Commit(batch)
		}
		if err != nil {
			return checked, err
		}
		checked.Batches++
		checked.Rows += rows
	}
	if book.Head() != head.Digest {
		return checked, fmt.Errorf("the chain of batches ends at %s, the store says %s",
			book.Head(), head.Digest)
	}
	policies, err := ledger.Policies()
	if err != nil {
		return checked, err
	}
	library, err := inventory.LibraryOf(book)
	if err != nil {
		return checked, err
	}
	sums := book.Sums()
	for _, policy := range policies {
		reader := ledger.NewReader(policy, library, book.EntityAt)
		for sum := range sums.All() {
			if err := reader.Convert(sum.Flow, sum.Total).Check(); err != nil {
				return checked, err
			}
		}
	}
	checked.Flows, checked.Head = sums.Len(), book.Head()
	return checked, nil
}
