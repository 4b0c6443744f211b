package inventory

import (
	"iter"
	"slices"
	"sync"

	"carbonledger/ledger/flows"
	"carbonledger/quantity"
)

// Row is one line of an inventory: the values of its dimensions and a figure for each measure.
type Row struct {
	Key     []string
	Figures []Figure
}

// Rows are the rows of an inventory in the order of their values. A province has a million, so they
// are columns without pointers, and a Row is made of them when somebody asks. The zero value is
// empty.
type Rows struct {
	// list are rows that were made one by one, with their values and the places of these by
	// dimension; all others are numbers with their figures.
	list    []Row
	values  [][]string
	places  [][]uint32
	keys    *keys
	numbers []uint64
	columns columns
}

// RowsOf returns rows that stand in the order of their values.
func RowsOf(list []Row) Rows {
	r := Rows{list: list}
	for i := 0; len(list) > 0 && i < len(list[0].Key); i++ {
		known, values, places := numbers[string]{}, []string(nil), make([]uint32, len(list))
		for row := range list {
			value := list[row].Key[i]
			if places[row] = uint32(known.of(value)); len(known) > len(values) {
				values = append(values, value)
			}
		}
		r.values, r.places = append(r.values, values), append(r.places, places)
	}
	return r
}

// Len counts the rows.
func (r *Rows) Len() int {
	if r.keys == nil {
		return len(r.list)
	}
	return len(r.numbers)
}

// Value is what a row has in a dimension, by its place in the query.
func (r *Rows) Value(row, dimension int) string {
	if r.keys == nil {
		return r.list[row].Key[dimension]
	}
	values := r.keys.values[dimension]
	return values[r.numbers[row]/r.keys.weights[dimension]%uint64(len(values))]
}

// Values lists the values that rows can have in a dimension, by its place in the query.
func (r *Rows) Values(dimension int) []string {
	if r.keys != nil {
		return r.keys.values[dimension]
	}
	if len(r.list) == 0 {
		return nil
	}
	return r.values[dimension]
}

// Place tells which of the values a row has.
func (r *Rows) Place(row, dimension int) int {
	var room [1]uint32
	return int(r.Places(room[:0], dimension, row, row+1)[0])
}

// Places adds the places of the values that the rows from first on have.
func (r *Rows) Places(dst []uint32, dimension, first, end int) []uint32 {
	if r.keys == nil {
		return append(dst, r.places[dimension][first:end]...)
	}
	weight, count := r.keys.weights[dimension], uint64(len(r.keys.values[dimension]))
	place, from := uint64(0), uint64(0)
	for _, number := range r.numbers[first:end] {
		// Rows of one value mostly stand together.
		if at := number - from; at >= weight {
			place = number / weight
			place, from = place%count, place*weight
		}
		dst = append(dst, uint32(place))
	}
	return dst
}

// Figure is the figure of a row for a measure, by its place in the query.
func (r *Rows) Figure(row, measure int) Figure {
	if r.keys == nil {
		return r.list[row].Figures[measure]
	}
	return r.columns.figure(row*r.columns.measures + measure)
}

// Gaps counts what is missing from a figure.
func (r *Rows) Gaps(row, measure int) int {
	if r.keys == nil {
		return r.list[row].Figures[measure].Gaps
	}
	return int(r.columns.parts[row*r.columns.measures+measure].gaps)
}

// At returns a row.
func (r *Rows) At(row int) Row {
	if r.keys == nil {
		return r.list[row]
	}
	made := Row{make([]string, len(r.keys.by)), make([]Figure, r.columns.measures)}
	for i := range made.Key {
		made.Key[i] = r.Value(row, i)
	}
	for i := range made.Figures {
		made.Figures[i] = r.Figure(row, i)
	}
	return made
}

// All yields the rows with their places.
func (r *Rows) All() iter.Seq2[int, Row] {
	return func(yield func(int, Row) bool) {
		for i := range r.Len() {
			if !yield(i, r.At(i)) {
				return
			}
		}
	}
}

// Longs lists the numbers of a measure, or returns false where one has too many digits: see
// Numbers.
func (r *Rows) Longs(measure int) ([]quantity.Long, bool) {
	if r.keys == nil {
		return quantity.LongsOf(r.Numbers(measure))
	}
	c := &r.columns
	if len(c.rest) > 0 {
		return nil, false
	}
	if c.measures == 1 {
		return c.numbers, true
	}
	list := make([]quantity.Long, r.Len())
	for i := range list {
		list[i] = c.numbers[i*c.measures+measure]
	}
	return list, true
}

// Numbers lists the numbers of a measure.
func (r *Rows) Numbers(measure int) []quantity.Number {
	list := make([]quantity.Number, r.Len())
	for i := range list {
		list[i] = r.Figure(i, measure).Number
	}
	return list
}

// Total adds one measure of all rows up.
func (r *Rows) Total(measure int) (total Figure) {
	var mutex sync.Mutex
	flows.EachPart(r.Len(), func(first, end int) {
		var sum quantity.Sum
		var some Figure
		for i := first; i < end; i++ {
			if r.keys == nil || len(r.columns.rest) > 0 {
				figure := r.Figure(i, measure)
				sum.Add(figure.Number)
				figure.Number = quantity.Number{}
				some = some.add(figure)
				continue
			}
			at := i*r.columns.measures + measure
			n := &r.columns.parts[at]
			some.Gaps, some.Estimates = some.Gaps+int(n.gaps), some.Estimates+int(n.estimates)
			some.Flows += int(n.flows)
			sum.AddLong(r.columns.numbers[at])
		}
		some.Number = sum.Number()
		mutex.Lock()
		defer mutex.Unlock()
		total = total.add(some)
	})
	return total
}

// columns are the figures of rows, one for each measure side by side.
type columns struct {
	measures int
	numbers  []quantity.Long
	parts    []parts
	// rest is what of some numbers does not fit into theirs.
	rest map[int]quantity.Number
}

// parts count what went into a Figure.
type parts struct{ gaps, estimates, flows uint32 }

func newColumns(rows, measures int) columns {
	return columns{measures, make([]quantity.Long, rows*measures), make([]parts, rows*measures),
		map[int]quantity.Number{}}
}

// figure is the figure at a place.
func (c *columns) figure(at int) Figure {
	n := &c.parts[at]
	f := Figure{c.numbers[at].Number(), int(n.gaps), int(n.estimates), int(n.flows)}
	if rest, ok := c.rest[at]; ok {
		f.Number = f.Number.Add(rest)
	}
	return f
}

// add adds to the number at a place.
func (c *columns) add(at int, number quantity.Long) {
	sum, ok := c.numbers[at].Add(number)
	if !ok {
		c.addRest(at, number.Number())
		return
	}
	c.numbers[at] = sum
}

func (c *columns) addRest(at int, number quantity.Number) { c.rest[at] = c.rest[at].Add(number) }

// join adds the figure of other columns to that at a place.
func (c *columns) join(at int, other *columns, from int) {
	n, m := &c.parts[at], &other.parts[from]
	n.gaps, n.estimates, n.flows = n.gaps+m.gaps, n.estimates+m.estimates, n.flows+m.flows
	c.add(at, other.numbers[from])
	if rest, ok := other.rest[from]; ok {
		c.addRest(at, rest)
	}
}

// isEmpty says whether nothing went into a row.
func (c *columns) isEmpty(row int) bool {
	return !slices.ContainsFunc(c.parts[row*c.measures:(row+1)*c.measures],
		func(n parts) bool { return n.flows > 0 })
}

// grow makes room for so many more rows.
func (c *columns) grow(rows int) {
	c.numbers = slices.Grow(c.numbers, rows*c.measures)
	c.parts = slices.Grow(c.parts, rows*c.measures)
}

// putAll appends all rows of other columns.
func (c *columns) putAll(other *columns) {
	for at, rest := range other.rest {
		c.rest[len(c.numbers)+at] = rest
	}
	c.numbers = append(c.numbers, other.numbers...)
	c.parts = append(c.parts, other.parts...)
}

// put appends a row of other columns.
func (c *columns) put(other *columns, row int) {
	from, end := row*c.measures, (row+1)*c.measures
	for i := from; i < end && len(other.rest) > 0; i++ {
		if rest, ok := other.rest[i]; ok {
			c.rest[len(c.numbers)+i-from] = rest
		}
	}
	c.numbers = append(c.numbers, other.numbers[from:end]...)
	c.parts = append(c.parts, other.parts[from:end]...)
}

// clear makes the columns empty.
func (c *columns) clear() {
	clear(c.numbers)
	clear(c.parts)
	clear(c.rest)
}
