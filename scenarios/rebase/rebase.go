// Package rebase lays a scenario on two bases side by side: what moved on, what differs in the base
// year, and why CO2 of a year is another.
package rebase

import (
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Result is one scenario on two bases: what it stood on before and what it stands on after.
type Result struct {
	Scenario      string
	Before, After scenarios.Pins
	Moves         []scenarios.Move
	// Base lists the cells of the base year that differ, Drivers what GDP, its sectors, the
	// population and the water of that year were and are, Years every year of both pathways.
	Base    []CellChange
	Drivers []DriverChange
	Years   []YearChange
	// VerdictBefore and VerdictAfter judge CO2 with the usual band.
	VerdictBefore, VerdictAfter scenarios.Verdict
}

// DriverChange is a driver of the base year on both bases, or its water, with the days on which the
// figures were published, where they are known.
type DriverChange struct {
	Name                         string
	Before, After                quantity.Number
	PublishedBefore, PublishedAt string
}

// Water is the name of water among the drivers that changed.
const Water = "water"

// CellChange is a cell of the base year on both bases; a cell that one does not have is 0 there.
type CellChange struct {
	Sector, Commodity string
	Before, After     scenarios.Cell
}

// YearChange is the totals of a year on both bases.
type YearChange struct {
	Year                      int
	EnergyBefore, EnergyAfter quantity.Number
	CO2Before, CO2After       quantity.Number
	GDPBefore, GDPAfter       quantity.Number
	// ByUse is the part of the difference of CO2 that follows from the use of energy and its
	// factors in the base year, ByDrivers the part from GDP and population; they sum to it. Split
	// says that they are told.
	ByUse, ByDrivers                quantity.Number
	Split                           bool
	DifferenceCO2, DifferenceEnergy quantity.Number
}

// Of lays two pathways of one scenario side by side, from different bases of one year. Between
// is the scenario on the use of the base after and the drivers of the base before, nil where that
// cannot be projected:
//
//	by use = between - before,  by drivers = after - between
func Of(before scenarios.Pathway, between *scenarios.Pathway, after scenarios.Pathway) Result {
	r := Result{Scenario: after.Scenario, Before: before.Pins, After: after.Pins,
		Moves: before.Pins.Moved(after.Pins)}
	r.VerdictBefore = before.Verdict()
	r.VerdictAfter = after.Verdict()
	if len(before.Years) > 0 && len(after.Years) > 0 {
		r.Base = cellChanges(before.Years[0].Cells, after.Years[0].Cells)
		r.Drivers = driverChanges(before, after)
	}
	for _, year := range before.Years {
		at := slices.IndexFunc(after.Years, func(y scenarios.Year) bool {
			return y.Year == year.Year
		})
		if at < 0 {
			continue
		}
		now := after.Years[at]
		change := YearChange{Year: year.Year,
			EnergyBefore: year.Energy, EnergyAfter: now.Energy,
			CO2Before: year.CO2, CO2After: now.CO2, GDPBefore: year.GDP, GDPAfter: now.GDP,
			DifferenceCO2: now.CO2.Sub(year.CO2), DifferenceEnergy: now.Energy.Sub(year.Energy)}
		if between != nil {
			middle := between.Years[year.Year-before.Years[0].Year].CO2
			change.ByUse, change.ByDrivers = middle.Sub(year.CO2), now.CO2.Sub(middle)
			change.Split = true
		}
		r.Years = append(r.Years, change)
	}
	return r
}

// driverChanges lists GDP as a whole, the drivers and the water of the base year that differ, or
// whose figures were published on another day.
func driverChanges(before, after scenarios.Pathway) (changes []DriverChange) {
	old, now := before.Years[0], after.Years[0]
	note := func(name, day, today string, a, b quantity.Number) {
		if !a.Equal(b) || day != today {
			changes = append(changes, DriverChange{name, a, b, day, today})
		}
	}
	note(scenarios.GDP, "", "", old.GDP, now.GDP)
	for _, driver := range append(scenarios.GDPDrivers(), scenarios.Population) {
		note(driver, before.Vintages[driver], after.Vintages[driver], old.Drivers[driver],
			now.Drivers[driver])
	}
	note(Water, "", "", old.Water, now.Water)
	return changes
}

// cellChanges lists the cells that differ, in the order in which cells are shown.
func cellChanges(before, after []scenarios.Cell) (changes []CellChange) {
	at := map[[2]string]int{}
	note := func(cells []scenarios.Cell, into func(*CellChange, scenarios.Cell)) {
		for _, cell := range cells {
			key := [2]string{cell.Sector, cell.Commodity}
			if _, known := at[key]; !known {
				at[key] = len(changes)
				changes = append(changes, CellChange{Sector: key[0], Commodity: key[1],
					Before: scenarios.Cell{Sector: key[0], Commodity: key[1]},
					After:  scenarios.Cell{Sector: key[0], Commodity: key[1]}})
			}
			into(&changes[at[key]], cell)
		}
	}
	note(before, func(c *CellChange, cell scenarios.Cell) { c.Before = cell })
	note(after, func(c *CellChange, cell scenarios.Cell) { c.After = cell })
	changes = slices.DeleteFunc(changes, func(c CellChange) bool {
		return c.Before.Quantity.Equal(c.After.Quantity) &&
			c.Before.Energy.Equal(c.After.Energy) && c.Before.CO2.Equal(c.After.CO2)
	})
	slices.SortFunc(changes, func(a, b CellChange) int {
		return scenarios.ByPlace(a.After, b.After)
	})
	return changes
}
