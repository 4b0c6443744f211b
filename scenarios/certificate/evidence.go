package certificate

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/cities"
	"carbonledger/scenarios/decomposition"
	"carbonledger/scenarios/sampling/trend"
)

// The parts of a series that figures are told of: all years of the book, and the pathway from the
// base year on. Years after the base year that the book already has are in both, as measured and as
// projected.
const (
	history = "history"
	ahead   = "pathway"
)

// series is the years figures are told of.
type series struct {
	measured, projected []scenarios.Year
}

func seriesOf(p scenarios.Pathway) series {
	s := series{measured: p.Measured()}
	for _, year := range p.Years {
		if p.Reach.Last == 0 || year.Year <= p.Reach.Last {
			s.projected = append(s.projected, year)
		}
	}
	return s
}

// points are the CO2 of both parts.
func (s series) points() [2][]scenarios.Point {
	var parts [2][]scenarios.Point
	for i, years := range [][]scenarios.Year{s.measured, s.projected} {
		for _, year := range years {
			parts[i] = append(parts[i], scenarios.Point{Year: year.Year, Value: year.CO2})
		}
	}
	return parts
}

// whole says whether no year is left out.
func whole(points []scenarios.Point) bool {
	return points[len(points)-1].Year-points[0].Year == len(points)-1
}

// sumsOf adds emissions up. History with holes has no sum: a year nobody measured is not 0.
func sumsOf(s series) (sums []Sum) {
	for i, part := range s.points() {
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

func trendsOf(s series) []Trend {
	parts := s.points()
	return []Trend{trendOf(history, parts[0]), trendOf(ahead, parts[1])}
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

// citiesOf asks the rule of the book, seen from its last year, and of the years that are judged.
func citiesOf(s series, judged []scenarios.Point) []City {
	return []City{cityOf(history, s.points()[0]), cityOf(ahead, judged)}
}

// cityOf also tells what the criteria were asked of, so that an answer that differs from the
// verdict has its reason beside it.
func cityOf(of string, points []scenarios.Point) City {
	top, last := points[scenarios.Highest(points)], points[len(points)-1]
	c := cities.Peak(points, last.Year)
	return City{Of: of, Seen: last.Year, Status: string(c.Status()), Enough: c.Enough, Old: c.Old,
		Fresh: c.Fresh, Fallen: c.Fallen, Peak: top.Year,
		Above: percent(quantity.RatioOf(top.Value.Sub(last.Value), last.Value))}
}

// spanYears is how many years a state of decoupling is told for: the length of a five-year plan.
const spanYears = 5

// spansOf tells decoupling in steps of five years backwards and forwards from the base year, of the
// years of the book and of the pathway; the steps at the ends may be shorter.
func spansOf(s series, base int) []Span {
	return append(spansIn(history, s.measured, base), spansIn(ahead, s.projected, base)...)
}

func spansIn(of string, years []scenarios.Year, base int) (spans []Span) {
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
		span := Span{Of: of, First: max(from, first), Last: min(from+spanYears, last)}
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
