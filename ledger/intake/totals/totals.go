// Package totals knows rows that repeat others: what the rows above a total come to, in one unit or
// in standard coal, and which of them may be why the two differ.
package totals

import (
	"strings"

	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Entry is a figure that a row of totals may sum.
type Entry struct {
	// Column counts from 0; Row counts the rows of figures.
	Column, Row, Line int
	Entity, Site      string
	Commodity         *quantity.Commodity
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

// Cause is a row that may be why a total differs from what its rows come to.
type Cause struct {
	Entry
	// Share is the percentage of the sum that the row makes, to one decimal. Meant is the unit in
	// which it would fit the total, or empty.
	Share, Meant string
}

// largeShare is the percentage of a sum beyond which one row makes it.
const largeShare = 90

// may are the units that figures of a form are filled in with by mistake.
var may = []string{"kWh", "万kWh", "MWh", "kJ", "MJ", "GJ", "kg", "t", "万t", "L", "m3", "万m3", "Nm3",
	"万Nm3", "kgce", "tce"}

// Explain finds the row that in another unit would make the total what it is, or else the one that
// makes nearly all of a sum twice the total or more.
func Explain(summed []Entry, total, sum, slack quantity.Number) (Cause, bool) {
	var largest Cause
	for _, e := range summed {
		if hasKinds(e, summed) || e.Number.IsZero() || sum.Sign() <= 0 {
			continue
		}
		part := e.Number.Mul(e.Weight)
		percent := quantity.RatioOf(part.Mul(quantity.Int(100)), sum)
		shown, _ := percent.Round(quantity.Rounding{Places: 1})
		cause := Cause{Entry: e, Share: shown.Fixed(1)}
		cause.Meant = meant(e, total.Sub(sum.Sub(part)), part, slack)
		if cause.Meant != "" {
			return cause, true
		}
		twice := sum.Cmp(total.Mul(quantity.Int(2))) >= 0
		if twice && percent.Cmp(quantity.Whole(quantity.Int(largeShare))) >= 0 {
			largest = cause
		}
	}
	return largest, largest.Share != ""
}

// meant returns the unit in which a part of the sum would be what is left of the total for it:
//
//	left = part x other unit / unit of the row
func meant(e Entry, left, part, slack quantity.Number) string {
	here, _, err := units.Accept(*e.Commodity, e.Unit)
	if err != nil {
		return ""
	}
	for _, unit := range may {
		there, _, err := units.Accept(*e.Commodity, unit)
		if err != nil || there.Equal(here) {
			continue
		}
		off := part.Mul(there).Sub(left.Mul(here)).Abs()
		if off.Cmp(slack.Mul(here)) <= 0 {
			return unit
		}
	}
	return ""
}

// HalfDigit is half a unit of the last printed digit of a figure.
func HalfDigit(text string) quantity.Number {
	half := "0.5"
	figure, _, _ := table.ReadFigure(text)
	if _, decimals, ok := strings.Cut(figure.Text, "."); ok {
		half = "0." + strings.Repeat("0", min(len(decimals), 60)) + "5"
	}
	number, _ := quantity.ParseNumber(half)
	return number
}

// IsClose says whether a figure is off by no more than a slack, or than a thousandth of the other:
// what is worked out is printed rounded, and so are the figures it is made of.
func IsClose(off, slack, other quantity.Number) bool {
	return off.Cmp(slack) <= 0 || off.Mul(quantity.Int(1000)).Cmp(other.Abs()) <= 0
}
