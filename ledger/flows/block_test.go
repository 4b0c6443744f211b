package flows_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"carbonledger/ledger/column"
	"carbonledger/ledger/flows"
	"carbonledger/quantity"
)

const seed = 20220101

// random makes sums of several columns of every width, some totals with more than 64 bits.
func random(seed uint64, n int) (*flows.Tables, *flows.Sums) {
	chance := rand.New(rand.NewPCG(seed, seed))
	tables, sums := &flows.Tables{}, flows.NewSums(n)
	size := 1 + chance.IntN(1<<chance.IntN(12))
	for range n {
		who := flows.Who{Entity: fmt.Sprint("plant", chance.IntN(size)),
			Site: []string{"", "一号楼"}[chance.IntN(2)]}
		what := flows.What{From: "supply", To: "use",
			Commodity: fmt.Sprint("output:", chance.IntN(1+size/100)),
			Absence:   []string{"", "missing"}[chance.IntN(2)],
			Vintage:   quantity.Day(chance.IntN(2) * 19000)}
		total := quantity.Scaled(chance.Int64()>>chance.IntN(63), uint8(chance.IntN(19)))
		if chance.IntN(9) == 0 {
			total = total.Mul(total).Neg()
		}
		when := quantity.Month(2000+chance.IntN(30), 1)
		sums.Add(tables.Code(who, what, when), total, chance.IntN(1<<chance.IntN(40))-3)
	}
	return tables, &sums
}

func same(t *testing.T, seed uint64, tables, back *flows.Tables, sums, got *flows.Sums, from int) {
	t.Helper()
	for i, code := range sums.Codes {
		at := got.Codes[from+i]
		if tables.Who.List()[code.Who] != back.Who.List()[at.Who] ||
			tables.What.List()[code.What] != back.What.List()[at.What] ||
			tables.When.List()[code.When] != back.When.List()[at.When] ||
			!sums.Total(i).Equal(got.Total(from+i)) || sums.Rows[i] != got.Rows[from+i] {
			t.Fatalf("seed %d: sum %d comes back otherwise", seed, i)
		}
	}
}

func TestBlocksComeBackAsTheyWere(t *testing.T) {
	for round := range uint64(20) {
		one, first := random(seed+round, int(round*round))
		two, second := random(seed-round-1, 40)
		blocks := [][]byte{flows.Encode(one, first), flows.Encode(two, second)}
		back := &flows.Tables{}
		got, err := flows.Decode(blocks, back)
		if err != nil || got.Len() != first.Len()+second.Len() {
			t.Fatalf("seed %d: %d sums, %v", seed+round, got.Len(), err)
		}
		same(t, seed+round, one, back, first, &got, 0)
		same(t, seed+round, two, back, second, &got, first.Len())
		moved := got.Moved(back, one)
		same(t, seed+round, two, one, second, &moved, first.Len())
	}
}

func TestDamagedBlocksAreErrors(t *testing.T) {
	block := flows.Encode(random(seed, 7))
	for cut := range block {
		if _, err := flows.Decode([][]byte{block[:cut]}, &flows.Tables{}); !isDamage(err) {
			t.Errorf("the first %d of %d bytes: %v", cut, len(block), err)
		}
	}
	if _, err := flows.Decode([][]byte{append(block, 0)}, &flows.Tables{}); !isDamage(err) {
		t.Errorf("a byte after the end: %v", err)
	}
}

func isDamage(err error) bool { return errors.Is(err, column.ErrBlock) }

func FuzzDecode(f *testing.F) {
	f.Add([]byte{})
	f.Add(flows.Encode(random(seed, 0)))
	f.Add(flows.Encode(random(seed, 5)))
	f.Fuzz(func(t *testing.T, block []byte) {
		tables := &flows.Tables{}
		sums, err := flows.Decode([][]byte{block}, tables)
		if err != nil {
			if !isDamage(err) {
				t.Errorf("%x gives %v", block, err)
			}
			return
		}
		first := flows.Encode(tables, &sums)
		back := &flows.Tables{}
		again, err := flows.Decode([][]byte{first}, back)
		if err != nil || !bytes.Equal(flows.Encode(back, &again), first) {
			t.Errorf("%x comes back as another block: %v", block, err)
		}
	})
}
