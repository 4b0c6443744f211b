// Package scenarios holds what a planner assumes about the years to come and what follows from it.
//
// A Base is the energy use and the economy of one year, taken from the ledger at a sealed
// position. A Scenario is a list of rows, each an assumption with its source. A Lever is a kind of
// assumption: growth, structure, efficiency, switch, grid factor and others. Projecting a scenario
// from a base gives a Pathway, year by year; its Peak is a verdict; several pathways make a
// Comparison. A year in the making is a Draft.
//
// Every figure of a pathway is exact: a cell of a year is one fraction, rounded once, and only
// where its decimals do not end. Totals are the sums of the cells under them, and no cell is
// negative.
package scenarios

import (
	"cmp"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"

	"carbonledger/quantity"
)

// Base is the year scenarios start from.
type Base struct {
	Pins Pins
	Year int
	// Cells hold the energy use of the year by sector and commodity, each pair at most once.
	Cells []Cell
	// Water holds the use of water in the same way; only the quantity counts.
	Water []Cell
	// Carriers hold, for every commodity a switch may lead to, what one book unit of it stands for.
	Carriers map[string]Carrier
	// Units hold the book unit of commodities, so that a price in another one is noticed.
	Units map[string]string
	// Drivers hold the GDP of the three sectors in yuan and the population in persons; Vintages the
	// day on which each was published, where it is known.
	Drivers  map[string]quantity.Number
	Vintages map[string]string
	// History holds the years before, in order, and Since the years after the base year that the
	// book already has. Left names those it has and that cannot be used.
	History, Since []Year
	Left           []Left
	// Gaps say what is missing under the figures; they are shown with every result. WaterGaps say
	// the same of water.
	Gaps, WaterGaps []string
}

// Cell is the use of one commodity by one sector in one year: in book units, in kgce, and the CO2
// it causes in kg.
type Cell struct {
	Sector, Commodity     string
	Quantity, Energy, CO2 quantity.Number
}

// Carrier is what one book unit of a commodity stands for in the base year: kgce and kg CO2.
type Carrier struct {
	EnergyPer, CO2Per quantity.Number
}

// Check says everything that keeps a base from being projected.
func (b Base) Check() error {
	faults := b.checkFactors()
	for _, cells := range [][]Cell{b.Cells, b.Water} {
		seen := map[[2]string]bool{}
		for _, cell := range cells {
			if err := b.checkCell(cell); err != nil {
				faults = append(faults, err)
			}
			pair := [2]string{cell.Sector, cell.Commodity}
			if seen[pair] {
				faults = append(faults, b.fault("%s of %s stands twice; add the two up",
					cell.Commodity, cell.Sector))
			}
			seen[pair] = true
		}
	}
	for i, year := range b.Since {
		if year.Year <= b.Year || i > 0 && year.Year <= b.Since[i-1].Year {
			faults = append(faults, b.fault("year %d since is out of order", year.Year))
		}
	}
	for i, year := range b.History {
		if year.Year >= b.Year || i > 0 && year.Year <= b.History[i-1].Year {
			faults = append(faults, b.fault("history year %d is out of order", year.Year))
		}
	}
	return errors.Join(faults...)
}

func (b Base) fault(format string, args ...any) error {
	return fmt.Errorf("base %d: "+format, append([]any{b.Year}, args...)...)
}

// checkFactors asks for the GDP of all three sectors, and for nothing below zero.
func (b Base) checkFactors() (faults []error) {
	for _, driver := range GDPDrivers() {
		if _, ok := b.Drivers[driver]; !ok {
			faults = append(faults, b.fault(
				"%s is missing; give it, or 0 where there is no such sector", driver))
		}
	}
	for driver, value := range sorted(b.Drivers) {
		if value.Sign() < 0 {
			faults = append(faults, b.fault("%s is negative: %s", driver, value))
		}
	}
	for id, carrier := range sorted(b.Carriers) {
		if carrier.EnergyPer.Sign() < 0 || carrier.CO2Per.Sign() < 0 {
			faults = append(faults, b.fault("a factor of carrier %s is negative", id))
		}
	}
	return faults
}

// checkCell asks for a known sector, for figures that are not negative, and for a driver: what a
// sector uses is told from the driver's change, and nothing changes in proportion to 0.
func (b Base) checkCell(cell Cell) error {
	driver := DriverOf(cell.Sector)
	switch {
	case driver == "":
		return b.fault("%q is not a sector with cells; write one of %v or a code such as c37",
			cell.Sector, CellSectors())
	case cell.Commodity == "":
		return b.fault("a cell of %s names no commodity", cell.Sector)
	}
	used := false
	for _, figure := range []quantity.Number{cell.Quantity, cell.Energy, cell.CO2} {
		if figure.Sign() < 0 {
			return b.fault("%s of %s is negative: %s", cell.Commodity, cell.Sector, figure)
		}
		used = used || !figure.IsZero()
	}
	if used && b.driver(driver).IsZero() {
		return b.fault("%s uses %s and its driver %s is 0 or missing; give the driver",
			cell.Sector, cell.Commodity, driver)
	}
	return nil
}

// driver returns a driver of the base year, GDP as the sum of its parts.
func (b Base) driver(name string) quantity.Number { return driverIn(b.Drivers, name) }

func driverIn(drivers map[string]quantity.Number, name string) quantity.Number {
	if name != GDP {
		return drivers[name]
	}
	var gdp quantity.Number
	for _, part := range GDPDrivers() {
		gdp = gdp.Add(drivers[part])
	}
	return gdp
}

// ByPlace orders cells by sector as shown, then by commodity.
func ByPlace(a, b Cell) int {
	return cmp.Or(bySector(a.Sector, b.Sector), cmp.Compare(a.Commodity, b.Commodity))
}

// sorted walks a map in the order of its keys.
func sorted[V any](m map[string]V) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for _, key := range slices.Sorted(maps.Keys(m)) {
			if !yield(key, m[key]) {
				return
			}
		}
	}
}
