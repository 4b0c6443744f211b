package tally

import (
	"slices"

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
		c.whens[i] = c.tables.When.Place(t.when(i))
	}
	return c
}

func (t *Tallies) what(i int) flows.What {
	w := &t.Whats[i]
	return flows.What{From: w.From, To: w.To, Commodity: w.Commodity, Absence: w.Absence,
		Vintage: quantity.Day(w.Vintage)}
}

func (t *Tallies) when(i int) quantity.Period {
	w := &t.Whens[i]
	return quantity.Period{First: quantity.Day(w.First), End: quantity.Day(w.End)}
}

func (c *coded) code(one *Tally) flows.Code {
	return flows.Code{Who: c.whos[one.Who], What: c.whats[one.What], When: c.whens[one.When]}
}

// Arrange puts the tallies in the order of their flows, which everything that is asked of them
// relies on: dealt out by entity and site first, then each of these by itself.
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
	if !dealt {
		list, next := make([]Tally, len(t.List)), slices.Clone(starts)
		for i := range t.List {
			place := order.Place(c.whos[t.List[i].Who])
			list[next[place]] = t.List[i]
			next[place]++
		}
		t.List = list
	}
	flows.EachPart(len(starts)-1, func(first, end int) {
		var scratch []Tally
		var numbers []uint64
		for place := first; place < end; place++ {
			all := t.List[starts[place]:starts[place+1]]
			numbers = order.Sort(len(all), func(i int) flows.Code { return c.code(&all[i]) },
				numbers)
			if slices.IsSorted(numbers) {
				continue
			}
			scratch = append(scratch[:0], all...)
			for i, at := range numbers {
				all[i] = scratch[at]
			}
		}
	})
}

// Sums are the tallies of each flow as columns of sums, in the order of flows; so are the tables.
func (t *Tallies) Sums() (*flows.Tables, flows.Sums) {
	c := coded{whos: make([]uint32, len(t.Whos)), whats: make([]uint32, len(t.Whats)),
		whens: make([]uint32, len(t.Whens))}
	sums := flows.NewSums(len(t.List))
	for i := range t.List {
		one := &t.List[i]
		if c.whos[one.Who] == 0 {
			c.whos[one.Who] = c.tables.Who.Place(t.Whos[one.Who]) + 1
		}
		if c.whats[one.What] == 0 {
			c.whats[one.What] = c.tables.What.Place(t.what(int(one.What))) + 1
		}
		if c.whens[one.When] == 0 {
			c.whens[one.When] = c.tables.When.Place(t.when(int(one.When))) + 1
		}
		code := c.code(one)
		sums.Join(flows.Code{Who: code.Who - 1, What: code.What - 1, When: code.When - 1},
			t.Total(one), int(one.Rows))
	}
	return &c.tables, sums
}
