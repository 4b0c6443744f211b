package intake

import (
	"cmp"
	"errors"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// unitOf returns the unit of a figure as text: the measure's own, which is that of the header where
// the header states one, or the row's. A unit column that says otherwise than the header is wrong.
func (r *reading) unitOf(m *dialects.Placed) (string, bool) {
	text, column := r.field("unit")
	if m.OwnUnit && column >= 0 && !units.Same(m.Unit, r.dialect.Unit(text)) {
		r.faultAt(column, "unit", "unit.header", m.Heading, m.Unit)
		return "", false
	}
	return cmp.Or(m.Unit, text, r.beside), true
}

// unit settles how many book units one unit of the file is, or finds the fault. What was accepted
// on an assumption is told once a file.
func (r *reading) unit(m *dialects.Placed, c quantity.Commodity, text string) (
	quantity.Number, bool) {
	key := unitKey{c.ID, text}
	found, known := r.units[key]
	if !known {
		found.perUnit, found.remark, found.err = units.Accept(c, r.dialect.Unit(text))
		r.units.Keep(key, found)
	}
	if found.err == nil {
		r.remark(found.remark, c, text)
		return found.perUnit, true
	}
	before := len(r.upload.Faults)
	r.unitFault(m, c, text, found.err)
	if r.beside == "" && m.Unit != "" && len(r.upload.Faults) > before {
		// The cell is the figure where the unit is that of the header.
		r.upload.Faults[before].Cell = text
	}
	return quantity.Number{}, false
}

// unitFault tells why a unit does not measure a commodity, at the unit column where the unit is
// from there.
func (r *reading) unitFault(m *dialects.Placed, c quantity.Commodity, text string, err error) {
	column := m.Column
	if at, ok := r.layout.Fields["unit"]; ok && r.beside == "" && m.Unit == "" {
		column = at
	}
	if two := (*quantity.TwoUnits)(nil); errors.As(err, &two) {
		r.faultAt(column, "unit", "unit.ambiguous", two.Readings...)
		return
	}
	code := "unit.unknown"
	for kind, other := range map[error]string{quantity.ErrDimension: "unit.dimension",
		quantity.ErrState: "unit.state", quantity.ErrInexact: "unit.inexact"} {
		if errors.Is(err, kind) {
			code = other
		}
	}
	if text == "" {
		code = "cell.missing"
	}
	r.faultAt(column, "unit", code, c.NameZH, c.NameEN, units.Ways(c))
}

// borrowed tells columns that are read in the unit of the column beside them.
func (r *reading) borrowed() {
	for _, m := range r.layout.Measures {
		if m.Sibling != "" {
			r.upload.Warnings = append(r.upload.Warnings, table.Fault{
				File: r.upload.Source.File, Line: r.layout.Header.Line, Column: m.Column + 1,
				Code: "unit.sibling", Cell: m.Heading, Args: []string{m.Unit, m.Sibling}})
		}
	}
}

// remark tells an assumption about a unit, once for each commodity and unit of the file.
func (r *reading) remark(remark quantity.Remark, c quantity.Commodity, unit string) {
	if remark == quantity.RemarkNone {
		return
	}
	key := string(remark) + c.ID + unit
	if r.remarked[key] {
		return
	}
	r.remarked[key] = true
	fault := table.Fault{File: r.upload.Source.File, Line: r.current.Line, Field: "unit",
		Given: true, Code: string(remark), Cell: unit, Args: []string{c.NameZH, c.NameEN}}
	if at, ok := r.layout.Fields["unit"]; ok {
		fault.Column, fault.Header, fault.Given = at+1, r.layout.Header.Cell(at).Text, false
	}
	r.upload.Warnings = append(r.upload.Warnings, fault)
}
