package quantity

import (
	"errors"
	"math"
	"math/big"
	"math/bits"
	"slices"
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

// AddUp adds ratios, exactly, those with the same denominator first: so few fractions have to be
// brought to a common one. The sum stands in its lowest terms; without parts it is 0/1.
func AddUp(parts []Ratio) Ratio {
	var sums []Ratio
	for _, part := range parts {
		at := slices.IndexFunc(sums, func(sum Ratio) bool {
			return sum.Denominator == part.Denominator || sum.Denominator.Equal(part.Denominator)
		})
		if at < 0 {
			sums = append(sums, part)
			continue
		}
		sums[at].Numerator = sums[at].Numerator.Add(part.Numerator)
	}
	total := Whole(Int(0))
	for _, sum := range sums {
		total = total.Add(sum).Lowest()
	}
	return total
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
	if lowest, ok := r.lowestSmall(); ok {
		return lowest
	}
	above, below := r.fraction()
	if divisor := new(big.Int).GCD(nil, nil, new(big.Int).Abs(above), below); !isOne(divisor) {
		above.Quo(above, divisor)
		below.Quo(below, divisor)
	}
	return Ratio{scaled(above, 0), scaled(below, 0)}
}

// lowestSmall is Lowest for small numbers, or says that one of them is too large for it.
func (r Ratio) lowestSmall() (Ratio, bool) {
	n, d := r.Numerator, r.Denominator
	if n.wide != nil || d.wide != nil {
		return Ratio{}, false
	}
	scale := max(n.scale, d.scale)
	above, fits := mulInt64(n.coefficient, powersOfTen[scale-n.scale])
	below, fit := mulInt64(d.coefficient, powersOfTen[scale-d.scale])
	if !fits || !fit || above == math.MinInt64 || below == math.MinInt64 {
		return Ratio{}, false
	}
	if below < 0 {
		above, below = -above, -below
	}
	divisor, rest := below, above%below
	for rest != 0 {
		divisor, rest = rest, divisor%rest
	}
	if divisor < 0 {
		divisor = -divisor
	}
	return Ratio{Int(above / divisor), Int(below / divisor)}, true
}

// Brief returns the same quotient, in its lowest terms only where it has grown long. A chain of
// fractions stays short that way, too, and far fewer divisors are looked for.
func (r Ratio) Brief() Ratio {
	if r.Numerator.length()+r.Denominator.length() > briefBits && r.Denominator != Int(1) {
		return r.Lowest()
	}
	return r
}

// briefBits is how many bits a fraction has before its lowest terms are worth looking for.
const briefBits = 1024

// length is the number of bits of a number; small ones have 64.
func (n Number) length() int {
	if n.wide == nil {
		return 64
	}
	return n.wide.coefficient.BitLen()
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
	if rounded, ok := r.roundSmall(rounding); ok {
		return rounded, true
	}
	above, below := r.fraction()
	above.Mul(above, powerOfTen(max(rounding.Places, 0)))
	below.Mul(below, powerOfTen(max(-rounding.Places, 0)))
	sign := int64(above.Sign())
	whole, rest := new(big.Int).QuoRem(above, below, new(big.Int))
	half := rest.Lsh(rest.Abs(rest), 1).Cmp(below)
	if half > 0 || half == 0 && (rounding.Mode == HalfUp || whole.Bit(0) == 1) {
		whole.Add(whole, big.NewInt(sign))
	}
	return scaled(whole, rounding.Places), true
}

// roundSmall is Round for small numbers and usual places, or says that it is for others.
func (r Ratio) roundSmall(rounding Rounding) (Number, bool) {
	n, d := r.Numerator, r.Denominator
	more := rounding.Places + int32(d.scale) - int32(n.scale)
	if n.wide != nil || d.wide != nil || rounding.Places < 0 || rounding.Places > ScaleMax ||
		more < 0 || more > ScaleMax {
		return Number{}, false
	}
	below := magnitude(d.coefficient)
	high, low := bits.Mul64(magnitude(n.coefficient), uint64(powersOfTen[more]))
	if high >= below {
		return Number{}, false
	}
	whole, rest := bits.Div64(high, low, below)
	left := below - rest
	if rest > left || rest == left && (rounding.Mode == HalfUp || whole&1 == 1) {
		whole++
	}
	if whole == 0 || whole > math.MaxInt64 {
		return Number{scale: uint8(rounding.Places)}, whole == 0
	}
	if (n.coefficient < 0) != (d.coefficient < 0) {
		return Number{coefficient: -int64(whole), scale: uint8(rounding.Places)}, true
	}
	return Number{coefficient: int64(whole), scale: uint8(rounding.Places)}, true
}

// Exact returns the quotient where it ends after finitely many decimals, and false where it does
// not: a third has no last digit, so it needs a Rounding.
func (r Ratio) Exact() (Number, bool) {
	if !r.Defined() {
		return Number{}, false
	}
	if r.Numerator.IsZero() {
		return Number{}, true
	}
	if r.Denominator == Int(1) {
		return r.Numerator.Short(), true
	}
	above, below := r.fraction()
	twos := below.TrailingZeroBits()
	rest, byFive := stripFives(below.Rsh(below, twos))
	if !isOne(rest) {
		// What is left has to go into the numerator.
		quotient, left := new(big.Int).QuoRem(above, rest, new(big.Int))
		if left.Sign() != 0 {
			return Number{}, false
		}
		above = quotient
	}
	ended := &wide{scale: max(int32(twos), byFive)}
	ended.coefficient.Lsh(above, uint(ended.scale)-twos)
	if fives := ended.scale - byFive; fives > 0 {
		ended.coefficient.Mul(&ended.coefficient, powerOfFive(int64(fives)))
	}
	return ended.withoutZeros().number(), true
}

func isOne(n *big.Int) bool { return n.IsInt64() && n.Int64() == 1 }

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
		for n.Cmp(five.power) >= 0 {
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
	numerator, denominator = new(big.Int), new(big.Int)
	above, scaleAbove := r.Numerator.parts(numerator)
	below, scaleBelow := r.Denominator.parts(denominator)
	switch shift := scaleAbove - scaleBelow; {
	case shift > 0:
		numerator.Set(above)
		denominator.Mul(below, powerOfTen(shift))
	case shift < 0:
		numerator.Mul(above, powerOfTen(-shift))
		denominator.Set(below)
	default:
		numerator.Set(above)
		denominator.Set(below)
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
