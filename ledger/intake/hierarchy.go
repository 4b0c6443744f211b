package intake

import (
	"cmp"
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/family"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
)

// remember notes where a figure stands, until foldFamilies knows whether it is that of a family.
func (r *reading) remember(m *dialects.Placed, flow ledger.Flow, number quantity.Number,
	unit string) {
	key := family.Key{Line: r.current.Line, From: flow.From, To: flow.To}
	if m.Count != "" {
		key = family.Key{Line: r.current.Line, Edge: ledger.Edge(m.Count)}
	}
	if r.dialect.Hierarchy {
		r.origins[key] = family.Origin{Column: m.Column, Heading: m.Heading, Number: number,
			Unit: unit}
	}
}

// named reads a name that ends with its unit, as 电力(万千瓦时) does, and returns the name alone. It
// returns false where the row has another unit besides.
func (r *reading) named(name string) (string, bool) {
	stem, unit := units.Split(name)
	if _, found := r.find(stem); unit == "" || !found {
		return name, true
	}
	other := r.text("unit")
	for _, m := range r.layout.Measures {
		if m.OwnUnit && m.State == "" {
			other = m.Unit
		}
	}
	if other != "" && !units.Same(r.dialect.Unit(other), r.dialect.Unit(unit)) {
		r.fault("commodity", "unit.named", unit, other)
		return name, false
	}
	r.said = map[string]string{"commodity": stem, "unit": cmp.Or(other, unit)}
	return stem, true
}

// isPart says whether a row is a part of the one above it and no fuel of its own: 其中:绿电 below
// 电力, 其中:0#柴油 below 柴油. What it says is counted in the row above.
func (r *reading) isPart() bool {
	name := r.text("commodity")
	if !r.dialect.Hierarchy || name == "" {
		return false
	}
	commodity, found := r.find(name)
	if !strings.HasPrefix(name, "其中") {
		r.head = commodity
		return false
	}
	same := found && commodity.ID == r.head.ID
	if r.head.ID == "" || !same && (r.head.Class == quantity.ClassFuel ||
		found && commodity.Class != r.head.Class) {
		return false
	}
	r.warn(r.layout.Fields["commodity"], "row.part", r.head.NameZH, r.head.NameEN)
	return true
}

// foldFamilies leaves out the sums of kinds that stand in the file as well, and tells those that
// are not the sum of their kinds.
func (r *reading) foldFamilies() {
	if r.dialect.Hierarchy {
		r.upload = family.Fold(r.upload, r.lexicon.Catalogue, r.origins)
	}
}
