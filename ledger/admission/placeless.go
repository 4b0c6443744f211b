package admission

import (
	"cmp"
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/tally"
	"carbonledger/table"
)

// Placeless notes each entity that has figures in a batch and an area neither in it nor in the
// book: a figure that needs a factor of the area would be a gap of every inventory. The line is the
// first of those of its largest figures.
func Placeless(book *ledger.Book, batch ledger.Batch, tallies tally.Tallies) (
	notes []table.Fault) {
	known := map[string]bool{}
	for _, e := range batch.Entities {
		known[e.ID] = known[e.ID] || e.Area != ""
	}
	placed := make([]bool, len(tallies.Whos))
	for i, who := range tallies.Whos {
		placed[i] = known[who.Entity] || areaOf(book, who.Entity) != ""
	}
	if !slices.Contains(placed, false) {
		return nil
	}
	lines := map[string]int{}
	for i := range tallies.List {
		one := &tallies.List[i]
		if placed[one.Who] || !ledger.Absence(tallies.Whats[one.What].Absence).HasFigure() {
			continue
		}
		entity := tallies.Whos[one.Who].Entity
		if line, told := lines[entity]; !told || int(one.Line) < line {
			lines[entity] = int(one.Line)
		}
	}
	for entity, line := range lines {
		notes = append(notes, table.Fault{File: batch.Receipt.File, Line: line,
			Code: "entity.area", Args: []string{entity}})
	}
	slices.SortFunc(notes, func(f, g table.Fault) int {
		return cmp.Or(f.Line-g.Line, cmp.Compare(f.Args[0], g.Args[0]))
	})
	return notes
}

func areaOf(book *ledger.Book, entity string) string {
	e, _ := book.Entity(entity)
	return e.Area
}
