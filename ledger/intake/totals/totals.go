// Package totals knows rows that repeat others: what the rows above a total come to, in one unit or
// in standard coal, and which of them may be why the two differ.
package totals

import (
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
)

// Entry is a figure that a row of totals may sum.
type Entry struct {
	// Column counts from 0; Row counts the rows of figures.
	Column, Row, Line int
	Entity, Site      string
	Commodity         quantity.Commodity
	Unit              string
	Number            quantity.Number
	// Weight is what a unit of the row is in standard coal, where it is known (Weighted). Poor: the
	// cell is no number.
	Weight         quantity.Number
	Weighted, Poor bool
}

// Plain adds figures of one thing in one unit; anything else has no plain sum.
func Plain(summed []Entry, unit string) (sum quantity.Number, ok bool) {
	for _, e := range summed {
		first := summed[0]
		if e.Poor || e.Unit != first.Unit || e.Commodity.ID != first.Commodity.ID {
			return quantity.Number{}, false
		}
		sum = sum.Add(e.Number)
	}
	return sum, len(summed) > 0 && (unit == "" || unit == summed[0].Unit)
}

// Weighted adds figures of several fuels in standard coal, each by the coefficient of its row,
// and of a fuel and its kinds only the kinds.
func Weighted(summed []Entry) (sum quantity.Number, ok bool) {
	for _, e := range summed {
		if e.Poor || !e.Weighted && !e.Number.IsZero() {
			return quantity.Number{}, false
		}
		if !hasKinds(e, summed) {
			sum = sum.Add(e.Number.Mul(e.Weight))
		}
	}
	return sum, len(summed) > 0
}

func hasKinds(parent Entry, summed []Entry) bool {
	for _, e := range summed {
		if e.Commodity.Parent != "" && e.Commodity.Parent == parent.Commodity.ID &&
			e.Entity == parent.Entity && !e.Number.IsZero() {
			return true
		}
	}
	return false
}

// IsStandardCoal says whether a unit counts tonnes of standard coal.
func IsStandardCoal(unit string) bool { return unit != "" && units.Same(unit, "tce") }
