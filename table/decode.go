package table

import (
	"bytes"
	"errors"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/gocarina/gocsv"
	"github.com/pelletier/go-toml/v2"
)

// Record is a typed row with its place, so that a later check can still point at the cell.
type Record[T any] struct {
	Line  int
	Value T

	header Row
}

// Column returns the place of a named column in the file the record stands in, counted from 1, and
// 0 where the file does not have it.
func (r Record[T]) Column(name string) int {
	return 1 + slices.IndexFunc(r.header.Cells, func(c Cell) bool { return c.Text == name })
}

// Decode reads one of the small files this project defines into structs whose string fields carry
// `csv:"name"` tags. A tag with `,omitempty` marks a column that may be left out; all others must
// be in the header, and no column may be unknown or stand twice. Cells are folded.
func Decode[T any](file string, data []byte) ([]Record[T], []Fault) {
	return decodeInto[T](file, data, func(c Cell) string { return c.Text })
}

// DecodeRaw is Decode with cells as written, for texts that people read.
func DecodeRaw[T any](file string, data []byte) ([]Record[T], []Fault) {
	return decodeInto[T](file, data, func(c Cell) string { return c.Raw })
}

func decodeInto[T any](file string, data []byte, cell func(Cell) string) (
	[]Record[T], []Fault) {
	sheet, faults := Read(file, data)
	if len(faults) > 0 {
		return nil, faults
	}
	header := sheet.Rows[0]
	faults = append(checkHeader(file, header, columnsOf[T]()), checkWidth(sheet)...)
	if len(faults) > 0 {
		return nil, faults
	}
	var values []T
	if err := gocsv.UnmarshalCSV(&records{rows: sheet.Rows, cell: cell}, &values); err != nil {
		if errors.Is(err, gocsv.ErrEmptyCSVFile) {
			return nil, nil
		}
		return nil, []Fault{{File: file, Code: "document.syntax", Args: []string{err.Error()}}}
	}
	typed := make([]Record[T], len(values))
	for i, value := range values {
		typed[i] = Record[T]{Line: sheet.Rows[i+1].Line, Value: value, header: header}
	}
	return typed, nil
}

// Column returns the place of a named column of T, counted from 1, in the order of its fields.
func Column[T any](name string) int {
	for i, column := range columnsOf[T]() {
		if column.name == name {
			return i + 1
		}
	}
	return 0
}

// Columns returns the column names of T in the order of its fields.
func Columns[T any]() []string {
	var names []string
	for _, column := range columnsOf[T]() {
		names = append(names, column.name)
	}
	return names
}

type column struct {
	name     string
	required bool
}

func columnsOf[T any]() []column {
	var columns []column
	fields := reflect.TypeFor[T]()
	for i := range fields.NumField() {
		tag, ok := fields.Field(i).Tag.Lookup("csv")
		if !ok {
			continue
		}
		name, options, _ := strings.Cut(tag, ",")
		columns = append(columns, column{name, !strings.Contains(options, "omitempty")})
	}
	return columns
}

func checkHeader(file string, header Row, wanted []column) (faults []Fault) {
	known, found := map[string]bool{}, map[string]bool{}
	var names, missing []string
	for _, column := range wanted {
		known[column.name] = true
		names = append(names, column.name)
	}
	for i, cell := range header.Cells {
		fault := Fault{File: file, Line: header.Line, Column: i + 1, Cell: cell.Raw}
		switch {
		case !known[cell.Text]:
			fault.Code, fault.Args = "header.unknown", []string{strings.Join(names, ",")}
			faults = append(faults, fault)
		case found[cell.Text]:
			fault.Code = "header.twice"
			faults = append(faults, fault)
		}
		found[cell.Text] = true
	}
	for _, column := range wanted {
		if column.required && !found[column.name] {
			missing = append(missing, column.name)
		}
	}
	if len(missing) > 0 {
		faults = append(faults, Fault{File: file, Line: header.Line, Code: "header.missing",
			Args: []string{strings.Join(missing, ",")}})
	}
	return faults
}

// checkWidth finds cells to the right of the header: most often a comma that should be quoted has
// moved the rest of the row, and reading on would put cells into the wrong columns.
func checkWidth(sheet Sheet) (faults []Fault) {
	width := len(sheet.Rows[0].Cells)
	for _, row := range sheet.Rows[1:] {
		for i := width; i < len(row.Cells); i++ {
			if cell := row.Cells[i]; cell.Text != "" {
				faults = append(faults, Fault{File: sheet.File, Line: row.Line, Column: i + 1,
					Code: "row.wide", Cell: cell.Raw, Args: []string{strconv.Itoa(width)}})
				break
			}
		}
	}
	return faults
}

// records hands the rows of a sheet to gocsv, header first, every row as wide as the header.
type records struct {
	rows []Row
	next int
	cell func(Cell) string
}

// Read returns the next record.
func (r *records) Read() ([]string, error) {
	if r.next >= len(r.rows) {
		return nil, io.EOF
	}
	record := make([]string, len(r.rows[0].Cells))
	for i := range record {
		record[i] = r.cell(r.rows[r.next].Cell(i))
	}
	r.next++
	return record, nil
}

// ReadAll returns the records that are left.
func (r *records) ReadAll() (all [][]string, err error) {
	for {
		record, err := r.Read()
		if err == io.EOF {
			return all, nil
		}
		all = append(all, record)
	}
}

// Document reads a TOML file into v and refuses keys that v does not have.
func Document(file string, data []byte, v any) []Fault {
	decoder := toml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, bom)))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(v)
	if err == nil {
		return nil
	}
	var syntax *toml.DecodeError
	var strict *toml.StrictMissingError
	switch {
	case errors.As(err, &strict):
		var faults []Fault
		for i := range strict.Errors {
			faults = append(faults, documentFault(file, &strict.Errors[i]))
		}
		return faults
	case errors.As(err, &syntax):
		return []Fault{documentFault(file, syntax)}
	}
	return []Fault{{File: file, Code: "document.syntax", Args: []string{err.Error()}}}
}

func documentFault(file string, err *toml.DecodeError) Fault {
	line, column := err.Position()
	words := strings.TrimPrefix(err.Error(), "toml: ")
	if key := strings.Join(err.Key(), "."); key != "" {
		words += " (" + key + ")"
	}
	return Fault{File: file, Line: line, Column: column, Code: "document.syntax",
		Args: []string{words}}
}
