package levers_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
)

// samples hold a good row for every word of the lever column.
var samples = map[string]string{
	"growth":       "s,,growth,all,,,2023-2030,5,%/yr,,x",
	"structure":    "s,,structure,tertiary,,,2023-2030,60,%,linear,x",
	"efficiency":   "s,,efficiency,all,all,,2023-2030,-2,%/yr,,x",
	"switch":       "s,,switch,all,raw-coal,electricity,2023-2030,30,%,linear,x",
	"switch-ratio": "s,,switch-ratio,all,raw-coal,electricity,2023-2030,0.5,kgce/kgce,,x",
	"grid-factor":  "s,,grid-factor,all,electricity,,2023-2030,-3,%/yr,,x",
}

var noUnit = strings.NewReplacer("%/yr", "‰", "%", "‰", "kgce/kgce", "‰")

// TestAll walks the list: every lever has words of its own, takes a good row and refuses a unit
// that is none, changes nothing in the base year and without rows, and something with one.
func TestAll(t *testing.T) {
	seen := map[string]bool{}
	still := draftText(t, "s,,,,,,,,,,")
	for _, lever := range levers.All() {
		for _, name := range lever.Names() {
			t.Run(name, func(t *testing.T) {
				if seen[name] {
					t.Errorf("%s stands twice", name)
				}
				seen[name] = true
				row, ok := samples[name]
				if !ok {
					t.Fatal("no sample row")
				}
				if name == "switch-ratio" {
					row = samples["switch"] + "\n" + row
				}
				years := draftText(t, row)
				if years[0] != still[0] {
					t.Errorf("base year %s, want %s", years[0], still[0])
				}
				if years[8] == still[8] {
					t.Errorf("2030 is still %s", years[8])
				}
				bad := noUnit.Replace(samples[name])
				_, faults := scenarios.Parse("s.csv", []byte(header+bad), levers.All())
				if len(faults) != 1 || faults[0].Code != "scenario.unit" {
					t.Errorf("faults %v, want one of the unit", faults)
				}
			})
		}
	}
	for name := range samples {
		if !seen[name] {
			t.Errorf("no lever answers to %s", name)
		}
	}
}

// TestOrderOfApplication: the order in the list is the documented one.
func TestOrderOfApplication(t *testing.T) {
	var names []string
	for _, lever := range levers.All() {
		names = append(names, lever.Names()...)
	}
	want := []string{"growth", "structure", "efficiency", "switch", "switch-ratio", "grid-factor"}
	if !slices.Equal(names, want) {
		t.Errorf("order %v, want %v", names, want)
	}
}

// draftText projects rows from a small base and prints each year.
func draftText(t *testing.T, rows string) (years []string) {
	t.Helper()
	set, faults := scenarios.Parse("s.csv", []byte(header+rows), levers.All())
	for _, fault := range faults {
		t.Fatal(fault.Error())
	}
	cell := func(sector, commodity string) scenarios.Cell {
		return scenarios.Cell{Sector: sector, Commodity: commodity, Quantity: quantity.Int(1000),
			Energy: quantity.Int(700), CO2: quantity.Int(1900)}
	}
	base := scenarios.Base{
		Year: 2022,
		Cells: []scenarios.Cell{
			cell(scenarios.Industry, "raw-coal"), cell(scenarios.Services, "electricity")},
		Carriers: map[string]scenarios.Carrier{
			"electricity": {EnergyPer: quantity.Int(2), CO2Per: quantity.Int(3)}},
		Drivers: map[string]quantity.Number{
			scenarios.GDPPrimary: quantity.Int(100), scenarios.GDPSecondary: quantity.Int(500),
			scenarios.GDPTertiary: quantity.Int(400)},
	}
	scenario, _ := set.Scenario("s")
	pathway, err := scenarios.Project(base, scenario, levers.All(), 2030)
	if err != nil {
		t.Fatal(err)
	}
	for _, year := range pathway.Years {
		years = append(years, fmt.Sprint(year.Cells, year.Drivers))
	}
	return years
}
