package replay_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"carbonledger/ledger"
	"carbonledger/ledger/index"
	"carbonledger/ledger/replay"
	"carbonledger/quantity"
)

// activities makes rows in several units of few flows; every ninth says its number in words.
func activities(random *rand.Rand, n int) []ledger.Activity {
	var list []ledger.Activity
	for i := range n {
		unit, perUnit := "kWh", quantity.Int(1)
		if random.IntN(3) == 0 {
			unit, perUnit = "万kWh", quantity.Int(10_000)
		}
		first := quantity.DayOf(2022, time.Month(1+random.IntN(3)), 1)
		a := ledger.Activity{Flow: ledger.Flow{Entity: fmt.Sprint("e", random.IntN(6)),
			From: ledger.Supply, To: ledger.Use, Commodity: "electricity",
			Period: quantity.Period{First: first, End: first + 28}}, Line: i + 2,
			PerUnit: perUnit, Document: fmt.Sprintf("D%04d", i)}
		figure := quantity.Scaled(random.Int64N(10_000_000)-100, uint8(random.IntN(4)))
		a.Number, a.Written = figure.Mul(perUnit), figure.String()+" "+unit
		if random.IntN(9) == 0 {
			a.Written, a.PerUnit = "abt. "+a.Written, quantity.Number{}
		}
		list = append(list, a)
	}
	return list
}

// TestSumsAreThoseOfTheRows cuts rows into blocks anywhere, replays them in any order on several
// tables, and compares with the plain sums.
func TestSumsAreThoseOfTheRows(t *testing.T) {
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 7))
		list := activities(random, random.IntN(400))
		tables := []*replay.Sums{replay.New(), replay.New(), replay.New()}
		for rest := list; len(rest) > 0; {
			n := 1 + random.IntN(len(rest))
			made, err := tables[random.IntN(3)].Add(ledger.EncodeActivities(rest[:n]))
			if err != nil || !bytes.Equal(made, index.OfActivities(rest[:n])) {
				t.Fatalf("seed %d: Add: %v, index %x, want %x", seed, err, made,
					index.OfActivities(rest[:n]))
			}
			rest = rest[n:]
		}
		random.Shuffle(3, func(i, j int) { tables[i], tables[j] = tables[j], tables[i] })
		tables[0].Join(tables[1])
		tables[0].Join(tables[2])
		sums := ledger.SumsOf(list)
		if !tables[0].Agree(sums) || tables[0].Rows != len(list) {
			t.Fatalf("seed %d: %d rows, which do not come to %v", seed, tables[0].Rows, sums)
		}
		for i := range sums {
			other := slices.Clone(sums)
			switch seed % 4 {
			case 0:
				other[i].Total = other[i].Total.Add(quantity.Scaled(1, 3))
			case 1:
				other[i].Rows++
			case 2:
				other[i].Site = "another"
			default:
				other = slices.Delete(other, i, i+1)
			}
			if tables[0].Agree(other) {
				t.Fatalf("seed %d: other sums than %v agree", seed, other)
			}
		}
		if slices.Reverse(sums); len(sums) > 1 && tables[0].Agree(sums) {
			t.Fatalf("seed %d: sums in another order agree", seed)
		}
	}
}

func TestWhatIsNoBlockAddsNothing(t *testing.T) {
	block := ledger.EncodeActivities(activities(rand.New(rand.NewPCG(1, 1)), 20))
	s := replay.New()
	for _, bad := range [][]byte{nil, {}, {9}, {1}, {2}, block[:len(block)-1], append(block, 0)} {
		if _, err := s.Add(bad); err == nil {
			t.Errorf("Add of %d bytes = nil, want an error", len(bad))
		}
	}
	if !s.Agree(nil) || s.Rows != 0 {
		t.Errorf("no block has %d rows, want none", s.Rows)
	}
}
