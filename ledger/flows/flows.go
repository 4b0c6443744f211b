// Package flows keeps sums of flows as columns: who, what and when stand once in tables, and a sum
// is its place in each, a total and a count of rows.
//
// A book of millions of sums is written, read, put in order and added up by these small whole
// numbers. What the words mean is known to package ledger alone.
package flows

import (
	"sync"

	"carbonledger/ledger/column"
	"carbonledger/quantity"
)

// Who is whose flow it is: entity, site, and the entity at the other end where it is named.
type Who = column.Who

// What is what moves between which roles, with its absence and day of publication.
type What struct {
	From, To, Commodity, Absence string
	Vintage                      quantity.Day
}

// Code is a flow as its places in the three tables.
type Code struct{ Who, What, When uint32 }

// Table is a list of different values. It only grows, so that places and slices of it stay good.
type Table[T comparable] struct {
	list   []T
	places map[T]uint32
}

// find makes the places of a table that was read as a list, when somebody first looks for one.
func (t *Table[T]) find() {
	if t.places != nil {
		return
	}
	t.places = make(map[T]uint32, len(t.list))
	for i, value := range t.list {
		if _, twice := t.places[value]; !twice {
			t.places[value] = uint32(i)
		}
	}
}

// Place returns the place of a value, and makes one where it has none.
func (t *Table[T]) Place(value T) uint32 {
	t.find()
	if at, ok := t.places[value]; ok {
		return at
	}
	at := uint32(len(t.list))
	t.places[value], t.list = at, append(t.list, value)
	return at
}

// Find returns the place of a value, or false where it has none.
func (t *Table[T]) Find(value T) (uint32, bool) {
	t.find()
	at, ok := t.places[value]
	return at, ok
}

// List returns the values by their places; nobody may change it.
func (t *Table[T]) List() []T { return t.list }

// Tables are the three tables of a list of sums. The zero value is empty.
type Tables struct {
	Who  Table[Who]
	What Table[What]
	When Table[quantity.Period]
}

// Code returns the code of a flow, with places of its own where it has none.
func (t *Tables) Code(who Who, what What, when quantity.Period) Code {
	return Code{t.Who.Place(who), t.What.Place(what), t.When.Place(when)}
}

// Find returns the code of a flow, or false where a part of it has no place.
func (t *Tables) Find(who Who, what What, when quantity.Period) (Code, bool) {
	atWho, okWho := t.Who.Find(who)
	atWhat, okWhat := t.What.Find(what)
	atWhen, okWhen := t.When.Find(when)
	return Code{atWho, atWhat, atWhen}, okWho && okWhat && okWhen
}

// wideScale marks a total whose coefficient is its place among the wide ones.
const wideScale = 0xff

// Sums are sums of flows, column by column. The zero value is empty.
type Sums struct {
	Codes []Code
	Rows  []int
	// coefficients and scales are the totals; one that does not fit lies in wide.
	coefficients []int64
	scales       []uint8
	wide         []quantity.Number
	// ordered: they are known to stand in the order of their flows, each flow once.
	ordered bool
}

// NewSums returns sums with room for n.
func NewSums(n int) Sums {
	return Sums{Codes: make([]Code, 0, n), Rows: make([]int, 0, n),
		coefficients: make([]int64, 0, n), scales: make([]uint8, 0, n)}
}

// Len counts the sums.
func (s *Sums) Len() int { return len(s.Codes) }

// Add appends a sum.
func (s *Sums) Add(code Code, total quantity.Number, rows int) {
	coefficient, scale, small := total.Small()
	if !small {
		coefficient, scale = int64(len(s.wide)), wideScale
		s.wide = append(s.wide, total)
	}
	s.ordered = false
	s.Codes, s.Rows = append(s.Codes, code), append(s.Rows, rows)
	s.coefficients, s.scales = append(s.coefficients, coefficient), append(s.scales, scale)
}

// SumsOf makes sums of n parts, in the order of their flows; several at once where each flow comes
// once.
func SumsOf(n int, once bool, at func(int) (Code, quantity.Number, int)) Sums {
	if !once {
		s := NewSums(n)
		for i := range n {
			s.Join(at(i))
		}
		return s
	}
	s := Sums{Codes: make([]Code, n), Rows: make([]int, n), coefficients: make([]int64, n),
		scales: make([]uint8, n)}
	var mutex sync.Mutex
	EachPart(n, func(first, end int) {
		for i := first; i < end; i++ {
			var total quantity.Number
			var small bool
			s.Codes[i], total, s.Rows[i] = at(i)
			if s.coefficients[i], s.scales[i], small = total.Small(); !small {
				mutex.Lock()
				s.coefficients[i], s.scales[i] = int64(len(s.wide)), wideScale
				s.wide = append(s.wide, total)
				mutex.Unlock()
			}
		}
	})
	return s
}

// Join adds to the last sum where that is of the same flow, and otherwise appends one.
func (s *Sums) Join(code Code, total quantity.Number, rows int) {
	last := len(s.Codes) - 1
	if last < 0 || s.Codes[last] != code {
		s.Add(code, total, rows)
		return
	}
	total, rows = s.Total(last).Add(total), s.Rows[last]+rows
	s.Codes, s.Rows = s.Codes[:last], s.Rows[:last]
	s.coefficients, s.scales = s.coefficients[:last], s.scales[:last]
	s.Add(code, total, rows)
}

// Total returns a total.
func (s *Sums) Total(at int) quantity.Number {
	if s.scales[at] == wideScale {
		return s.wide[s.coefficients[at]]
	}
	return quantity.Scaled(s.coefficients[at], s.scales[at])
}

// Moved returns the sums with their codes as places in another book's tables, which grow where they
// have to. Both have the other columns in common.
func (s Sums) Moved(from, to *Tables) Sums {
	who, what, when := to.Who.take(&from.Who), to.What.take(&from.What), to.When.take(&from.When)
	if isOwn(who) && isOwn(what) && isOwn(when) {
		return s
	}
	codes := make([]Code, len(s.Codes))
	for i, c := range s.Codes {
		codes[i] = Code{who[c.Who], what[c.What], when[c.When]}
	}
	s.Codes = codes
	return s
}

// isOwn says whether every place stays what it is.
func isOwn(places []uint32) bool {
	for i, place := range places {
		if place != uint32(i) {
			return false
		}
	}
	return true
}

// Part returns some of the sums with tables of their own, which hold what these use in the order of
// their use.
func (s *Sums) Part(t *Tables, from, to int) (*Tables, *Sums) {
	own, part := &Tables{}, NewSums(to-from)
	who, what, when := make([]uint32, len(t.Who.list)), make([]uint32, len(t.What.list)),
		make([]uint32, len(t.When.list))
	for i := from; i < to; i++ {
		c := s.Codes[i]
		code := Code{taken(&own.Who, who, t.Who.list, c.Who),
			taken(&own.What, what, t.What.list, c.What),
			taken(&own.When, when, t.When.list, c.When)}
		part.Add(code, s.Total(i), s.Rows[i])
	}
	return own, &part
}

// taken is the place of a value in a table of its own; places holds 1 more than that, 0 for none.
func taken[T comparable](own *Table[T], places []uint32, list []T, at uint32) uint32 {
	if places[at] == 0 {
		places[at] = own.Place(list[at]) + 1
	}
	return places[at] - 1
}

// adopt appends the values of a block as they are. A value that stands there twice, or in the
// blocks before, has several places until the sums move to another table.
func (t *Table[T]) adopt(values []T) []uint32 {
	places := make([]uint32, len(values))
	for i := range places {
		places[i] = uint32(len(t.list) + i)
	}
	t.list = append(t.list, values...)
	return places
}

// take gives the values of another table their places in this one. An empty table has the same
// list, and makes places of its own when somebody looks for one.
func (t *Table[T]) take(from *Table[T]) []uint32 {
	if len(t.list) == 0 && len(from.places) == len(from.list) {
		t.places = nil
		return t.adopt(from.list)
	}
	return placesOf(t, from.list)
}

// placesOf gives values their places in a table.
func placesOf[T comparable](t *Table[T], values []T) []uint32 {
	places := make([]uint32, len(values))
	for i, value := range values {
		places[i] = t.Place(value)
	}
	return places
}
