package course

import (
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Lacks says that a row cannot work without one of another word.
func Lacks(row scenarios.Row, word string) error {
	return row.Fault("lever", "scenario.lacks", word, row.Sector)
}

// Exceeds says that a row takes more than there is in a year.
func Exceeds(d *scenarios.Draft, row scenarios.Row, of string, there quantity.Ratio) error {
	shown, _ := there.Round(quantity.Rounding{Places: 3})
	return row.Fault("value", "scenario.exceeds", of, strconv.Itoa(d.Year), shown.String())
}

// CarrierOf returns what one unit of a commodity stands for, or the fault of the row that needs it.
func CarrierOf(d *scenarios.Draft, row scenarios.Row, field, commodity string) (
	scenarios.Carrier, error) {
	carrier, ok := d.Base.Carriers[commodity]
	if ok && !carrier.EnergyPer.IsZero() {
		return carrier, nil
	}
	fault := row.Fault(field, "scenario.carrier", strconv.Itoa(d.Base.Year))
	fault.Cell = commodity
	return carrier, fault
}

// Size tells how much of a measure there is, under the row in force: what that states about cost
// holds for all there is.
func Size(d *scenarios.Draft, rows []scenarios.Row, units quantity.Ratio) {
	if row, ok := InForce(d, rows); ok {
		d.Size(row, units)
	}
}
