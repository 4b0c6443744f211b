package table

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// Encoding names how the bytes of a file stand for letters.
type Encoding string

// The encodings files arrive in; GB18030 holds GBK and GB2312.
const (
	UTF8    Encoding = "UTF-8"
	UTF8BOM Encoding = "UTF-8 with BOM"
	GB18030 Encoding = "GB18030"
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

// bom is the mark some programs put before UTF-8.
var bom = []byte("\xef\xbb\xbf")

// Read takes a CSV file in UTF-8 (with or without BOM) or GB18030, separated by commas, tabs or
// semicolons, with LF or CRLF, and returns all its rows and every fault in its quoting.
func Read(file string, data []byte) (Sheet, []Fault) {
	text, encoding, fault := decode(file, data)
	if fault != nil {
		return Sheet{File: file}, []Fault{*fault}
	}
	sheet := Sheet{File: file, Encoding: encoding, Delimiter: delimiter(text)}
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma, reader.FieldsPerRecord, reader.ReuseRecord = sheet.Delimiter, -1, true
	var faults []Fault
	for {
		record, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			faults = append(faults, quoteFault(file, err))
			continue
		}
		line, _ := reader.FieldPos(0)
		if row := newRow(line, record); !row.IsBlank() {
			sheet.Rows = append(sheet.Rows, row)
		}
	}
	if len(sheet.Rows) == 0 && len(faults) == 0 {
		faults = append(faults, Fault{File: file, Code: "file.empty"})
	}
	return sheet, faults
}

func newRow(line int, record []string) Row {
	row := Row{Line: line, Cells: make([]Cell, len(record))}
	for i, field := range record {
		row.Cells[i] = Cell{Raw: strings.Clone(field), Text: Fold(field)}
	}
	return row
}

// quoteFault points at the first line of the record: a quote left open is noticed at the end of the
// file only, and has to be mended where it begins.
func quoteFault(file string, err error) Fault {
	fault := Fault{File: file, Code: "file.quote", Args: []string{err.Error()}}
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		fault.Line, fault.Args = parse.StartLine, []string{parse.Err.Error()}
	}
	return fault
}

// decode settles the encoding: BOM, then valid UTF-8, then GB18030, then refusal. What follows a
// BOM says that it is UTF-8 and is not tried as anything else; no text holds a NUL.
func decode(file string, data []byte) (string, Encoding, *Fault) {
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) ||
		bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")) {
		return "", "", &Fault{File: file, Code: "file.spreadsheet"}
	}
	rest, marked := bytes.CutPrefix(data, bom)
	damaged := bytes.IndexByte(data, 0) >= 0
	switch {
	case !damaged && utf8.Valid(rest) && marked:
		return string(rest), UTF8BOM, nil
	case !damaged && utf8.Valid(rest):
		return string(rest), UTF8, nil
	case damaged || marked:
		return "", "", &Fault{File: file, Code: "file.encoding"}
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) || bytes.ContainsRune(text, 0) {
		return "", "", &Fault{File: file, Code: "file.encoding"}
	}
	return string(text), GB18030, nil
}

// delimiterSample is how much of a file is looked at to tell its delimiter.
const delimiterSample = 8 << 10

// delimiter is what stands in most lines of the beginning of the file: comma, tab or semicolon,
// and where several stand in as many, what there is most of. A figure such as 1,234,567 in a table
// of tabs adds commas to some lines and not to the header. What is quoted does not count.
func delimiter(text string) rune {
	lines, total := map[rune]int{}, map[rune]int{}
	quoted, here := false, map[rune]bool{}
	for _, c := range text[:min(len(text), delimiterSample)] {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			clear(here)
		case !here[c]:
			here[c] = true
			lines[c]++
			fallthrough
		default:
			total[c]++
		}
	}
	best := ','
	for _, candidate := range "\t;" {
		if lines[candidate] > lines[best] ||
			lines[candidate] == lines[best] && total[candidate] > total[best] {
			best = candidate
		}
	}
	return best
}
