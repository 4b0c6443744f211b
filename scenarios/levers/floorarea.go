package levers

import (
	"strconv"

	"carbonledger/scenarios"
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

var floorAreaForm = form{
	sectors: []string{scenarios.Services, scenarios.Residential, scenarios.Transport,
		scenarios.Industry, scenarios.Tertiary},
	bounds: map[string]bound{"m2": positive},
}

// Names returns the words of the lever column.
func (FloorArea) Names() []string { return []string{floorArea} }

// Check says what in a row does not fit.
func (FloorArea) Check(row scenarios.Row) []table.Fault { return floorAreaForm.check(row) }

// Apply sets the services, and keeps the floors of the base year.
func (FloorArea) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	for _, key := range keysOf(rows) {
		now, then, ok := amounts(d, key)
		if !ok {
			return key[0].Fault("year", "scenario.start", floorArea, strconv.Itoa(d.Base.Year))
		}
		d.Floors[key[0].Sector] = then
		for _, sector := range d.Sectors() {
			near := closest(rows, sector, "")
			if len(near) > 0 && near[0].Sector == key[0].Sector {
				d.SetService(sector, over(now, then))
			}
		}
	}
	return nil
}
