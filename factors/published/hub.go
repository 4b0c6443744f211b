package published

import (
	"slices"
	"strings"

	"carbonledger/pattern"
	"carbonledger/table"
)

// hubTable is a title such as `Table 1 Stationary Combustion`.
var hubTable = pattern.Of(`(?i)^Table (\d+)\b`)

func fitsHub(sheet table.Sheet) bool {
	tables := 0
	for _, row := range sheet.Rows {
		for _, cell := range row.Cells {
			if hubTable().MatchString(cell.Text) {
				tables++
				break
			}
		}
	}
	head := false
	for _, row := range sheet.Rows {
		for _, cell := range row.Cells {
			_, ok := parseHeading(cell.Text)
			head = head || ok
		}
	}
	return tables > 0 && head
}

// hubColumns are the headings of the columns of numbers in force, by column; unit is the column
// that holds the unit of a row, or -1.
type hubColumns struct {
	headings map[int]heading
	unit     int
	// kinds are what stands above the headings: total output, non-baseload.
	kinds map[int]string
}

// hub reads the Emission Factors Hub: tables one below the other, each with rows of headings that
// say the units of the columns below them, until the next headings.
func (r *reader) hub() {
	number := ""
	columns := hubColumns{unit: -1}
	above := map[int]string{}
	for _, row := range r.sheet.Rows {
		if title, ok := hubTitle(row); ok {
			number, columns, above = title, hubColumns{unit: -1}, map[int]string{}
			continue
		}
		if headings := headingsOf(row); len(headings) > 0 {
			columns = hubColumns{headings, unitColumn(row, above), above}
			above = map[int]string{}
			continue
		}
		if !r.hubRow(row, number, columns) {
			above = kindsOf(row)
		}
	}
}

func hubTitle(row table.Row) (number string, ok bool) {
	for _, cell := range row.Cells {
		if m := hubTable().FindStringSubmatch(cell.Text); m != nil {
			return m[1], true
		}
		if cell.Text != "" {
			return "", false
		}
	}
	return "", false
}

// headingsOf returns the columns of a row that say a unit.
func headingsOf(row table.Row) map[int]heading {
	headings := map[int]heading{}
	for i, cell := range row.Cells {
		if h, ok := parseHeading(cell.Text); ok {
			headings[i] = h
		}
	}
	return headings
}

// unitColumn finds the column named Unit in a heading row or the one above it.
func unitColumn(row table.Row, above map[int]string) int {
	for i, cell := range row.Cells {
		if table.Key(cell.Text) == "unit" {
			return i
		}
	}
	for i, text := range above {
		if table.Key(text) == "unit" {
			return i
		}
	}
	return -1
}

// kindsOf spreads the texts of a row to the right, as merged headings mean it.
func kindsOf(row table.Row) map[int]string {
	kinds, last := map[int]string{}, ""
	for i := range row.Cells {
		if text := row.Cell(i).Text; text != "" {
			last = text
		}
		kinds[i] = last
	}
	return kinds
}

// hubRow takes the numbers of a row and says whether it had any.
func (r *reader) hubRow(row table.Row, number string, columns hubColumns) bool {
	name := ""
	for _, cell := range row.Cells {
		if cell.Text != "" {
			name = cell.Text
			break
		}
	}
	isNumber := func(cell table.Cell) bool {
		_, code, _ := table.Decimal(scientific(cell.Text))
		return code == ""
	}
	if !slices.ContainsFunc(row.Cells, isNumber) {
		return false
	}
	for i, cell := range row.Cells {
		h, ok := columns.headings[i]
		if cell.Text == "" || cell.Text == name || !ok && !isNumber(cell) {
			continue // Blank, the name, or words beside the numbers.
		}
		t := item{line: row.Line, column: i + 1, group: "Table " + number, name: name,
			unit: h.per, mass: h.mass, gas: h.gas,
			page: "Table " + number + "; " + r.where(row.Line)}
		if strings.EqualFold(h.per, "unit") && columns.unit >= 0 {
			t.unit = row.Cell(columns.unit).Text
		}
		if kind := columns.kinds[i]; gridOther().MatchString(kind) {
			t.group += " " + kind
		}
		if !ok {
			t.sheet = r.sheet.Name
			r.read++
			t.left(r, table.Fault{Code: "published.table", Cell: cell.Raw,
				Args: []string{number, name}})
			continue
		}
		if t.group == "Table 6" {
			t.area = subregion(name)
		}
		r.take(t, cell)
	}
	return true
}
