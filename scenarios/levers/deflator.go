package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Deflator brings the GDP of the years of the book to the prices of the base year:
//
//	y before b:  GDP(y) at prices of b = GDP(y) x product of deflator/100 over y+1 ... b
//	y after b:   GDP(y) at prices of b = GDP(y) / product of deflator/100 over b+1 ... y
//
// A row states the prices of its year over those of the year before, as yearbooks print indices
// (上年=100): 102.3 is a rise by 2.3 %. A year from which the chain to the base year is not whole
// stays nominal and says so. The years to come need none: growth is real growth. Rows of years the
// book does not have yet do nothing until it has them.
type Deflator struct{}

var deflatorForm = course.Form{Sectors: allOnly,
	Bounds: course.Bounds{scenarios.PreviousIs100: course.Positive}}

// Names returns the words of the lever column.
func (Deflator) Names() []string { return []string{"deflator"} }

// Check says what in a row does not fit.
func (Deflator) Check(row scenarios.Row) []table.Fault { return deflatorForm.Check(row) }

// Apply changes nothing in the years to come.
func (Deflator) Apply(*scenarios.Draft, []scenarios.Row) error { return nil }

// History deflates the years before the base year and those since. What does not end is rounded to
// a millionth of a yuan.
func (Deflator) History(base *scenarios.Base, years []scenarios.Year, rows []scenarios.Row) (
	[]scenarios.Year, []scenarios.Row) {
	deflated := make([]scenarios.Year, len(years))
	var said []scenarios.Row
	for i, year := range years {
		factor, chain, whole := quantity.Int(1), []scenarios.Row(nil), true
		for at := min(year.Year, base.Year) + 1; at <= max(year.Year, base.Year); at++ {
			row, ok := rowOf(rows, at)
			whole = whole && ok
			if ok {
				factor, chain = factor.Mul(row.Value).Mul(course.Percent), append(chain, row)
			}
		}
		deflated[i] = year
		deflated[i].Nominal = !whole
		if whole {
			by := quantity.Whole(factor)
			if year.Year > base.Year {
				by = quantity.RatioOf(quantity.Int(1), factor)
			}
			deflated[i].GDP = times(year.GDP, by)
			deflated[i].Drivers = deflate(year.Drivers, by)
			said = append(said, chain...)
		}
	}
	return deflated, said
}

// times multiplies money with a fraction.
func times(money quantity.Number, by quantity.Ratio) quantity.Number {
	product := quantity.Whole(money).Mul(by)
	if exact, ok := product.Exact(); ok {
		return exact
	}
	rounded, _ := product.Round(quantity.Rounding{Places: 6, Mode: quantity.HalfEven})
	return rounded
}

// deflate multiplies the GDP of the sectors; people are no money.
func deflate(drivers map[string]quantity.Number, by quantity.Ratio) map[string]quantity.Number {
	if drivers == nil {
		return nil
	}
	real := map[string]quantity.Number{}
	for driver, value := range drivers {
		real[driver] = value
	}
	for _, driver := range scenarios.GDPDrivers() {
		if value, ok := drivers[driver]; ok {
			real[driver] = times(value, by)
		}
	}
	return real
}

// rowOf returns the row that speaks about a year.
func rowOf(rows []scenarios.Row, year int) (scenarios.Row, bool) {
	for _, row := range rows {
		if row.First <= year && year <= row.Last {
			return row, true
		}
	}
	return scenarios.Row{}, false
}
