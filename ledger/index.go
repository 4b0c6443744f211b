package ledger

import (
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
		span = quantity.Period{First: min(span.First, a.Period.First),
			End: max(span.End, a.Period.End)}
	}
	return index.Of(entities, span)
}
