package levers

import (
	"strings"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Prices say what energy costs and how money is discounted; they move no use.
//
//	bill          = quantity x price, for every commodity with a price
//	annual cost   = bill + sum over the measures of (invest x annuity + run) x how much there is
//
//	price          yuan per unit, as it stands in the base year and where it is led
//	discount-rate  % a year, for the annuities; 0 without a row
//
// Prices are real ones, at prices of the base year.
type Prices struct{}

const discountRate = "discount-rate"

// perBookUnit says how many book units the unit of a price is: book units are kWh, kg, Nm3, kJ, L.
var perBookUnit = map[string]quantity.Number{
	"yuan/kWh": quantity.Int(1), "yuan/MWh": course.Thousand, "yuan/kg": quantity.Int(1),
	"yuan/t": course.Thousand, "yuan/Nm3": quantity.Int(1), "yuan/kJ": quantity.Int(1),
	"yuan/GJ": quantity.Int(1_000_000), "yuan/L": quantity.Int(1),
}

var (
	priceForm = course.Form{Sectors: allOnly, Commodities: course.One, Bounds: priceBounds()}
	rateForm  = course.Form{Sectors: allOnly, Bounds: course.Bounds{"%": course.Share}}
)

func priceBounds() course.Bounds {
	bounds := course.Bounds{}
	for unit := range perBookUnit {
		bounds[unit] = course.NotNegative
	}
	return bounds
}

// Names returns the words of the lever column.
func (Prices) Names() []string { return []string{"price", discountRate} }

// Check says what in a row does not fit.
func (Prices) Check(row scenarios.Row) []table.Fault {
	if row.Lever == discountRate {
		return rateForm.Check(row)
	}
	return priceForm.Check(row)
}

// Apply sets the prices of the year.
func (Prices) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	for _, key := range course.KeysOf(course.Only(rows, "price")) {
		if fault := unitOf(d, key); fault != nil {
			return *fault
		}
		inBook := make([]scenarios.Row, len(key))
		for i, row := range key {
			inBook[i] = row
			if per := perBookUnit[row.Unit]; per.Cmp(quantity.Int(1)) > 0 {
				inBook[i].Value, _ = quantity.RatioOf(row.Value, per).Exact()
			}
		}
		d.Prices[key[0].Commodity] = course.Standing(d, inBook, course.Nought)
	}
	d.DiscountPercent = course.Standing(d, course.Only(rows, discountRate), course.Nought)
	return nil
}

// unitOf compares the unit of a price with the book unit of the commodity, where the base knows it.
func unitOf(d *scenarios.Draft, key []scenarios.Row) *table.Fault {
	book, known := d.Base.Units[key[0].Commodity]
	if !known {
		return nil
	}
	same := map[string][]string{"kWh": {"kWh", "MWh"}, "kg": {"kg", "t"}, "kJ": {"kJ", "GJ"},
		"Nm3": {"Nm3"}, "L": {"L"}}[book]
	for _, row := range key {
		fits := false
		for _, unit := range same {
			fits = fits || row.Unit == "yuan/"+unit
		}
		if !fits {
			fault := row.Fault("unit", "scenario.unit", row.Lever+" "+row.Commodity,
				"yuan/"+strings.Join(same, ", yuan/"))
			return &fault
		}
	}
	return nil
}
