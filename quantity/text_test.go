package quantity

import (
	"math"
	"math/rand/v2"
	"testing"
)

// smallNumbers are edges of the fast form and random numbers of every length and scale.
func smallNumbers(seed uint64) []Number {
	list := []Number{{}, {scale: 4}, Int(math.MaxInt64), Int(math.MinInt64),
		{coefficient: math.MinInt64, scale: 18}, {coefficient: -5, scale: 3},
		{coefficient: 1200, scale: 2}, {coefficient: 10, scale: 1}}
	chance := rand.New(rand.NewPCG(seed, seed))
	for range 2000 {
		n := Number{coefficient: chance.Int64() >> chance.IntN(63), scale: uint8(chance.IntN(19))}
		if chance.IntN(2) == 0 {
			n.coefficient = -n.coefficient
		}
		if chance.IntN(3) == 0 {
			n.coefficient -= n.coefficient % powersOfTen[chance.IntN(19)]
		}
		list = append(list, n)
	}
	return list
}

// TestSmallNumbersPrintAsWideOnes holds the fast form against the wide one.
func TestSmallNumbersPrintAsWideOnes(t *testing.T) {
	const seed = 20220101
	for _, n := range smallNumbers(seed) {
		if got, want := n.String(), n.plain(); got != want {
			t.Errorf("seed %d: %+v prints as %s, want %s", seed, n, got, want)
		}
		for _, places := range []int32{-2, 0, 1, 3, 18, 20} {
			if got, want := n.Fixed(places), n.plainFixed(places); got != want {
				t.Errorf("seed %d: %+v with %d decimals prints as %s, want %s",
					seed, n, places, got, want)
			}
		}
	}
}

// TestSumIsThatOfSingleAdditions adds numbers up in 128 bits and one by one.
func TestSumIsThatOfSingleAdditions(t *testing.T) {
	const seed = 20220102
	chance := rand.New(rand.NewPCG(seed, seed))
	numbers := smallNumbers(seed)
	for round := range 200 {
		var sum, part Sum
		var want Number
		for range chance.IntN(60) {
			n := numbers[chance.IntN(len(numbers))]
			if round%4 == 0 {
				n.coefficient >>= 30
			}
			if round%7 == 0 && chance.IntN(8) == 0 {
				n = n.Mul(n).Mul(n)
			}
			if chance.IntN(2) == 0 {
				sum.Add(n)
			} else {
				part.Add(n)
			}
			want = want.Add(n)
		}
		sum.Join(part)
		if got := sum.Number(); got.String() != want.String() || got.decimals() != want.decimals() {
			t.Fatalf("seed %d, round %d: the sum is %s, want %s", seed, round, got, want)
		}
	}
}

// decimals is the scale of a number, -1 of a wide one.
func (n Number) decimals() int {
	if n.wide != nil {
		return -1
	}
	return int(n.scale)
}
