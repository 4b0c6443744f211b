package intake

import (
	"cmp"
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// stated reads a cell of a measure that states a property: a coefficient, a heating value, a ratio.
// It goes into the statements of the upload and is never added up.
func (r *reading) stated(m *dialects.Placed) {
	cell := r.current.Cell(m.Column)
	if cell.Spread || r.dialect.IsMissing(cell.Text) {
		return
	}
	var commodity quantity.Commodity
	if name := cmp.Or(m.Commodity, r.text("commodity"), r.text("code")); name != "" {
		known, ok := r.commodity(m)
		if !ok {
			return
		}
		commodity = known
	}
	unit := r.statedUnit(m, commodity)
	number, ok := r.counted(m.Column, cell, unit)
	if !ok {
		return
	}
	unit = cmp.Or(unit, r.beside)
	r.plausible(m, number, unit)
	r.upload.Statements = append(r.upload.Statements, ledger.Statement{Entity: r.flow.Entity,
		Site: cmp.Or(m.Site, r.flow.Site), Commodity: commodity.ID,
		Period:   r.when(cmp.Or(m.Covers, r.text("period"))),
		Property: m.State, Number: number, Unit: unit, Line: r.current.Line, Written: cell.Raw})
}

// statedUnit is the unit of a property: that of the measure, with the unit of the row in place of
// {unit}, as t for 吨 where the unit is a usual one of the commodity.
func (r *reading) statedUnit(m *dialects.Placed, c quantity.Commodity) string {
	unit := table.Fold(r.text("unit"))
	for _, usual := range units.Usual(c) {
		if units.Same(unit, usual) {
			unit = usual
			break
		}
	}
	return strings.ReplaceAll(m.Unit, "{unit}", unit)
}

// plausible compares a stated property with the reference the form prints beside it and with the
// range such properties have; what lies outside is most often a figure in another unit.
func (r *reading) plausible(m *dialects.Placed, number quantity.Number, unit string) {
	if m.NearColumn >= 0 {
		reference, ok := quietNumber(r.current.Cell(m.NearColumn))
		off := number.Sub(reference).Abs().Mul(quantity.Int(2))
		if ok && reference.Sign() > 0 && off.Cmp(reference) > 0 {
			r.warn(m.Column, "coefficient.far", r.text("commodity"), reference.String(), m.Heading)
		}
	}
	if r.outside(m, number) {
		code := "stated.range"
		if m.State == "carbon-content" {
			code = "carbon.magnitude"
		}
		r.warn(m.Column, code, m.Heading, cmp.Or(m.Min, "0"), m.Max, unit)
	}
}

func (r *reading) outside(m *dialects.Placed, number quantity.Number) bool {
	if m.Max == "" {
		return false
	}
	low, _ := quantity.ParseNumber(cmp.Or(m.Min, "0"))
	high, _ := quantity.ParseNumber(m.Max)
	return number.Cmp(low) < 0 || number.Cmp(high) > 0
}
