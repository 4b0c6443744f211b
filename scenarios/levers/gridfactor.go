package levers

import (
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// GridFactor changes the CO2 of a kilowatt-hour, by a yearly rate or to a level.
//
//	rate:  factor := factor x (1 + rate/100), in every year of the row
//	level: factor := factor + (value - factor) x part of the way covered
//	CO2    = CO2 x factor / factor of the base year
//
// The factor of the base year is that of the carrier; a sector whose electricity had another
// average factor keeps its distance in proportion.
type GridFactor struct{}

// The two units of a level are one number: 1 t/MWh = 1 kg/kWh.
var gridForm = course.Form{
	Sectors:     []string{scenarios.All},
	Commodities: course.PowerOnly,
	Bounds: course.Bounds{
		scenarios.PerYear: course.Rate, "kgCO2/kWh": course.NotNegative,
		"tCO2/MWh": course.NotNegative,
	},
}

// Names returns the words of the lever column.
func (GridFactor) Names() []string { return []string{"grid-factor"} }

// Check says what in a row does not fit.
func (GridFactor) Check(row scenarios.Row) []table.Fault { return gridForm.Check(row) }

// Apply scales the CO2 of electricity.
func (GridFactor) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	factor := course.Unity
	for _, row := range rows {
		if row.IsRate() {
			rates := course.Index(d, []scenarios.Row{row}, always)
			factor = factor.Mul(quantity.Whole(rates))
			continue
		}
		covered := course.CoveredBy(d, row)
		if covered.Numerator.IsZero() {
			continue
		}
		base := d.Base.Carriers[course.Electricity].CO2Per
		if base.IsZero() {
			return row.Fault("unit", "scenario.grid-base", strconv.Itoa(d.Base.Year))
		}
		factor = course.Towards(factor, quantity.RatioOf(row.Value, base), covered)
		d.Touch(row)
	}
	scalePower(d, factor)
	d.GridLed = len(rows) > 0
	return nil
}

// always takes every row as speaking about the one thing there is.
func always(scenarios.Row) (distance int, ok bool) { return 0, true }
