package pathways_test

import (
	"errors"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/sampling/pathways"
)

const header = "scenario,lever,sector,commodity,to,year,value,unit,source," +
	"low,high,distribution,group\n"

func subject(t *testing.T, rows string) pathways.Subject {
	t.Helper()
	set, faults := scenarios.Parse("s.csv", []byte(header+rows), levers.All())
	for _, fault := range faults {
		t.Fatal(fault.Error())
	}
	scenario, _ := set.Scenario("s")
	n := quantity.Int
	return pathways.Subject{Scenario: scenario, Levers: levers.All(), Horizon: 2026,
		Base: scenarios.Base{Year: 2022, Cells: []scenarios.Cell{{Sector: "c30",
			Commodity: "raw-coal", Quantity: n(1400), Energy: n(1000), CO2: n(2600)}},
			Drivers: map[string]quantity.Number{scenarios.GDPPrimary: n(0),
				scenarios.GDPSecondary: n(1), scenarios.GDPTertiary: n(1)}}}
}

// TestPeakedBy: emissions fall by the rate alone, from the start wherever it is below 0 by enough
// for 1 % in four years, that is below -0.2509 %: 7491 of 20000 of a uniform from -1 to 1 %.
func TestPeakedBy(t *testing.T) {
	for name, rows := range map[string]string{
		"alone": "s,efficiency,industry,all,,2023-2026,0,%/yr,x,-1,1,uniform,\n",
		// Half the rate from each of two rows that move as one.
		"as one": "s,efficiency,industry,all,,2023-2026,0,%/yr,x,-0.5,0.5,uniform,g\n" +
			"s,growth,secondary,,,2023-2026,0,%/yr,x,-0.5,0.5,uniform,g\n",
	} {
		var first quantity.Ratio
		for _, workers := range []int{1, 2, 7} {
			got, err := subject(t, rows).PeakedBy(t.Context(), 2026,
				pathways.Draw{Samples: 64, Seed: 3, Workers: workers})
			if err != nil {
				t.Fatal(err)
			}
			if got.Cmp(quantity.RatioOf(quantity.Int(22), quantity.Int(64))) < 0 ||
				got.Cmp(quantity.RatioOf(quantity.Int(26), quantity.Int(64))) > 0 {
				t.Errorf("%s: %v, want 24 of 64 or near", name, got)
			}
			if workers == 1 {
				first = got
			} else if got.Cmp(first) != 0 {
				t.Errorf("%s: %d workers count %v, one %v", name, workers, got, first)
			}
		}
	}
}

// TestNotTold: without spreads there is no chance, and a draw beyond what a lever takes is told.
func TestNotTold(t *testing.T) {
	for rows, want := range map[string]error{
		"s,efficiency,industry,all,,2023,0,%/yr,x,,,,\n":        pathways.ErrNoSpread,
		"s,output-cap,industry,,,2023-2026,1,%,x,0,2,normal,\n": pathways.ErrNotFollowed,
	} {
		_, err := subject(t, rows).PeakedBy(t.Context(), 2026, pathways.Draw{Samples: 128, Seed: 1})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", rows, err, want)
		}
	}
}
