package quantity_test

import (
	"fmt"
	"testing"

	"carbonledger/quantity"
)

func TestApportion(t *testing.T) {
	two := quantity.Rounding{Places: 2, Mode: quantity.HalfUp}
	for _, c := range []struct {
		name, total string
		parts       []string
		want        string
	}{
		{"what cancels out stays what it is", "0", []string{"1000.4", "-1000.4"},
			"[1000.4 -1000.4]"},
		{"the part that lost most gets the unit", "0.01", []string{"0.004", "0.003", "0"},
			"[0.01 0 0]"},
		{"the part that won most gives it back", "0.01", []string{"0.005", "0.006"}, "[0 0.01]"},
		{"a total of a unit more", "2.01", []string{"1", "1"}, "[1.01 1]"},
		{"no parts", "0", nil, "[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var parts []quantity.Ratio
			for _, part := range c.parts {
				parts = append(parts, quantity.Whole(num(t, part)))
			}
			got := fmt.Sprint(quantity.Apportion(num(t, c.total), parts, two))
			if got != c.want {
				t.Errorf("Apportion(%s, %v) = %s, want %s", c.total, c.parts, got, c.want)
			}
		})
	}
}

// TestApportionStaysClose adds up random parts of both signs and compares each with its own value.
func TestApportionStaysClose(t *testing.T) {
	r := chance()
	for i := range draws / 20 {
		rounding := quantity.Rounding{Places: int32(r.IntN(6)), Mode: quantity.HalfUp}
		denominator := quantity.Int(1 + r.Int64N(9))
		parts, sum := []quantity.Ratio(nil), quantity.RatioOf(quantity.Int(0), denominator)
		for range 1 + r.IntN(12) {
			part := quantity.RatioOf(num(t, anyNumber(r)), denominator)
			parts, sum = append(parts, part), sum.Add(part)
		}
		total, _ := sum.Round(rounding)
		var shown quantity.Number
		for at, part := range quantity.Apportion(total, parts, rounding) {
			shown = shown.Add(part)
			unit := quantity.RatioOf(quantity.Int(1), power(rounding.Places))
			if off := quantity.Whole(part).Sub(parts[at]); off.Cmp(unit) > 0 ||
				off.Add(unit).Cmp(quantity.Whole(quantity.Int(0))) < 0 {
				t.Fatalf("seed %d, case %d: %v is shown as %s", seed, i, parts[at], part)
			}
		}
		if !shown.Equal(total) {
			t.Fatalf("seed %d, case %d: the parts sum to %s, want %s", seed, i, shown, total)
		}
	}
}

func power(places int32) quantity.Number {
	n := quantity.Int(1)
	for range places {
		n = n.Mul(quantity.Int(10))
	}
	return n
}
