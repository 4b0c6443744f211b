package workbook

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"carbonledger/table"
)

// rowsMax is the height of a worksheet of Excel; its width is table.ColumnsMax.
const rowsMax = 1 << 20

// emptyMax is how many empty cells a worksheet may have between others, and how many may be covered
// by merged ones: a cell far to the right of an otherwise empty row costs as much as a full row.
const emptyMax = 10_000_000

func sparse() table.Fault {
	return table.Fault{Code: "sheet.sparse", Args: []string{strconv.Itoa(emptyMax)}}
}

// worksheet is a sheet that is being read.
type worksheet struct {
	book   *book
	sheet  table.Sheet
	faults []table.Fault
	merges []area
	inside bool
	row    table.Row
	last   int
	cell   rawCell
	// text gathers what stands in v, f or t; into says in which.
	text   strings.Builder
	into   string
	spoken int
	// cells and empty count against the limits.
	cells, empty int
}

// rawCell is a cell as the file has it.
type rawCell struct {
	column                        int
	kind, value, formula, letters string
	style                         int
	hasFormula                    bool
}

// area is a range of cells, counted from 1, both ends in it.
type area struct{ column, row, lastColumn, lastRow int }

// sheet reads a worksheet.
func (b *book) sheet(l listed) (table.Sheet, []table.Fault) {
	w := &worksheet{book: b, sheet: table.Sheet{File: b.name, Name: l.name, Encoding: table.XLSX}}
	fault := b.walk(l.part, handler{w.start, func(data []byte) {
		if w.into != "" {
			w.text.Write(data)
		}
	}, w.end})
	if fault == nil {
		fault = w.spread()
	}
	if fault != nil {
		fault.File = w.sheet.File
		return table.Sheet{}, append(w.faults, *fault)
	}
	kept := w.sheet.Rows[:0]
	for _, row := range w.sheet.Rows {
		if !isBlank(row) {
			kept = append(kept, row)
			w.faults = append(w.faults, row.Damaged(w.sheet.File)...)
		}
	}
	w.sheet.Rows = kept
	return w.sheet, w.faults
}

// isBlank says whether a row holds nothing of its own.
func isBlank(row table.Row) bool {
	for _, cell := range row.Cells {
		if cell.Text != "" && !cell.Spread {
			return false
		}
	}
	return true
}

func (w *worksheet) start(e xml.StartElement) (err error) {
	switch name := e.Name.Local; {
	case name == "sheetData":
		w.inside = true
	case name == "mergeCell":
		err = w.merge(attribute(e, "ref"))
	case !w.inside:
	case name == "row":
		err = w.startRow(attribute(e, "r"))
	case name == "c":
		err = w.startCell(e)
	case name == "rPh":
		w.spoken++
	case name == "v", name == "f", name == "t" && w.spoken == 0:
		w.into = name
		w.text.Reset()
		w.cell.hasFormula = w.cell.hasFormula || name == "f"
	}
	return err
}

func (w *worksheet) end(name string) (err error) {
	switch {
	case name == "sheetData":
		w.inside = false
	case !w.inside:
	case name == "row" && len(w.row.Cells) > 0:
		w.sheet.Rows = append(w.sheet.Rows, w.row)
	case name == "c":
		err = w.endCell()
	case name == "rPh":
		w.spoken--
	case name == w.into:
		switch w.into = ""; name {
		case "v":
			w.cell.value = w.text.String()
		case "f":
			w.cell.formula = w.text.String()
		case "t":
			w.cell.letters += w.text.String()
		}
	}
	return err
}

// startRow begins a row; one without a number follows the one before.
func (w *worksheet) startRow(number string) error {
	line := w.last + 1
	if number != "" {
		var err error
		if line, err = strconv.Atoi(number); err != nil || line <= w.last || line > rowsMax {
			return fmt.Errorf("a row %.40q after row %d", number, w.last)
		}
	}
	w.last, w.row, w.cell = line, table.Row{Line: line}, rawCell{}
	return nil
}

// startCell begins a cell; one without a reference follows the one before.
func (w *worksheet) startCell(e xml.StartElement) error {
	column := w.cell.column + 1
	if ref := attribute(e, "r"); ref != "" {
		at, row, ok := reference(ref)
		if !ok || row != w.last || at < column {
			return fmt.Errorf("a cell %.40q in row %d after column %d", ref, w.last, w.cell.column)
		}
		column = at
	}
	style, err := strconv.Atoi("0" + attribute(e, "s"))
	if err != nil {
		return err
	}
	w.cell = rawCell{column: column, kind: attribute(e, "t"), style: style}
	return nil
}

// endCell puts a cell with content into its column.
func (w *worksheet) endCell() error {
	cell, err := w.value()
	if err != nil || cell.Raw == "" {
		return err
	}
	if w.cell.column > table.ColumnsMax {
		return fmt.Errorf("a cell in column %d of row %d", w.cell.column, w.last)
	}
	gap := w.cell.column - 1 - len(w.row.Cells)
	w.cells, w.empty = w.cells+gap+1, w.empty+gap
	switch {
	case w.cells > table.CellsMax:
		return &stopped{table.TooManyCells(w.sheet.File)}
	case w.empty > emptyMax:
		return &stopped{sparse()}
	}
	for range gap {
		w.row.Cells = append(w.row.Cells, table.Cell{})
	}
	w.row.Cells = append(w.row.Cells, cell)
	return nil
}

// value reads a cell by its type.
func (w *worksheet) value() (table.Cell, error) {
	c := w.cell
	switch {
	case c.hasFormula && c.value == "" && c.kind != "str" && c.kind != "inlineStr":
		w.faults = append(w.faults, table.Fault{File: w.sheet.File, Line: w.last, Column: c.column,
			Code: "cell.formula", Cell: "=" + c.formula})
		return newCell("=" + c.formula), nil
	case c.kind == "inlineStr":
		return newCell(unescape(c.letters)), nil
	case c.kind == "s" && c.value != "":
		at, err := strconv.Atoi(c.value)
		if err != nil || at < 0 || at >= len(w.book.strings) {
			return table.Cell{}, fmt.Errorf("row %d: no shared text %.40q", w.last, c.value)
		}
		return w.book.strings[at], nil
	case c.kind == "str", c.kind == "e":
		return newCell(unescape(c.value)), nil
	case c.kind == "b":
		return newCell(map[bool]string{true: "TRUE", false: "FALSE"}[isTrue(c.value)]), nil
	case c.kind == "d":
		return newCell(isoDate(c.value)), nil
	case c.value == "":
		return table.Cell{}, nil
	}
	number, ok := parseNumber(strings.TrimSpace(c.value))
	if !ok {
		return table.Cell{}, fmt.Errorf("row %d: %.40q is no number", w.last, c.value)
	}
	var f format
	if c.style < len(w.book.formats) {
		f = w.book.formats[c.style]
	}
	return newCell(f.show(number, w.book.from04)), nil
}

// reference reads a cell reference such as XFD1048576.
func reference(ref string) (column, row int, ok bool) {
	i := 0
	for ; i < len(ref) && ref[i] >= 'A' && ref[i] <= 'Z' && i < 4; i++ {
		column = column*26 + int(ref[i]-'A') + 1
	}
	row, err := strconv.Atoi(ref[i:])
	return column, row, err == nil && column > 0 && column <= table.ColumnsMax &&
		row > 0 && row <= rowsMax
}

func (w *worksheet) merge(ref string) error {
	from, to, _ := strings.Cut(ref, ":")
	column, row, ok := reference(from)
	lastColumn, lastRow, ok2 := reference(to)
	if !ok || !ok2 || lastColumn < column || lastRow < row {
		return fmt.Errorf("a merged range %.40q", ref)
	}
	w.merges = append(w.merges, area{column, row, lastColumn, lastRow})
	return nil
}

// spread repeats the top left cell of every merged range in the cells it covers: in the rows that
// hold anything, and no further to the right than the sheet does.
func (w *worksheet) spread() *table.Fault {
	width := 0
	for _, row := range w.sheet.Rows {
		width = max(width, len(row.Cells))
	}
	visited := 0
	for _, m := range w.merges {
		first := w.find(m.row)
		if first == len(w.sheet.Rows) || w.sheet.Rows[first].Line != m.row {
			continue
		}
		top := w.sheet.Rows[first].Cell(m.column - 1)
		if top.Text == "" {
			continue
		}
		top.Spread = true
		for i := first; i < len(w.sheet.Rows) && w.sheet.Rows[i].Line <= m.lastRow; i++ {
			row := &w.sheet.Rows[i]
			from, to := m.column, min(m.lastColumn, width)
			if row.Line == m.row {
				from++
			}
			visited += max(0, to-from+1) + max(0, to-len(row.Cells)) + 1
			if visited > emptyMax {
				fault := sparse()
				return &fault
			}
			for len(row.Cells) < to {
				row.Cells = append(row.Cells, table.Cell{})
			}
			for column := from; column <= to; column++ {
				row.Cells[column-1] = top
			}
		}
	}
	return nil
}

// find returns the first row from a line on.
func (w *worksheet) find(line int) int {
	at, _ := slices.BinarySearchFunc(w.sheet.Rows, line, func(row table.Row, line int) int {
		return cmp.Compare(row.Line, line)
	})
	return at
}
