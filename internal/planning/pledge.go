package planning

import (
	"maps"

	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/pledges"
)

// Promised is a roll-up and how the pledges stand.
type Promised struct {
	Rollup pledges.Rollup
	// Year is the year tested; 0 where no entity with pledges has reported one after the base year.
	Year  int
	Tests []pledges.Test
}

// Pledges adds up the pledges of a set to the district and tests them on a year; 0 takes the latest
// that any of those who pledged has reported. Plan is the set the scenario of the district is in.
func Pledges(s inventory.State, plan, pledged scenarios.Set, how Question, year int) (
	Promised, error) {
	if how.Base == 0 && len(plan.Names()) == 0 {
		how.Base = YearFor(s, how.Area, pledged)
	}
	base, err := BaseOf(s, how.Area, how.Base, plan)
	if err != nil {
		return Promised{}, err
	}
	more := carriers(s, base.Pins.Boundary, base.Year, pledged)
	maps.Copy(base.Carriers, more)
	scenario := scenarios.Scenario{}
	if how.Only != "" {
		if scenario, err = Named(plan, how.Only); err != nil {
			return Promised{}, err
		}
	}
	parts := partsOf(s, base.Pins.Boundary, base.Year, pledged)
	rollup, err := pledges.Of(pledges.Ground{District: base, Parts: parts, Plan: scenario,
		Pledges: pledged, Levers: levers.All(), Horizon: how.Horizon})
	if err != nil {
		return Promised{}, err
	}
	promised := Promised{Rollup: rollup, Year: year}
	for at := base.Year + 1; year == 0 && at <= how.Horizon; at++ {
		if len(partsOf(s, base.Pins.Boundary, at, pledged)) > 0 {
			promised.Year = at
		}
	}
	actual := map[string]pledges.Part{}
	if promised.Year != 0 {
		actual = partsOf(s, base.Pins.Boundary, promised.Year, pledged)
	}
	promised.Tests = rollup.Tests(actual, parts, pledged, promised.Year)
	return promised, nil
}

// partsOf adds up what the entities with pledges report of a year, as cellsOf and waterOf do for
// all.
func partsOf(s inventory.State, area string, year int, pledged scenarios.Set) (
	parts map[string]pledges.Part) {
	cells, water := map[string]*tally{}, map[string]*tally{}
	days := map[string]map[quantity.Day]bool{}
	for _, name := range pledged.Names() {
		cells[name], water[name] = newTally(), newTally()
		days[name] = map[quantity.Day]bool{}
	}
	query := inventory.Query{Period: quantity.Year(year),
		Measures: []inventory.Measure{inventory.Energy, "co2", inventory.Water},
		Where:    map[inventory.Dimension]string{inventory.Area: area}}
	s.Contributions(query, func(c inventory.Contribution) {
		into := cells[c.Sum.Entity]
		if c.Measure == inventory.Water {
			into = water[c.Sum.Entity]
		}
		if into == nil {
			return
		}
		cell := into.cell(s, c)
		if cell == nil {
			return
		}
		switch c.Measure {
		case inventory.Energy:
			cell.Energy = cell.Energy.Add(c.Number)
			cell.Quantity = cell.Quantity.Add(c.Amount())
			for day := c.Sum.Period.First; day < c.Sum.Period.End; day++ {
				days[c.Sum.Entity][day] = true
			}
		case inventory.Water:
			cell.Quantity = cell.Quantity.Add(c.Number)
		default:
			cell.CO2 = cell.CO2.Add(c.Number)
		}
	})
	parts = map[string]pledges.Part{}
	for name, tally := range cells {
		if len(tally.cells) > 0 {
			parts[name] = pledges.Part{Cells: tally.cells, Water: water[name].cells,
				Days: len(days[name])}
		}
	}
	return parts
}
