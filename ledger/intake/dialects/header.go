package dialects

import (
	"slices"
	"strconv"
	"strings"

	"carbonledger/ledger/intake/units"
	"carbonledger/pattern"
	"carbonledger/table"
)

// headerRowsMax bounds how many rows a header may have; forms of the statistics bureau have two or
// three.
const headerRowsMax = 3

// heading makes one header of rows that stand over each other: 购进量 over 实物量 becomes
// 购进量/实物量. A blank or merged cell of an upper row repeats what stands left of it, a blank of
// the lowest leaves the name above alone. A joined name the dialect does not know gives way to its
// last part where that is known and stands once.
func (d Dialect) heading(rows []table.Row) table.Row {
	if len(rows) == 1 && !slices.ContainsFunc(rows[0].Cells, isSpread) {
		return rows[0]
	}
	header, width := table.Row{Line: rows[0].Line}, 0
	for _, row := range rows {
		width = max(width, len(row.Cells))
	}
	left, lowest := make([]string, len(rows)), map[string]int{}
	lasts := make([]string, width)
	for column := range width {
		parts, own := headingParts(rows, left, column)
		name := ""
		if own {
			name, lasts[column] = strings.Join(parts, "/"), parts[len(parts)-1]
			lowest[table.Key(lasts[column])]++
		}
		header.Cells = append(header.Cells, table.Cell{Raw: name, Text: name})
	}
	for i, cell := range header.Cells {
		last := table.Key(lasts[i])
		if !d.known[table.Key(cell.Text)] && d.known[last] && lowest[last] == 1 {
			header.Cells[i].Text = lasts[i]
		}
	}
	return header
}

func isSpread(cell table.Cell) bool { return cell.Spread }

// headingParts collects the names over a column, top to bottom, and says whether one of them
// begins here and is not only repeated from the left or from above.
func headingParts(rows []table.Row, left []string, column int) (parts []string, own bool) {
	for i, row := range rows {
		cell := row.Cell(column)
		text := cell.Text
		if text != "" && !cell.Spread {
			own = true
			clear(left[i:])
		}
		if text != "" {
			left[i] = text
		} else if i < len(rows)-1 {
			text = left[i]
		}
		if text != "" && (len(parts) == 0 || parts[len(parts)-1] != text) {
			parts = append(parts, text)
		}
	}
	return parts, own
}

// knownNames are the headers the dialect speaks of, in the form they are compared in.
func (d Dialect) knownNames() map[string]bool {
	known, all := map[string]bool{}, append(d.synonyms(), d.TotalColumns)
	for _, check := range d.Checks {
		all = append(all, check.columns())
	}
	for _, names := range all {
		for _, name := range names {
			known[table.Key(name)] = true
		}
	}
	return known
}

// synonyms lists the names of every column of the dialect.
func (d Dialect) synonyms() (all [][]string) {
	for _, column := range d.Columns {
		all = append(all, column.Names)
	}
	for _, m := range d.Measures {
		all = append(all, m.Names)
	}
	return all
}

// column finds a column by any name the dialect has for it, as it stands or with a unit at the end
// of the header, or returns -1.
func (d Dialect) column(header table.Row, name string) int {
	keys := keysOf(header)
	for _, names := range append(d.synonyms(), []string{name}) {
		if slices.Contains(names, name) {
			if at := findNames(keys, names); at >= 0 {
				return at
			}
			if at := findStems(header, names); at >= 0 {
				return at
			}
		}
	}
	return -1
}

// findStems returns the column of the first name that a header has apart from its unit, or -1. A
// name with a unit of its own stands for no other unit: tC/TJ is not tC/GJ.
func findStems(header table.Row, names []string) int {
	var stated []string
	for _, name := range names {
		if _, unit := units.Split(name); unit != "" {
			stated = append(stated, unit)
		}
	}
	for _, name := range names {
		for at, cell := range header.Cells {
			stem, unit := units.Split(cell.Text)
			if unit == "" || table.Key(stem) != table.Key(name) {
				continue
			}
			if len(stated) == 0 || slices.ContainsFunc(stated, func(other string) bool {
				return units.Same(unit, other)
			}) {
				return at
			}
		}
	}
	return -1
}

// isLower says whether a row belongs to a header of two rows and not to the data: it has nothing of
// its own in the columns every row of data fills.
func (d Dialect) isLower(row table.Row, l Layout) bool {
	for _, column := range d.Columns {
		at, ok := l.Fields[column.Field]
		if cell := row.Cell(at); ok && column.Required && cell.Text != "" && !cell.Spread {
			return false
		}
	}
	return true
}

// labelled returns a cell above the header; a label that ends with a colon takes the next cell that
// is filled with it.
func labelled(row table.Row, column int) string {
	text := row.Cell(column).Text
	if !strings.HasSuffix(text, ":") {
		return text
	}
	for _, cell := range row.Cells[column+1:] {
		if cell.Text != "" && !cell.Spread {
			return text + cell.Text
		}
	}
	return text
}

// stems number the first columns of Chinese forms.
const stems = "甲乙丙丁戊己庚辛壬癸"

// numbering is a column number: (5), or with its rule, 5=6+8.
var numbering = pattern.Of(`^\(?(\d{1,2})\)?(?:\s*=[\d+\-\s()]+)?$`)

// NumbersColumns says whether a row numbers the columns: 甲 乙 丙 1 2 3. It begins with a stem, or,
// in a dialect that says so, with 1.
func (d Dialect) NumbersColumns(row table.Row) bool {
	stem, count := 0, 0
	for _, cell := range row.Cells {
		if cell.Text == "" || cell.Spread {
			continue
		}
		at := strings.Index(stems, cell.Text)
		number := numbering().FindStringSubmatch(cell.Text)
		switch {
		case at >= 0 && at == stem:
			stem += len(cell.Text)
		case number != nil && number[1] == strconv.Itoa(count+1):
			count++
		case number != nil && number[1] > strconv.Itoa(count) && len(number[1]) == 1,
			number != nil && len(number[1]) == 2 && count > 0:
			// A form that leaves columns out keeps the numbers of the others.
			count, _ = strconv.Atoi(number[1])
		default:
			return false
		}
	}
	return stem > 0 || d.Numbered && count > 0
}
