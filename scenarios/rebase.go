package scenarios

import (
	"slices"

	"carbonledger/quantity"
)

// Rebased is one scenario on two bases: what it stood on before and what it stands on after.
type Rebased struct {
	Scenario      string
	Before, After Pins
	Moves         []Move
	// Base lists the cells of the base year that differ, Years every year of both pathways.
	Base  []CellChange
	Years []YearChange
	// VerdictBefore and VerdictAfter judge CO2 with the usual band.
	VerdictBefore, VerdictAfter Verdict
}

// CellChange is a cell of the base year on both bases; a cell that one does not have is 0 there.
type CellChange struct {
	Sector, Commodity string
	Before, After     Cell
}

// YearChange is the totals of a year on both bases.
type YearChange struct {
	Year                            int
	EnergyBefore, EnergyAfter       quantity.Number
	CO2Before, CO2After             quantity.Number
	GDPBefore, GDPAfter             quantity.Number
	DifferenceCO2, DifferenceEnergy quantity.Number
}

// Rebase lays two pathways of one scenario side by side, from different bases of one year.
func Rebase(before, after Pathway) Rebased {
	r := Rebased{Scenario: after.Scenario, Before: before.Pins, After: after.Pins,
		Moves: before.Pins.Moved(after.Pins)}
	r.VerdictBefore = before.Verdict()
	r.VerdictAfter = after.Verdict()
	if len(before.Years) > 0 && len(after.Years) > 0 {
		r.Base = cellChanges(before.Years[0].Cells, after.Years[0].Cells)
	}
	for _, year := range before.Years {
		at := slices.IndexFunc(after.Years, func(y Year) bool { return y.Year == year.Year })
		if at < 0 {
			continue
		}
		now := after.Years[at]
		r.Years = append(r.Years, YearChange{Year: year.Year,
			EnergyBefore: year.Energy, EnergyAfter: now.Energy,
			CO2Before: year.CO2, CO2After: now.CO2, GDPBefore: year.GDP, GDPAfter: now.GDP,
			DifferenceCO2: now.CO2.Sub(year.CO2), DifferenceEnergy: now.Energy.Sub(year.Energy)})
	}
	return r
}

func co2Of(y Year) quantity.Number { return y.CO2 }

// cellChanges lists the cells that differ, in the order in which cells are shown.
func cellChanges(before, after []Cell) (changes []CellChange) {
	at := map[[2]string]int{}
	note := func(cells []Cell, into func(*CellChange, Cell)) {
		for _, cell := range cells {
			key := [2]string{cell.Sector, cell.Commodity}
			if _, known := at[key]; !known {
				at[key] = len(changes)
				changes = append(changes, CellChange{Sector: key[0], Commodity: key[1],
					Before: Cell{Sector: key[0], Commodity: key[1]},
					After:  Cell{Sector: key[0], Commodity: key[1]}})
			}
			into(&changes[at[key]], cell)
		}
	}
	note(before, func(c *CellChange, cell Cell) { c.Before = cell })
	note(after, func(c *CellChange, cell Cell) { c.After = cell })
	changes = slices.DeleteFunc(changes, func(c CellChange) bool {
		return c.Before.Quantity.Equal(c.After.Quantity) &&
			c.Before.Energy.Equal(c.After.Energy) && c.Before.CO2.Equal(c.After.CO2)
	})
	slices.SortFunc(changes, func(a, b CellChange) int { return byPlace(a.After, b.After) })
	return changes
}
