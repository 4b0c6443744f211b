// Package abatement tells what one measure of a scenario brings and what it costs.
package abatement

import (
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Measure is what one measure brings in a scenario and what it costs: the pathway without its
// rows, less the pathway with them. Measures that overlap share what they bring, so the figures of
// several do not add up.
type Measure struct {
	Scenario string
	Key      scenarios.Key
	Years    []Year
}

// Year is one year of a measure: energy and net CO2 that it avoids, and the money it takes more.
type Year struct {
	Year        int
	Energy, CO2 quantity.Number
	Cost        quantity.Number
	// PerTonne is yuan per t of CO2, undivided; without an answer where no CO2 is avoided.
	PerTonne quantity.Ratio
	// Unpriced are commodities whose cost is not counted.
	Unpriced []string
}

// Of projects a scenario with and without the rows of a measure.
func Of(base scenarios.Base, scenario scenarios.Scenario, levers []scenarios.Lever, horizon int,
	key scenarios.Key) (Measure, error) {
	with, err := scenarios.Project(base, scenario, levers, horizon)
	if err != nil {
		return Measure{}, err
	}
	scenario.Rows = slices.DeleteFunc(slices.Clone(scenario.Rows), func(row scenarios.Row) bool {
		return row.Key() == key
	})
	without, err := scenarios.Project(base, scenario, levers, horizon)
	if err != nil {
		return Measure{}, err
	}
	measure := Measure{Scenario: scenario.Name, Key: key}
	for i, year := range with.Years {
		other := without.Years[i]
		co2 := other.Net().Sub(year.Net())
		cost := year.Cost.Total().Sub(other.Cost.Total())
		abated := Year{Year: year.Year, Energy: other.Energy.Sub(year.Energy), CO2: co2,
			Cost: cost, Unpriced: year.Cost.Unpriced}
		if !co2.IsZero() {
			abated.PerTonne = quantity.RatioOf(cost.Mul(quantity.Int(1000)), co2)
		}
		measure.Years = append(measure.Years, abated)
	}
	return measure, nil
}

// Costed returns the keys of the rows of a scenario that state a cost.
func Costed(s scenarios.Scenario) (keys []scenarios.Key) {
	for _, row := range s.Rows {
		if !row.Cost.IsZero() && !slices.Contains(keys, row.Key()) {
			keys = append(keys, row.Key())
		}
	}
	return keys
}
