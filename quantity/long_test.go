package quantity_test

import (
	"math/rand/v2"
	"testing"

	"carbonledger/quantity"
)

// TestLongIsANumber multiplies and adds in 125 bits and as numbers of any length.
func TestLongIsANumber(t *testing.T) {
	const seed = 20220104
	chance := rand.New(rand.NewPCG(seed, seed))
	number := func() quantity.Number {
		n := quantity.Scaled(chance.Int64()>>chance.IntN(63), uint8(chance.IntN(19)))
		if chance.IntN(2) == 0 {
			return n.Neg()
		}
		return n
	}
	fits := 0
	for round := range 20_000 {
		a, b, c := number(), number(), number()
		long, ok := quantity.LongOf(a.Mul(b))
		if !ok {
			continue
		}
		want := a.Mul(b)
		if product, ok := long.Mul(c); ok {
			long, want = product, want.Mul(c)
		}
		other, _ := quantity.LongOf(c)
		sum, ok := long.Neg().Add(other)
		if !ok {
			continue
		}
		fits++
		want = want.Neg().Add(c)
		var added quantity.Sum
		added.AddLong(long.Neg())
		added.AddLong(other)
		if got := sum.Number(); !got.Equal(want) || got.String() != want.String() ||
			!added.Number().Equal(want) || sum.IsZero() != want.IsZero() {
			t.Fatalf("seed %d, round %d: %s %s, want %s", seed, round, got, added.Number(), want)
		}
	}
	if fits < 10_000 {
		t.Errorf("seed %d: only %d of 20000 fit", seed, fits)
	}
}
