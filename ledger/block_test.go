package ledger_test

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"testing"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

const seed = 20220101

// chance makes activities from a seed.
type chance struct{ *rand.Rand }

func newChance(seed uint64) chance { return chance{rand.New(rand.NewPCG(seed, seed))} }

func pick[T any](c chance, list ...T) T { return list[c.IntN(len(list))] }

// number is a figure of up to 20 digits, now and then negative or with many decimals.
func (c chance) number() quantity.Number {
	n := quantity.Int(c.Int64N(1 << 40)).Mul(quantity.Int(pick(c, int64(1), 1000, 1<<40, -1)))
	for range c.IntN(4) {
		thousandth, _ := quantity.RatioOf(quantity.Int(1), quantity.Int(1000)).Exact()
		n = n.Mul(thousandth)
	}
	return n
}

func (c chance) flow() ledger.Flow {
	f := ledger.Flow{Entity: pick(c, plant, mill, "铸造厂"), Site: pick(c, "", "一号楼", "2"),
		Commodity: pick(c, "electricity", "natural-gas", "diesel", "fresh-water", "heat",
			"bituminous-coal", "gdp"),
		Period: pick(c, quantity.Year(2022), quantity.Quarter(2022, 2), quantity.Month(2023, 5))}
	f.From = ledger.Supply
	f.To = pick(c, ledger.Use, ledger.Feedstock, ledger.Convert, ledger.Stock)
	if c.IntN(4) == 0 {
		f.From, f.To = ledger.Stock, ledger.Sale
	}
	f.Counterparty = pick(c, "", "", plant, "trader")
	if c.IntN(5) == 0 {
		f.Vintage = quantity.DayOf(2023, 12, 29)
	}
	f.Absence = pick(c, ledger.Present, ledger.Present, ledger.Estimated)
	return f
}

func (c chance) activities(n int) []ledger.Activity {
	list := make([]ledger.Activity, n)
	for i := range list {
		list[i] = ledger.Activity{Flow: c.flow(), Number: c.number(), Line: i + c.IntN(9),
			Document: pick(c, "", "票 1", "票 2"), Written: pick(c, "", "1,234 kWh")}
	}
	return list
}

func sumsOf(list []ledger.Activity) []ledger.Sum {
	var sums []ledger.Sum
	for _, a := range list {
		sums = append(sums, ledger.Sum{Flow: a.Flow, Total: a.Number, Rows: a.Line})
	}
	return sums
}

func TestBlocksComeBackAsTheyWere(t *testing.T) {
	for round := range uint64(20) {
		list := newChance(seed + round).activities(int(round) * 7)
		block := ledger.EncodeActivities(list)
		got, err := ledger.DecodeActivities(block)
		if err != nil || !bytes.Equal(ledger.EncodeActivities(got), block) {
			t.Fatalf("seed %d: the block of %d rows came back otherwise: %v",
				seed+round, len(list), err)
		}
		for i, a := range got {
			if !a.Number.Equal(list[i].Number) {
				t.Errorf("seed %d: row %d is %s, want %s", seed+round, i, a.Number, list[i].Number)
			}
			a.Number = list[i].Number
			if !reflect.DeepEqual(a, list[i]) {
				t.Errorf("seed %d: row %d is %+v, want %+v", seed+round, i, a, list[i])
			}
		}
		sums := ledger.EncodeSums(sumsOf(list))
		back, err := ledger.DecodeSums(sums)
		if err != nil || !bytes.Equal(ledger.EncodeSums(back), sums) {
			t.Errorf("seed %d: the sums came back otherwise: %v", seed+round, err)
		}
	}
}

// A figure of 60 digits in 亿亿 units has more digits than a cell may; what was posted must still be
// readable.
func TestLongNumbersCanBeReadBack(t *testing.T) {
	long := number(t, "123456789012345678901234567890123456789012345678901234567890")
	a := ledger.Activity{Number: long.Mul(long)}
	got, err := ledger.DecodeActivities(ledger.EncodeActivities([]ledger.Activity{a}))
	if err != nil || !got[0].Number.Equal(a.Number) {
		t.Errorf("%s came back as %v, %v", a.Number, got, err)
	}
	book := ledger.NewBook()
	u := upload(t, "a.csv", "plant 2022 supply>use electricity 1")
	u.Activities[0].Number = a.Number
	batch, _ := post(t, book, u)
	receipt, err := ledger.DecodeReceipt(batch.Receipt.Encode())
	if err != nil || !receipt.Totals[0].Number.Equal(a.Number) {
		t.Errorf("the receipt came back as %v, %v", receipt.Totals, err)
	}
}

func TestDamagedBlocksAreErrors(t *testing.T) {
	block := ledger.EncodeActivities(newChance(seed).activities(3))
	for cut := range block {
		if _, err := ledger.DecodeActivities(block[:cut]); err == nil {
			t.Errorf("the first %d of %d bytes were accepted", cut, len(block))
		}
	}
	if _, err := ledger.DecodeActivities(append(block, 0)); err == nil {
		t.Error("a byte after the end was accepted")
	}
}

func FuzzDecodeActivities(f *testing.F) {
	f.Add([]byte{})
	f.Add(ledger.EncodeActivities(nil))
	f.Add(ledger.EncodeActivities(newChance(seed).activities(5)))
	f.Fuzz(func(t *testing.T, block []byte) {
		list, err := ledger.DecodeActivities(block)
		if err != nil {
			return
		}
		first := ledger.EncodeActivities(list)
		again, err := ledger.DecodeActivities(first)
		if err != nil || !bytes.Equal(ledger.EncodeActivities(again), first) {
			t.Errorf("%x decodes to %v, which comes back as %v, %v", block, list, again, err)
		}
	})
}

func FuzzDecodeSums(f *testing.F) {
	f.Add([]byte{})
	f.Add(ledger.EncodeSums(nil))
	f.Add(ledger.EncodeSums(sumsOf(newChance(seed).activities(5))))
	f.Fuzz(func(t *testing.T, block []byte) {
		list, err := ledger.DecodeSums(block)
		if err != nil {
			return
		}
		first := ledger.EncodeSums(list)
		again, err := ledger.DecodeSums(first)
		if err != nil || !bytes.Equal(ledger.EncodeSums(again), first) {
			t.Errorf("%x decodes to %v, which comes back as %v, %v", block, list, again, err)
		}
	})
}
