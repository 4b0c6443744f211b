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

// Row is one line of an inventory: the values of its dimensions and a figure for each measure.
type Row struct {
	Key     []string
	Figures []Figure
}

// Inventory is the answer to a query.
type Inventory struct {
	Pins  Pins
	Query Query
	// Units are the commodities the measures are counted in, in their book units.
	Units  []quantity.Commodity
	Rows   []Row
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
// row. Sums are read in the order of their flows by any number of workers and merged by addition.
func Build(s State, q Query) (Inventory, error) {
	q.Measures = distinct(q.Measures)
	inventory := Inventory{Pins: s.Pins(), Query: q, Totals: make([]Figure, len(q.Measures))}
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
	sums := s.Book.Sums()
	workers := max(1, q.Workers)
	parts := make([]tally, workers)
	size := (len(sums) + workers - 1) / workers
	standing := newStanding(sums, s.Library.Catalogue)
	var wait sync.WaitGroup
	for i := range workers {
		part := sums[min(i*size, len(sums)):min((i+1)*size, len(sums))]
		wait.Go(func() { parts[i] = s.tally(q, part, standing) })
	}
	wait.Wait()
	total := tally{rows: map[string]Row{}}
	for _, part := range parts {
		total.merge(part)
	}
	inventory.Rows, inventory.Gaps = total.sorted(), total.gaps
	for _, row := range inventory.Rows {
		for i, figure := range row.Figures {
			inventory.Totals[i] = inventory.Totals[i].add(figure)
		}
	}
	return inventory, nil
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

// tally is what one worker has added up.
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

func (t *tally) merge(part tally) {
	for joined, row := range part.rows {
		standing, ok := t.rows[joined]
		if !ok {
			t.rows[joined] = row
			continue
		}
		for i, figure := range row.Figures {
			standing.Figures[i] = standing.Figures[i].add(figure)
		}
	}
	t.gaps = append(t.gaps, part.gaps...)
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
		at := slices.Index(q.Measures, c.Measure)
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
	sums := s.Book.Sums()
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
		spans := !q.Period.Contains(sum.Period)
		entry := reader.Convert(sum.Flow, sum.Total)
		if isClaim(sum.Flow, s.Library.Catalogue) && standing.isOverclaimed(sum.Flow) {
			entry = entry.Refused(ledger.ReasonOverclaimed)
		}
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
	want, ok := q.Where[Area]
	if !ok {
		return true
	}
	entity, _ := s.Book.EntityAt(f.Entity, f.Period.First)
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
	entity, _ := s.Book.EntityAt(c.Sum.Entity, c.Sum.Period.First)
	value := ""
	switch d {
	case Scope, Category, Gas:
		value = readingValue(d, c)
	case Commodity:
		value = c.Sum.Commodity
	case Entity:
		value = c.Sum.Entity
	case Site:
		value = c.Sum.Site
	case Area:
		value = entity.Area
	case Industry:
		value = entity.Industry
	case Sector:
		value = SectorOf(entity.Industry)
	case Month:
		month, ok := c.Sum.Period.MonthText()
		if value = month; !ok {
			value = c.Sum.Period.String()
		}
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
