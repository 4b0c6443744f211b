package engine

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strconv"

	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/table"
)

// Projection says how to project scenarios.
type Projection struct {
	Policy string
	AsOf   int
	// Area is the boundary; empty takes the one area of the book that reports GDP.
	Area          string
	Base, Horizon int
	// Only names one scenario of the file; empty takes all.
	Only string
}

// Scenarios projects the scenarios of a file from the inventory of the base year.
func (e *Engine) Scenarios(ctx context.Context, path string, how Projection) (
	[]scenarios.Pathway, error) {
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	set, faults := scenarios.Parse(filepath.Base(path), data, levers.All())
	if len(faults) > 0 {
		return nil, &Rejection{Faults: faults}
	}
	state, err := e.read(ctx, how.Policy, how.AsOf)
	if err != nil {
		return nil, err
	}
	base, err := e.base(state, how, set)
	if err != nil {
		return nil, err
	}
	names := set.Names()
	if how.Only != "" {
		names = []string{how.Only}
	}
	if len(names) == 0 {
		return nil, &Rejection{Faults: []table.Fault{{File: filepath.Base(path),
			Code: "file.empty"}}}
	}
	var pathways []scenarios.Pathway
	for _, name := range names {
		scenario, ok := set.Scenario(name)
		if !ok {
			return nil, fmt.Errorf("%s has no scenario %q; it has %v", path, name, set.Names())
		}
		pathway, err := scenarios.Project(base, scenario, levers.All(), how.Horizon)
		var fault table.Fault
		if errors.As(err, &fault) {
			return nil, &Rejection{Faults: []table.Fault{fault}}
		}
		if err != nil {
			return nil, err
		}
		pathways = append(pathways, pathway)
	}
	return pathways, nil
}

// base takes the base year from the inventory: energy use by sector and commodity, drivers, and the
// complete years before it.
func (e *Engine) base(s inventory.State, how Projection, set scenarios.Set) (
	scenarios.Base, error) {
	area, err := e.boundary(s, how)
	if err != nil {
		return scenarios.Base{}, err
	}
	pins := s.Pins()
	base := scenarios.Base{Year: how.Base, Pins: scenarios.Pins{Position: pins.Position,
		Head: pins.Head, Policy: pins.Policy, Boundary: area, Sets: pins.Sets}}
	if base.Drivers, err = driversOf(s, area, quantity.Year(how.Base)); err != nil {
		return base, err
	}
	base.Cells, base.Gaps = cellsOf(s, area, quantity.Year(how.Base))
	if len(base.Cells) == 0 {
		return base, fmt.Errorf("the book has no energy of %d in %s under %s; import it first",
			how.Base, area, how.Policy)
	}
	base.Carriers = e.carriers(s, area, how.Base, set)
	for _, year := range yearsBefore(s, how.Base) {
		if history, ok := historyOf(s, area, year); ok {
			base.History = append(base.History, history)
		}
	}
	return base, nil
}

// boundary settles the area of the projection.
func (e *Engine) boundary(s inventory.State, how Projection) (string, error) {
	if how.Area != "" {
		code, ok := e.library.Areas.Find(how.Area)
		if !ok {
			return "", fmt.Errorf("%q is not a known area; write its code or name", how.Area)
		}
		return code, nil
	}
	gdp, _ := e.library.Catalogue.ByID("gdp")
	found, err := s.Denominator(gdp, "", quantity.Year(how.Base))
	return found.Area, err
}

// driversOf looks up the GDP of the three sectors and the population.
func driversOf(s inventory.State, area string, year quantity.Period) (
	map[string]quantity.Number, error) {
	drivers := map[string]quantity.Number{}
	for _, id := range append(scenarios.GDPDrivers(), scenarios.Population) {
		commodity, ok := s.Library.Catalogue.ByID(id)
		if !ok {
			return nil, fmt.Errorf("no commodity %s", id)
		}
		found, err := s.Denominator(commodity, area, year)
		if err != nil {
			return nil, err
		}
		drivers[id] = found.Number
	}
	return drivers, nil
}

// cellsOf adds up the energy use of a year by sector and commodity.
func cellsOf(s inventory.State, area string, year quantity.Period) ([]scenarios.Cell, []string) {
	cells, order := map[[2]string]scenarios.Cell{}, [][2]string{}
	missing := map[string]int{}
	query := inventory.Query{Period: year, Measures: []inventory.Measure{inventory.Energy, "co2"},
		Where: map[inventory.Dimension]string{inventory.Area: area}}
	s.Contributions(query, func(c inventory.Contribution) {
		if c.Gap != nil {
			missing[c.Gap.Flow.Commodity+" -> "+c.Gap.To]++
			return
		}
		entity, _ := s.Book.EntityAt(c.Sum.Entity, c.Sum.Period.First)
		key := [2]string{inventory.SectorOf(entity.Industry), c.Sum.Commodity}
		cell, known := cells[key]
		if !known {
			cell, order = scenarios.Cell{Sector: key[0], Commodity: key[1]}, append(order, key)
		}
		if c.Measure == inventory.Energy {
			cell.Energy = cell.Energy.Add(c.Number)
			cell.Quantity = cell.Quantity.Add(c.Amount())
		} else {
			cell.CO2 = cell.CO2.Add(c.Number)
		}
		cells[key] = cell
	})
	list := make([]scenarios.Cell, len(order))
	for i, key := range order {
		list[i] = cells[key]
	}
	var gaps []string
	for what, n := range missing {
		gaps = append(gaps, what+": "+strconv.Itoa(n))
	}
	return list, gaps
}

// carriers works out what one unit of every commodity a switch leads to means in the base year,
// under the policy's own rules: the reading of one unit used in the area.
func (e *Engine) carriers(
	s inventory.State,
	area string,
	year int,
	set scenarios.Set,
) map[string]scenarios.Carrier {
	located := func(string, quantity.Day) (ledger.Entity, bool) {
		return ledger.Entity{ID: area, Area: area}, true
	}
	reader := ledger.NewReader(s.Policy, s.Library, located)
	carriers := map[string]scenarios.Carrier{}
	for _, name := range set.Names() {
		scenario, _ := set.Scenario(name)
		for _, row := range scenario.Rows {
			if _, ok := s.Library.Catalogue.ByID(row.To); !ok || row.To == "" {
				continue
			}
			entry := reader.Convert(ledger.Flow{Entity: area, From: ledger.Supply, To: ledger.Use,
				Commodity: row.To, Period: quantity.Year(year)}, quantity.Int(1))
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
			carriers[row.To] = carrier
		}
	}
	return carriers
}

// yearsBefore lists the years before the base that the book has energy of.
func yearsBefore(s inventory.State, base int) []int {
	first := base
	for sum := range s.Book.Sums().All() {
		if sum.From != ledger.Origin {
			first = min(first, sum.Period.Year())
		}
	}
	var years []int
	for year := first; year < base; year++ {
		years = append(years, year)
	}
	return years
}

// historyOf adds up a year before the base; it is complete where nothing is missing and GDP is
// known.
func historyOf(s inventory.State, area string, year int) (scenarios.Year, bool) {
	cells, gaps := cellsOf(s, area, quantity.Year(year))
	gdp, _ := s.Library.Catalogue.ByID("gdp")
	found, err := s.Denominator(gdp, area, quantity.Year(year))
	if len(cells) == 0 || err != nil {
		return scenarios.Year{}, false
	}
	history := scenarios.Year{Year: year, GDP: found.Number, Complete: len(gaps) == 0}
	for _, cell := range cells {
		history.Energy = history.Energy.Add(cell.Energy)
		history.CO2 = history.CO2.Add(cell.CO2)
	}
	return history, true
}
