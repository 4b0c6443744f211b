package sampling

import (
	"math"
	"math/bits"
	"testing"

	"carbonledger/quantity"
)

// TestSobolPoints compares points before scrambling with those of scipy 1.17, which has the same
// direction numbers, and checks what the recurrence must keep: every column holds each of the 1024
// slices of 2^-10 once.
func TestSobolPoints(t *testing.T) {
	if n := SobolMax(); n != 512 {
		t.Fatalf("%d dimensions, want 512", n)
	}
	for _, c := range []struct {
		point, dimension int
		want             uint32
	}{
		{1, 0, 2147483648}, {2, 1, 1073741824}, {3, 2, 3221225472}, {5, 7, 1610612736},
		{100, 63, 2785017856}, {1000, 100, 3300917248}, {1023, 511, 2638217216},
		{777, 300, 2646605824},
	} {
		x := uint32(0)
		for b, code := 0, c.point^c.point>>1; code>>b > 0; b++ {
			if code>>b&1 == 1 {
				x ^= directions()[c.dimension][b]
			}
		}
		if x != c.want {
			t.Errorf("point %d of dimension %d = %d, want %d", c.point, c.dimension, x, c.want)
		}
	}
	column := make([]float64, 1024)
	for dimension := range SobolMax() {
		sobolColumn(column, dimension, 7)
		if !slicesFull(column) {
			t.Errorf("dimension %d leaves slices empty after scrambling", dimension)
		}
	}
}

// slicesFull says whether each of as many equal slices as there are numbers holds one.
func slicesFull(column []float64) bool {
	seen := make([]bool, len(column))
	for _, x := range column {
		seen[int(x*float64(len(column)))] = true
	}
	for _, full := range seen {
		if !full {
			return false
		}
	}
	return true
}

// TestOwenKeepsBoxes proves that scrambling moves boxes as wholes: two coordinates that agree in
// their first bits still do, and no further.
func TestOwenKeepsBoxes(t *testing.T) {
	for shift := range 31 {
		x, y := uint32(0x12345678), uint32(0x12345678)^1<<shift
		before := bits.LeadingZeros32(x ^ y)
		for seed := range uint32(100) {
			if after := bits.LeadingZeros32(owen(x, seed) ^ owen(y, seed)); after != before {
				t.Errorf("seed %d: %d bits agree, want %d", seed, after, before)
			}
		}
	}
}

func TestLatinSlices(t *testing.T) {
	for _, samples := range []int{2, 3, 1000, 4096} {
		for j, column := range LatinHypercube.points(samples, 5, 1, 2) {
			if !slicesFull(column) {
				t.Errorf("%d samples: column %d leaves slices empty", samples, j)
			}
		}
	}
}

// TestRankCorrelation draws two and three correlated assumptions and measures what came.
func TestRankCorrelation(t *testing.T) {
	uniform, err := New(Uniform, quantity.Int(0), quantity.Int(1))
	if err != nil {
		t.Fatal(err)
	}
	skewed, err := New(Lognormal, quantity.Int(1), quantity.Int(3))
	if err != nil {
		t.Fatal(err)
	}
	tenth := func(n int64) quantity.Number {
		x, _ := quantity.RatioOf(quantity.Int(n), quantity.Int(10)).Exact()
		return x
	}
	one := tenth(10)
	p := Plan{Design: Sobol, Samples: 1 << 14, Seed: 5, Assumptions: []Assumption{{"a", uniform},
		{"free", skewed}, {"b", skewed}, {"c", uniform}, {"d", skewed}, {"e", uniform}}}
	p.Groups = []Group{
		{Name: "triple", Members: []string{"a", "b", "c"}, Rank: [][]quantity.Number{
			{one, tenth(8), tenth(-4)}, {tenth(8), one, tenth(0)}, {tenth(-4), tenth(0), one}}},
		{Name: "twins", Members: []string{"e", "d"}, Common: one},
	}
	model := Model{Results: 6, Start: func() func(a, b []float64) {
		return func(sample, results []float64) { copy(results, sample) }
	}}
	outcome, err := Run(t.Context(), p, model, 1)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		i, j int
		want float64
	}{{0, 2, 0.8}, {0, 3, -0.4}, {2, 3, 0}, {0, 1, 0}, {4, 5, 1}, {4, 0, 0}} {
		got := correlation(ranks(outcome.results[c.i]), ranks(outcome.results[c.j]))
		if math.Abs(got-c.want) > 0.01 {
			t.Errorf("rank correlation of %d and %d = %v, want %v", c.i, c.j, got, c.want)
		}
	}
}

func TestRanks(t *testing.T) {
	got := ranks([]float64{3, 1, 3, 2, 3})
	for i, want := range []float64{3, 0, 3, 1, 3} {
		if got[i] != want {
			t.Errorf("ranks %v, want 3 0 3 1 3", got)
		}
	}
}
