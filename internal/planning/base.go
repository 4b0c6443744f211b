// Package planning takes the base of scenarios from the book, projects them, and says whether a
// result still stands on the book it was taken from.
//
// The base of a year is an inventory of it, cut into the divisions of GB/T 4754 that the entities
// of the book belong to, with the GDP, the population and the water of the area.
package planning

import (
	"fmt"
	"slices"
	"strconv"

	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
)

// PinsOf returns what a base taken from this state depends on.
func PinsOf(s inventory.State, area string) scenarios.Pins {
	pins := s.Pins()
	return scenarios.Pins{Position: pins.Position, Head: pins.Head, Policy: pins.Policy,
		Boundary: area, PolicyDigest: pins.PolicyDigest, Sets: pins.Sets}
}

// BaseOf takes a year from the inventory of an area: energy use by division and commodity, water,
// drivers, and the years before it. Without an area, the one that reports GDP is taken. The set
// names the commodities that scenarios lead to. Without a year, it is the one before the first that
// the set speaks about, and where the book does not have that, the last whole year of the book.
func BaseOf(s inventory.State, area string, year int, set scenarios.Set) (scenarios.Base, error) {
	if year == 0 {
		year = YearFor(s, area, set)
	}
	area, err := boundary(s, area, year)
	if err != nil {
		return scenarios.Base{}, err
	}
	base := scenarios.Base{Year: year, Pins: PinsOf(s, area), Units: map[string]string{}}
	if base.Drivers, base.Vintages, err = driversOf(s, area, quantity.Year(year)); err != nil {
		return base, err
	}
	base.Cells, base.Gaps = cellsOf(s, area, quantity.Year(year))
	if len(base.Cells) == 0 {
		return base, notThere("error.no-energy", strconv.Itoa(year), area, s.Policy.ID)
	}
	base.Water, base.WaterGaps = waterOf(s, area, quantity.Year(year))
	base.Carriers = carriers(s, area, year, set)
	for _, cell := range base.Cells {
		commodity, _ := s.Library.Catalogue.ByID(cell.Commodity)
		base.Units[cell.Commodity] = commodity.Unit.Symbol
	}
	for _, other := range yearsOf(s) {
		if other == year {
			continue
		}
		measured, left := measuredOf(s, area, other)
		switch {
		case left.Year != 0:
			base.Left = append(base.Left, left)
		case other < year:
			base.History = append(base.History, measured)
		default:
			base.Since = append(base.Since, measured)
		}
	}
	return base, nil
}

// YearFor chooses a base year for a set: the one before its rates begin, if the book has it.
func YearFor(s inventory.State, area string, set scenarios.Set) int {
	first := 0
	for _, name := range set.Names() {
		scenario, _ := set.Scenario(name)
		for _, row := range scenario.Rows {
			if row.IsRate() && (first == 0 || row.First < first) {
				first = row.First
			}
		}
	}
	if whole := wholeYears(s, area); slices.Contains(whole, first-1) || len(whole) == 0 {
		return first - 1
	}
	return Latest(s, area)
}

// Latest returns the last whole year of the book: one with energy and a GDP, which is published
// once a year is over. It is 0 where there is none.
func Latest(s inventory.State, area string) int {
	whole := wholeYears(s, area)
	if len(whole) == 0 {
		return 0
	}
	return whole[len(whole)-1]
}

func wholeYears(s inventory.State, area string) []int {
	gdp, _ := s.Library.Catalogue.ByID("gdp")
	return slices.DeleteFunc(yearsOf(s), func(year int) bool {
		code, err := boundary(s, area, year)
		if err == nil {
			_, err = s.Denominator(gdp, code, quantity.Year(year))
		}
		return err != nil
	})
}

// boundary settles the area of the projection.
func boundary(s inventory.State, area string, year int) (string, error) {
	if area != "" {
		code, ok := s.Library.Areas.Find(area)
		if !ok {
			return "", notThere("error.area", area)
		}
		return code, nil
	}
	gdp, _ := s.Library.Catalogue.ByID("gdp")
	found, err := s.Denominator(gdp, "", quantity.Year(year))
	return found.Area, err
}

// driversOf looks up the GDP of the three sectors and the population, and when they were published.
func driversOf(s inventory.State, area string, year quantity.Period) (
	map[string]quantity.Number, map[string]string, error) {
	drivers, vintages := map[string]quantity.Number{}, map[string]string{}
	for _, id := range append(scenarios.GDPDrivers(), scenarios.Population) {
		commodity, ok := s.Library.Catalogue.ByID(id)
		if !ok {
			return nil, nil, fmt.Errorf("no commodity %s", id)
		}
		found, err := s.Denominator(commodity, area, year)
		if err != nil {
			return nil, nil, err
		}
		drivers[id] = found.Number
		if found.Vintage != 0 {
			vintages[id] = found.Vintage.String()
		}
	}
	return drivers, vintages, nil
}

// tally is cells by sector and commodity, in the order in which they came.
type tally struct {
	at    map[[2]string]int
	cells []scenarios.Cell
	gaps  map[string]int
}

func newTally() *tally { return &tally{at: map[[2]string]int{}, gaps: map[string]int{}} }

// cell returns the cell of a contribution, or nil where it is a gap.
func (t *tally) cell(s inventory.State, c inventory.Contribution) *scenarios.Cell {
	if c.Gap != nil {
		t.gaps[c.Gap.Flow.Commodity+" -> "+c.Gap.To]++
		return nil
	}
	entity, _ := s.Book.EntityAt(c.Sum.Entity, c.Sum.Period.First)
	key := [2]string{scenarios.SectorOf(entity.Industry), c.Sum.Commodity}
	if _, known := t.at[key]; !known {
		t.at[key] = len(t.cells)
		t.cells = append(t.cells, scenarios.Cell{Sector: key[0], Commodity: key[1]})
	}
	return &t.cells[t.at[key]]
}

// missing names the gaps, with how often each occurs.
func (t *tally) missing() (gaps []string) {
	for what, n := range t.gaps {
		gaps = append(gaps, what+": "+strconv.Itoa(n))
	}
	slices.Sort(gaps)
	return gaps
}

// cellsOf adds up the energy use of a year by sector and commodity.
func cellsOf(s inventory.State, area string, year quantity.Period) ([]scenarios.Cell, []string) {
	energy := newTally()
	query := inventory.Query{Period: year, Measures: []inventory.Measure{inventory.Energy, "co2"},
		Where: map[inventory.Dimension]string{inventory.Area: area}}
	s.Contributions(query, func(c inventory.Contribution) {
		cell := energy.cell(s, c)
		switch {
		case cell == nil:
		case c.Measure == inventory.Energy:
			cell.Energy = cell.Energy.Add(c.Number)
			cell.Quantity = cell.Quantity.Add(c.Amount())
		default:
			cell.CO2 = cell.CO2.Add(c.Number)
		}
	})
	return energy.cells, energy.missing()
}

// waterOf adds up the water of a year by sector and commodity.
func waterOf(s inventory.State, area string, year quantity.Period) ([]scenarios.Cell, []string) {
	water := newTally()
	query := inventory.Query{Period: year, Measures: []inventory.Measure{inventory.Water},
		Where: map[inventory.Dimension]string{inventory.Area: area}}
	s.Contributions(query, func(c inventory.Contribution) {
		if cell := water.cell(s, c); cell != nil {
			cell.Quantity = cell.Quantity.Add(c.Number)
		}
	})
	return water.cells, water.missing()
}

// carriers works out what one unit of every commodity a lever leads to means in the base year,
// under the policy's own rules: the reading of one unit used in the area.
func carriers(s inventory.State, area string, year int, set scenarios.Set) (
	found map[string]scenarios.Carrier) {
	located := func(string, quantity.Day) (ledger.Entity, bool) {
		return ledger.Entity{ID: area, Area: area}, true
	}
	reader := ledger.NewReader(s.Policy, s.Library, located)
	found = map[string]scenarios.Carrier{}
	for _, id := range leadsTo(set) {
		if _, ok := s.Library.Catalogue.ByID(id); !ok {
			continue
		}
		entry := reader.Convert(ledger.Flow{Entity: area, From: ledger.Supply, To: ledger.Use,
			Commodity: id, Period: quantity.Year(year)}, quantity.Int(1))
		if len(entry.Gaps) > 0 {
			continue
		}
		var carrier scenarios.Carrier
		for _, reading := range entry.Readings {
			switch reading.To {
			case "coal-equivalent":
				carrier.EnergyPer = carrier.EnergyPer.Add(reading.Number)
			case "co2":
				carrier.CO2Per = carrier.CO2Per.Add(reading.Number)
			}
		}
		found[id] = carrier
	}
	return found
}

// leadsTo lists the commodities that the rows of a set lead to, and those that levers take without
// being told.
func leadsTo(set scenarios.Set) []string {
	ids := levers.Carriers()
	for _, name := range set.Names() {
		scenario, _ := set.Scenario(name)
		for _, row := range scenario.Rows {
			if row.To != "" && !slices.Contains(ids, row.To) {
				ids = append(ids, row.To)
			}
		}
	}
	return ids
}

// yearsOf lists the years from the first to the last that the book has figures of.
func yearsOf(s inventory.State) (years []int) {
	first, last := 0, 0
	for sum := range s.Book.Sums().All() {
		if sum.From == ledger.Origin {
			continue
		}
		year := sum.Period.Year()
		if first == 0 || year < first {
			first = year
		}
		last = max(last, year)
	}
	for year := first; year <= last && first > 0; year++ {
		years = append(years, year)
	}
	return years
}

// measuredOf adds up a year of the book beside the base year, or says why it cannot be used. Its
// GDP is nominal until deflators bring it to the prices of the base year.
func measuredOf(s inventory.State, area string, year int) (scenarios.Year, scenarios.Left) {
	period := quantity.Year(year)
	cells, gaps := cellsOf(s, area, period)
	gdp, _ := s.Library.Catalogue.ByID("gdp")
	found, err := s.Denominator(gdp, area, period)
	switch {
	case len(gaps) > 0:
		return scenarios.Year{}, scenarios.Left{Year: year, Why: scenarios.LeftGaps, What: gaps}
	case len(cells) == 0:
		return scenarios.Year{}, scenarios.Left{Year: year, Why: scenarios.LeftEnergy}
	case err != nil:
		return scenarios.Year{}, scenarios.Left{Year: year, Why: scenarios.LeftGDP}
	}
	measured := scenarios.Year{Year: year, GDP: found.Number, Complete: true, Nominal: true,
		Cells: cells}
	if drivers, _, err := driversOf(s, area, period); err == nil {
		measured.Drivers = drivers
	}
	measured.WaterCells, _ = waterOf(s, area, period)
	for _, cell := range cells {
		measured.Energy = measured.Energy.Add(cell.Energy)
		measured.CO2 = measured.CO2.Add(cell.CO2)
	}
	for _, cell := range measured.WaterCells {
		measured.Water = measured.Water.Add(cell.Quantity)
	}
	return measured, scenarios.Left{}
}
