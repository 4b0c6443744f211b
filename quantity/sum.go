package quantity

import (
	"math/big"
	"math/bits"
)

// Sum adds many numbers up. It gives what Number.Add gives one by one, and is faster where the sum
// is longer than its parts. The zero value is 0.
//
// Small numbers are added in 128 bits at the largest scale met; what is beyond goes to rest.
type Sum struct {
	high  int64
	low   uint64
	scale uint8
	rest  Number
}

// sumHigh bounds the upper half: a small number at scale 18 has less than 2^123, so that the next
// addition cannot overflow.
const sumHigh = 1 << 62

// Add adds n.
func (s *Sum) Add(n Number) {
	if n.wide != nil {
		s.addWide(n)
		return
	}
	if n.scale > s.scale {
		s.rescale(n.scale)
	}
	high, low := bits.Mul64(magnitude(n.coefficient), uint64(powersOfTen[s.scale-n.scale]))
	var carry uint64
	if n.coefficient < 0 {
		s.low, carry = bits.Sub64(s.low, low, 0)
		s.high -= int64(high + carry)
	} else {
		s.low, carry = bits.Add64(s.low, low, 0)
		s.high += int64(high + carry)
	}
	if s.high >= sumHigh || s.high < -sumHigh {
		s.spill()
	}
}

// addWide adds a number in the wide form, which may have no more than 128 bits.
func (s *Sum) addWide(n Number) {
	if scale := n.wide.scale; scale <= ScaleMax {
		if uint8(scale) > s.scale {
			s.rescale(uint8(scale))
		}
		if part, ok := n.int128(s.scale); ok && part.high < sumHigh && part.high >= -sumHigh {
			whole := int128{s.high, s.low}.add(part)
			if s.high, s.low = whole.high, whole.low; s.high >= sumHigh || s.high < -sumHigh {
				s.spill()
			}
			return
		}
	}
	s.rest = s.rest.Add(n)
}

// AddLong adds l.
func (s *Sum) AddLong(l Long) {
	if l.scale > s.scale && l.scale <= ScaleMax {
		s.rescale(l.scale)
	}
	part, ok := int128{}, l.scale <= s.scale
	if ok {
		part, ok = l.at(s.scale)
	}
	if !ok {
		s.rest = s.rest.Add(l.Number())
		return
	}
	whole := int128{s.high, s.low}.add(part)
	if s.high, s.low = whole.high, whole.low; s.high >= sumHigh || s.high < -sumHigh {
		s.spill()
	}
}

// Join adds what another sum has.
func (s *Sum) Join(t Sum) { s.rest = s.rest.Add(t.Number()) }

// Number returns the sum.
func (s *Sum) Number() Number {
	small := Number{coefficient: int64(s.low), scale: s.scale}
	if s.high != int64(s.low)>>63 {
		small = scaled(s.integer(), int32(s.scale))
	}
	if s.rest.wide == nil && s.rest.coefficient == 0 && s.rest.scale <= s.scale {
		return small
	}
	return small.Add(s.rest)
}

// integer is the part in 128 bits, in units of 10^-scale.
func (s *Sum) integer() *big.Int { return int128{s.high, s.low}.integer() }

func (l int128) integer() *big.Int {
	n := new(big.Int).Lsh(big.NewInt(l.high), 64)
	return n.Add(n, new(big.Int).SetUint64(l.low))
}

// rescale counts in smaller units from here on.
func (s *Sum) rescale(scale uint8) {
	if s.high != 0 || s.low != 0 {
		s.spill()
	}
	s.scale = scale
}

// spill moves the part in 128 bits to the rest.
func (s *Sum) spill() {
	s.rest = s.rest.Add(scaled(s.integer(), int32(s.scale)))
	s.high, s.low = 0, 0
}
