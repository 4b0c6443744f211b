package decomposition

import (
	"math/big"

	"carbonledger/quantity"
)

// precision is the bits of every approximate value here: about 77 digits. A figure has at most some
// 30 of them shown, and of two values that agree in their first 40 digits the difference of the
// logarithms keeps 37.
const precision = 256

// seriesFrom is where the logarithmic mean leaves the quotient: with |a - b| / (a + b) below 2^-32,
// eight terms of its series are closer than the quotient, which loses digits to cancellation.
const seriesFrom = -32

func float() *big.Float { return new(big.Float).SetPrec(precision) }

// approximate is a fraction to the precision of the package.
func approximate(r *big.Rat) *big.Float { return float().SetRat(r) }

// ln returns the natural logarithm of x > 0 to the precision of the package:
//
//	x = 2^k m with 1/2 <= m < 1;  z = (m - 3/4) / (m + 3/4);  ln x = k ln 2 + ln 3/4 + 2 artanh z
//
// With |z| <= 1/5, every term of the series gives another 4 bits.
func ln(x *big.Float) *big.Float {
	mantissa := float()
	exponent := x.MantExp(mantissa)
	sum := twiceArtanh(mantissa, threeQuarters)
	sum.Add(sum, lnThreeQuarters)
	return sum.Add(sum, float().Mul(ln2, float().SetInt64(int64(exponent))))
}

var (
	threeQuarters = float().SetRat(big.NewRat(3, 4))
	// ln 2 = 2 artanh 1/3 and ln 3/4 = -2 artanh 1/7.
	ln2             = twiceArtanh(float().SetInt64(2), float().SetInt64(1))
	lnThreeQuarters = twiceArtanh(float().SetInt64(3), float().SetInt64(4))
)

// twiceArtanh returns ln a/b for a close to b: 2 (z + z^3/3 + z^5/5 + ...), z = (a - b) / (a + b).
func twiceArtanh(a, b *big.Float) *big.Float {
	z := float().Quo(float().Sub(a, b), float().Add(a, b))
	square, power, sum := float().Mul(z, z), float().Set(z), float().Set(z)
	for odd := int64(3); ; odd += 2 {
		power.Mul(power, square)
		term := float().Quo(power, float().SetInt64(odd))
		if term.Sign() == 0 || term.MantExp(nil) < sum.MantExp(nil)-precision {
			return sum.Add(sum, sum)
		}
		sum.Add(sum, term)
	}
}

// exp returns e^x to nearly the precision of the package:
//
//	x = k ln 2 + r;  e^x = 2^k (e^(r/256))^256
func exp(x *big.Float) *big.Float {
	quotient, _ := float().Quo(x, ln2).Int64()
	r := float().Sub(x, float().Mul(ln2, float().SetInt64(quotient)))
	r.SetMantExp(r, -8)
	sum, term := float().SetInt64(1), float().SetInt64(1)
	for n := int64(1); term.Sign() != 0 && term.MantExp(nil) > -precision; n++ {
		term.Quo(float().Mul(term, r), float().SetInt64(n))
		sum.Add(sum, term)
	}
	for range 8 {
		sum.Mul(sum, sum)
	}
	return sum.SetMantExp(sum, int(quotient))
}

// mean returns the logarithmic mean of two positive values whose logarithms are given:
//
//	L(a, b) = (a - b) / (ln a - ln b), and L(a, a) = a
//
// Close to each other, with z = (a - b)/(a + b), it is (a + b)/2 over 1 + z^2/3 + z^4/5 + ...
func mean(a, b, lnA, lnB *big.Float) *big.Float {
	difference, sum := float().Sub(a, b), float().Add(a, b)
	z := float().Quo(difference, sum)
	if z.Sign() != 0 && z.MantExp(nil) > seriesFrom {
		return float().Quo(difference, float().Sub(lnA, lnB))
	}
	square, power, series := float().Mul(z, z), float().SetInt64(1), float().SetInt64(1)
	for odd := int64(3); odd <= 17; odd += 2 {
		power.Mul(power, square)
		series.Add(series, float().Quo(power, float().SetInt64(odd)))
	}
	return float().Quo(sum.SetMantExp(sum, -1), series)
}

// LogarithmicMean returns L(a, b) = (a - b) / (ln a - ln b) of two values that are not negative,
// rounded once: a itself where both are equal, and 0, the limit, where one is 0. It returns false
// for a negative value.
func LogarithmicMean(a, b quantity.Number, rounding quantity.Rounding) (quantity.Number, bool) {
	if a.Sign() < 0 || b.Sign() < 0 {
		return quantity.Number{}, false
	}
	if a.IsZero() || b.IsZero() {
		return quantity.Number{}, true
	}
	x, y := approximate(fraction(quantity.Whole(a))), approximate(fraction(quantity.Whole(b)))
	return ratioOf(mean(x, y, ln(x), ln(y))).Round(rounding)
}

// fraction is a defined ratio in lowest terms.
func fraction(r quantity.Ratio) *big.Rat {
	numerator, _ := new(big.Rat).SetString(r.Numerator.String())
	denominator, _ := new(big.Rat).SetString(r.Denominator.String())
	return numerator.Quo(numerator, denominator)
}

// ratioOf writes a binary fraction as the quotient that it is, exactly.
func ratioOf(x *big.Float) quantity.Ratio {
	exact, _ := x.Rat(nil)
	return quotient(exact)
}

// quotient is a fraction as a ratio.
func quotient(r *big.Rat) quantity.Ratio {
	return quantity.RatioOf(whole(r.Num()), whole(r.Denom()))
}

// whole reads a whole number of any length.
func whole(n *big.Int) quantity.Number {
	var number quantity.Number
	if err := number.UnmarshalText([]byte(n.String())); err != nil {
		panic("decomposition: a whole number that is none: " + err.Error())
	}
	return number
}
