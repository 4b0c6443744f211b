package abatement_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/abatement"
	"carbonledger/scenarios/levers"
)

// TestCurveSums: the steps sum exactly to what all measures bring and cost together, whatever the
// values, and with any number of workers; the first brings what it brings alone.
func TestCurveSums(t *testing.T) {
	n := quantity.Int
	base := scenarios.Base{Year: 2022, Cells: []scenarios.Cell{
		{Sector: "c17", Commodity: "raw-coal", Quantity: n(1000), Energy: n(714), CO2: n(1900)},
		{Sector: "c17", Commodity: "electricity", Quantity: n(2000), Energy: n(246), CO2: n(1100)}},
		Carriers: map[string]scenarios.Carrier{
			"electricity":       {EnergyPer: number(t, "0.123"), CO2Per: number(t, "0.55")},
			"natural-gas":       {EnergyPer: number(t, "1.33"), CO2Per: number(t, "2.16")},
			"electricity-solar": {EnergyPer: number(t, "0.123")}},
		Drivers: map[string]quantity.Number{scenarios.GDPPrimary: n(1),
			scenarios.GDPSecondary: n(1), scenarios.GDPTertiary: n(1)}}
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 3))
		text := "scenario,lever,sector,commodity,to,year,value,unit,source,invest,life,run\n" +
			fmt.Sprintf("s,efficiency,industry,all,,2023-2025,-%d,%%/yr,x,%d,10,\n", 1+r.IntN(5),
				r.IntN(9000)) +
			fmt.Sprintf("s,electrification,industry,raw-coal,,2023-2025,%d,%%,x,%d,15,%d\n",
				10+r.IntN(40), r.IntN(9000), 1+r.IntN(9)) +
			fmt.Sprintf("s,switch,industry,raw-coal,natural-gas,2023-2025,%d,%%,x,%d,15,\n",
				10+r.IntN(40), 1+r.IntN(900)) +
			"s,solar,industry,,,2023,1,kW,x,3500,20,50\n" +
			"s,solar-hours,industry,,,2023,900,h/yr,x,,,\n" +
			"s,solar-self-use,industry,,,2023,90,%,x,,,\n" +
			fmt.Sprintf("s,price,all,raw-coal,,2023,%d,yuan/t,x,,,\n", 600+r.IntN(900)) +
			"s,price,all,electricity,,2023,0.6,yuan/kWh,x,,,\ns,price,all,natural-gas,,2023,3," +
			"yuan/Nm3,x,,,\n"
		set, faults := scenarios.Parse("s.csv", []byte(text), levers.All())
		for _, fault := range faults {
			t.Fatal(fault.Error())
		}
		s, _ := set.Scenario("s")
		ground := abatement.Ground{Base: base, Scenario: s, Levers: levers.All(), Workers: 1}
		want, err := abatement.CurveOf(t.Context(), ground, 2025, abatement.Costed(s))
		if err != nil {
			t.Fatal(err)
		}
		var co2, cost quantity.Number
		for _, step := range want.Steps {
			co2, cost = co2.Add(step.CO2), cost.Add(step.Cost)
		}
		if len(want.Steps) != 4 || !co2.Equal(want.CO2) || !cost.Equal(want.Cost) ||
			want.Projections != 1+4+3+2+1 {
			t.Errorf("seed %d: steps sum to %s kg and %s yuan, want %s and %s", seed, co2, cost,
				want.CO2, want.Cost)
		}
		if first := want.Steps[0]; !first.AloneCO2.Equal(first.CO2) {
			t.Errorf("seed %d: the first brings %s, alone %s", seed, first.CO2, first.AloneCO2)
		}
		for _, workers := range []int{2, 7} {
			ground.Workers = workers
			got, _ := abatement.CurveOf(t.Context(), ground, 2025, abatement.Costed(s))
			if !reflect.DeepEqual(got, want) {
				t.Errorf("seed %d: %d workers draw another curve", seed, workers)
			}
		}
	}
}
