package scenarios

import "carbonledger/quantity"

// Point is one year of a series. History says that the year was measured and not projected.
type Point struct {
	Year    int
	Value   quantity.Number
	History bool
}

// Status is the first word of a verdict. It is empty where there are no years.
type Status string

// The three verdicts. With max the highest value, last the value of the last year and b the band in
// per cent, a series has fallen where last < max (100 - b) / 100.
//
//	fallen:      rising   where more than half of the fall is made good again:
//	                      last - low > (max - low) / 2, low being the lowest value since the peak
//	             peaked   otherwise
//	not fallen:  rising   where last > low (100 + b) / 100, low being the lowest value of the last
//	                      year and the five before it
//	             plateau  otherwise
//
// So a dip that was made good does not count as a peak, and a series too short or too slow to rise
// by more than the band is a plateau.
const (
	Peaked  Status = "peaked"
	Plateau Status = "plateau"
	Rising  Status = "rising"
)

// plateauYears is how many years before the last one must have stayed within the band to make a
// plateau. The city peak rule of C40 waits as long before it speaks of a peak.
const plateauYears = 5

// BandPercent is the band where none is asked for. Energy statistics are revised by about as much
// from one edition to the next, so a smaller fall says nothing.
const BandPercent = 1

// Verdict says whether a series has peaked, when and how high.
type Verdict struct {
	Status Status
	// PeakYear is the year of the highest value, the earliest where several are equal. A series
	// that falls from the start peaks in its first year.
	PeakYear int
	Height   quantity.Number
	// Since is the first year from which on all values stay below the band; 0 unless peaked.
	Since int
	// Margin is (height - last) / height, undivided; without an answer where all values are 0.
	Margin quantity.Ratio
	// Width counts the years around the peak year, without a gap, whose values are within the band:
	// the width of the plateau, and 1 where the peak stands alone.
	Width int
	// Ahead is how many years lie between the peak year and the last.
	Ahead int
	// FromStart says that the series peaked in its first year and falls from there.
	FromStart bool
	// History says that the peak year was measured and not projected.
	History bool
}

// Peak judges a series of values that are not negative, in the order of their years. The band is in
// per cent, between 0 and 100.
func Peak(points []Point, bandPercent quantity.Number) Verdict {
	if len(points) == 0 {
		return Verdict{}
	}
	peak := Highest(points)
	top, last := points[peak], points[len(points)-1]
	hundred := quantity.Int(100)
	floor := top.Value.Mul(hundred.Sub(bandPercent))
	fallen := func(p Point) bool { return p.Value.Mul(hundred).Cmp(floor) < 0 }
	verdict := Verdict{Status: Plateau, PeakYear: top.Year, Height: top.Value, History: top.History,
		Margin: quantity.RatioOf(top.Value.Sub(last.Value), top.Value),
		Width:  1, Ahead: last.Year - top.Year}
	for i := peak - 1; i >= 0 && !fallen(points[i]); i-- {
		verdict.Width++
	}
	for i := peak + 1; i < len(points) && !fallen(points[i]); i++ {
		verdict.Width++
	}
	if !fallen(last) {
		low := lowest(points, last.Year-plateauYears)
		if last.Value.Mul(hundred).Cmp(low.Mul(hundred.Add(bandPercent))) > 0 {
			verdict.Status = Rising
		}
		return verdict
	}
	low := lowest(points, top.Year)
	if last.Value.Add(last.Value).Cmp(top.Value.Add(low)) > 0 {
		verdict.Status = Rising
		return verdict
	}
	verdict.Status, verdict.FromStart = Peaked, peak == 0
	for i := len(points) - 1; i > peak && fallen(points[i]); i-- {
		verdict.Since = points[i].Year
	}
	return verdict
}

// Highest returns the place of the highest value, the first of equals.
func Highest(points []Point) (peak int) {
	for i, point := range points {
		if point.Value.Cmp(points[peak].Value) > 0 {
			peak = i
		}
	}
	return peak
}

// lowest returns the lowest value from a year on; the last point lies in every such span.
func lowest(points []Point, year int) quantity.Number {
	low := points[len(points)-1].Value
	for _, point := range points {
		if point.Year >= year && point.Value.Cmp(low) < 0 {
			low = point.Value
		}
	}
	return low
}
