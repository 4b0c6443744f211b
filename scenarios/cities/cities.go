// Package cities holds the rule of C40 Cities for when a city has peaked.
package cities

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Status is the answer of the peak rule for cities.
type Status string

// The three answers of the rule. Unknown says that the years do not suffice to tell.
const (
	Peaked    Status = "PEAKED"
	NotPeaked Status = "NOT PEAKED"
	Unknown   Status = "UNKNOWN"
)

// The limits of the rule, as C40 Cities publishes it. A peak exactly five years ago is not older
// than five.
const (
	yearsLeast     = 3  // data years at least
	age            = 5  // years the peak must be older than, and the data at most
	declinePercent = 10 // by which the peak must be above the latest value
)

// Criteria are what the rule asks of a series, seen from a year.
type Criteria struct {
	// Enough: three years of data. Old: the peak is more than five years before the latest data.
	// Fresh: the latest data are at most five years old. Fallen: the peak is more than 10 % above
	// the latest value.
	Enough, Old, Fresh, Fallen bool
}

// Status is PEAKED where all four hold, NOT PEAKED where there are enough fresh data but neither an
// old peak nor a fall, and UNKNOWN otherwise.
func (c Criteria) Status() Status {
	switch {
	case c.Enough && c.Old && c.Fresh && c.Fallen:
		return Peaked
	case c.Enough && !c.Old && c.Fresh && !c.Fallen:
		return NotPeaked
	}
	return Unknown
}

// Peak applies the peak rule of C40 Cities to a series in the order of its years, as it stands
// in a year. The peak year is the first of the highest. Where the city knows better, the exception
// and its reason belong beside the answer, which stays as it is.
func Peak(points []scenarios.Point, year int) Criteria {
	if len(points) == 0 {
		return Criteria{}
	}
	top, last := points[scenarios.Highest(points)], points[len(points)-1]
	hundred := quantity.Int(100)
	return Criteria{
		Enough: len(points) >= yearsLeast,
		Old:    last.Year-top.Year > age,
		Fresh:  year-last.Year <= age,
		Fallen: top.Value.Mul(hundred).Cmp(
			last.Value.Mul(hundred.Add(quantity.Int(declinePercent)))) > 0,
	}
}

// PeakedBy counts the series whose peak year is not after a year and lies before their last one: a
// series at its height has not peaked.
func PeakedBy(series [][]scenarios.Point, year int) (count int) {
	for _, points := range series {
		if len(points) == 0 {
			continue
		}
		peak := points[scenarios.Highest(points)].Year
		if peak <= year && peak < points[len(points)-1].Year {
			count++
		}
	}
	return count
}
