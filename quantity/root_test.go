package quantity_test

import (
	"math/rand/v2"
	"testing"

	"carbonledger/quantity"
)

func TestSqrt(t *testing.T) {
	cases := []struct {
		name, numerator, denominator string
		rounding                     quantity.Rounding
		want                         string
	}{
		{"a square has an exact root", "144", "1", quantity.Rounding{}, "12"},
		{"of a quotient too", "1", "4", quantity.Rounding{Places: 3}, "0.5"},
		{"nothing", "0", "1", quantity.Rounding{Places: 2}, "0"},
		{"two, thirty places", "2", "1", quantity.Rounding{Places: 30},
			"1.41421356237309504880168872421"},
		{"a third", "1", "3", quantity.Rounding{Places: 10}, "0.5773502692"},
		{"rounded up from the infinite root", "8", "1", quantity.Rounding{}, "3"},
		{"and down", "6", "1", quantity.Rounding{}, "2"},
		{"a tie goes away from zero", "6.25", "1", quantity.Rounding{Mode: quantity.HalfUp}, "3"},
		{"or to the even digit", "6.25", "1", quantity.Rounding{}, "2"},
		{"to the even digit above", "12.25", "1", quantity.Rounding{}, "4"},
		{"a little more than a tie", "6.250000001", "1", quantity.Rounding{}, "3"},
		{"hundreds", "1000000000", "1", quantity.Rounding{Places: -2}, "31600"},
		{"below one", "0.0000000000000000000000000000000001", "1",
			quantity.Rounding{Places: 17}, "0.00000000000000001"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			n, err := quantity.ParseNumber(c.numerator)
			d, err2 := quantity.ParseNumber(c.denominator)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			got, ok := quantity.RatioOf(n, d).Sqrt(c.rounding)
			if !ok || got.String() != c.want {
				t.Errorf("Sqrt(%s/%s) = %s, want %s", c.numerator, c.denominator, got, c.want)
			}
		})
	}
	if root, ok := quantity.Int(-1).Sqrt(quantity.Rounding{}); ok {
		t.Errorf("Sqrt(-1) = %s, want no answer", root)
	}
	if root, ok := (quantity.Ratio{}).Sqrt(quantity.Rounding{}); ok {
		t.Errorf("Sqrt(0/0) = %s, want no answer", root)
	}
}

// TestSqrtIsNearest multiplies out again: no neighbour of the last place lies nearer.
func TestSqrtIsNearest(t *testing.T) {
	const seed = 4
	tenth, _ := quantity.RatioOf(quantity.Int(1), quantity.Int(10)).Exact()
	chance := rand.New(rand.NewPCG(seed, seed))
	for range 2000 {
		r := quantity.RatioOf(quantity.Int(chance.Int64N(1<<50)),
			quantity.Int(1+chance.Int64N(1<<20)))
		places := int32(chance.IntN(12))
		root, ok := r.Sqrt(quantity.Rounding{Places: places})
		half := quantity.Int(5)
		for range places + 1 {
			half = half.Mul(tenth)
		}
		low, high := root.Sub(half), root.Add(half)
		if !ok || low.Sign() > 0 && quantity.Whole(low.Mul(low)).Cmp(r) > 0 ||
			quantity.Whole(high.Mul(high)).Cmp(r) < 0 {
			t.Fatalf("seed %d: Sqrt(%v) at %d places = %s", seed, r, places, root)
		}
	}
}

// TestRoot: the first case is the yearly fall that makes 14 % in five years, 0.86^(1/5) =
// 0.970285..., that is 2.9714 % a year.
func TestRoot(t *testing.T) {
	for _, c := range []struct {
		above, below int64
		n            int
		places       int32
		want         string
	}{
		{86, 100, 5, 8, "0.97028583"}, {8, 1, 3, 4, "2"}, {8, 1, 3, 0, "2"}, {7, 1, 3, 0, "1"},
		{0, 1, 4, 3, "0"}, {1, 1024, 10, 6, "0.5"}, {5, 1, 1, 2, "5"}, {1, 3, 1, 3, "0.333"},
	} {
		power := quantity.RatioOf(quantity.Int(c.above), quantity.Int(c.below))
		got, ok := power.Root(c.n, c.places)
		if want := must(t, c.want); !ok || !got.Equal(want) {
			t.Errorf("root %d of %d/%d = %s %v, want %s", c.n, c.above, c.below, got, ok, c.want)
		}
	}
	for _, r := range []quantity.Ratio{{}, quantity.Whole(quantity.Int(-8))} {
		if got, ok := r.Root(3, 2); ok {
			t.Errorf("root of %v = %s, want no answer", r, got)
		}
	}
}

func must(t *testing.T, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// TestLowest: 1.5/0.06 is 25/1.
func TestLowest(t *testing.T) {
	got := quantity.RatioOf(must(t, "1.5"), must(t, "0.06")).Lowest()
	if got.Numerator.String() != "25" || got.Denominator.String() != "1" {
		t.Errorf("lowest terms %s/%s, want 25/1", got.Numerator, got.Denominator)
	}
}
