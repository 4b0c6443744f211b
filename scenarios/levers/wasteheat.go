package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// WasteHeat uses heat that was let go, in GJ a year, instead of bought heat or of a fuel:
//
//	taken  = energy of the commodity, kgce = GJ x 10^6 kJ/GJ x kgce per kJ of waste heat
//	gained = as many GJ of waste heat, with the CO2 the policy gives it
//
// Fuel that was burned in a boiler of 80 % makes way for more of itself than the heat that comes in
// its place; the planner states what is replaced. The uses of a group give up the same part each.
// More than there is is a fault. A share in per cent is a switch to waste-heat. With a cost, it is
// one for each GJ used in the year.
type WasteHeat struct{}

const wasteHeatID = "waste-heat"

var wasteHeatForm = course.Form{Commodities: course.One, Targets: course.Maybe(wasteHeatID),
	Bounds: course.Bounds{"GJ": course.NotNegative}, Costs: true}

// Names returns the words of the lever column.
func (WasteHeat) Names() []string { return []string{wasteHeatID} }

// Check says what in a row does not fit.
func (WasteHeat) Check(row scenarios.Row) []table.Fault { return wasteHeatForm.Check(row) }

// Apply replaces heat.
func (WasteHeat) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if len(rows) > 0 {
		d.Drive()
	}
	for _, key := range course.KeysOf(rows) {
		gj := course.Level(d, key, course.Nought)
		if gj.Numerator.IsZero() {
			continue
		}
		row := key[len(key)-1]
		carrier, err := course.CarrierOf(d, row, "to", wasteHeatID)
		if err != nil {
			return err
		}
		kilojoules := gj.Mul(quantity.Whole(quantity.Int(1_000_000)))
		energy := kilojoules.Mul(quantity.Whole(carrier.EnergyPer))
		at := course.Places(d.Uses, rows, key, row.Commodity)
		there := course.SumOf(d.Uses, at, energyOf)
		if energy.Cmp(there) > 0 {
			perGJ := carrier.EnergyPer.Mul(quantity.Int(1_000_000))
			return course.Exceeds(d, row, row.Commodity, course.Over(there, quantity.Whole(perGJ)))
		}
		part := course.Over(energy, there)
		for _, i := range at {
			before := d.Uses[i]
			take(&d.Uses[i], before, part.Mul(quantity.Whole(course.Hundred)))
			d.Gain(before.Sector, wasteHeatID, before.Energy.Mul(part), carrier)
		}
		d.Note(scenarios.MemoWasteHeat, row.Sector, row.Commodity, kilojoules)
		course.Size(d, key, gj)
	}
	return nil
}

func energyOf(u scenarios.Use) quantity.Ratio   { return u.Energy }
func quantityOf(u scenarios.Use) quantity.Ratio { return u.Quantity }
func co2Of(u scenarios.Use) quantity.Ratio      { return u.CO2 }
