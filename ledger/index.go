package ledger

import (
	"carbonledger/ledger/column"
	"carbonledger/ledger/index"
	"carbonledger/quantity"
)

// IndexOf makes the index of a block of these activities: see package index.
func IndexOf(list []Activity) []byte {
	b := column.NewBuilder()
	for _, a := range list {
		AddRow(&b.Rows, b, a)
	}
	return IndexOfRows(&b.Rows)
}

// IndexOfRows is IndexOf for rows as columns, whose lists hold what the rows name and nothing else.
func IndexOfRows(r *column.Rows) []byte {
	return new(Indexer).Of(r, allOf(r.Whos), allOf(r.Whens))
}

// allOf are the places of a list.
func allOf[T any](list []T) (places []uint32) {
	for i := range list {
		places = append(places, uint32(i))
	}
	return places
}

// Indexer makes indexes of blocks of rows whose lists are the same, or have grown from one block to
// the next. It is not safe for concurrent use.
type Indexer struct{ entities, named []index.Entity }

// Of makes the index of a block that names these entries of the lists of whom and of times.
func (x *Indexer) Of(r *column.Rows, whos, whens []uint32) []byte {
	if len(whens) == 0 {
		return nil
	}
	for _, who := range r.Whos[len(x.entities):] {
		x.entities = append(x.entities, index.EntityOf(who.Entity))
	}
	x.named = x.named[:0]
	for _, who := range whos {
		x.named = append(x.named, x.entities[who])
	}
	span := periodOf(r.Whens[whens[0]])
	for _, when := range whens {
		span = Hull(span, periodOf(r.Whens[when]))
	}
	return index.Of(x.named, span)
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
