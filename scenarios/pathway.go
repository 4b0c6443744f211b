package scenarios

import (
	"fmt"
	"slices"

	"carbonledger/quantity"
)

// Pathway is what follows from a scenario, year by year, beside the years that were.
type Pathway struct {
	Scenario string
	Lineage  []string
	Pins     Pins
	// History holds the complete years before the base year; Years begin with the base year.
	History, Years []Year
	// Idle holds the rows that had no say in any year: the scenario names a use that the base does
	// not have, a nearer row speaks instead, or the years lie outside the pathway.
	Idle []Row
	Gaps []string
}

// Year is the totals of a year, with the cells and drivers under them where it is a projected one.
// Energy is in kgce, CO2 in kg, GDP in yuan.
type Year struct {
	Year             int
	Energy, CO2, GDP quantity.Number
	// Complete says that nothing is missing under the totals.
	Complete bool
	Cells    []Cell
	Drivers  map[string]quantity.Number
}

// EnergyPerGDP returns kgce per yuan, undivided.
func (y Year) EnergyPerGDP() quantity.Ratio { return quantity.RatioOf(y.Energy, y.GDP) }

// CO2PerGDP returns kg CO2 per yuan, undivided.
func (y Year) CO2PerGDP() quantity.Ratio { return quantity.RatioOf(y.CO2, y.GDP) }

// horizonMax is how many years a pathway may reach; beyond it Project returns an error. From any
// base since 2005 it holds 2060, the year of China's neutrality target, and every year more adds
// digits to exact figures.
const horizonMax = 60

// Project applies a scenario to a base, for every year from the base year to the horizon. A row
// that the base cannot follow (a switch of more than everything, a commodity without factors) is
// returned as a table.Fault.
func Project(base Base, scenario Scenario, levers []Lever, horizon int) (Pathway, error) {
	if err := base.Check(); err != nil {
		return Pathway{}, err
	}
	if horizon < base.Year || horizon > base.Year+horizonMax {
		return Pathway{}, fmt.Errorf("horizon %d: not between the base year %d and %d",
			horizon, base.Year, base.Year+horizonMax)
	}
	base.Cells = slices.Clone(base.Cells)
	slices.SortFunc(base.Cells, byPlace)
	pathway := Pathway{Scenario: scenario.Name, Lineage: scenario.Lineage,
		Pins: base.Pins, Gaps: base.Gaps}
	for _, year := range base.History {
		if year.Complete {
			pathway.History = append(pathway.History, year)
		}
	}
	touched := map[int]bool{}
	for year := base.Year; year <= horizon; year++ {
		draft := newDraft(&base, year)
		draft.touched = touched
		for _, lever := range levers {
			if err := lever.Apply(draft, rowsOf(lever, scenario.Rows)); err != nil {
				return Pathway{}, err
			}
		}
		pathway.Years = append(pathway.Years, draft.settle())
	}
	for _, row := range scenario.Rows {
		if !touched[row.Line] {
			pathway.Idle = append(pathway.Idle, row)
		}
	}
	return pathway, pathway.Check()
}

// rowsOf returns the rows a lever answers to.
func rowsOf(lever Lever, rows []Row) (own []Row) {
	for _, row := range rows {
		if slices.Contains(lever.Names(), row.Lever) {
			own = append(own, row)
		}
	}
	return own
}

// Check proves the invariants: totals are the sums of the cells and drivers under them, no figure
// is negative, and no year is left out.
func (p Pathway) Check() error {
	for i, year := range p.Years {
		if year.Year != p.Years[0].Year+i {
			return fmt.Errorf("pathway %s: year %d follows %d",
				p.Scenario, year.Year, p.Years[i-1].Year)
		}
		var energy, co2, gdp quantity.Number
		for _, cell := range year.Cells {
			if cell.Quantity.Sign() < 0 || cell.Energy.Sign() < 0 || cell.CO2.Sign() < 0 {
				return fmt.Errorf("pathway %s: %s of %s is negative in %d: %s",
					p.Scenario, cell.Commodity, cell.Sector, year.Year, cell.Quantity)
			}
			energy, co2 = energy.Add(cell.Energy), co2.Add(cell.CO2)
		}
		for _, driver := range GDPDrivers() {
			gdp = gdp.Add(year.Drivers[driver])
		}
		for _, total := range []struct {
			name      string
			got, want quantity.Number
		}{{"energy", year.Energy, energy}, {"CO2", year.CO2, co2}, {"GDP", year.GDP, gdp}} {
			if !total.got.Equal(total.want) {
				return fmt.Errorf("pathway %s: %s of %d is %s, and its parts sum to %s",
					p.Scenario, total.name, year.Year, total.got, total.want)
			}
		}
	}
	return nil
}

// Points returns one figure over all years, history first, as Peak takes it.
func (p Pathway) Points(figure func(Year) quantity.Number) []Point {
	var points []Point
	for _, year := range p.History {
		points = append(points, Point{year.Year, figure(year), true})
	}
	for i, year := range p.Years {
		// The base year is the last that was measured.
		points = append(points, Point{year.Year, figure(year), i == 0})
	}
	return points
}
