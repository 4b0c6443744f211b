package archive

import (
	"context"
	"slices"

	"carbonledger/ledger"
)

// Export calls yield for every activity that stands, in the order of posting. A cumulative report
// gives the span it adds to the one before it, once.
func (a Archive) Export(ctx context.Context, book *ledger.Book,
	yield func(ledger.Receipt, ledger.Activity)) error {
	shares, totals := book.Shares(), map[ledger.Flow]ledger.Sum{}
	if slices.ContainsFunc(book.Receipts(), func(r ledger.Receipt) bool { return r.Cumulative }) {
		for sum := range book.Sums().All() {
			totals[sum.Flow] = sum
		}
	}
	return a.Each(ctx, book, nil, func(receipt ledger.Receipt, a ledger.Activity) {
		for _, share := range shares(receipt.Position, a.Flow) {
			switch sum, left := totals[share.Flow]; {
			case share.Flow == a.Flow && !share.Less:
				yield(receipt, a)
			case left && !share.Less:
				a.Flow, a.Number = share.Flow, sum.Total
				delete(totals, share.Flow)
				yield(receipt, a)
			}
		}
	})
}
