package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
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

var waterForms = map[string]form{
	"water-saving": {commodities: oneOrAll, costs: true,
		bounds: map[string]bound{scenarios.PerYear: aboveMinusHundred, "%": waterChange}},
	waterEnergy: {commodities: oneOrAll, targets: maybe(electricity),
		bounds: map[string]bound{scenarios.PerWater: notNegative}},
}

// All water can be saved, at the end of a way.
var waterChange = bound{"≥ -100", func(n quantity.Number) bool {
	return n.Cmp(quantity.Int(-100)) >= 0
}}

// Names returns the words of the lever column.
func (WaterSaving) Names() []string { return []string{"water-saving", waterEnergy} }

// Check says what in a row does not fit.
func (WaterSaving) Check(row scenarios.Row) []table.Fault {
	return waterForms[row.Lever].check(row)
}

// Apply changes water first and the power of it then.
func (WaterSaving) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if len(rows) == 0 {
		return nil
	}
	d.Drive()
	saving := only(rows, "water-saving")
	saved := map[string]quantity.Ratio{}
	for i := range d.Water {
		use := &d.Water[i]
		before := use.Quantity
		near := func(row scenarios.Row) (int, bool) {
			return distance(row, use.Sector, use.Commodity)
		}
		use.Scale(quantity.Whole(index(d, rates(saving), near)))
		to := closest(ways(saving), use.Sector, use.Commodity)
		use.Scale(ofHundred(quantity.Whole(hundred).Add(level(d, to, nought))))
		use.Fold()
		less := before.Sub(use.Quantity)
		if _, ok := saved[use.Commodity]; !ok {
			saved[use.Commodity] = nought
		}
		saved[use.Commodity] = saved[use.Commodity].Add(less).Lowest()
		d.Note(scenarios.MemoWaterSaved, use.Sector, use.Commodity, less)
		size(d, closest(saving, use.Sector, use.Commodity), perTonne(less))
	}
	return savePower(d, only(rows, waterEnergy), saved)
}

// savePower lowers the electricity that the saved water no longer needs.
func savePower(d *scenarios.Draft, rows []scenarios.Row, saved map[string]quantity.Ratio) error {
	for _, key := range keysOf(rows) {
		row, _ := inForce(d, key)
		litres := nought
		for commodity, less := range saved {
			if row.Commodity == commodity || row.Commodity == scenarios.All {
				litres = litres.Add(less).Lowest()
			}
		}
		kwh := perTonne(litres).Mul(quantity.Whole(row.Value))
		if kwh.Numerator.IsZero() {
			continue
		}
		at := electricAt(d.Uses, row.Sector)
		there := sumOf(d.Uses, at, quantityOf)
		if kwh.Cmp(there) > 0 {
			return exceeds(d, row, electricity, there)
		}
		part := over(kwh, there)
		for _, i := range at {
			take(&d.Uses[i], d.Uses[i], part.Mul(quantity.Whole(hundred)))
		}
		d.Note(scenarios.MemoWaterPower, row.Sector, row.Commodity, kwh)
	}
	return nil
}

// electricAt returns where the bought electricity of a sector and everything below it stands.
func electricAt(uses []scenarios.Use, sector string) (at []int) {
	for i, use := range uses {
		if _, ok := scenarios.Distance(use.Sector, sector); ok && use.Commodity == electricity {
			at = append(at, i)
		}
	}
	return at
}
