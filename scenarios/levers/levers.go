// Package levers holds the kinds of assumption a scenario can make, one file each.
//
// The order of All is the order in which they are applied, and it matters. First comes what moves
// the service of a sector, then what changes the energy a service takes, then what replaces one
// carrier by another, each finding what the one before has left, then what weighs the electricity
// there is after that, and at the end what stands beside the totals. The order of the rows in a
// file does not matter.
package levers

import (
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
)

// All returns every lever in the order of application.
func All() []scenarios.Lever {
	return []scenarios.Lever{
		Remainder{},                                               // the base
		Growth{}, Structure{}, FloorArea{}, Demand{}, OutputCap{}, // the service
		Efficiency{}, Retrofit{}, // the intensity
		ModalShift{}, Vehicles{}, Switch{}, WasteHeat{}, WaterSaving{}, Solar{}, CCUS{}, // the mix
		GridFactor{}, NonFossil{}, // the factor
		GreenPower{}, Sinks{}, Prices{}, Deflator{}, // beside the totals
	}
}

// Beside returns the first words of the levers that stand beside the totals: they never move gross
// CO2.
func Beside() (words []string) {
	for _, lever := range []scenarios.Lever{GreenPower{}, Sinks{}, Prices{}, Deflator{}} {
		words = append(words, lever.Names()[0])
	}
	return words
}

// Carriers returns the commodities that levers lead to without a row naming them.
func Carriers() []string {
	return []string{course.Electricity, solarPower, wasteHeatID, "heat", "hydrogen", "biomass"}
}
