package quantity

import (
	"cmp"
	"math/bits"
	"slices"
)

// loss is what rounding took from a part, in units of 1 / (10^places x sum): an integer of 128 bits
// in two's complement.
type loss struct {
	high int64
	low  uint64
}

func (l loss) cmp(m loss) int {
	return cmp.Or(cmp.Compare(l.high, m.high), cmp.Compare(l.low, m.low))
}

func (l loss) neg() loss {
	low, borrow := bits.Sub64(0, l.low, 0)
	return loss{-l.high - int64(borrow), low}
}

// splitSmall is Split for small numbers, or says that one of them is too large for it:
//
//	part = round(t x w / W),  lost = t x w - part x W
//
// t counts units of the last place; weights w and their sum W have one scale. t, w and the parts
// have 64 bits; t x w, W and what is lost have 128.
func splitSmall(total Number, weights []Number, rounding Rounding) ([]Number, bool) {
	units, scaled, whole, ok := inUnits(total, weights, rounding)
	if !ok {
		return nil, false
	}
	negative := whole.high < 0
	if negative {
		whole = whole.neg()
	}
	divisor := divisorOf(uint64(whole.high), whole.low)
	parts, lost := make([]Number, len(weights)), make([]loss, len(weights))
	left := units
	for i, weight := range scaled {
		high, low := bits.Mul64(magnitude(units), magnitude(weight))
		quotient, rest, ok := divisor.divide(high, low)
		if !ok || quotient >= 1<<62 {
			return nil, false
		}
		half := divisor.half(rest)
		if half > 0 || half == 0 && (rounding.Mode == HalfUp || quotient&1 == 1) {
			quotient, rest = quotient+1, divisor.less(rest)
		}
		part := int64(quotient)
		if (units < 0) != (weight < 0) != negative {
			part, rest = -part, rest.neg()
		}
		parts[i] = Number{coefficient: part, scale: uint8(rounding.Places)}
		lost[i], left = rest, left-part
	}
	return parts, handOutSmall(left, parts, lost)
}

// inUnits writes total in units of the last place and weights at one scale, with their sum.
func inUnits(total Number, weights []Number, rounding Rounding) (
	units int64, scaled []int64, whole loss, ok bool) {
	places := rounding.Places
	if places < 0 || places > scaleMax || total.wide != nil || int32(total.scale) > places {
		return 0, nil, loss{}, false
	}
	units, ok = mulInt64(total.coefficient, powersOfTen[places-int32(total.scale)])
	if !ok || units > 1<<62 || units < -1<<62 {
		return 0, nil, loss{}, false
	}
	scale := uint8(0)
	for _, w := range weights {
		if w.wide != nil {
			return 0, nil, loss{}, false
		}
		scale = max(scale, w.scale)
	}
	scaled = make([]int64, len(weights))
	for i, w := range weights {
		if scaled[i], ok = mulInt64(w.coefficient, powersOfTen[scale-w.scale]); !ok {
			return 0, nil, loss{}, false
		}
		var carry uint64
		whole.low, carry = bits.Add64(whole.low, uint64(scaled[i]), 0)
		whole.high += scaled[i]>>63 + int64(carry)
	}
	// 2^62 weights of 64 bits would be needed to overflow the sum.
	return units, scaled, whole, whole.high != 0 || whole.low != 0
}

// handOutSmall is handOut where no part gets two units; otherwise it returns false.
func handOutSmall(left int64, parts []Number, lost []loss) bool {
	step := int64(1)
	if left < 0 {
		step, left = -1, -left
		for i, l := range lost {
			lost[i] = l.neg()
		}
	}
	if left > int64(len(parts)) {
		return false
	}
	for _, at := range most(lost, int(left)) {
		parts[at].coefficient += step
	}
	return true
}

// most returns the places of the n largest, the earlier first where two are alike, in no order.
func most(lost []loss, n int) []int {
	order := make([]int, len(lost))
	for i := range order {
		order[i] = i
	}
	before := func(a, b int) int { return cmp.Or(lost[b].cmp(lost[a]), cmp.Compare(a, b)) }
	low, high := 0, len(order)
	for high-low > 32 && low < n && n < high {
		middle := partition(order[low:high], before) + low
		if middle < n {
			low = middle + 1
		} else {
			high = middle
		}
	}
	if low < n && n < high {
		slices.SortFunc(order[low:high], before)
	}
	return order[:n]
}

// partition puts what comes before the middle one of three to its left and returns its place.
func partition(order []int, before func(a, b int) int) int {
	last := len(order) - 1
	three := []int{0, last / 2, last}
	slices.SortFunc(three, func(a, b int) int { return before(order[a], order[b]) })
	order[three[1]], order[last] = order[last], order[three[1]]
	pivot, at := order[last], 0
	for i, candidate := range order[:last] {
		if before(candidate, pivot) < 0 {
			order[i], order[at] = order[at], candidate
			at++
		}
	}
	order[at], order[last] = order[last], order[at]
	return at
}

// divisor divides numbers of 128 bits by one of 128 bits.
type divisor struct {
	high, low uint64
	// normal is the divisor with its first bit set, shift how far it was moved.
	normalHigh, normalLow uint64
	shift                 int
}

func divisorOf(high, low uint64) divisor {
	d := divisor{high: high, low: low}
	if high != 0 {
		d.shift = bits.LeadingZeros64(high)
		d.normalHigh, d.normalLow = shifted(high, low, d.shift)
	}
	return d
}

func shifted(high, low uint64, by int) (uint64, uint64) {
	return high<<by | low>>(64-by), low << by
}

// divide returns quotient and rest, or false where the quotient has more than 64 bits.
//
// Where the divisor is longer than 64 bits, the quotient of the upper halves is at most two too
// large (Knuth, The Art of Computer Programming, 4.3.1, algorithm D).
func (d divisor) divide(high, low uint64) (quotient uint64, rest loss, ok bool) {
	if d.high == 0 {
		if high >= d.low {
			return 0, loss{}, false
		}
		quotient, remainder := bits.Div64(high, low, d.low)
		return quotient, loss{0, remainder}, true
	}
	if high < d.high || high == d.high && low < d.low {
		return 0, loss{int64(high), low}, high < 1<<63
	}
	top := high >> (64 - d.shift) // A shift by 64 gives 0.
	middle, _ := shifted(high, low, d.shift)
	quotient, _ = bits.Div64(top, middle, d.normalHigh)
	for {
		upper, lower := bits.Mul64(quotient, d.low)
		more, over := bits.Mul64(quotient, d.high)
		var carry, borrow uint64
		upper, carry = bits.Add64(upper, over, 0)
		if more == 0 && carry == 0 && (upper < high || upper == high && lower <= low) {
			low, borrow = bits.Sub64(low, lower, 0)
			high, _ = bits.Sub64(high, upper, borrow)
			return quotient, loss{int64(high), low}, high < 1<<63
		}
		quotient--
	}
}

// half compares twice the rest with the divisor.
func (d divisor) half(rest loss) int {
	return rest.cmp(d.less(rest).neg())
}

// less is the rest less the divisor.
func (d divisor) less(rest loss) loss {
	low, borrow := bits.Sub64(rest.low, d.low, 0)
	return loss{rest.high - int64(d.high) - int64(borrow), low}
}
