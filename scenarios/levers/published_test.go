package levers_test

import (
	"os"
	"strconv"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/table"
)

var band = quantity.Int(scenarios.BandPercent)

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
