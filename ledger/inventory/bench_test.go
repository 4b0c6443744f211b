package inventory_test

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// closing is a book of monthly batches, as a store keeps them.
type closing struct {
	receipts []ledger.Receipt
	metas    [][]byte
	sums     [][][]byte
}

// closingOf makes a batch for each month, with three commodities for each entity.
func closingOf(tb testing.TB, entities, months int) closing {
	tb.Helper()
	book, c := ledger.NewBook(), closing{}
	for month := range months {
		batch := ledger.Batch{}
		for e := range entities {
			id := fmt.Sprintf("Z%06dPLANT", e)
			if month == 0 {
				batch.Entities = append(batch.Entities,
					ledger.Entity{ID: id, Industry: "C3741", Area: "360104"})
			}
			for i, commodity := range []string{"diesel", "electricity", "natural-gas"} {
				batch.Sums = append(batch.Sums, ledger.Sum{Flow: ledger.Flow{Entity: id,
					Commodity: commodity, From: ledger.Supply, To: ledger.Use,
					Period: quantity.Month(2021, time.Month(month+1))}, Rows: 18,
					Total: quantity.Scaled(int64(1+e*7919+month*104729+i), 2)})
			}
		}
		batch.Receipt = ledger.Sealed(book, ledger.Receipt{Position: book.Position() + 1}, batch)
		if err := book.Commit(ledger.Batch{Receipt: batch.Receipt}); err != nil {
			tb.Fatal(err)
		}
		c.receipts, c.metas = append(c.receipts, batch.Receipt), append(c.metas, batch.Meta())
		c.sums = append(c.sums, batch.SumBlocks(1<<16))
	}
	return c
}

// load makes the book of the stored batches.
func (c closing) load(tb testing.TB) *ledger.Book {
	tb.Helper()
	batches, errs := make([]ledger.Batch, len(c.sums)), make([]error, len(c.sums))
	var wait sync.WaitGroup
	for i := range batches {
		wait.Go(func() {
			batches[i], errs[i] = ledger.Restore(c.receipts[i], c.metas[i], c.sums[i], nil)
		})
	}
	wait.Wait()
	book := ledger.NewBook()
	for i, batch := range batches {
		if errs[i] != nil {
			tb.Fatal(errs[i])
		}
		if err := book.Commit(batch); err != nil {
			tb.Fatal(err)
		}
	}
	return book
}

// BenchmarkMonthClose loads a book of 60 months from its blocks of sums, and adds its last month up
// by entity and scope, and all its years by scope.
func BenchmarkMonthClose(b *testing.B) {
	questions := map[string]inventory.Query{
		"month": {Period: quantity.Month(2025, 12), Measures: everything[:1],
			By: []inventory.Dimension{inventory.Entity, inventory.Scope}},
		"years": {Period: quantity.Period{First: quantity.DayOf(2021, 1, 1),
			End: quantity.DayOf(2026, 1, 1)}, Measures: everything[:1],
			By: []inventory.Dimension{inventory.Year, inventory.Scope}},
	}
	for _, entities := range []int{5_000, 30_000} {
		c := closingOf(b, entities, 60)
		name := fmt.Sprintf("%d-sums/", entities*180)
		b.Run(name+"load", func(b *testing.B) {
			for b.Loop() {
				c.load(b).Sums()
			}
		})
		s := stateOf(b, "cn-enterprise", c.load(b))
		for question, q := range questions {
			b.Run(name+question, func(b *testing.B) {
				for b.Loop() {
					build(b, s, q)
				}
			})
		}
	}
}
