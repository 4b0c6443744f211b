package inventory

import (
	"math/bits"
	"slices"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

// keys writes the values that tell rows apart as one whole number: every value of a dimension has
// its place in their order, and the places are the digits of the number, so that numbers stand in
// the order of their rows.
type keys struct {
	by     []Dimension
	values [][]string
	places []map[string]uint64
	// weights are what a place counts, rows how many numbers there are.
	weights []uint64
	rows    uint64
}

// newKeys takes the values that each dimension can have. It returns false where the numbers would
// have more than 64 bits.
func newKeys(by []Dimension, values func(Dimension) []string) (*keys, bool) {
	k := &keys{by: by, values: make([][]string, len(by)), rows: 1,
		places: make([]map[string]uint64, len(by)), weights: make([]uint64, len(by))}
	for i := len(by) - 1; i >= 0; i-- {
		list := values(by[i])
		if !slices.IsSorted(list) {
			slices.Sort(list)
		}
		k.values[i] = slices.Compact(list)
		k.places[i] = make(map[string]uint64, len(k.values[i]))
		for place, value := range k.values[i] {
			k.places[i][value] = uint64(place)
		}
		k.weights[i] = k.rows
		high, low := bits.Mul64(k.rows, uint64(len(k.values[i])))
		if k.rows = low; high != 0 {
			return nil, false
		}
	}
	return k, true
}

// part is what the dimensions of a kind add to the number of a row.
func (k *keys) part(kind kind, value func(Dimension) string) (number uint64) {
	for i, d := range k.by {
		if kindOf(d) == kind {
			number += k.weights[i] * k.places[i][value(d)]
		}
	}
	return number
}

// kind says what the value of a dimension depends on.
type kind int

// A value depends on who it is about, on what was registered of them at the time, or on what
// moved when and how it is read.
const (
	ofWho kind = iota
	ofEntity
	ofReading
)

func kindOf(d Dimension) kind {
	switch d {
	case Entity, Site:
		return ofWho
	case Area, Industry, Sector:
		return ofEntity
	}
	return ofReading
}

// valuesIn lists the values that a dimension has in sums, or could have under the policy.
func (s State) valuesIn(sums ledger.Sums) func(Dimension) []string {
	return func(d Dimension) (values []string) {
		switch d {
		case Scope, Category, Gas:
			for _, rule := range s.Policy.Rules {
				gap := &ledger.Gap{To: rule.To, Scope: rule.Scope, Category: rule.Category}
				values = append(values, orNone(readingValue(d, Contribution{Gap: gap})))
			}
			values = append(values, none)
			if d == Gas {
				values = append(values, commoditiesOf(sums)...)
			}
		case Commodity:
			values = commoditiesOf(sums)
		case Month, Year:
			for _, when := range sums.When {
				c := Contribution{Sum: ledger.Sum{Flow: ledger.Flow{Period: when}}}
				values = append(values, s.value(d, c))
			}
		case Entity, Site:
			for _, who := range sums.Who {
				values = append(values, orNone(whoValue(d, who.Entity, who.Site)))
			}
		default:
			for _, who := range sums.Who {
				for _, entity := range s.registrations(who.Entity) {
					values = append(values, orNone(entityValue(d, entity)))
				}
			}
		}
		slices.Sort(values)
		return slices.Compact(values)
	}
}

func commoditiesOf(sums ledger.Sums) []string {
	var values []string
	for _, what := range sums.What {
		values = append(values, orNone(what.Commodity))
	}
	return values
}

// registrations returns all that was registered of an entity, one empty entity where nothing was.
func (s State) registrations(id string) []ledger.Entity {
	if history := s.Book.Registrations(id); len(history) > 0 {
		return history
	}
	return []ledger.Entity{{}}
}

// whoValue and entityValue are what value is in dimensions of their kind.
func whoValue(d Dimension, entity, site string) string {
	if d == Entity {
		return entity
	}
	return site
}

func entityValue(d Dimension, entity ledger.Entity) string {
	switch d {
	case Area:
		return entity.Area
	case Industry:
		return entity.Industry
	}
	return SectorOf(entity.Industry)
}

// monthText names the month of a period, or the period where it is longer.
func monthText(p quantity.Period) string {
	if month, ok := p.MonthText(); ok {
		return month
	}
	return p.String()
}
