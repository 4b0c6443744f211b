package format

import (
	"cmp"
	"io"
	"strconv"
	"strings"

	"github.com/mattn/go-runewidth"

	"carbonledger/internal/report"
	"carbonledger/table/workbook"
)

// XLSX prints tables as one workbook, a worksheet each; figures are numbers with the digits shown.
func XLSX(w io.Writer, tables []report.Table) error {
	names := map[string]int{}
	var answers []workbook.Form
	for _, t := range tables {
		t = t.Whole()
		answer := workbook.Form{Name: sheetName(t.Key, names), Title: t.Title, Rows: clean(t)}
		for i, column := range t.Columns {
			header := column.Title
			if column.Unit != "" {
				header += " (" + column.Unit + ")"
			}
			answer.Columns = append(answer.Columns, workbook.Column{Header: header,
				Number: column.Figures, Width: widest(answer.Rows, i)})
		}
		for _, note := range t.Notes {
			answer.Below = append(answer.Below, []string{note})
		}
		answers = append(answers, answer)
	}
	return workbook.WriteAnswers(w, answers)
}

// sheetName is the key of the table, numbered where several have it. Worksheets have names of at
// most 31 letters, and keys are shorter.
func sheetName(key string, names map[string]int) string {
	key = cmp.Or(key, "table")
	if names[key]++; names[key] > 1 {
		return key + " " + strconv.Itoa(names[key])
	}
	return key
}

// clean takes the marks of gaps off the figures; the notes tell the gaps.
func clean(t report.Table) [][]string {
	var rows [][]string
	for _, row := range append(t.Rows[:len(t.Rows):len(t.Rows)], t.Total) {
		if row == nil {
			continue
		}
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = strings.TrimSuffix(cell, " *")
		}
		rows = append(rows, cells)
	}
	return rows
}

// widest is how many letters the longest cell of a column takes, up to those of a short sentence.
func widest(rows [][]string, column int) int {
	letters := 8
	for _, row := range rows {
		letters = max(letters, runewidth.StringWidth(row[column]))
	}
	return min(letters, 48)
}
