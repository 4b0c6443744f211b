package intake

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// origin is where a figure stands in the file, and as what.
type origin struct {
	column int
	number quantity.Number
	unit   string
}

// figureKey names a figure of a row by what becomes of it: a movement or a count.
type figureKey struct {
	line     int
	from, to ledger.Role
	edge     ledger.Edge
}

// remember notes where a figure stands, until foldFamilies knows whether it is that of a family.
func (r *reading) remember(m dialects.Placed, flow ledger.Flow, number quantity.Number,
	unit string) {
	key := figureKey{line: r.current.Line, from: flow.From, to: flow.To}
	if m.Count != "" {
		key = figureKey{line: r.current.Line, edge: ledger.Edge(m.Count)}
	}
	if r.dialect.Hierarchy {
		r.origins[key] = origin{m.Column, number, unit}
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

// member is one figure of a family, in book units.
type member struct {
	key     figureKey
	id      string
	number  quantity.Number
	missing bool
}

// family is what stands in one column for one entity, site and period, by commodity.
type family map[string][]member

// foldFamilies posts the kinds of a commodity and not their sum where both stand in the file: 原煤
// beside 无烟煤 and 褐煤. The sum is compared with its kinds and left out; a sum whose kinds are
// blank stands for itself, and the blanks are no gaps then.
func (r *reading) foldFamilies() {
	if !r.dialect.Hierarchy {
		return
	}
	families, order := map[any]family{}, []any{}
	add := func(key any, commodity string, m member) {
		if families[key] == nil {
			families[key], order = family{}, append(order, key)
		}
		families[key][commodity] = append(families[key][commodity], m)
	}
	for _, a := range r.upload.Activities {
		key := a.Flow
		key.Commodity, key.Absence = "", ""
		add(key, a.Commodity, member{figureKey{line: a.Line, from: a.From, to: a.To}, a.Commodity,
			a.Number, !a.Absence.HasFigure()})
	}
	for _, c := range r.upload.Assertions {
		key := ledger.Assertion{Entity: c.Entity, Site: c.Site, Period: c.Period, Edge: c.Edge}
		add(key, c.Commodity, member{figureKey{line: c.Line, edge: c.Edge}, c.Commodity,
			c.Number, false})
	}
	dropped := map[figureKey]bool{}
	for _, key := range order {
		r.foldFamily(families[key], dropped)
	}
	r.upload.Activities = slices.DeleteFunc(r.upload.Activities, func(a ledger.Activity) bool {
		return dropped[figureKey{line: a.Line, from: a.From, to: a.To}]
	})
	r.upload.Assertions = slices.DeleteFunc(r.upload.Assertions, func(c ledger.Assertion) bool {
		return dropped[figureKey{line: c.Line, edge: c.Edge}]
	})
}

// foldFamily decides which figures of one column are left out.
func (r *reading) foldFamily(members family, dropped map[figureKey]bool) {
	for _, parent := range slices.Sorted(maps.Keys(members)) {
		var kinds []member
		for _, id := range slices.Sorted(maps.Keys(members)) {
			if c, ok := r.lexicon.Catalogue.ByID(id); ok && c.Parent == parent {
				kinds = append(kinds, members[id]...)
			}
		}
		if len(kinds) == 0 {
			continue
		}
		sum, whole := total(kinds), total(members[parent])
		has := slices.ContainsFunc(members[parent], func(m member) bool { return !m.missing })
		if has {
			drop(dropped, kinds, func(m member) bool { return m.missing })
		}
		if has && sum.IsZero() && !whole.IsZero() {
			continue
		}
		if has && !sum.Equal(whole) {
			r.familyFault(members[parent][0], parent, kinds, sum)
			continue
		}
		drop(dropped, members[parent], func(member) bool { return true })
	}
}

func total(members []member) (sum quantity.Number) {
	for _, m := range members {
		sum = sum.Add(m.number)
	}
	return sum
}

func drop(dropped map[figureKey]bool, members []member, which func(member) bool) {
	for _, m := range members {
		if which(m) {
			dropped[m.key] = true
		}
	}
}

// familyFault tells of a sum that is not that of its kinds, in the unit of the file where all rows
// have one unit, and otherwise in book units.
func (r *reading) familyFault(parent member, id string, kinds []member, sum quantity.Number) {
	at := r.origins[parent.key]
	for i, e := range r.upload.Entities {
		if e.Line == parent.key.line {
			r.upload.Entities[i].Line = kinds[0].key.line // a row with a fault registers nobody
		}
	}
	c, _ := r.lexicon.Catalogue.ByID(id)
	bookUnit := c.Unit.Symbol
	whole, unit, kindsSum := at.number, at.unit, quantity.Number{}
	var zh, en, zhBook, enBook []string
	for _, kind := range kinds {
		o, ok := r.origins[kind.key]
		if ok && o.unit != at.unit {
			whole, unit = parent.number, bookUnit
		}
		kindsSum = kindsSum.Add(o.number)
		k, _ := r.lexicon.Catalogue.ByID(kind.id)
		zh, en = append(zh, k.NameZH+" "+o.number.String()),
			append(en, k.NameEN+" "+o.number.String())
		zhBook, enBook = append(zhBook, k.NameZH+" "+kind.number.String()),
			append(enBook, k.NameEN+" "+kind.number.String())
	}
	if unit == at.unit {
		sum = kindsSum
	} else {
		zh, en = zhBook, enBook
	}
	r.upload.Faults = append(r.upload.Faults, table.Fault{File: r.upload.Source.File,
		Line: parent.key.line, Column: at.column + 1, Code: "parent.sum",
		Cell: whole.String() + " " + unit,
		Args: []string{c.NameZH, c.NameEN, sum.String(), whole.Sub(sum).Abs().String(),
			r.layout.Header.Cell(at.column).Text, strings.Join(zh, " + "),
			strings.Join(en, " + ")}})
}
