package intake

import (
	"slices"
	"strconv"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/units"
	"carbonledger/table"
)

// faceless finds files that say nowhere whose figures they hold, or of which time; one fault for
// the file says more than one for every row.
func (r *reading) faceless() (faults []table.Fault) {
	if r.dialect.Registers || len(r.layout.Measures) == 0 {
		return nil
	}
	needs := []struct {
		code   string
		fields []string
	}{{"column.entity", []string{"entity", "area"}},
		{"column.period", append([]string{"year"}, timeFields...)}}
	for _, need := range needs {
		has := slices.ContainsFunc(need.fields, func(field string) bool {
			_, placed := r.layout.Fields[field]
			return placed || r.layout.Given[field] != ""
		})
		if need.code == "column.period" {
			has = has || !slices.ContainsFunc(r.layout.Measures, func(m dialects.Placed) bool {
				return m.Covers == ""
			})
		}
		if has {
			continue
		}
		fault := table.Fault{File: r.upload.Source.File, Line: r.layout.Header.Line,
			Code: need.code}
		if line := r.dialect.PeriodLine(); need.code == "column.period" && line != "" {
			fault.Code, fault.Args = "column.period-above", []string{line}
		}
		faults = append(faults, fault)
	}
	return faults
}

// unfilled finds a form that has its header and not one row that says anything.
func (r *reading) unfilled(rows []table.Row) bool {
	d := r.dialect
	if len(r.upload.Faults) > 0 || slices.ContainsFunc(rows, func(row table.Row) bool {
		return !d.IsNote(row) && !d.NumbersColumns(row) && !r.isUnfilled(row)
	}) {
		return false
	}
	r.upload.Faults = []table.Fault{{File: r.upload.Source.File, Line: r.layout.Header.Line,
		Code: "file.unfilled"}}
	return true
}

// isUnfilled says whether a row is one that the form prints and nobody has filled in: no figure
// stands in it, so it says nothing and is no gap.
func (r *reading) isUnfilled(row table.Row) bool {
	if len(r.dialect.Template.Rows) == 0 || len(r.layout.Measures) == 0 {
		return false
	}
	return !slices.ContainsFunc(r.layout.Measures, func(m dialects.Placed) bool {
		return row.Cell(m.Column).Text != ""
	})
}

// filled returns the row with the blank cells of columns that are filled down: merged cells hold
// their text in the first row only.
func (r *reading) filled(row table.Row) table.Row {
	copied := false
	for _, column := range r.dialect.Columns {
		if column.Fill == "" {
			continue
		}
		at, ok := r.layout.Fields[column.Field]
		if !ok {
			continue
		}
		if text := row.Cell(at).Text; text != "" {
			r.above[at] = row.Cell(at)
			continue
		}
		above, ok := r.above[at]
		if !ok || at >= len(row.Cells) {
			continue
		}
		if !copied {
			row.Cells, copied = slices.Clone(row.Cells), true
		}
		row.Cells[at] = above
	}
	return row
}

// surplus finds cells to the right of the header: a cell that holds a comma without quotation marks
// shifts all that follow.
func (r *reading) surplus(row table.Row, width int) {
	for i := width; i < len(row.Cells); i++ {
		if row.Cells[i].Text != "" {
			r.faultAt(i, "", "row.wide", strconv.Itoa(width))
			return
		}
	}
}

// damaged finds error values of a spreadsheet in cells that describe; in those that count, reading
// the figure finds them.
func (r *reading) damaged() (found bool) {
	for i, cell := range r.current.Cells {
		code := table.Damage(cell.Text)
		if code == "" {
			continue
		}
		for field, at := range r.layout.Fields {
			if at == i && field != dialects.Ignored {
				r.faultAt(i, field, code)
				found = true
			}
		}
	}
	return found
}

// strange tells columns of nothing but figures that the dialect does not read.
func (r *reading) strange(rows []table.Row) {
	if !r.dialect.ReadsHeaders() {
		return
	}
	for i, cell := range r.layout.Header.Cells {
		if r.layout.Reads(i) || cell.Text == "" {
			continue
		}
		figures, words := 0, 0
		for _, row := range rows {
			if r.dialect.IsMissing(row.Cell(i).Text) || r.dialect.IsNote(row) {
				continue
			}
			if _, ok := quietNumber(row.Cell(i)); ok {
				figures++
			} else {
				words++
			}
		}
		if figures > 0 && words == 0 {
			r.TellFigures(i, figures)
		}
	}
}

// TellFigures tells a column that holds figures and is not read.
func (r *reading) TellFigures(column, figures int) {
	cell := r.layout.Header.Cell(column)
	warning := table.Fault{Line: r.layout.Header.Line, File: r.upload.Source.File,
		Column: column + 1, Code: "column.unread", Cell: cell.Raw,
		Args: []string{strconv.Itoa(figures)}}
	if unit, ok := dialects.Amount(cell.Text); ok {
		warning.Code, warning.Args = "column.amount", append(warning.Args, unit)
	} else if units.IsMoney(cell.Raw) {
		warning.Code = "column.money" // What a bill comes to is no energy.
	}
	r.upload.Warnings = append(r.upload.Warnings, warning)
}
