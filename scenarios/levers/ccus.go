package levers

import (
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// CCUS captures CO2 of fuels where they are burned, and takes electricity to do so:
//
//	captured    = CO2 of the use x share / 100, or so many t a year
//	CO2         = CO2 - captured
//	electricity = electricity + captured t x kWh per t, with the CO2 of bought power
//
//	ccus         % of the CO2, or tCO2 a year, led from 0
//	ccus-energy  kWh for each t captured, stored or used
//
// The CO2 of electricity and heat arises elsewhere and is not captured here. Capture comes after
// every change of the mix, and before the grid factor, which weighs its electricity. Capture from
// the burning of biomass is a sink and no part of this lever. More than there is is a fault. With a
// cost, it is one for each t captured in the year.
type CCUS struct{}

const ccusEnergy = "ccus-energy"

var ccusForms = map[string]course.Form{
	"ccus": {Commodities: course.OneOrAll, Costs: true,
		Bounds: course.Bounds{"%": course.Share, "tCO2": course.NotNegative}},
	ccusEnergy: {Commodities: course.OneOrAll,
		Bounds: course.Bounds{scenarios.PerCaptured: course.NotNegative}},
}

// elsewhere lists what is used here and emits where it is made.
var elsewhere = []string{course.Electricity, solarPower, "heat", wasteHeatID, "cooling"}

// Names returns the words of the lever column.
func (CCUS) Names() []string { return []string{"ccus", ccusEnergy} }

// Check says what in a row does not fit.
func (CCUS) Check(row scenarios.Row) []table.Fault { return ccusForms[row.Lever].Check(row) }

// Apply captures CO2.
func (CCUS) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	capture := course.Only(rows, "ccus")
	if len(capture) > 0 {
		d.Drive()
	}
	for _, key := range course.KeysOf(capture) {
		row := key[len(key)-1]
		at := course.Places(d.Uses, capture, key, row.Commodity)
		at = slices.DeleteFunc(at, func(i int) bool {
			return slices.Contains(elsewhere, d.Uses[i].Commodity)
		})
		there := course.SumOf(d.Uses, at, co2Of)
		part, err := captured(d, key, there)
		if err != nil {
			return err
		}
		if part.Numerator.IsZero() {
			continue
		}
		needed, ok := course.Holding(d, rows, ccusEnergy, row.Sector, row.Commodity)
		if !ok {
			return course.Lacks(row, ccusEnergy)
		}
		carrier, err := course.CarrierOf(d, row, "lever", course.Electricity)
		if err != nil {
			return err
		}
		for _, i := range at {
			use := &d.Uses[i]
			kg := use.CO2.Mul(part)
			use.CO2 = use.CO2.Sub(kg).Lowest()
			kwh := course.PerTonne(kg).Mul(quantity.Whole(needed.Value))
			if !kwh.Numerator.IsZero() {
				energy := kwh.Mul(quantity.Whole(carrier.EnergyPer))
				d.Gain(use.Sector, course.Electricity, energy, carrier)
			}
		}
		d.Note(scenarios.MemoCaptured, row.Sector, row.Commodity, there.Mul(part))
		course.Size(d, key, course.PerTonne(there.Mul(part)))
	}
	return nil
}

// captured returns the part of the CO2 that the rows of a key take. Rows in per cent go on from
// rows in tonnes by the part those have reached, and the other way round.
func captured(d *scenarios.Draft, key []scenarios.Row, there quantity.Ratio) (
	quantity.Ratio, error) {
	part := course.Nought
	for _, row := range key {
		covered := course.CoveredBy(d, row)
		if covered.Numerator.Sign() <= 0 {
			continue
		}
		target := course.OfHundred(quantity.Whole(row.Value))
		if row.Unit == "tCO2" {
			kg := quantity.Whole(row.Value.Mul(course.Thousand))
			if kg.Cmp(there) > 0 {
				return course.Nought, course.Exceeds(d, row, "CO2", course.PerTonne(there))
			}
			target = course.Nought
			if !kg.Numerator.IsZero() {
				target = course.Over(kg, there)
			}
		}
		part = course.Towards(part, target, covered).Lowest()
		d.Touch(row)
	}
	return part, nil
}
