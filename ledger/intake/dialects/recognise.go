package dialects

import (
	"cmp"
	"strings"

	"carbonledger/table"
)

// Recognise returns the dialect whose columns the sheet has: the one that finds most of them, then
// the one that finds more in the lines above the header, then the one that leaves fewer columns
// unread, then a closed one. Where two do equally well, ask decides; without an answer there is a
// fault that names them, and likewise where none fits. What columns may be in doubt is left to
// Settle.
func Recognise(sheet table.Sheet, known []Dialect, ask Ask) (Dialect, []table.Fault) {
	if faults := untouched(sheet); faults != nil {
		return Dialect{}, faults
	}
	var best []Dialect
	most, near, nearest, fewest := Layout{score: -1}, 0, "", []string(nil)
	for _, d := range known {
		if !d.TakesSheet(sheet.Name) {
			continue
		}
		l, lacking := d.find(sheet)
		order := cmp.Or(cmp.Compare(l.score, most.score),
			cmp.Compare(l.preambles, most.preambles), d.closer(l, best, most))
		switch {
		case !l.Found():
			if fewest == nil || l.score > near || l.score == near && len(lacking) < len(fewest) {
				near, nearest, fewest = l.score, d.ID, lacking
			}
		case order > 0:
			best, most = []Dialect{d}, l
		case order == 0:
			best = append(best, d)
		}
	}
	switch {
	case len(best) == 0:
		for _, d := range known {
			if faults := d.unitless(sheet); faults != nil {
				return Dialect{}, faults
			}
		}
		return Dialect{}, unfit(sheet, "dialect.none", nearest, strings.Join(fewest, ", "))
	case len(best) > 1:
		return choose(sheet, best, ask)
	}
	return best[0], nil
}

// closer compares how closely two dialects that find as much fit a header, as cmp.Compare does.
func (d Dialect) closer(l Layout, best []Dialect, most Layout) int {
	if len(best) == 0 || !l.Found() {
		return 0
	}
	other := best[0]
	order := cmp.Compare(len(other.strange(most)), len(d.strange(l)))
	switch {
	case order != 0 || d.Closed == other.Closed:
		return order
	case d.Closed:
		return 1
	}
	return -1
}

// strange lists the columns, counted from 0, whose header the dialect does not know.
func (d Dialect) strange(l Layout) (columns []int) {
	for i, cell := range l.Header.Cells {
		if cell.Text != "" && !d.known[table.Key(cell.Text)] && !l.Reads(i) {
			columns = append(columns, i)
		}
	}
	return columns
}

// choose asks which of several dialects a sheet is read with.
func choose(sheet table.Sheet, fitting []Dialect, ask Ask) (Dialect, []table.Fault) {
	question := Question{Fault: table.Fault{File: sheet.File, Sheet: sheet.Name,
		Code: "dialect.several"}}
	var ids []string
	for _, d := range fitting {
		ids = append(ids, d.ID)
		question.Candidates = append(question.Candidates, Words{
			EN: d.ID + ": " + d.TitleEN, ZH: d.ID + "：" + d.TitleZH})
	}
	question.Fault.Args = []string{strings.Join(ids, ", ")}
	if choice, ok := question.put(ask); ok {
		return fitting[choice], nil
	}
	return Dialect{}, []table.Fault{question.Fault}
}

// FitsExactly says whether a sheet has all columns of the dialect, none that it does not know, and
// none in doubt.
func (d Dialect) FitsExactly(sheet table.Sheet) bool {
	l, _ := d.find(sheet)
	if !l.Found() || !d.TakesSheet(sheet.Name) {
		return false
	}
	d.Closed = true
	return len(d.headerFaults(sheet, l)) == 0
}

// TakesSheet says whether a worksheet of this name may be read with the dialect. A text file has no
// name and may.
func (d Dialect) TakesSheet(name string) bool {
	return d.sheets == nil || name == "" || d.sheets.MatchString(name)
}

// HeaderLine returns the line of the last header row, or 0 where the sheet has none.
func (d Dialect) HeaderLine(sheet table.Sheet) int {
	if l, _ := d.find(sheet); l.Found() {
		return l.LastLine(sheet)
	}
	return 0
}

// LastLine returns the line of the last header row.
func (l Layout) LastLine(sheet table.Sheet) int { return sheet.Rows[l.last].Line }

// HeaderKey returns the header of a sheet in the form headers are compared in, so that two files of
// one kind have the same, whatever the blanks and the case of their headers.
func (d Dialect) HeaderKey(sheet table.Sheet) string {
	l, _ := d.find(sheet)
	return KeyOf(l.Header)
}

// KeyOf is a header row in the form headers are compared in.
func KeyOf(header table.Row) string {
	return strings.TrimRight(strings.Join(keysOf(header), "|"), "|")
}

// keysOf returns the cells of a header in the form headers are compared in.
func keysOf(header table.Row) []string {
	keys := make([]string, len(header.Cells))
	for i, cell := range header.Cells {
		keys[i] = table.Key(cell.Text)
	}
	return keys
}
