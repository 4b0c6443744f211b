package quantity_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"carbonledger/quantity"
)

// fraction is a ratio and the oracle's idea of it.
type fraction struct {
	text  string
	ratio quantity.Ratio
	rat   *big.Rat
}

func anyFraction(t *testing.T, r *rand.Rand) fraction {
	t.Helper()
	above, below := anyNumber(r), anyNumber(r)
	for num(t, below).IsZero() {
		below = anyNumber(r)
	}
	return fraction{above + "/" + below, quantity.RatioOf(num(t, above), num(t, below)),
		new(big.Rat).Quo(rat(t, above), rat(t, below))}
}

func ratOf(t *testing.T, r quantity.Ratio) *big.Rat {
	t.Helper()
	return new(big.Rat).Quo(rat(t, r.Numerator.String()), rat(t, r.Denominator.String()))
}

func TestRatioAgainstRat(t *testing.T) {
	r := chance()
	for i := range draws / 4 {
		a, b := anyFraction(t, r), anyFraction(t, r)
		if r.IntN(4) == 0 { // the same denominator goes another way
			b.ratio.Denominator = a.ratio.Denominator
			b.rat = ratOf(t, b.ratio)
		}
		if got, want := ratOf(t, a.ratio.Add(b.ratio)), new(big.Rat).Add(a.rat,
			b.rat); got.Cmp(want) != 0 {
			t.Fatalf("seed %d, case %d: %s + %s = %s, want %s", seed, i, a.text, b.text, got, want)
		}
		if got, want := ratOf(t, a.ratio.Mul(b.ratio)), new(big.Rat).Mul(a.rat,
			b.rat); got.Cmp(want) != 0 {
			t.Fatalf("seed %d, case %d: %s x %s = %s, want %s", seed, i, a.text, b.text, got, want)
		}
		if got, want := a.ratio.Cmp(b.ratio), a.rat.Cmp(b.rat); got != want {
			t.Fatalf("seed %d, case %d: %s cmp %s = %d, want %d", seed, i, a.text, b.text, got,
				want)
		}
	}
}

func TestRatioRoundAgainstRat(t *testing.T) {
	r := chance()
	for i := range draws / 4 {
		f := anyFraction(t, r)
		if r.IntN(2) == 0 { // small fractions meet ties: 1/8, -3/16, 5/-2
			n, d := int64(r.IntN(65)-32), int64([]int{1, 2, 4, 5, 8, 16, -2, -8}[r.IntN(8)])
			f = fraction{fmt.Sprintf("%d/%d", n, d),
				quantity.RatioOf(quantity.Int(n), quantity.Int(d)), big.NewRat(n, d)}
		}
		rounding := quantity.Rounding{Places: int32(r.IntN(24)) - 3, Mode: quantity.Mode(r.IntN(2))}
		got, ok := f.ratio.Round(rounding)
		want := twoRounded(f.rat, rounding)
		if !ok || rat(t, got.String()).Cmp(want) != 0 {
			t.Fatalf("seed %d, case %d: %s rounded to %d places %s = %s, want %s",
				seed, i, f.text, rounding.Places, rounding.Mode, got, want.FloatString(20))
		}
	}
}

// TestRatioBriefAndLowest: neither changes the quotient, the lowest terms have no divisor in
// common, and a long chain of fractions stays short.
func TestRatioBriefAndLowest(t *testing.T) {
	r := chance()
	for i := range draws / 4 {
		f := anyFraction(t, r)
		lowest := f.ratio.Lowest()
		if ratOf(t, lowest).Cmp(f.rat) != 0 || ratOf(t, f.ratio.Brief()).Cmp(f.rat) != 0 {
			t.Fatalf("seed %d, case %d: %s becomes %v, brief %v", seed, i, f.text, lowest,
				f.ratio.Brief())
		}
		if lowest.Numerator.String() != f.rat.Num().String() ||
			lowest.Denominator.String() != f.rat.Denom().String() {
			t.Fatalf("seed %d, case %d: %s in its lowest terms is %v, want %s", seed, i, f.text,
				lowest, f.rat)
		}
	}
	chain, want := quantity.Whole(quantity.Int(1)), big.NewRat(1, 1)
	for i := range int64(400) {
		chain = chain.Mul(quantity.RatioOf(quantity.Int(i+2), quantity.Int(i+1))).Brief()
		want.Mul(want, big.NewRat(i+2, i+1))
	}
	if ratOf(t, chain).Cmp(want) != 0 || len(chain.Denominator.String()) > 400 {
		t.Errorf("the chain is %v, want %s in fewer digits", chain, want)
	}
}

// TestAddUp: the sum of many is that of one after the other.
func TestAddUp(t *testing.T) {
	r := chance()
	for i := range draws / 64 {
		var parts []quantity.Ratio
		want := new(big.Rat)
		for range r.IntN(9) {
			f := anyFraction(t, r)
			if len(parts) > 0 && r.IntN(2) == 0 {
				f.ratio.Denominator = parts[0].Denominator
				f.rat = ratOf(t, f.ratio)
			}
			parts, want = append(parts, f.ratio), want.Add(want, f.rat)
		}
		if got := ratOf(t, quantity.AddUp(parts)); got.Cmp(want) != 0 {
			t.Fatalf("seed %d, case %d: %v add up to %s, want %s", seed, i, parts, got, want)
		}
	}
}

func TestRatioExact(t *testing.T) {
	r := chance()
	for i := range draws / 4 {
		f := anyFraction(t, r)
		got, ok := f.ratio.Exact()
		// A fraction ends if its lowest denominator has no prime but 2 and 5.
		rest := new(big.Int).Set(f.rat.Denom())
		for _, prime := range []int64{2, 5} {
			for p := big.NewInt(prime); new(big.Int).Rem(rest, p).Sign() == 0; {
				rest.Quo(rest, p)
			}
		}
		if want := rest.Cmp(big.NewInt(1)) == 0; ok != want {
			t.Fatalf("seed %d, case %d: %s ends: %v, want %v", seed, i, f.text, ok, want)
		}
		if ok && rat(t, got.String()).Cmp(f.rat) != 0 {
			t.Fatalf("seed %d, case %d: %s = %s, want %s", seed, i, f.text, got, f.rat)
		}
	}
}

func TestRatioWithoutAnswer(t *testing.T) {
	one := quantity.Int(1)
	for name, r := range map[string]quantity.Ratio{
		"the zero value":            {},
		"GDP of a year without one": quantity.RatioOf(one, quantity.Int(0)),
		"undefined plus defined": quantity.RatioOf(one,
			quantity.Int(0)).Add(quantity.Whole(one)),
		"undefined times defined": quantity.Ratio{}.Mul(quantity.Whole(one)),
	} {
		t.Run(name, func(t *testing.T) {
			if r.Defined() {
				t.Errorf("%v counts as defined", r)
			}
			if n, ok := r.Round(quantity.Rounding{Places: 3}); ok {
				t.Errorf("Round = %s, want no answer", n)
			}
			if n, ok := r.Exact(); ok {
				t.Errorf("Exact = %s, want no answer", n)
			}
		})
	}
	if got := (quantity.Ratio{}).Cmp(quantity.Whole(quantity.Int(-1))); got != 1 {
		t.Errorf("undefined cmp -1 = %d, want 1: it compares as 0", got)
	}
}

func TestSplit(t *testing.T) {
	two := quantity.Rounding{Places: 2}
	for _, c := range []struct {
		name, total string
		weights     []int64
		rounding    quantity.Rounding
		want        string
	}{
		{"thirds give the cent to the first", "100", []int64{1, 1, 1}, two, "[33.34 33.33 33.33]"},
		{"a negative total mirrors", "-100", []int64{1, 1, 1}, two, "[-33.34 -33.33 -33.33]"},
		{"a cent too many leaves the first", "0.02", []int64{1, 1, 1}, two, "[0 0.01 0.01]"},
		{"zero weights are equal", "9", []int64{0, 0, 0}, two, "[3 3 3]"},
		{"weights that cancel are equal", "4", []int64{1, -1}, two, "[2 2]"},
		{"a weight of zero gets nothing", "10", []int64{0, 3, 0}, two, "[0 10 0]"},
		{"a credit among the weights", "10", []int64{3, -1}, two, "[15 -5]"},
		{"more parts than units", "0.01", []int64{1, 1, 1, 1, 1}, two, "[0.01 0 0 0 0]"},
		{"the total is rounded first", "1.005", []int64{1, 1}, two, "[0.5 0.5]"},
		{"hundreds", "1000", []int64{1, 1, 1}, quantity.Rounding{Places: -2}, "[400 300 300]"},
		{"nothing to split", "0", []int64{1, 2}, two, "[0 0]"},
		{"no weights", "5", nil, two, "[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			weights := make([]quantity.Number, len(c.weights))
			for i, w := range c.weights {
				weights[i] = quantity.Int(w)
			}
			got := fmt.Sprint(quantity.Split(num(t, c.total), weights, c.rounding))
			if got != c.want {
				t.Errorf("Split(%s, %v) = %s, want %s", c.total, c.weights, got, c.want)
			}
		})
	}
}

func TestSplitSumsToTheWhole(t *testing.T) {
	r := chance()
	for i := range draws / 10 {
		rounding := quantity.Rounding{Places: int32(r.IntN(9)) - 2, Mode: quantity.Mode(r.IntN(2))}
		total, weights, negative := num(t, anyNumber(r)), []quantity.Number(nil), r.IntN(3) == 0
		for range 1 + r.IntN(12) {
			weight := num(t, anyNumber(r))
			if !negative {
				weight = weight.Abs()
			}
			weights = append(weights, weight)
		}
		parts := quantity.Split(total, weights, rounding)
		sum := quantity.Int(0)
		for at, part := range parts {
			sum = sum.Add(part)
			if !part.Round(rounding).Equal(part) {
				t.Fatalf("seed %d, case %d: part %s has more than %d places", seed, i, part,
					rounding.Places)
			}
			if !negative && part.Sign()*total.Sign() < 0 {
				t.Fatalf("seed %d, case %d: part %d of %s is %s", seed, i, at, total, part)
			}
		}
		if want := total.Round(rounding); !sum.Equal(want) || len(parts) != len(weights) {
			t.Fatalf("seed %d, case %d: parts of %s by %v sum to %s, want %s",
				seed, i, total, weights, sum, want)
		}
	}
}
