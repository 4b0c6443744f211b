package tally_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/tally"
	"carbonledger/quantity"
)

// TestTalliesAreSumsInOrder holds tallies put part by part, figures of many digits among them,
// against the sums of the same activities.
func TestTalliesAreSumsInOrder(t *testing.T) {
	const seed = 20220105
	chance := rand.New(rand.NewPCG(seed, seed))
	for round := range 50 {
		var made tally.Tallies
		for i := range 1 + chance.IntN(9) {
			made.Whos = append(made.Whos, column.Who{Entity: fmt.Sprint(i * 7 % 10),
				Site: []string{"", "east"}[i%2]})
			made.Whats = append(made.Whats, column.What{From: "supply", To: "use",
				Commodity: fmt.Sprint(i * 3 % 4), Unit: " u" + fmt.Sprint(i), PerUnit: "1000"})
			p := quantity.Period{First: quantity.Day(100 - i), End: quantity.Day(101 - i)}
			made.Whens = append(made.Whens,
				column.When{First: int32(p.First), End: int32(p.End)})
		}
		n, thousand := len(made.Whos), quantity.Int(1000)
		counts := make([]int, n) // One who is one part.
		var activities []ledger.Activity
		figures := map[tally.Tally]int64{}
		for who := range n {
			for range chance.IntN(40) {
				one := tally.Tally{Who: uint32(who), What: uint32(chance.IntN(n)),
					When: uint32(chance.IntN(n)), Rows: 1}
				if _, twice := figures[one]; twice {
					continue
				}
				figures[one] = chance.Int64() >> chance.IntN(60)
				counts[who]++
				activities = append(activities, ledger.Activity{Flow: made.Flow(&one),
					Number: quantity.Int(figures[one]).Mul(thousand)})
			}
		}
		made.Gather(counts, func(part int, t *tally.Tallies) {
			for one, figure := range figures {
				if int(one.Who) == part {
					t.Put(one, quantity.Int(figure).Mul(thousand), figure, 0, thousand)
				}
			}
		})
		made.Arrange()
		tables, sums := made.Sums()
		want := ledger.SumsOf(activities)
		batch := ledger.Batch{}.WithSums(tables, sums)
		got := batch.List()
		for i := range want {
			if len(got) != len(want) || !got[i].Equal(want[i]) {
				t.Fatalf("seed %d, round %d: sums %v, want %v", seed, round, got, want)
			}
		}
		for i := range made.List {
			one := &made.List[i]
			figure := figures[tally.Tally{Who: one.Who, What: one.What, When: one.When, Rows: 1}]
			total := quantity.Int(figure).Mul(thousand)
			written := fmt.Sprint(figure, made.Whats[one.What].Unit)
			if !made.Total(one).Equal(total) || !made.Largest(one).Equal(total) ||
				made.Written(one) != written {
				t.Fatalf("seed %d, round %d: %s %s %s, want %s %s", seed, round, made.Total(one),
					made.Largest(one), made.Written(one), total, written)
			}
			if i > 0 && made.Flow(&made.List[i-1]).Compare(made.Flow(one)) > 0 {
				t.Fatalf("seed %d, round %d: tally %d is out of order", seed, round, i)
			}
		}
	}
}
