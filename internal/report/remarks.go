package report

import (
	"slices"

	"carbonledger/table"
)

// remarksDepth is how many rows at the top are searched for the names of the columns that Back
// adds.
const remarksDepth = 40

// WithoutRemarks takes out the columns that a file of faults has beside the sender's own, and the
// guards of his cells, so that it may be mended and imported as it is and a cell goes back and
// forth as he wrote it. The columns are known by their names in either language.
func WithoutRemarks(sheet table.Sheet) table.Sheet {
	for _, row := range sheet.Rows[:min(len(sheet.Rows), remarksDepth)] {
		for _, lang := range []table.Lang{table.EN, table.ZH} {
			if columns := remarkColumns(row, Remarks(lang)); len(columns) > 1 {
				return without(sheet, columns)
			}
		}
	}
	return sheet
}

// remarkColumns finds the names in a row.
func remarkColumns(row table.Row, names []string) (columns []int) {
	for i, cell := range row.Cells {
		if slices.ContainsFunc(names, func(name string) bool {
			return table.Key(name) == table.Key(cell.Text)
		}) {
			columns = append(columns, i)
		}
	}
	return columns
}

// without empties columns, so that the others keep their numbers, takes the guards off the others,
// and drops empty ends and rows.
func without(sheet table.Sheet, columns []int) table.Sheet {
	rows := make([]table.Row, 0, len(sheet.Rows))
	for _, row := range sheet.Rows {
		row.Cells = slices.Clone(row.Cells)
		for column, cell := range row.Cells {
			row.Cells[column] = cell.Unguarded()
		}
		for _, column := range columns {
			if column < len(row.Cells) {
				row.Cells[column] = table.Cell{}
			}
		}
		for len(row.Cells) > columns[0] && row.Cells[len(row.Cells)-1] == (table.Cell{}) {
			row.Cells = row.Cells[:len(row.Cells)-1]
		}
		if !row.IsBlank() {
			rows = append(rows, row)
		}
	}
	sheet.Rows = rows
	return sheet
}
