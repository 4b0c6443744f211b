package uncertainty

import (
	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// Span is how far a datum may lie below and above its value, as shares of the value: 0.5 and 2 for
// bounds of half and three times the value.
type Span struct{ Minus, Plus quantity.Number }

// spanRounding is how a quotient of bound and value is kept: eighteen decimals of the value, a
// millionth of a gram in a figure of a million tonnes.
var spanRounding = quantity.Rounding{Places: 18}

// spanOf returns the span of a factor; false where its bounds are not stated.
func spanOf(f factors.Factor) (Span, bool) {
	low, high, ok := f.Bounds()
	if !ok {
		return Span{}, false
	}
	one := quantity.Int(1)
	lower, _ := low.Round(spanRounding)
	upper, _ := high.Round(spanRounding)
	return Span{Minus: one.Sub(lower), Plus: upper.Sub(one)}, true
}

// isExact says whether a factor is 1 by definition: the warming potential of CO2.
func isExact(f factors.Factor) bool {
	return f.From.ID == "co2" && f.To.ID == ledger.CO2e && f.Value.Equal(quantity.Int(1))
}

// shift is how far a sum that goes through the datum may lie below and above itself. Where the sum
// is negative, because a rule takes it off, a higher datum makes it lower.
func (s Span) shift(sum quantity.Number) (below, above quantity.Number) {
	if sum.Sign() < 0 {
		return sum.Abs().Mul(s.Plus), sum.Abs().Mul(s.Minus)
	}
	return sum.Mul(s.Minus), sum.Mul(s.Plus)
}

// squares are the squares of both shifts.
func (s Span) squares(sum quantity.Number) (below, above quantity.Number) {
	below, above = s.shift(sum)
	return below.Mul(below), above.Mul(above)
}
