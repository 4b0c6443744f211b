package inventory

import (
	"slices"

	"carbonledger/quantity"
)

// figures are those of all measures, row by row by their numbers. Where the rows stand by entity
// first and entities come one after the other, there is room for those of one entity, a page, and
// what is on it is kept when the next one comes. Otherwise there is room for all; or where that
// would be much more than the sums are many, rows stand in the order of their coming.
type figures struct {
	columns
	// page is how many rows are there at once, from the row first on; 0 for all rows.
	page, first uint64
	places      map[uint64]int
	// numbered are the rows that came, where not all have room.
	numbered []uint64
	kept     kept
}

// kept are rows with their figures.
type kept struct {
	numbered []uint64
	columns
}

// newKept makes room for rows, which nobody touches before there are some.
func newKept(rows, measures int) kept {
	return kept{make([]uint64, rows), newColumns(rows, measures)}
}

// part is empty and has the room of the rows from one to another; more take memory of their own.
func (k *kept) part(from, end int) kept {
	c := columns{measures: k.measures, rest: map[int]quantity.Number{}}
	c.numbers = k.numbers[from*c.measures : from*c.measures : end*c.measures]
	c.parts = k.parts[from*c.measures : from*c.measures : end*c.measures]
	return kept{k.numbered[from:from:end], c}
}

// putAll appends all rows of another.
func (k *kept) putAll(other *kept) {
	k.numbered = append(k.numbered, other.numbered...)
	k.columns.putAll(&other.columns)
}

// densely says how much longer than the sums a list with room for all rows may be, and pagedly how
// many more rows all pages may have together.
const (
	densely = 2
	pagedly = 16
)

// newFigures makes room.
func (c *count) newFigures(paged bool) figures {
	measures, sums := len(c.query.Measures), uint64(c.sums.Len())
	if paged && c.keys.rows <= max(1<<10, pagedly*sums) {
		return figures{columns: newColumns(int(c.keys.weights[0]), measures),
			page: c.keys.weights[0]}
	}
	if c.keys.rows <= max(1<<10, densely*sums) {
		return figures{columns: newColumns(int(c.keys.rows), measures)}
	}
	return figures{columns: newColumns(0, measures), places: map[uint64]int{}}
}

// isDense says whether there is room for all rows.
func (f *figures) isDense() bool { return f.page == 0 && f.places == nil }

// shared are the same figures for another worker, who never has a row with this one.
func (f *figures) shared() figures {
	other := *f
	other.rest = map[int]quantity.Number{}
	return other
}

// row returns the place of a row.
func (f *figures) row(number uint64) int {
	switch {
	case f.page != 0:
		if number-f.first >= f.page {
			f.turn()
			f.first = number / f.page * f.page
		}
		return int(number - f.first)
	case f.places == nil:
		return int(number)
	}
	at, ok := f.places[number]
	if !ok {
		at = len(f.numbered)
		f.places[number], f.numbered = at, append(f.numbered, number)
		for range f.measures {
			f.numbers, f.parts = append(f.numbers, quantity.Long{}), append(f.parts, parts{})
		}
	}
	return at
}

// turn keeps what is on the page, and clears it.
func (f *figures) turn() {
	for row := range int(f.page) {
		if !f.isEmpty(row) {
			f.kept.numbered = append(f.kept.numbered, f.first+uint64(row))
			f.kept.put(&f.columns, row)
		}
	}
	f.clear()
}

// merge adds the figures of another worker.
func (f *figures) merge(g *figures) {
	switch {
	case f.places == nil:
		for at := range g.numbers {
			if g.parts[at].flows > 0 {
				f.join(at, &g.columns, at)
			}
		}
	default:
		for from, number := range g.numbered {
			at := f.row(number)
			for m := range f.measures {
				f.join(at*f.measures+m, &g.columns, from*f.measures+m)
			}
		}
	}
}

// rows returns the rows that something went into, in the order of their values.
func (f *figures) rows(k *keys) Rows {
	if f.page != 0 {
		return Rows{keys: k, numbers: f.kept.numbered, columns: f.kept.columns}
	}
	if f.isDense() && f.measures > 0 {
		for row := range uint64(len(f.parts) / f.measures) {
			if !f.isEmpty(int(row)) {
				f.numbered = append(f.numbered, row)
			}
		}
	}
	slices.Sort(f.numbered)
	made := newColumns(0, f.measures)
	made.grow(len(f.numbered))
	for _, number := range f.numbered {
		made.put(&f.columns, f.row(number))
	}
	return Rows{keys: k, numbers: f.numbered, columns: made}
}
