package ledger

import (
	"slices"

	"carbonledger/ledger/flows"
	"carbonledger/quantity"
)

// Sums adds the tallies of each flow up, in the order of flows.
func (t *Tallies) Sums() []Sum {
	tables := &flows.Tables{}
	who, what, when := make([]uint32, len(t.Whos)), make([]uint32, len(t.Whats)),
		make([]uint32, len(t.Whens))
	for i, w := range t.Whos {
		who[i] = tables.Who.Place(w)
	}
	for i, w := range t.Whats {
		what[i] = tables.What.Place(flows.What{From: w.From, To: w.To, Commodity: w.Commodity,
			Absence: w.Absence, Vintage: quantity.Day(w.Vintage)})
	}
	for i, w := range t.Whens {
		when[i] = tables.When.Place(quantity.Period{First: quantity.Day(w.First),
			End: quantity.Day(w.End)})
	}
	sums := flows.NewSums(len(t.List))
	for _, one := range t.List {
		code := flows.Code{Who: who[one.Who], What: what[one.What], When: when[one.When]}
		sums.Add(code, one.Total, one.Rows)
	}
	ordered := tables.Ordered(flows.Merge(tables, []flows.Sums{sums}, flows.Sums{}))
	return slices.Collect(Sums{ordered}.All())
}
