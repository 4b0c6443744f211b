// Package attribution says what moved the CO2 of a pathway: which of five causes, by logarithmic
// means of its cells, and which levers, by their Shapley values. The parts sum exactly to the
// difference, as they are printed.
package attribution

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/decomposition"
)

// Causes are the five factors a cell of a year is the product of.
//
//	activity   GDP; of households the population
//	structure  the sector's driver as a part of GDP; 1 for households and where GDP as a whole is
//	           the driver
//	intensity  energy of the sector per unit of its driver
//	mix        the commodity's part in the energy of the sector
//	factor     CO2 per energy of the commodity
//
// Divisions of one group share a driver, so a shift between them shows as intensity.
func Causes() []string { return []string{"activity", "structure", "intensity", "mix", "factor"} }

// Rounding is how effects are told: whole kg, so that tonnes with three decimals sum.
var Rounding = quantity.Rounding{Places: 0, Mode: quantity.HalfEven}

// indexRounding is how multiples and their logarithms are told.
var indexRounding = quantity.Rounding{Places: 6, Mode: quantity.HalfEven}

// Part is one stretch of years taken apart.
type Part struct {
	Years []int
	// Ends looks at the first and the last year only, Chained follows every year between.
	Ends    decomposition.Change
	Chained decomposition.Chained
	// EndIndices and ChainIndices are the same as multiples; empty where CO2 is 0 in a year.
	EndIndices, ChainIndices decomposition.Indices
	// Groups sum the chained effects of the cells, in the order in which sectors are shown.
	Groups []Group
}

// Group is the effects in a group of sectors.
type Group struct {
	Sector     string
	Difference quantity.Number
	Effects    []quantity.Number
}

// Answer is a pathway taken apart: the years of the book, and those projected from the base year
// on.
type Answer struct {
	Scenario         string
	Pins             scenarios.Pins
	History, Pathway *Part
	// Left are years of the book that could not be used: their GDP stands at prices of its own, or
	// nothing says how it divides.
	Left []int
}

// Of takes a pathway apart.
func Of(p scenarios.Pathway) (Answer, error) {
	answer := Answer{Scenario: p.Scenario, Pins: p.Pins}
	var before []scenarios.Year
	for _, year := range p.Measured() {
		if year.Nominal || len(year.Cells) == 0 || len(year.Drivers) == 0 {
			answer.Left = append(answer.Left, year.Year)
			continue
		}
		before = append(before, year)
	}
	var err error
	if answer.History, err = partOf(before); err != nil {
		return answer, err
	}
	answer.Pathway, err = partOf(p.Years)
	return answer, err
}

// partOf takes a stretch of years apart; a single year is none.
func partOf(years []scenarios.Year) (*Part, error) {
	if len(years) < 2 {
		return nil, nil
	}
	aggregate, sectors := aggregateOf(years)
	part := &Part{Years: aggregate.Years}
	first, last := aggregate.Years[0], aggregate.Years[len(aggregate.Years)-1]
	var err error
	if part.Ends, err = aggregate.Between(first, last, Rounding); err != nil {
		return nil, err
	}
	if part.Chained, err = aggregate.Chain(Rounding); err != nil {
		return nil, err
	}
	part.Groups = groupsOf(part.Chained.Cells, sectors)
	for _, year := range years {
		if year.CO2.IsZero() {
			return part, nil
		}
	}
	if part.EndIndices, err = aggregate.IndexBetween(first, last, indexRounding); err != nil {
		return nil, err
	}
	part.ChainIndices, _, err = aggregate.IndexChain(indexRounding)
	return part, err
}

// place is a sector and a commodity.
type place struct{ sector, commodity string }

// aggregateOf writes years as sums of products, and the sector of each cell.
func aggregateOf(years []scenarios.Year) (decomposition.Aggregate, []string) {
	aggregate := decomposition.Aggregate{Factors: Causes()}
	tables := make([]map[place]scenarios.Cell, len(years))
	var places []place
	bare := map[place]bool{}
	known := map[place]bool{}
	for i, year := range years {
		aggregate.Years = append(aggregate.Years, year.Year)
		tables[i] = map[place]scenarios.Cell{}
		for _, cell := range year.Cells {
			at := place{cell.Sector, cell.Commodity}
			tables[i][at] = cell
			if !known[at] {
				known[at], places = true, append(places, at)
			}
			bare[at] = bare[at] || cell.Energy.IsZero() && !cell.CO2.IsZero()
		}
	}
	sectors := make([]string, len(places))
	for i, at := range places {
		sectors[i] = at.sector
		cell := decomposition.Cell{Name: at.sector + " " + at.commodity}
		for y, year := range years {
			energy := energyOf(tables[y], at.sector)
			cell.Values = append(cell.Values, factorsOf(year, tables[y][at], at.sector, energy,
				bare[at]))
		}
		aggregate.Cells = append(aggregate.Cells, cell)
	}
	return aggregate, sectors
}

func energyOf(cells map[place]scenarios.Cell, sector string) (sum quantity.Number) {
	for at, cell := range cells {
		if at.sector == sector {
			sum = sum.Add(cell.Energy)
		}
	}
	return sum
}

// factorsOf returns the five factors of a cell in a year. CO2 without energy, as a stated total
// leaves it, has no mix and no factor: all of it is told as CO2 per driver, under intensity.
func factorsOf(y scenarios.Year, c scenarios.Cell, sector string, energy quantity.Number,
	bare bool) []quantity.Ratio {
	one := quantity.Whole(quantity.Int(1))
	name := scenarios.DriverOf(sector)
	driver := y.GDP
	activity, structure := quantity.Whole(y.GDP), one
	switch name {
	case scenarios.GDP:
	case scenarios.Population:
		driver = y.Drivers[name]
		activity = quantity.Whole(driver)
	default:
		driver = y.Drivers[name]
		structure = quantity.RatioOf(driver, y.GDP)
	}
	if bare {
		return []quantity.Ratio{activity, structure, quantity.RatioOf(c.CO2, driver), one, one}
	}
	return []quantity.Ratio{activity, structure, quantity.RatioOf(energy, driver),
		quantity.RatioOf(c.Energy, energy), quantity.RatioOf(c.CO2, c.Energy)}
}

// groupsOf sums what stands in the cells, so the sums add up as the cells do.
func groupsOf(cells []decomposition.CellChange, sectors []string) (groups []Group) {
	for _, name := range scenarios.CellSectors() {
		group := Group{Sector: name, Effects: make([]quantity.Number, len(Causes()))}
		found := false
		for i, cell := range cells {
			if scenarios.GroupOf(sectors[i]) != name {
				continue
			}
			found = true
			group.Difference = group.Difference.Add(cell.Difference)
			for k, effect := range cell.Effects {
				group.Effects[k] = group.Effects[k].Add(effect)
			}
		}
		if found {
			groups = append(groups, group)
		}
	}
	return groups
}
