package acceptance

import (
	"slices"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/abatement"
)

// TestNineBlocks: mac-nine-blocks. The order in which measures are taken, of equals the first in
// the file; their widths add up, and each area is unit cost x width.
func TestNineBlocks(t *testing.T) {
	thousand := quantity.Int(1000)
	var steps []abatement.Step
	lines := figures(t, "mac-nine-blocks.csv")
	for _, line := range lines {
		tonnes, each := num(t, line["abatement"]), num(t, line["unit_cost"])
		steps = append(steps, abatement.Step{Key: scenarios.Key{Lever: line["block"]},
			CO2: tonnes.Mul(thousand), Cost: tonnes.Mul(each),
			PerTonne: quantity.Whole(each)})
	}
	// The file is in order; turned round, but for the two that are equal, it must come back.
	slices.Reverse(steps)
	ties := slices.IndexFunc(steps, func(s abatement.Step) bool {
		return s.Key.Lever == "frying pan"
	})
	steps[ties], steps[ties+1] = steps[ties+1], steps[ties]
	slices.SortStableFunc(steps, func(a, b abatement.Step) int {
		switch {
		case a.Before(b):
			return -1
		case b.Before(a):
			return 1
		}
		return 0
	})
	var sum quantity.Number
	for i, line := range lines {
		step := steps[i]
		sum = sum.Add(step.CO2)
		if step.Key.Lever != line["block"] || !step.Cost.Equal(num(t, line["area_by_us"])) ||
			!sum.Equal(num(t, line["cumulative_by_us"]).Mul(thousand)) {
			t.Errorf("place %d: %s, cost %s, up to %s kg, want %v", i, step.Key.Lever, step.Cost,
				sum, line)
		}
	}
}
