package engine

import (
	"carbonledger/internal/report"
	"carbonledger/table"
)

// Back returns what goes back to the sender: his own rows, with the lines above them, and what is
// wrong beside each. Where nothing was posted these are all rows of the table, and only the bad
// ones where the others are in the book. It is empty where there is nothing to mend, and where
// nobody knows which rows there are.
func (i Imported) Back() report.Back {
	rows := i.sheet.Rows
	if len(rows) == 0 || hasLostRows(i.Faults) || len(i.Faults) == 0 && i.Outcome != Held {
		return report.Back{}
	}
	whole := i.Outcome == Rejected || i.Outcome == Held
	byLine := map[int][]table.Fault{}
	for _, fault := range i.Faults {
		byLine[fault.Line] = append(byLine[fault.Line], fault)
	}
	var back report.Back
	above := i.filledDown()
	for _, row := range rows {
		faults := byLine[row.Line]
		isHead := row.Line <= i.Source.HeaderLine
		for column := range above {
			if cell := row.Cell(column).Raw; cell != "" && !isHead {
				above[column] = cell
			}
		}
		if !isHead && !whole && len(faults) == 0 {
			continue
		}
		if row.Line == i.Source.HeaderLine {
			back.Header = len(back.Rows)
		}
		delete(byLine, row.Line)
		cells := i.cells(row, isHead)
		for column, cell := range above {
			if !whole && !isHead && column < len(cells) && cells[column] == "" {
				cells[column] = cell
			}
		}
		back.Rows = append(back.Rows, report.BackRow{Line: row.Line, Cells: cells, Faults: faults})
	}
	back.Faults = byLine[0]
	return back
}

// filledDown returns the columns whose blank cells stand for the cell above. A row that comes back
// alone gets that cell written in.
func (i Imported) filledDown() map[int]string {
	columns := map[int]string{}
	for _, column := range i.Dialect.Columns {
		for _, m := range i.Source.Mapping {
			if column.Fill != "" && m.Field == column.Field {
				columns[m.Column-1] = ""
			}
		}
	}
	return columns
}

// cells returns a row as written. What a merged cell spreads over is repeated where it names
// something of the row, and left empty above the rows and among the figures: there one cell is to
// be mended, and figures would count twice.
func (i Imported) cells(row table.Row, isHead bool) []string {
	cells := row.Raw()
	for at, cell := range row.Cells {
		if cell.Spread && (isHead || !i.describes(at)) {
			cells[at] = ""
		}
	}
	return cells
}

// describes says whether a column gives a field and no figure.
func (i Imported) describes(column int) bool {
	for _, m := range i.Source.Mapping {
		if m.Column == column+1 {
			return m.Field != "" && m.Field != "quantity" && m.Field != "less"
		}
	}
	return false
}
