package flows

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"carbonledger/quantity"
)

// Ranks put the values of tables in order: a flow comes before another where its ranks do.
//
//	entity, site | commodity | first day, end | from, to | counterparty | vintage, absence
type ranks struct {
	place, counterparty, commodity, when, roles, rest []uint32
}

func ranksOf(t *Tables) ranks {
	who, what, when := t.Who.list, t.What.list, t.When.list
	return ranks{
		place: rank(who, func(a, b Who) int {
			return cmp.Or(strings.Compare(a.Entity, b.Entity), strings.Compare(a.Site, b.Site))
		}),
		counterparty: rank(who, func(a, b Who) int {
			return strings.Compare(a.Counterparty, b.Counterparty)
		}),
		commodity: rank(what, func(a, b What) int {
			return strings.Compare(a.Commodity, b.Commodity)
		}),
		when: rank(when, func(a, b quantity.Period) int {
			return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.End, b.End))
		}),
		roles: rank(what, func(a, b What) int {
			return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To))
		}),
		rest: rank(what, func(a, b What) int {
			return cmp.Or(cmp.Compare(a.Vintage, b.Vintage), strings.Compare(a.Absence, b.Absence))
		}),
	}
}

// rank gives every value its place in the order; equal ones have one.
func rank[T any](values []T, compare func(a, b T) int) []uint32 {
	order := make([]uint32, len(values))
	for i := range order {
		order[i] = uint32(i)
	}
	byValue := func(a, b uint32) int { return compare(values[a], values[b]) }
	if !slices.IsSortedFunc(order, byValue) {
		slices.SortFunc(order, byValue)
	}
	ranks, next := make([]uint32, len(values)), uint32(0)
	for i, at := range order {
		if i > 0 && byValue(order[i-1], at) != 0 {
			next++
		}
		ranks[at] = next
	}
	return ranks
}

// key is the order of a flow as numbers.
type key struct{ first, second, third uint64 }

func (r *ranks) key(c Code) key {
	return key{uint64(r.place[c.Who])<<32 | uint64(r.commodity[c.What]),
		uint64(r.when[c.When])<<32 | uint64(r.roles[c.What]),
		uint64(r.counterparty[c.Who])<<32 | uint64(r.rest[c.What])}
}

func (k key) compare(l key) int {
	return cmp.Or(cmp.Compare(k.first, l.first), cmp.Compare(k.second, l.second),
		cmp.Compare(k.third, l.third))
}

// isOrdered says whether sums stand in the order of their flows, each flow once.
func isOrdered(codes []Code, r *ranks) bool {
	if len(codes) == 0 {
		return true
	}
	last := r.key(codes[0])
	for _, code := range codes[1:] {
		next := r.key(code)
		if last.compare(next) >= 0 {
			return false
		}
		last = next
	}
	return true
}

// Merge puts sums of several batches in the order of their flows and adds up what is of one flow,
// in the order of the batches. A flow that no row reports any more is left out; what a batch adds
// to it afterwards begins anew. Sums that stand apart are put in order and added to nothing.
func Merge(t *Tables, batches []Sums, apart Sums) Sums {
	r := ranksOf(t)
	if len(batches) == 1 && apart.Len() == 0 && isOrdered(batches[0].Codes, &r) {
		return batches[0]
	}
	alone := uint32(len(batches))
	batches = append(slices.Clip(batches), apart)
	order := arrange(batches, &r)
	merged := NewSums(len(order))
	for from := 0; from < len(order); {
		code, end := order[from].code(batches), from+1
		for end < len(order) && order[end].batch != alone && order[end].code(batches) == code {
			end++
		}
		total, rows, known := quantity.Number{}, 0, false
		for _, at := range order[from:end] {
			batch := &batches[at.batch]
			total, rows = total.Add(batch.Total(int(at.row))), rows+batch.Rows[at.row]
			if rows == 0 && known {
				total, known = quantity.Number{}, false
				continue
			}
			known = true
		}
		if known {
			merged.Add(code, total, rows)
		}
		from = end
	}
	return merged
}

// spot is where a sum stands.
type spot struct{ batch, row uint32 }

func (s spot) code(batches []Sums) Code { return batches[s.batch].Codes[s.row] }

// arrange lists the sums of all batches in the order of their flows, those of one flow in the order
// of the batches: dealt out by place first, then each place by itself.
func arrange(batches []Sums, r *ranks) []spot {
	starts := make([]int, len(r.place)+1)
	for _, batch := range batches {
		for _, code := range batch.Codes {
			starts[r.place[code.Who]+1]++
		}
	}
	for i := range starts[1:] {
		starts[i+1] += starts[i]
	}
	order, next := make([]spot, starts[len(starts)-1]), slices.Clone(starts)
	for b, batch := range batches {
		for row, code := range batch.Codes {
			place := r.place[code.Who]
			order[next[place]] = spot{uint32(b), uint32(row)}
			next[place]++
		}
	}
	const parts = 16
	var wait sync.WaitGroup
	for part := range parts {
		first, end := part*len(r.place)/parts, (part+1)*len(r.place)/parts
		wait.Go(func() {
			var keyed []keyedSpot
			for place := first; place < end; place++ {
				keyed = arrangePlace(order[starts[place]:starts[place+1]], batches, r, keyed[:0])
			}
		})
	}
	wait.Wait()
	return order
}

// keyedSpot is a spot with what it is put in order by.
type keyedSpot struct {
	key
	spot
}

// arrangePlace puts the sums of one place in order; it returns its scratch memory.
func arrangePlace(order []spot, batches []Sums, r *ranks, keyed []keyedSpot) []keyedSpot {
	for _, at := range order {
		keyed = append(keyed, keyedSpot{r.key(at.code(batches)), at})
	}
	slices.SortFunc(keyed, func(a, b keyedSpot) int {
		return cmp.Or(a.key.compare(b.key), cmp.Compare(a.batch, b.batch),
			cmp.Compare(a.row, b.row))
	})
	for i, k := range keyed {
		order[i] = k.spot
	}
	return keyed
}
