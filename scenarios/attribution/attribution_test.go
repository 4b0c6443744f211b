package attribution_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/attribution"
	"carbonledger/scenarios/decomposition"
	"carbonledger/scenarios/levers"
)

// base is an industry with coal and power, and households with power.
func base() scenarios.Base {
	n := quantity.Int
	return scenarios.Base{Year: 2022, Cells: []scenarios.Cell{
		{Sector: "c17", Commodity: "raw-coal", Quantity: n(1000), Energy: n(700), CO2: n(1900)},
		{Sector: "c17", Commodity: "electricity", Quantity: n(2000), Energy: n(246), CO2: n(1100)},
		{Sector: "h61", Commodity: "electricity", Quantity: n(500), Energy: n(61), CO2: n(280)},
		{Sector: "residential", Commodity: "electricity", Quantity: n(900), Energy: n(110),
			CO2: n(500)}},
		Carriers: map[string]scenarios.Carrier{"electricity": {
			EnergyPer: quantity.Scaled(123, 3), CO2Per: quantity.Scaled(55, 2)}},
		Drivers: map[string]quantity.Number{scenarios.GDPPrimary: n(0),
			scenarios.GDPSecondary: n(700), scenarios.GDPTertiary: n(300),
			scenarios.Population: n(50)}}
}

func project(t *testing.T, text, name string, b scenarios.Base) (
	scenarios.Set, scenarios.Pathway) {
	t.Helper()
	set, faults := scenarios.Parse("s.csv", []byte(text), levers.All())
	for _, fault := range faults {
		t.Fatal(fault.Error())
	}
	scenario, _ := set.Scenario(name)
	p, err := scenarios.Project(b, scenario, levers.All(), 2026)
	if err != nil {
		t.Fatal(err)
	}
	return set, p
}

const header = "scenario,inherits,lever,sector,commodity,to,year,value,unit,source\n"

// anyFile makes two scenarios of rows with random values.
func anyFile(r *rand.Rand) string {
	rate := func() string { return fmt.Sprintf("%d.%d", r.IntN(13)-6, r.IntN(10)) }
	return header +
		"a,,growth,secondary,,,2023-2026," + rate() + ",%/yr,x\n" +
		"a,,growth,tertiary,,,2023-2026," + rate() + ",%/yr,x\n" +
		"a,,growth,residential,,,2023-2026," + rate() + ",%/yr,x\n" +
		"b,a,efficiency,industry,all,,2023-2026," + rate() + ",%/yr,x\n" +
		"b,,switch,industry,raw-coal,electricity,2023-2025," + fmt.Sprint(r.IntN(101)) + ",%,x\n" +
		"b,,switch-ratio,industry,raw-coal,electricity,2023,0.5,kgce/kgce,x\n" +
		"b,,demand,c17,,,2024-2026," + rate() + ",%/yr,x\n" +
		"b,,grid-factor,all,electricity,,2023-2026," + rate() + ",%/yr,x\n"
}

// TestPartsSum: effects, cells, groups and steps sum to the difference as printed, whatever the
// values, also where a carrier goes to 0.
func TestPartsSum(t *testing.T) {
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 1))
		_, p := project(t, anyFile(r), "b", base())
		answer, err := attribution.Of(p)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		part := answer.Pathway
		round := func(y scenarios.Year) quantity.Number { return y.CO2.Round(attribution.Rounding) }
		want := round(p.Years[4]).Sub(round(p.Years[0]))
		for name, got := range map[string]quantity.Number{
			"ends": sum(part.Ends.Effects), "chain": sum(part.Chained.Effects),
			"groups": groupSum(part.Groups),
		} {
			if !got.Equal(want) {
				t.Errorf("seed %d: %s sum to %s, want %s", seed, name, got, want)
			}
		}
		for i, step := range part.Chained.Steps {
			want := round(p.Years[i+1]).Sub(round(p.Years[i]))
			if got := sum(step.Effects); !got.Equal(want) {
				t.Errorf("seed %d: step %d sums to %s, want %s", seed, i, got, want)
			}
		}
	}
}

func sum(parts []quantity.Number) (total quantity.Number) {
	for _, part := range parts {
		total = total.Add(part)
	}
	return total
}

func groupSum(groups []attribution.Group) (total quantity.Number) {
	for _, group := range groups {
		total = total.Add(sum(group.Effects))
	}
	return total
}

// TestOneCause: where only one thing moves, it answers for everything.
func TestOneCause(t *testing.T) {
	for cause, row := range map[string]string{
		"activity": "s,,growth,all,,,2023-2026,5,%/yr,x\n" +
			"s,,growth,residential,,,2023-2026,2,%/yr,x\n",
		"structure": "s,,structure,secondary,,,2022-2026,60,%,x\n",
		"intensity": "s,,efficiency,all,all,,2023-2026,-3,%/yr,x\n",
		"factor":    "s,,grid-factor,all,electricity,,2023-2026,-4,%/yr,x\n",
		"mix": "s,,switch,industry,raw-coal,electricity,2022-2026,50,%,x\n" +
			"s,,switch-ratio,industry,raw-coal,electricity,2022,1,kgce/kgce,x\n",
	} {
		_, p := project(t, header+row, "s", base())
		answer, err := attribution.Of(p)
		if err != nil {
			t.Fatal(err)
		}
		for k, name := range attribution.Causes() {
			effect := answer.Pathway.Chained.Effects[k]
			// The electricity gained has the factor of the carrier, which is not quite that of the
			// cell it joins, so a part of the mix shows as factor.
			small := effect.Abs().Cmp(quantity.Int(10)) < 0
			if (name == cause) == small {
				t.Errorf("only %s moves: %s has %s of %s", cause, name, effect,
					answer.Pathway.Chained.Difference)
			}
		}
	}
}

// TestHistory: years at one price are taken apart, the others are named.
func TestHistory(t *testing.T) {
	b := base()
	b.History = []scenarios.Year{
		{Year: 2020, Complete: true, Nominal: true, GDP: quantity.Int(900), CO2: quantity.Int(3400),
			Cells: b.Cells, Drivers: b.Drivers},
		{Year: 2021, Complete: true, Nominal: true, GDP: quantity.Int(900), CO2: quantity.Int(3780),
			Energy: quantity.Int(1117), Cells: b.Cells, Drivers: b.Drivers}}
	_, p := project(t, header+"s,,deflator,all,,,2022,101,previous=100,x\n", "s", b)
	answer, err := attribution.Of(p)
	if err != nil {
		t.Fatal(err)
	}
	if answer.History == nil || len(answer.History.Years) != 2 || len(answer.Left) != 1 ||
		answer.Left[0] != 2020 {
		t.Errorf("history %+v, left %v, want 2021-2022 and 2020 left", answer.History, answer.Left)
	}
}

// TestShapleySums: the parts of the levers sum to the difference, with any number of workers, and
// a lever that only moves money has none.
func TestShapleySums(t *testing.T) {
	for seed := range uint64(5) {
		r := rand.New(rand.NewPCG(seed, 2))
		text := anyFile(r) + "b,,price,all,electricity,,2023,0.6,yuan/kWh,x\n"
		set, p := project(t, text, "b", base())
		a, _ := set.Scenario("a")
		b, _ := set.Scenario("b")
		var first string
		for _, workers := range []int{1, 2, 7} {
			got, err := attribution.Pair{Base: base(), Without: a, With: b, Levers: levers.All(),
				Beside: levers.Beside(), Horizon: 2026, Workers: workers}.Shapley(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			var year, all quantity.Number
			for _, part := range got.Levers {
				year, all = year.Add(part.Year), all.Add(part.Sum)
			}
			if !year.Equal(got.Year.Difference) || !all.Equal(got.Sum.Difference) ||
				!got.Year.With.Equal(p.Years[4].CO2.Round(attribution.Rounding)) {
				t.Errorf("seed %d: parts sum to %s and %s of %+v and %+v", seed, year, all,
					got.Year, got.Sum)
			}
			if len(got.Levers) != 4 || got.Projections != 16 {
				t.Errorf("%d levers, %d projections, want 4 and 16", len(got.Levers),
					got.Projections)
			}
			shown := fmt.Sprintf("%+v", got)
			if first == "" {
				first = shown
			} else if shown != first {
				t.Errorf("seed %d: %d workers give another answer", seed, workers)
			}
		}
	}
}

// TestShapleyOfNothing: two scenarios with the same rows have nothing to attribute.
func TestShapleyOfNothing(t *testing.T) {
	set, _ := project(t, header+"a,,growth,all,,,2023,1,%/yr,x\nb,a,,,,,,,,\n", "a", base())
	a, _ := set.Scenario("a")
	b, _ := set.Scenario("b")
	_, err := attribution.Pair{Base: base(), Without: a, With: b, Levers: levers.All(),
		Horizon: 2026, Effort: decomposition.Effort{Seed: 1, Pairs: 2}}.Shapley(t.Context())
	if err == nil || !errors.Is(err, attribution.ErrSame) {
		t.Errorf("%v, want that they do not differ", err)
	}
}
