package pledges

import (
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Status says how a pledge stands to what was reported.
type Status string

// The statuses.
const (
	Met    Status = "met"
	Behind Status = "behind"
	NoData Status = "no-data"
)

// Reason says why a pledge cannot be tested.
type Reason string

// The reasons.
const (
	// Absent: the entity has no energy in the base year.
	Absent Reason = "absent"
	// NoReport: it has not reported the year. Partial: its reports cover fewer days than those of
	// the base year.
	NoReport Reason = "no-report"
	Partial  Reason = "partial"
	// Unseen: what the row pledges does not show in what is reported.
	Unseen Reason = "unseen"
	// NotBegun: the row has no say up to the year.
	NotBegun Reason = "not-begun"
	// NoYear: the year is not on the pathway.
	NoYear Reason = "no-year"
)

// Test is one pledge held against the book.
type Test struct {
	Entity string
	Row    scenarios.Row
	Year   int
	Status Status
	Reason Reason
	// Commodity is what is looked at, all for the energy of the entity; Water says that it is water
	// in its book unit and not energy in kgce. Least says that there must be as much at least.
	Commodity    string
	Water, Least bool
	// Base is the figure of the base year, Pledged what the pledges make of it by the year, Actual
	// what the book says. Gap is how much is missing, below 0 where there is more than enough.
	Base, Pledged, Actual, Gap quantity.Number
	// Due is the last year of the row, Goal the figure pledged for it, and Required the yearly
	// change in per cent that still leads there from the year tested; without an answer where the
	// year is due or no rate leads there.
	Due      int
	Goal     quantity.Number
	Required quantity.Ratio
}

// Companions are words that say how and not how much, and levers that are nobody's own measure;
// their rows are tested with the row they belong to, or not at all.
var companions = append([]string{"switch-ratio", "modal-ratio", "vehicle-ratio", "vehicle-life",
	"vehicle-stock", "solar-hours", "solar-self-use", "retrofit-depth", "demolition",
	"new-building", "water-energy", "ccus-energy", "green-rate", "floor-area"}, happens...)

// unseen are measures that leave no trace in the energy and water an entity reports.
var unseen = []string{"ccus", "green-power", "sink", "green-area", "total-energy", "total-co2"}

// gains are measures that show in what they bring, and the commodity that is.
var gains = map[string]string{"solar": "electricity-solar", "waste-heat": "waste-heat"}

// Tests holds every pledge against what the entities report of a year.
func (r Rollup) Tests(actual map[string]Part, base map[string]Part, pledged scenarios.Set,
	year int) (tests []Test) {
	for _, name := range pledged.Names() {
		own, _ := pledged.Scenario(name)
		at := slices.IndexFunc(r.Pledged, func(p Pledged) bool { return p.Entity == name })
		for _, row := range own.Rows {
			if slices.Contains(companions, row.Lever) && row.Lever != "demand" {
				continue
			}
			t := Test{Entity: name, Row: row, Year: year, Status: NoData, Due: row.Last}
			if at < 0 {
				t.Reason = Absent
			} else {
				t.hold(r.Pledged[at].Pathway, actual[name], base[name].Days)
			}
			tests = append(tests, t)
		}
	}
	return tests
}

// hold fills in the test.
func (t *Test) hold(p scenarios.Pathway, actual Part, days int) {
	t.Commodity = scenarios.All
	if t.Row.Commodity != "" {
		t.Commodity = t.Row.Commodity
	}
	if gained, ok := gains[t.Row.Lever]; ok {
		t.Commodity, t.Least = gained, true
	}
	t.Water = t.Row.Lever == "water-saving"
	at := t.Year - p.Years[0].Year
	switch {
	case slices.Contains(unseen, t.Row.Lever):
		t.Reason = Unseen
	case at <= 0, at >= len(p.Years):
		t.Reason = NoYear
	case t.Row.First > t.Year:
		t.Reason = NotBegun
	case len(actual.Cells) == 0:
		t.Reason = NoReport
	case actual.Days < days-1: // a year after a leap year has a day less
		t.Reason = Partial
	}
	if t.Reason == NoYear {
		return
	}
	t.Base, t.Pledged = t.ofYear(p.Years[0]), t.ofYear(p.Years[max(at, 0)])
	due := min(t.Due, p.Years[len(p.Years)-1].Year)
	t.Due, t.Goal = due, t.ofYear(p.Years[max(due-p.Years[0].Year, 0)])
	if t.Reason != "" {
		return
	}
	t.Actual = t.figure(actual.Cells, actual.Water)
	t.Gap = t.Actual.Sub(t.Pledged)
	if t.Least {
		t.Gap = t.Gap.Neg()
	}
	t.Status = Met
	if t.Gap.Sign() > 0 {
		t.Status = Behind
		t.Required = required(t.Actual, t.Goal, due-t.Year)
	}
}

func (t Test) ofYear(y scenarios.Year) quantity.Number { return t.figure(y.Cells, y.WaterCells) }

// figure sums what the test looks at.
func (t Test) figure(cells, water []scenarios.Cell) (sum quantity.Number) {
	if t.Water {
		for _, cell := range water {
			if t.Commodity == scenarios.All || t.Commodity == cell.Commodity {
				sum = sum.Add(cell.Quantity)
			}
		}
		return sum
	}
	for _, cell := range cells {
		if t.Commodity == scenarios.All || t.Commodity == cell.Commodity {
			sum = sum.Add(cell.Energy)
		}
	}
	return sum
}

// ratePlaces are the decimals of a yearly rate as a part of one.
const ratePlaces = 7

// required returns (goal / actual)^(1/years) - 1 in per cent, cut off behind five decimals.
func required(actual, goal quantity.Number, years int) quantity.Ratio {
	if years <= 0 || actual.Sign() <= 0 || goal.Sign() <= 0 {
		return quantity.Ratio{}
	}
	root, ok := quantity.RatioOf(goal, actual).Root(years, ratePlaces)
	if !ok {
		return quantity.Ratio{}
	}
	return quantity.Whole(root.Sub(quantity.Int(1)).Mul(quantity.Int(100)))
}
