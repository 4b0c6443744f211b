package cases_test

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

// TestCases projects every published scenario and compares it with what is published.
func TestCases(t *testing.T) {
	files, err := filepath.Glob("*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d cases (%v), want some", len(files), err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(file, ".txt"), func(t *testing.T) {
			sections := sectionsOf(t, file)
			if strings.TrimSpace(sections["source"]) == "" {
				t.Error("no source")
			}
			set, faults := scenarios.Parse(file, []byte(sections["scenario"]), levers.All())
			for _, fault := range faults {
				t.Fatal(fault.Error())
			}
			for _, name := range set.Names() {
				scenario, _ := set.Scenario(name)
				base, want := baseOf(t, sections["base"]), sections["want "+name]
				p, err := scenarios.Project(base, scenario, levers.All(), lastOf(t, want))
				if err != nil {
					t.Fatal(err)
				}
				compare(t, p, want)
			}
		})
	}
}

// sectionsOf cuts a file at lines like "-- name --"; the words before the first belong to "".
func sectionsOf(t *testing.T, file string) map[string]string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	sections, at := map[string]string{}, ""
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(strings.TrimSpace(line), "-- "); ok {
			at = strings.TrimSuffix(name, " --")
			continue
		}
		sections[at] += line
	}
	return sections
}

func number(t *testing.T, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// baseOf reads "year N", "driver NAME VALUE" and "cell SECTOR COMMODITY ENERGY CO2".
func baseOf(t *testing.T, text string) scenarios.Base {
	t.Helper()
	base := scenarios.Base{Drivers: map[string]quantity.Number{}}
	for line := range strings.Lines(text) {
		switch f := strings.Fields(line); f[0] {
		case "year":
			base.Year, _ = strconv.Atoi(f[1])
		case "driver":
			base.Drivers[f[1]] = number(t, f[2])
		case "cell":
			base.Cells = append(base.Cells, scenarios.Cell{Sector: f[1], Commodity: f[2],
				Quantity: number(t, f[3]), Energy: number(t, f[3]), CO2: number(t, f[4])})
		}
	}
	return base
}

// lastOf is the last year anything is wanted of.
func lastOf(t *testing.T, want string) (last int) {
	t.Helper()
	for line := range strings.Lines(want) {
		fields := strings.Fields(strings.TrimPrefix(line, "verdict "))
		year, err := strconv.Atoi(fields[0])
		if err != nil {
			t.Fatal(err)
		}
		last = max(last, year)
	}
	return last
}

func compare(t *testing.T, p scenarios.Pathway, want string) {
	t.Helper()
	for line := range strings.Lines(want) {
		f := strings.Fields(line)
		if f[0] == "verdict" {
			year, _ := strconv.Atoi(f[1])
			points := p.Points(func(y scenarios.Year) quantity.Number { return y.CO2 })
			got := scenarios.Peak(points[:year-points[0].Year+1],
				quantity.Int(scenarios.BandPercent))
			if string(got.Status) != f[2] {
				t.Errorf("to %d %s, want %s", year, got.Status, f[2])
			}
			continue
		}
		year, _ := strconv.Atoi(f[0])
		got := figure(p, year, f[1], f[2])
		wanted, within := quantity.Whole(number(t, f[3])), quantity.Whole(number(t, f[4]))
		low, high := wanted.Sub(within), wanted.Add(within)
		if got.Cmp(low) < 0 || got.Cmp(high) > 0 {
			shown, _ := got.Round(quantity.Rounding{Places: 6})
			t.Errorf("%s %s of %d: %s, want %s within %s", f[2], f[1], year, shown, f[3], f[4])
		}
	}
}

// figure returns the CO2 of a sector, the growth of energy against the year before in per cent, or
// energy per GDP.
func figure(p scenarios.Pathway, year int, name, sector string) quantity.Ratio {
	at := year - p.Years[0].Year
	now := p.Years[at]
	switch name {
	case "co2":
		sums := now.SumBy(func(c scenarios.Cell) string { return c.Sector })
		return quantity.Whole(sums[sector].CO2)
	case "energy-growth":
		before := p.Years[at-1].Energy
		return quantity.RatioOf(now.Energy.Sub(before), before).Mul(
			quantity.Whole(quantity.Int(100)))
	}
	return quantity.RatioOf(now.Energy, now.GDP).Mul(quantity.Whole(quantity.Int(10)))
}
