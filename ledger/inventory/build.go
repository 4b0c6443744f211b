package inventory

import (
	"slices"
	"strings"
	"sync"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

// Figure is a sum with what is missing from it.
type Figure struct {
	Number quantity.Number
	// Gaps counts the flows that should be in the sum and are not, Estimates those estimated.
	Gaps, Estimates int
	// Flows counts everything that went into the figure, gaps too; 0 means that nobody reported.
	Flows int
}

func (f Figure) add(g Figure) Figure {
	return Figure{f.Number.Add(g.Number), f.Gaps + g.Gaps, f.Estimates + g.Estimates,
		f.Flows + g.Flows}
}

// Inventory is the answer to a query.
type Inventory struct {
	Pins  Pins
	Query Query
	// Units are the commodities the measures are counted in, in their book units.
	Units  []quantity.Commodity
	Rows   Rows
	Totals []Figure
	// Gaps are all gaps behind the figures, in the order of their flows.
	Gaps []ledger.Gap
}

// Contribution is what one flow adds to one measure.
type Contribution struct {
	Sum     ledger.Sum
	Measure Measure
	Number  quantity.Number
	// Reading is nil where the amount itself is what is counted.
	Reading *ledger.Reading
	// Gap is set where the flow should add something and cannot.
	Gap *ledger.Gap
}

// Amount is the amount of the flow with the sign it enters the measure with: negative where a rule
// takes it off.
func (c Contribution) Amount() quantity.Number {
	if c.Number.Sign()*c.Sum.Total.Sign() < 0 {
		return c.Sum.Total.Neg()
	}
	return c.Sum.Total
}

// Build adds up what the query asks for.
//
//	figure(key) = sum over flows of amount x factor [x warming potential]
//
// Because multiplication distributes, reading sums of flows gives the same digits as reading every
// row. Sums are read by any number of workers and merged by addition: see count, and plain for the
// same one after the other.
func Build(s State, q Query) (Inventory, error) {
	q.Measures = distinct(q.Measures)
	inventory := Inventory{Query: q, Totals: make([]Figure, len(q.Measures))}
	for _, m := range q.Measures {
		unit, err := m.Commodity(s.Library.Catalogue)
		if err != nil {
			return Inventory{}, err
		}
		inventory.Units = append(inventory.Units, unit)
	}
	for _, d := range q.By {
		if _, err := ParseDimension(string(d)); err != nil {
			return Inventory{}, err
		}
	}
	var wait sync.WaitGroup
	// Some sets are read for the first time.
	wait.Go(func() { inventory.Pins = s.Pins() })
	if c, ok := newCount(s, q); ok {
		inventory.Rows, inventory.Gaps = c.run()
	} else {
		var rows []Row
		rows, inventory.Gaps = s.plain(q)
		inventory.Rows = RowsOf(rows)
	}
	wait.Wait()
	for i := range inventory.Totals {
		inventory.Totals[i] = inventory.Rows.Total(i)
	}
	return inventory, nil
}

// plain is the inventory one sum after the other, as it is defined: rows by their values and gaps
// in the order of flows. Build counts by columns where it can, and gives the same.
func (s State) plain(q Query) ([]Row, []ledger.Gap) {
	sums := slices.Collect(s.Book.Sums().All())
	t := s.tally(q, sums, newStanding(sums, s.Library.Catalogue))
	return t.sorted(), t.gaps
}

// distinct keeps the first of measures that are asked for twice.
func distinct(measures []Measure) []Measure {
	var once []Measure
	for _, m := range measures {
		if !slices.Contains(once, m) {
			once = append(once, m)
		}
	}
	return once
}

// measureAt is the place of a measure in the query.
func (q Query) measureAt(m Measure) int { return slices.Index(q.Measures, m) }

// tally is what has been added up.
type tally struct {
	rows map[string]Row
	gaps []ledger.Gap
}

func (t *tally) add(key []string, measures, at int, figure Figure) {
	joined := strings.Join(key, "\x00")
	row, ok := t.rows[joined]
	if !ok {
		row = Row{Key: key, Figures: make([]Figure, measures)}
		t.rows[joined] = row
	}
	row.Figures[at] = row.Figures[at].add(figure)
}

func (t *tally) sorted() []Row {
	rows := make([]Row, 0, len(t.rows))
	for _, row := range t.rows {
		rows = append(rows, row)
	}
	slices.SortFunc(rows, func(a, b Row) int { return slices.Compare(a.Key, b.Key) })
	return rows
}

func (s State) tally(q Query, sums []ledger.Sum, standing standing) tally {
	t := tally{rows: map[string]Row{}}
	s.each(q, sums, standing, func(c Contribution) {
		at := q.measureAt(c.Measure)
		figure := Figure{Number: c.Number, Flows: 1}
		if c.Gap != nil {
			figure.Gaps = 1
			t.gaps = append(t.gaps, *c.Gap)
		}
		if c.Sum.Absence == ledger.Estimated {
			figure.Estimates = 1
		}
		t.add(s.key(q.By, c), len(q.Measures), at, figure)
	})
	return t
}

// Contributions calls yield for everything that goes into the figures of the query, in the order of
// flows.
func (s State) Contributions(q Query, yield func(Contribution)) {
	sums := slices.Collect(s.Book.Sums().All())
	s.each(q, sums, newStanding(sums, s.Library.Catalogue), yield)
}

func (s State) each(q Query, sums []ledger.Sum, standing standing, yield func(Contribution)) {
	reader := s.reader()
	for _, sum := range sums {
		if !q.Period.Overlaps(sum.Period) || !s.keeps(q, sum.Flow) {
			continue
		}
		if standing.isReplaced(sum.Flow) {
			continue
		}
		entry := reader.Convert(sum.Flow, sum.Total)
		if isClaim(sum.Flow, s.Library.Catalogue) && standing.isOverclaimed(sum.Flow) {
			entry = entry.Refused(ledger.ReasonOverclaimed)
		}
		s.emit(q, sum, entry, yield)
	}
}

// emit gives what one entry adds to the measures of the query.
func (s State) emit(q Query, sum ledger.Sum, entry ledger.Entry, yield func(Contribution)) {
	spans := !q.Period.Contains(sum.Period)
	for i := range entry.Readings {
		s.reading(q, sum, &entry.Readings[i], spans, yield)
	}
	for i := range entry.Gaps {
		gap := &entry.Gaps[i]
		for _, m := range q.measuresOf(gap.To, s) {
			s.give(q, Contribution{Sum: sum, Measure: m, Gap: gap}, yield)
		}
	}
	if !counted(entry) {
		s.amount(q, sum, spans, yield)
	}
}

// counted says whether a rule of the policy counts the commodity of the entry as it is, so that its
// amount is among the readings already.
func counted(entry ledger.Entry) bool {
	id := entry.Flow.Commodity
	return slices.ContainsFunc(entry.Readings, func(r ledger.Reading) bool { return r.To == id }) ||
		slices.ContainsFunc(entry.Gaps, func(g ledger.Gap) bool { return g.To == id })
}

// reading gives what one reading adds to the measures asked for.
func (s State) reading(q Query, sum ledger.Sum, reading *ledger.Reading, spans bool,
	yield func(Contribution)) {
	for _, m := range q.measuresOf(reading.To, s) {
		c := Contribution{Sum: sum, Measure: m, Number: reading.Number, Reading: reading}
		if m == CO2e {
			c.Number = reading.CO2e
		}
		if spans {
			c.Number = quantity.Number{}
			c.Gap = &ledger.Gap{Flow: sum.Flow, To: reading.To, Scope: reading.Scope,
				Category: reading.Category, Reason: ledger.ReasonSpans}
		}
		s.give(q, c, yield)
	}
}

// measuresOf returns the measures that a reading to a commodity belongs to.
func (q Query) measuresOf(to string, s State) []Measure {
	var measures []Measure
	for _, m := range q.Measures {
		commodity, ok := commodityOf[m]
		if !ok {
			commodity = string(m)
		}
		target, _ := s.Library.Catalogue.ByID(to)
		if commodity == to || m == CO2e && target.Class == quantity.ClassGas {
			measures = append(measures, m)
		}
	}
	return measures
}

// amount gives the amount of the flow itself, for measures that are commodities of activities.
func (s State) amount(q Query, sum ledger.Sum, spans bool, yield func(Contribution)) {
	if !slices.Contains(q.Measures, Measure(sum.Commodity)) || !counts(sum.To) {
		return
	}
	c := Contribution{Sum: sum, Measure: Measure(sum.Commodity), Number: sum.Total}
	if spans || sum.Absence.IsGap() {
		reason := ledger.ReasonAbsent
		if spans {
			reason = ledger.ReasonSpans
		}
		c.Number = quantity.Number{}
		c.Gap = &ledger.Gap{Flow: sum.Flow, To: sum.Commodity, Reason: reason}
	}
	s.give(q, c, yield)
}

// counts says whether an amount at this role is consumption or a product, and not mere movement.
func counts(role ledger.Role) bool {
	switch role {
	case ledger.Use, ledger.Feedstock, ledger.Convert, ledger.Product:
		return true
	}
	return false
}

// give passes a contribution on where it meets the query's conditions on readings.
func (s State) give(q Query, c Contribution, yield func(Contribution)) {
	for dimension, want := range q.Where {
		if dimension != Area && s.value(dimension, c) != want {
			return
		}
	}
	yield(c)
}

// keeps says whether a flow lies in the area asked for. Denominators are asked for by other means,
// so a flow of an area counts only where the area itself is named.
func (s State) keeps(q Query, f ledger.Flow) bool {
	entity, _ := s.Book.EntityAt(f.Entity, f.Period.First)
	return s.inArea(q, entity)
}

// inArea is keeps for an entity.
func (s State) inArea(q Query, entity ledger.Entity) bool {
	want, ok := q.Where[Area]
	if !ok {
		return true
	}
	if exact, ok := strings.CutPrefix(want, exactly); ok {
		return orNone(entity.Area) == exact
	}
	return s.Library.Areas.Within(entity.Area, want)
}

func (s State) key(by []Dimension, c Contribution) []string {
	key := make([]string, len(by))
	for i, dimension := range by {
		key[i] = s.value(dimension, c)
	}
	return key
}

// value is what a contribution has in a dimension.
func (s State) value(d Dimension, c Contribution) string {
	value := ""
	switch d {
	case Scope, Category, Gas:
		value = readingValue(d, c)
	case Commodity:
		value = c.Sum.Commodity
	case Entity, Site:
		value = whoValue(d, c.Sum.Entity, c.Sum.Site)
	case Area, Industry, Sector:
		entity, _ := s.Book.EntityAt(c.Sum.Entity, c.Sum.Period.First)
		value = entityValue(d, entity)
	case Month:
		value = monthText(c.Sum.Period)
	case Year:
		value = quantity.Year(c.Sum.Period.Year()).String()
	}
	return orNone(value)
}

func orNone(value string) string {
	if value == "" {
		return none
	}
	return value
}

func readingValue(d Dimension, c Contribution) string {
	var scope, category, to string
	switch {
	case c.Gap != nil:
		scope, category, to = c.Gap.Scope, c.Gap.Category, c.Gap.To
	case c.Reading != nil:
		scope, category, to = c.Reading.Scope, c.Reading.Category, c.Reading.To
	}
	switch d {
	case Scope:
		return scope
	case Category:
		return category
	}
	return to
}
