package levers

import (
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
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

var ccusForms = map[string]form{
	"ccus": {commodities: oneOrAll, costs: true,
		bounds: map[string]bound{"%": share, "tCO2": notNegative}},
	ccusEnergy: {commodities: oneOrAll,
		bounds: map[string]bound{scenarios.PerCaptured: notNegative}},
}

// elsewhere lists what is used here and emits where it is made.
var elsewhere = []string{electricity, solarPower, "heat", wasteHeatID, "cooling"}

// Names returns the words of the lever column.
func (CCUS) Names() []string { return []string{"ccus", ccusEnergy} }

// Check says what in a row does not fit.
func (CCUS) Check(row scenarios.Row) []table.Fault { return ccusForms[row.Lever].check(row) }

// Apply captures CO2.
func (CCUS) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	capture := only(rows, "ccus")
	if len(capture) > 0 {
		d.Drive()
	}
	for _, key := range keysOf(capture) {
		row := key[len(key)-1]
		at := slices.DeleteFunc(places(d.Uses, capture, key, row.Commodity), func(i int) bool {
			return slices.Contains(elsewhere, d.Uses[i].Commodity)
		})
		there := sumOf(d.Uses, at, co2Of)
		part, err := captured(d, key, there)
		if err != nil {
			return err
		}
		if part.Numerator.IsZero() {
			continue
		}
		needed, ok := inForce(d, closest(only(rows, ccusEnergy), row.Sector, row.Commodity))
		if !ok {
			return lacks(row, ccusEnergy)
		}
		carrier, err := carrierOf(d, row, "lever", electricity)
		if err != nil {
			return err
		}
		for _, i := range at {
			use := &d.Uses[i]
			kg := use.CO2.Mul(part)
			use.CO2 = use.CO2.Sub(kg).Lowest()
			kwh := perTonne(kg).Mul(quantity.Whole(needed.Value))
			if !kwh.Numerator.IsZero() {
				d.Gain(use.Sector, electricity, kwh.Mul(quantity.Whole(carrier.EnergyPer)), carrier)
			}
		}
		d.Note(scenarios.MemoCaptured, row.Sector, row.Commodity, there.Mul(part))
		size(d, key, perTonne(there.Mul(part)))
	}
	return nil
}

// captured returns the part of the CO2 that the rows of a key take. Rows in per cent go on from
// rows in tonnes by the part those have reached, and the other way round.
func captured(d *scenarios.Draft, key []scenarios.Row, there quantity.Ratio) (
	quantity.Ratio, error) {
	part := nought
	for _, row := range key {
		covered := coveredBy(d, row)
		if covered.Numerator.Sign() <= 0 {
			continue
		}
		target := ofHundred(quantity.Whole(row.Value))
		if row.Unit == "tCO2" {
			kg := quantity.Whole(row.Value.Mul(thousand))
			if kg.Cmp(there) > 0 {
				return nought, exceeds(d, row, "CO2", perTonne(there))
			}
			target = nought
			if !kg.Numerator.IsZero() {
				target = over(kg, there)
			}
		}
		part = towards(part, target, covered).Lowest()
		d.Touch(row)
	}
	return part, nil
}
