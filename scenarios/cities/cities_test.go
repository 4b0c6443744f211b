package cities_test

import (
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/cities"
)

// series is values from 2020 on.
func series(t *testing.T, values string) (points []scenarios.Point) {
	t.Helper()
	for i, value := range strings.Fields(values) {
		n, err := quantity.ParseNumber(value)
		if err != nil {
			t.Fatal(err)
		}
		points = append(points, scenarios.Point{Year: 2020 + i, Value: n})
	}
	return points
}

// TestPeak is the rule at its limits.
func TestPeak(t *testing.T) {
	for _, c := range []struct {
		name, values string
		year         int
		want         cities.Status
	}{
		{"six years down", "111 105 104 103 102 101 100", 2026, cities.Peaked},
		{"five years down", "111 105 104 103 102 100", 2025, cities.Unknown},
		{"down by a tenth", "110 105 104 103 102 101 100", 2026, cities.Unknown},
		{"old data", "111 105 104 103 102 101 100", 2032, cities.Unknown},
		{"data just fresh", "111 105 104 103 102 101 100", 2031, cities.Peaked},
		{"rising", "90 95 100", 2022, cities.NotPeaked},
		{"two years", "90 95", 2021, cities.Unknown},
		{"none", "", 2021, cities.Unknown},
	} {
		if got := cities.Peak(series(t, c.values), c.year).Status(); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}
