package inventory

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

// Intensity is one measure per unit of another figure, undivided.
type Intensity struct {
	Measure Measure
	Per     quantity.Commodity
	Area    string
	Period  quantity.Period
	// Numerator and Denominator count book units.
	Numerator, Denominator Figure
	NumeratorUnit          quantity.Commodity
	// Vintage is the day the denominator was published, 0 where the file did not say.
	Vintage quantity.Day
	// Where are the conditions on the numerator, the area among them.
	Where map[Dimension]string
	Pins  Pins
}

// Ratio is numerator over denominator in book units; nobody divides it until it is shown.
func (i Intensity) Ratio() quantity.Ratio {
	return quantity.RatioOf(i.Numerator.Number, i.Denominator.Number)
}

// Intensities divides each measure of the query by one denominator, for an area. Without an area
// the one area that reports the denominator is taken; where several do, that is an error.
func Intensities(s State, q Query, per string, area string) ([]Intensity, error) {
	commodity, ok := s.Library.Catalogue.Find(per)
	if !ok || !commodity.Class.Denominator() {
		return nil, &NoDenominator{Why: NotDividing, Asked: per, Commodity: commodity}
	}
	if where := q.Where[Area]; where != "" {
		if area != "" && area != where {
			return nil, &NoDenominator{Why: Apart, Asked: per, Commodity: commodity, Area: area,
				Areas: []string{where}}
		}
		area = where
	}
	denominator, err := s.Denominator(commodity, area, q.Period)
	if err != nil {
		return nil, err
	}
	if denominator.Area != "" {
		where := map[Dimension]string{Area: denominator.Area}
		for dimension, value := range q.Where {
			where[dimension] = value
		}
		q.Where = where
	}
	q.By, q.Measures = nil, distinct(q.Measures)
	inventory, err := Build(s, q)
	if err != nil {
		return nil, err
	}
	var list []Intensity
	for i, m := range q.Measures {
		list = append(list, Intensity{Measure: m, Per: commodity, Area: denominator.Area,
			Period: q.Period, Numerator: inventory.Totals[i], NumeratorUnit: inventory.Units[i],
			Denominator: denominator.Figure, Vintage: denominator.Vintage, Where: q.Where,
			Pins: inventory.Pins})
	}
	return list, nil
}

// Denominator is a figure other figures are divided by.
type Denominator struct {
	Figure
	Area    string
	Vintage quantity.Day
	// Sums are the flows it was taken from.
	Sums []ledger.Sum
}

// reporter is an entity, or one site of it that reports for itself.
type reporter struct{ entity, site string }

func (r reporter) compare(other reporter) int {
	return cmp.Or(strings.Compare(r.entity, other.entity), strings.Compare(r.site, other.site))
}

// Denominator looks up GDP, population, area or output. A figure of the area itself is taken in its
// latest vintage, for exactly the period or, for money flows, as the sum of parts that fill it.
// Where no area reports it, what the entities in the area report is added up.
func (s State) Denominator(
	c quantity.Commodity,
	area string,
	p quantity.Period,
) (Denominator, error) {
	byReporter := map[reporter][]ledger.Sum{}
	var areas []string
	for sum := range s.Book.Sums().All() {
		entity, _ := s.Book.EntityAt(sum.Entity, sum.Period.First)
		inside := area == "" || s.Library.Areas.Within(entity.Area, area)
		if sum.Commodity != c.ID || !inside || !p.Contains(sum.Period) {
			continue
		}
		who := reporter{sum.Entity, sum.Site}
		byReporter[who] = append(byReporter[who], sum)
		if entity.IsArea() && (area == "" || entity.ID == area) {
			areas = append(areas, entity.ID)
		}
	}
	areas = slices.Compact(areas)
	switch {
	case len(areas) > 1:
		return Denominator{}, &NoDenominator{Why: Several, Asked: c.ID, Commodity: c,
			Period: p, Areas: areas}
	case len(areas) == 1:
		d, ok := latest(byReporter[reporter{entity: areas[0]}], c, p)
		if d.Area = areas[0]; ok {
			return d, nil
		}
	case len(byReporter) > 0:
		return s.added(byReporter, c, area, p)
	}
	return Denominator{}, &NoDenominator{Why: NotReported, Asked: c.ID, Commodity: c,
		Area: area, Period: p}
}

// added sums the entities' own figures; an area's figure for a part of the area is left out.
func (s State) added(by map[reporter][]ledger.Sum, c quantity.Commodity, area string,
	p quantity.Period) (Denominator, error) {
	total := Denominator{Area: area}
	for _, who := range slices.SortedFunc(maps.Keys(by), reporter.compare) {
		if entity, _ := s.Book.Entity(who.entity); entity.IsArea() {
			continue
		}
		d, ok := latest(by[who], c, p)
		if !ok {
			total.Gaps++
		}
		total.Figure = total.Figure.add(d.Figure)
		total.Sums = append(total.Sums, d.Sums...)
	}
	if len(total.Sums) == 0 {
		return total, &NoDenominator{Why: NotReported, Asked: c.ID, Commodity: c, Area: area,
			Period: p}
	}
	return total, nil
}

// latest takes the latest vintage of each period and fills p with them: with the one that is p
// itself, or, for flows of money, with parts that follow each other without gap or overlap.
func latest(sums []ledger.Sum, c quantity.Commodity, p quantity.Period) (Denominator, bool) {
	newest := map[quantity.Period]ledger.Sum{}
	for _, sum := range sums {
		standing, known := newest[sum.Period]
		if sum.Absence.HasFigure() && (!known || standing.Vintage < sum.Vintage) {
			newest[sum.Period] = sum
		}
	}
	if sum, ok := newest[p]; ok {
		return Denominator{figureOf(sum), "", sum.Vintage, []ledger.Sum{sum}}, true
	}
	if c.Class == quantity.ClassLevel {
		return Denominator{}, false
	}
	var total Denominator
	for at := p.First; at < p.End; {
		sum, ok := following(newest, at, p.End)
		if !ok {
			return Denominator{}, false
		}
		total.Figure = total.Figure.add(figureOf(sum))
		total.Vintage = max(total.Vintage, sum.Vintage)
		total.Sums = append(total.Sums, sum)
		at = sum.Period.End
	}
	return total, true
}

func figureOf(sum ledger.Sum) Figure {
	figure := Figure{Number: sum.Total}
	if sum.Absence == ledger.Estimated {
		figure.Estimates = 1
	}
	return figure
}

// following returns the longest figure that begins on a day and ends within the period.
func following(newest map[quantity.Period]ledger.Sum, first, end quantity.Day) (ledger.Sum, bool) {
	var best ledger.Sum
	for period, sum := range newest {
		if period.First == first && period.End <= end && period.End > best.Period.End {
			best = sum
		}
	}
	return best, best.Rows > 0
}
