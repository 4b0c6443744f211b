package levers

import (
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Growth changes a driver by a yearly rate: the GDP of a sector, or the population for residential.
//
//	driver of the year = driver of the base year x product of (1 + rate/100)
//
// A row for all sets the GDP of the three sectors and leaves the population alone; a row for one
// sector goes before it. Rows of population are part of it: see population.go.
type Growth struct{}

var growthForm = course.Form{
	Sectors: []string{scenarios.All, scenarios.Primary, scenarios.Secondary, scenarios.Tertiary,
		scenarios.Residential},
	Bounds: course.Bounds{scenarios.PerYear: course.Rate},
}

// Names returns the words of the lever column.
func (Growth) Names() []string { return []string{"growth", population} }

// Check says what in a row does not fit.
func (Growth) Check(row scenarios.Row) []table.Fault {
	if row.Lever == population {
		return populationForm.Check(row)
	}
	return growthForm.Check(row)
}

// Apply moves the drivers.
func (Growth) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	for sector, driver := range gdpOf {
		growth := course.Index(d, course.Only(rows, "growth"), func(row scenarios.Row) (int, bool) {
			return scenarios.Distance(sector, row.Sector)
		})
		d.Drivers[driver] = d.Drivers[driver].Mul(growth)
	}
	if people, ok := d.Drivers[scenarios.Population]; ok {
		d.Drivers[scenarios.Population] = peopleOf(d, rows, people)
	}
	return nil
}
