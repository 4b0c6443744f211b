package levers_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
)

const header = "scenario,inherits,lever,sector,commodity,to,year,value,unit,shape,source\n"

// district is a made-up base with every sector.
const district = `year 2022
cell primary diesel 120 174.852 371
cell industry bituminous-coal 4000 2857.2 7600
cell industry electricity 90000 11061 48294
cell industry natural-gas 700 931 1512
cell construction diesel 300 437.13 927.5
cell transport diesel 2100 3059.91 6492.5
cell transport gasoline 900 1324.26 2633.4
cell services electricity 31000 3809.9 16634.6
cell residential electricity 27000 3318.3 14488.2
cell residential gasoline 400 588.56 1170.4
driver gdp-primary 7
driver gdp-secondary 293
driver gdp-tertiary 143
driver population 251
carrier electricity 0.1229 0.5366
carrier natural-gas 1.33 2.16
carrier hydrogen 4.86 0
history 2019 25000 90000 380 complete
history 2020 26000 95000 400 partial
history 2021 27000 99000 420 complete
`

func TestScenarioWithoutRowsIsConstant(t *testing.T) {
	base := readBase(t, district)
	pathway := project(t, base, parse(t, header+"still,,,,,,,,,,\n"), "still", 2060)
	slices.SortFunc(base.Cells, func(a, b scenarios.Cell) int {
		return strings.Compare(cellKey(a), cellKey(b))
	})
	for _, year := range pathway.Years {
		got := slices.Clone(year.Cells)
		slices.SortFunc(got, func(a, b scenarios.Cell) int {
			return strings.Compare(cellKey(a), cellKey(b))
		})
		if fmt.Sprint(got) != fmt.Sprint(base.Cells) {
			t.Fatalf("%d: cells %v, want those of the base %v", year.Year, got, base.Cells)
		}
	}
	if n := len(pathway.Years); n != 39 {
		t.Errorf("%d years from 2022 to 2060, want 39", n)
	}
}

func cellKey(c scenarios.Cell) string { return c.Sector + " " + c.Commodity }

func TestHistoryKeepsCompleteYears(t *testing.T) {
	still := parse(t, header+"still,,,,,,,,,,\n")
	pathway := project(t, readBase(t, district), still, "still", 2023)
	points := pathway.Points(func(y scenarios.Year) quantity.Number { return y.CO2 })
	var got []string
	for _, p := range points {
		got = append(got, fmt.Sprint(p.Year, " ", p.History))
	}
	want := "2019 true, 2021 true, 2022 true, 2023 false"
	if strings.Join(got, ", ") != want {
		t.Errorf("points %s, want %s", strings.Join(got, ", "), want)
	}
}

// TestSwitchConservesEnergy: at ratio 1 whatever one commodity loses another gains.
func TestSwitchConservesEnergy(t *testing.T) {
	set := parse(t, header+`s,,switch,all,diesel,hydrogen,2022-2029,37,%,s-curve,x
s,,switch,industry,bituminous-coal,natural-gas,2022-2029,61.7,%,linear,x
s,,switch,industry,bituminous-coal,electricity,2024-2027,38.3,%,s-curve,x
s,,switch,residential,gasoline,electricity,2025,100,%,,x
`)
	base := readBase(t, district)
	// Seven years do not divide, so each of the cells may be off by half of its last place.
	tolerance := number(t, "0.00001")
	for _, year := range project(t, base, set, "s", 2035).Years {
		want := number(t, "27562.112")
		if year.Energy.Sub(want).Abs().Cmp(tolerance) > 0 {
			t.Errorf("%d: energy %s, want %s", year.Year, year.Energy, want)
		}
	}
}

// TestStructureSharesSumTo100: dividing GDP anew leaves GDP alone, to the last digit.
func TestStructureSharesSumTo100(t *testing.T) {
	const growth = `g,,growth,secondary,,,2023-2035,4.37,%/yr,,x
g,,growth,tertiary,,,2023-2035,6.1,%/yr,,x
`
	set := parse(t, header+growth+`s,g,structure,secondary,,,2022-2029,51.3,%,linear,x
s,,structure,tertiary,,,2025-2032,47,%,s-curve,x
`)
	base := readBase(t, district)
	grown, divided := project(t, base, set, "g", 2035), project(t, base, set, "s", 2035)
	for i, year := range divided.Years {
		if !year.GDP.Equal(grown.Years[i].GDP) {
			t.Errorf("%d: GDP %s, want %s", year.Year, year.GDP, grown.Years[i].GDP)
		}
	}
	last := divided.Years[len(divided.Years)-1]
	share := quantity.RatioOf(last.Drivers[scenarios.GDPTertiary], last.GDP)
	if share.Cmp(quantity.RatioOf(quantity.Int(47), quantity.Int(100))) != 0 {
		t.Errorf("tertiary has %s of %s, want 47 %%", share.Numerator, share.Denominator)
	}
}

// TestSectorsThatChangeTogether: where there is no third sector, two rows that begin and end
// together sum to 100 on the whole way.
func TestSectorsThatChangeTogether(t *testing.T) {
	base := readBase(t, strings.ReplaceAll(district, "cell primary", "cell services"))
	base.Drivers[scenarios.GDPPrimary] = quantity.Int(0)
	set := parse(t, header+`s,,structure,secondary,,,2022-2029,40,%,linear,x
s,,structure,tertiary,,,2022-2029,60,%,linear,x
`)
	for _, year := range project(t, base, set, "s", 2031).Years {
		if !year.GDP.Equal(quantity.Int(436)) {
			t.Errorf("%d: GDP %s, want 436", year.Year, year.GDP)
		}
	}
}

// TestOrderDoesNotMatter: neither of the rows in the file nor of the cells in the base.
func TestOrderDoesNotMatter(t *testing.T) {
	const rows = `s,,growth,all,,,2023-2030,5,%/yr,,x
s,,growth,secondary,,,2023-2025,4.6,%/yr,,x
s,,growth,secondary,,,2026-2030,4.4,%/yr,,x
s,,growth,residential,,,2023-2030,-0.3,%/yr,,x
s,,structure,secondary,,,2025-2030,61,%,s-curve,x
s,,structure,tertiary,,,2027-2030,38,%,linear,x
s,,efficiency,all,all,,2023-2030,-1,%/yr,,x
s,,efficiency,industry,all,,2023-2027,-2.97,%/yr,,x
s,,efficiency,industry,electricity,,2024-2026,-3.8,%/yr,,x
s,,switch,all,diesel,electricity,2023-2030,20,%,linear,x
s,,switch,transport,diesel,electricity,2023-2026,20,%,linear,x
s,,switch,transport,diesel,electricity,2026-2030,70,%,s-curve,x
s,,switch-ratio,all,diesel,electricity,2023-2030,0.35,kgce/kgce,,x
s,,switch,industry,bituminous-coal,electricity,2023-2030,20,%,s-curve,x
s,,switch,industry,electricity,hydrogen,2023-2030,7,%,s-curve,x
s,,grid-factor,all,electricity,,2023-2025,-0.8,%/yr,,x
s,,grid-factor,all,electricity,,2025-2030,0.4,kgCO2/kWh,linear,x
`
	base := readBase(t, district)
	want := fmt.Sprint(project(t, base, parse(t, header+rows), "s", 2032).Years)
	for seed := range uint64(50) {
		random := rand.New(rand.NewPCG(seed, 0))
		lines := slices.Collect(strings.Lines(rows))
		random.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		random.Shuffle(len(base.Cells), func(i, j int) {
			base.Cells[i], base.Cells[j] = base.Cells[j], base.Cells[i]
		})
		set := parse(t, header+strings.Join(lines, ""))
		if got := fmt.Sprint(project(t, base, set, "s", 2032).Years); got != want {
			t.Fatalf("seed %d: the order matters:\ngot %s\nwant %s", seed, got, want)
		}
	}
}

const noDriver = "base 2022: primary uses diesel and its driver gdp-primary is 0 or missing; " +
	"give the driver"

func TestProjectRefuses(t *testing.T) {
	still := parse(t, header+"still,,,,,,,,,,\n")
	for _, c := range []struct {
		name, from, to string
		horizon        int
		want           string
	}{
		{"a horizon before the base", "", "", 2021,
			"horizon 2021: not between the base year 2022 and 2082"},
		{"a horizon too far", "", "", 2083,
			"horizon 2083: not between the base year 2022 and 2082"},
		{"a sector without cells", "cell primary", "cell secondary", 2030,
			`base 2022: "secondary" is not a sector with cells; write one of ` +
				`[primary industry construction transport services residential other] ` +
				`or a code such as c37`},
		{"a negative use", "diesel 120", "diesel -120", 2030,
			"base 2022: diesel of primary is negative: -120"},
		{"a cell twice", "cell primary", "cell transport", 2030,
			"base 2022: diesel of transport stands twice; add the two up"},
		{"a driver of 0", "gdp-primary 7", "gdp-primary 0", 2030,
			noDriver},
		{"no GDP of a sector", "driver gdp-primary 7\n", "", 2030,
			"base 2022: gdp-primary is missing; give it, or 0 where there is no such sector\n" +
				noDriver},
		{"a negative driver", "population 251", "population -251", 2030,
			"base 2022: population is negative: -251"},
		{"a negative factor", "hydrogen 4.86", "hydrogen -4.86", 2030,
			"base 2022: a factor of carrier hydrogen is negative"},
		{"history after the base", "history 2021", "history 2022", 2030,
			"base 2022: history year 2022 is out of order"},
	} {
		t.Run(c.name, func(t *testing.T) {
			base := readBase(t, strings.Replace(district, c.from, c.to, 1))
			scenario, _ := still.Scenario("still")
			_, err := scenarios.Project(base, scenario, levers.All(), c.horizon)
			if err == nil || err.Error() != c.want {
				t.Errorf("Project: %v\nwant %s", err, c.want)
			}
		})
	}
}
