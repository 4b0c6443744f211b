package index

import (
	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/quantity"
)

// OfActivities makes the index of a block of activities.
func OfActivities(list []ledger.Activity) []byte {
	b := column.NewBuilder()
	for _, a := range list {
		ledger.AddRow(&b.Rows, b, a)
	}
	return OfRows(&b.Rows)
}

// OfRows makes the index of rows whose lists hold what the rows name and nothing else.
func OfRows(r *column.Rows) []byte { return new(Maker).Of(r, allOf(r.Whos), allOf(r.Whens)) }

// allOf are the places of a list.
func allOf[T any](list []T) []uint32 {
	places := make([]uint32, len(list))
	for i := range places {
		places[i] = uint32(i)
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
	span := periodOf(r.Whens[whens[0]])
	for _, when := range whens {
		span = Hull(span, periodOf(r.Whens[when]))
	}
	return Of(m.named, span)
}

func periodOf(w column.When) quantity.Period {
	return quantity.Period{First: quantity.Day(w.First), End: quantity.Day(w.End)}
}

// Hull is the time from the first day of two periods to the last. One without a day counts as its
// first, so that it is in the hull as well.
func Hull(p, q quantity.Period) quantity.Period {
	return quantity.Period{First: min(p.First, q.First),
		End: max(p.End, q.End, p.First+1, q.First+1)}
}
