package decomposition_test

import (
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios/decomposition"
)

func TestDecoupling(t *testing.T) {
	for _, c := range []struct {
		name           string
		emissions, gdp int64 // changes in per cent
		want           decomposition.State
	}{
		{"half as fast", 5, 10, decomposition.WeakDecoupling},
		{"four fifths", 8, 10, decomposition.ExpansiveCoupling},
		{"six fifths", 12, 10, decomposition.ExpansiveCoupling},
		{"faster", 13, 10, decomposition.ExpansiveNegativeDecoupling},
		{"down while GDP grows", -1, 10, decomposition.StrongDecoupling},
		{"down faster", -13, -10, decomposition.RecessiveDecoupling},
		{"down alike", -10, -10, decomposition.RecessiveCoupling},
		{"down slower", -7, -10, decomposition.WeakNegativeDecoupling},
		{"up while GDP shrinks", 1, -10, decomposition.StrongNegativeDecoupling},
		{"flat while GDP grows", 0, 10, decomposition.WeakDecoupling},
		{"flat while GDP shrinks", 0, -10, decomposition.WeakNegativeDecoupling},
		{"GDP flat", 3, 0, decomposition.Undefined},
	} {
		base := quantity.Int(100)
		growth := func(percent int64) quantity.Ratio {
			return decomposition.Growth(base, base.Add(quantity.Int(percent)))
		}
		if got := decomposition.Decoupling(growth(c.emissions), growth(c.gdp)); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
	nothing := decomposition.Growth(quantity.Int(0), quantity.Int(5))
	if got := decomposition.Decoupling(nothing, nothing); got != decomposition.Undefined {
		t.Errorf("growth from 0: %s, want %s", got, decomposition.Undefined)
	}
	if n := len(decomposition.States()); n != 8 {
		t.Errorf("%d states, want 8", n)
	}
}
