package account_test

import (
	"bytes"
	"os"
	"testing"

	"carbonledger/factors"
	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
	"carbonledger/internal/report/plan"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/table"
)

// assumptions are two scenarios with shares that leave odd digits, and trees beside them.
const assumptions = `scenario,inherits,lever,sector,commodity,to,year,value,unit,shape,source
plain,,growth,secondary,,,2023-2025,3.7,%/yr,,assumption
plain,,growth,tertiary,,,2023-2025,5.3,%/yr,,assumption
green,plain,efficiency,industry,all,,2023-2025,-2.9,%/yr,,plan
green,,switch,c30,raw-coal,natural-gas,2022-2025,33.3,%,s-curve,plan
green,,sink,all,,,2022-2025,7,tCO2,linear,plan
`

func number(text string) quantity.Number {
	n, err := quantity.ParseNumber(text)
	if err != nil {
		panic(err)
	}
	return n
}

// base is a district with two divisions, homes and a process.
func base() scenarios.Base {
	cell := func(sector, commodity, amount, energy, co2 string) scenarios.Cell {
		return scenarios.Cell{Sector: sector, Commodity: commodity, Quantity: number(amount),
			Energy: number(energy), CO2: number(co2)}
	}
	year := scenarios.Year{Year: 2021, Complete: true, Nominal: true, GDP: number("900000000"),
		Energy: number("700000"), CO2: number("1900000.5"),
		Cells: []scenarios.Cell{cell("c30", "raw-coal", "980000", "700000", "1900000.5")}}
	return scenarios.Base{Year: 2022,
		Pins: scenarios.Pins{Position: 7, Head: "abc", Policy: "cn-statistics",
			Boundary: "360104"},
		Cells: []scenarios.Cell{
			cell("c30", "raw-coal", "1000000", "714300", "1900003.7"),
			cell("c30", "electricity", "3000000", "368700", "1725600"),
			cell("c30", "limestone", "500000", "0", "219850"),
			cell("p83", "electricity", "1000001", "122900.1229", "575200.5752"),
			cell("residential", "natural-gas", "70007", "93109.31", "151356.7"),
		},
		Water: []scenarios.Cell{{Sector: "c30", Commodity: "fresh-water",
			Quantity: number("123456789")}},
		Carriers: map[string]scenarios.Carrier{
			"natural-gas": {EnergyPer: number("1.33"), CO2Per: number("2.162")}},
		Drivers: map[string]quantity.Number{scenarios.GDPPrimary: number("0"),
			scenarios.GDPSecondary: number("600000000"),
			scenarios.GDPTertiary:  number("400000001"), scenarios.Population: number("12345")},
		History: []scenarios.Year{year}}
}

func pathways(t *testing.T) []scenarios.Pathway {
	t.Helper()
	set, faults := scenarios.Parse("assumptions.csv", []byte(assumptions), levers.All())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var list []scenarios.Pathway
	for _, name := range set.Names() {
		scenario, _ := set.Scenario(name)
		p, err := scenarios.Project(base(), scenario, levers.All(), 2025)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

func english(t *testing.T) report.Names {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return report.Names{Lang: table.EN, Library: library}
}

// golden holds bytes against a file; with UPDATE it writes the file.
func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile("testdata/"+file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is\n%s", file, got)
	}
}

// TestFiles writes the comparison in the formats that programs read.
func TestFiles(t *testing.T) {
	list, names := pathways(t), english(t)
	comparison, err := scenarios.Compare(list, "plain")
	if err != nil {
		t.Fatal(err)
	}
	for file, answer := range map[string]report.Table{
		"iamc.csv": plan.IAMC(list, names), "iamc-wide.csv": plan.IAMCWide(list, names),
		"compare.csv":    plan.Comparison(comparison, list, nil, english(t)),
		"sectors.csv":    plan.Breakdown(list[1], plan.CO2, plan.BySector, names),
		"carriers.csv":   plan.Breakdown(list[1], plan.Energy, plan.ByCarrier, names),
		"assumption.csv": plan.Assumptions(set(t), names),
	} {
		var out bytes.Buffer
		if err := format.CSV(&out, answer); err != nil {
			t.Fatal(err)
		}
		golden(t, file, out.Bytes())
	}
}

func set(t *testing.T) scenarios.Set {
	t.Helper()
	set, faults := scenarios.Parse("assumptions.csv", []byte(assumptions), levers.All())
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return set
}

// TestSums adds up what is printed: every total of the export, and every column of the tables.
func TestSums(t *testing.T) {
	list, names := pathways(t), english(t)
	printed := map[string]quantity.Number{}
	for _, row := range plan.IAMC(list, names).Rows {
		printed[row[1]+" "+row[5]+" "+row[3]] = number(row[6])
	}
	for key, total := range printed {
		for _, kind := range [][]string{sectorsOf, carriersOf} {
			var sum quantity.Number
			found := false
			for _, part := range kind {
				n, ok := printed[key+"|"+part]
				found = found || ok
				sum = sum.Add(n)
			}
			if found && !sum.Equal(total) {
				t.Errorf("%s = %s, and its parts %v sum to %s", key, total, kind, sum)
			}
		}
	}
	for _, p := range list {
		for _, m := range []plan.Measured{plan.CO2, plan.Energy} {
			sector := plan.Breakdown(p, m, plan.BySector, names)
			carrier := plan.Breakdown(p, m, plan.ByCarrier, names)
			for i := 1; i < len(sector.Columns); i++ {
				a, b := columnSum(sector, i), columnSum(carrier, i)
				total := number(sector.Total[i])
				if !a.Equal(total) || !b.Equal(total) || carrier.Total[i] != sector.Total[i] {
					t.Errorf("%s %s of %s: sectors %s, commodities %s, total %s",
						p.Scenario, m.Key, sector.Columns[i].Key, a, b, total)
				}
			}
		}
	}
}

// The parts that a variable of the export has one level below it.
var (
	sectorsOf = []string{"Agriculture", "Industry", "Construction", "Transportation",
		"Commercial", "Residential", "Other Sector", "Demand", "Energy", "Industrial Processes",
		"AFOLU", "Primary Sector", "Secondary Sector", "Tertiary Sector"}
	carriersOf = []string{"Electricity", "Heat", "Hydrogen", "Solids", "Liquids", "Gases", "Other"}
)

func columnSum(t report.Table, column int) (sum quantity.Number) {
	for _, row := range t.Rows {
		sum = sum.Add(number(row[column]))
	}
	return sum
}
