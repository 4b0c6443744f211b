package sampling_test

import (
	"math"
	"testing"

	"carbonledger/scenarios/sampling"
)

// ishigami is the function on which sensitivity indices are tried: sin x1 + 7 sin^2 x2 + 0.1 x3^4
// sin x1, each x uniform between -pi and pi (T. Ishigami and T. Homma 1990). Its indices are known:
// 0.3139, 0.4424 and 0 alone, 0.5576, 0.4424 and 0.2437 in total.
var ishigami = sampling.Model{Results: 1, Start: func() func(sample, results []float64) {
	return func(x, results []float64) {
		s := math.Sin(x[1])
		results[0] = math.Sin(x[0]) + 7*s*s + 0.1*x[2]*x[2]*x[2]*x[2]*math.Sin(x[0])
	}
}}

func TestIshigami(t *testing.T) {
	const pi = "uniform -3.14159265358979 3.14159265358979"
	first, total := []float64{0.3139, 0.4424, 0}, []float64{0.5576, 0.4424, 0.2437}
	for design, tolerance := range map[sampling.Design]float64{
		sampling.Sobol: 0.005, sampling.LatinHypercube: 0.03,
	} {
		p := plan(t, design, 1<<14, "x1 "+pi, "x2 "+pi, "x3 "+pi)
		indices, err := sampling.Sensitivity(t.Context(), p, ishigami, 0, 6, 2)
		if err != nil {
			t.Fatal(err)
		}
		for i, index := range indices {
			if off := math.Abs(decimal(t, index.First) - first[i]); off > tolerance {
				t.Errorf("%s: %s alone %s, want %v", design, index.Name, index.First, first[i])
			}
			if off := math.Abs(decimal(t, index.Total) - total[i]); off > tolerance {
				t.Errorf("%s: %s in total %s, want %v", design, index.Name, index.Total, total[i])
			}
		}
	}
}

// TestGroupsAreOne gives a sum of three equal parts, two of which move together: the pair has 4/5
// of the variance, (2 sigma)^2 of (2 sigma)^2 + sigma^2.
func TestGroupsAreOne(t *testing.T) {
	p := plan(t, sampling.Sobol, 1<<12, "a normal 0 1", "b normal 0 1", "c normal 0 1")
	p.Groups = []sampling.Group{{Name: "pair", Members: []string{"a", "c"}, Common: number(t, "1")}}
	sum := sampling.Model{Results: 1, Start: func() func(sample, results []float64) {
		return func(x, results []float64) { results[0] = x[0] + x[1] + x[2] }
	}}
	indices, err := sampling.Sensitivity(t.Context(), p, sum, 0, 3, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		name  string
		index float64
	}{{"pair", 0.8}, {"b", 0.2}} {
		got := indices[i]
		if got.Name != want.name || math.Abs(decimal(t, got.First)-want.index) > 0.003 ||
			math.Abs(decimal(t, got.Total)-want.index) > 0.003 {
			t.Errorf("%v, want %v", got, want)
		}
	}
}

func TestInfluences(t *testing.T) {
	p := plan(t, sampling.Sobol, 1<<12, "up uniform 0 1", "down normal 0 1", "idle normal 0 1")
	model := sampling.Model{Results: 2, Start: func() func(sample, results []float64) {
		return func(x, results []float64) { results[0], results[1] = x[0]*x[0]*x[0], 5-x[1] }
	}}
	outcome, err := sampling.Run(t.Context(), p, model, 2)
	if err != nil {
		t.Fatal(err)
	}
	for result, wants := range [][]float64{{1, 0, 0}, {0, -1, 0}} {
		for i, influence := range outcome.Influences(result, 6, 2) {
			if off := math.Abs(decimal(t, influence.Rank) - wants[i]); off > 0.02 {
				t.Errorf("result %d and %s: %s, want %v", result, influence.Name, influence.Rank,
					wants[i])
			}
		}
	}
}

// TestTornado is by hand: 10a + b with a from 0 to 1 and b from 0 to 4, ends at 5 and 95 %.
func TestTornado(t *testing.T) {
	p := plan(t, sampling.Sobol, 2, "b uniform 0 4", "a uniform 0 1")
	model := sampling.Model{Results: 1, Start: func() func(sample, results []float64) {
		return func(x, results []float64) { results[0] = 10*x[1] + x[0] }
	}}
	swings, middle, err := sampling.Tornado(t.Context(), p, model, 0, 5, 6, 2)
	if err != nil {
		t.Fatal(err)
	}
	got := ""
	for _, s := range swings {
		got += s.Name + " " + s.Low.String() + " " + s.High.String() + " " + s.AtLow.String() +
			" " + s.AtHigh.String() + "; "
	}
	if want := "a 0.05 0.95 2.5 11.5; b 0.2 3.8 5.2 8.8; "; got != want || middle.String() != "7" {
		t.Errorf("%s around %s, want %s around 7", got, middle, want)
	}
	if _, _, err := sampling.Tornado(t.Context(), p, model, 0, 50, 6, 2); err == nil {
		t.Error("a tornado from 50 to 50 % passes")
	}
}
