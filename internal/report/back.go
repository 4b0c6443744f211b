package report

import (
	"strconv"
	"strings"

	"carbonledger/table"
)

// Back is a table as it goes back to its sender: rows as they stand in his file.
type Back struct {
	Rows []BackRow
	// Header is the place of the (last) header row among the rows.
	Header int
	// Faults are those of the file as a whole.
	Faults []table.Fault
}

// BackRow is a row of a sender's file with what is wrong with it.
type BackRow struct {
	Line   int
	Cells  []string
	Faults []table.Fault
}

// Remarks names the columns that Returned adds: line, fault and way out. A file that has them is
// read without them.
func Remarks(lang table.Lang) []string {
	return []string{Term(lang, "faults.line"), Term(lang, "faults.fact"), Term(lang, "faults.way")}
}

// Returned gives a sender's own rows back, with columns for line, fault and way out behind them,
// ready to be mended and imported again. What is wrong with the header or the whole file stands in
// a row of its own below the header.
func Returned(b Back, lang table.Lang) Table {
	width := 0
	for _, row := range b.Rows {
		width = max(width, len(row.Cells))
	}
	t := Table{Key: "faults"}
	for i, row := range b.Rows {
		remarks := []string{"", "", ""}
		if i == b.Header {
			remarks = Remarks(lang)
		} else if len(row.Faults) > 0 {
			remarks = remark(strconv.Itoa(row.Line), row.Faults, lang)
		}
		t.line(width, row.Cells, remarks)
		if i != b.Header {
			continue
		}
		if len(row.Faults) > 0 {
			t.line(width, nil, remark(strconv.Itoa(row.Line), row.Faults, lang))
		}
		if len(b.Faults) > 0 {
			t.line(width, nil, remark("", b.Faults, lang))
		}
	}
	return t
}

// line adds cells and remarks; the first line of the file takes the place of the column names.
func (t *Table) line(width int, cells, remarks []string) {
	full := make([]string, width, width+len(remarks))
	copy(full, cells)
	full = append(full, remarks...)
	if t.Columns == nil {
		for _, cell := range full {
			t.Columns = append(t.Columns, Column{Key: cell})
		}
		return
	}
	t.add(full...)
}

// remark puts what is wrong in a row, and the ways out, into a cell each.
func remark(line string, faults []table.Fault, lang table.Lang) []string {
	var facts, ways []string
	for _, fault := range faults {
		fact := fault.Fact(lang)
		if spot := fault.Spot(lang); spot != "" {
			fact = Say(lang, "faults.spot", spot, fact)
		}
		facts, ways = append(facts, fact), append(ways, fault.Way(lang))
	}
	between := Term(lang, "list.semicolon")
	return []string{line, strings.Join(facts, between), strings.Join(ways, between)}
}
