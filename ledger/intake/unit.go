package intake

import (
	"errors"
	"strings"

	"carbonledger/quantity"
	"carbonledger/table"
)

// unit settles how many book units one unit of the file is, or finds the fault. What was accepted
// on an assumption is told once a file.
func (r *reading) unit(m placed, c quantity.Commodity, text string) (quantity.Number, bool) {
	key := unitKey{c.ID, text}
	found, known := r.units[key]
	if !known {
		found = accept(c, text)
		r.units[key] = found
	}
	if found.err == nil {
		r.remark(found.remark, c, text)
		return found.perUnit, true
	}
	column := m.column
	if at, ok := r.layout.fields["unit"]; ok {
		column = at
	}
	code := "unit.unknown"
	for err, other := range map[error]string{quantity.ErrDimension: "unit.dimension",
		quantity.ErrState: "unit.state", quantity.ErrInexact: "unit.inexact"} {
		if errors.Is(found.err, err) {
			code = other
		}
	}
	if text == "" {
		code = "cell.missing"
	}
	ways := orElse(strings.Join(examples[c.Unit.Symbol], ", "), c.Unit.Symbol)
	r.faultAt(column, "unit", code, c.NameZH, c.NameEN, ways)
	return quantity.Number{}, false
}

func accept(c quantity.Commodity, text string) accepted {
	unit, err := quantity.ParseUnit(table.Fold(text))
	if err != nil {
		return accepted{err: err}
	}
	perUnit, remark, err := c.Accept(unit)
	return accepted{perUnit, remark, err}
}

// examples are units a way out names, by book unit.
var examples = map[string][]string{
	"kWh":    {"kWh", "万kWh"},
	"kJ":     {"GJ", "百万千焦", "MJ"},
	"kg":     {"t", "kg", "万t"},
	"Nm3":    {"万Nm3", "Nm3"},
	"L":      {"m3", "万m3", "L"},
	"kgce":   {"tce", "kgce"},
	"yuan":   {"万元", "亿元"},
	"person": {"万人", "人"},
	"m2":     {"m2", "km2"},
}

// remark tells an assumption about a unit, once for each commodity and unit of the file.
func (r *reading) remark(remark quantity.Remark, c quantity.Commodity, unit string) {
	key := string(remark) + c.ID + unit
	if remark == quantity.RemarkNone || r.remarked[key] {
		return
	}
	r.remarked[key] = true
	r.upload.Warnings = append(r.upload.Warnings, table.Fault{File: r.upload.Source.File,
		Line: r.current.Line, Field: "unit", Code: string(remark), Cell: unit,
		Args: []string{c.NameZH, c.NameEN}})
}
