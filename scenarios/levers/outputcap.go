package levers

import (
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// OutputCap keeps the output of a sector at or below so many per cent of that of the base year, as
// production controls of steel and cement do.
//
//	service = the smaller of service and cap/100, in every year from the first of the rows on
//
// The first row is the cap from its first year on, later rows lead it on. What is not made here is
// not made at all in the model, and GDP stays as growth and structure have it: a planner who
// expects less value added says so in a growth row.
type OutputCap struct{}

var outputCapForm = course.Form{Bounds: course.Bounds{"%": course.NotNegative}}

// Names returns the words of the lever column.
func (OutputCap) Names() []string { return []string{"output-cap"} }

// Check says what in a row does not fit.
func (OutputCap) Check(row scenarios.Row) []table.Fault { return outputCapForm.Check(row) }

// Apply lowers the services that are above their caps.
func (OutputCap) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	for _, sector := range d.Sectors() {
		near := course.Closest(rows, sector, "")
		if len(near) == 0 || d.Year < near[0].First || d.Year == d.Base.Year {
			continue
		}
		limit := course.OfHundred(course.Standing(d, near, course.Nought))
		if limit.Cmp(d.Service(sector)) < 0 {
			d.SetService(sector, limit)
		}
	}
	return nil
}
