package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
)

// population is the word for the number of people: a yearly rate, or a level it is led to.
//
//	rate:  people = people of the base year x product of (1 + rate/100)
//	level: people := people + (value - people) x part of the way covered
//
// In a year that a population row speaks about, a growth row for residential does not. Levels go on
// from what rates have made. The driver is kept with 6 decimals of a person where it does not end.
const population = "population"

var populationForm = course.Form{
	Sectors: []string{scenarios.Residential},
	Bounds:  course.Bounds{scenarios.PerYear: course.Rate, "person": course.Positive},
}

var peopleRounding = quantity.Rounding{Places: 6, Mode: quantity.HalfEven}

// peopleOf returns the population of the draft's year.
func peopleOf(d *scenarios.Draft, rows []scenarios.Row, people quantity.Number) quantity.Number {
	growth := course.Index(d, course.Rates(rows), func(row scenarios.Row) (int, bool) {
		if row.Lever == population {
			return 0, true
		}
		return 1, row.Sector == scenarios.Residential
	})
	led := course.Ways(course.Only(rows, population))
	now := course.Level(d, led, quantity.Whole(people.Mul(growth)))
	if exact, ok := now.Exact(); ok {
		return exact
	}
	rounded, _ := now.Round(peopleRounding)
	return rounded
}
