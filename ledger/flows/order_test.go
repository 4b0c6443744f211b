package flows_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger/flows"
	"carbonledger/quantity"
)

// flow is a code with its words.
type flow struct {
	flows.Who
	flows.What
	quantity.Period
}

func flowOf(t *flows.Tables, c flows.Code) flow {
	return flow{t.Who.List()[c.Who], t.What.List()[c.What], t.When.List()[c.When]}
}

func (f flow) compare(g flow) int {
	return cmp.Or(strings.Compare(f.Entity, g.Entity), strings.Compare(f.Site, g.Site),
		strings.Compare(f.Commodity, g.Commodity), cmp.Compare(f.First, g.First),
		cmp.Compare(f.End, g.End), strings.Compare(f.From, g.From), strings.Compare(f.To, g.To),
		strings.Compare(f.Counterparty, g.Counterparty), cmp.Compare(f.Vintage, g.Vintage),
		strings.Compare(f.Absence, g.Absence))
}

// TestMergeIsAMapInOrder adds batches and reversals up in a map and puts it in order. Index and
// Merge must say the same.
func TestMergeIsAMapInOrder(t *testing.T) {
	type sum struct {
		total quantity.Number
		rows  int
	}
	for round := range uint64(20) {
		tables, index, want := &flows.Tables{}, flows.NewIndex(), map[flow]sum{}
		var batches []flows.Sums
		for b := range int(round) {
			from, sums := random(seed+round*100+uint64(b/2), 60)
			moved := sums.Moved(from, tables)
			if b%4 == 3 { // the batch before it, taken back
				for i := range moved.Rows {
					moved.Rows[i] = -moved.Rows[i]
				}
			}
			batches = append(batches, moved)
			index.Add(tables, &moved, b+1)
			for i, code := range moved.Codes {
				key := flowOf(tables, code)
				old, known := want[key]
				made := sum{old.total.Add(moved.Total(i)), old.rows + moved.Rows[i]}
				if want[key] = made; known && made.rows == 0 {
					delete(want, key)
				}
			}
		}
		got := flows.Merge(tables, batches, flows.Sums{})
		order := slices.SortedFunc(maps.Keys(want), flow.compare)
		if got.Len() != len(order) {
			t.Fatalf("seed %d: %d sums, want %d", seed+round, got.Len(), len(order))
		}
		for i, f := range order {
			held, ok := index.Find(got.Codes[i])
			if flowOf(tables, got.Codes[i]) != f || !got.Total(i).Equal(want[f].total) ||
				got.Rows[i] != want[f].rows || !ok || !held.Total.Equal(want[f].total) ||
				held.Rows != want[f].rows {
				t.Fatalf("seed %d: sum %d is %v %s, want %v %s", seed+round, i,
					flowOf(tables, got.Codes[i]), got.Total(i), f, want[f].total)
			}
		}
	}
}
