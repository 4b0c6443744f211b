package decomposition

import (
	"math/big"
	"testing"

	"carbonledger/quantity"
)

// TestLogarithms compares with digits that are printed in tables (OEIS A002162, A002391, A001113).
func TestLogarithms(t *testing.T) {
	for _, c := range []struct {
		name string
		got  *big.Float
		want string
	}{
		{"ln 2", ln(float().SetInt64(2)),
			"0.69314718055994530941723212145817656807550013436025525412068000949339362196969471"},
		{"ln 3", ln(float().SetInt64(3)),
			"1.09861228866810969139524523692252570464749055782274945173469433363749429321860896"},
		{"e", exp(float().SetInt64(1)),
			"2.71828182845904523536028747135266249775724709369995957496696762772407663035354759"},
		{"ln 1", ln(float().SetInt64(1)), "0"},
		{"e^0", exp(float()), "1"},
	} {
		want, _ := new(big.Float).SetPrec(400).SetString(c.want)
		off := new(big.Float).SetPrec(400).Sub(c.got, want)
		if off.Abs(off).Cmp(big.NewFloat(1e-74)) > 0 {
			t.Errorf("%s = %s, want %s", c.name, c.got.Text('f', 78), c.want)
		}
	}
	for _, text := range []string{"1e-30", "0.1", "7", "1e30", "123456789.123456789"} {
		x, _ := float().SetString(text)
		back := exp(ln(x))
		off := float().Quo(float().Sub(back, x), x)
		if off.Abs(off).Cmp(big.NewFloat(1e-72)) > 0 {
			t.Errorf("exp(ln %s) = %s", text, back.Text('g', 70))
		}
	}
}

// TestMeanMeetsItsSeries goes over the place where the quotient gives way to the series.
func TestMeanMeetsItsSeries(t *testing.T) {
	one := float().SetInt64(1)
	for shift := -60; shift <= -4; shift++ {
		b := float().Add(one, float().SetMantExp(one, shift))
		got := mean(one, b, float(), ln(b))
		plain := float().Quo(float().Sub(b, one), ln(b))
		off := float().Sub(got, plain)
		// The plain quotient keeps 256 bits less those lost to the difference.
		if off.Sign() != 0 && off.MantExp(nil) > shift*-1-250 {
			t.Errorf("L(1, 1 + 2^%d) is off by %s", shift, off.Text('g', 5))
		}
	}
}

func TestLogarithmicMean(t *testing.T) {
	for _, c := range []struct{ a, b, want string }{
		{"2", "8", "4.328085122667"}, {"8", "2", "4.328085122667"}, {"5", "5", "5"},
		{"1", "1.0000001", "1.00000005"}, {"0", "5", "0"}, {"5", "0", "0"}, {"0", "0", "0"},
		{"1", "1.000000000000000000000000000000000001", "1"},
	} {
		a, b := number(t, c.a), number(t, c.b)
		got, ok := LogarithmicMean(a, b, quantity.Rounding{Places: 12})
		if !ok || got.String() != c.want {
			t.Errorf("L(%s, %s) = %s %v, want %s", c.a, c.b, got, ok, c.want)
		}
	}
	if _, ok := LogarithmicMean(quantity.Int(-1), quantity.Int(1), quantity.Rounding{}); ok {
		t.Error("L(-1, 1) has a value, want none")
	}
}

func number(t *testing.T, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
