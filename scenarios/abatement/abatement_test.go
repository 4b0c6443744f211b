package abatement_test

import (
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/abatement"
	"carbonledger/scenarios/levers"
)

const file = `scenario,lever,sector,commodity,year,value,unit,source,invest,life,run
s,solar,services,,2023,10,kW,x,3500,20,50
s,solar-hours,services,,2023,1000,h/yr,x,,,
s,solar-self-use,services,,2023,80,%,x,,,
s,price,all,electricity,2023,600,yuan/MWh,x,,,
`

// TestSolar: ten kW make 10,000 kWh, 8,000 used on the spot at 0.6 yuan, so the bill falls by
// 4,800 yuan. They cost 3,500 yuan each over 20 years, 1,750 a year, and 50 a year to run, 500:
// 2,550 yuan less for 8,000 x 0.5366 = 4,292.8 kg CO2 less.
func TestSolar(t *testing.T) {
	set, faults := scenarios.Parse("s.csv", []byte(file), levers.All())
	for _, fault := range faults {
		t.Fatal(fault.Error())
	}
	scenario, _ := set.Scenario("s")
	keys := abatement.Costed(scenario)
	if len(keys) != 1 || keys[0].Lever != "solar" {
		t.Fatalf("measures %v, want solar", keys)
	}
	base := scenarios.Base{Year: 2022, Cells: []scenarios.Cell{{Sector: "h61",
		Commodity: "electricity", Quantity: quantity.Int(31000), Energy: number(t, "3809.9"),
		CO2: number(t, "16634.6")}},
		Carriers: map[string]scenarios.Carrier{
			"electricity-solar": {EnergyPer: number(t, "0.1229")}},
		Drivers: map[string]quantity.Number{scenarios.GDPPrimary: quantity.Int(1),
			scenarios.GDPSecondary: quantity.Int(1), scenarios.GDPTertiary: quantity.Int(1)}}
	measure, err := abatement.Of(base, scenario, levers.All(), 2024, keys[0])
	if err != nil {
		t.Fatal(err)
	}
	got := measure.Years[1]
	want := quantity.RatioOf(number(t, "-2550000"), number(t, "4292.8"))
	if got.CO2.String() != "4292.8" || got.Cost.String() != "-2550" ||
		got.PerTonne.Cmp(want) != 0 {
		t.Errorf("CO2 %s, cost %s, per tonne %v, want 4292.8, -2550 and their quotient",
			got.CO2, got.Cost, got.PerTonne)
	}
	if len(got.Unpriced) != 1 || got.Unpriced[0] != "electricity-solar" {
		t.Errorf("unpriced %v, want the solar power", got.Unpriced)
	}
}

func number(t *testing.T, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
