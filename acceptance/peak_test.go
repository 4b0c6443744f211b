package acceptance

import (
	"strconv"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/cities"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/trend"
)

// point is one measured year.
func point(t *testing.T, year, value string) scenarios.Point {
	t.Helper()
	n, err := strconv.Atoi(year)
	if err != nil {
		t.Fatal(err)
	}
	return scenarios.Point{Year: n, Value: num(t, value), History: true}
}

// TestCityRule: peak-c40-rule. The truth table, the boundaries, and the three exceptions, which the
// rule itself cannot tell.
func TestCityRule(t *testing.T) {
	for _, line := range figures(t, "peak-c40-rule-truth-table.csv") {
		c := cities.Criteria{Enough: line["c1_three_years"] == "T",
			Old:    line["c2_peak_older_than_5y"] == "T",
			Fresh:  line["c3_latest_within_5y"] == "T",
			Fallen: line["c4_decline_over_10pct"] == "T"}
		if got := c.Status(); string(got) != line["status"] {
			t.Errorf("%+v: %s, want %s", c, got, line["status"])
		}
	}
	published(t, "peak-c40-rule", "2013", "2018", "2012", "110", "100", "110.01")
	for _, c := range []struct {
		peakYear, peak string
		old, fallen    bool
	}{{"2013", "110", false, false}, {"2012", "110", true, false}, {"2012", "110.01", true, true}} {
		got := cities.Peak([]scenarios.Point{point(t, c.peakYear, c.peak),
			point(t, "2018", "100")}, 2018)
		if got.Old != c.old || got.Fallen != c.fallen {
			t.Errorf("peak %s in %s: %+v, want old %v, fallen %v", c.peak, c.peakYear, got, c.old,
				c.fallen)
		}
	}
	for city, met := range map[string]cities.Criteria{
		"New Orleans": {Enough: true, Old: true, Fallen: true},
		"Rome":        {Enough: true, Old: true, Fallen: true},
		"Oslo":        {Enough: true, Fresh: true, Fallen: true},
	} {
		if got := met.Status(); got != cities.Unknown {
			t.Errorf("%s: %s, want %s without its exception", city, got, cities.Unknown)
		}
	}
}

// TestPeaksTo2018: peak-owid-a. Year and height of the peak, change since, and the C40 verdict as
// of the latest year, for the countries whose series the case has.
func TestPeaksTo2018(t *testing.T) {
	series := map[string][]scenarios.Point{}
	for _, line := range figures(t, "peak-owid-a-series.csv") {
		series[line["area"]] = append(series[line["area"]], point(t, line["year"], line["co2_mt"]))
	}
	judged := 0
	for _, line := range figures(t, "peak-owid-a-peaks.csv") {
		points := series[line["area"]]
		if len(points) == 0 {
			continue
		}
		judged++
		area, last := line["area"], points[len(points)-1]
		verdict := scenarios.Peak(points, quantity.Int(scenarios.BandPercent))
		if strconv.Itoa(verdict.PeakYear) != line["peak_year"] {
			t.Errorf("%s: peak in %d, want %s", area, verdict.PeakYear, line["peak_year"])
		}
		near(t, area+": height", quantity.Whole(verdict.Height), line["peak_mt"], "0.001")
		near(t, area+": latest", quantity.Whole(last.Value), line["latest_mt"], "0.001")
		fall := verdict.Margin.Mul(quantity.Whole(quantity.Int(-100)))
		prints(t, area+": change since, %", fall, 2, line["change_since_peak_pct_by_us"])
		got := cities.Peak(points, last.Year).Status()
		if string(got) != line["verdict_by_us"] {
			t.Errorf("%s: %s, want %s", area, got, line["verdict_by_us"])
		}
	}
	if judged != 6 {
		t.Errorf("%d countries have a series, want 6", judged)
	}
}

// TestPeakCounts: peak-counts-wri-c40. As many series as countries are said to have peaked by a
// year, and others that never did, are counted; San Francisco fell by a quarter.
func TestPeakCounts(t *testing.T) {
	published(t, "peak-counts-wri-c40", "19", "33", "49", "57")
	var countries [][]scenarios.Point
	counts := []struct{ year, count int }{{1990, 19}, {2000, 33}, {2010, 49}, {2030, 57}}
	for _, c := range counts {
		for len(countries) < c.count {
			countries = append(countries, []scenarios.Point{point(t, "1980", "1"),
				{Year: c.year, Value: num(t, "2")}, point(t, "2040", "1")})
		}
	}
	for range 100 {
		countries = append(countries, []scenarios.Point{point(t, "1980", "1"),
			point(t, "2040", "2")})
	}
	for _, c := range counts {
		if got := cities.PeakedBy(countries, c.year); got != c.count {
			t.Errorf("%d peaked by %d, want %d", got, c.year, c.count)
		}
	}
	city := scenarios.Peak([]scenarios.Point{point(t, "2000", "8"), point(t, "2016", "6")},
		quantity.Int(scenarios.BandPercent))
	near(t, "San Francisco, %", percent(city.Margin), "25", "0")
}

// TestMannKendall: trend-mk-hand. Fourteen values with one tie.
func TestMannKendall(t *testing.T) {
	texts := []string{"12.9", "14.8", "13.2", "15.7", "13.8", "15.6", "12.9", "11", "17.3", "15.9",
		"19", "18.3", "20.1", "21.7"}
	published(t, "trend-mk-hand", append(texts, "91", "18", "72", "54", "2.9058", "0.0018")...)
	var values []quantity.Number
	for _, text := range texts {
		values = append(values, num(t, text))
	}
	got, err := trend.MannKendall(values)
	if err != nil {
		t.Fatal(err)
	}
	if got.Pairs != 91 || got.Falls != 18 || got.Rises != 72 || got.S != 54 {
		t.Errorf("%d pairs, %d down, %d up, S %d, want 91, 18, 72, 54", got.Pairs, got.Falls,
			got.Rises, got.S)
	}
	near(t, "variance", got.Plain.Variance, "332.666667", "0.000001")
	near(t, "Z", quantity.Whole(got.Plain.Z), "2.905836846", "0.000000001")
	near(t, "P, one-sided", quantity.RatioOf(got.Plain.P, quantity.Int(2)), "0.0018", "0.0001")
	near(t, "P, two-sided", quantity.Whole(got.Plain.P), "0.003663", "0.000001")
}

// TestDraws: unc-gum-basic, by drawing. The sum of four standard normal variables, and the quotient
// of two times a third, at 2^17 Sobol' points.
func TestDraws(t *testing.T) {
	published(t, "unc-gum-basic", "2.0", "-3.92", "3.92", "0.1820", "0.00093", "0.1823", "0.00058",
		"0.6978", "0.0026", "0.6967", "0.00494")
	plan := sampling.Plan{Design: sampling.Sobol, Samples: 1 << 17, Seed: 1}
	add := func(name, mean, deviation string) {
		d, err := sampling.New(sampling.Normal, num(t, mean), num(t, deviation))
		if err != nil {
			t.Fatal(err)
		}
		plan.Assumptions = append(plan.Assumptions,
			sampling.Assumption{Name: name, Distribution: d})
	}
	for _, name := range []string{"a", "b", "c", "d"} {
		add(name, "0", "1")
	}
	add("x1", "0.1820", "0.00093")
	add("x2", "0.1823", "0.00058")
	add("yu", "0.6978", "0.0026")
	model := sampling.Model{Results: 2, Start: func() func(sample, results []float64) {
		return func(x, results []float64) {
			results[0], results[1] = x[0]+x[1]+x[2]+x[3], x[4]/x[5]*x[6]
		}
	}}
	outcome, err := sampling.Run(t.Context(), plan, model, 2)
	if err != nil {
		t.Fatal(err)
	}
	mean, deviation := outcome.Mean(0, 9)
	near(t, "mean of the sum", quantity.Whole(mean), "0", "0.005")
	near(t, "u of the sum", quantity.Whole(deviation), "2.0", "0.005")
	// Whole per cents: 95 % lie between the quantiles at 2.5 and 97.5, which are 1.96 u away; at 5
	// and 95 % it is 1.644854 u.
	fan := outcome.Fan(0, 9)
	near(t, "5 %", quantity.Whole(fan[0]), "-3.289707", "0.01")
	near(t, "95 %", quantity.Whole(fan[4]), "3.289707", "0.01")
	inside := outcome.AtMost(0, num(t, "3.92")).Sub(outcome.AtMost(0, num(t, "-3.92")))
	near(t, "between -3.92 and 3.92", inside, "0.95", "0.0005")
	mean, deviation = outcome.Mean(1, 9)
	near(t, "y", quantity.Whole(mean), "0.6967", "0.00005")
	near(t, "u of y", quantity.Whole(deviation), "0.00494", "0.00001")
}
