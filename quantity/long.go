package quantity

import "math/bits"

// Long is an exact decimal of up to 125 bits, for long lists of figures: it holds no pointer, and
// twice the digits of the fast form of a Number. What does not fit says so, and is a Number then.
// The zero value is 0.
type Long struct {
	value int128
	scale uint8
}

// longHigh bounds the upper half of a Long, so that no sum of two has more than 127 bits;
// longScale is the most decimals it has.
const (
	longHigh  = 1 << 61
	longScale = 2 * ScaleMax
)

// LongOf returns n as a Long, or false where it has too many digits.
func LongOf(n Number) (Long, bool) {
	if n.wide == nil {
		return Long{int128{n.coefficient >> 63, uint64(n.coefficient)}, n.scale}, true
	}
	if n.wide.scale > longScale {
		return Long{}, false
	}
	value, ok := n.int128(uint8(n.wide.scale))
	l := Long{value, uint8(n.wide.scale)}
	return l, ok && l.fits()
}

// LongsOf returns all numbers as Longs, or false where one has too many digits.
func LongsOf(list []Number) ([]Long, bool) {
	longs := make([]Long, len(list))
	for i, n := range list {
		var ok bool
		if longs[i], ok = LongOf(n); !ok {
			return nil, false
		}
	}
	return longs, true
}

func (l Long) fits() bool { return l.value.high < longHigh && l.value.high >= -longHigh }

// Number returns l as a Number.
func (l Long) Number() Number {
	if l.value.high == int64(l.value.low)>>63 && l.scale <= ScaleMax {
		return Number{coefficient: int64(l.value.low), scale: l.scale}
	}
	return scaled(l.value.integer(), int32(l.scale))
}

// IsZero says whether l is 0.
func (l Long) IsZero() bool { return l.value == int128{} }

// Neg returns -l.
func (l Long) Neg() Long { return Long{l.value.neg(), l.scale} }

// Mul returns l x n, or false where it does not fit.
func (l Long) Mul(n Number) (Long, bool) {
	if n.wide != nil || l.scale+n.scale > longScale {
		return Long{}, false
	}
	value, ok := l.value.times(magnitude(n.coefficient))
	if n.coefficient < 0 {
		value = value.neg()
	}
	product := Long{value, l.scale + n.scale}
	return product, ok && product.fits()
}

// Add returns l + m, or false where it does not fit.
func (l Long) Add(m Long) (Long, bool) {
	scale := max(l.scale, m.scale)
	a, okA := l.at(scale)
	b, okB := m.at(scale)
	sum := Long{a.add(b), scale}
	return sum, okA && okB && sum.fits()
}

// at returns l in units of 10^-scale, which are no larger than its own, or false where it does not
// fit.
func (l Long) at(scale uint8) (int128, bool) {
	value, ok := l.value, l.fits()
	for by := scale - l.scale; by > 0 && ok; {
		step := min(by, ScaleMax)
		value, ok = value.times(uint64(powersOfTen[step]))
		by -= step
	}
	return value, ok && Long{value, scale}.fits()
}

// times returns l x n, or false where it has more than 127 bits.
func (l int128) times(n uint64) (int128, bool) {
	positive := l.abs()
	high, low := bits.Mul64(positive.low, n)
	over, upper := bits.Mul64(uint64(positive.high), n)
	high, carry := bits.Add64(high, upper, 0)
	product := int128{int64(high), low}
	ok := over == 0 && carry == 0 && high < 1<<63
	if l.high < 0 {
		product = product.neg()
	}
	return product, ok
}
