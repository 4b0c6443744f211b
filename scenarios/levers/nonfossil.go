package levers

import (
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// NonFossil states the non-fossil part of the electricity of the grid: water, nuclear, wind, sun.
//
//	non-fossil energy = own non-fossil carriers + electricity x share / 100
//	CO2 of electricity = CO2 x (100 - share) / (100 - share of the base year)
//
// One row states the share of the base year, later ones lead to theirs. The fossil part keeps its
// CO2 per kWh. Where grid-factor rows lead the factor themselves, the shares here only tell the
// non-fossil energy, since the factor of such a path has them in it already.
type NonFossil struct{}

var nonFossilForm = course.Form{Sectors: []string{scenarios.All}, Commodities: course.PowerOnly,
	Bounds: course.Bounds{"%": course.Share}}

// Names returns the words of the lever column.
func (NonFossil) Names() []string { return []string{"non-fossil"} }

// Check says what in a row does not fit.
func (NonFossil) Check(row scenarios.Row) []table.Fault { return nonFossilForm.Check(row) }

// Apply tells the share and scales the CO2 of electricity.
func (NonFossil) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if len(rows) == 0 {
		return nil
	}
	now, then, ok := course.Amounts(d, rows)
	if !ok {
		return rows[0].Fault("year", "scenario.start", "non-fossil", strconv.Itoa(d.Base.Year))
	}
	d.GridNonFossil, d.GridKnown = now.Lowest(), true
	d.Note(scenarios.MemoGridNonFossil, scenarios.All, course.Electricity, d.GridNonFossil)
	whole := quantity.Whole(course.Hundred)
	fossil := whole.Sub(then)
	if d.GridLed || fossil.Numerator.IsZero() {
		return nil
	}
	scalePower(d, course.Over(whole.Sub(now), fossil))
	return nil
}

// scalePower multiplies the CO2 of bought electricity.
func scalePower(d *scenarios.Draft, by quantity.Ratio) {
	for i := range d.Uses {
		if d.Uses[i].Commodity == course.Electricity {
			d.Uses[i].CO2 = d.Uses[i].CO2.Mul(by).Brief()
		}
	}
}
