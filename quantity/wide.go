package quantity

import (
	"math/big"
	"sync"

	"github.com/shopspring/decimal"
)

// wide is the wide form of a number: coefficient / 10^scale. One that a Number holds is never
// changed again.
type wide struct {
	coefficient big.Int
	scale       int32 // not below 0 in a Number
}

// wideOf takes a decimal over; a number in it is narrowed by number.
func wideOf(d decimal.Decimal) *wide {
	l := &wide{scale: -d.Exponent()}
	l.coefficient.Set(d.Coefficient())
	return l
}

// scaled is coefficient / 10^scale. The coefficient may not be changed afterwards.
func scaled(coefficient *big.Int, scale int32) Number {
	l := wide{*coefficient, scale}
	return l.number()
}

// narrow puts a wide decimal into the fast form where it fits, so that a number has the same speed
// whatever way it came about.
func narrow(d decimal.Decimal) Number { return wideOf(d).number() }

// number is the same for what an operation on long numbers made.
func (l *wide) number() Number {
	if l.scale < 0 {
		l.coefficient.Mul(&l.coefficient, powerOfTen(-l.scale))
		l.scale = 0
	}
	if l.scale <= ScaleMax && l.coefficient.IsInt64() {
		return Number{coefficient: l.coefficient.Int64(), scale: uint8(l.scale)}
	}
	if short, ok := l.shorten(); ok {
		return short
	}
	return Number{wide: l}
}

// shorten drops zeros at the end of a long number and says whether the rest is small. A whole
// number that is too large for an int64 has no zeros to drop.
func (l *wide) shorten() (Number, bool) {
	if l.coefficient.Sign() == 0 {
		return Number{}, true
	}
	// So many zeros have to go until 18 digits are left, one of them before the point, and no power
	// of ten has fewer factors of two than zeros.
	digits := int32((l.coefficient.BitLen()-1)*1233>>12) + 1
	zeros := max(digits, l.scale+1) - ScaleMax
	if zeros > l.scale || l.coefficient.TrailingZeroBits() < uint(max(zeros, 0)) {
		return Number{}, false
	}
	short := l.withoutZeros()
	if short.scale >= ScaleMax || !short.coefficient.IsInt64() {
		return Number{}, false
	}
	coefficient := short.coefficient.Int64()
	if magnitude(coefficient) >= uint64(powersOfTen[ScaleMax]) {
		return Number{}, false
	}
	return Number{coefficient: coefficient, scale: uint8(short.scale)}, true
}

// withoutZeros is the same number without zeros at the end of its decimals.
func (l *wide) withoutZeros() *wide {
	if l.scale <= 0 || lastDigit(&l.coefficient) != 0 {
		return l
	}
	short := &wide{scale: l.scale}
	short.coefficient.Set(&l.coefficient)
	var rest big.Int
	for _, step := range []int32{64, 16, 4, 1} {
		for short.scale >= step && short.coefficient.TrailingZeroBits() >= uint(step) {
			quotient, _ := new(big.Int).QuoRem(&short.coefficient, powerOfTen(step), &rest)
			if rest.Sign() != 0 {
				break
			}
			short.coefficient, short.scale = *quotient, short.scale-step
		}
	}
	return short
}

// lastDigit is the last decimal digit of n, whatever its sign: 2^64 and all its powers end in 6, as
// 2^32 and its powers do.
func lastDigit(n *big.Int) (digit uint) {
	words := n.Bits()
	for i := len(words) - 1; i >= 0; i-- {
		digit = (digit*6 + uint(words[i]%10)) % 10
	}
	return digit
}

// parts returns the number as a coefficient, which belongs to the number and stays as it is, and
// its scale. A small one is written into room.
func (n Number) parts(room *big.Int) (coefficient *big.Int, scale int32) {
	if n.wide != nil {
		return &n.wide.coefficient, n.wide.scale
	}
	return room.SetInt64(n.coefficient), int32(n.scale)
}

// aligned returns the coefficients of two numbers at the scale of both, which is the larger one.
func aligned(n, m Number, roomN, roomM *big.Int) (a, b *big.Int, scale int32) {
	a, scaleA := n.parts(roomN)
	b, scaleB := m.parts(roomM)
	if scaleA < scaleB {
		a = roomN.Mul(a, powerOfTen(scaleB-scaleA))
	} else if scaleB < scaleA {
		b = roomM.Mul(b, powerOfTen(scaleA-scaleB))
	}
	return a, b, max(scaleA, scaleB)
}

// addWide adds numbers of any length.
func addWide(n, m Number) Number {
	var roomN, roomM big.Int
	a, b, scale := aligned(n, m, &roomN, &roomM)
	sum := &wide{scale: scale}
	sum.coefficient.Add(a, b)
	return sum.number()
}

// mulWide multiplies numbers of any length.
func mulWide(n, m Number) Number {
	var roomN, roomM big.Int
	a, scaleA := n.parts(&roomN)
	b, scaleB := m.parts(&roomM)
	product := &wide{scale: scaleA + scaleB}
	product.coefficient.Mul(a, b)
	return product.number()
}

// negWide is -n for a number of any length.
func negWide(n Number) Number {
	var room big.Int
	coefficient, scale := n.parts(&room)
	return scaled(new(big.Int).Neg(coefficient), scale)
}

// cmpWide compares numbers of any length.
func cmpWide(n, m Number) int {
	var roomN, roomM big.Int
	a, b, _ := aligned(n, m, &roomN, &roomM)
	return a.Cmp(b)
}

// wideTens holds the powers of ten that wide numbers meet.
var wideTens = sync.OnceValue(func() []*big.Int {
	tens := []*big.Int{big.NewInt(1)}
	for len(tens) < wideTensCount {
		tens = append(tens, new(big.Int).Mul(tens[len(tens)-1], big.NewInt(10)))
	}
	return tens
})

// wideTensCount is how many powers are kept: six decimals more in each of 60 years, the longest
// pathway, stay below it. Larger ones are made when they are asked for.
const wideTensCount = 384

// powerOfTen is 10^n. It is shared: nobody changes it.
func powerOfTen(n int32) *big.Int {
	if n < wideTensCount {
		return wideTens()[n]
	}
	return new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(n)), nil)
}
