package bulk

import (
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/intake/dates"
	"carbonledger/table"
)

// learn reads the current row as the plain reader does, to find what its cells say. Where that is
// one figure and nothing else, every group of cells is known from then on.
func (w *worker) learn(i int) bool {
	lane := w.lanes[i]
	row, ok := w.decoded()
	if !ok || w.mayTurn(row) {
		w.chunk.err = ErrPlain
		return false
	}
	if row.Cell(lane.measure.Column).Text == "" {
		row.Cells[lane.measure.Column] = table.Cell{Raw: "1", Text: "1"} // any figure will do
	}
	a, told, ok := w.probe(lane, row)
	if !ok {
		return false
	}
	said, ok := whatOf(a, row.Cell(lane.measure.Column))
	if !ok {
		return false
	}
	who := w.lists.who(column.Who{Entity: a.Entity, Site: a.Site, Counterparty: a.Counterparty})
	when := w.lists.when(column.When{First: int32(a.Period.First), End: int32(a.Period.End)})
	what := w.lists.what(said)
	for i, g := range []*group{lane.who, lane.when, lane.what} {
		key := g.key(&w.scanner, w.separator, &w.scratch)
		g.keep(key, place{[]uint32{who, when, what}[i], told})
	}
	return true
}

// mayTurn says whether a date of the row may be of two days, so that other rows decide on it.
func (w *worker) mayTurn(row table.Row) bool {
	return !w.dated && slices.ContainsFunc(w.times, func(column int) bool {
		return dates.YearLast.MatchString(row.Cell(column).Text)
	})
}

// probe reads a row with the figure of one lane as the first of a table. It returns false where
// that gives anything but one figure; told says that the row says something besides, which is told
// once or registers an entity.
func (w *worker) probe(lane *lane, row table.Row) (a ledger.Activity, told, ok bool) {
	if len(w.lanes) > 1 {
		row.Cells = slices.Clone(row.Cells)
		for _, other := range w.lanes {
			if other != lane {
				row.Cells[other.measure.Column] = table.Cell{}
			}
		}
	}
	w.reader.Forget()
	if w.reader.IsTotal(row) {
		return a, false, false
	}
	w.reader.Row(row)
	upload := w.reader.Upload()
	if len(upload.Activities) != 1 || !isClean(upload) || w.asksVintage(row) {
		return a, false, false
	}
	a, told = upload.Activities[0], len(upload.Entities)+len(upload.Warnings) > 0
	if before := len(upload.Warnings); before > 0 {
		w.reader.Row(row)
		// What is not told again is told once for the file.
		if len(upload.Warnings) > before || !isClean(upload) {
			return a, false, false
		}
	}
	return a, told, true
}

// isClean says whether nothing but figures, warnings and entities was read.
func isClean(u *ledger.Upload) bool {
	return len(u.Faults)+len(u.Lost)+len(u.Statements)+len(u.Assertions) == 0
}

// asksVintage says whether the row has a day of publication, which may take its year from other
// cells.
func (w *worker) asksVintage(row table.Row) bool {
	return w.vintage >= 0 && row.Cell(w.vintage).Text != ""
}

// whatOf returns what an activity says besides whose it is and when, where its number is the figure
// of the cell times the book units in its unit.
func whatOf(a ledger.Activity, cell table.Cell) (column.What, bool) {
	what, figure, scale := ledger.WhatOf(a)
	if scale == column.Explicit || a.PerUnit.Sign() <= 0 {
		return what, false
	}
	for len(what.Unit) > 1 && what.Unit[1] == ' ' {
		what.Unit = what.Unit[1:] // the blanks behind this figure
	}
	written, digits, ok := column.ReadFigure(cell.Text)
	return what, ok && written == figure && digits == scale
}
