package elementary_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios/sampling/elementary"
)

// units is how many units in the last place two numbers of one sign are apart.
func units(a, b float64) float64 {
	x, y := math.Float64bits(math.Abs(a)), math.Float64bits(math.Abs(b))
	if a == b {
		return 0
	}
	return math.Abs(float64(int64(x - y)))
}

// TestAgainstLibrary holds the functions against those of the standard library, which are off by
// less than 1 unit themselves.
func TestAgainstLibrary(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, c := range []struct {
		name      string
		got, want func(float64) float64
		low, high float64
		units     float64
	}{
		{"Exp", elementary.Exp, math.Exp, -708, 709.4, 2},
		{"Exp near 0", elementary.Exp, math.Exp, -1e-3, 1e-3, 1},
		{"Log", elementary.Log, math.Log, 1e-308, 1e308, 2},
		{"Log of small numbers", elementary.Log, math.Log, 0, 3, 2},
		{"Log near 1", elementary.Log, math.Log, 0.999, 1.001, 2},
		{"Log below normal numbers", elementary.Log, logOfTiny, 0, 1e-308, 2},
		{"Sin", elementary.Sin, math.Sin, -1, 1, 2},
	} {
		worst, at := 0.0, 0.0
		for range 200_000 {
			x := c.low + (c.high-c.low)*random.Float64()
			if off := units(c.got(x), c.want(x)); off > worst {
				worst, at = off, x
			}
		}
		if worst > c.units {
			t.Errorf("%s(%v) = %v, want %v: %v units off", c.name, at, c.got(at), c.want(at), worst)
		}
	}
}

// logOfTiny goes around the assembly of some processors, which takes what is below the smallest
// normal number for that number.
func logOfTiny(x float64) float64 { return math.Log(x*0x1p54) - 54*math.Ln2 }

func TestEnds(t *testing.T) {
	infinity := math.Inf(1)
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"Exp(0)", elementary.Exp(0), 1},
		{"Exp(inf)", elementary.Exp(infinity), infinity},
		{"Exp(-inf)", elementary.Exp(-infinity), 0},
		{"Exp(1000)", elementary.Exp(1000), infinity},
		{"Exp(-745.13)", elementary.Exp(-745.13), math.SmallestNonzeroFloat64},
		{"Log(0)", elementary.Log(0), -infinity},
		{"Log(1)", elementary.Log(1), 0},
		{"Log(inf)", elementary.Log(infinity), infinity},
		{"Pow(0, 2)", elementary.Pow(0, 2), 0},
		{"Pow(3, 0)", elementary.Pow(3, 0), 1},
		{"NormalBelow(0)", elementary.NormalBelow(0), 0.5},
		{"NormalBelow(-40)", elementary.NormalBelow(-40), 0},
		{"NormalQuantile(0)", elementary.NormalQuantile(0), -infinity},
		{"NormalQuantile(1)", elementary.NormalQuantile(1), infinity},
		{"NormalQuantile(1/2)", elementary.NormalQuantile(0.5), 0},
	} {
		if c.got != c.want {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
	for name, got := range map[string]float64{
		"Log(-1)": elementary.Log(-1), "Exp(nan)": elementary.Exp(math.NaN()),
		"NormalQuantile(2)": elementary.NormalQuantile(2),
	} {
		if !math.IsNaN(got) {
			t.Errorf("%s = %v, want no number", name, got)
		}
	}
}

// TestNormal compares with the error function of the standard library and goes there and back.
func TestNormal(t *testing.T) {
	for i := -3700; i <= 3700; i++ {
		z := float64(i) / 100
		got, want := elementary.NormalAbove(z), math.Erfc(z/math.Sqrt2)/2
		tolerance := 2e-13
		if z > 20 {
			tolerance = 1e-12
		}
		if math.Abs(got-want) > tolerance*want {
			t.Errorf("NormalAbove(%v) = %v, want %v", z, got, want)
		}
		if i < -3700 || i > 0 {
			continue
		}
		if back := elementary.NormalQuantile(elementary.NormalBelow(z)); math.Abs(back-z) > 1e-12 {
			t.Errorf("NormalQuantile(NormalBelow(%v)) = %v", z, back)
		}
	}
	// The two examples that the paper prints for its routine.
	for p, want := range map[float64]float64{0.25: -0.6744897501960817, 0.001: -3.090232306167814,
		1e-20: -9.262340089798408} {
		if got := elementary.NormalQuantile(p); math.Abs(got-want) > 4e-16*math.Abs(want) {
			t.Errorf("NormalQuantile(%v) = %v, want %v", p, got, want)
		}
	}
}

// TestBeta compares with binomial sums: for whole a and b, the chance below x is that of at least
// a successes in a + b - 1 trials.
func TestBeta(t *testing.T) {
	for a := 1; a <= 6; a++ {
		for b := 1; b <= 6; b++ {
			beta := elementary.NewBeta(float64(a), float64(b))
			for i := 1; i < 100; i++ {
				x, want := float64(i)/100, 0.0
				for k := a; k < a+b; k++ {
					want += choose(a+b-1, k) * math.Pow(x, float64(k)) *
						math.Pow(1-x, float64(a+b-1-k))
				}
				if got := beta.Below(x); math.Abs(got-want) > 1e-14 {
					t.Errorf("beta %d %d below %v = %v, want %v", a, b, x, got, want)
				}
				if back := beta.Below(beta.Quantile(want)); math.Abs(back-want) > 1e-14 {
					t.Errorf("beta %d %d there and back: %v from %v", a, b, back, want)
				}
			}
		}
	}
	wide := elementary.NewBeta(60, 40)
	for x, want := 0.3, 0.0; x < 0.9; x, want = x+0.05, 0 {
		for k := 60; k < 100; k++ {
			want += choose(99, k) * math.Pow(x, float64(k)) * math.Pow(1-x, float64(99-k))
		}
		if got := wide.Below(x); math.Abs(got-want) > 1e-12 {
			t.Errorf("beta 60 40 below %v = %v, want %v", x, got, want)
		}
	}
	// Parameters that are not whole, from the identity I(x; 1/2, 1/2) = 2/pi arcsin(sqrt x).
	half := elementary.NewBeta(0.5, 0.5)
	for _, x := range []float64{0.01, 0.3, 0.5, 0.9} {
		want := 2 / math.Pi * math.Asin(math.Sqrt(x))
		if got := half.Below(x); math.Abs(got-want) > 1e-14 {
			t.Errorf("beta 1/2 1/2 below %v = %v, want %v", x, got, want)
		}
	}
}

func choose(n, k int) float64 {
	c := 1.0
	for i := range k {
		c = c * float64(n-i) / float64(i+1)
	}
	return c
}

func TestDoor(t *testing.T) {
	for _, c := range []struct {
		x      float64
		digits int
		want   string
	}{
		{0, 6, "0"}, {1234567, 3, "1230000"}, {-0.00012345, 2, "-0.00012"}, {99.96, 3, "100"},
		{1e21, 4, "1000000000000000000000"}, {2.5, 1, "2"}, {123.456, 6, "123.456"},
		{123.456, 5, "123.46"}, {7, 12, "7"},
	} {
		got, ok := elementary.Number(c.x, c.digits)
		if !ok || got.String() != c.want {
			t.Errorf("Number(%v, %d) = %s %v, want %s", c.x, c.digits, got, ok, c.want)
		}
	}
	if _, ok := elementary.Number(math.Inf(1), 3); ok {
		t.Error("Number(inf) is a number, want none")
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 1000 {
		x := random.NormFloat64() * math.Pow(10, float64(random.IntN(40)-20))
		n, _ := elementary.Number(x, 17)
		if back := elementary.Float(n); back != x {
			t.Errorf("%v came back as %v", x, strconv.FormatFloat(back, 'g', -1, 64))
		}
	}
	third := quantity.RatioOf(quantity.Int(1), quantity.Int(3))
	if got := elementary.FloatOf(third); got != 1.0/3 {
		t.Errorf("FloatOf(1/3) = %v", got)
	}
	if got := elementary.FloatOf(quantity.Ratio{}); !math.IsNaN(got) {
		t.Errorf("FloatOf(0/0) = %v, want no number", got)
	}
}
