package ledger

import (
	"cmp"
	"slices"

	"carbonledger/ledger/column"
)

// Sums adds the tallies of each flow up, in the order of flows.
func (t *Tallies) Sums() []Sum {
	whos := ranked(t.Whos, func(a, b column.Who) int {
		return cmp.Or(cmp.Compare(a.Entity, b.Entity), cmp.Compare(a.Site, b.Site))
	})
	counterparties := ranked(t.Whos, func(a, b column.Who) int {
		return cmp.Compare(a.Counterparty, b.Counterparty)
	})
	commodities := ranked(t.Whats, func(a, b column.What) int {
		return cmp.Compare(a.Commodity, b.Commodity)
	})
	roles := ranked(t.Whats, func(a, b column.What) int {
		return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.To, b.To))
	})
	rest := ranked(t.Whats, func(a, b column.What) int {
		return cmp.Or(cmp.Compare(a.Vintage, b.Vintage), cmp.Compare(a.Absence, b.Absence))
	})
	whens := ranked(t.Whens, func(a, b column.When) int {
		return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.End, b.End))
	})
	// What flows are ordered by, in three numbers; see Flow.Compare.
	type order struct {
		first, second uint64
		third         uint32
		at            int32
	}
	key := func(o order) order { o.at = 0; return o }
	orders := make([]order, len(t.List))
	for i, one := range t.List {
		orders[i] = order{uint64(whos[one.Who])<<32 | uint64(commodities[one.What]),
			uint64(whens[one.When])<<32 | uint64(roles[one.What]),
			counterparties[one.Who], int32(i)}
	}
	slices.SortFunc(orders, func(a, b order) int {
		if a.first != b.first {
			return cmp.Compare(a.first, b.first)
		}
		return cmp.Or(cmp.Compare(a.second, b.second), cmp.Compare(a.third, b.third),
			cmp.Compare(rest[t.List[a.at].What], rest[t.List[b.at].What]))
	})
	sums := make([]Sum, 0, len(orders))
	for i, o := range orders {
		one := t.List[o.at]
		if i > 0 && key(o) == key(orders[i-1]) &&
			rest[one.What] == rest[t.List[orders[i-1].at].What] {
			last := &sums[len(sums)-1]
			last.Total, last.Rows = last.Total.Add(one.Total), last.Rows+one.Rows
			continue
		}
		sums = append(sums, Sum{t.Flow(one), one.Total, one.Rows})
	}
	return sums
}

// ranked numbers entries in their order; equal ones have the same number.
func ranked[T any](list []T, compare func(a, b T) int) []uint32 {
	order := make([]int32, len(list))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return compare(list[a], list[b]) })
	ranks, rank := make([]uint32, len(list)), uint32(0)
	for i, at := range order {
		if i > 0 && compare(list[order[i-1]], list[at]) != 0 {
			rank++
		}
		ranks[at] = rank
	}
	return ranks
}
