// Package course reads the rows of a lever: what a row must look like, which rows speak about a
// use, and where they lead it by a year.
//
// A rate holds in every year of its row; a way leads to a level; an amount has to say where it
// begins. All are exact fractions.
package course

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Index is by how much yearly rates have changed something since the base year, exactly:
//
//	index = product of (1 + rate/100) over the years after the base year, up to the draft's
//
// In each year the nearest row is obeyed; near returns its distance, and false for a row that does
// not speak about the thing. A year without a row changes nothing.
func Index(d *scenarios.Draft, rows []scenarios.Row,
	near func(scenarios.Row) (int, bool)) quantity.Number {
	product := quantity.Int(1)
	spoken := speaking(rows, near)
	for year := d.Base.Year + 1; year <= d.Year; year++ {
		nearest, least := -1, 0
		for _, s := range spoken {
			row := &rows[s.at]
			if row.First <= year && year <= row.Last && (nearest < 0 || s.distance < least) {
				nearest, least = s.at, s.distance
			}
		}
		if nearest >= 0 {
			product = product.Mul(RateOf(rows[nearest]))
			d.Touch(rows[nearest])
		}
	}
	return product
}

// spoken is the place of a row that speaks about something, and how near it is.
type spoken struct{ at, distance int }

// speaking lists the rows that speak about something.
func speaking(rows []scenarios.Row, near func(scenarios.Row) (int, bool)) (list []spoken) {
	for i := range rows {
		if distance, ok := near(rows[i]); ok {
			list = append(list, spoken{i, distance})
		}
	}
	return list
}

// RateOf returns 1 + rate/100.
func RateOf(row scenarios.Row) quantity.Number {
	return Hundred.Add(row.Value).Mul(Percent)
}

// Level follows rows that state levels, in the order of their years, from where things stand
// without them:
//
//	level := level + (value - level) x part of the way covered
//
// A way that begins before the base year begins with it, and one that has ended by then is history:
// what it did is in the base. The level reached stays until another row moves it.
func Level(d *scenarios.Draft, rows []scenarios.Row, from quantity.Ratio) quantity.Ratio {
	for i := range rows {
		if covered := CoveredBy(d, rows[i]); covered.Numerator.Sign() > 0 {
			from = Towards(from, quantity.Whole(rows[i].Value), covered)
			d.Touch(rows[i])
		}
	}
	return from
}

// CoveredBy returns the part of the way to the row's level that the draft's year has covered.
func CoveredBy(d *scenarios.Draft, row scenarios.Row) quantity.Ratio {
	if row.Last <= d.Base.Year {
		return Nought
	}
	if row.First == row.Last {
		return row.Shape.Covered(row.First-1, row.Last, d.Year)
	}
	return row.Shape.Covered(max(row.First, d.Base.Year), row.Last, d.Year)
}

// Towards returns from + (target - from) x covered.
func Towards(from, target, covered quantity.Ratio) quantity.Ratio {
	return from.Add(target.Sub(from).Mul(covered))
}

// Standing follows rows that state how things are: what the latest row up to the base year states
// holds from the beginning, or else what the first states; each later one leads from there to its
// own value.
func Standing(d *scenarios.Draft, rows []scenarios.Row, otherwise quantity.Ratio) quantity.Ratio {
	if len(rows) == 0 {
		return otherwise
	}
	at := 0
	for i, row := range rows {
		if row.Last <= d.Base.Year {
			at = i
		}
	}
	d.Touch(rows[at])
	return Level(d, rows[at+1:], quantity.Whole(rows[at].Value))
}

// InForce returns the row whose value holds in the draft's year: the latest that has begun, and the
// first also before it begins.
func InForce(d *scenarios.Draft, rows []scenarios.Row) (scenarios.Row, bool) {
	if len(rows) == 0 {
		return scenarios.Row{}, false
	}
	in := rows[0]
	for _, row := range rows {
		if row.First <= d.Year {
			in = row
		}
	}
	d.Touch(in)
	return in, true
}

// Holding returns the row of a word in force for a use, the nearest going first.
func Holding(d *scenarios.Draft, rows []scenarios.Row, word, sector, commodity string) (
	scenarios.Row, bool) {
	return InForce(d, Closest(Only(rows, word), sector, commodity))
}

// Amounts follows rows that state how much of something there is. The latest that ends in the base
// year or before tells what there was then; without one there is no answer.
func Amounts(d *scenarios.Draft, rows []scenarios.Row) (now, then quantity.Ratio, ok bool) {
	at := -1
	for i, row := range rows {
		if row.Last <= d.Base.Year {
			at = i
		}
	}
	if at < 0 {
		return Nought, Nought, false
	}
	d.Touch(rows[at])
	then = quantity.Whole(rows[at].Value)
	return Level(d, rows, then), then, true
}
