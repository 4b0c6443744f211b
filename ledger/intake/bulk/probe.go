package bulk

import (
	"math"
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
	row, ok := w.readable()
	if !ok {
		return false
	}
	if w.reader.IsMissing(row.Cell(lane.measure.Column).Text) {
		row.Cells[lane.measure.Column] = table.Cell{Raw: "1", Text: "1"} // any figure will do
	}
	read, told, ok := w.probe(i, row)
	if !ok || len(read) != 1 {
		return false
	}
	what, ok := whatOf(read[0], row.Cell(lane.measure.Column))
	if !ok {
		return false
	}
	w.keepBoth(lane, read[0], told)
	w.keep(lane.what, place{w.lists.what(what), told})
	return true
}

// learnGap reads the current row as the plain reader does, to find what a word in the place of its
// figure says: why there is none, or nothing where the form leaves out what does not occur.
func (w *worker) learnGap(i int) bool {
	lane := w.lanes[i]
	row, ok := w.readable()
	cell := row.Cell(lane.measure.Column)
	if !ok || !w.reader.IsMissing(cell.Text) {
		return false
	}
	read, told, ok := w.probe(i, row)
	if !ok || len(read) > 1 {
		return false
	}
	if len(read) == 0 {
		w.keep(lane.gap, place{nothing, told})
		return true
	}
	what, _, scale := ledger.WhatOf(read[0])
	if scale != column.Absent || what.Unit != cell.Raw {
		return false
	}
	w.keepBoth(lane, read[0], told)
	w.keep(lane.gap, place{w.lists.what(what), told})
	return true
}

// nothing is the place of what a cell says that says nothing.
const nothing = math.MaxUint32

// keepBoth keeps whose and when the figure of the current row is.
func (w *worker) keepBoth(lane *lane, a ledger.Activity, told bool) {
	w.keep(lane.who, place{w.lists.who(column.Who{Entity: a.Entity, Site: a.Site,
		Counterparty: a.Counterparty}), told})
	w.keep(lane.when, place{w.lists.when(column.When{First: int32(a.Period.First),
		End: int32(a.Period.End)}), told})
}

// keep keeps what the cells of a group say in the current row.
func (w *worker) keep(g *group, p place) {
	g.keep(g.key(&w.scanner, w.separator, &w.scratch), p)
}

// readable is the current row for the plain reader; false where nobody may read it here.
func (w *worker) readable() (table.Row, bool) {
	row, ok := w.decoded()
	if !ok || w.mayTurn(row) {
		w.chunk.err = ErrPlain
		return table.Row{}, false
	}
	return row, true
}

// mayTurn says whether a date of the row may be of two days, so that other rows decide on it.
func (w *worker) mayTurn(row table.Row) bool {
	return !w.dated && slices.ContainsFunc(w.times, func(column int) bool {
		return dates.YearLast.MatchString(row.Cell(column).Text)
	})
}

// probe reads a row with the figure of one lane as the first of a table. It returns false where
// that gives anything but figures; told says that the row says something besides, which is told
// once or registers an entity.
func (w *worker) probe(i int, row table.Row) (read []ledger.Activity, told, ok bool) {
	reader := w.readers[i]
	reader.Forget()
	if reader.IsTotal(row) {
		return nil, false, false
	}
	reader.Row(row)
	upload := reader.Upload()
	if !isClean(upload) || w.asksVintage(row) {
		return nil, false, false
	}
	read, told = upload.Activities, len(upload.Entities)+len(upload.Warnings) > 0
	if before := len(upload.Warnings); before > 0 {
		reader.Row(row)
		// What is not told again is told once for the file.
		if len(upload.Warnings) > before || !isClean(upload) {
			return nil, false, false
		}
	}
	return read, told, true
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
