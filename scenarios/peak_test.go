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

// TestPeakShape looks at what the first test leaves out: width, years ahead, a fall from the
// start.
func TestPeakShape(t *testing.T) {
	for _, c := range []struct {
		values       string
		width, ahead int
		fromStart    bool
	}{
		{"100 97 94 91", 1, 3, true},
		{"90 100 99.5 99 98 80", 3, 4, false},
		{"99 100 99 98 100", 3, 3, false},
		{"99.5 99.9 100 99.2", 4, 1, false},
		{"100 100 100", 3, 2, false},
		{"100", 1, 0, false},
		{"90 95 100", 1, 0, false},
		{"100 80 91", 1, 2, false}, // rising again
	} {
		got := scenarios.Peak(series(t, c.values), band)
		if got.Width != c.width || got.Ahead != c.ahead || got.FromStart != c.fromStart {
			t.Errorf("Peak(%s): width %d, ahead %d, from start %v; want %d, %d, %v", c.values,
				got.Width, got.Ahead, got.FromStart, c.width, c.ahead, c.fromStart)
		}
	}
}

// series is values from 2020 on.
func series(t *testing.T, values string) (points []scenarios.Point) {
	t.Helper()
	for i, value := range strings.Fields(values) {
		points = append(points, scenarios.Point{Year: 2020 + i, Value: number(t, value)})
	}
	return points
}

func TestCumulative(t *testing.T) {
	points := []scenarios.Point{{Year: 2003, Value: number(t, "3")},
		{Year: 2007, Value: number(t, "1")}, {Year: 2013, Value: number(t, "1")}}
	for _, c := range []struct {
		first, last int
		want        string
	}{{2008, 2013, "6"}, {2003, 2005, "7.5"}, {2003, 2003, "3"}, {2005, 2004, "0"}} {
		got, err := scenarios.Cumulative(points, c.first, c.last)
		if exact, _ := got.Exact(); err != nil || exact.String() != c.want {
			t.Errorf("%d to %d: %s %v, want %s", c.first, c.last, exact, err, c.want)
		}
	}
	for _, span := range [][2]int{{2002, 2004}, {2010, 2014}} {
		if _, err := scenarios.Cumulative(points, span[0], span[1]); err == nil {
			t.Errorf("%v: a sum, want a refusal", span)
		}
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
