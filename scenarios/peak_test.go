package scenarios_test

import (
	"strconv"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

var band = quantity.Int(scenarios.BandPercent)

func TestPeak(t *testing.T) {
	for _, c := range []struct {
		name, values string // from 2020 on; 2020 and 2021 are history
		want         string // status, peak year, since, height, margin, history
	}{
		{"no years", "", " 0 0 0 none false"},
		{"a single year", "100", "plateau 2020 0 100 0/100 true"},
		{"all zero", "0 0 0", "plateau 2020 0 0 none true"},
		{"flat", "100 100 100 100", "plateau 2020 0 100 0/100 true"},
		{"flat within the band", "100 100.9 100 99.999", "plateau 2021 0 100.9 0.901/100.9 true"},
		{"always rising", "100 103 106 109", "rising 2023 0 109 0/109 false"},
		{"slowly rising", "100 100.4 100.8 101.2 101.6", "rising 2024 0 101.6 0/101.6 false"},
		{"rising less than the band in six years", "90 100 100.1 100.2 100.3 100.4 100.5",
			"plateau 2026 0 100.5 0/100.5 false"},
		{"always falling", "100 97 94 91", "peaked 2020 2021 100 9/100 true"},
		{"falling by the band exactly", "100 99", "plateau 2020 0 100 1/100 true"},
		{"falling by more than the band", "100 98.999", "peaked 2020 2021 100 1.001/100 true"},
		{"up and down", "90 95 100 104 100", "peaked 2023 2024 104 4/104 false"},
		{"just past the top", "90 95 100 104 103.5", "rising 2023 0 104 0.5/104 false"},
		{"two equal peaks", "90 100 95 100 90", "peaked 2021 2024 100 10/100 true"},
		{"a dip made good", "100 90 95 100", "rising 2020 0 100 0/100 true"},
		{"a dip made good long ago", "100 90 100 100 100 100 100 100",
			"plateau 2020 0 100 0/100 true"},
		{"a dip, then the fall", "100 95 100 90 80", "peaked 2020 2023 100 20/100 true"},
		{"half of a fall made good", "100 80 90", "peaked 2020 2021 100 10/100 true"},
		{"more than half of a fall made good", "100 80 91", "rising 2020 0 100 9/100 true"},
		{"a recovery within the band", "100 80 80.8", "peaked 2020 2021 100 19.2/100 true"},
		{"a trough long ago", "100 60 60.1 60.2 60.3 60.4 60.5 60.6",
			"peaked 2020 2021 100 39.4/100 true"},
		{"to zero", "100 50 0", "peaked 2020 2021 100 100/100 true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var points []scenarios.Point
			for i, value := range strings.Fields(c.values) {
				points = append(points, scenarios.Point{
					Year: 2020 + i, Value: number(t, value), History: i < 2})
			}
			if got := verdictText(scenarios.Peak(points, band)); got != c.want {
				t.Errorf("Peak(%s) = %q, want %q", c.values, got, c.want)
			}
		})
	}
}

func verdictText(v scenarios.Verdict) string {
	margin := "none"
	if v.Margin.Defined() {
		margin = v.Margin.Numerator.String() + "/" + v.Margin.Denominator.String()
	}
	return strings.Join([]string{string(v.Status), strconv.Itoa(v.PeakYear), strconv.Itoa(v.Since),
		v.Height.String(), margin, strconv.FormatBool(v.History)}, " ")
}

func number(t *testing.T, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
