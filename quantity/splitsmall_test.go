package quantity

import (
	"math/rand/v2"
	"testing"
)

// TestSmallSplitIsTheWideOne holds the parts in 128 bits against those of big fractions.
func TestSmallSplitIsTheWideOne(t *testing.T) {
	const seed = 20220103
	chance := rand.New(rand.NewPCG(seed, seed))
	fast := 0
	for round := range 3000 {
		weights := make([]Number, 1+chance.IntN(60))
		for i := range weights {
			weights[i] = Number{coefficient: chance.Int64() >> (1 + chance.IntN(63)),
				scale: uint8(chance.IntN(1 + round%18))}
			switch {
			case round%4 == 0 && chance.IntN(3) == 0:
				weights[i] = weights[i].Mul(Number{coefficient: chance.Int64N(1 << 36), scale: 5})
			case chance.IntN(6) == 0:
				weights[i].coefficient = int64(chance.IntN(3))
			case round%3 == 0 && chance.IntN(2) == 0:
				weights[i] = weights[i].Neg()
			case round%5 == 0 && i > 0:
				weights[i] = weights[i-1]
			}
		}
		rounding := Rounding{int32(chance.IntN(5)), Mode(chance.IntN(2))}
		total := Number{coefficient: chance.Int64() >> (10 + chance.IntN(54)),
			scale: uint8(chance.IntN(5))}.Round(rounding)
		if round%2 == 0 {
			total = total.Neg()
		}
		longs, ok := LongsOf(weights)
		if !ok {
			continue
		}
		got, ok := SplitLong(total, longs, rounding)
		if !ok {
			continue
		}
		fast++
		for i, want := range splitWide(total, weights, rounding) {
			part := Scaled(got[i], uint8(rounding.Places))
			if !part.Equal(want) || part.Fixed(0) != want.Fixed(0) {
				t.Fatalf("seed %d, round %d: part %d of %s by %v is %s, want %s",
					seed, round, i, total, weights, part, want)
			}
		}
	}
	if fast < 2000 {
		t.Errorf("seed %d: only %d of 3000 splits were small", seed, fast)
	}
}

// BenchmarkSplit splits a total over the rows of a province: 5,000 enterprises, 36 months,
// 3 scopes.
func BenchmarkSplit(b *testing.B) {
	chance := rand.New(rand.NewPCG(1, 1))
	weights := make([]Number, 540_000)
	var total Sum
	for i := range weights {
		weights[i] = Number{coefficient: chance.Int64() >> 1, scale: uint8(11 + i%3)}
		total.Add(weights[i])
	}
	rounding := Rounding{Places: 3, Mode: HalfUp}
	shown := total.Number().Round(rounding)
	for b.Loop() {
		Split(shown, weights, rounding)
	}
}

// TestSplitHandsOutByPlace splits over many weights that lost the same, and over some that lost
// more: those come first, and then the earlier ones.
func TestSplitHandsOutByPlace(t *testing.T) {
	const n = 100_000
	weights := make([]Long, n)
	for i := range weights {
		weights[i], _ = LongOf(Number{coefficient: 3 + int64(i%1000/999), scale: 1})
	}
	// 0.3 each, and 0.4 at every thousandth place.
	total := Number{coefficient: 3*n + 50}
	got, ok := SplitLong(total, weights, Rounding{})
	if !ok {
		t.Fatal("the split is not small")
	}
	wide := make([]Number, n)
	for i, weight := range weights {
		wide[i] = weight.Number()
	}
	for i, want := range splitWide(total, wide, Rounding{}) {
		if !Int(got[i]).Equal(want) {
			t.Fatalf("part %d is %d, want %s", i, got[i], want)
		}
	}
}
