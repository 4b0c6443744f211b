// Package format prints a report.Table: for people, for spreadsheets, for programs. A format
// computes nothing.
package format

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/mattn/go-runewidth"

	"carbonledger/internal/report"
	"carbonledger/table"
)

// Format prints tables.
type Format struct {
	ID string
	// Write prints a table by itself.
	Write func(w io.Writer, t report.Table) error
	// Whole prints all tables of an answer at once; nil where they may follow one another.
	Whole func(w io.Writer, tables []report.Table) error
	// Together prints an answer that may have several tables, for programs: in one document with
	// the id of each table; nil where Whole or Write does it.
	Together func(w io.Writer, tables []report.Table) error
}

// Formats lists the output formats; a new one is a file and a line here.
var Formats = []Format{
	{ID: "table", Write: Text},
	{ID: "csv", Write: CSV, Together: CSVTogether},
	{ID: "json", Write: JSON, Together: JSONTogether},
	{ID: "xlsx", Whole: XLSX, Write: func(w io.Writer, t report.Table) error {
		return XLSX(w, []report.Table{t})
	}},
}

// ByID returns a format or says which there are.
func ByID(id string) (Format, error) {
	var ids []string
	for _, f := range Formats {
		if f.ID == id {
			return f, nil
		}
		ids = append(ids, f.ID)
	}
	return Format{}, fmt.Errorf("no output format %q; there are %s", id, strings.Join(ids, ", "))
}

// Text prints aligned columns; a Chinese character takes two places.
func Text(w io.Writer, t report.Table) error {
	t = t.Whole()
	header := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		header[i] = column.Title
		if column.Unit != "" {
			header[i] += " (" + column.Unit + ")"
		}
	}
	rows := append([][]string{header}, t.Rows...)
	if t.Total != nil {
		rows = append(rows, t.Total)
	}
	rows = grouped(rows, t.Columns)
	widths := make([]int, len(header))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], runewidth.StringWidth(cell))
		}
	}
	var out strings.Builder
	if t.Title != "" {
		out.WriteString(t.Title + "\n")
	}
	for i, row := range rows {
		if i == 1 || t.Total != nil && i == len(rows)-1 {
			out.WriteString(rule(widths))
		}
		out.WriteString(line(row, widths, t.Columns))
	}
	for _, note := range t.Notes {
		out.WriteString(note + "\n")
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// grouped marks thousands in the cells of figure columns.
func grouped(rows [][]string, columns []report.Column) [][]string {
	marked := [][]string{rows[0]}
	for _, row := range rows[1:] {
		cells := append([]string{}, row...)
		for i := range cells {
			if columns[i].Figures {
				cells[i] = columns[i].Read(cells[i])
			}
		}
		marked = append(marked, cells)
	}
	return marked
}

func rule(widths []int) string {
	parts := make([]string, len(widths))
	for i, width := range widths {
		parts[i] = strings.Repeat("-", width)
	}
	return strings.Join(parts, "  ") + "\n"
}

func line(row []string, widths []int, columns []report.Column) string {
	parts := make([]string, len(row))
	for i, cell := range row {
		pad := strings.Repeat(" ", widths[i]-runewidth.StringWidth(cell))
		if columns[i].Figures {
			parts[i] = pad + cell
		} else {
			parts[i] = cell + pad
		}
	}
	return strings.TrimRight(strings.Join(parts, "  "), " ") + "\n"
}

// CSV prints header, rows and total as comma-separated values in UTF-8, for programs. A cell that a
// spreadsheet would take for a formula has an apostrophe before it.
func CSV(w io.Writer, t report.Table) error {
	if t.Body == nil {
		return writeCSV(csv.NewWriter(w), t, table.GuardFormula)
	}
	head := t
	head.Total = nil
	if err := writeCSV(csv.NewWriter(w), head, table.GuardFormula); err != nil {
		return err
	}
	if err := longCSV(w, t); err != nil || t.Total == nil {
		return err
	}
	return writeRows(csv.NewWriter(w), t, [][]string{t.Total}, table.GuardFormula)
}

// Spreadsheet prints the same as Chinese spreadsheets open it: UTF-8 with BOM, CRLF, and every cell
// that one would show otherwise than it is written guarded by a tab.
func Spreadsheet(w io.Writer, t report.Table) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	writer := csv.NewWriter(w)
	writer.UseCRLF = true
	return writeCSV(writer, t.Whole(), table.Guard)
}

// writeCSV puts units into the header and guards every cell that is no figure.
func writeCSV(writer *csv.Writer, t report.Table, guard func(string) string) error {
	header := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		header[i] = fieldOf(column)
	}
	rows := append([][]string{header}, t.Rows...)
	if t.Total != nil {
		rows = append(rows, t.Total)
	}
	return writeRows(writer, t, rows, guard)
}

// fieldOf is the name of a column in CSV: key and unit.
func fieldOf(c report.Column) string {
	if c.Unit == "" {
		return c.Key
	}
	return c.Key + "_" + c.Unit
}

func writeRows(writer *csv.Writer, t report.Table, rows [][]string,
	guard func(string) string) error {
	for _, row := range rows {
		safe := make([]string, len(row))
		for i, cell := range row {
			if safe[i] = strings.TrimSuffix(cell, " *"); !t.Columns[i].Figures {
				safe[i] = guard(cell)
			}
		}
		if err := writer.Write(safe); err != nil {
			return err
		}
	}
	writer.Flush()
	return writer.Error()
}

// JSON prints one object; figures are decimal strings, gaps are told by an asterisk in the text
// formats and by the notes here. What the rows are about goes along whole as records.
func JSON(w io.Writer, t report.Table) error { return encode(w, objectOf(t)) }

// JSONTogether prints one object that lists the objects of JSON, whether there is one or several.
func JSONTogether(w io.Writer, tables []report.Table) error {
	answer := struct {
		Tables []object `json:"tables"`
	}{[]object{}}
	for _, t := range tables {
		answer.Tables = append(answer.Tables, objectOf(t))
	}
	return encode(w, answer)
}

func encode(w io.Writer, answer any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(answer)
}

// object is a table in JSON.
type object struct {
	Report  string              `json:"report"`
	About   string              `json:"about,omitempty"`
	Title   string              `json:"title"`
	Columns []map[string]string `json:"columns"`
	Rows    []map[string]string `json:"rows"`
	Total   map[string]string   `json:"total,omitempty"`
	Notes   []string            `json:"notes"`
	Records []any               `json:"records,omitempty"`
	Remarks []report.Remark     `json:"remarks,omitempty"`
}

func objectOf(t report.Table) object {
	t = t.Whole()
	answer := object{Report: t.Key, About: t.About, Title: t.Title, Rows: []map[string]string{},
		Notes: append([]string{}, t.Notes...), Records: t.Records, Remarks: t.Remarks}
	for _, column := range t.Columns {
		answer.Columns = append(answer.Columns,
			map[string]string{"key": column.Key, "title": column.Title, "unit": column.Unit})
	}
	for _, row := range t.Rows {
		answer.Rows = append(answer.Rows, named(row, t.Columns))
	}
	if t.Total != nil {
		answer.Total = named(t.Total, t.Columns)
	}
	return answer
}

func named(row []string, columns []report.Column) map[string]string {
	cells := map[string]string{}
	for i, cell := range row {
		cells[columns[i].Key] = strings.TrimSuffix(cell, " *")
	}
	return cells
}
