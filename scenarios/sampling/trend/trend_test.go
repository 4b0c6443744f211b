package trend_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios/sampling/trend"
)

func values(t testing.TB, text string) (list []quantity.Number) {
	t.Helper()
	for _, word := range strings.Fields(text) {
		n, err := quantity.ParseNumber(word)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, n)
	}
	return list
}

func tested(t testing.TB, text string) trend.Test {
	t.Helper()
	test, err := trend.MannKendall(values(t, text))
	if err != nil {
		t.Fatal(err)
	}
	return test
}

// kingdom is the CO2 of the United Kingdom, Mt, 1990 to 2018 (Global Carbon Project).
const kingdom = "600.773 608.621 593.095 579.036 575.166 566.657 588.37 562.299 567.45 560.499 " +
	"567.186 575.989 560.056 571.521 573.008 569.7 567.236 558.959 544.541 494.065 511.831 " +
	"469.609 487.633 477.751 438.874 422.413 399.839 387.387 379.04"

// TestAgainstOther compares with pyMannKendall 1.4.3, whose correction is the same. In the second
// series some values lie on the median slope exactly, and share a rank; there the other program,
// which computes in floating point, tells them apart and has 3.20818. The figures here are those of
// exact fractions.
func TestAgainstOther(t *testing.T) {
	for _, c := range []struct {
		name, series       string
		s                  int
		slope              string // in 9 places
		z, p, corrected, q float64
	}{
		{"kingdom", kingdom, -322, "-6.672872294",
			-6.021337849710134, 1.7298125154496802e-09, -3.3730993028092757, 0.0007432714140882535},
		{"by hand", "12.9 14.8 13.2 15.7 13.8 15.6 12.9 11 17.3 15.9 19 18.3 20.1 21.7", 54,
			"0.566666667",
			2.905836845996537, 0.0036627237628823472, 3.208953329, 0.00133219},
		{"ties", "5 5 6 6 7", 8, "0.5",
			1.8278153875348273, 0.06757726305587064, 1.8278153875348273, 0.06757726305587064},
	} {
		got := tested(t, c.series)
		slope, _ := got.Slope.Round(quantity.Rounding{Places: 9})
		if got.S != c.s || slope.String() != c.slope {
			t.Errorf("%s: S %d and slope %s, want %d and %s", c.name, got.S, slope, c.s, c.slope)
		}
		for what, pair := range map[string][2]float64{
			"Z": {decimal(t, got.Plain.Z), c.z}, "P": {decimal(t, got.Plain.P), c.p},
			"corrected Z": {decimal(t, got.Corrected.Z), c.corrected},
			"corrected P": {decimal(t, got.Corrected.P), c.q},
		} {
			if math.Abs(pair[0]-pair[1]) > 1e-5*math.Abs(pair[1]) {
				t.Errorf("%s: %s = %v, want %v", c.name, what, pair[0], pair[1])
			}
		}
	}
}

func decimal(t testing.TB, n quantity.Number) float64 {
	t.Helper()
	x, err := strconv.ParseFloat(n.String(), 64)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestByHand is the example of docs/method/trend.md.
func TestByHand(t *testing.T) {
	got := tested(t, "10 12 11 13 13")
	text := fmt.Sprint(got.Rises, got.Falls, got.S, got.Pairs, got.Slope, got.Plain.Variance,
		got.Plain.Z, got.Plain.P, got.Lags)
	if want := "8 1 7 10 {5 8} {282 18} 1.515873458 0.129551 []"; text != want {
		t.Errorf("%s, want %s", text, want)
	}
}

func TestEnds(t *testing.T) {
	for name, series := range map[string]string{"flat": "5 5 5 5 5", "wavering": "1 2 2 1"} {
		got := tested(t, series)
		if got.S != 0 || got.Plain.Defined != (name != "flat") {
			t.Errorf("%s: S %d, defined %v", name, got.S, got.Plain.Defined)
		}
		if got.Plain.Defined && (got.Plain.Z.String() != "0" || got.Plain.P.String() != "1") {
			t.Errorf("%s: Z %s, P %s, want 0 and 1", name, got.Plain.Z, got.Plain.P)
		}
	}
	if _, err := trend.MannKendall(values(t, "1 2 3")); err == nil {
		t.Error("three years have a trend, want a refusal")
	}
}

// TestMirrored turns series upside down and back to front: S, slope and score change their signs,
// and the chance stays.
func TestMirrored(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		var up, down []quantity.Number
		for range 4 + r.IntN(30) {
			n := quantity.Int(r.Int64N(40))
			up, down = append(up, n), append(down, n.Neg())
		}
		one, err := trend.MannKendall(up)
		if err != nil {
			t.Fatal(err)
		}
		other, err := trend.MannKendall(down)
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(up)
		back, err := trend.MannKendall(up)
		if err != nil {
			t.Fatal(err)
		}
		for _, mirror := range []trend.Test{other, back} {
			zero := one.Slope.Add(mirror.Slope)
			if mirror.S != -one.S || !zero.Numerator.IsZero() ||
				!mirror.Corrected.Z.Equal(one.Corrected.Z.Neg()) ||
				!mirror.Corrected.P.Equal(one.Corrected.P) {
				t.Errorf("seed %d: %v mirrored is %v", seed, one, mirror)
			}
		}
	}
}
