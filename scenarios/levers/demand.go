package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Demand moves what a sector makes or serves away from its driver: the output of one division
// beside the rest of industry, kilometres per head, comfort. GDP and population stay as they are.
//
//	rate:  service = service x product of (1 + rate/100)
//	level: service = service x (1 + change/100), change led from 0
//
// The nearest row is obeyed, so that a row for c37 moves one division and no other.
type Demand struct{}

var demandForm = course.Form{
	Bounds: course.Bounds{
		scenarios.PerYear: course.AboveMinusHundred, "%": course.AboveMinusHundred},
}

// Names returns the words of the lever column.
func (Demand) Names() []string { return []string{"demand"} }

// Check says what in a row does not fit.
func (Demand) Check(row scenarios.Row) []table.Fault { return demandForm.Check(row) }

// Apply moves the services.
func (Demand) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	rates, ways := course.Rates(rows), course.Ways(rows)
	for _, sector := range d.Sectors() {
		grown := course.Index(d, rates, func(row scenarios.Row) (int, bool) {
			return scenarios.Distance(sector, row.Sector)
		})
		change := course.Level(d, course.Closest(ways, sector, ""), course.Nought)
		by := quantity.Whole(grown).Mul(course.Changed(change))
		if by.Cmp(course.Unity) != 0 {
			d.SetService(sector, d.Service(sector).Mul(by))
		}
	}
	return nil
}
