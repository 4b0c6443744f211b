package acceptance

import (
	"testing"

	"carbonledger/quantity"
)

// num reads a plain decimal.
func num(t *testing.T, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// ratio writes a / b of two plain decimals.
func ratio(t *testing.T, a, b string) quantity.Ratio {
	t.Helper()
	return quantity.RatioOf(num(t, a), num(t, b))
}

// over divides a ratio by another, exactly.
func over(a, b quantity.Ratio) quantity.Ratio {
	return a.Mul(quantity.RatioOf(b.Denominator, b.Numerator))
}

// change is a / b - 1 in percent, exactly.
func change(a, b quantity.Ratio) quantity.Ratio {
	return percent(over(a, b).Add(quantity.Whole(quantity.Int(-1))))
}

// percent is a hundred times a ratio.
func percent(r quantity.Ratio) quantity.Ratio { return r.Mul(quantity.Whole(quantity.Int(100))) }

// shown prints a ratio half up, as the publications do.
func shown(r quantity.Ratio, places int32) string {
	n, ok := r.Round(quantity.Rounding{Places: places, Mode: quantity.HalfUp})
	if !ok {
		return "undefined"
	}
	return n.String()
}

// same fails where a figure is not exactly the wanted one.
func same(t *testing.T, what string, got quantity.Number, want string) {
	t.Helper()
	if !got.Equal(num(t, want)) {
		t.Errorf("%s = %s, want exactly %s", what, got, want)
	}
}

// prints fails where a figure, counted in units of the given size and rounded half up, does not
// print as wanted.
func prints(t *testing.T, what string, got quantity.Ratio, places int32, want string) {
	t.Helper()
	if got := shown(got, places); num(t, got).Cmp(num(t, want)) != 0 {
		t.Errorf("%s = %s at %d places, want %s", what, got, places, want)
	}
}

// near fails where a figure is further from the wanted one than the tolerance.
func near(t *testing.T, what string, got quantity.Ratio, want, tolerance string) {
	t.Helper()
	off := got.Add(quantity.Whole(num(t, want).Neg()))
	if off.Cmp(quantity.RatioOf(num(t, tolerance), quantity.Int(1))) > 0 ||
		off.Cmp(quantity.RatioOf(num(t, tolerance).Neg(), quantity.Int(1))) < 0 {
		t.Errorf("%s = %s, want %s within %s", what, shown(got, 12), want, tolerance)
	}
}

// nearly fails where a figure is off by more than the tolerance times the wanted one.
func nearly(t *testing.T, what string, got quantity.Ratio, want, tolerance string) {
	t.Helper()
	near(t, what, got, want, num(t, want).Abs().Mul(num(t, tolerance)).String())
}

// in counts a number of book units in units of the given size.
func in(n quantity.Number, size string) quantity.Ratio {
	divisor, err := quantity.ParseNumber(size)
	if err != nil {
		panic(err)
	}
	return quantity.RatioOf(n, divisor)
}

// Sizes of the units that publications print in, counted in book units: kg in a tonne, in 10^4 t;
// kWh in 10^8 kWh; L in a cubic metre; kg in a pound.
const (
	tonne     = "1000"
	tonnes1e4 = "10000000"
	pound     = "0.45359237"
)

// grows fails where mean growth over a number of steps, printed in percent to 10^-places, is not
// the wanted one: the multiple lies between the powers of the ends of the printed band.
//
//	(1 + want - half)^steps <= multiple < (1 + want + half)^steps
func grows(t *testing.T, what string, multiple quantity.Ratio, steps int, want, half string) {
	t.Helper()
	power := func(percent quantity.Number) quantity.Ratio {
		base := quantity.RatioOf(percent.Add(quantity.Int(100)), quantity.Int(100))
		result := quantity.Whole(quantity.Int(1))
		for range steps {
			result = result.Mul(base)
		}
		return result
	}
	low, high := power(num(t, want).Sub(num(t, half))), power(num(t, want).Add(num(t, half)))
	if multiple.Cmp(low) < 0 || multiple.Cmp(high) > 0 {
		t.Errorf("%s: a multiple of %s in %d steps is not %s%% a step", what, shown(multiple, 6),
			steps, want)
	}
}
