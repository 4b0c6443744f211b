package stock_test

import (
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios/stock"
)

// TestSurvival: with a mean life of 5 years, half is left after 5, all at first, none after 10, and
// what has left after a years is what is left 10 - a years after: 3(1/5)^2 - 2(1/5)^3 = 13/125.
func TestSurvival(t *testing.T) {
	for age, want := range map[int]quantity.Ratio{
		0: ratio(1, 1), 2: ratio(112, 125), 5: ratio(1, 2), 8: ratio(13, 125), 10: ratio(0, 1),
		30: ratio(0, 1),
	} {
		if got := stock.Survival(5, age); got.Cmp(want) != 0 {
			t.Errorf("after %d years %s/%s, want %s/%s", age, got.Numerator, got.Denominator,
				want.Numerator, want.Denominator)
		}
	}
}

// TestFleet follows vehicles with a mean life of one year: half are left after one, none after two.
// So of an old fleet two thirds are new and one third is one year old; after a year a third of it
// is left and two thirds are sold. Half of those sold are of the new kind: a third of the fleet.
// A year later the old ones are gone, half of last year's two thirds are left and two thirds are
// sold: half of all is of the new kind.
func TestFleet(t *testing.T) {
	half, one := ratio(1, 2), ratio(1, 1)
	for _, c := range []struct {
		name         string
		sizes, sales []quantity.Ratio
		want         string
	}{
		{"the base year", []quantity.Ratio{one}, []quantity.Ratio{one}, "0"},
		{"a year", []quantity.Ratio{one, one}, []quantity.Ratio{one, half}, "0.3333"},
		{"two years", []quantity.Ratio{one, one, one}, []quantity.Ratio{one, half, half}, "0.5"},
		{"nothing but new ones", []quantity.Ratio{one, one, one},
			[]quantity.Ratio{one, one, one}, "1"},
		{"a fleet that shrinks", []quantity.Ratio{one, ratio(1, 5)}, []quantity.Ratio{one, one},
			"0"},
		{"a fleet that doubles: 5/3 of 2 are sold", []quantity.Ratio{one, ratio(2, 1)},
			[]quantity.Ratio{one, one}, "0.8333"},
		{"no fleet left", []quantity.Ratio{one, ratio(0, 1)}, []quantity.Ratio{one, one}, "0"},
	} {
		got, _ := stock.Fleet{Life: 1, Sizes: c.sizes, Sales: c.sales}.Share().
			Round(quantity.Rounding{Places: 4})
		if got.String() != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestFloors: a tenth of the floor is retrofitted each year and saves 40 %, and what is built
// anew needs half. The floor grows to 1.1 and 1.2:
// 2023: (0.9 + 0.1 x 0.6 + 0.1 x 0.5) / 1.1 = 1.01/1.1
// 2024: (0.8 + 0.2 x 0.6 + 0.2 x 0.5) / 1.2 = 0.85
// Where a tenth is demolished and the floor stays: (0.8 + 0.1 x 0.6 + 0.1 x 0.5) / 1 = 0.91.
func TestFloors(t *testing.T) {
	for _, c := range []struct {
		name              string
		sizes             []quantity.Ratio
		demolished        int64
		energy, retrofits string
	}{
		{"nothing yet", []quantity.Ratio{ratio(1, 1)}, 0, "1", "0"},
		{"a year", []quantity.Ratio{ratio(1, 1), ratio(11, 10)}, 0, "0.9182", "0.1"},
		{"two years", []quantity.Ratio{ratio(1, 1), ratio(11, 10), ratio(12, 10)}, 0, "0.85",
			"0.2"},
		{"a tenth demolished", []quantity.Ratio{ratio(1, 1), ratio(1, 1)}, 10, "0.91", "0.1"},
		{"all demolished", []quantity.Ratio{ratio(1, 1), ratio(1, 1)}, 100, "0.5", "0"},
		{"half of the floor given up", []quantity.Ratio{ratio(1, 1), ratio(1, 2)}, 0, "0.96",
			"0.1"},
		{"no floor left", []quantity.Ratio{ratio(1, 1), ratio(0, 1)}, 0, "1", "0.1"},
	} {
		n := len(c.sizes)
		state := stock.Floors{Sizes: c.sizes, Demolished: every(n, c.demolished),
			Retrofitted: every(n, 10), Depths: every(n, 40), News: every(n, 50)}.Last()
		energy, _ := state.Energy.Round(quantity.Rounding{Places: 4})
		if energy.String() != c.energy || state.Retrofitted.String() != c.retrofits {
			t.Errorf("%s: energy %s, retrofitted %s, want %s, %s", c.name,
				energy, state.Retrofitted, c.energy, c.retrofits)
		}
	}
}

func every(years int, percent int64) []quantity.Ratio {
	list := make([]quantity.Ratio, years)
	for i := range list {
		list[i] = ratio(percent, 100)
	}
	return list
}

func ratio(a, b int64) quantity.Ratio { return quantity.RatioOf(quantity.Int(a), quantity.Int(b)) }
