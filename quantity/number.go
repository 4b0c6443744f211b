// Package quantity holds what can be measured: exact numbers, units, commodities, amounts and
// periods, and the quotients that nobody divides until they are shown.
//
// A Number is an exact decimal. An Amount is a Number of a Commodity in its book unit. A Ratio
// keeps numerator and denominator. Nothing here rounds unless a Rounding is among the arguments.
package quantity

import (
	"cmp"
	"fmt"
	"math/big"
	"math/bits"
	"strings"

	"github.com/shopspring/decimal"
)

// ScaleMax is the most decimals the fast form carries: 10^18 is the largest power of ten in an
// int64.
const ScaleMax = 18

// digitsMax bounds what ParseNumber accepts. A cell has at most 60 digits (package table sees to
// it); the book keeps such a figure multiplied by the size of its unit, and sums of them, and must
// be able to read back all it wrote. Beyond 400 the text is damage.
const digitsMax = 400

var powersOfTen = func() (p [ScaleMax + 1]int64) {
	p[0] = 1
	for i := 1; i <= ScaleMax; i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// Number is an exact decimal. The zero value is 0. Numbers are immutable.
//
// Small numbers live in coefficient and scale (coefficient / 10^scale); what does not fit falls
// back to a coefficient of any length, so that no operation ever rounds or overflows.
type Number struct {
	coefficient int64
	scale       uint8
	wide        *wide
}

// Int returns the whole number n.
func Int(n int64) Number { return Number{coefficient: n} }

// Scaled returns coefficient / 10^scale; the scale is at most 18.
func Scaled(coefficient int64, scale uint8) Number {
	if scale > ScaleMax {
		panic("quantity: a scale of more than 18")
	}
	return Number{coefficient: coefficient, scale: scale}
}

// ParseNumber reads a plain decimal: an optional sign, digits, and an optional point with digits
// after it. Exponents, thousands marks, blanks and full-width digits are refused: a table settles
// those before. It returns ErrNumber for anything else and for more than 400 digits.
func ParseNumber(text string) (Number, error) {
	if len(text) > digitsMax+len("-.") {
		return Number{}, fmt.Errorf("%w: %q", ErrNumber, text)
	}
	number, digits, err := readPlain(text)
	if err == nil && digits > digitsMax {
		return Number{}, fmt.Errorf("%w: %q", ErrNumber, text)
	}
	return number, err
}

// readPlain reads a plain decimal of any length and counts its digits.
func readPlain(text string) (n Number, digits int, err error) {
	digits, point, ok := plainDecimal(text)
	if !ok {
		return Number{}, 0, fmt.Errorf("%w: %q", ErrNumber, text)
	}
	if digits > ScaleMax {
		wide, err := decimal.NewFromString(text)
		if err != nil {
			return Number{}, 0, fmt.Errorf("%w: %q", ErrNumber, text)
		}
		return narrow(wide), digits, nil
	}
	var coefficient int64
	for i := range len(text) {
		if c := text[i]; '0' <= c && c <= '9' {
			coefficient = coefficient*10 + int64(c-'0')
		}
	}
	if text[0] == '-' {
		coefficient = -coefficient
	}
	return Number{coefficient: coefficient, scale: uint8(point)}, digits, nil
}

// plainDecimal counts the digits of a plain decimal and those after its point.
func plainDecimal(text string) (digits, decimals int, ok bool) {
	if text != "" && (text[0] == '-' || text[0] == '+') {
		text = text[1:]
	}
	whole, fraction, pointed := strings.Cut(text, ".")
	if whole == "" || pointed && fraction == "" {
		return 0, 0, false
	}
	for _, part := range [2]string{whole, fraction} {
		for i := range len(part) {
			if part[i] < '0' || part[i] > '9' {
				return 0, 0, false
			}
		}
	}
	return len(whole) + len(fraction), len(fraction), true
}

// Add returns n + m, exactly.
func (n Number) Add(m Number) Number {
	if n.wide == nil && m.wide == nil {
		if sum, ok := addSmall(n, m); ok {
			return sum
		}
	}
	return addWide(n, m)
}

// Sub returns n - m, exactly.
func (n Number) Sub(m Number) Number { return n.Add(m.Neg()) }

// Mul returns n x m, exactly.
func (n Number) Mul(m Number) Number {
	if n.wide == nil && m.wide == nil {
		if product, ok := mulSmall(n, m); ok {
			return product
		}
	}
	if m.wide == nil && m == Int(1) {
		return n
	}
	return mulWide(n, m)
}

// Neg returns -n.
func (n Number) Neg() Number {
	if n.wide == nil && n.coefficient != -1<<63 {
		return Number{coefficient: -n.coefficient, scale: n.scale}
	}
	return negWide(n)
}

// Abs returns n without its sign.
func (n Number) Abs() Number {
	if n.Sign() < 0 {
		return n.Neg()
	}
	return n
}

// Cmp returns -1, 0 or +1 as n is less than, equal to or greater than m; 1.0 equals 1.
func (n Number) Cmp(m Number) int {
	if n.wide == nil && m.wide == nil {
		if n.scale == m.scale {
			return cmp.Compare(n.coefficient, m.coefficient)
		}
		scale := max(n.scale, m.scale)
		a, okA := mulInt64(n.coefficient, powersOfTen[scale-n.scale])
		b, okB := mulInt64(m.coefficient, powersOfTen[scale-m.scale])
		if okA && okB {
			return cmp.Compare(a, b)
		}
	}
	return cmpWide(n, m)
}

// Equal says whether n and m are the same number, however many zeros end them.
func (n Number) Equal(m Number) bool { return n.Cmp(m) == 0 }

// Sign returns -1, 0 or +1.
func (n Number) Sign() int {
	if n.wide != nil {
		return n.wide.coefficient.Sign()
	}
	switch {
	case n.coefficient < 0:
		return -1
	case n.coefficient > 0:
		return 1
	}
	return 0
}

// IsZero says whether n is 0.
func (n Number) IsZero() bool { return n.Sign() == 0 }

// String prints n as a plain decimal without zeros at its end, so that equal numbers print alike.
func (n Number) String() string {
	if n.wide == nil {
		var buffer [24]byte
		return string(n.Append(buffer[:0]))
	}
	return n.plain()
}

// plain is String by way of the wide form.
func (n Number) plain() string {
	text := n.decimal().String()
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	if text == "-0" {
		return "0"
	}
	return text
}

// Decimals counts the digits behind the point: 2 for 1.25 and 0 for 3.
func (n Number) Decimals() int32 {
	_, behind, _ := strings.Cut(n.String(), ".")
	return int32(len(behind))
}

// Fixed prints n with exactly the given number of decimals, adding zeros at its end; it never
// drops a digit, so a number with more decimals prints all of them.
func (n Number) Fixed(decimals int32) string {
	var buffer [32]byte
	return string(n.AppendFixed(buffer[:0], decimals))
}

// plainFixed is Fixed by way of the wide form.
func (n Number) plainFixed(decimals int32) string {
	d := n.decimal()
	return d.StringFixed(max(decimals, -d.Exponent()))
}

// MarshalText prints the number as a decimal string: numbers never travel as binary fractions.
func (n Number) MarshalText() ([]byte, error) { return []byte(n.String()), nil }

// UnmarshalText reads what MarshalText printed, however many digits a sum or product has.
func (n *Number) UnmarshalText(text []byte) error {
	parsed, _, err := readPlain(string(text))
	if err != nil {
		return err
	}
	*n = parsed
	return nil
}

// decimal is the form in which the library prints and rounds.
func (n Number) decimal() decimal.Decimal {
	var room big.Int
	coefficient, scale := n.parts(&room)
	return decimal.NewFromBigInt(coefficient, -scale)
}

// addSmall adds in the fast form, or says that the sum does not fit.
func addSmall(n, m Number) (Number, bool) {
	if n.scale < m.scale {
		n, m = m, n
	}
	b, ok := mulInt64(m.coefficient, powersOfTen[n.scale-m.scale])
	if !ok {
		return Number{}, false
	}
	sum := n.coefficient + b
	if (sum > n.coefficient) != (b > 0) && b != 0 {
		return Number{}, false
	}
	return Number{coefficient: sum, scale: n.scale}, true
}

// mulSmall multiplies in the fast form, or says that the product does not fit.
func mulSmall(n, m Number) (Number, bool) {
	scale := n.scale + m.scale
	coefficient, ok := mulInt64(n.coefficient, m.coefficient)
	if !ok || scale > ScaleMax {
		return Number{}, false
	}
	return Number{coefficient: coefficient, scale: scale}, true
}

// mulInt64 multiplies by way of 128 bits and says whether the product fits into 63.
func mulInt64(a, b int64) (int64, bool) {
	negative := (a < 0) != (b < 0)
	high, low := bits.Mul64(magnitude(a), magnitude(b))
	if high != 0 || low > 1<<63-1 {
		return 0, false
	}
	if negative {
		return -int64(low), true
	}
	return int64(low), true
}

func magnitude(a int64) uint64 {
	if a < 0 {
		return -uint64(a)
	}
	return uint64(a)
}
