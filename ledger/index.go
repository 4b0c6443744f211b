package ledger

import (
	"carbonledger/ledger/column"
	"carbonledger/ledger/index"
	"carbonledger/quantity"
)

// IndexOfRows is IndexOf for rows.
func IndexOfRows(rows *column.Rows) []byte {
	if rows.Len() == 0 {
		return nil
	}
	seen, entities := make([]bool, len(rows.Whos)), []string{}
	for _, at := range rows.Who {
		if !seen[at] {
			seen[at] = true
			entities = append(entities, rows.Whos[at].Entity)
		}
	}
	first := rows.Whens[rows.When[0]]
	for _, at := range rows.When {
		when := rows.Whens[at]
		first.First, first.End = min(first.First, when.First), max(first.End, when.End)
	}
	return index.Of(entities, quantity.Period{First: quantity.Day(first.First),
		End: quantity.Day(first.End)})
}

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
