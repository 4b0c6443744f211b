// Package trend reads series of years: what lies between them, what they sum to, and what would
// come if they went on.
package trend

import (
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Series is a figure in some years, in their order; the years between lie on straight lines, and
// nothing is known before the first and after the last.
type Series []scenarios.Point

// At returns the figure of a year, undivided, and false outside the series.
func (s Series) At(year int) (quantity.Ratio, bool) {
	at := slices.IndexFunc(s, func(p scenarios.Point) bool { return p.Year >= year })
	switch {
	case at < 0, at == 0 && s[0].Year != year:
		return quantity.Ratio{}, false
	case s[at].Year == year:
		return quantity.Whole(s[at].Value), true
	}
	before, after := s[at-1], s[at]
	covered := scenarios.Linear.Covered(before.Year, after.Year, year)
	climb := quantity.Whole(after.Value.Sub(before.Value)).Mul(covered)
	return quantity.Whole(before.Value).Add(climb), true
}

// Cumulative returns the sum of the figures of all years from the first to the last one named, both
// counted, and false where one of them lies outside the series.
func (s Series) Cumulative(first, last int) (quantity.Ratio, bool) {
	sum := quantity.Whole(quantity.Int(0))
	for year := first; year <= last; year++ {
		value, ok := s.At(year)
		if !ok {
			return quantity.Ratio{}, false
		}
		sum = sum.Add(value).Lowest()
	}
	return sum, first <= last
}

// Crossings returns the years in which the figure is on the other side of a level than the last
// year that was not on it: the first whole year strictly beyond. Up tells those that rise, down
// those that fall.
func (s Series) Crossings(level quantity.Number) (up, down []int) {
	if len(s) == 0 {
		return nil, nil
	}
	side := 0
	for year := s[0].Year; year <= s[len(s)-1].Year; year++ {
		value, _ := s.At(year)
		now := value.Cmp(quantity.Whole(level))
		switch {
		case now > 0 && side < 0:
			up = append(up, year)
		case now < 0 && side > 0:
			down = append(down, year)
		}
		if now != 0 {
			side = now
		}
	}
	return up, down
}

// ratePlaces are the decimals of a yearly rate as a part of one.
const ratePlaces = 9

// Growth returns the yearly rate, as a part of one, that leads from the figure of one year to that
// of a later one, cut off behind 9 decimals:
//
//	growth = (later / earlier)^(1/years) - 1
//
// It returns false where a figure is not positive: across zero there is no rate.
func (s Series) Growth(first, last int) (quantity.Number, bool) {
	earlier, known := s.At(first)
	later, ok := s.At(last)
	if !ok || !known || last <= first ||
		earlier.Numerator.Sign() <= 0 || later.Numerator.Sign() <= 0 {
		return quantity.Number{}, false
	}
	times := later.Mul(quantity.RatioOf(earlier.Denominator, earlier.Numerator))
	root, _ := times.Root(last-first, ratePlaces)
	return root.Sub(quantity.Int(1)), true
}
