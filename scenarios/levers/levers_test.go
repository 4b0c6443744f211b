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
	"total-energy":    "s,,total-energy,all,,,2022,3,tce,,x",
	"total-co2":       "s,,total-co2,all,,,2022,9,tCO2,,x",
	"growth":          "s,,growth,all,,,2023-2030,5,%/yr,,x",
	"population":      "s,,population,residential,,,2023-2030,900,person,,x",
	"structure":       "s,,structure,tertiary,,,2023-2030,60,%,linear,x",
	"floor-area":      "s,,floor-area,services,,,2022,100,m2,,x\n" + floor,
	"demand":          "s,,demand,c37,,,2023-2030,5,%/yr,,x",
	"output-cap":      "s,,output-cap,industry,,,2023-2030,90,%,,x",
	"efficiency":      "s,,efficiency,all,all,,2023-2030,-2,%/yr,,x",
	"retrofit":        "s,,retrofit,services,all,,2023-2030,3,%/yr,,x",
	"retrofit-depth":  "s,,retrofit-depth,services,all,,2023,40,%,,x",
	"demolition":      "s,,demolition,services,,,2023-2030,2,%/yr,,x",
	"new-building":    "s,,new-building,services,all,,2023,50,%,,x",
	"modal-shift":     "s,,modal-shift,all,gasoline,electricity,2023-2030,30,%,,x",
	"modal-ratio":     "s,,modal-ratio,all,gasoline,electricity,2023,0.5,kgce/kgce,,x",
	"vehicle-sales":   "s,,vehicle-sales,residential,gasoline,,2023-2030,50,%,,x",
	"vehicle-ratio":   "s,,vehicle-ratio,residential,gasoline,,2023,0.3,kgce/kgce,,x",
	"vehicle-life":    "s,,vehicle-life,residential,gasoline,,2023,8,yr,,x",
	"vehicle-stock":   "s,,vehicle-stock,residential,gasoline,,2022,70,vehicle,,x",
	"switch":          "s,,switch,all,raw-coal,electricity,2023-2030,30,%,linear,x",
	"electrification": "s,,electrification,all,raw-coal,,2023-2030,30,%,linear,x",
	"hydrogen":        "s,,hydrogen,all,raw-coal,,2023-2030,30,%,linear,x",
	"biomass":         "s,,biomass,all,raw-coal,,2023-2030,30,%,linear,x",
	"district-heat":   "s,,district-heat,all,raw-coal,,2023-2030,30,%,linear,x",
	"switch-ratio":    "s,,switch-ratio,all,raw-coal,electricity,2023-2030,0.5,kgce/kgce,,x",
	"waste-heat":      "s,,waste-heat,all,raw-coal,,2023-2030,0.3,GJ,linear,x",
	"solar":           "s,,solar,services,,,2023-2030,2,kW,linear,x",
	"solar-hours":     "s,,solar-hours,services,,,2023,100,h/yr,,x",
	"solar-self-use":  "s,,solar-self-use,services,,,2023,70,%,,x",
	"water-saving":    "s,,water-saving,all,all,,2023-2030,-30,%,linear,x",
	"water-energy":    "s,,water-energy,services,all,,2023,0.7,kWh/m3,,x",
	"ccus":            "s,,ccus,industry,all,,2023-2030,10,%,linear,x",
	"ccus-energy":     "s,,ccus-energy,industry,all,,2023,300,kWh/tCO2,,x",
	"grid-factor":     "s,,grid-factor,all,electricity,,2023-2030,-3,%/yr,,x",
	"non-fossil":      "s,,non-fossil,all,electricity,,2022,30,%,,x\n" + fossil,
	"green-power":     "s,,green-power,all,,,2023-2030,10,%,linear,x",
	"sink":            "s,,sink,all,,,2023-2030,10,tCO2,linear,x",
	"green-area":      "s,,green-area,all,,,2023-2030,10,ha,linear,x",
	"green-rate":      "s,,green-rate,all,,,2023,5,tCO2/ha,,x",
	"price":           "s,,price,all,electricity,,2022,0.6,yuan/kWh,,x\n" + price,
	"discount-rate":   "s,,discount-rate,all,,,2023,8,%,,x",
	"deflator":        "s,,deflator,all,,,2022,102,previous=100,,x",
}

const (
	floor  = "s,,floor-area,services,,,2022-2030,150,m2,,x"
	fossil = "s,,non-fossil,all,electricity,,2022-2030,50,%,,x"
	price  = "s,,price,all,electricity,,2022-2030,0.9,yuan/kWh,,x"
)

// with names the rows that a word is nothing without.
var with = map[string][]string{
	"total-energy": {"total-co2"}, "total-co2": {"total-energy"},
	"retrofit": {"retrofit-depth"}, "retrofit-depth": {"retrofit"},
	"modal-ratio": {"modal-shift"}, "vehicle-sales": {"vehicle-ratio", "vehicle-life"},
	"vehicle-ratio": {"vehicle-sales", "vehicle-life"},
	"vehicle-life":  {"vehicle-sales", "vehicle-ratio"},
	"switch-ratio":  {"switch"}, "solar": {"solar-hours", "solar-self-use"},
	"solar-hours": {"solar", "solar-self-use"}, "solar-self-use": {"solar", "solar-hours"},
	"water-energy": {"water-saving"}, "ccus": {"ccus-energy"}, "ccus-energy": {"ccus"},
	"green-area": {"green-rate"}, "green-rate": {"green-area"},
	"new-building": {"floor-area"}, "demolition": {"new-building"},
}

// silent are the words that only say how much there is, what money is worth, or what was.
var silent = []string{"vehicle-stock", "discount-rate", "deflator"}

// grounded are the words that state something of the base year.
var grounded = []string{"non-fossil", "price", "total-energy", "total-co2"}

func sampleOf(name string) string {
	rows := samples[name]
	for _, other := range with[name] {
		rows += "\n" + samples[other]
	}
	return rows
}

// noUnit writes a unit that is none.
func noUnit(row string) string {
	cells := strings.Split(row, ",")
	cells[8] = "‰"
	return strings.Join(cells, ",")
}

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
				if samples[name] == "" {
					t.Fatal("no sample row")
				}
				years := draftText(t, sampleOf(name))
				if years[0] != still[0] && !slices.Contains(grounded, name) {
					t.Errorf("base year %s, want %s", years[0], still[0])
				}
				if years[8] == still[8] && !slices.Contains(silent, name) {
					t.Errorf("2030 is still %s", years[8])
				}
				bad, _, _ := strings.Cut(samples[name], "\n")
				bad = noUnit(bad)
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
	want := strings.Fields("total-energy total-co2 growth population structure floor-area " +
		"demand output-cap efficiency " +
		"retrofit retrofit-depth demolition new-building modal-shift modal-ratio " +
		"vehicle-sales vehicle-ratio vehicle-life vehicle-stock " +
		"switch electrification hydrogen biomass district-heat switch-ratio waste-heat " +
		"water-saving water-energy solar solar-hours solar-self-use ccus ccus-energy " +
		"grid-factor non-fossil green-power sink green-area green-rate price discount-rate " +
		"deflator")
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
			cell("c37", "raw-coal"), cell(scenarios.Services, "electricity"),
			cell(scenarios.Residential, "gasoline")},
		Water:    []scenarios.Cell{cell(scenarios.Services, "fresh-water")},
		Carriers: map[string]scenarios.Carrier{},
		Drivers: map[string]quantity.Number{
			scenarios.GDPPrimary: quantity.Int(100), scenarios.GDPSecondary: quantity.Int(500),
			scenarios.GDPTertiary: quantity.Int(400), scenarios.Population: quantity.Int(600)},
	}
	for _, id := range levers.Carriers() {
		base.Carriers[id] = scenarios.Carrier{EnergyPer: quantity.Int(2), CO2Per: quantity.Int(3)}
	}
	base.Carriers["waste-heat"] = scenarios.Carrier{EnergyPer: number(t, "0.0000341")}
	scenario, _ := set.Scenario("s")
	pathway, err := scenarios.Project(base, scenario, levers.All(), 2030)
	if err != nil {
		t.Fatal(err)
	}
	for _, year := range pathway.Years {
		years = append(years, fmt.Sprint(year))
	}
	return years
}
