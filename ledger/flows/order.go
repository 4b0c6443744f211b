package flows

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

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

// Order tells the order of flows by numbers: that of places, and within a place one number for each
// flow where all ranks together have so few bits.
type Order struct {
	ranks
	// shifts are where the ranks stand in the number of a flow, bits how many it has.
	shifts struct{ commodity, when, roles, counterparty int }
	bits   int
}

// Order works out the order of flows whose codes refer to the tables.
func (t *Tables) Order() *Order {
	o := &Order{ranks: ranksOf(t)}
	width := func(ranks []uint32) int {
		most := uint32(0)
		for _, rank := range ranks {
			most = max(most, rank)
		}
		return bits.Len32(most)
	}
	o.shifts.counterparty = width(o.rest)
	o.shifts.roles = o.shifts.counterparty + width(o.counterparty)
	o.shifts.when = o.shifts.roles + width(o.roles)
	o.shifts.commodity = o.shifts.when + width(o.when)
	o.bits = o.shifts.commodity + width(o.commodity)
	return o
}

// Places counts the places, Place is that of a who among them: an entity with its site.
func (o *Order) Places() int {
	most := 0
	for _, place := range o.place {
		most = max(most, int(place)+1)
	}
	return most
}

// Place returns the place of a who.
func (o *Order) Place(who uint32) uint32 { return o.place[who] }

// number is the order of a flow among those of its place, where the bits suffice.
func (o *Order) number(c Code) uint64 {
	return uint64(o.commodity[c.What])<<o.shifts.commodity |
		uint64(o.when[c.When])<<o.shifts.when | uint64(o.roles[c.What])<<o.shifts.roles |
		uint64(o.counterparty[c.Who])<<o.shifts.counterparty | uint64(o.rest[c.What])
}

// Compare compares flows of any places.
func (o *Order) Compare(c, d Code) int {
	if c == d {
		return 0
	}
	if order := cmp.Compare(o.place[c.Who], o.place[d.Who]); order != 0 || o.bits > 64 {
		return cmp.Or(order, cmp.Compare(o.commodity[c.What], o.commodity[d.What]),
			cmp.Compare(o.when[c.When], o.when[d.When]),
			cmp.Compare(o.roles[c.What], o.roles[d.What]),
			cmp.Compare(o.counterparty[c.Who], o.counterparty[d.Who]),
			cmp.Compare(o.rest[c.What], o.rest[d.What]))
	}
	return cmp.Compare(o.number(c), o.number(d))
}

// Sort returns the order of n flows of one place, in scratch memory if it suffices; those of one
// flow stay in the order in which they are. A number with the place behind it is put in order in a
// fraction of the time that comparing takes.
func (o *Order) Sort(n int, code func(int) Code, scratch []uint64) []uint64 {
	scratch = scratch[:0]
	behind := bits.Len(uint(n))
	if o.bits+behind > 64 {
		for i := range n {
			scratch = append(scratch, uint64(i))
		}
		slices.SortStableFunc(scratch, func(a, b uint64) int {
			return o.Compare(code(int(a)), code(int(b)))
		})
		return scratch
	}
	for i := range n {
		scratch = append(scratch, o.number(code(i))<<behind|uint64(i))
	}
	if !slices.IsSorted(scratch) {
		slices.Sort(scratch)
	}
	for i, number := range scratch {
		scratch[i] = number & (1<<behind - 1)
	}
	return scratch
}

// isOrdered says whether sums stand in the order of their flows, each flow once.
func (o *Order) isOrdered(codes []Code) bool {
	var disorder atomic.Bool
	EachPart(len(codes), func(first, end int) {
		for i := max(first, 1); i < end; i++ {
			if o.Compare(codes[i-1], codes[i]) >= 0 {
				disorder.Store(true)
				return
			}
		}
	})
	return !disorder.Load()
}

// Merge puts sums of several batches in the order of their flows and adds up what is of one flow,
// in the order of the batches. A flow that no row reports any more is left out; what a batch adds
// to it afterwards begins anew. Sums that stand apart are put in order and added to nothing.
func Merge(t *Tables, batches []Sums, apart Sums) Sums {
	alike := len(batches) == 1 && apart.Len() == 0
	if alike && batches[0].ordered {
		return batches[0]
	}
	o := t.Order()
	if alike && o.isOrdered(batches[0].Codes) {
		batches[0].ordered = true
		return batches[0]
	}
	alone := uint32(len(batches))
	batches = append(slices.Clip(batches), apart)
	order := arrange(batches, o)
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
func arrange(batches []Sums, o *Order) []spot {
	starts := make([]int, o.Places()+1)
	for _, batch := range batches {
		for _, code := range batch.Codes {
			starts[o.place[code.Who]+1]++
		}
	}
	for i := range starts[1:] {
		starts[i+1] += starts[i]
	}
	order, next := make([]spot, starts[len(starts)-1]), slices.Clone(starts)
	for b, batch := range batches {
		for row, code := range batch.Codes {
			place := o.place[code.Who]
			order[next[place]] = spot{uint32(b), uint32(row)}
			next[place]++
		}
	}
	EachPart(len(starts)-1, func(first, end int) {
		var dealt []spot
		var numbers []uint64
		for place := first; place < end; place++ {
			all := order[starts[place]:starts[place+1]]
			dealt = append(dealt[:0], all...)
			numbers = o.Sort(len(all), func(i int) Code { return dealt[i].code(batches) },
				numbers)
			for i, at := range numbers {
				all[i] = dealt[at]
			}
		}
	})
	return order
}

// EachPart calls work for the parts of n things, in no order and several at once.
func EachPart(n int, work func(first, end int)) {
	const parts = 16
	var wait sync.WaitGroup
	for part := range min(parts, n) {
		wait.Go(func() { work(part*n/min(parts, n), (part+1)*n/min(parts, n)) })
	}
	wait.Wait()
}
