package levers_test

import (
	"os"
	"strconv"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/table"
)

var band = quantity.Int(scenarios.BandPercent)

// TestCityForecast follows a published forecast by yearly growth rates. The source rounds to whole
// units every year; here nothing rounds, so the figures to compare are those of the unrounded
// chain, and the published ones are followed by a plain loop beside it.
func TestCityForecast(t *testing.T) {
	type row struct {
		Sector    string `csv:"sector"`
		Year      string `csv:"year"`
		Rate      string `csv:"growth_rate"`
		Published string `csv:"exp_value"`
		Unrounded string `csv:"unrounded_chain_by_us"`
	}
	rows := published[row](t, "scn-citycatalyst-forecast-a.csv")
	sectors := map[string]string{"I": "secondary", "V.1": "primary"}
	text, chain := header, map[string]quantity.Number{}
	whole := quantity.Rounding{Places: 0, Mode: quantity.HalfUp}
	for _, r := range rows {
		if r.Rate == "" {
			chain[r.Sector] = number(t, r.Published)
			continue
		}
		rate := number(t, r.Rate)
		text += "city,," + strings.Join([]string{"growth", sectors[r.Sector], "", "", r.Year,
			rate.Mul(quantity.Int(100)).String(), "%/yr,,published forecast"}, ",") + "\n"
		chain[r.Sector] = chain[r.Sector].Mul(quantity.Int(1).Add(rate)).Round(whole)
		if got := chain[r.Sector].String(); got != r.Published {
			t.Fatalf("%s %s: the source's own chain gives %s, want %s",
				r.Sector, r.Year, got, r.Published)
		}
	}
	base := readBase(t, `year 2023
cell industry other-fuel 40399 40399 40399
cell primary other-fuel 10581 10581 10581
driver gdp-primary 3
driver gdp-secondary 7
driver gdp-tertiary 0
`)
	pathway := project(t, base, parse(t, text), "city", 2050)
	cells := map[string]int{"V.1": 0, "I": 1}
	for _, r := range rows {
		year, _ := strconv.Atoi(r.Year)
		cell := pathway.Years[year-2023].Cells[cells[r.Sector]]
		got := cell.CO2.Round(quantity.Rounding{Places: 3, Mode: quantity.HalfUp})
		if !got.Equal(number(t, r.Unrounded)) {
			t.Errorf("%s %s: %s, want %s", r.Sector, r.Year, got, r.Unrounded)
		}
	}
	points := pathway.Points(func(y scenarios.Year) quantity.Number { return y.CO2 })
	if verdict := scenarios.Peak(points[:8], band); verdict.Status != scenarios.Rising {
		t.Errorf("verdict of 2030: %s, want rising", verdict.Status)
	}
}

// TestPeakOfCountries finds the peak years of sixteen countries, as published, and calls none
// peaked that is at its height. The stricter rule of C40 (five years, 10 %) names a subset.
func TestPeakOfCountries(t *testing.T) {
	type point struct {
		Area  string `csv:"area"`
		Year  string `csv:"year"`
		Value string `csv:"co2_mt"`
	}
	series := map[string][]scenarios.Point{}
	for _, r := range published[point](t, "peak-owid-a-series.csv") {
		year, _ := strconv.Atoi(r.Year)
		series[r.Area] = append(series[r.Area],
			scenarios.Point{Year: year, Value: number(t, r.Value), History: true})
	}
	type peak struct {
		Area       string `csv:"area"`
		Year       string `csv:"peak_year"`
		Height     string `csv:"peak_mt"`
		LatestYear string `csv:"latest_year"`
		Latest     string `csv:"latest_mt"`
		Change     string `csv:"change_since_peak_pct_by_us"`
		C40        string `csv:"verdict_by_us"`
	}
	for _, want := range published[peak](t, "peak-owid-a-peaks.csv") {
		points := series[want.Area]
		if len(points) == 0 {
			continue // the case tells the peak of this country without its series
		}
		got := scenarios.Peak(points, band)
		if strconv.Itoa(got.PeakYear) != want.Year || got.Height.String() != want.Height {
			t.Errorf("%s: peak %d of %s, want %s of %s",
				want.Area, got.PeakYear, got.Height, want.Year, want.Height)
		}
		if want.C40 == "PEAKED" && got.Status != scenarios.Peaked {
			t.Errorf("%s: %s, want peaked", want.Area, got.Status)
		}
		if want.C40 == "NOT PEAKED" && got.Status == scenarios.Peaked {
			t.Errorf("%s: peaked, want it not to be", want.Area)
		}
	}
}

// published reads a case that stands beside the module, and skips the test where it is absent.
func published[T any](t *testing.T, file string) []T {
	t.Helper()
	data, err := os.ReadFile("../../../shared/cases/" + file)
	if err != nil {
		t.Skip("the published cases are not here")
	}
	records, faults := table.Decode[T](file, data)
	for _, fault := range faults {
		t.Fatal(fault.Error())
	}
	values := make([]T, len(records))
	for i, record := range records {
		values[i] = record.Value
	}
	return values
}
