package targets_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/targets"
	"carbonledger/table"
)

const header = "target,measure,sector,commodity,base,year,side,value,unit,source\n"

// TestFaults provokes every fault of this package. UPDATE=1 rewrites what is wanted.
func TestFaults(t *testing.T) {
	for _, code := range table.Codes() {
		if !strings.HasPrefix(code, "target.") {
			continue
		}
		t.Run(code, func(t *testing.T) {
			file := filepath.Join("testdata", "faults", code+".txt")
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			rest, want, _ := strings.Cut(string(data), "-- want --\n")
			_, text, _ := strings.Cut(rest, "-- file --\n")
			list, faults := targets.Parse("t.csv", []byte(text))
			var got strings.Builder
			for _, fault := range faults {
				got.WriteString(fault.Text(table.EN) + "\n" + fault.Text(table.ZH) + "\n")
			}
			has := slices.ContainsFunc(faults, func(f table.Fault) bool { return f.Code == code })
			switch {
			case !has || len(list) > 0:
				t.Errorf("%s does not provoke the fault: %v", file, faults)
			case os.Getenv("UPDATE") != "":
				if err := os.WriteFile(file, []byte(rest+"-- want --\n"+got.String()),
					0o644); err != nil {
					t.Fatal(err)
				}
			case got.String() != want:
				t.Errorf("got:\n%swant:\n%s", got.String(), want)
			}
		})
	}
}

// pathway falls from 100 t of coal and 100 yuan of GDP by what the years say; electricity is half.
func pathway(t *testing.T, co2 ...string) scenarios.Pathway {
	t.Helper()
	p := scenarios.Pathway{Scenario: "s"}
	for i, value := range co2 {
		year := scenarios.Year{Year: 2020 + i, CO2: number(t, value), Energy: number(t, value),
			GDP: quantity.Int(100), GridKnown: true, NonFossil: quantity.Int(int64(10 + i)),
			Water: quantity.Int(5000), Drivers: map[string]quantity.Number{
				scenarios.Population: quantity.Int(4)},
			Cells: []scenarios.Cell{{Sector: "c37", Commodity: "raw-coal",
				Energy: number(t, value), CO2: number(t, value)}}}
		if i < 2 {
			p.History = append(p.History, year)
		} else {
			p.Years = append(p.Years, year)
		}
	}
	return p
}

// TestAssess: the base year of the pathway is 2022. A fall by 14 % in five years makes 0.86; the
// even way there has 0.86^(1/5) = 0.9703 in the first year and 0.86^(2/5) = 0.9415 in the second.
func TestAssess(t *testing.T) {
	for _, c := range []struct {
		name, row string
		co2       string
		want      string // unknown, met, first broken, gap, required rate
	}{
		{"met and on the way", "energy-per-gdp,,,2020,2025,,-14,%", "1000 970 941 913 886 860",
			"met 0 gap 0 rate -2.9558"},
		{"met after a bad start", "energy-per-gdp,,,2020,2025,,-14,%", "1000 1000 941 913 886 860",
			"met 2021 gap 0 rate -2.9558"},
		{"missed by 4 per 100 yuan: 40 t/万元 of 860",
			"energy-per-gdp,,,2020,2025,,-14,%", "1000 970 941 920 910 900",
			"missed 2023 gap 4 rate -2.9558"},
		{"carbon", "co2-per-gdp,,,2020,2025,,-18,%", "1000 950 920 880 850 820",
			"met 0 gap 0 rate -3.763"},
		{"a cap in every year", "co2,,,,2022-2025,,0.9,tCO2", "1000 950 900 901 890 880",
			"missed 2023 gap -0.02 rate 0"},
		{"a cap of coal in one division", "co2,c37,raw-coal,,2025,,0.9,tCO2",
			"1000 950 900 901 890 880", "met 0 gap -0.02 rate 0"},
		{"a floor under energy", "energy,,,,2025,least,0.9,tce", "1000 950 880 880 880 880",
			"missed 2025 gap 0.02 rate 0.7519"},
		{"water", "water-per-gdp,,,2020,2025,,-16,%", "1 1 1 1 1 1",
			"missed 2021 gap 80 rate -5.6461"},
		{"per head", "co2-per-head,,,,2025,,220,kgCO2/person", "1 1 1000 1 1 880",
			"met 0 gap 0 rate -4.1716"},
		{"a share: 15/100 of 16 %, and 12 % in 2022", "non-fossil-share,,,,2025,,16,%",
			"100 100 100 100 100 100", "missed 2025 gap 1 rate 1.3333"},
		{"the peak", "peak-year,,,,2024,,2024,year", "90 95 100 104 100 95",
			"met 0 gap -1 rate none"},
		{"a peak too late", "peak-year,,,,2022,,2022,year", "90 95 100 104 100 95",
			"missed 2022 gap 1 rate none"},
		{"no peak at all", "peak-year,,,,2030,,2030,year", "90 95 100 104 106 108",
			"missed 2030 gap -5 rate none"},
		{"beyond the horizon", "co2,,,,2026,,1,tCO2", "1 1 1 1 1 1", "unknown year"},
		{"before all history", "co2-per-gdp,,,2005,2025,,-65,%", "1 1 1 1 1 1",
			"unknown base-year"},
		{"a target that is due", "co2,,,,2022,,1,tCO2", "1 1 1 1 1 1",
			"met 0 gap -0.999 rate none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, faults := targets.Parse("t.csv", []byte(header+"a,"+c.row+",plan\n"))
			for _, fault := range faults {
				t.Fatal(fault.Error())
			}
			result := targets.Assess(pathway(t, strings.Fields(c.co2)...), list)[0]
			if got := resultText(result); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

func resultText(r targets.Result) string {
	if r.Unknown != "" {
		return "unknown " + string(r.Unknown)
	}
	met := "missed"
	if r.Met {
		met = "met"
	}
	gap, _ := r.Gap.Round(quantity.Rounding{Places: 4})
	rate := "none"
	if shown, ok := r.Required.Round(quantity.Rounding{Places: 4}); ok {
		rate = shown.String()
	}
	return met + " " + strconv.Itoa(r.FirstBroken) + " gap " + gap.String() + " rate " + rate
}

// TestUnknown: what inflation has in it, and a grid of which nothing is known, are not judged.
func TestUnknown(t *testing.T) {
	p := pathway(t, "1000", "950", "900", "850", "820", "800")
	p.History[0].Nominal = true
	p.Years[3].GridKnown = false
	list, _ := targets.Parse("t.csv", []byte(header+
		"a,co2-per-gdp,,,2020,2025,,-18,%,plan\nb,non-fossil-share,,,,2025,,16,%,plan\n"+
		"c,co2-per-gdp,,,2021,2025,,-10,%,plan\n"))
	results := targets.Assess(p, list)
	if results[0].Unknown != targets.NominalGDP || results[1].Unknown != targets.NoGridShare ||
		results[2].Unknown != "" {
		t.Errorf("unknown %q %q %q, want nominal-gdp, grid-share and none", results[0].Unknown,
			results[1].Unknown, results[2].Unknown)
	}
}

// TestRequiredRateMeetsTheTarget: the rate leads to the level or beyond it, and one unit of its
// last place less does not.
func TestRequiredRateMeetsTheTarget(t *testing.T) {
	list, _ := targets.Parse("t.csv", []byte(header+
		"a,co2,,,,2025,,0.777,tCO2,plan\nb,co2,,,,2025,least,1.777,tCO2,plan\n"))
	for _, r := range targets.Assess(pathway(t, "1", "1", "1000", "1", "1", "1"), list) {
		reached := quantity.Whole(quantity.Int(1))
		for range 3 {
			reached = reached.Mul(quantity.Whole(quantity.Int(1)).
				Add(r.Required.Mul(quantity.RatioOf(quantity.Int(1), quantity.Int(100)))))
		}
		order := reached.Cmp(r.Level)
		if r.Target.Least && order < 0 || !r.Target.Least && order > 0 {
			t.Errorf("%s: %s leads to %s, want %s", r.Target.Name, r.Required.Numerator,
				reached.Numerator, r.Level.Numerator)
		}
	}
}

// TestPublished: the file of the program reads, and every row has a source.
func TestPublished(t *testing.T) {
	list := targets.Published()
	if len(list) < 10 {
		t.Errorf("%d targets, want those of the country and the province", len(list))
	}
	for _, target := range list {
		if target.Source == "" {
			t.Errorf("%s has no source", target.Name)
		}
	}
}

// TestExampleDistrict reads the targets that stand beside the example.
func TestExampleDistrict(t *testing.T) {
	data, err := os.ReadFile("../../examples/qingyunpu/targets.csv")
	if err != nil {
		t.Skip("the example is not here")
	}
	list, faults := targets.Parse("targets.csv", data)
	if len(faults) > 0 || len(list) < 5 {
		t.Errorf("%d targets, faults %v", len(list), faults)
	}
}

// TestDocument reads the example of the document.
func TestDocument(t *testing.T) {
	data, err := os.ReadFile("../../docs/format/targets.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(data), "```csv\n")
	example, _, _ := strings.Cut(rest, "```")
	list, faults := targets.Parse("targets.md", []byte(example))
	if len(faults) > 0 || len(list) < 3 {
		t.Errorf("%d targets, faults %v", len(list), faults)
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
