package levers

import (
	"slices"
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Remainder brings the sectors of the ledger to the totals a statistics office states: what no
// enterprise has reported becomes a cell of its own, under the commodity other-fuel.
//
//	remainder = stated total - sum of the cells at and below the sector, for energy and for CO2
//
//	total-energy  tce of a sector in a year
//	total-co2     tCO2 of the same sector and year
//
// The row stands at a sector with cells; all stands for the whole district, whose remainder is
// other. A total below what the ledger holds is a fault. Years before the base year that have no
// totals of their own are left out of history, as they would lack what the base year has.
type Remainder struct{}

const (
	totalEnergy = "total-energy"
	totalCO2    = "total-co2"
	otherFuel   = "other-fuel"
)

var remainderForms = map[string]course.Form{
	totalEnergy: {Sectors: groupsAndAll(), Bounds: course.Bounds{"tce": course.NotNegative}},
	totalCO2:    {Sectors: groupsAndAll(), Bounds: course.Bounds{"tCO2": course.NotNegative}},
}

func groupsAndAll() []string {
	return append([]string{scenarios.All}, scenarios.CellSectors()...)
}

// Names returns the words of the lever column.
func (Remainder) Names() []string { return []string{totalEnergy, totalCO2} }

// Check says what in a row does not fit.
func (Remainder) Check(row scenarios.Row) []table.Fault {
	return remainderForms[row.Lever].Check(row)
}

// Apply changes nothing: the base is complete by then.
func (Remainder) Apply(*scenarios.Draft, []scenarios.Row) error { return nil }

// Complete adds the remainders to the base year and to the years before it.
func (Remainder) Complete(base *scenarios.Base, rows []scenarios.Row) ([]scenarios.Row, error) {
	if len(rows) == 0 {
		return nil, nil
	}
	cells, said, err := completed(base.Cells, rows, base.Year)
	if err != nil {
		return nil, err
	}
	if len(said) == 0 {
		return nil, rows[0].Fault("year", "scenario.start", rows[0].Lever, strconv.Itoa(base.Year))
	}
	base.Cells = cells
	for _, years := range []*[]scenarios.Year{&base.History, &base.Since} {
		more, err := completedYears(base, years, rows)
		if err != nil {
			return nil, err
		}
		said = append(said, more...)
	}
	return said, nil
}

// completedYears adds the remainders to other years of the book; a year without a stated total is
// left out.
func completedYears(base *scenarios.Base, years *[]scenarios.Year, rows []scenarios.Row) (
	said []scenarios.Row, err error) {
	var kept []scenarios.Year
	for _, year := range *years {
		cells, more, err := completed(year.Cells, rows, year.Year)
		if err != nil {
			return nil, err
		}
		if len(more) == 0 || len(year.Cells) == 0 {
			base.Left = append(slices.Clone(base.Left),
				scenarios.Left{Year: year.Year, Why: scenarios.LeftTotals})
			continue
		}
		year.Cells, year.Energy, year.CO2 = cells, quantity.Number{}, quantity.Number{}
		for _, cell := range cells {
			year.Energy, year.CO2 = year.Energy.Add(cell.Energy), year.CO2.Add(cell.CO2)
		}
		kept, said = append(kept, year), append(said, more...)
	}
	*years = kept
	return said, nil
}

// completed adds the remainders of a year to its cells, sectors below before sectors above.
func completed(cells []scenarios.Cell, rows []scenarios.Row, year int) (
	[]scenarios.Cell, []scenarios.Row, error) {
	cells = slices.Clone(cells)
	var said []scenarios.Row
	energies, co2s := course.Only(rows, totalEnergy), course.Only(rows, totalCO2)
	slices.SortStableFunc(energies, func(a, b scenarios.Row) int {
		return boolOrder(a.Sector == scenarios.All, b.Sector == scenarios.All)
	})
	for _, row := range energies {
		if year < row.First || year > row.Last {
			continue
		}
		at := slices.IndexFunc(co2s, func(r scenarios.Row) bool {
			return r.Sector == row.Sector && r.First <= year && year <= r.Last
		})
		if at < 0 {
			return nil, nil, course.Lacks(row, totalCO2)
		}
		var err error
		if cells, err = withRest(cells, row, co2s[at], year); err != nil {
			return nil, nil, err
		}
		said = append(said, row, co2s[at])
	}
	return cells, said, nil
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// withRest adds the cell that is missing under a sector.
func withRest(cells []scenarios.Cell, energy, co2 scenarios.Row, year int) (
	[]scenarios.Cell, error) {
	restEnergy, restCO2 := energy.Value.Mul(course.Thousand), co2.Value.Mul(course.Thousand)
	for _, cell := range cells {
		if _, inside := scenarios.Distance(cell.Sector, energy.Sector); inside {
			restEnergy, restCO2 = restEnergy.Sub(cell.Energy), restCO2.Sub(cell.CO2)
		}
	}
	for _, rest := range []struct {
		row  scenarios.Row
		left quantity.Number
	}{{energy, restEnergy}, {co2, restCO2}} {
		if rest.left.Sign() < 0 {
			held := rest.row.Value.Mul(course.Thousand).Sub(rest.left)
			there := quantity.RatioOf(held, course.Thousand)
			shown, _ := there.Round(quantity.Rounding{Places: 3})
			return nil, rest.row.Fault("value", "scenario.total", rest.row.Sector,
				strconv.Itoa(year), shown.String())
		}
	}
	sector := energy.Sector
	if sector == scenarios.All {
		sector = scenarios.Other
	}
	at := slices.IndexFunc(cells, func(c scenarios.Cell) bool {
		return c.Sector == sector && c.Commodity == otherFuel
	})
	if at < 0 {
		cells = append(cells, scenarios.Cell{Sector: sector, Commodity: otherFuel})
		at = len(cells) - 1
	}
	cell := &cells[at]
	// The book unit of other-fuel is the kgce.
	cell.Quantity, cell.Energy = cell.Quantity.Add(restEnergy), cell.Energy.Add(restEnergy)
	cell.CO2 = cell.CO2.Add(restCO2)
	return cells, nil
}
