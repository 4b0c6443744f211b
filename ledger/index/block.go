package index

import (
	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/quantity"
)

// OfActivities makes the index of a block of activities.
func OfActivities(list []ledger.Activity) []byte {
	if len(list) == 0 {
		return nil
	}
	var entities []Entity
	span, last := list[0].Period, ""
	for i, a := range list {
		if i == 0 || a.Entity != last {
			entities, last = append(entities, EntityOf(a.Entity)), a.Entity
		}
		span = Hull(span, a.Period)
	}
	return Of(entities, span)
}

// OfRows makes the index of rows as columns, whose lists may hold more than the rows name.
func OfRows(r *column.Rows) []byte {
	return new(Maker).Of(r, named(r.Who, len(r.Whos)), named(r.When, len(r.Whens)))
}

// named are the places of a list that rows name.
func named(at []uint32, length int) (places []uint32) {
	seen := make([]bool, length)
	for _, place := range at {
		if !seen[place] {
			seen[place], places = true, append(places, place)
		}
	}
	return places
}

// Maker makes indexes of blocks of rows whose lists are the same, or have grown from one block to
// the next. It is not safe for concurrent use.
type Maker struct{ entities, named []Entity }

// Of makes the index of a block that names these entries of the lists of whom and of times.
func (m *Maker) Of(r *column.Rows, whos, whens []uint32) []byte {
	if len(whens) == 0 {
		return nil
	}
	for _, who := range r.Whos[len(m.entities):] {
		m.entities = append(m.entities, EntityOf(who.Entity))
	}
	m.named = m.named[:0]
	for _, who := range whos {
		m.named = append(m.named, m.entities[who])
	}
	span := r.Whens[whens[0]].Period()
	for _, when := range whens {
		span = Hull(span, r.Whens[when].Period())
	}
	return Of(m.named, span)
}

// Hull is the time from the first day of two periods to the last. One without a day counts as its
// first, so that it is in the hull as well.
func Hull(p, q quantity.Period) quantity.Period {
	return quantity.Period{First: min(p.First, q.First),
		End: max(p.End, q.End, p.First+1, q.First+1)}
}
