package levers_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
)

// vary holds a variation against the projection of the same rows from the beginning, to the digit.
func vary(t *testing.T, base scenarios.Base, stated *scenarios.Stated, s scenarios.Scenario,
	name string) (followed bool) {
	t.Helper()
	horizon := base.Year + len(stated.Pathway().Years) - 1
	want, wrong := scenarios.Project(base, s, levers.All(), horizon)
	got, err := stated.Vary(t.Context(), s.Rows)
	if fmt.Sprint(err) != fmt.Sprint(wrong) {
		t.Fatalf("%s: %v, projected %v", name, err, wrong)
	}
	if err != nil {
		return false
	}
	for i := range want.Years {
		if a, b := fmt.Sprintf("%+v", got.Years[i]), fmt.Sprintf("%+v", want.Years[i]); a != b {
			t.Fatalf("%s: %d varied\n%s\nprojected\n%s", name, want.Years[i].Year, a, b)
		}
	}
	if a, b := fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want); a != b {
		t.Fatalf("%s: varied\n%s\nprojected\n%s", name, a, b)
	}
	return true
}

// TestVaryIsProject changes every row of scenarios of all levers by itself, and several at once, a
// little and a lot: what is projected from where the values differ is what is projected from the
// beginning, errors and idle rows included.
func TestVaryIsProject(t *testing.T) {
	followed := 0
	for seed := range uint64(2) {
		r := rand.New(rand.NewPCG(seed, 2))
		set := parse(t, random(r))
		scenario, _ := set.Scenario("child")
		base := readBase(t, divided)
		stated, err := scenarios.State(t.Context(), base, scenario, levers.All(), 2031)
		if err != nil {
			t.Fatal(err)
		}
		if want := fmt.Sprintf("%+v", project(t, base, set, "child", 2031)); want !=
			fmt.Sprintf("%+v", stated.Pathway()) {
			t.Fatalf("seed %d: stated\n%+v\nwant\n%s", seed, stated.Pathway(), want)
		}
		vary(t, base, stated, scenario, "as stated")
		for at := range len(scenario.Rows) + 8 {
			varied := scenario
			varied.Rows = slices.Clone(scenario.Rows)
			for i := range varied.Rows {
				if i != at && (at < len(varied.Rows) || r.IntN(3) > 0) {
					continue
				}
				row := &varied.Rows[i]
				row.Value = row.Value.Mul(quantity.Scaled(r.Int64N(200), 2)).
					Round(quantity.Rounding{Places: 3 * int32(r.IntN(2))})
			}
			if vary(t, base, stated, varied, fmt.Sprintf("seed %d, row %d", seed, at)) {
				followed++
			}
		}
	}
	if followed < 40 {
		t.Errorf("%d variations could be followed, want most of 80", followed)
	}
}

// TestVaryOfOthers: rows that differ in more than values, and rows that complete the base or look
// at the years before it, are projected from the beginning.
func TestVaryOfOthers(t *testing.T) {
	rows := "s,,growth,secondary,,,2023-2030,4,%/yr,,x\n" +
		"s,,total-energy,industry,,,2022,40000,tce,,x\n" +
		"s,,total-co2,industry,,,2022,150000,tCO2,,x\n" +
		"s,,deflator,all,,,2022,102,previous=100,,x\n"
	base := readBase(t, divided)
	set := parse(t, header+rows)
	scenario, _ := set.Scenario("s")
	stated, err := scenarios.State(t.Context(), base, scenario, levers.All(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	for i := range scenario.Rows {
		varied := scenario
		varied.Rows = slices.Clone(scenario.Rows)
		varied.Rows[i].Value = varied.Rows[i].Value.Add(quantity.Int(3))
		vary(t, base, stated, varied, "value of "+varied.Rows[i].Lever)
		varied.Rows[i].First--
		vary(t, base, stated, varied, "year of "+varied.Rows[i].Lever)
		varied.Rows = slices.Delete(varied.Rows, i, i+1)
		vary(t, base, stated, varied, "without "+scenario.Rows[i].Lever)
	}
}

// TestVaryStops: a projection ends with its context.
func TestVaryStops(t *testing.T) {
	set := parse(t, random(rand.New(rand.NewPCG(1, 2))))
	scenario, _ := set.Scenario("child")
	stated, err := scenarios.State(t.Context(), readBase(t, divided), scenario, levers.All(), 2030)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := stated.Vary(ctx, scenario.Rows); !errors.Is(err, context.Canceled) {
		t.Errorf("varied: %v, want the end of the context", err)
	}
}

// BenchmarkVary turns one row of the example's strictest scenario after the other.
func BenchmarkVary(b *testing.B) {
	data, err := os.ReadFile("../../examples/qingyunpu/scenarios.csv")
	if err != nil {
		b.Skip("the example is not here")
	}
	set, _ := scenarios.Parse("scenarios.csv", data, levers.All())
	scenario, _ := set.Scenario("accelerated")
	base := readBase(b, district+
		"carrier electricity-solar 0.1229 0\ncarrier waste-heat 0.0341 0\n")
	stated, err := scenarios.State(b.Context(), base, scenario, levers.All(), 2030)
	if err != nil {
		b.Fatal(err)
	}
	for at := 0; b.Loop(); at++ {
		rows := slices.Clone(scenario.Rows)
		row := &rows[at%len(rows)]
		row.Value = row.Value.Mul(quantity.Scaled(101, 2))
		if _, err := stated.Vary(b.Context(), rows); err != nil {
			b.Fatal(err)
		}
	}
}
