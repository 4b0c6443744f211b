package scenarios

import (
	"slices"

	"carbonledger/quantity"
)

// Left is a year of the book that a result does not use, and why.
type Left struct {
	Year int
	Why  LeftWhy
	// What names the gaps, where there are any.
	What []string
}

// LeftWhy is a reason why a year of the book is left out.
type LeftWhy string

// The reasons.
const (
	// LeftGaps: factors or figures are missing under its totals.
	LeftGaps LeftWhy = "gaps"
	// LeftEnergy: there is no energy use under the policy.
	LeftEnergy LeftWhy = "energy"
	// LeftGDP: nobody stated its GDP.
	LeftGDP LeftWhy = "gdp"
	// LeftTotals: rows state totals of other years, and not of this one.
	LeftTotals LeftWhy = "totals"
)

// Reach is how far the rows of a scenario speak.
type Reach struct {
	// Last is the last year a row speaks about, or what it set going still moves, such as a stock
	// of vehicles. From the next year on every figure stays as it is. 0 where nobody looked.
	Last int
	// Resting lists the drivers that stand still earlier than that, in the order of drivers.
	Resting []Rest
}

// Rest is a driver without a row: from the year From on it stands still.
type Rest struct {
	Driver string
	From   int
}

// tell sorts the rows into those that have a say and those that have none, and looks how far the
// first speak.
func (p *Pathway) tell(rows []Row, touched map[int]bool) {
	var said []Row
	p.Idle = nil
	for _, row := range rows {
		if touched[row.Line] {
			said = append(said, row)
		} else {
			p.Idle = append(p.Idle, row)
		}
	}
	p.Reach = reachOf(said, p.Years)
}

// reachOf looks at the rows that have a say and at the years they make.
func reachOf(rows []Row, years []Year) Reach {
	base, horizon := years[0].Year, years[len(years)-1].Year
	reach := Reach{Last: base}
	for _, row := range rows {
		if MovesCO2(row.Lever) {
			reach.Last = max(reach.Last, min(row.Last, horizon))
		}
	}
	for i := len(years) - 1; years[i].Year > reach.Last; i-- {
		if !years[i].same(years[i-1]) {
			reach.Last = years[i].Year
		}
	}
	for _, driver := range append(GDPDrivers(), Population) {
		from := base + 1
		for i := 1; i < len(years); i++ {
			if !years[i].Drivers[driver].Equal(years[i-1].Drivers[driver]) {
				from = years[i].Year + 1
			}
		}
		for _, row := range rows {
			if slices.Contains(moving, row.Lever) && row.moves(driver) {
				from = max(from, row.Last+1)
			}
		}
		if from <= reach.Last && !years[0].Drivers[driver].IsZero() {
			reach.Resting = append(reach.Resting, Rest{driver, from})
		}
	}
	return reach
}

// The levers that say nothing about what is used in the years to come, and those that move drivers.
var (
	beside = []string{"price", "discount-rate", "deflator", "total-energy", "total-co2",
		"green-power", "sink", "green-area", "green-rate"}
	moving = []string{"growth", "population", "structure"}
)

// MovesCO2 says whether rows of a lever can move the gross CO2 of the years to come, which verdicts
// are about.
func MovesCO2(lever string) bool { return !slices.Contains(beside, lever) }

// moves says whether a row of growth is about a driver.
func (r Row) moves(driver string) bool {
	if driver == Population {
		return r.Sector == Residential
	}
	return r.Sector == All && r.Lever != "population" || "gdp-"+r.Sector == driver
}

// same says whether a year has the totals of another.
func (y Year) same(o Year) bool {
	return y.CO2.Equal(o.CO2) && y.Energy.Equal(o.Energy) && y.GDP.Equal(o.GDP) &&
		y.Water.Equal(o.Water) && y.Sinks.Equal(o.Sinks) &&
		y.Drivers[Population].Equal(o.Drivers[Population])
}

// Judged returns the CO2 of the years a verdict is about: those of the book up to the base year and
// those projected, without the flat end that no row speaks about. A pathway that is held flat
// after its last row has reached no plateau.
func (p Pathway) Judged() []Point {
	points := p.Points(func(y Year) quantity.Number { return y.CO2 })
	return slices.DeleteFunc(points, func(at Point) bool {
		return p.Reach.Last != 0 && at.Year > p.Reach.Last
	})
}

// Verdict judges CO2 with the usual band, over the years Judged returns.
func (p Pathway) Verdict() Verdict { return Peak(p.Judged(), quantity.Int(BandPercent)) }

// Measured returns the years of the book, complete and in order: before the base year, the base
// year, and after it.
func (p Pathway) Measured() []Year {
	return slices.Concat(p.History, p.Years[:1], p.Since)
}
