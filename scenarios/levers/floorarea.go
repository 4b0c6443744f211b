package levers

import (
	"strconv"

	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// FloorArea makes floor the service of a sector instead of its driver: energy goes along with the
// square metres that are heated, cooled and lit.
//
//	service = floor of the year / floor of the base year
//
// One row states the floor of the base year, later ones lead to theirs. Retrofit takes its square
// metres from here.
type FloorArea struct{}

const floorArea = "floor-area"

var floorAreaForm = course.Form{
	Sectors: []string{scenarios.Services, scenarios.Residential, scenarios.Transport,
		scenarios.Industry, scenarios.Tertiary},
	Bounds: course.Bounds{"m2": course.Positive},
}

// Names returns the words of the lever column.
func (FloorArea) Names() []string { return []string{floorArea} }

// Check says what in a row does not fit.
func (FloorArea) Check(row scenarios.Row) []table.Fault { return floorAreaForm.Check(row) }

// Apply sets the services, and keeps the floors of the base year.
func (FloorArea) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	for _, key := range course.KeysOf(rows) {
		now, then, ok := course.Amounts(d, key)
		if !ok {
			return key[0].Fault("year", "scenario.start", floorArea, strconv.Itoa(d.Base.Year))
		}
		d.Floors[key[0].Sector] = then
		for _, sector := range d.Sectors() {
			near := course.Closest(rows, sector, "")
			if len(near) > 0 && near[0].Sector == key[0].Sector {
				d.SetService(sector, course.Over(now, then))
			}
		}
	}
	return nil
}
