package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Cell is one field of a row.
type Cell struct {
	// Raw is the field as written, Text the folded form everything else works on.
	Raw, Text string
	// Spread is true where the cell is covered by a merged one and repeats what stands in its top
	// left corner: names may be read from it, figures not, or they would count twice.
	Spread bool
}

// Row is one record; a record with quoted line breaks spans several physical lines, and Line is
// the first of them.
type Row struct {
	Line  int
	Cells []Cell
}

// Cell returns the field at a column counted from 0, and an empty one beyond the row's end.
func (r Row) Cell(column int) Cell {
	if column < 0 || column >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[column]
}

// IsBlank says whether no cell of the row holds anything.
func (r Row) IsBlank() bool {
	for _, cell := range r.Cells {
		if cell.Text != "" {
			return false
		}
	}
	return true
}

// Raw returns the cells as written.
func (r Row) Raw() []string {
	raw := make([]string, len(r.Cells))
	for i, cell := range r.Cells {
		raw[i] = cell.Raw
	}
	return raw
}

// Sheet is a table as read: what was found out about its bytes, and its rows without blank ones.
type Sheet struct {
	File string
	// Name is the name of the worksheet; empty for text files.
	Name      string
	Encoding  Encoding
	Delimiter rune
	Rows      []Row
}

// The limits of a sheet; what goes beyond is a fault and not read. RowMax is the longest record in
// bytes of UTF-8: the longest line of the collected examples has 12 kB. ColumnsMax is the width of
// a worksheet of Excel. CellsMax is ten million rows of ten cells.
const (
	RowMax     = 1 << 20
	ColumnsMax = 16_384
	CellsMax   = 100_000_000
)

// faultsMax is how many obstacles of one file are listed. A file that has more was saved in a wrong
// way as a whole, and a list of millions would help nobody.
const faultsMax = 10_000

// Read takes a text file in UTF-8 (with or without BOM), UTF-16 with BOM or GB18030, separated by
// commas, tabs, semicolons or full-width commas, with LF or CRLF, and returns all its rows, every
// fault in its quoting, and a warning for each cell with a character that was lost before.
func Read(file string, data []byte) (Sheet, []Fault) {
	text, encoding, fault := decode(file, data)
	if fault != nil {
		return Sheet{File: file}, []Fault{*fault}
	}
	if cellsOf(text, delimiter(text)) > CellsMax {
		return Sheet{File: file}, []Fault{TooManyCells(file)}
	}
	s := &scan{sheet: Sheet{File: file, Encoding: encoding, Delimiter: delimiter(text)},
		source: source{text: text}, lost: bytes.Contains(text, lostCharacter)}
	s.sheet.Rows = make([]Row, 0, linesOf(text))
	s.rows()
	if s.sheet.Delimiter == fullComma {
		s.thousands()
	}
	if len(s.sheet.Rows) == 0 && len(s.faults) == 0 {
		s.fault(Fault{Code: "file.empty"})
	}
	return s.sheet, s.faults
}

// lostCharacter is U+FFFD, which programs write for bytes they could not read.
var lostCharacter = []byte(string(utf8.RuneError))

// linesOf counts the lines that hold anything, which is about as many as there will be rows.
func linesOf(text []byte) (lines int) {
	for len(text) > 0 {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		if len(line) > 1 || len(line) == 1 && line[0] != '\r' {
			lines++
		}
		text = rest
	}
	return lines
}

// TooManyCells is the fault of a table with more than CellsMax cells.
func TooManyCells(file string) Fault {
	return Fault{File: file, Code: "file.too-many-cells", Args: []string{strconv.Itoa(CellsMax)}}
}

// cellsOf counts the cells of a text before any is made; those of blank rows count, too.
func cellsOf(text []byte, delimiter rune) int {
	cells := bytes.Count(text, []byte(string(delimiter))) + bytes.Count(text, []byte("\n"))
	if cells <= CellsMax {
		return cells
	}
	cells = 0
	quoted := false
	for i := 0; i < len(text); {
		c, size := utf8.DecodeRune(text[i:])
		i += size
		switch {
		case c == '"':
			quoted = !quoted
		case !quoted && (c == delimiter || c == '\n'):
			cells++
		}
	}
	return cells
}

// scan is the state of one Read.
type scan struct {
	sheet  Sheet
	source source
	faults []Fault
	// lost is true where the text has lost characters somewhere.
	lost  bool
	cells int
	// free is what is left of the cells made in advance: one allocation for many rows.
	free []Cell
}

func (s *scan) fault(fault Fault) {
	fault.File = s.sheet.File
	s.faults = append(s.faults, fault)
}

// rows reads record by record until the end, or until a limit of the whole file is passed.
func (s *scan) rows() {
	reader := csv.NewReader(&s.source)
	reader.Comma, reader.FieldsPerRecord, reader.ReuseRecord = s.sheet.Delimiter, -1, true
	for {
		record, err := reader.Read()
		if err == io.EOF {
			return
		}
		if s.source.isLong(reader.InputOffset()) {
			s.fault(Fault{Line: s.source.line(), Code: "row.long"})
			return
		}
		if err != nil {
			s.fault(quoteFault(err))
		} else {
			line, _ := reader.FieldPos(0)
			s.row(line, record)
		}
		switch {
		case s.cells > CellsMax: // A quote out of place hid cells from the first count.
			s.sheet.Rows, s.faults = nil, []Fault{TooManyCells(s.sheet.File)}
			return
		case len(s.faults) >= faultsMax:
			s.fault(Fault{Code: "file.faults", Args: []string{strconv.Itoa(faultsMax)}})
			return
		}
		s.source.start = int(reader.InputOffset())
	}
}

// row takes a record; empty cells beyond the last column are as good as none.
func (s *scan) row(line int, record []string) {
	for len(record) > ColumnsMax && record[len(record)-1] == "" {
		record = record[:len(record)-1]
	}
	if s.cells += len(record); len(record) > ColumnsMax {
		s.fault(Fault{Line: line, Code: "row.columns", Args: []string{
			strconv.Itoa(len(record)), strconv.Itoa(ColumnsMax)}})
		return
	}
	if len(s.free) < len(record) {
		s.free = make([]Cell, max(cellsAtOnce, len(record)))
	}
	row := Row{Line: line, Cells: fill(s.free[:len(record):len(record)], record)}
	if row.IsBlank() {
		return
	}
	s.free = s.free[len(record):]
	s.sheet.Rows = append(s.sheet.Rows, row)
	if s.lost {
		s.faults = append(s.faults, row.Damaged(s.sheet.File)...)
	}
}

const cellsAtOnce = 1024

func newRow(line int, record []string) Row {
	return Row{Line: line, Cells: fill(make([]Cell, len(record)), record)}
}

func fill(cells []Cell, record []string) []Cell {
	for i, field := range record {
		cells[i] = Cell{Raw: field, Text: Fold(field)}
	}
	return cells
}

// Damaged returns a warning for every cell with a character that was lost before the file came.
func (r Row) Damaged(file string) (warnings []Fault) {
	for i, cell := range r.Cells {
		if strings.ContainsRune(cell.Raw, utf8.RuneError) {
			warnings = append(warnings, Fault{File: file, Line: r.Line, Column: i + 1,
				Code: "cell.damaged", Cell: cell.Raw})
		}
	}
	return warnings
}

// thousands refuses rows in which a full-width comma may be a thousands mark: 1，234 is one figure
// or two cells. The header decides: a row as wide as it is taken at its word.
func (s *scan) thousands() {
	width, kept := s.headerWidth(), s.sheet.Rows[:0]
	for _, row := range s.sheet.Rows {
		at := row.group()
		if at < 0 || len(row.Cells) == width {
			kept = append(kept, row)
			continue
		}
		s.fault(Fault{Line: row.Line, Column: at + 1, Code: "row.thousands",
			Cell: row.Cells[at].Raw + string(fullComma) + row.Cells[at+1].Raw})
	}
	s.sheet.Rows = kept
}

// headerWidth is the width of the widest of the first rows in which no cell is a figure.
func (s *scan) headerWidth() (width int) {
	for _, row := range s.sheet.Rows[:min(len(s.sheet.Rows), headerDepth)] {
		figures := false
		for _, cell := range row.Cells {
			figures = figures || isDecimal(cell.Text)
		}
		if !figures {
			width = max(width, len(row.Cells))
		}
	}
	return width
}

// headerDepth is how far down a header stands: the preambles of forms have fewer rows.
const headerDepth = 20

// group returns the first cell that may be the head of a figure with thousands marks, and -1.
func (r Row) group() int {
	for i := 1; i < len(r.Cells); i++ {
		if grouped().MatchString(r.Cells[i-1].Text + "," + r.Cells[i].Text) {
			return i - 1
		}
	}
	return -1
}

// quoteFault points at the first line of the record: a quote left open is noticed at the end of the
// file only, and has to be mended where it begins.
func quoteFault(err error) Fault {
	fault := Fault{Code: "file.quote", Args: []string{err.Error()}}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		fault.Line, fault.Args = parse.StartLine, []string{parse.Err.Error()}
	}
	return fault
}

// source hands out a text and ends where one record goes on for too long, so that a quote left open
// does not gather the rest of the file.
type source struct {
	text []byte
	// at is how much was handed out, start where the current record begins.
	at, start int
	long      bool
}

var errLong = errors.New("a record is too long")

// Read hands out the next bytes. The reader behind it asks for 4 kB at a time.
func (s *source) Read(p []byte) (int, error) {
	for s.start < s.at && (s.text[s.start] == '\n' || s.text[s.start] == '\r') {
		s.start++ // Blank lines before a record are no part of it.
	}
	if s.at-s.start > RowMax+len(p) {
		s.long = true
		return 0, errLong
	}
	n := copy(p, s.text[s.at:])
	if s.at += n; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// isLong says whether the record that ends at an offset is longer than RowMax.
func (s *source) isLong(end int64) bool {
	for s.start < int(end) && (s.text[s.start] == '\n' || s.text[s.start] == '\r') {
		s.start++
	}
	return s.long || int(end)-s.start > RowMax
}

// line is the line on which the current record begins.
func (s *source) line() int {
	return 1 + bytes.Count(s.text[:s.start], []byte("\n"))
}
