package levers_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/table"
)

// divided is a made-up base with divisions, a remainder and water.
const divided = `year 2022
cell c26 bituminous-coal 4000 2857.2 7600
cell c37 electricity 90000 11061 48294
cell c37 heat 5000000 170.6 550
cell industry natural-gas 700 931 1512
cell other other-fuel 300 300 700
cell e47 diesel 300 437.13 927.5
cell g54 diesel 2100 3059.91 6492.5
cell h61 electricity 31000 3809.9 16634.6
cell p83 natural-gas 500 665 1080
cell d46 electricity 800 98.32 429.28
cell residential electricity 27000 3318.3 14488.2
cell residential gasoline 400 588.56 1170.4
water residential fresh-water 900000
water c26 fresh-water 400000
driver gdp-primary 0
driver gdp-secondary 293
driver gdp-tertiary 143
driver population 251
carrier electricity 0.1229 0.5366
carrier electricity-solar 0.1229 0
carrier natural-gas 1.33 2.16
carrier hydrogen 4.86 0
carrier heat 0.00003412 0.00011
carrier waste-heat 0.00003412 0
carrier biomass 0.5 0
history 2021 27000 99000 420 complete
`

// random returns rows of every lever, with numbers drawn by the seed.
func random(r *rand.Rand) string {
	n := func(below int) int { return r.IntN(below) }
	all := []string{
		fmt.Sprintf("growth,all,,,2023-2030,%d.%d,%%/yr,", n(7), n(10)),
		fmt.Sprintf("population,residential,,,2024-2029,%d,person,s-curve", 200+n(100)),
		fmt.Sprintf("structure,tertiary,,,2023-2030,%d,%%,linear", 30+n(30)),
		"floor-area,services,,,2022,1000,m2,",
		fmt.Sprintf("floor-area,services,,,2022-2030,%d,m2,linear", 900+n(500)),
		fmt.Sprintf("demand,c37,,,2023-2028,%d,%%/yr,", n(9)-3),
		fmt.Sprintf("output-cap,c26,,,2023-2030,%d,%%,", 80+n(40)),
		fmt.Sprintf("efficiency,industry,all,,2023-2030,-%d.%d,%%/yr,", n(5), n(10)),
		fmt.Sprintf("efficiency,residential,electricity,,2022-2027,-%d,%%,s-curve", n(30)),
		fmt.Sprintf("retrofit,services,all,,2023-2030,%d,%%/yr,", n(6)),
		fmt.Sprintf("retrofit-depth,services,all,,2023,%d,%%,", n(60)),
		fmt.Sprintf("demolition,services,,,2023-2030,%d,%%/yr,", n(3)),
		fmt.Sprintf("modal-shift,residential,gasoline,electricity,2023-2030,%d,%%,", n(40)),
		"modal-ratio,all,gasoline,electricity,2023,0.2,kgce/kgce,",
		fmt.Sprintf("vehicle-sales,g54,diesel,,2023-2030,%d,%%,s-curve", n(100)),
		"vehicle-life,all,diesel,,2023,9,yr,", "vehicle-ratio,all,diesel,,2023,0.35,kgce/kgce,",
		fmt.Sprintf("electrification,industry,bituminous-coal,,2023-2029,%d,%%,linear", n(50)),
		fmt.Sprintf("switch,c26,bituminous-coal,natural-gas,2024-2030,%d,%%,s-curve", n(40)),
		fmt.Sprintf("biomass,all,bituminous-coal,,2025,%d,%%,", n(10)),
		fmt.Sprintf("waste-heat,c37,heat,,2023-2030,%d,GJ,linear", n(2)),
		fmt.Sprintf("solar,services,,,2023-2030,%d,kW,linear", n(9)),
		"solar-hours,all,,,2023,1000,h/yr,", "solar-self-use,all,,,2023,80,%,",
		fmt.Sprintf("water-saving,all,all,,2023-2030,-%d,%%/yr,", n(4)),
		"water-energy,d46,all,,2023,0.3,kWh/m3,",
		fmt.Sprintf("ccus,c26,all,,2025-2030,%d,%%,linear", n(50)),
		"ccus-energy,all,all,,2023,250,kWh/tCO2,",
		fmt.Sprintf("grid-factor,all,electricity,,2023-2030,-%d.%d,%%/yr,", n(5), n(10)),
		fmt.Sprintf("sink,all,,,2023-2030,%d,tCO2,linear", n(9)),
		fmt.Sprintf("price,all,electricity,,2023,0.%d,yuan/kWh,", 1+n(8)),
	}
	rows := ""
	for _, row := range all {
		name, parent := "parent", ""
		// A child that states one row of a key states all of it, so floor stays with the parent.
		if r.IntN(3) == 0 && !strings.HasPrefix(row, "floor-area") {
			name, parent = "child", "parent"
		}
		cells := strings.SplitN(row, ",", 2)
		rows += name + "," + parent + "," + cells[0] + "," + cells[1] + ",drawn\n"
	}
	return header + "parent,,,,,,,,,,\nchild,parent,,,,,,,,,\n" + rows
}

// TestInheritanceIsWritingOut: a scenario that inherits gives the same years as one that states
// everything itself.
func TestInheritanceIsWritingOut(t *testing.T) {
	for seed := range uint64(3) {
		set := parse(t, random(rand.New(rand.NewPCG(seed, 0))))
		scenario, _ := set.Scenario("child")
		base := readBase(t, divided)
		inherited := fmt.Sprint(project(t, base, set, "child", 2034).Years)
		written := project(t, base, parse(t, scenario.Text()), "child", 2034)
		if got := fmt.Sprint(written.Years); got != inherited {
			t.Errorf("seed %d: written out\n%s\nwant as inherited\n%s", seed, got, inherited)
		}
	}
}

// TestTotalsAreSums: in every year, energy and CO2 are the sums over sectors and over carriers.
// Project itself refuses totals that are not the sums of the cells.
func TestTotalsAreSums(t *testing.T) {
	for seed := range uint64(3) {
		set := parse(t, random(rand.New(rand.NewPCG(seed, 1))))
		for _, year := range project(t, readBase(t, divided), set, "child", 2034).Years {
			for name, key := range map[string]func(scenarios.Cell) string{
				"sectors":  func(c scenarios.Cell) string { return c.Sector },
				"groups":   func(c scenarios.Cell) string { return scenarios.GroupOf(c.Sector) },
				"carriers": func(c scenarios.Cell) string { return c.Commodity },
			} {
				var energy, co2 quantity.Number
				for _, sum := range year.SumBy(key) {
					energy, co2 = energy.Add(sum.Energy), co2.Add(sum.CO2)
				}
				if !energy.Equal(year.Energy) || !co2.Equal(year.CO2) {
					t.Errorf("seed %d, %d: sums over %s are %s kgce and %s kg, want %s and %s",
						seed, year.Year, name, energy, co2, year.Energy, year.CO2)
				}
			}
		}
	}
}

// nothings hold a row for each word that states a change of nothing.
var nothings = map[string]string{
	"growth":          "growth,all,,,2023-2030,0,%/yr,",
	"population":      "population,residential,,,2023-2030,0,%/yr,",
	"floor-area":      "floor-area,services,,,2022-2030,1000,m2,",
	"demand":          "demand,all,,,2023-2030,0,%,",
	"output-cap":      "output-cap,all,,,2023,100,%,",
	"efficiency":      "efficiency,all,all,,2023-2030,0,%,",
	"retrofit":        "retrofit,all,all,,2023-2030,0,%/yr,",
	"demolition":      "demolition,all,,,2023-2030,0,%/yr,",
	"new-building":    "new-building,all,all,,2023,100,%,",
	"modal-shift":     "modal-shift,all,gasoline,electricity,2023-2030,0,%,",
	"vehicle-sales":   "vehicle-sales,all,diesel,,2023-2030,0,%,",
	"switch":          "switch,all,diesel,hydrogen,2023-2030,0,%,",
	"electrification": "electrification,all,diesel,,2023-2030,0,%,",
	"hydrogen":        "hydrogen,all,diesel,,2023-2030,0,%,",
	"biomass":         "biomass,all,diesel,,2023-2030,0,%,",
	"district-heat":   "district-heat,all,diesel,,2023-2030,0,%,",
	"waste-heat":      "waste-heat,all,heat,,2023-2030,0,GJ,",
	"solar":           "solar,all,,,2023-2030,0,kW,",
	"water-saving":    "water-saving,all,all,,2023-2030,0,%,",
	"water-energy":    "water-energy,d46,all,,2023,3,kWh/m3,",
	"ccus":            "ccus,all,all,,2023-2030,0,%,",
	"grid-factor":     "grid-factor,all,electricity,,2023-2030,0,%/yr,",
	"green-power":     "green-power,all,,,2023-2030,0,%,",
	"sink":            "sink,all,,,2023-2030,0,tCO2,",
	"green-area":      "green-area,all,,,2023-2030,0,ha,",
}

// TestNothingChangesNothing: a row of any lever that changes by nothing leaves every year as it is.
func TestNothingChangesNothing(t *testing.T) {
	base := readBase(t, divided)
	companions := "s,,floor-area,services,,,2022,1000,m2,,x\n" +
		"s,,retrofit-depth,all,all,,2022,50,%,,x\n" +
		"s,,vehicle-life,all,diesel,,2023,9,yr,,x\n" +
		"s,,vehicle-ratio,all,diesel,,2023,2,kgce/kgce,,x\n" +
		"s,,solar-hours,all,,,2023,999,h/yr,,x\ns,,solar-self-use,all,,,2023,80,%,,x\n" +
		"s,,ccus-energy,all,all,,2023,250,kWh/tCO2,,x\ns,,green-rate,all,,,2023,5,tCO2/ha,,x\n"
	still := fmt.Sprint(project(t, base, parse(t, header+companions), "s", 2031).Years)
	for _, name := range slices.Sorted(maps.Keys(nothings)) {
		row := "s,," + nothings[name] + ",x\n"
		got := project(t, base, parse(t, header+companions+row), "s", 2031).Years
		if fmt.Sprint(got) != still {
			t.Errorf("%s changes\n%s\nwant\n%s", name, fmt.Sprint(got[8]), still)
		}
	}
}

const wide = "scenario,inherits,lever,sector,commodity,to,year,value,unit,shape,source," +
	"invest,life,run,low,high,distribution,group\n"

// breakages hold, for each column, cells that are wrong in every row.
var breakages = map[string][]string{
	"scenario": {""}, "inherits": {"nobody"}, "lever": {"", "brake"}, "sector": {"", "moon", "c99"},
	"commodity": {"Kohle!", "-"}, "to": {"Strom!", "-"},
	"year":  {"", "30", "20300", "2030-2023", "next year"},
	"value": {"", "many", "1e5", "12345678901", "0.1234567", "1,5"},
	"unit":  {"", "‰", "tce/m2"}, "shape": {"zigzag"}, "source": {""},
	"invest": {"dear", "1e9"}, "life": {"0", "-3", "2.5", "101", "long"}, "run": {"x"},
	"low": {"x", "99999999"}, "high": {"x", "-99999999"}, "distribution": {"bell"},
}

// TestBrokenFields breaks every field of a row of every word: each gives a fault of that field,
// with its line, its column and a way out in both languages, and nothing is projected.
func TestBrokenFields(t *testing.T) {
	columns := strings.Split(strings.TrimSpace(wide), ",")
	for _, name := range slices.Sorted(maps.Keys(samples)) {
		row, _, _ := strings.Cut(samples[name], "\n")
		for at, column := range columns {
			for _, broken := range breakages[column] {
				cells := append(strings.Split(row, ","), "", "", "", "", "", "", "")
				switch column {
				case "life":
					cells[11] = "5"
				case "low", "high", "distribution":
					cells[14], cells[15], cells[16] = "-9999999", "9999999", "uniform"
				}
				cells[at] = broken
				text := wide + "a,,,,,,,,,,,,,,,,,\n" + strings.Join(quoted(cells), ",") + "\n"
				set, faults := scenarios.Parse("s.csv", []byte(text), levers.All())
				checkBroken(t, name, column, broken, faults)
				if len(set.Names()) > 0 {
					t.Errorf("%s: %s %q: there is a scenario in spite of it", name, column, broken)
				}
			}
		}
	}
}

func quoted(cells []string) []string {
	for i, cell := range cells {
		if strings.Contains(cell, ",") {
			cells[i] = `"` + cell + `"`
		}
	}
	return cells
}

func checkBroken(t *testing.T, name, column, broken string, faults []table.Fault) {
	t.Helper()
	at := slices.IndexFunc(faults, func(f table.Fault) bool {
		return f.Field == column || column == "high" && f.Field == "low"
	})
	if at < 0 {
		t.Errorf("%s: %s %q has no fault of its own: %v", name, column, broken, faults)
		return
	}
	fault := faults[at]
	if fault.Line != 3 || fault.Column == 0 || fault.Way(table.EN) == "" ||
		fault.Way(table.ZH) == "" {
		t.Errorf("%s: %s %q: line %d, column %d, way out %q, %q", name, column, broken,
			fault.Line, fault.Column, fault.Way(table.EN), fault.Way(table.ZH))
	}
}
