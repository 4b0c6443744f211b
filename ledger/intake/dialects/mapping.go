package dialects

import (
	"strings"

	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

// figureField is the field of a column of figures in a mapping and in faults.
const figureField = "quantity"

// checked is the field of a column that is compared with others and not read.
const checked = "checked"

// stated is the field of a column of coefficients and measured values.
const stated = "stated"

// Mapping says how every column of the sheet is read, in the order of the columns. A column without
// a header that is not read is left out.
func (l Layout) Mapping() []ledger.Mapped {
	byColumn := map[int]ledger.Mapped{}
	for _, m := range l.Measures {
		if m.LessColumn >= 0 && byColumn[m.LessColumn] == (ledger.Mapped{}) {
			byColumn[m.LessColumn] = ledger.Mapped{Field: "less"}
		}
	}
	for field, at := range l.Fields {
		if field != Ignored {
			byColumn[at] = ledger.Mapped{Field: field}
		}
	}
	for _, m := range l.Measures {
		for _, at := range append([]int{m.Column}, m.MoreColumns...) {
			byColumn[at] = m.mapped()
		}
	}
	for _, check := range l.Checks {
		for _, at := range check.Columns() {
			if _, read := byColumn[at]; !read && at >= 0 {
				byColumn[at] = ledger.Mapped{Field: checked}
			}
		}
	}
	for _, at := range l.repeated() {
		if _, read := byColumn[at]; !read && at >= 0 {
			byColumn[at] = ledger.Mapped{Field: checked}
		}
	}
	var list []ledger.Mapped
	for i, cell := range l.Header.Cells {
		one, read := byColumn[i]
		if len(l.claims.open[i]) > 1 {
			one = ledger.Mapped{}
		}
		if one.Column, one.Header = i+1, cell.Text; read || cell.Text != "" {
			list = append(list, one)
		}
	}
	return list
}

// repeated lists the columns that are compared with others and not read: a total of columns, and
// what the weighed columns and their parts say once more.
func (l Layout) repeated() []int {
	columns := []int{l.Total}
	for _, w := range l.claims.dialect.Weighed {
		of, parts := l.Column(w.Of), []int(nil)
		for name := range w.Parts {
			if at := l.Column(name); at >= 0 {
				parts = append(parts, at)
			}
		}
		if of >= 0 && len(parts) > 0 {
			columns = append(append(columns, of), parts...)
		}
	}
	return columns
}

// mapped says what the column of a measure decides about its figures.
func (m Placed) mapped() ledger.Mapped {
	one := ledger.Mapped{Field: figureField, Commodity: m.Commodity, Unit: m.Unit, Role: m.Role}
	if m.Count != "" {
		one.Role = m.Count
	}
	if m.Measure.State != "" {
		one.Field = stated
		return one
	}
	if unit, err := quantity.ParseUnit(table.Fold(m.Unit)); err == nil {
		one.State = unit.State
	}
	return one
}

// title describes a field or a measure in words.
func (d Dialect) title(what kind, lang table.Lang) string {
	if what.measure < 0 {
		return table.FieldTitle(what.field, lang)
	}
	m := d.Measures[what.measure]
	words := []string{table.FieldTitle(figureField, lang), d.target(what)}
	for _, word := range []string{m.Commodity, m.Unit, m.Role, m.Count, m.Period} {
		if word != "" {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}
