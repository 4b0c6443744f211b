package workbook

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"carbonledger/table"
)

// Form is an empty table to be filled in with Excel or WPS: one worksheet with a title, rows of
// known text, a header that stays in sight, and columns that say what they take.
type Form struct {
	// Name is the name of the worksheet, at most 31 characters and without []:*?/\.
	Name string
	// Title stands in the first row, merged over all columns; without one there is no such row.
	Title string
	// Above are the rows between title and header: number of the form, unit, period.
	Above   [][]string
	Columns []Column
	// Rows are the rows below the header that are known already.
	Rows [][]string
	// Blank is how many empty rows below Rows are made ready to be filled in.
	Blank int
	// Below are the rows under these: notes, who signs.
	Below [][]string
	// Notes are the lines of a second worksheet, which NotesName names: how to fill in the first.
	NotesName string
	Notes     []string
	// Messages is what Excel says of a cell that does not fit.
	Messages Messages
}

// Column is one column of a form.
type Column struct {
	Header string
	// Width is in letters, of which a Chinese one counts two; 0 takes that of the header.
	Width int
	// Text marks codes, whose digits Excel must not take for a number.
	Text bool
	// Number marks figures: Excel warns of what is no number from 0 up, but lets it stand.
	// Plain decimals of at most 15 digits in Rows become numbers, longer ones stay text.
	Number bool
	// Length is how many letters a cell has; Excel warns of others. 0 is any length.
	Length int
	// Lists hold the words that may be chosen, each for rows of its own.
	Lists []List
	// Headings hold the words that may be chosen for the header, which is to be completed.
	Headings []string
	// Hint is shown where a cell of the column is selected; at most 255 characters.
	Hint string
}

// Write writes the form as an XLSX workbook. The same form gives the same bytes.
func (f Form) Write(w io.Writer) error {
	d, err := newDraft(f.Name)
	if err != nil {
		return fmt.Errorf("form %s: %w", f.Name, err)
	}
	d.try(d.book.SetDocProps(&excelize.DocProperties{Creator: creator, Title: f.Title}))
	d.title(f)
	d.rows(f.Above)
	d.header(f)
	first := d.next
	for _, row := range f.Rows {
		d.filled(f.Columns, row)
	}
	d.next += f.Blank
	for i, column := range f.Columns {
		d.column(i, column, first, d.next-1)
	}
	d.rules(f, first)
	d.rows(f.Below)
	d.notes(f)
	return d.finish(w)
}

// creator is the program that a workbook names as its author.
const creator = "carbonledger"

// draft is a worksheet in the making; after the first trouble nothing more is done.
type draft struct {
	book  *excelize.File
	sheet string
	// next is the row to be written next, counted from 1.
	next int
	// lists are those on the sheet of lists, a column each.
	lists [][]string
	err   error
}

func newDraft(sheet string) (*draft, error) {
	book := excelize.NewFile()
	return &draft{book: book, sheet: sheet, next: 1}, book.SetSheetName("Sheet1", sheet)
}

func (d *draft) try(err error) {
	if d.err == nil {
		d.err = err
	}
}

func (d *draft) finish(w io.Writer) error {
	if d.err == nil {
		d.err = d.book.Write(w)
	}
	if d.err != nil {
		return fmt.Errorf("worksheet %s: %w", d.sheet, d.err)
	}
	return nil
}

// at names a cell by column and row, both counted from 1.
func (d *draft) at(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	d.try(err)
	return name
}

func (d *draft) style(style *excelize.Style, from, to string) {
	id, err := d.book.NewStyle(style)
	d.try(err)
	d.try(d.book.SetCellStyle(d.sheet, from, to, id))
}

// text writes a cell as text, whatever it looks like. The library would cut a long one short.
func (d *draft) text(column, row int, text string) { d.textIn(d.sheet, column, row, text) }

func (d *draft) textIn(sheet string, column, row int, text string) {
	if letters := len(utf16.Encode([]rune(text))); letters > cellMax {
		d.try(fmt.Errorf("row %d, column %d: a cell of %d letters; Excel holds %d",
			row, column, letters, cellMax))
	}
	if text != "" && d.err == nil {
		// What looks like an escaped letter has its first one escaped, as Excel does it.
		text = escaped().ReplaceAllString(text, "_x005F$0")
		d.try(d.book.SetCellStr(sheet, d.at(column, row), text))
	}
}

// cellMax is how many letters a cell of Excel holds, counted in units of UTF-16.
const cellMax = 32767

// rows writes rows of text.
func (d *draft) rows(rows [][]string) {
	for _, row := range rows {
		for i, cell := range row {
			d.text(i+1, d.next, cell)
		}
		d.next++
	}
}

func (d *draft) title(f Form) {
	if f.Title == "" {
		return
	}
	d.text(1, d.next, f.Title)
	first, last := d.at(1, d.next), d.at(max(len(f.Columns), 1), d.next)
	if first != last {
		d.try(d.book.MergeCell(d.sheet, first, last))
	}
	d.style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14},
		Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center"}}, first, last)
	d.next++
}

// header writes the names of the columns and keeps everything down to them in sight.
func (d *draft) header(f Form) {
	for i, column := range f.Columns {
		d.text(i+1, d.next, column.Header)
	}
	d.style(&excelize.Style{Font: &excelize.Font{Bold: true},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDEBF7"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true},
		Border:    []excelize.Border{{Type: "bottom", Color: "000000", Style: 1}}},
		d.at(1, d.next), d.at(max(len(f.Columns), 1), d.next))
	d.try(d.book.SetPanes(d.sheet, &excelize.Panes{Freeze: true, YSplit: d.next,
		TopLeftCell: d.at(1, d.next+1), ActivePane: "bottomLeft"}))
	d.next++
}

// filled writes a known row; a figure becomes a number where Excel keeps all its digits.
func (d *draft) filled(columns []Column, row []string) {
	for i, cell := range row {
		if i < len(columns) && columns[i].Number && isNumber(cell) {
			d.try(d.book.SetCellDefault(d.sheet, d.at(i+1, d.next), cell))
		} else {
			d.text(i+1, d.next, cell)
		}
	}
	d.next++
}

// column gives a column its width, and in the rows to be filled in its format.
func (d *draft) column(i int, column Column, first, last int) {
	d.width(i, column)
	if column.Text && last >= first {
		d.style(&excelize.Style{NumFmt: textFormat}, d.at(i+1, first), d.at(i+1, last))
	}
}

// textFormat is the built-in number format @ of Excel.
const textFormat = 49

// width takes a step of widths: the next one that holds the letters.
func (d *draft) width(i int, column Column) {
	letters := column.Width
	if letters == 0 {
		for _, letter := range column.Header {
			letters += len(string(letter))/2 + 1
		}
	}
	name, err := excelize.ColumnNumberToName(i + 1)
	d.try(err)
	switch {
	case letters <= 8:
		err = d.book.SetColWidth(d.sheet, name, name, 10)
	case letters <= 12:
		err = d.book.SetColWidth(d.sheet, name, name, 14)
	case letters <= 20:
		err = d.book.SetColWidth(d.sheet, name, name, 22)
	case letters <= 30:
		err = d.book.SetColWidth(d.sheet, name, name, 32)
	default:
		err = d.book.SetColWidth(d.sheet, name, name, 48)
	}
	d.try(err)
}

// notes writes the lines of the second worksheet, each into one wide cell.
func (d *draft) notes(f Form) {
	if len(f.Notes) == 0 {
		return
	}
	_, err := d.book.NewSheet(f.NotesName)
	d.try(err)
	for i, line := range f.Notes {
		d.textIn(f.NotesName, 1, i+1, line)
	}
	d.try(d.book.SetColWidth(f.NotesName, "A", "A", notesWidth))
	wrapped, err := d.book.NewStyle(&excelize.Style{
		Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	d.try(err)
	d.try(d.book.SetCellStyle(f.NotesName, "A1", d.at(1, len(f.Notes)), wrapped))
}

// notesWidth is the width of the notes in letters: a line of a page.
const notesWidth = 100

// Write writes sheets as an XLSX workbook, every cell as text and in its line and column; a sheet
// without a name is called Sheet1, Sheet2...
func Write(w io.Writer, sheets []table.Sheet) error {
	book := excelize.NewFile()
	d := &draft{book: book}
	d.try(book.SetDocProps(&excelize.DocProperties{Creator: creator}))
	for i, sheet := range sheets {
		d.sheet = sheet.Name
		if d.sheet == "" {
			d.sheet = "Sheet" + strconv.Itoa(i+1)
		}
		if i == 0 {
			d.try(book.SetSheetName("Sheet1", d.sheet))
		} else {
			d.another(d.sheet)
		}
		for _, row := range sheet.Rows {
			for column, cell := range row.Cells {
				d.text(column+1, row.Line, cell.Raw)
			}
		}
	}
	return d.finish(w)
}

// another adds a worksheet; the library would take one of the same name for it.
func (d *draft) another(name string) {
	if at, err := d.book.GetSheetIndex(name); err != nil || at >= 0 {
		d.try(cmp.Or(err, fmt.Errorf("there are two worksheets of this name")))
		return
	}
	_, err := d.book.NewSheet(name)
	d.try(err)
}
