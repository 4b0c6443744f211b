package ledger

import (
	"carbonledger/ledger/column"
	"carbonledger/ledger/index"
	"carbonledger/quantity"
)

// IndexOf makes the index of a block of these activities: see package index.
func IndexOf(list []Activity) []byte {
	if len(list) == 0 {
		return nil
	}
	var entities []string
	span := list[0].Period
	for _, a := range list {
		if len(entities) == 0 || entities[len(entities)-1] != a.Entity {
			entities = append(entities, a.Entity)
		}
		span = Hull(span, a.Period)
	}
	return index.Of(entities, span)
}

// IndexOfRows is IndexOf for rows as columns, whose lists may hold more than the rows name.
func IndexOfRows(r *column.Rows) []byte {
	if r.Len() == 0 {
		return nil
	}
	whos, whens := make([]bool, len(r.Whos)), make([]bool, len(r.Whens))
	for i, who := range r.Who {
		whos[who], whens[r.When[i]] = true, true
	}
	var entities []string
	for who, named := range whos {
		if named {
			entities = append(entities, r.Whos[who].Entity)
		}
	}
	span := periodOf(r.Whens[r.When[0]])
	for when, named := range whens {
		if named {
			span = Hull(span, periodOf(r.Whens[when]))
		}
	}
	return index.Of(entities, span)
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
