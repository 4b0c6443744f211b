package pledges

import (
	"fmt"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Ground is what a roll-up stands on.
type Ground struct {
	// District is the base of all entities; Parts are those of single entities: their cells and
	// water, within those of the district.
	District scenarios.Base
	Parts    map[string]Part
	// Plan is the scenario of the district. Without rows, what nobody pledged stays as it is.
	Plan    scenarios.Scenario
	Pledges scenarios.Set
	Levers  []scenarios.Lever
	Horizon int
}

// Part is what one entity reports of a year. Days counts the days that its reports cover.
type Part struct {
	Cells, Water []scenarios.Cell
	Days         int
}

// Rollup is the district as the sum of those who pledged and of the remainder.
type Rollup struct {
	Pins scenarios.Pins
	// Plan is the name of the district's scenario, and District what it makes of the whole base.
	Plan     string
	District scenarios.Pathway
	Pledged  []Pledged
	// Absent are entities with pledges and without energy in the base year.
	Absent    []string
	Remainder scenarios.Pathway
	Years     []Sum
}

// Pledged is an entity with its pledges and what follows from them.
type Pledged struct {
	Entity  string
	Rows    []scenarios.Row
	Pathway scenarios.Pathway
}

// Sum is a year: those who pledged, the remainder, and both together, which is the district. Gap is
// how much that is above the plan of the district, negative where below.
type Sum struct {
	Year                               int
	Pledged, Remainder, District, Plan Totals
	Gap                                Totals
}

// Totals are kgce and kg CO2.
type Totals struct{ Energy, CO2 quantity.Number }

func (t Totals) plus(u Totals) Totals { return Totals{t.Energy.Add(u.Energy), t.CO2.Add(u.CO2)} }

func (t Totals) minus(u Totals) Totals { return Totals{t.Energy.Sub(u.Energy), t.CO2.Sub(u.CO2)} }

func totalsOf(y scenarios.Year) Totals { return Totals{y.Energy, y.CO2} }

// happens lists the levers of the plan that happen to an entity whatever it does: the economy, the
// service its division renders, the grid, and prices. All else an entity does itself, so of it only
// what it pledges counts; measures of the plan are those of the remainder.
var happens = []string{"growth", "population", "structure", "demand", "grid-factor", "non-fossil",
	"price", "discount-rate", "deflator"}

// Of adds up.
func Of(g Ground) (Rollup, error) {
	r := Rollup{Pins: g.District.Pins, Plan: g.Plan.Name}
	var err error
	if r.District, err = scenarios.Project(g.District, g.Plan, g.Levers, g.Horizon); err != nil {
		return r, err
	}
	rest := g.District
	rest.Cells, rest.Water = slices.Clone(rest.Cells), slices.Clone(rest.Water)
	rest.History, rest.Since, rest.Left = nil, nil, nil
	for _, entity := range g.Pledges.Names() {
		part, known := g.Parts[entity]
		if !known || len(part.Cells) == 0 {
			r.Absent = append(r.Absent, entity)
			continue
		}
		if err := take(&rest, part); err != nil {
			return r, fmt.Errorf("%s: %w", entity, err)
		}
		one, err := g.entity(entity, part)
		if err != nil {
			return r, err
		}
		r.Pledged = append(r.Pledged, one)
	}
	r.Remainder, err = scenarios.Project(rest, g.Plan, g.Levers, g.Horizon)
	if err != nil {
		return r, err
	}
	for i, year := range r.District.Years {
		sum := Sum{Year: year.Year, Plan: totalsOf(year),
			Remainder: totalsOf(r.Remainder.Years[i])}
		for _, one := range r.Pledged {
			sum.Pledged = sum.Pledged.plus(totalsOf(one.Pathway.Years[i]))
		}
		sum.District = sum.Pledged.plus(sum.Remainder)
		sum.Gap = sum.District.minus(sum.Plan)
		r.Years = append(r.Years, sum)
	}
	return r, nil
}

// entity projects one entity from its part of the base.
func (g Ground) entity(name string, part Part) (Pledged, error) {
	own, _ := g.Pledges.Scenario(name)
	one := Pledged{Entity: name, Rows: own.Rows}
	base := g.District
	base.Cells, base.Water = part.Cells, part.Water
	base.History, base.Since, base.Left = nil, nil, nil
	mixed := scenarios.Scenario{Name: name, Rows: slices.Clone(own.Rows)}
	for _, row := range g.Plan.Rows {
		replaced := slices.ContainsFunc(own.Rows, func(r scenarios.Row) bool {
			return r.Lever == row.Lever
		})
		if slices.Contains(happens, row.Lever) && !replaced {
			// Rows of two files may stand in the same line; a negative one is that of the plan.
			row.Line = -row.Line
			mixed.Rows = append(mixed.Rows, row)
		}
	}
	var err error
	one.Pathway, err = scenarios.Project(base, mixed.Sorted(), g.Levers, g.Horizon)
	return one, err
}

// take subtracts a part from what is left of the base.
func take(rest *scenarios.Base, part Part) error {
	for _, list := range []struct{ from, part []scenarios.Cell }{
		{rest.Cells, part.Cells}, {rest.Water, part.Water}} {
		for _, cell := range list.part {
			at := slices.IndexFunc(list.from, func(c scenarios.Cell) bool {
				return c.Sector == cell.Sector && c.Commodity == cell.Commodity
			})
			if at < 0 {
				return fmt.Errorf("%s of %s is no part of the district", cell.Commodity,
					cell.Sector)
			}
			left := &list.from[at]
			left.Quantity = left.Quantity.Sub(cell.Quantity)
			left.Energy, left.CO2 = left.Energy.Sub(cell.Energy), left.CO2.Sub(cell.CO2)
		}
	}
	return nil
}
