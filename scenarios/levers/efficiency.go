package levers

import (
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Efficiency changes the energy a sector uses per unit of its service, by a yearly rate or to a
// level; negative values save.
//
//	rate:  use of the year = use x product of (1 + rate/100)
//	level: use of the year = use x (1 + change/100), change := change + (value - change) x covered
//
// Of several rows the one with the nearest sector is obeyed, and among those the one that names the
// commodity before the one for all commodities. Levels work on what rates leave. With a cost, it is
// one for each tce saved in the year against the use without the lever.
type Efficiency struct{}

var efficiencyForm = course.Form{
	Commodities: course.OneOrAll,
	Bounds: course.Bounds{
		scenarios.PerYear: course.Rate, "%": course.AboveMinusHundred},
	Costs: true,
}

// Names returns the words of the lever column.
func (Efficiency) Names() []string { return []string{"efficiency"} }

// Check says what in a row does not fit.
func (Efficiency) Check(row scenarios.Row) []table.Fault { return efficiencyForm.Check(row) }

// Apply scales the uses. A row with a cost tells in tonnes what it saves, so services come first.
func (Efficiency) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if slices.ContainsFunc(rows, func(row scenarios.Row) bool { return !row.Cost.IsZero() }) {
		d.Drive()
	}
	rates, ways := course.Rates(rows), course.Ways(rows)
	for i := range d.Uses {
		use := &d.Uses[i]
		before := use.Energy
		near := func(row scenarios.Row) (int, bool) {
			return course.Distance(row, use.Sector, use.Commodity)
		}
		use.Scale(quantity.Whole(course.Index(d, rates, near)))
		to := course.Closest(ways, use.Sector, use.Commodity)
		if change := course.Level(d, to, course.Nought); !change.Numerator.IsZero() {
			use.Scale(course.Changed(change))
		}
		mine := course.Closest(rows, use.Sector, use.Commodity)
		course.Size(d, mine, course.PerTonne(before.Sub(use.Energy)))
	}
	return nil
}
