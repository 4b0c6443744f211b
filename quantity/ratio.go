package quantity

import (
	"errors"
	"math/big"

	"github.com/shopspring/decimal"
)

// ErrNumber is returned for text that is not a plain decimal.
var ErrNumber = errors.New("not a plain decimal")

// Mode names how a digit that is cut off moves the one before it.
type Mode uint8

// The two modes in use: half-even does not drift over many figures and is the default; half-up
// (away from zero) is how most Chinese statistical forms and GHG guidelines print.
const (
	HalfEven Mode = iota
	HalfUp
)

// String names the mode as policies and factor sets write it.
func (m Mode) String() string {
	if m == HalfUp {
		return "half-up"
	}
	return "half-even"
}

// Rounding says how many decimals remain and how the cut digit moves the last of them.
// It stands in the arguments of everything that loses digits.
type Rounding struct {
	Places int32
	Mode   Mode
}

// Round returns n with at most r.Places decimals. A negative Places rounds to tens, hundreds...
func (n Number) Round(r Rounding) Number {
	if n.wide == nil && r.Places >= 0 && int32(n.scale) <= r.Places {
		return n
	}
	if r.Mode == HalfUp {
		return narrow(n.decimal().Round(r.Places))
	}
	return narrow(n.decimal().RoundBank(r.Places))
}

// Ratio is a quotient that nobody has divided. The zero value is 0/0: no answer.
type Ratio struct {
	Numerator, Denominator Number
}

// RatioOf writes numerator / denominator without dividing.
func RatioOf(numerator, denominator Number) Ratio {
	return Ratio{Numerator: numerator, Denominator: denominator}
}

// Whole is the ratio n/1.
func Whole(n Number) Ratio { return Ratio{Numerator: n, Denominator: Int(1)} }

// Mul multiplies two ratios, exactly.
func (r Ratio) Mul(s Ratio) Ratio {
	return Ratio{r.Numerator.Mul(s.Numerator), r.Denominator.Mul(s.Denominator)}
}

// Add adds two ratios, exactly.
func (r Ratio) Add(s Ratio) Ratio {
	if r.Denominator.Equal(s.Denominator) {
		return Ratio{r.Numerator.Add(s.Numerator), r.Denominator}
	}
	return Ratio{
		r.Numerator.Mul(s.Denominator).Add(s.Numerator.Mul(r.Denominator)),
		r.Denominator.Mul(s.Denominator),
	}
}

// Sub returns r - s, exactly.
func (r Ratio) Sub(s Ratio) Ratio {
	return r.Add(Ratio{s.Numerator.Neg(), s.Denominator})
}

// Lowest returns the same quotient with whole numbers that have no divisor in common, so that long
// chains of fractions stay short. An undefined ratio is returned as it is.
func (r Ratio) Lowest() Ratio {
	if !r.Defined() {
		return r
	}
	quotient := r.rat()
	return Ratio{narrow(decimal.NewFromBigInt(quotient.Num(), 0)),
		narrow(decimal.NewFromBigInt(quotient.Denom(), 0))}
}

// Defined says whether the denominator is other than 0.
func (r Ratio) Defined() bool { return !r.Denominator.IsZero() }

// Cmp compares two defined ratios by cross multiplication, exactly. Undefined ones compare as 0/1.
func (r Ratio) Cmp(s Ratio) int {
	return r.rat().Cmp(s.rat())
}

// Round divides and keeps r.Places decimals of the exact quotient; it returns false where the
// denominator is 0 and there is no answer.
func (r Ratio) Round(rounding Rounding) (Number, bool) {
	if !r.Defined() {
		return Number{}, false
	}
	return divide(r.rat(), rounding), true
}

// divide rounds a fraction.
func divide(quotient *big.Rat, rounding Rounding) Number {
	scaled := new(big.Int).Mul(quotient.Num(), powerOfTen(max(rounding.Places, 0)))
	divisor := new(big.Int).Mul(quotient.Denom(), powerOfTen(max(-rounding.Places, 0)))
	whole, rest := new(big.Int).QuoRem(scaled, divisor, new(big.Int))
	half := new(big.Int).Lsh(new(big.Int).Abs(rest), 1).Cmp(divisor)
	if half > 0 || half == 0 && (rounding.Mode == HalfUp || whole.Bit(0) == 1) {
		whole.Add(whole, big.NewInt(int64(scaled.Sign())))
	}
	return narrow(decimal.NewFromBigInt(whole, -rounding.Places))
}

// Exact returns the quotient where it ends after finitely many decimals, and false where it does
// not: a third has no last digit, so it needs a Rounding.
func (r Ratio) Exact() (Number, bool) {
	if !r.Defined() {
		return Number{}, false
	}
	quotient := r.rat()
	twos := quotient.Denom().TrailingZeroBits()
	denominator := new(big.Int).Rsh(quotient.Denom(), twos)
	fives, ok := exponentOfFive(denominator)
	if !ok {
		return Number{}, false
	}
	return divide(quotient, Rounding{Places: max(int32(twos), fives)}), true
}

// exponentOfFive returns the k with n = 5^k, and false where there is none. A power of 5 with b
// bits has b - 1 <= k log2(5) < b, which leaves one k at most. log2(5) = 2.321928...
func exponentOfFive(n *big.Int) (int32, bool) {
	k := int32(int64(n.BitLen()) * 1_000_000 / 2_321_928)
	return k, new(big.Int).Exp(big.NewInt(5), big.NewInt(int64(k)), nil).Cmp(n) == 0
}

// rat is the ratio as a fraction in lowest terms; an undefined ratio is 0.
func (r Ratio) rat() *big.Rat {
	if !r.Defined() {
		return new(big.Rat)
	}
	above, below := r.Numerator.decimal(), r.Denominator.decimal()
	numerator, denominator := above.Coefficient(), below.Coefficient()
	// The powers of ten meet before the fraction is brought to its lowest terms, which is once.
	if up := above.Exponent() - below.Exponent(); up > 0 {
		numerator.Mul(numerator, powerOfTen(up))
	} else {
		denominator.Mul(denominator, powerOfTen(-up))
	}
	return new(big.Rat).SetFrac(numerator, denominator)
}

func powerOfTen(n int32) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
