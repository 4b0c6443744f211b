package quantity

import (
	"cmp"
	"math/big"
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
)

// int128 is an integer of 128 bits in two's complement.
type int128 struct {
	high int64
	low  uint64
}

func (l int128) cmp(m int128) int {
	return cmp.Or(cmp.Compare(l.high, m.high), cmp.Compare(l.low, m.low))
}

func (l int128) neg() int128 {
	low, borrow := bits.Sub64(0, l.low, 0)
	return int128{-l.high - int64(borrow), low}
}

func (l int128) abs() int128 {
	if l.high < 0 {
		return l.neg()
	}
	return l
}

func (l int128) add(m int128) int128 {
	low, carry := bits.Add64(l.low, m.low, 0)
	return int128{l.high + m.high + int64(carry), low}
}

func (l int128) sub(m int128) int128 {
	low, borrow := bits.Sub64(l.low, m.low, 0)
	return int128{l.high - m.high - int64(borrow), low}
}

// int128 returns n in units of 10^-scale, or false where it does not fit.
func (n Number) int128(scale uint8) (int128, bool) {
	if n.wide == nil {
		if scale-n.scale > ScaleMax {
			return int128{}, n.coefficient == 0
		}
		l := int128{n.coefficient >> 63, uint64(n.coefficient)}
		return l.times(uint64(powersOfTen[scale-n.scale]))
	}
	more := int32(scale) - n.wide.scale
	if more < 0 {
		return int128{}, false
	}
	coefficient := new(big.Int).Mul(&n.wide.coefficient, powerOfTen(more))
	if coefficient.BitLen() > 127 {
		return int128{}, false
	}
	positive := new(big.Int).Abs(coefficient)
	whole := int128{int64(new(big.Int).Rsh(positive, 64).Uint64()), positive.Uint64()}
	if coefficient.Sign() < 0 {
		whole = whole.neg()
	}
	return whole, true
}

// splitSmall is Split for small numbers, or says that one of them is too large for it:
//
//	part = round(t x w / W),  lost = t x w - part x W
//
// t counts units of the last place; weights w and their sum W have one scale. t and the parts have
// 64 bits, w, W and what is lost 128, and t x w has 192.
func splitSmall(total Number, weights []Long, rounding Rounding) ([]int64, bool) {
	units, scale, whole, ok := inUnits(total, weights, rounding)
	if !ok {
		return nil, false
	}
	s := splitting{units: units, scale: scale, whole: whole, divisor: divisorOf(whole.abs()),
		parts: make([]int64, len(weights)), lost: make([]int128, len(weights))}
	if !inParts(len(weights), func(from, end int) bool {
		return s.share(weights, from, end, rounding)
	}) {
		return nil, false
	}
	left := units
	for _, part := range s.parts {
		left -= part
	}
	return s.parts, s.handOut(left)
}

// weightsAtOnce is how many weights one processor takes at a time.
const weightsAtOnce = 1 << 14

// inParts has several processors work on n weights, and says whether all could.
func inParts(n int, work func(from, end int) bool) bool {
	var wait sync.WaitGroup
	var refused atomic.Bool
	for from := 0; from < n; from += weightsAtOnce {
		wait.Go(func() {
			if !work(from, min(from+weightsAtOnce, n)) {
				refused.Store(true)
			}
		})
	}
	wait.Wait()
	return !refused.Load()
}

// splitting is one splitSmall.
type splitting struct {
	units   int64
	scale   uint8
	whole   int128
	divisor divisor
	parts   []int64
	lost    []int128
}

// share works out some of the parts, or says that one is too large.
func (s *splitting) share(weights []Long, from, end int, rounding Rounding) bool {
	for i := from; i < end; i++ {
		weight, _ := weights[i].at(s.scale)
		quotient, rest, ok := s.divisor.divide(magnitude(s.units), weight.abs())
		if !ok || quotient >= 1<<62 {
			return false
		}
		half := rest.cmp(s.divisor.value.sub(rest))
		if half > 0 || half == 0 && (rounding.Mode == HalfUp || quotient&1 == 1) {
			quotient, rest = quotient+1, rest.sub(s.divisor.value)
		}
		part := int64(quotient)
		if (s.units < 0) != (weight.high < 0) != (s.whole.high < 0) {
			part, rest = -part, rest.neg()
		}
		s.parts[i], s.lost[i] = part, rest
	}
	return true
}

// weightMax bounds the upper half of a weight, so that 2^26 of them have a sum of 127 bits.
const weightMax = 1 << 36

// inUnits writes total in units of the last place, and the sum of the weights at the scale of all.
func inUnits(total Number, weights []Long, rounding Rounding) (
	units int64, scale uint8, whole int128, ok bool) {
	places := rounding.Places
	if places < 0 || places > ScaleMax || total.wide != nil || int32(total.scale) > places ||
		len(weights) > 1<<26 {
		return 0, 0, int128{}, false
	}
	units, ok = mulInt64(total.coefficient, powersOfTen[places-int32(total.scale)])
	if !ok || units > 1<<62 || units < -1<<62 {
		return 0, 0, int128{}, false
	}
	for i := range weights {
		scale = max(scale, weights[i].scale)
	}
	var mutex sync.Mutex
	ok = inParts(len(weights), func(from, end int) bool {
		sum := int128{}
		for i := from; i < end; i++ {
			weight, ok := weights[i].at(scale)
			if !ok || weight.high >= weightMax || weight.high < -weightMax {
				return false
			}
			sum = sum.add(weight)
		}
		mutex.Lock()
		defer mutex.Unlock()
		whole = whole.add(sum)
		return true
	})
	return units, scale, whole, ok && whole != int128{}
}

// handOut gives what is left over to the parts that lost most, the earlier first where two are
// alike, or returns false where a part would get two units.
//
// How many lost about as much is counted by the first bits of lost + W, which is between 0 and 2 W,
// 16 at most, as more counts are slow to find; only those on the edge are compared.
func (s *splitting) handOut(left int64) bool {
	step := int64(1)
	if left < 0 {
		step, left = -1, -left
		for i, l := range s.lost {
			s.lost[i] = l.neg()
		}
	}
	if left > int64(len(s.parts)) {
		return false
	}
	whole, by, wide := s.divisor.value, s.divisor.shift-1, min(bits.Len(uint(len(s.lost))), 16)
	rank := func(l int128) uint64 { return l.add(whole).upper(by) >> (64 - wide) }
	counts := make([]int64, 1<<wide)
	for _, l := range s.lost {
		counts[rank(l)]++
	}
	edge := uint64(len(counts) - 1)
	for ; counts[edge] < left; edge-- {
		left -= counts[edge]
	}
	var last []int
	for i, l := range s.lost {
		switch at := rank(l); {
		case at > edge:
			s.parts[i] += step
		case at == edge:
			last = append(last, i)
		}
	}
	slices.SortStableFunc(last, func(a, b int) int { return s.lost[b].cmp(s.lost[a]) })
	for _, i := range last[:left] {
		s.parts[i] += step
	}
	return true
}

// upper is the upper half of the number moved to the left.
func (l int128) upper(by int) uint64 {
	return uint64(l.high)<<by | l.low>>uint(64-by) | l.low<<uint(by-64)
}

// divisor divides products of a number of 64 bits and one of 128.
type divisor struct {
	value int128
	// high and low are the value with its first bit set, shift how far it was moved.
	high, low uint64
	shift     int
}

func divisorOf(value int128) divisor {
	d := divisor{value: value, high: uint64(value.high), low: value.low}
	if d.high == 0 {
		d.high, d.low, d.shift = d.low, 0, 64
	}
	by := bits.LeadingZeros64(d.high)
	d.high, d.low, d.shift = d.high<<by|d.low>>(64-by), d.low<<by, d.shift+by
	return d
}

// divide returns quotient and rest of a x b, or false where the quotient has more than 64 bits. It
// is one step of the long division of Knuth, The Art of Computer Programming, 4.3.1, algorithm D:
// the quotient of the upper halves is at most two too large.
func (d *divisor) divide(a uint64, b int128) (quotient uint64, rest int128, ok bool) {
	one, zero := bits.Mul64(a, b.low)
	two, more := bits.Mul64(a, uint64(b.high))
	one, carry := bits.Add64(one, more, 0)
	two += carry
	// The dividend is two, one, zero; it is moved as far as the divisor was.
	if d.shift >= 64 {
		if two != 0 {
			return 0, int128{}, false
		}
		two, one, zero = one, zero, 0
	}
	by := d.shift & 63
	if by > 0 && two>>(64-by) != 0 {
		return 0, int128{}, false
	}
	two, one, zero = two<<by|one>>(64-by), one<<by|zero>>(64-by), zero<<by
	if two >= d.high {
		return 0, int128{}, false
	}
	quotient, upper := bits.Div64(two, one, d.high)
	high, low := bits.Mul64(quotient, d.low)
	for over := uint64(0); over == 0 && (high > upper || high == upper && low > zero); {
		quotient--
		upper, over = bits.Add64(upper, d.high, 0)
		high, low = subtract(high, low, d.low)
	}
	low, carry = bits.Sub64(zero, low, 0)
	high, _ = bits.Sub64(upper, high, carry)
	return quotient, d.back(high, low), true
}

// subtract takes a number of 64 bits off one of 128.
func subtract(high, low, less uint64) (uint64, uint64) {
	low, borrow := bits.Sub64(low, less, 0)
	return high - borrow, low
}

// back moves a rest to where it was before the divisor was moved.
func (d *divisor) back(high, low uint64) int128 {
	if d.shift >= 64 {
		high, low = 0, high
	}
	by := d.shift & 63
	return int128{int64(high >> by), low>>by | high<<(64-by)}
}
