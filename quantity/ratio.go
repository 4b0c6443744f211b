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
	a, b := r.fraction()
	c, d := s.fraction()
	return a.Mul(a, d).Cmp(c.Mul(c, b))
}

// Round divides and keeps r.Places decimals of the exact quotient; it returns false where the
// denominator is 0 and there is no answer.
func (r Ratio) Round(rounding Rounding) (Number, bool) {
	if !r.Defined() {
		return Number{}, false
	}
	numerator, denominator := r.fraction()
	scaled := numerator.Mul(numerator, powerOfTen(max(rounding.Places, 0)))
	divisor := denominator.Mul(denominator, powerOfTen(max(-rounding.Places, 0)))
	whole, rest := new(big.Int).QuoRem(scaled, divisor, new(big.Int))
	half := new(big.Int).Lsh(new(big.Int).Abs(rest), 1).Cmp(divisor)
	if half > 0 || half == 0 && (rounding.Mode == HalfUp || whole.Bit(0) == 1) {
		whole.Add(whole, big.NewInt(int64(scaled.Sign())))
	}
	return narrow(decimal.NewFromBigInt(whole, -rounding.Places)), true
}

// Exact returns the quotient where it ends after finitely many decimals, and false where it does
// not: a third has no last digit, so it needs a Rounding.
func (r Ratio) Exact() (Number, bool) {
	if !r.Defined() {
		return Number{}, false
	}
	denominator := r.rat().Denom()
	twos := denominator.TrailingZeroBits()
	rest, byFive := stripFives(new(big.Int).Rsh(denominator, twos))
	if !rest.IsInt64() || rest.Int64() != 1 {
		return Number{}, false
	}
	return r.Round(Rounding{Places: max(int32(twos), byFive)})
}

// fives are powers of five that are divided out: the largest as often as it goes, each of the
// others once, as twice is the one before.
var fives = []struct {
	times int32
	power *big.Int
}{{16, powerOfFive(16)}, {8, powerOfFive(8)}, {4, powerOfFive(4)}, {2, powerOfFive(2)},
	{1, powerOfFive(1)}}

func powerOfFive(n int64) *big.Int {
	return new(big.Int).Exp(big.NewInt(5), big.NewInt(n), nil)
}

// stripFives divides n by five as often as it goes and returns how often that was.
func stripFives(n *big.Int) (rest *big.Int, times int32) {
	left := new(big.Int)
	for i, five := range fives {
		for {
			quotient, _ := new(big.Int).QuoRem(n, five.power, left)
			if left.Sign() != 0 {
				break
			}
			n, times = quotient, times+five.times
			if i > 0 {
				break
			}
		}
	}
	return n, times
}

// fraction is a defined ratio as two whole numbers, the lower one above 0, which may have divisors
// in common; 0/1 where it is not defined. They belong to the caller.
func (r Ratio) fraction() (numerator, denominator *big.Int) {
	if !r.Defined() {
		return new(big.Int), big.NewInt(1)
	}
	above, below := r.Numerator.decimal(), r.Denominator.decimal()
	numerator, denominator = above.Coefficient(), below.Coefficient()
	switch shift := below.Exponent() - above.Exponent(); {
	case shift > 0:
		denominator.Mul(denominator, powerOfTen(shift))
	case shift < 0:
		numerator.Mul(numerator, powerOfTen(-shift))
	}
	if denominator.Sign() < 0 {
		numerator.Neg(numerator)
		denominator.Neg(denominator)
	}
	return numerator, denominator
}

// rat is the ratio as a fraction in lowest terms; an undefined ratio is 0.
func (r Ratio) rat() *big.Rat {
	return new(big.Rat).SetFrac(r.fraction())
}

func powerOfTen(n int32) *big.Int {
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
