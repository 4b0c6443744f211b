package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// Sinks take CO2 out of the air: trees and parks beyond those of the base year.
//
//	sinks = t a year, and ha of green x t per ha and year
//	net CO2 = CO2 - sinks
//
//	sink        tCO2 a year, led from 0
//	green-area  ha of new green, led from 0
//	green-rate  tCO2 a hectare takes up in a year
//
// No cell becomes negative: gross and net CO2 are told side by side, and the peak is one of gross
// CO2, as the targets of China count energy activities. With a cost, it is one for each t or ha.
type Sinks struct{}

const (
	greenArea = "green-area"
	greenRate = "green-rate"
)

var sinkForms = map[string]course.Form{
	"sink":    {Sectors: allOnly, Bounds: course.Bounds{"tCO2": course.NotNegative}, Costs: true},
	greenArea: {Sectors: allOnly, Bounds: course.Bounds{"ha": course.NotNegative}, Costs: true},
	greenRate: {Sectors: allOnly, Bounds: course.Bounds{scenarios.PerArea: course.NotNegative}},
}

var allOnly = []string{scenarios.All}

// Names returns the words of the lever column.
func (Sinks) Names() []string { return []string{"sink", greenArea, greenRate} }

// Check says what in a row does not fit.
func (Sinks) Check(row scenarios.Row) []table.Fault { return sinkForms[row.Lever].Check(row) }

// Apply adds up what is taken up.
func (Sinks) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	tonnes := course.Level(d, course.Only(rows, "sink"), course.Nought)
	course.Size(d, course.Only(rows, "sink"), tonnes)
	area := course.Level(d, course.Only(rows, greenArea), course.Nought)
	if !area.Numerator.IsZero() {
		rate, ok := course.InForce(d, course.Only(rows, greenRate))
		if !ok {
			return course.Lacks(course.Only(rows, greenArea)[0], greenRate)
		}
		tonnes = tonnes.Add(area.Mul(quantity.Whole(rate.Value)))
		course.Size(d, course.Only(rows, greenArea), area)
	}
	d.Sinks = tonnes.Mul(quantity.Whole(course.Thousand)).Lowest()
	return nil
}
