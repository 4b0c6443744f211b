package intake

import (
	"cmp"
	"strings"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/family"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// commodity settles what the figure is of.
func (r *reading) commodity(m *dialects.Placed) (quantity.Commodity, bool) {
	name := cmp.Or(m.Commodity, r.text("commodity"))
	if coded, ok := r.coded(); ok && name == "" {
		return coded, true
	}
	commodity, ok := r.find(name)
	if ok && m.Commodity == "" && !r.agrees(commodity) {
		return commodity, false
	}
	if !ok && len(dialects.Ambiguous(name)) > 0 {
		may := dialects.AskCommodity(r.lexicon.Catalogue, name)
		r.fault("commodity", "commodity.ambiguous", may.Listed()...)
		return commodity, false
	}
	if !ok {
		near := strings.Join(r.lexicon.Catalogue.Near(name), ", ")
		r.fault("commodity", "commodity.unknown", cmp.Or(near, "-"))
	}
	return commodity, ok
}

// find looks a name up, as written or without the markers before it.
func (r *reading) find(name string) (quantity.Commodity, bool) {
	found := r.lookUp(name)
	return found.commodity, found.ok
}

// lookUp is find, and keeps what it finds.
func (r *reading) lookUp(name string) *named {
	return r.names.Ask(name, func(name string) *named {
		commodity, ok := r.called(name)
		if !ok {
			commodity, ok = r.called(family.Bare(name))
		}
		return &named{commodity, ok}
	})
}

// called looks a name up as it stands, or what the dialect has for it.
func (r *reading) called(name string) (quantity.Commodity, bool) {
	if renamed, is := r.dialect.Rename[table.Key(name)]; is {
		name = renamed
	}
	return r.lexicon.Catalogue.Find(name)
}

// coded returns the commodity the code column names. Programs that take a code for a number drop
// its leading zero.
func (r *reading) coded() (quantity.Commodity, bool) {
	code := r.text("code")
	if len(code) == 1 {
		code = "0" + code
	}
	return r.lexicon.Catalogue.ByID(r.dialect.Codes[code])
}

// agrees compares the code of the row with its name. A code for a kind of the named one, or the
// other way round, agrees: editions of a form differ in how far they part a code.
func (r *reading) agrees(c quantity.Commodity) bool {
	coded, ok := r.coded()
	if !ok || coded.ID == c.ID || coded.Parent == c.ID || c.Parent == coded.ID {
		return true
	}
	r.fault("code", "code.name", coded.NameZH, coded.NameEN, c.NameZH, c.NameEN)
	return false
}

// kind returns the commodity to take where the unit does not measure the one that is named.
func (r *reading) kind(c quantity.Commodity, unit string) quantity.Commodity {
	kinds := r.dialect.Kinds[c.ID]
	if len(kinds) == 0 {
		return c
	}
	unit = r.dialect.Unit(unit)
	if _, _, err := units.Accept(c, unit); err == nil {
		return c
	}
	for _, id := range kinds {
		other, ok := r.lexicon.Catalogue.ByID(id)
		if !ok {
			continue
		}
		if _, _, err := units.Accept(other, unit); err == nil {
			return other
		}
	}
	return c
}
