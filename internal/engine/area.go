package engine

import (
	"carbonledger/ledger"
	"carbonledger/table"
)

// placeless notes each entity that has figures in a batch and an area neither in it nor in the
// book: a figure that needs a factor of the area would be a gap of every inventory.
func placeless(book *ledger.Book, batch ledger.Batch) (notes []table.Fault) {
	known := map[string]bool{}
	for _, e := range batch.Entities {
		known[e.ID] = known[e.ID] || e.Area != ""
	}
	told := map[string]bool{}
	for _, a := range batch.Activities {
		if known[a.Entity] || told[a.Entity] || !a.Absence.HasFigure() {
			continue
		}
		if told[a.Entity] = true; areaOf(book, a.Entity) != "" {
			continue
		}
		notes = append(notes, table.Fault{File: batch.Receipt.File, Line: a.Line,
			Code: "entity.area", Args: []string{a.Entity}})
	}
	return notes
}

func areaOf(book *ledger.Book, entity string) string {
	e, _ := book.Entity(entity)
	return e.Area
}
