package elementary

import (
	"math"
	"math/big"
	"strconv"
	"strings"

	"carbonledger/quantity"
)

// Float returns the float64 next to a number.
func Float(n quantity.Number) float64 {
	x, _ := strconv.ParseFloat(n.String(), 64)
	return x
}

// FloatOf returns the float64 next to a quotient; it is not a number where there is no answer.
func FloatOf(r quantity.Ratio) float64 {
	if !r.Defined() {
		return math.NaN()
	}
	x, _ := new(big.Rat).Quo(fraction(r.Numerator), fraction(r.Denominator)).Float64()
	return x
}

func fraction(n quantity.Number) *big.Rat {
	exact, _ := new(big.Rat).SetString(n.String())
	return exact
}

// Number returns x with the given count of significant digits, half to even on the exact value of
// x. This is where a figure leaves floating point: it returns false for what is no finite number.
func Number(x float64, digits int) (quantity.Number, bool) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return quantity.Number{}, false
	}
	// The exponent form counts digits; the plain form of the same value is what a number reads.
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(x, 'e', max(digits, 1)-1, 64), "e")
	power, _ := strconv.Atoi(exponent)
	n, err := quantity.ParseNumber(shift(mantissa, power))
	return n, err == nil
}

// shift moves the point of a decimal with one digit before it by a number of places.
func shift(mantissa string, power int) string {
	sign := ""
	if mantissa[0] == '-' {
		sign, mantissa = "-", mantissa[1:]
	}
	digits := strings.Replace(mantissa, ".", "", 1)
	if power < 0 {
		return sign + "0." + strings.Repeat("0", -power-1) + digits
	}
	if missing := power + 1 - len(digits); missing > 0 {
		digits += strings.Repeat("0", missing)
	}
	if len(digits) == power+1 {
		return sign + digits
	}
	return sign + digits[:power+1] + "." + digits[power+1:]
}
