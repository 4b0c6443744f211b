package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// WaterSaving changes the use of water, and with it the power that lifts, cleans and heats it:
//
//	rate:  water of the year = water x product of (1 + rate/100)
//	level: water of the year = water x (1 + change/100), change led from 0; negative values save
//	power saved = water saved / 1000 L x kWh per m3
//
// A water-energy row says where the power is saved: by the sector that delivers the water (d46, the
// water works), by the one that uses it where it heats it. It counts all water saved in the sectors
// of the water rows, of its commodity or of all. More power than there is is a fault. With a cost,
// it is one for each m3 saved in the year.
type WaterSaving struct{}

const waterEnergy = "water-energy"

var waterForms = map[string]course.Form{
	"water-saving": {Commodities: course.OneOrAll, Costs: true,
		Bounds: course.Bounds{scenarios.PerYear: course.Rate, "%": waterChange}},
	waterEnergy: {Commodities: course.OneOrAll, Targets: course.Maybe(course.Electricity),
		Bounds: course.Bounds{scenarios.PerWater: course.NotNegative}},
}

// All water can be saved, at the end of a way.
var waterChange = course.Bound{Words: "≥ -100", Holds: func(n quantity.Number) bool {
	return n.Cmp(quantity.Int(-100)) >= 0
}}

// Names returns the words of the lever column.
func (WaterSaving) Names() []string { return []string{"water-saving", waterEnergy} }

// Check says what in a row does not fit.
func (WaterSaving) Check(row scenarios.Row) []table.Fault {
	return waterForms[row.Lever].Check(row)
}

// Apply changes water first and the power of it then.
func (WaterSaving) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if len(rows) == 0 {
		return nil
	}
	d.Drive()
	saving := course.Only(rows, "water-saving")
	saved := map[string]quantity.Ratio{}
	for i := range d.Water {
		use := &d.Water[i]
		before := use.Quantity
		near := func(row scenarios.Row) (int, bool) {
			return course.Distance(row, use.Sector, use.Commodity)
		}
		use.Scale(quantity.Whole(course.Index(d, course.Rates(saving), near)))
		to := course.Closest(course.Ways(saving), use.Sector, use.Commodity)
		use.Scale(course.Changed(course.Level(d, to, course.Nought)))
		use.Fold()
		less := before.Sub(use.Quantity)
		if _, ok := saved[use.Commodity]; !ok {
			saved[use.Commodity] = course.Nought
		}
		saved[use.Commodity] = saved[use.Commodity].Add(less).Lowest()
		d.Note(scenarios.MemoWaterSaved, use.Sector, use.Commodity, less)
		course.Size(d, course.Closest(saving, use.Sector, use.Commodity), course.PerTonne(less))
	}
	return savePower(d, course.Only(rows, waterEnergy), saved)
}

// savePower lowers the electricity that the saved water no longer needs.
func savePower(d *scenarios.Draft, rows []scenarios.Row, saved map[string]quantity.Ratio) error {
	for _, key := range course.KeysOf(rows) {
		row, _ := course.InForce(d, key)
		litres := course.Nought
		for commodity, less := range saved {
			if row.Commodity == commodity || row.Commodity == scenarios.All {
				litres = litres.Add(less).Lowest()
			}
		}
		kwh := course.PerTonne(litres).Mul(quantity.Whole(row.Value))
		if kwh.Numerator.IsZero() {
			continue
		}
		at := electricAt(d.Uses, row.Sector)
		there := course.SumOf(d.Uses, at, quantityOf)
		if kwh.Cmp(there) > 0 {
			return course.Exceeds(d, row, course.Electricity, there)
		}
		part := course.Over(kwh, there)
		for _, i := range at {
			take(&d.Uses[i], d.Uses[i], part.Mul(quantity.Whole(course.Hundred)))
		}
		d.Note(scenarios.MemoWaterPower, row.Sector, row.Commodity, kwh)
	}
	return nil
}

// electricAt returns where the bought electricity of a sector and everything below it stands.
func electricAt(uses []scenarios.Use, sector string) (at []int) {
	for i, use := range uses {
		_, inside := scenarios.Distance(use.Sector, sector)
		if inside && use.Commodity == course.Electricity {
			at = append(at, i)
		}
	}
	return at
}
