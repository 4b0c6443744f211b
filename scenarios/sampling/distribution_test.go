package sampling_test

import (
	"math"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios/sampling"
)

func number(t testing.TB, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// distribution reads a shape and its parameters, then "from" and "to" for the cuts.
func distribution(t testing.TB, text string) sampling.Distribution {
	t.Helper()
	d, err := parse(t, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func parse(t testing.TB, text string) (sampling.Distribution, error) {
	t.Helper()
	words := strings.Fields(text)
	var parameters []quantity.Number
	bounds := map[string]*quantity.Number{}
	for i := 1; i < len(words); i++ {
		if words[i] == "from" || words[i] == "to" {
			bound := number(t, words[i+1])
			bounds[words[i]] = &bound
			i++
			continue
		}
		parameters = append(parameters, number(t, words[i]))
	}
	d, err := sampling.New(sampling.Shape(words[0]), parameters...)
	if err != nil || len(bounds) == 0 {
		return d, err
	}
	return d.Cut(bounds["from"], bounds["to"])
}

// TestQuantiles compares with scipy 1.17, and where it is plain with the formula.
func TestQuantiles(t *testing.T) {
	for _, c := range []struct{ distribution, five, median, ninetyFive string }{
		{"normal 10 2", "6.71029", "10", "13.2897"},
		{"normal 10 2 from 8 to 14", "8.31379", "10.3423", "13.0492"},
		{"lognormal 10 1.5", "5.13282", "10", "19.4825"},
		{"uniform 10 20", "10.5", "15", "19.5"},
		{"uniform 10 20 from 15", "15.25", "17.5", "19.75"},
		{"triangular 1 2 4", "1.3873", "2.26795", "3.45228"},
		{"triangular 0 0 1", "0.0253206", "0.292893", "0.776393"},
		{"pert 1 2 4", "1.3285", "2.12744", "3.13986"},
	} {
		d := distribution(t, c.distribution)
		if got := d.String(); got != c.distribution {
			t.Errorf("%s prints as %s", c.distribution, got)
		}
		wants := map[string]string{"5": c.five, "50": c.median, "95": c.ninetyFive}
		for percent, want := range wants {
			got, ok := d.Quantile(number(t, percent), 6)
			if !ok || got.String() != want {
				t.Errorf("%s at %s %%: %s, want %s", c.distribution, percent, got, want)
			}
		}
	}
	if _, ok := distribution(t, "normal 0 1").Quantile(quantity.Int(100), 6); ok {
		t.Error("a normal distribution has an upper end")
	}
}

func TestDistributionsRefused(t *testing.T) {
	for text, want := range map[string]string{
		"gauss 1 2":              `distribution "gauss": none of`,
		"normal 1":               "distribution normal: 1 parameters; give mean, deviation",
		"normal 1 0":             "normal 1 0: the deviation",
		"lognormal 0 2":          "lognormal 0 2: the median",
		"lognormal 1 1":          "lognormal 1 1: the factor",
		"uniform 2 2":            "uniform 2 2: low",
		"triangular 1 3 2":       "triangular 1 3 2: low",
		"pert 1 1 1":             "pert 1 1 1: low",
		"uniform 1 2 from 3":     "uniform 1 2 from 3: nothing",
		"normal 0 1 from 2 to 1": "normal 0 1 from 2 to 1: nothing",
	} {
		if _, err := parse(t, text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: %v, want %s...", text, err, want)
		}
	}
}

// plan draws from distributions given as "name shape parameters".
func plan(t testing.TB, design sampling.Design, samples int, lines ...string) sampling.Plan {
	t.Helper()
	p := sampling.Plan{Design: design, Samples: samples, Seed: 2030}
	for _, line := range lines {
		name, text, _ := strings.Cut(line, " ")
		p.Assumptions = append(p.Assumptions,
			sampling.Assumption{Name: name, Distribution: distribution(t, text)})
	}
	return p
}

// identity hands the assumptions on as results.
func identity(count int) sampling.Model {
	return sampling.Model{Results: count, Start: func() func(sample, results []float64) {
		return func(sample, results []float64) { copy(results, sample) }
	}}
}

// TestDrawnAsStated draws every shape in both designs and compares the quantiles of what was drawn
// with those of the distribution.
func TestDrawnAsStated(t *testing.T) {
	lines := []string{"a normal 10 2", "b lognormal 10 1.5", "c uniform 10 20",
		"d triangular 1 2 4", "e pert 1 2 4", "f normal 10 2 from 8 to 14"}
	for _, design := range sampling.Designs() {
		p := plan(t, design, 4096, lines...)
		outcome, err := sampling.Run(t.Context(), p, identity(len(lines)), 2)
		if err != nil {
			t.Fatal(err)
		}
		for j, a := range p.Assumptions {
			for i, percent := range sampling.FanPercents() {
				want, _ := a.Distribution.Quantile(quantity.Int(int64(percent)), 12)
				got := outcome.Fan(j, 12)[i]
				if off := relative(t, got, want); off > 0.004 {
					t.Errorf("%s, %s at %d %%: %s, want %s", design, a.Name, percent, got, want)
				}
			}
		}
	}
}

func relative(t testing.TB, got, want quantity.Number) float64 {
	t.Helper()
	return math.Abs(decimal(t, got)/decimal(t, want) - 1)
}
