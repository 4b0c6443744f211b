package sampling_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/sampling"
)

func decimal(t testing.TB, n quantity.Number) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(n.String(), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// district is a small model with every kind of arithmetic: two sectors that grow and save over six
// years, one of which turns to another carrier.
var district = sampling.Model{Results: 6, Start: func() func(sample, results []float64) {
	return func(x, results []float64) {
		industry, services := 60.0, 40.0
		for y := range results {
			way := float64(y) / 5
			results[y] = float64(industry*(1-float64(way*x[4]))) + float64(services*x[5])
			industry = float64(industry * float64((1+x[0])*(1-x[2])))
			services = float64(services * float64((1+x[1])*(1-x[3])))
		}
	}
}}

func districtPlan(t testing.TB, design sampling.Design, samples int) sampling.Plan {
	p := plan(t, design, samples, "growth-industry normal 0.04 0.01",
		"growth-services pert 0.02 0.05 0.09", "saving-industry triangular 0.01 0.03 0.06",
		"saving-services uniform 0 0.04",
		"electric pert 0.05 0.2 0.4", "grid lognormal 0.9 1.05 from 0.7 to 1.1")
	p.Groups = []sampling.Group{
		{Name: "growth", Members: []string{"growth-industry", "growth-services"},
			Common: number(t, "0.6")},
	}
	return p
}

// everything writes all figures of a plan.
func everything(t testing.TB, p sampling.Plan, workers int) string {
	t.Helper()
	outcome, err := sampling.Run(t.Context(), p, district, workers)
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for y := range district.Results {
		mean, deviation := outcome.Mean(y, 15)
		fmt.Fprintln(&text, y, outcome.Fan(y, 15), mean, deviation,
			outcome.AtMost(y, quantity.Int(95)).Numerator,
			outcome.AtLeast(y, quantity.Int(95)).Numerator)
	}
	series := sampling.Series{Years: []int{2025, 2026, 2027, 2028, 2029, 2030}}
	fmt.Fprintln(&text, outcome.PeakedBy(series, 2027, quantity.Int(1)).Numerator)
	fmt.Fprintln(&text, outcome.Influences(5, 15, workers))
	indices, err := sampling.Sensitivity(t.Context(), p, district, 5, 15, workers)
	if err != nil {
		t.Fatal(err)
	}
	swings, middle, err := sampling.Tornado(t.Context(), p, district, 5, 5, 15, workers)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(&text, indices, swings, middle)
	return text.String()
}

// TestAnyNumberOfWorkers compares every figure to 15 digits.
func TestAnyNumberOfWorkers(t *testing.T) {
	for _, design := range sampling.Designs() {
		p := districtPlan(t, design, 2048)
		one := everything(t, p, 1)
		for _, workers := range []int{2, 7} {
			if got := everything(t, p, workers); got != one {
				t.Errorf("%s with %d workers:\n%s\nwith one:\n%s", design, workers, got, one)
			}
		}
		p.Seed++
		if everything(t, p, 2) == one {
			t.Errorf("%s: another seed gives the same figures", design)
		}
	}
}

// TestOnAnyMachine holds the digest of all figures against the one of the machine on which this was
// written. A difference means that some operation rounds elsewhere in another way.
func TestOnAnyMachine(t *testing.T) {
	for design, want := range map[sampling.Design]string{
		sampling.LatinHypercube: "ed2cc0c38126637d",
		sampling.Sobol:          "27c9492c8c2f9b4a",
	} {
		text := everything(t, districtPlan(t, design, 1024), 2)
		got := fmt.Sprintf("%x", sha256.Sum256([]byte(text)))
		if got[:16] != want {
			t.Errorf("%s: digest %s, want %s", design, got[:16], want)
		}
	}
}

// TestQuantileDefinition is the definition by hand: of 1, 2, 4, 8, 16, the quarter lies at place 1,
// and a tenth at place 0.4.
func TestQuantileDefinition(t *testing.T) {
	values := []float64{4, 1, 16, 2, 8}
	outcome := fixed(t, values)
	for percent, want := range map[int]string{0: "1", 5: "1.2", 10: "1.4", 25: "2", 50: "4",
		75: "8", 95: "14.4", 100: "16", 101: "16"} {
		if got := outcome.Quantile(0, percent, 12); got.String() != want {
			t.Errorf("%d %% = %s, want %s", percent, got, want)
		}
	}
	for limit, want := range map[string][2]int64{"0": {0, 5}, "1": {1, 5}, "4": {3, 3}, "5": {3, 2},
		"16": {5, 1}, "17": {5, 0}} {
		below, above := outcome.AtMost(0, number(t, limit)), outcome.AtLeast(0, number(t, limit))
		if !below.Numerator.Equal(quantity.Int(want[0])) ||
			!above.Numerator.Equal(quantity.Int(want[1])) {
			t.Errorf("limit %s: %s at most and %s at least, want %v of 5", limit, below.Numerator,
				above.Numerator, want)
		}
	}
	mean, deviation := outcome.Mean(0, 6)
	if mean.String() != "6.2" || deviation.String() != "6.09918" {
		t.Errorf("mean %s, deviation %s, want 6.2 and 6.09918", mean, deviation)
	}
}

// fixed is an outcome with given results, one after the other. The model finds its place by the
// slice of a uniform assumption that each sample falls into.
func fixed(t *testing.T, rows ...[]float64) sampling.Outcome {
	t.Helper()
	samples := len(rows[0])
	p := plan(t, sampling.LatinHypercube, samples, "place uniform 0 "+strconv.Itoa(samples))
	outcome, err := sampling.Run(t.Context(), p, sampling.Model{Results: len(rows),
		Start: func() func(sample, results []float64) {
			return func(sample, results []float64) {
				for r, row := range rows {
					results[r] = row[int(sample[0])]
				}
			}
		}}, 1)
	if err != nil {
		t.Fatal(err)
	}
	return outcome
}

// TestPeakedBy compares the rule in floating point with scenarios.Peak, on series of whole numbers.
func TestPeakedBy(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for round := range 300 {
		years := 2 + r.IntN(8)
		rows, points := [][]float64{}, []scenarios.Point{}
		for y := range years {
			value := 90 + r.IntN(15)
			rows = append(rows, []float64{float64(value), float64(value)})
			points = append(points,
				scenarios.Point{Year: 2025 + y, Value: quantity.Int(int64(value))})
		}
		measured := 1 + r.IntN(years-1)
		series := sampling.Series{Measured: points[:measured]}
		for _, point := range points[measured:] {
			series.Years = append(series.Years, point.Year)
		}
		outcome := fixed(t, rows[measured:]...)
		verdict := scenarios.Peak(points, quantity.Int(1))
		for year := 2024; year <= 2034; year++ {
			want := verdict.Status == scenarios.Peaked && verdict.PeakYear <= year
			got := outcome.PeakedBy(series, year, quantity.Int(1))
			if got.Numerator.Equal(quantity.Int(2)) != want {
				t.Errorf("round %d, by %d: %s of 2 peaked, and the verdict is %v", round, year,
					got.Numerator, verdict)
			}
		}
	}
}

func TestPlansRefused(t *testing.T) {
	good := func() sampling.Plan { return districtPlan(t, sampling.Sobol, 64) }
	for want, breaks := range map[string]func(*sampling.Plan){
		"no assumption":                      func(p *sampling.Plan) { p.Assumptions = nil },
		"100 samples: a Sobol' design takes": func(p *sampling.Plan) { p.Samples = 100 },
		"1 samples":                          func(p *sampling.Plan) { p.Samples = 1 },
		`design "grid": none of`:             func(p *sampling.Plan) { p.Design = "grid" },
		"assumption grid stands there twice": func(p *sampling.Plan) {
			p.Assumptions[0].Name = "grid"
		},
		"assumption new has no distribution": func(p *sampling.Plan) {
			p.Assumptions = append(p.Assumptions, sampling.Assumption{Name: "new"})
		},
		"group growth: wind is no assumption": func(p *sampling.Plan) {
			p.Groups[0].Members[0] = "wind"
		},
		"group other: growth-services is in group growth": func(p *sampling.Plan) {
			p.Groups = append(p.Groups, sampling.Group{Name: "other",
				Members: []string{"growth-services", "grid"}})
		},
		"group growth: a correlation of 2": func(p *sampling.Plan) {
			p.Groups[0].Common = quantity.Int(2)
		},
		"group growth: no values can have": func(p *sampling.Plan) {
			p.Groups[0].Members = append(p.Groups[0].Members, "grid")
			p.Groups[0].Common = number(t, "-0.9")
		},
		"group growth: 2 members": func(p *sampling.Plan) {
			p.Groups[0].Rank = [][]quantity.Number{{quantity.Int(1)}, {}}
		},
		"group growth: the correlation of": func(p *sampling.Plan) {
			one, half := quantity.Int(1), number(t, "0.5")
			p.Groups[0].Rank = [][]quantity.Number{{one, half}, {one, one}}
		},
	} {
		p := good()
		breaks(&p)
		if err := p.Check(); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s...", err, want)
		}
	}
	broken := sampling.Model{Results: 1, Start: func() func(sample, results []float64) {
		return func(sample, results []float64) { results[0] = 1 / (results[0] * 0) }
	}}
	if _, err := sampling.Run(t.Context(), good(), broken, 2); err == nil {
		t.Error("a model that gives no number passes")
	}
}
