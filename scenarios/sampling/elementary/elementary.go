// Package elementary computes exponentials, logarithms and the normal and beta distributions with
// the same bits on every machine.
//
// The standard library may not be asked for them: on some processors math.Exp and math.Log are
// assembly with a last bit of their own, and a compiler may fuse a product and a sum into one
// rounding where the processor can. Here stand only +, -, x, / and the square root, which IEEE 754
// rounds one way, and every product inside a sum is converted on its own, which forbids fusing (Go
// specification, floating-point operators). A test reads the source and fails where one is not.
package elementary

import "math"

// ln2 in two parts: the first has 32 bits, so that k x ln2High is exact for every exponent k.
const (
	ln2High = 0x1.62e42feep-1
	ln2Low  = math.Ln2 - ln2High
)

// expMax and expMin are where Exp leaves the range of a float64.
const (
	expMax = 709.782712893384
	expMin = -745.1332191019412
)

// Exp returns e^x, off by about 1 unit in the last place at most.
//
//	x = k ln 2 + r with |r| <= ln 2 / 2;  e^x = 2^k e^r;  e^r = sum of r^n / n! up to n = 13
//
// What is cut off, r^14/14!, is below 5e-18.
func Exp(x float64) float64 {
	switch {
	case x != x || x > expMax:
		return x + math.Inf(1)
	case x < expMin:
		return 0
	}
	half := 0.5
	if x < 0 {
		half = -0.5
	}
	k := int(float64(x*math.Log2E) + half)
	r := x - float64(float64(k)*ln2High) - float64(float64(k)*ln2Low)
	return scale(1+(r+float64(float64(r*r)*horner(r, expSeries[:]))), k)
}

// The coefficients of the series: 1/n! from n = 2 on, 2/n for odd n from 3 on, and 1/n! with
// changing sign for odd n from 3 on.
var (
	expSeries = [12]float64{1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040,
		1.0 / 40320, 1.0 / 362880, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600,
		1.0 / 6227020800}
	logSeries = [11]float64{2.0 / 3, 2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15,
		2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23}
	sinSeries = [8]float64{-1.0 / 6, 1.0 / 120, -1.0 / 5040, 1.0 / 362880, -1.0 / 39916800,
		1.0 / 6227020800, -1.0 / 1307674368000, 1.0 / 355687428096000}
)

// horner returns c[0] + c[1] x + c[2] x^2 ...
func horner(x float64, c []float64) float64 {
	sum := c[len(c)-1]
	for i := len(c) - 2; i >= 0; i-- {
		sum = c[i] + float64(x*sum)
	}
	return sum
}

// scale returns x times 2^k, in two steps where 2^k alone has no float64.
func scale(x float64, k int) float64 {
	switch {
	case k > 1023:
		return scale(float64(x*0x1p1000), k-1000)
	case k < -1022:
		return float64(scale(x, k+100) * 0x1p-100)
	}
	return float64(x * math.Float64frombits(uint64(k+1023)<<52))
}

// Log returns the natural logarithm, off by about 1 unit in the last place at most.
//
//	x = 2^k (1 + f) with 1 + f between the square roots of 1/2 and 2;  s = f / (2 + f)
//	ln(1 + f) = 2 artanh s = 2s + 2s^3/3 + 2s^5/5 ... = f - (f^2/2 - s (f^2/2 + R))
//	R = 2s^2/3 + 2s^4/5 ... up to 2s^22/23
func Log(x float64) float64 {
	switch {
	case x != x || x < 0:
		return math.NaN()
	case x == 0:
		return math.Inf(-1)
	case math.IsInf(x, 1):
		return x
	}
	k := 0
	if x < 0x1p-1022 {
		x, k = float64(x*0x1p54), -54
	}
	word := math.Float64bits(x)
	k += int(word>>52) - 1023
	fraction := math.Float64frombits(word&(1<<52-1) | 1023<<52)
	if fraction > math.Sqrt2 {
		fraction, k = float64(fraction/2), k+1
	}
	f := fraction - 1
	s := f / (2 + f)
	w := float64(s * s)
	rest := float64(w * horner(w, logSeries[:]))
	half := float64(float64(f*f) / 2)
	correction := float64(s*(half+rest)) + float64(float64(k)*ln2Low)
	return float64(float64(k)*ln2High) - ((half - correction) - f)
}

// Pow returns x^y for x not negative, by way of the logarithm: off by about |y ln x| units.
func Pow(x, y float64) float64 {
	switch {
	case y == 0:
		return 1
	case x == 0:
		return 0
	}
	return Exp(float64(y * Log(x)))
}

// Sin returns the sine of an angle between -1 and 1, by its series up to x^17/17!.
func Sin(x float64) float64 {
	w := float64(x * x)
	return x + float64(x*float64(w*horner(w, sinSeries[:])))
}
