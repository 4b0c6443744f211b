package scenarios

import (
	"fmt"

	"carbonledger/quantity"
)

// Year is the totals of a year, with the cells and drivers under them where it is a projected one.
// Energy is in kgce, CO2 in kg, GDP in yuan, water in its book unit.
type Year struct {
	Year             int
	Energy, CO2, GDP quantity.Number
	// Complete says that nothing is missing under the totals.
	Complete bool
	// Nominal says that GDP stands at the prices of its own year and not at those of the base year.
	Nominal bool
	Cells   []Cell
	Drivers map[string]quantity.Number
	// Water is the sum of the quantities of WaterCells.
	Water      quantity.Number
	WaterCells []Cell
	// Sinks is the kg CO2 taken up beside the uses; CO2 does not count it.
	Sinks quantity.Number
	// NonFossil is the energy from non-fossil carriers and, where GridKnown, the non-fossil part
	// of electricity.
	NonFossil quantity.Number
	GridKnown bool
	Memos     []Memo
	Cost      YearCost
}

// Net is the CO2 of the year less what sinks take up.
func (y Year) Net() quantity.Number { return y.CO2.Sub(y.Sinks) }

// EnergyPerGDP returns kgce per yuan, undivided.
func (y Year) EnergyPerGDP() quantity.Ratio { return quantity.RatioOf(y.Energy, y.GDP) }

// CO2PerGDP returns kg CO2 per yuan, undivided.
func (y Year) CO2PerGDP() quantity.Ratio { return quantity.RatioOf(y.CO2, y.GDP) }

// WaterPerGDP returns book units of water per yuan, undivided.
func (y Year) WaterPerGDP() quantity.Ratio { return quantity.RatioOf(y.Water, y.GDP) }

// NonFossilShare returns the part of energy that is not fossil, undivided.
func (y Year) NonFossilShare() quantity.Ratio { return quantity.RatioOf(y.NonFossil, y.Energy) }

// SumBy adds up the cells by what a key says: by sector, group or commodity.
func (y Year) SumBy(key func(Cell) string) map[string]Cell {
	sums := map[string]Cell{}
	for _, cell := range y.Cells {
		sum := sums[key(cell)]
		sum.Energy, sum.CO2 = sum.Energy.Add(cell.Energy), sum.CO2.Add(cell.CO2)
		sums[key(cell)] = sum
	}
	return sums
}

// check proves that totals are the sums of their parts and that no part is negative.
func (y Year) check() error {
	var energy, co2, water, gdp quantity.Number
	for _, cells := range [][]Cell{y.Cells, y.WaterCells} {
		for i := range cells {
			cell := &cells[i]
			if cell.Quantity.Sign() < 0 || cell.Energy.Sign() < 0 || cell.CO2.Sign() < 0 {
				return fmt.Errorf("%s of %s is negative in %d: %s",
					cell.Commodity, cell.Sector, y.Year, cell.Quantity)
			}
		}
	}
	for _, cell := range y.Cells {
		energy, co2 = energy.Add(cell.Energy), co2.Add(cell.CO2)
	}
	for _, cell := range y.WaterCells {
		water = water.Add(cell.Quantity)
	}
	for _, driver := range GDPDrivers() {
		gdp = gdp.Add(y.Drivers[driver])
	}
	for _, total := range []struct {
		name      string
		got, want quantity.Number
	}{{"energy", y.Energy, energy}, {"CO2", y.CO2, co2}, {"GDP", y.GDP, gdp},
		{"water", y.Water, water}} {
		if !total.got.Equal(total.want) {
			return fmt.Errorf("%s of %d is %s, and its parts sum to %s",
				total.name, y.Year, total.got, total.want)
		}
	}
	return nil
}
