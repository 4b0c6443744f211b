package scenarios_test

import (
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// TestShapes goes from 2022 to 2030; the eighths of the s-curve are 3(a/8)^2 - 2(a/8)^3.
func TestShapes(t *testing.T) {
	for shape, want := range map[scenarios.Shape][11][2]int64{
		scenarios.Step: {
			{0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}, {1, 1}, {1, 1}},
		scenarios.Linear: {
			{0, 1}, {0, 1}, {1, 8}, {1, 4}, {3, 8}, {1, 2}, {5, 8}, {3, 4}, {7, 8}, {1, 1}, {1, 1}},
		scenarios.SCurve: {
			{0, 1}, {0, 1}, {11, 256}, {5, 32}, {81, 256}, {1, 2}, {175, 256}, {27, 32}, {245, 256},
			{1, 1}, {1, 1}},
	} {
		for i, fraction := range want {
			year := 2021 + i
			got := shape.Covered(2022, 2030, year)
			exact := quantity.RatioOf(quantity.Int(fraction[0]), quantity.Int(fraction[1]))
			if got.Cmp(exact) != 0 {
				t.Errorf("%s in %d: %s/%s, want %d/%d", shape, year,
					got.Numerator, got.Denominator, fraction[0], fraction[1])
			}
		}
	}
}
