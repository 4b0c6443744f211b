package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
)

var (
	hundred    = quantity.Int(100)
	percent, _ = quantity.RatioOf(quantity.Int(1), hundred).Exact()
	unity      = quantity.Whole(quantity.Int(1))
	nought     = quantity.Whole(quantity.Int(0))
)

// index is by how much yearly rates have changed something since the base year, exactly:
//
//	index = product of (1 + rate/100) over the years after the base year, up to the draft's
//
// In each year the nearest row is obeyed; near returns its distance, and false for a row that does
// not speak about the thing. A year without a row changes nothing.
func index(d *scenarios.Draft, rows []scenarios.Row,
	near func(scenarios.Row) (int, bool)) quantity.Number {
	product := quantity.Int(1)
	for year := d.Base.Year + 1; year <= d.Year; year++ {
		nearest, least := -1, 0
		for i, row := range rows {
			if year < row.First || year > row.Last {
				continue
			}
			if distance, ok := near(row); ok && (nearest < 0 || distance < least) {
				nearest, least = i, distance
			}
		}
		if nearest >= 0 {
			product = product.Mul(rateOf(rows[nearest]))
			d.Touch(rows[nearest])
		}
	}
	return product
}

// rateOf returns 1 + rate/100.
func rateOf(row scenarios.Row) quantity.Number {
	return hundred.Add(row.Value).Mul(percent)
}

// level follows rows that state levels, in the order of their years, from where things stand
// without them:
//
//	level := level + (value - level) x part of the way covered
//
// A way that begins before the base year begins with it, and one that has ended by then is history:
// what it did is in the base. The level reached stays until another row moves it.
func level(d *scenarios.Draft, rows []scenarios.Row, from quantity.Ratio) quantity.Ratio {
	for _, row := range rows {
		if covered := coveredBy(d, row); covered.Numerator.Sign() > 0 {
			from = towards(from, quantity.Whole(row.Value), covered)
			d.Touch(row)
		}
	}
	return from
}

// coveredBy returns the part of the way to the row's level that the draft's year has covered.
func coveredBy(d *scenarios.Draft, row scenarios.Row) quantity.Ratio {
	if row.Last <= d.Base.Year {
		return nought
	}
	if row.First == row.Last {
		return row.Shape.Covered(row.First-1, row.Last, d.Year)
	}
	return row.Shape.Covered(max(row.First, d.Base.Year), row.Last, d.Year)
}

// towards returns from + (target - from) x covered.
func towards(from, target, covered quantity.Ratio) quantity.Ratio {
	return from.Add(target.Add(minus(from)).Mul(covered))
}

func minus(r quantity.Ratio) quantity.Ratio {
	return quantity.RatioOf(r.Numerator.Neg(), r.Denominator)
}
