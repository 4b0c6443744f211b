// Package family knows commodities that stand in a form beside their kinds: 原煤 beside 无烟煤 and
// 褐煤. Of such a family only the kinds are posted, and the sum is compared with them. It also knows
// the markers by which the name of a row says where it belongs.
package family

import (
	"maps"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Key names a figure of a row by what becomes of it: a movement or a count.
type Key struct {
	Line     int
	From, To ledger.Role
	Edge     ledger.Edge
}

// Origin is where a figure stands in the file, and as what. Columns are counted from 0.
type Origin struct {
	Column  int
	Heading string
	Number  quantity.Number
	Unit    string
}

// folding is the state of one Fold.
type folding struct {
	upload    ledger.Upload
	catalogue factors.Catalogue
	origins   map[Key]Origin
}

// member is one figure of a family, in book units.
type member struct {
	key     Key
	id      string
	number  quantity.Number
	missing bool
}

// family is what stands in one column for one entity, site and period, by commodity.
type family map[string][]member

// Fold leaves in an upload the kinds of a commodity and not their sum where both stand in the file:
// 原煤 beside 无烟煤 and 褐煤. The sum is compared with its kinds and left out; a sum whose kinds
// are blank stands for itself, and the blanks are no gaps then.
func Fold(u ledger.Upload, c factors.Catalogue, origins map[Key]Origin) ledger.Upload {
	f := folding{u, c, origins}
	families, order := map[any]family{}, []any{}
	add := func(key any, commodity string, m member) {
		if families[key] == nil {
			families[key], order = family{}, append(order, key)
		}
		families[key][commodity] = append(families[key][commodity], m)
	}
	for _, a := range f.upload.Activities {
		key := a.Flow
		key.Commodity, key.Absence = "", ""
		add(key, a.Commodity, member{Key{Line: a.Line, From: a.From, To: a.To}, a.Commodity,
			a.Number, !a.Absence.HasFigure()})
	}
	for _, c := range f.upload.Assertions {
		key := ledger.Assertion{Entity: c.Entity, Site: c.Site, Period: c.Period, Edge: c.Edge}
		add(key, c.Commodity, member{Key{Line: c.Line, Edge: c.Edge}, c.Commodity,
			c.Number, false})
	}
	dropped := map[Key]bool{}
	for _, key := range order {
		f.fold(families[key], dropped)
	}
	f.upload.Activities = slices.DeleteFunc(f.upload.Activities, func(a ledger.Activity) bool {
		return dropped[Key{Line: a.Line, From: a.From, To: a.To}]
	})
	f.upload.Assertions = slices.DeleteFunc(f.upload.Assertions, func(c ledger.Assertion) bool {
		return dropped[Key{Line: c.Line, Edge: c.Edge}]
	})
	return f.upload
}

// fold decides which figures of one column are left out.
func (f *folding) fold(members family, dropped map[Key]bool) {
	for _, parent := range slices.Sorted(maps.Keys(members)) {
		var kinds []member
		for _, id := range slices.Sorted(maps.Keys(members)) {
			if c, ok := f.catalogue.ByID(id); ok && c.Parent == parent {
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
			f.fault(members[parent][0], parent, kinds, sum)
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

func drop(dropped map[Key]bool, members []member, which func(member) bool) {
	for _, m := range members {
		if which(m) {
			dropped[m.key] = true
		}
	}
}

// fault tells of a sum that is not that of its kinds, in the unit of the file where all rows
// have one unit, and otherwise in book units.
func (f *folding) fault(parent member, id string, kinds []member, sum quantity.Number) {
	at := f.origins[parent.key]
	c, _ := f.catalogue.ByID(id)
	bookUnit := c.Unit.Symbol
	whole, unit, kindsSum := at.Number, at.Unit, quantity.Number{}
	var zh, en, zhBook, enBook []string
	for _, kind := range kinds {
		o, ok := f.origins[kind.key]
		if ok && o.Unit != at.Unit {
			whole, unit = parent.number, bookUnit
		}
		kindsSum = kindsSum.Add(o.Number)
		k, _ := f.catalogue.ByID(kind.id)
		zh, en = append(zh, k.NameZH+" "+o.Number.String()),
			append(en, k.NameEN+" "+o.Number.String())
		zhBook, enBook = append(zhBook, k.NameZH+" "+kind.number.String()),
			append(enBook, k.NameEN+" "+kind.number.String())
	}
	if unit == at.Unit {
		sum = kindsSum
	} else {
		zh, en = zhBook, enBook
	}
	f.upload.Faults = append(f.upload.Faults, table.Fault{File: f.upload.Source.File,
		Line: parent.key.Line, Column: at.Column + 1, Code: "parent.sum",
		Cell: whole.String() + " " + unit,
		Args: []string{c.NameZH, c.NameEN, sum.String(), whole.Sub(sum).Abs().String(),
			at.Heading, strings.Join(zh, " + "),
			strings.Join(en, " + ")}})
}
