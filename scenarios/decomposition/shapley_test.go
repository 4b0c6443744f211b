package decomposition_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios/decomposition"
)

// glove is a game of three players with known values: one has a left glove, two have right ones,
// and only a pair is worth 1. The left one is due 4/6, the others 1/6 each.
func glove(set decomposition.Levers) (quantity.Number, error) {
	if set.Has(0) && (set.Has(1) || set.Has(2)) {
		return quantity.Int(1), nil
	}
	return quantity.Int(0), nil
}

func TestGloves(t *testing.T) {
	got, err := decomposition.Shapley(3, glove, decomposition.Effort{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []int64{4, 1, 1} {
		if got.Parts[i].Cmp(quantity.RatioOf(quantity.Int(want), quantity.Int(6))) != 0 {
			t.Errorf("part %d = %v, want %d/6", i, got.Parts[i], want)
		}
	}
	if shown := fmt.Sprint(got.Shown(three)); shown != "[0.666 0.167 0.167]" {
		t.Errorf("shown %s, want parts that sum to 1", shown)
	}
}

// game draws a value for every set. Levers in twins bring the same wherever they are, and idle
// levers bring nothing.
func game(r *rand.Rand, levers int, twins, idle decomposition.Levers) decomposition.Value {
	values := map[decomposition.Levers]quantity.Number{}
	return func(set decomposition.Levers) (quantity.Number, error) {
		key := set &^ (twins | idle)
		key |= decomposition.Levers((set & twins).Count()) << levers
		if _, ok := values[key]; !ok {
			values[key] = quantity.Int(r.Int64N(2_000_000) - 1_000_000)
		}
		return values[key], nil
	}
}

// TestAxioms proves on random games what makes a Shapley value: efficiency (the parts sum to the
// whole), symmetry (twins are due the same), the dummy (idle levers are due nothing) and
// additivity (of two games together, the sum).
func TestAxioms(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 5))
		levers := 5 + r.IntN(4)
		one := game(r, levers, 0b00110, 0b01000)
		two := game(r, levers, 0b00110, 0b01000)
		both := func(set decomposition.Levers) (quantity.Number, error) {
			a, _ := one(set)
			b, _ := two(set)
			return a.Add(b), nil
		}
		first := shapley(t, levers, one, decomposition.Effort{})
		second := shapley(t, levers, two, decomposition.Effort{})
		together := shapley(t, levers, both, decomposition.Effort{})
		efficient(t, seed, first)
		if first.Parts[1].Cmp(first.Parts[2]) != 0 {
			t.Errorf("seed %d: twins get %v and %v", seed, first.Parts[1], first.Parts[2])
		}
		if !first.Parts[3].Numerator.IsZero() {
			t.Errorf("seed %d: an idle lever gets %v", seed, first.Parts[3])
		}
		for i, part := range together.Parts {
			if part.Cmp(first.Parts[i].Add(second.Parts[i])) != 0 {
				t.Errorf("seed %d: part %d of both is %v", seed, i, part)
			}
		}
	}
}

func shapley(t *testing.T, levers int, value decomposition.Value,
	effort decomposition.Effort) decomposition.Attribution {
	t.Helper()
	attribution, err := decomposition.Shapley(levers, value, effort)
	if err != nil {
		t.Fatal(err)
	}
	return attribution
}

// efficient fails where the parts do not sum to the whole, exactly and as shown.
func efficient(t *testing.T, seed uint64, a decomposition.Attribution) {
	t.Helper()
	total := quantity.Whole(quantity.Int(0))
	for _, part := range a.Parts {
		total = total.Add(part)
	}
	if total.Cmp(quantity.Whole(a.With.Sub(a.Without))) != 0 {
		t.Errorf("seed %d: parts sum to %v, want %s - %s", seed, total, a.With, a.Without)
	}
	for _, places := range []int32{0, 2, -3} {
		r := quantity.Rounding{Places: places}
		want := a.With.Round(r).Sub(a.Without.Round(r))
		if got := sum(a.Shown(r)); !got.Equal(want) {
			t.Errorf("seed %d: shown parts sum to %s, want %s", seed, got, want)
		}
	}
}

// product multiplies what is left by a factor per lever, as savings that overlap do: 9/10 of
// lever 0, 19/20 of lever 1, 99/100 of the others.
func product(set decomposition.Levers) (quantity.Number, error) {
	left := quantity.Int(1000)
	for i := range 64 {
		if set.Has(i) {
			left = left.Mul(quantity.Int(1).Sub(saving(i)))
		}
	}
	return left, nil
}

func saving(i int) quantity.Number {
	percent, _ := quantity.RatioOf(quantity.Int([]int64{10, 5, 1}[min(i, 2)]),
		quantity.Int(100)).Exact()
	return percent
}

// TestDrawn holds drawn orders against the exact parts: twelve levers are counted, and the same
// twelve with an idle one beside them are drawn.
func TestDrawn(t *testing.T) {
	exact := shapley(t, 12, product, decomposition.Effort{})
	efficient(t, 0, exact)
	withIdle := func(set decomposition.Levers) (quantity.Number, error) {
		return product(set &^ (1 << 12))
	}
	outside := 0
	for seed := range uint64(10) {
		drawn := shapley(t, 13, withIdle, decomposition.Effort{Seed: seed, Pairs: 100})
		efficient(t, seed, drawn)
		if drawn.Orders != 200 {
			t.Errorf("seed %d: %d orders, want 200", seed, drawn.Orders)
		}
		if !drawn.Parts[12].Numerator.IsZero() {
			t.Errorf("seed %d: the idle lever gets %v", seed, drawn.Parts[12])
		}
		for i, want := range exact.Parts {
			off := drawn.Parts[i].Sub(want)
			if off.Numerator.Sign()*off.Denominator.Sign() < 0 {
				off.Numerator = off.Numerator.Neg()
			}
			if off.Cmp(quantity.Whole(drawn.Within(i, quantity.Rounding{Places: 9}))) > 0 {
				outside++
			}
		}
		again := shapley(t, 13, withIdle, decomposition.Effort{Seed: seed, Pairs: 100})
		if fmt.Sprint(again) != fmt.Sprint(drawn) {
			t.Errorf("seed %d: another answer the second time", seed)
		}
	}
	// Of 120 parts, 6 are expected outside of 95 %; more than 15 would have a chance below 0.1 %.
	if outside > 15 {
		t.Errorf("%d of 120 parts lie outside of their intervals, want about 6", outside)
	}
}

func TestShapleyRefuses(t *testing.T) {
	broken := errors.New("no answer")
	fails := func(decomposition.Levers) (quantity.Number, error) { return quantity.Int(0), broken }
	for _, levers := range []int{3, 13} {
		effort := decomposition.Effort{Pairs: 5}
		if _, err := decomposition.Shapley(levers, fails, effort); !errors.Is(err, broken) {
			t.Errorf("%d levers: %v, want the error of the value", levers, err)
		}
	}
	for levers, pairs := range map[int]int{0: 5, 65: 5, 13: 1} {
		effort := decomposition.Effort{Pairs: pairs}
		if _, err := decomposition.Shapley(levers, product, effort); err == nil {
			t.Errorf("%d levers by %d pairs: an answer, want a refusal", levers, pairs)
		}
	}
	shapley(t, 64, product, decomposition.Effort{Pairs: 2})
}
