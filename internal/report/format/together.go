package format

import (
	"io"
	"slices"

	"carbonledger/internal/report"
)

// CSVTogether prints tables with different columns as one: in front the id of the table and what it
// is about, then every column that any of them has, in the order in which they come. What a table
// does not have is empty.
//
//	table,about,scenario,year,co2_tCO2,verdict,...
//	compare,,policy,2030,2047561,,...
//	verdict,,policy,,,peaked,...
func CSVTogether(w io.Writer, tables []report.Table) error {
	wide := report.Table{Columns: []report.Column{{Key: "table"}, {Key: "about"}}}
	for _, t := range tables {
		for _, column := range t.Columns {
			if placeOf(wide, column) < 0 {
				wide.Columns = append(wide.Columns, column)
			}
		}
	}
	for _, t := range tables {
		t = t.Whole()
		for _, row := range append(t.Rows[:len(t.Rows):len(t.Rows)], t.Total) {
			if row == nil {
				continue
			}
			cells := make([]string, len(wide.Columns))
			cells[0], cells[1] = t.Key, t.About
			for i, column := range t.Columns {
				cells[placeOf(wide, column)] = row[i]
			}
			wide.Rows = append(wide.Rows, cells)
		}
	}
	return CSV(w, wide)
}

// placeOf finds the column of a field behind the first two, of figures or of words as they are.
func placeOf(wide report.Table, column report.Column) int {
	const own = 2
	at := slices.IndexFunc(wide.Columns[own:], func(c report.Column) bool {
		return fieldOf(c) == fieldOf(column)
	})
	if at < 0 {
		return at
	}
	return own + at
}
