package factors

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"carbonledger/quantity"
)

// Change says what became of a row between two sets.
type Change string

// A row is there only in the second set, only in the first, or has another value or validity.
const (
	Added   Change = "added"
	Removed Change = "removed"
	Changed Change = "changed"
)

// Difference is a row that two sets do not have alike; Before or After is nil where it is missing.
type Difference struct {
	Change        Change
	Before, After *Factor
}

// Relative is the change as a share of the value before, undefined where there was none.
//
//	(after - before) / before
func (d Difference) Relative() quantity.Ratio {
	if d.Before == nil || d.After == nil {
		return quantity.Ratio{}
	}
	return quantity.RatioOf(d.After.Value.Sub(d.Before.Value), d.Before.Value)
}

// of is the factor the difference is about.
func (d Difference) of() *Factor {
	if d.After != nil {
		return d.After
	}
	return d.Before
}

// rowKey is what two rows have in common that stand for the same thing, whatever their ids.
type rowKey struct {
	from, to, area, basis, gwp string
	valid                      quantity.Period
}

func keyOf(f Factor) rowKey {
	return rowKey{f.From.ID, f.To.ID, f.Area, f.Basis, f.GWP, f.Valid}
}

// Differences compares the rows of s with those of a later edition or of another set: first those
// of the same edge, place and time; then, where an edge and place has one row on either side, those
// two, though they hold for other times. Rows that differ in neither value nor validity are left
// out.
func (s Set) Differences(other Set) []Difference {
	var list []Difference
	before, after := s.rows(), other.rows()
	meet := func(key func(Factor) rowKey) {
		rows, counts := map[rowKey]int{}, map[rowKey]int{}
		for i, f := range before {
			rows[key(f)] = i
			counts[key(f)]++
		}
		twins := map[rowKey]int{}
		for _, f := range after {
			twins[key(f)]++
		}
		gone := map[string]bool{}
		after = slices.DeleteFunc(after, func(f Factor) bool {
			k := key(f)
			if counts[k] != 1 || twins[k] != 1 {
				return false
			}
			old := before[rows[k]]
			gone[old.ID] = true
			if !old.Value.Equal(f.Value) || old.Valid != f.Valid {
				list = append(list, Difference{Changed, &old, &f})
			}
			return true
		})
		before = slices.DeleteFunc(before, func(f Factor) bool { return gone[f.ID] })
	}
	meet(keyOf)
	meet(func(f Factor) rowKey {
		k := keyOf(f)
		k.valid = quantity.Period{}
		return k
	})
	for _, f := range before {
		list = append(list, Difference{Removed, &f, nil})
	}
	for _, f := range after {
		list = append(list, Difference{Added, nil, &f})
	}
	slices.SortStableFunc(list, func(x, y Difference) int { return compareRows(x.of(), y.of()) })
	return list
}

func compareRows(f, g *Factor) int {
	return cmp.Or(strings.Compare(f.From.ID, g.From.ID), strings.Compare(f.To.ID, g.To.ID),
		strings.Compare(f.Area, g.Area), cmp.Compare(f.Valid.First, g.Valid.First),
		strings.Compare(f.ID, g.ID))
}

// KnownOn returns the set as a reader of that day knew it. It keeps the rows published later, and
// no search takes them: a row that is not known yet is no hole in the set. It has an id of its own,
// so that it can stand beside the set in a library.
func (s Set) KnownOn(day quantity.Day) Set {
	known := s
	known.ID, known.known = fmt.Sprintf("%s:%s", s.ID, day), day
	known.Factors = slices.Clone(s.Factors)
	for i := range known.Factors {
		known.Factors[i].Set = known.ID
	}
	return known
}

// rows are the factors of the set that are known.
func (s Set) rows() []Factor {
	return slices.DeleteFunc(slices.Clone(s.Factors), func(f Factor) bool {
		return s.known != 0 && f.known > s.known
	})
}

// limit takes the day of the set into a query where the query looks at a later one.
func (s Set) limit(q Query) Query {
	if s.known != 0 && (q.Known == 0 || s.known < q.Known) {
		q.Known = s.known
	}
	return q
}
