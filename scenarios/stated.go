package scenarios

import (
	"context"
	"maps"
	"slices"

	"carbonledger/quantity"
)

// Stated is a scenario projected as it stands, with all it went through on the way, so that other
// values of its rows are projected from where they begin to differ: searches and samples ask for
// thousands of them. What comes out is what Project gives, digit for digit.
type Stated struct {
	// given is the base as it was given, base what levers have completed it to.
	given, base Base
	scenario    Scenario
	levers      []Lever
	pathway     Pathway
	// rows are those of each lever, begun what had a say before the first year.
	rows  [][]Row
	begun map[int]bool
	years []statedYear
}

// statedYear is a year of a stated scenario: the draft before each lever and after the last, the
// rows each lever has touched, how far services had moved, and the uses at the end
// with their cells.
type statedYear struct {
	drafts  []*Draft
	touched []map[int]bool
	past    past
	uses    []Use
	cells   []Cell
}

// State projects a scenario and keeps what it went through.
func State(ctx context.Context, base Base, scenario Scenario, levers []Lever, horizon int) (
	*Stated, error) {
	s := &Stated{given: base, scenario: scenario, levers: levers}
	pathway, err := project(ctx, base, scenario, levers, horizon, s)
	s.pathway = pathway
	return s, err
}

// Pathway is that of the scenario as it stands.
func (s *Stated) Pathway() Pathway { return s.pathway }

// begin keeps what the years have in common.
func (s *Stated) begin(r *run, rows [][]Row) {
	if s != nil {
		s.base, s.rows, s.begun = *r.base, rows, maps.Clone(r.touched)
	}
}

// year begins a year.
func (s *Stated) year(d *Draft) {
	if s != nil {
		s.years = append(s.years, statedYear{drafts: []*Draft{d.copy(d.run)}})
		d.run.touched = map[int]bool{}
	}
}

// step keeps what a lever has made of the year, and touched.
func (s *Stated) step(d *Draft) {
	if s == nil {
		return
	}
	year := &s.years[len(s.years)-1]
	year.touched = append(year.touched, d.run.touched)
	d.run.touched = map[int]bool{}
	after := year.drafts[len(year.drafts)-1]
	if !d.meets(after) {
		after = d.copy(d.run)
	}
	year.drafts = append(year.drafts, after)
}

// settled keeps how the year ended.
func (s *Stated) settled(d *Draft) {
	if s == nil {
		return
	}
	year := &s.years[len(s.years)-1]
	year.past, year.uses, year.cells = d.run.past[len(d.run.past)-1], d.Uses, d.cells
}

// ended gives back which rows had a say in all.
func (s *Stated) ended(r *run) {
	if s == nil {
		return
	}
	r.touched = maps.Clone(s.begun)
	for _, year := range s.years {
		for _, touched := range year.touched {
			maps.Copy(r.touched, touched)
		}
	}
}

// Vary projects the scenario with other values in some of its rows, which stand in the order of the
// scenario's. It may be called by several workers at once.
func (s *Stated) Vary(ctx context.Context, rows []Row) (Pathway, error) {
	first, last, ok := s.span(rows)
	if !ok {
		varied := s.scenario
		varied.Rows = rows
		return ProjectContext(ctx, s.given, varied, s.levers,
			s.base.Year+len(s.pathway.Years)-1)
	}
	v := variation{stated: s, first: first, last: last, rows: slices.Clone(s.rows),
		run: &run{base: &s.base, touched: maps.Clone(s.begun)}}
	for i := first; i <= last; i++ {
		v.rows[i] = rowsOf(s.levers[i], rows)
	}
	pathway := s.pathway
	pathway.Years = nil
	for at := range s.years {
		if err := ctx.Err(); err != nil {
			return Pathway{}, err
		}
		year, err := v.year(at)
		if err != nil {
			return Pathway{}, err
		}
		pathway.Years = append(pathway.Years, year)
	}
	pathway.tell(rows, v.run.touched)
	return pathway, pathway.Check()
}

// span returns the first and the last lever whose rows have other values. It is false where more
// than values differ, or a lever has a say that looks at the base or at the years before it.
func (s *Stated) span(rows []Row) (first, last int, ok bool) {
	if len(rows) != len(s.scenario.Rows) {
		return 0, 0, false
	}
	first, last = len(s.levers), -1
	for i := range rows {
		as := rows[i]
		as.Value = s.scenario.Rows[i].Value
		if as != s.scenario.Rows[i] {
			return 0, 0, false
		}
		if rows[i].Value.Equal(as.Value) {
			continue
		}
		for at, lever := range s.levers {
			if !slices.Contains(lever.Names(), as.Lever) {
				continue
			}
			_, ground := lever.(Ground)
			_, past := lever.(Past)
			if ground || past {
				return 0, 0, false
			}
			first, last = min(first, at), max(last, at)
		}
	}
	return first, last, true
}

// variation is a scenario with other values on its way through the years.
type variation struct {
	stated      *Stated
	first, last int
	rows        [][]Row
	run         *run
	// moved says that services have gone another way in a year before.
	moved bool
}

// year follows one year from the first lever that has other rows, and no further than to where it
// is as stated again.
func (v *variation) year(at int) (Year, error) {
	stated, from := &v.stated.years[at], v.first
	if v.moved {
		from = 0 // what looks back to the years before may find others there
	}
	for _, touched := range stated.touched[:from] {
		maps.Copy(v.run.touched, touched)
	}
	d := stated.drafts[from].copy(v.run)
	if d.driven {
		v.run.past = append(v.run.past, past{stated.past.services, d.Drivers})
	}
	for i := from; i < len(v.stated.levers); i++ {
		if err := v.stated.levers[i].Apply(d, v.rows[i]); err != nil {
			return Year{}, err
		}
		if met := d.meets(stated.drafts[i+1]); met && i >= v.last && !v.moved {
			return v.join(d, at, i+1), nil
		}
	}
	if from == len(v.stated.levers) {
		return v.join(d, at, from), nil
	}
	d.stated = stated
	year := d.settle()
	v.moved = v.moved || !v.run.past[at].equal(stated.past)
	return year, nil
}

// join ends a year as it is stated, from a lever on.
func (v *variation) join(d *Draft, at, from int) Year {
	stated := &v.stated.years[at]
	for _, touched := range stated.touched[from:] {
		maps.Copy(v.run.touched, touched)
	}
	if !d.driven {
		v.run.past = append(v.run.past, stated.past)
	}
	v.moved = v.moved || !v.run.past[at].equal(stated.past)
	return v.stated.pathway.Years[at]
}

func (p past) equal(q past) bool {
	return maps.EqualFunc(p.services, q.services, same) &&
		maps.EqualFunc(p.drivers, q.drivers, quantity.Number.Equal)
}

// same says whether two fractions are written alike, which says that they are equal; equal ones may
// be written in several ways.
func same(a, b quantity.Ratio) bool {
	return a == b || a.Numerator.Equal(b.Numerator) && a.Denominator.Equal(b.Denominator)
}

// copy is a draft of the same year that goes its own way.
func (d *Draft) copy(r *run) *Draft {
	c := *d
	c.run = r
	c.Drivers, c.Prices = maps.Clone(d.Drivers), maps.Clone(d.Prices)
	c.Floors, c.services = maps.Clone(d.Floors), maps.Clone(d.services)
	c.Uses, c.Water = slices.Clone(d.Uses), slices.Clone(d.Water)
	c.memos, c.sized = slices.Clip(d.memos), slices.Clip(d.sized)
	return &c
}

// meets says whether a draft is where another one stands. Uses that are the same become the very
// same, so that what follows from them need not be worked out again.
func (d *Draft) meets(other *Draft) bool {
	met := meet(d.Uses, other.Uses)
	met = meet(d.Water, other.Water) && met
	return met && d.driven == other.driven && d.GridKnown == other.GridKnown &&
		d.GridLed == other.GridLed && same(d.Sinks, other.Sinks) &&
		same(d.GridNonFossil, other.GridNonFossil) &&
		same(d.DiscountPercent, other.DiscountPercent) &&
		maps.EqualFunc(d.Drivers, other.Drivers, quantity.Number.Equal) &&
		maps.EqualFunc(d.Prices, other.Prices, same) &&
		maps.EqualFunc(d.Floors, other.Floors, same) &&
		maps.EqualFunc(d.services, other.services, same) &&
		slices.EqualFunc(d.memos, other.memos, memo.equal) &&
		slices.EqualFunc(d.sized, other.sized, sized.equal)
}

func meet(uses, others []Use) bool {
	met := len(uses) == len(others)
	for i := range min(len(uses), len(others)) {
		use, other := &uses[i], &others[i]
		switch {
		case *use == *other:
		case use.Sector == other.Sector && use.Commodity == other.Commodity &&
			same(use.Energy, other.Energy) && same(use.Quantity, other.Quantity) &&
			same(use.CO2, other.CO2):
			*use = *other
		default:
			met = false
		}
	}
	return met
}

func (m memo) equal(n memo) bool {
	return m.name == n.name && m.sector == n.sector && m.commodity == n.commodity &&
		same(m.value, n.value)
}

func (s sized) equal(t sized) bool {
	return s.row.Line == t.row.Line && s.row.Cost == t.row.Cost && same(s.units, t.units)
}
