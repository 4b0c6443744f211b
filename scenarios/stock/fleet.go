// Package stock follows what lasts: vehicles that are sold and scrapped, floors that are built,
// retrofitted and demolished.
//
// A stock is counted in parts of the stock of the base year, with 12 decimals. What comes in is
// what the stock lacks after what has left it, so cohorts sum to the stock exactly.
package stock

import "carbonledger/quantity"

// rounding keeps twelve decimals: of a billion vehicles, a thousandth of one.
var rounding = quantity.Rounding{Places: 12, Mode: quantity.HalfEven}

var unity = quantity.Int(1)

// Survival is the part of a cohort that is still there so many years after it came in, for a mean
// life in years:
//
//	survival = 1 - 3(a/2L)^2 + 2(a/2L)^3 for a < 2L, 0 from 2L on
//
// Half have left after L years, few in the first and few in the last: the shape of the survival
// curves that vehicle registers show, without their exponentials, and symmetric about the mean.
func Survival(life, age int) quantity.Ratio {
	a, n := int64(age), int64(2*life)
	if a >= n {
		return quantity.Whole(quantity.Int(0))
	}
	return quantity.RatioOf(quantity.Int(n*n*n-a*a*(3*n-2*a)), quantity.Int(n*n*n))
}

// Fleet is vehicles of one purpose. Sizes are the stock of each year over that of the base year,
// the base year first; Sales are the part of the vehicles sold in each year that are of the new
// kind, between 0 and 1.
type Fleet struct {
	Life  int
	Sizes []quantity.Ratio
	Sales []quantity.Ratio
}

// Share returns the part of the fleet of the last year that is of the new kind, exactly up to the
// decimals of the cohorts.
//
// The fleet of the base year has none, and the ages of one that has been the same for long: age a
// is there in proportion to Survival(a). In each year
//
//	sold = size - survivors, of which Sales are of the new kind
//
// Where the fleet shrinks faster than it is scrapped, nothing is sold and every cohort gives up the
// same part.
func (f Fleet) Share() quantity.Ratio {
	old := steady(f.Life)
	var cohorts, fresh []quantity.Number
	for year := 1; year < len(f.Sizes); year++ {
		size, _ := f.Sizes[year].Round(rounding)
		survivors := old[min(year, len(old)-1)]
		for i := range cohorts {
			survivors = survivors.Add(f.left(cohorts[i], year-1-i))
		}
		sold := size.Sub(survivors)
		if sold.Sign() < 0 {
			shrink(old, quantity.RatioOf(size, survivors))
			shrink(cohorts, quantity.RatioOf(size, survivors))
			shrink(fresh, quantity.RatioOf(size, survivors))
			sold = quantity.Number{}
		}
		cohorts = append(cohorts, sold)
		of, _ := f.Sales[year].Mul(quantity.Whole(sold)).Round(rounding)
		fresh = append(fresh, of)
	}
	var all, share quantity.Number
	last := len(f.Sizes) - 1
	for i := range cohorts {
		all = all.Add(f.left(cohorts[i], last-1-i))
		share = share.Add(f.left(fresh[i], last-1-i))
	}
	all = all.Add(old[min(last, len(old)-1)])
	if all.IsZero() {
		return quantity.Whole(quantity.Int(0))
	}
	return quantity.RatioOf(share, all).Lowest()
}

// left is what remains of a cohort after so many years.
func (f Fleet) left(cohort quantity.Number, age int) quantity.Number {
	if age == 0 {
		return cohort
	}
	n, _ := Survival(f.Life, age).Mul(quantity.Whole(cohort)).Round(rounding)
	return n
}

// steady returns what is left, after each number of years, of a fleet that has long been the same.
func steady(life int) []quantity.Number {
	total := quantity.Whole(quantity.Int(0))
	for age := range 2 * life {
		total = total.Add(Survival(life, age))
	}
	left := make([]quantity.Number, 2*life+1)
	for year := range left {
		sum := quantity.Whole(quantity.Int(0))
		for age := range 2 * life {
			sum = sum.Add(Survival(life, age+year))
		}
		left[year], _ = sum.Mul(quantity.RatioOf(total.Denominator, total.Numerator)).
			Round(rounding)
	}
	return left
}

func shrink(parts []quantity.Number, by quantity.Ratio) {
	for i := range parts {
		parts[i], _ = by.Mul(quantity.Whole(parts[i])).Round(rounding)
	}
}
