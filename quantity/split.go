package quantity

import "sort"

// Split divides total by the weights into parts with rounding.Places decimals that sum exactly to
// total rounded the same way; what the cut digits leave over goes, one unit of the last place at a
// time, to the parts that lost most (largest remainder; ties go to the earlier part).
//
// Weights that are all zero, or that sum to zero, count as equal. No weights give no parts.
func Split(total Number, weights []Number, rounding Rounding) []Number {
	if len(weights) == 0 {
		return nil
	}
	total = total.Round(rounding)
	if longs, ok := LongsOf(weights); ok {
		if units, ok := splitSmall(total, longs, rounding); ok {
			parts := make([]Number, len(units))
			for i, part := range units {
				parts[i] = Number{coefficient: part, scale: uint8(rounding.Places)}
			}
			return parts
		}
	}
	return splitWide(total, weights, rounding)
}

// SplitLong is Split for a long list: the parts count units of the last place. It returns false
// where something is too large for that, and Split tells.
func SplitLong(total Number, weights []Long, rounding Rounding) ([]int64, bool) {
	return splitSmall(total.Round(rounding), weights, rounding)
}

// splitWide is Split for numbers of any length.
func splitWide(total Number, weights []Number, rounding Rounding) []Number {
	weights, sum := weigh(weights)
	parts, lost := make([]Number, len(weights)), make([]Ratio, len(weights))
	left := total
	for i, weight := range weights {
		share := RatioOf(total.Mul(weight), sum)
		parts[i], _ = share.Round(rounding)
		lost[i] = share.Add(Whole(parts[i].Neg()))
		left = left.Sub(parts[i])
	}
	handOut(left, parts, lost, rounding)
	return parts
}

// Apportion rounds each part for itself and then moves single units of the last place, first where
// rounding took or gave most, until the parts sum to total. Unlike Split it keeps every part within
// about one unit of its own value where parts cancel out. total is the sum of the parts, rounded to
// the same places, or a few such units beside it.
func Apportion(total Number, parts []Ratio, rounding Rounding) []Number {
	if len(parts) == 0 {
		return nil
	}
	shown, lost := make([]Number, len(parts)), make([]Ratio, len(parts))
	left := total
	for i, part := range parts {
		shown[i], _ = part.Round(rounding)
		lost[i] = part.Sub(Whole(shown[i]))
		left = left.Sub(shown[i])
	}
	handOut(left, shown, lost, rounding)
	return shown
}

// handOut adds what is left over to the parts, one unit of the last place at a time, beginning with
// those that lost most.
func handOut(left Number, parts []Number, lost []Ratio, rounding Rounding) {
	step := lastPlace(rounding.Places, left.Sign())
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool {
		return lost[order[i]].Cmp(lost[order[j]])*left.Sign() > 0
	})
	for i := 0; !left.IsZero(); i++ {
		at := order[i%len(order)]
		parts[at], left = parts[at].Add(step), left.Sub(step)
	}
}

// weigh returns usable weights and their sum.
func weigh(weights []Number) ([]Number, Number) {
	var added Sum
	for _, weight := range weights {
		added.Add(weight)
	}
	if sum := added.Number(); !sum.IsZero() {
		return weights, sum
	}
	equal := make([]Number, len(weights))
	for i := range equal {
		equal[i] = Int(1)
	}
	return equal, Int(int64(len(equal)))
}

// lastPlace is one unit of the last place, with the given sign.
func lastPlace(places int32, sign int) Number {
	step := Int(1)
	for range max(places, -places) {
		if places > 0 {
			step = step.Mul(Number{coefficient: 1, scale: 1})
		} else {
			step = step.Mul(Int(10))
		}
	}
	if sign < 0 {
		return step.Neg()
	}
	return step
}
