package certificate

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/cities"
	"carbonledger/scenarios/decomposition"
	"carbonledger/scenarios/sampling/trend"
)

// The parts of a series that figures are told of: the years of the book up to the base year, and
// those from the base year on.
const (
	history = "history"
	ahead   = "pathway"
)

// parts cuts a series at the base year, which belongs to both.
func parts(points []scenarios.Point, base int) (before, after []scenarios.Point) {
	for _, point := range points {
		if point.Year <= base {
			before = append(before, point)
		}
		if point.Year >= base {
			after = append(after, point)
		}
	}
	return before, after
}

// whole says whether no year is left out.
func whole(points []scenarios.Point) bool {
	return points[len(points)-1].Year-points[0].Year == len(points)-1
}

// sumsOf adds emissions up. History with holes has no sum: a year nobody measured is not 0.
func sumsOf(points []scenarios.Point, base int) (sums []Sum) {
	before, after := parts(points, base)
	for i, part := range [][]scenarios.Point{before, after} {
		sum := Sum{Of: []string{history, ahead}[i], First: part[0].Year,
			Last: part[len(part)-1].Year}
		if !whole(part) {
			continue
		}
		for _, point := range part {
			sum.Total = sum.Total.Add(point.Value)
		}
		sums = append(sums, sum)
	}
	return sums
}

func trendsOf(points []scenarios.Point, base int) []Trend {
	before, after := parts(points, base)
	return []Trend{trendOf(history, before), trendOf(ahead, after)}
}

func trendOf(of string, points []scenarios.Point) Trend {
	t := Trend{Of: of, First: points[0].Year, Last: points[len(points)-1].Year}
	if !whole(points) {
		t.Unknown = Holes
		return t
	}
	values := make([]quantity.Number, len(points))
	for i, point := range points {
		values[i] = point.Value
	}
	test, err := trend.MannKendall(values)
	if err != nil {
		t.Unknown = FewYears
		return t
	}
	t.S, t.Slope, t.Lags = &test.S, rounded(test.Slope), test.Lags
	t.Plain, t.Corrected = scoreOf(test.Plain), scoreOf(test.Corrected)
	return t
}

func scoreOf(s trend.Score) *Score {
	if !s.Defined {
		return nil
	}
	return &Score{s.Z, s.P}
}

func citiesOf(points []scenarios.Point, base int) []City {
	before, _ := parts(points, base)
	last := points[len(points)-1].Year
	return []City{cityOf(history, before, base), cityOf(ahead, points, last)}
}

func cityOf(of string, points []scenarios.Point, seen int) City {
	c := cities.Peak(points, seen)
	return City{of, seen, string(c.Status()), c.Enough, c.Old, c.Fresh, c.Fallen}
}

// spanYears is how many years a state of decoupling is told for: the length of a five-year plan.
const spanYears = 5

// spansOf tells decoupling in steps of five years backwards and forwards from the base year; the
// steps at the ends may be shorter.
func spansOf(years []scenarios.Year, base int) (spans []Span) {
	at := map[int]scenarios.Year{}
	for _, year := range years {
		at[year.Year] = year
	}
	first, last := years[0].Year, years[len(years)-1].Year
	start := base
	for start > first {
		start -= spanYears
	}
	for from := start; from < last; from += spanYears {
		a, known := at[max(from, first)]
		b, ok := at[min(from+spanYears, last)]
		span := Span{First: max(from, first), Last: min(from+spanYears, last)}
		switch {
		case !known, !ok:
			span.Unknown = Holes
		case a.Nominal, b.Nominal:
			span.Unknown = Nominal
		default:
			co2, gdp := decomposition.Growth(a.CO2, b.CO2), decomposition.Growth(a.GDP, b.GDP)
			span.CO2, span.GDP = percent(co2), percent(gdp)
			span.Elasticity = rounded(decomposition.Elasticity(co2, gdp))
			span.State = string(decomposition.Decoupling(co2, gdp))
		}
		spans = append(spans, span)
	}
	return spans
}
