package levers

import (
	"strconv"

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

// only returns the rows of one word.
func only(rows []scenarios.Row, word string) (own []scenarios.Row) {
	for _, row := range rows {
		if row.Lever == word {
			own = append(own, row)
		}
	}
	return own
}

// rates returns the rows that change something every year, ways those that lead to a level.
func rates(rows []scenarios.Row) []scenarios.Row { return split(rows, true) }

func ways(rows []scenarios.Row) []scenarios.Row { return split(rows, false) }

func split(rows []scenarios.Row, isRate bool) (own []scenarios.Row) {
	for _, row := range rows {
		if row.IsRate() == isRate {
			own = append(own, row)
		}
	}
	return own
}

// distance tells how near a row is to a use: the nearer sector first, and at the same sector the
// row that names the commodity before the one for all.
func distance(row scenarios.Row, sector, commodity string) (int, bool) {
	steps, ok := scenarios.Distance(sector, row.Sector)
	switch row.Commodity {
	case commodity:
		return 2 * steps, ok
	case scenarios.All, "":
		return 2*steps + 1, ok
	}
	return 0, false
}

// closest returns the rows nearest to a use; they have their say as a whole.
func closest(rows []scenarios.Row, sector, commodity string) (near []scenarios.Row) {
	least := 0
	for _, row := range rows {
		steps, ok := distance(row, sector, commodity)
		if !ok || len(near) > 0 && steps > least {
			continue
		}
		if steps < least {
			near = nil
		}
		near, least = append(near, row), steps
	}
	return near
}

// standing follows rows that state how things are: what the latest row up to the base year states
// holds from the beginning, or else what the first states; each later one leads from there to its
// own value.
func standing(d *scenarios.Draft, rows []scenarios.Row, otherwise quantity.Ratio) quantity.Ratio {
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
	return level(d, rows[at+1:], quantity.Whole(rows[at].Value))
}

// inForce returns the row whose value holds in the draft's year: the latest that has begun, and the
// first also before it begins.
func inForce(d *scenarios.Draft, rows []scenarios.Row) (scenarios.Row, bool) {
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

// amounts follows rows that state how much of something there is. The latest that ends in the base
// year or before tells what there was then; without one there is no answer.
func amounts(d *scenarios.Draft, rows []scenarios.Row) (now, then quantity.Ratio, ok bool) {
	at := -1
	for i, row := range rows {
		if row.Last <= d.Base.Year {
			at = i
		}
	}
	if at < 0 {
		return nought, nought, false
	}
	d.Touch(rows[at])
	then = quantity.Whole(rows[at].Value)
	return level(d, rows, then), then, true
}

// ofHundred turns per cent into a part of one.
func ofHundred(r quantity.Ratio) quantity.Ratio { return r.Mul(quantity.Whole(percent)) }

// over returns a / b.
func over(a, b quantity.Ratio) quantity.Ratio {
	return a.Mul(quantity.RatioOf(b.Denominator, b.Numerator)).Lowest()
}

// keysOf puts rows about the same thing together, whatever their years.
func keysOf(rows []scenarios.Row) (keys [][]scenarios.Row) {
	for i, row := range rows {
		if i > 0 && rows[i-1].Key() == row.Key() {
			keys[len(keys)-1] = append(keys[len(keys)-1], row)
		} else {
			keys = append(keys, []scenarios.Row{row})
		}
	}
	return keys
}

// lacks says that a row cannot work without one of another word.
func lacks(row scenarios.Row, word string) error {
	return row.Fault("lever", "scenario.lacks", word, row.Sector)
}

// exceeds says that a row takes more than there is in a year.
func exceeds(d *scenarios.Draft, row scenarios.Row, of string, there quantity.Ratio) error {
	shown, _ := there.Round(quantity.Rounding{Places: 3})
	return row.Fault("value", "scenario.exceeds", of, strconv.Itoa(d.Year), shown.String())
}

// carrierOf returns what one unit of a commodity stands for, or the fault of the row that needs it.
func carrierOf(d *scenarios.Draft, row scenarios.Row, field, commodity string) (
	scenarios.Carrier, error) {
	carrier, ok := d.Base.Carriers[commodity]
	if ok && !carrier.EnergyPer.IsZero() {
		return carrier, nil
	}
	fault := row.Fault(field, "scenario.carrier", strconv.Itoa(d.Base.Year))
	fault.Cell = commodity
	return carrier, fault
}

// size tells how much of a measure there is, under the row in force: what that states about cost
// holds for all there is.
func size(d *scenarios.Draft, rows []scenarios.Row, units quantity.Ratio) {
	if row, ok := inForce(d, rows); ok {
		d.Size(row, units)
	}
}

var thousand = quantity.Int(1000)

// perTonne turns kgce into tce, kg into t, L into m3.
func perTonne(r quantity.Ratio) quantity.Ratio {
	return r.Mul(quantity.RatioOf(quantity.Int(1), thousand))
}

// sumOf adds up a figure of the uses at some places.
func sumOf(uses []scenarios.Use, at []int,
	figure func(scenarios.Use) quantity.Ratio) quantity.Ratio {
	sum := nought
	for _, i := range at {
		sum = sum.Add(figure(uses[i])).Lowest()
	}
	return sum
}

// places returns where the uses of a commodity stand whose nearest rows are those of a key.
func places(uses []scenarios.Use, rows, key []scenarios.Row, commodity string) (at []int) {
	for i, use := range uses {
		wanted := use.Commodity == commodity || commodity == scenarios.All
		if !wanted {
			continue
		}
		near := closest(rows, use.Sector, use.Commodity)
		if len(near) > 0 && near[0].Key() == key[0].Key() {
			at = append(at, i)
		}
	}
	return at
}
