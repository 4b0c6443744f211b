package spread_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/spread"
	"carbonledger/scenarios/targets"
)

const header = "scenario,lever,sector,commodity,to,year,value,unit,source,low,high," +
	"distribution,group\n"

func number(text string) quantity.Number {
	n, err := quantity.ParseNumber(text)
	if err != nil {
		panic(err)
	}
	return n
}

// question is about a works that burns 1000 kg of coal: 714.3 kgce and 2000 kg of CO2.
func question(t *testing.T, horizon int, rows string) spread.Question {
	t.Helper()
	set, faults := scenarios.Parse("s.csv", []byte(header+rows), levers.All())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	scenario, _ := set.Scenario(set.Names()[0])
	return spread.Question{Scenario: scenario, Levers: levers.All(), Horizon: horizon,
		Drawing: spread.Drawing{Design: sampling.LatinHypercube, Samples: 1001, Seed: 1, By: 2030,
			Workers: 2},
		Base: scenarios.Base{Year: 2022,
			Cells: []scenarios.Cell{{Sector: "c30", Commodity: "raw-coal", Quantity: number("1000"),
				Energy: number("714.3"), CO2: number("2000")},
				{Sector: "residential", Commodity: "natural-gas", Quantity: number("10"),
					Energy: number("13.3"), CO2: number("21.6")}},
			Carriers: map[string]scenarios.Carrier{"natural-gas": {EnergyPer: number("1.33"),
				CO2Per: number("2.16")}},
			Drivers: map[string]quantity.Number{scenarios.GDPPrimary: number("0"),
				scenarios.GDPSecondary: number("1000"), scenarios.GDPTertiary: number("1000"),
				scenarios.Population: number("10")},
		}}
}

func answer(t *testing.T, q spread.Question) spread.Answer {
	t.Helper()
	a, err := spread.Of(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func target(measure, value string) targets.Target {
	return targets.Target{Name: measure, Measure: measure, Sector: scenarios.All,
		Commodity: scenarios.All, First: 2023, Last: 2023, Value: number(value)}
}

const (
	growth     = "plain,growth,secondary,,,2023-2030,4,%/yr,made up,0,10,uniform,\n"
	efficiency = "plain,efficiency,industry,all,,2023-2030,-2,%/yr,made up,-3,-1,triangular,\n"
)

// TestByHand grows 2000 kg by 0 to 10 per cent, all alike: the CO2 of the works lies evenly between
// 2000 and 2200 kg, beside 21.6 kg of the homes. So 5 per cent of the samples lie below 2031.6 kg,
// 3/10 at or below 2081.6 kg, and the median is at 5 per cent although the row says 4.
func TestByHand(t *testing.T) {
	q := question(t, 2023, growth)
	q.Targets = []targets.Target{target("co2", "2.0816"), target("water-per-gdp", "1")}
	a := answer(t, q)
	// Each of the 1001 slices is drawn from once and is 0.2 kg wide; a draw has five digits.
	for i, want := range []string{"2031.6", "2071.6", "2121.6", "2171.6", "2211.6"} {
		got := a.Years[1].CO2[i]
		off, slice := got.Sub(number(want)), number("0.21")
		if off.Cmp(slice) > 0 || off.Cmp(slice.Neg()) < 0 {
			t.Errorf("quantile %d %% of CO2 = %s kg, want %s",
				sampling.FanPercents()[i], got, want)
		}
	}
	if got := a.Years[0].CO2; got[0].String() != "2021.6" || got[4].String() != "2021.6" {
		t.Errorf("CO2 of the base year = %s to %s, want 2021.6", got[0], got[4])
	}
	one := a.Assumptions[0]
	got := fmt.Sprint(one.Median, one.Rank, a.Middle, one.Swing.AtLow, one.Swing.AtHigh)
	if want := "5 1 2121.6 2031.6 2211.6"; got != want {
		t.Errorf("median, rank, middle and swing = %s, want %s", got, want)
	}
	met, _ := a.Chances[0].Chance.Round(quantity.Rounding{Places: 2})
	if met.String() != "0.3" {
		t.Errorf("chance of at most 2.0816 t = %s, want 0.3", met)
	}
}

// TestCompiledAgrees follows the same samples by sums and by Project. A row that changes nothing,
// solar power that begins after the horizon, keeps the second from being compiled.
func TestCompiledAgrees(t *testing.T) {
	const late = "plain,solar,all,,,2040,1,MW,made up,,,,\n" +
		"plain,solar-hours,all,,,2040,1000,h/yr,made up,,,,\n" +
		"plain,solar-self-use,all,,,2040,80,%,made up,,,,\n"
	fast, slow := question(t, 2030, growth+efficiency), question(t, 2030, growth+efficiency+late)
	fast.Samples, slow.Samples = 64, 64
	slow.Base.Carriers["electricity-solar"] = scenarios.Carrier{EnergyPer: number("0.1229")}
	fast.Targets = []targets.Target{target("co2-per-gdp", "9"), target("energy", "1")}
	slow.Targets = fast.Targets
	a, b := answer(t, fast), answer(t, slow)
	if !a.Compiled || b.Compiled {
		t.Fatalf("compiled = %t and %t, want true and false", a.Compiled, b.Compiled)
	}
	if got, want := told(a), told(b); got != want {
		t.Errorf("compiled:\n%s\nexact:\n%s", got, want)
	}
}

// told prints an answer with figures in grams.
func told(a spread.Answer) string {
	var b strings.Builder
	gram := quantity.Rounding{Places: 3}
	for _, y := range a.Years {
		for i := range y.CO2 {
			fmt.Fprintln(&b, y.Year, y.CO2[i].Round(gram), y.Energy[i].Round(gram))
		}
	}
	for _, c := range a.Chances {
		fmt.Fprintln(&b, c.Target.Name, c.Unknown, c.Chance)
	}
	for _, one := range a.Assumptions {
		fmt.Fprintln(&b, one.Lever, one.Median, one.Rank, one.Swing.AtLow.Round(gram))
	}
	fmt.Fprintln(&b, a.Peaked, a.Middle.Round(gram))
	for _, part := range a.Parts {
		fmt.Fprintln(&b, part.Group, part.Row.Lever, part.First, part.Total)
	}
	return b.String()
}

// TestWorkers draws with 1, 2 and 7 workers, by sums and by Project.
func TestWorkers(t *testing.T) {
	const switched = "plain,switch,industry,raw-coal,natural-gas,2022-2030,30,%,made up," +
		"20,40,pert,\n"
	for _, rows := range []string{growth + efficiency, growth + efficiency + switched} {
		var first string
		for _, workers := range []int{1, 2, 7} {
			q := question(t, 2030, rows)
			q.Samples, q.Workers, q.Indices, q.Design = 512, workers, true, sampling.Sobol
			if strings.Contains(rows, "switch") {
				q.Samples, q.Indices, q.Horizon = 300, false, 2025
				q.Design = sampling.LatinHypercube
			}
			got := told(answer(t, q))
			if first == "" {
				first = got
			}
			if got != first {
				t.Errorf("%d workers:\n%s\n1 worker:\n%s", workers, got, first)
			}
		}
	}
}

func TestGroupMovesAsOne(t *testing.T) {
	rows := strings.Replace(growth, "uniform,", "uniform,economy", 1) +
		strings.Replace(efficiency, "triangular,", "triangular,economy", 1)
	a := answer(t, question(t, 2030, rows))
	for _, one := range a.Assumptions {
		if one.Rank.String() != "1" {
			t.Errorf("rank correlation of %s = %s, want 1", one.Lever, one.Rank)
		}
	}
}

// TestRefusals names what keeps a scenario from being drawn.
func TestRefusals(t *testing.T) {
	const certain = "plain,growth,secondary,,,2023,4,%/yr,made up,,,,\n"
	_, err := spread.Of(t.Context(), question(t, 2030, certain))
	if !errors.Is(err, spread.ErrCertain) {
		t.Errorf("without spreads: %v, want %v", err, spread.ErrCertain)
	}
	const wide = "plain,switch,industry,raw-coal,natural-gas,2022-2024,95,%,made up," +
		"80,100,normal,\n"
	var refused *spread.Refused
	_, err = spread.Of(t.Context(), question(t, 2024, wide))
	if !errors.As(err, &refused) || refused.Fault.Line != 2 {
		t.Errorf("shares above 100: %v, want the refusal of line 2", err)
	}
}
