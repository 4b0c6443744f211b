package scenarios

import (
	"fmt"

	"carbonledger/quantity"
)

// At returns the value of a series in a year: as it stands there, or on the straight line between
// the two years next to it. Before the first and after the last year there is none.
func At(points []Point, year int) (quantity.Ratio, bool) {
	for i, point := range points {
		switch {
		case point.Year == year:
			return quantity.Whole(point.Value), true
		case point.Year > year && i == 0:
			return quantity.Ratio{}, false
		case point.Year > year:
			before := points[i-1]
			part := quantity.RatioOf(quantity.Int(int64(year-before.Year)),
				quantity.Int(int64(point.Year-before.Year)))
			rise := quantity.Whole(point.Value.Sub(before.Value))
			return quantity.Whole(before.Value).Add(rise.Mul(part)), true
		}
	}
	return quantity.Ratio{}, false
}

// Cumulative returns the sum of a series over the whole years from first to last, both included,
// undivided. Years that the series leaves out lie on the straight line between those it has. It
// returns an error where a year lies outside the series: nothing is carried on beyond its ends.
func Cumulative(points []Point, first, last int) (quantity.Ratio, error) {
	sum := quantity.Whole(quantity.Int(0))
	for year := first; year <= last; year++ {
		value, ok := At(points, year)
		if !ok {
			return quantity.Ratio{}, fmt.Errorf("no value for %d; sum over years that the series "+
				"covers", year)
		}
		sum = sum.Add(value)
	}
	return sum, nil
}
