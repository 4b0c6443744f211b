package pledges_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/pledges"
)

const header = "entity,lever,sector,commodity,to,year,value,unit,source\n"

const plan = `scenario,lever,sector,commodity,to,year,value,unit,source
plan,growth,secondary,,,2023-2030,4,%/yr,x
plan,efficiency,industry,all,,2023-2030,-2,%/yr,x
plan,grid-factor,all,electricity,,2023-2030,-1,%/yr,x
`

func cells(coal, power int64) []scenarios.Cell {
	n := quantity.Int
	return []scenarios.Cell{
		{Sector: "c17", Commodity: "raw-coal", Quantity: n(coal * 10), Energy: n(coal * 7),
			CO2: n(coal * 19)},
		{Sector: "c17", Commodity: "electricity", Quantity: n(power * 1000), Energy: n(power * 123),
			CO2: n(power * 550)}}
}

func ground(t *testing.T, text string) pledges.Ground {
	t.Helper()
	set, faults := scenarios.Parse("plan.csv", []byte(plan), levers.All())
	pledged, more := pledges.Parse("pledges.csv", []byte(text), levers.All())
	for _, fault := range append(faults, more...) {
		t.Fatal(fault.Error())
	}
	scenario, _ := set.Scenario("plan")
	n := quantity.Int
	return pledges.Ground{Plan: scenario, Pledges: pledged, Levers: levers.All(), Horizon: 2030,
		District: scenarios.Base{Year: 2022, Cells: cells(1000, 40),
			Carriers: map[string]scenarios.Carrier{"electricity": {
				EnergyPer: quantity.Scaled(123, 3), CO2Per: quantity.Scaled(55, 2)}},
			Drivers: map[string]quantity.Number{scenarios.GDPPrimary: n(0),
				scenarios.GDPSecondary: n(700), scenarios.GDPTertiary: n(300)}},
		Parts: map[string]pledges.Part{"A": {Cells: cells(300, 10), Days: 365},
			"B": {Cells: cells(200, 5), Days: 365}}}
}

// TestPartsSum: those who pledged and the remainder are the district in every year, and in the base
// year that is the base, whatever is pledged.
func TestPartsSum(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 4))
		text := header +
			fmt.Sprintf("A,efficiency,all,all,,2023-2030,-%d,%%/yr,x\n", r.IntN(9)) +
			fmt.Sprintf("B,switch,all,raw-coal,electricity,2023-2028,%d,%%,x\n", r.IntN(101)) +
			fmt.Sprintf("B,demand,all,,,2023-2030,%d,%%/yr,x\n", r.IntN(9)-4)
		got, err := pledges.Of(ground(t, text))
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for i, year := range got.Years {
			co2, energy := got.Remainder.Years[i].CO2, got.Remainder.Years[i].Energy
			for _, one := range got.Pledged {
				co2 = co2.Add(one.Pathway.Years[i].CO2)
				energy = energy.Add(one.Pathway.Years[i].Energy)
			}
			if !year.District.CO2.Equal(co2) || !year.District.Energy.Equal(energy) {
				t.Errorf("seed %d: %d has %v, its parts %s and %s", seed, year.Year, year.District,
					energy, co2)
			}
		}
		if !got.Years[0].District.CO2.Equal(got.District.Years[0].CO2) ||
			!got.Years[0].Gap.CO2.IsZero() {
			t.Errorf("seed %d: base year %v, want that of the district", seed, got.Years[0])
		}
	}
}

// TestPledgesOfThePlan: where all pledge what the plan says, the district is the plan.
func TestPledgesOfThePlan(t *testing.T) {
	got, err := pledges.Of(ground(t, header+"A,efficiency,industry,all,,2023-2030,-2,%/yr,x\n"+
		"B,efficiency,industry,all,,2023-2030,-2,%/yr,x\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, year := range got.Years {
		// Each cell is rounded by itself to a millionth of a kg.
		if year.Gap.CO2.Abs().Cmp(quantity.Scaled(1, 4)) > 0 {
			t.Errorf("%d: %s kg above the plan, want none", year.Year, year.Gap.CO2)
		}
	}
}

// TestHeld: A has 300 x 7 + 10 x 123 = 3330 kgce. With growth of 4 % and savings of 5 % a year that
// is 3330 x (1.04 x 0.95)^2 = 3250.56 kgce in 2024.
func TestHeld(t *testing.T) {
	g := ground(t, header+"A,efficiency,all,all,,2023-2030,-5,%/yr,x\n"+
		"A,green-power,all,,,2023-2030,5,%,x\nB,efficiency,all,all,,2023-2030,-5,%/yr,x\n"+
		"C,efficiency,all,all,,2023-2030,-5,%/yr,x\nA,demand,all,,,2026-2030,-1,%/yr,x\n")
	r, err := pledges.Of(g)
	if err != nil {
		t.Fatal(err)
	}
	actual := map[string]pledges.Part{"A": {Cells: cells(300, 10), Days: 366},
		"B": {Cells: cells(100, 5), Days: 200}}
	var got []string
	for _, test := range r.Tests(actual, g.Parts, g.Pledges, 2024) {
		required, _ := test.Required.Round(quantity.Rounding{Places: 2})
		got = append(got, fmt.Sprintf("%s %s %s%s %s %s", test.Entity, test.Row.Lever, test.Status,
			test.Reason, test.Gap, required))
	}
	want := []string{"A demand no-datanot-begun 0 0",
		"A efficiency behind 79.44048 -2.42", "A green-power no-dataunseen 0 0",
		"B efficiency no-datapartial 0 0",
		"C efficiency no-dataabsent 0 0"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("tests:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	for year, status := range map[int]pledges.Status{2023: pledges.Met, 2024: pledges.Behind} {
		actual["A"] = pledges.Part{Cells: cells(300, 9), Days: 365}
		if year == 2024 {
			actual["A"] = pledges.Part{Cells: cells(300, 10), Days: 365}
		}
		for _, test := range r.Tests(actual, g.Parts, g.Pledges, year) {
			if test.Row.Lever == "efficiency" && test.Entity == "A" && test.Status != status {
				t.Errorf("%d: %s, want %s", year, test.Status, status)
			}
		}
	}
}

// TestFaults: faults name the columns of the file of pledges.
func TestFaults(t *testing.T) {
	for text, want := range map[string]string{
		"scenario,lever\n":                       "header.missing entity 1",
		header + ",growth,all,,,2023,1,%/yr,x\n": "cell.missing entity 2",
		header + "A,magic,all,,,2023,1,%/yr,x\n": "scenario.lever lever 2",
	} {
		_, faults := pledges.Parse("p.csv", []byte(text), levers.All())
		if len(faults) == 0 {
			t.Errorf("%q: no fault, want %s", text, want)
			continue
		}
		got := fmt.Sprintf("%s %s %d", faults[0].Code, faults[0].Field, faults[0].Line)
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}
