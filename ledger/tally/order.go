package tally

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"carbonledger/ledger/flows"
	"carbonledger/quantity"
)

// coded are the lists of tallies as places in tables of flows.
type coded struct {
	tables             flows.Tables
	whos, whats, whens []uint32
}

func (t *Tallies) coded() *coded {
	c := &coded{whos: make([]uint32, len(t.Whos)), whats: make([]uint32, len(t.Whats)),
		whens: make([]uint32, len(t.Whens))}
	for i, who := range t.Whos {
		c.whos[i] = c.tables.Who.Place(who)
	}
	for i := range t.Whats {
		c.whats[i] = c.tables.What.Place(t.what(i))
	}
	for i := range t.Whens {
		c.whens[i] = c.tables.When.Place(t.Whens[i].Period())
	}
	return c
}

func (t *Tallies) what(i int) flows.What {
	w := &t.Whats[i]
	return flows.What{From: w.From, To: w.To, Commodity: w.Commodity, Absence: w.Absence,
		Vintage: quantity.Day(w.Vintage)}
}

func (c *coded) code(one *Tally) flows.Code {
	return flows.Code{Who: c.whos[one.Who], What: c.whats[one.What], When: c.whens[one.When]}
}

// Arrange puts the tallies in the order of their flows, which everything that is asked of them
// relies on: dealt out by entity and site first, then each of these by itself. Every core does so
// for some of the places.
func (t *Tallies) Arrange() {
	c := t.coded()
	order := c.tables.Order()
	starts := make([]int, order.Places()+1)
	dealt, last := true, uint32(0)
	for i := range t.List {
		place := order.Place(c.whos[t.List[i].Who])
		starts[place+1]++
		dealt, last = dealt && last <= place, place
	}
	for i := range starts[1:] {
		starts[i+1] += starts[i]
	}
	list := t.List
	if !dealt {
		list = make([]Tally, len(t.List))
	}
	var wait sync.WaitGroup
	for core, cores := 0, runtime.GOMAXPROCS(0); core < cores; core++ {
		first, end := core*order.Places()/cores, (core+1)*order.Places()/cores
		wait.Go(func() {
			if !dealt {
				t.deal(list, starts[first:end], uint32(first), func(i int) uint32 {
					return order.Place(c.whos[t.List[i].Who])
				})
			}
			var s sorting
			for place := first; place < end; place++ {
				s.sort(list[starts[place]:starts[place+1]], c, order)
			}
		})
	}
	wait.Wait()
	t.List = list
}

// deal puts the tallies of some places where the tallies of each begin, in the order in which they
// are.
func (t *Tallies) deal(list []Tally, starts []int, first uint32, place func(int) uint32) {
	next := slices.Clone(starts)
	for i := range t.List {
		if at := place(i) - first; at < uint32(len(next)) {
			list[next[at]] = t.List[i]
			next[at]++
		}
	}
}

// sorting has room for the tallies of one place.
type sorting struct {
	numbers []uint64
	list    []Tally
}

// sort puts the tallies of a place in order.
func (s *sorting) sort(all []Tally, c *coded, order *flows.Order) {
	s.numbers = order.Sort(len(all), func(i int) flows.Code { return c.code(&all[i]) }, s.numbers)
	if slices.IsSorted(s.numbers) {
		return
	}
	s.list = append(s.list[:0], all...)
	for i, at := range s.numbers {
		all[i] = s.list[at]
	}
}

// Sums are the tallies of each flow as columns of sums, in the order of flows; so are the tables.
func (t *Tallies) Sums() (*flows.Tables, flows.Sums) {
	c, once := t.used()
	return &c.tables, flows.SumsOf(len(t.List), once, func(i int) (
		flows.Code, quantity.Number, int) {
		one := &t.List[i]
		return c.code(one), t.Total(one), int(one.Rows)
	})
}

// used is coded for what the tallies use, in the order of their use, and says whether each flow has
// one tally.
func (t *Tallies) used() (c *coded, once bool) {
	const none = math.MaxUint32
	c, once = &coded{whos: slices.Repeat([]uint32{none}, len(t.Whos)),
		whats: slices.Repeat([]uint32{none}, len(t.Whats)),
		whens: slices.Repeat([]uint32{none}, len(t.Whens))}, true
	var last flows.Code
	for i := range t.List {
		one := &t.List[i]
		if c.whos[one.Who] == none {
			c.whos[one.Who] = c.tables.Who.Place(t.Whos[one.Who])
		}
		if c.whats[one.What] == none {
			c.whats[one.What] = c.tables.What.Place(t.what(int(one.What)))
		}
		if c.whens[one.When] == none {
			c.whens[one.When] = c.tables.When.Place(t.Whens[one.When].Period())
		}
		code := c.code(one)
		once, last = once && (i == 0 || code != last), code
	}
	return c, once
}
