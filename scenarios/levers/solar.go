package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Solar puts power on roofs, beyond what there was in the base year. What is used on the spot
// displaces bought electricity; the surplus is exported and lowers no figure here.
//
//	generated = kW x hours
//	used      = the smaller of generated x self-use / 100 and the electricity of the sector
//	exported  = generated - used
//	electricity = electricity - used;  solar electricity = solar electricity + used
//
//	solar           kW of new capacity, led from 0 (MW too)
//	solar-hours     hours at full load in a year
//	solar-self-use  % of the power that is used on the spot
//
// The uses of a group share what is used in proportion to their electricity. With a cost, it is one
// for each kW.
type Solar struct{}

const (
	solarHours   = "solar-hours"
	solarSelfUse = "solar-self-use"
	solarPower   = "electricity-solar"
)

// A year has 8760 hours, a leap year 24 more.
var hoursOfYear = course.Bound{Words: "0 … 8784", Holds: func(n quantity.Number) bool {
	return n.Sign() >= 0 && n.Cmp(quantity.Int(8784)) <= 0
}}

var solarForms = map[string]course.Form{
	"solar": {Costs: true,
		Bounds: course.Bounds{"kW": course.NotNegative, "MW": course.NotNegative}},
	solarHours:   {Bounds: course.Bounds{scenarios.HoursPerYear: hoursOfYear}},
	solarSelfUse: {Bounds: course.Bounds{"%": course.Share}},
}

// Names returns the words of the lever column.
func (Solar) Names() []string { return []string{"solar", solarHours, solarSelfUse} }

// Check says what in a row does not fit.
func (Solar) Check(row scenarios.Row) []table.Fault { return solarForms[row.Lever].Check(row) }

// Apply displaces electricity.
func (Solar) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	capacities := course.Only(rows, "solar")
	if len(capacities) > 0 {
		d.Drive()
	}
	for _, key := range course.KeysOf(capacities) {
		row := key[len(key)-1]
		capacity := course.Level(d, inKW(key), course.Nought)
		if capacity.Numerator.IsZero() {
			continue
		}
		hours, ok := course.Holding(d, rows, solarHours, row.Sector, "")
		if !ok {
			return course.Lacks(row, solarHours)
		}
		selfUse := course.Closest(course.Only(rows, solarSelfUse), row.Sector, "")
		if len(selfUse) == 0 {
			return course.Lacks(row, solarSelfUse)
		}
		generated := capacity.Mul(quantity.Whole(hours.Value))
		used := generated.Mul(course.OfHundred(course.Standing(d, selfUse, course.Nought)))
		used, err := displace(d, capacities, key, used)
		if err != nil {
			return err
		}
		d.Note(scenarios.MemoSolarGenerated, row.Sector, solarPower, generated)
		d.Note(scenarios.MemoSolarExported, row.Sector, solarPower, generated.Sub(used))
		course.Size(d, key, capacity)
	}
	return nil
}

// displace puts solar power in the place of bought electricity and returns how much of it.
func displace(d *scenarios.Draft, rows, key []scenarios.Row, used quantity.Ratio) (
	quantity.Ratio, error) {
	carrier, err := course.CarrierOf(d, key[0], "lever", solarPower)
	if err != nil {
		return used, err
	}
	at := course.Places(d.Uses, rows, key, course.Electricity)
	there := course.SumOf(d.Uses, at, quantityOf)
	if used.Cmp(there) > 0 {
		used = there
	}
	if used.Numerator.IsZero() {
		return used, nil
	}
	part := course.Over(used, there)
	for _, i := range at {
		before := d.Uses[i]
		take(&d.Uses[i], before, part.Mul(quantity.Whole(course.Hundred)))
		kwh := before.Quantity.Mul(part)
		d.Gain(before.Sector, solarPower, kwh.Mul(quantity.Whole(carrier.EnergyPer)), carrier)
	}
	return used, nil
}

// inKW returns rows whose capacity is in kW.
func inKW(rows []scenarios.Row) []scenarios.Row {
	in := make([]scenarios.Row, len(rows))
	for i, row := range rows {
		if in[i] = row; row.Unit == "MW" {
			in[i].Value = row.Value.Mul(course.Thousand)
		}
	}
	return in
}
