package levers_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
)

// TestWorkedExamples follows texts that an accountant can check by hand: a base, a scenario file,
// and what is wanted of each scenario.
func TestWorkedExamples(t *testing.T) {
	for _, file := range glob(t, "testdata/worked/*.txt") {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			sections := sectionsOf(t, file)
			base := readBase(t, sections["base"])
			set := parse(t, sections["scenario"])
			for _, name := range set.Names() {
				if want, ok := sections["want "+name]; ok {
					checkPathway(t, project(t, base, set, name, base.Year+8), want)
				}
			}
		})
	}
}

// checkPathway compares lines of "year sector commodity quantity energy co2", "year figure value",
// "year memo name sector value" or "idle line".
func checkPathway(t *testing.T, pathway scenarios.Pathway, want string) {
	t.Helper()
	for line := range strings.Lines(want) {
		fields := strings.Fields(line)
		if fields[0] == "idle" {
			if len(pathway.Idle) != 1 || strconv.Itoa(pathway.Idle[0].Line) != fields[1] {
				t.Errorf("idle rows %v, want line %s", pathway.Idle, fields[1])
			}
			continue
		}
		at, _ := strconv.Atoi(fields[0])
		year := pathway.Years[at-pathway.Years[0].Year]
		got := figure(year, fields[1])
		if fields[1] == "memo" {
			got = memoText(year, fields[2], fields[3])
		} else if len(fields) > 3 {
			got = cellText(year, fields[1], fields[2])
		}
		if got = strings.Join(append(fields[:1:1], got), " "); got != strings.Join(fields, " ") {
			t.Errorf("%s: got %s\nwant %s", pathway.Scenario, got, strings.Join(fields, " "))
		}
	}
}

func figure(year scenarios.Year, name string) string {
	value, ok := map[string]quantity.Number{
		"energy": year.Energy, "co2": year.CO2, "gdp": year.GDP, "water": year.Water,
		"sinks": year.Sinks, "net": year.Net(), "non-fossil": year.NonFossil,
		"investment": year.Cost.Investment, "running": year.Cost.Running, "bill": year.Cost.Energy,
		"cost": year.Cost.Total(),
	}[name]
	if !ok {
		value = year.Drivers[name]
	}
	return name + " " + value.String()
}

func memoText(year scenarios.Year, name, sector string) string {
	for _, memo := range year.Memos {
		if memo.Name == name && memo.Sector == sector {
			return strings.Join([]string{"memo", name, sector, memo.Value.String()}, " ")
		}
	}
	return "no " + name + " of " + sector
}

func cellText(year scenarios.Year, sector, commodity string) string {
	for _, cell := range year.Cells {
		if cell.Sector == sector && cell.Commodity == commodity {
			return strings.Join([]string{sector, commodity, cell.Quantity.String(),
				cell.Energy.String(), cell.CO2.String()}, " ")
		}
	}
	return "no " + commodity + " in " + sector
}

// sectionsOf cuts a file at lines like "-- name --"; the words before the first belong to "".
func sectionsOf(t *testing.T, file string) map[string]string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sections, name := map[string]string{}, ""
	for line := range strings.Lines(string(data)) {
		if rest, ok := strings.CutPrefix(line, "-- "); ok {
			name = strings.TrimSuffix(strings.TrimSpace(rest), " --")
			sections[name] = ""
			continue
		}
		sections[name] += line
	}
	return sections
}

func readBase(t testing.TB, text string) scenarios.Base {
	t.Helper()
	base := scenarios.Base{
		Carriers: map[string]scenarios.Carrier{},
		Drivers:  map[string]quantity.Number{},
		Pins:     scenarios.Pins{Position: 1, Head: "head", Policy: "cn-statistics"},
	}
	for line := range strings.Lines(text) {
		f := strings.Fields(line)
		switch f[0] {
		case "year":
			base.Year, _ = strconv.Atoi(f[1])
		case "cell":
			base.Cells = append(base.Cells, scenarios.Cell{Sector: f[1], Commodity: f[2],
				Quantity: number(t, f[3]), Energy: number(t, f[4]), CO2: number(t, f[5])})
		case "water":
			base.Water = append(base.Water, scenarios.Cell{Sector: f[1], Commodity: f[2],
				Quantity: number(t, f[3])})
		case "driver":
			base.Drivers[f[1]] = number(t, f[2])
		case "carrier":
			base.Carriers[f[1]] = scenarios.Carrier{
				EnergyPer: number(t, f[2]), CO2Per: number(t, f[3])}
		case "history":
			year, _ := strconv.Atoi(f[1])
			base.History = append(base.History, scenarios.Year{Year: year, Energy: number(t, f[2]),
				CO2: number(t, f[3]), GDP: number(t, f[4]), Complete: f[5] == "complete"})
		default:
			t.Fatalf("base: %q is not a line of a base", line)
		}
	}
	return base
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("%s: no files (%v)", pattern, err)
	}
	return files
}

func number(t testing.TB, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func parse(t *testing.T, text string) scenarios.Set {
	t.Helper()
	set, faults := scenarios.Parse("scenarios.csv", []byte(text), levers.All())
	for _, fault := range faults {
		t.Fatal(fault.Error())
	}
	return set
}

func project(t *testing.T, base scenarios.Base, set scenarios.Set, name string,
	horizon int) scenarios.Pathway {
	t.Helper()
	scenario, ok := set.Scenario(name)
	if !ok {
		t.Fatalf("no scenario %q", name)
	}
	pathway, err := scenarios.Project(base, scenario, levers.All(), horizon)
	if err != nil {
		t.Fatal(err)
	}
	return pathway
}
