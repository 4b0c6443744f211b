// Package tally adds the rows of an upload up, by flow and unit as written: what is asked about an
// upload as a whole needs no list of its rows.
//
// A large upload has a million tallies. They hold no pointers, so that nobody walks through them to
// find what is still used; what does not fit into one lies aside.
package tally

import (
	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/flows"
	"carbonledger/quantity"
)

// Tally is what the rows of an upload come to that say the same but for the figure: of one flow, in
// one unit.
type Tally struct {
	// Who, What and When are places in the lists of the tallies.
	Who, What, When uint32
	// Rows counts the rows, Line is that of the largest of them, the first of several.
	Rows, Line uint32
	// scale is that of the total, or aside; written that of the largest figure as written.
	scale, written uint8
	// total is their sum in book units, or its place among those aside; figure is the largest as
	// written.
	total, figure int64
}

// inAside marks a tally of which total and largest figure lie aside.
const inAside = 0xff

// aside is what does not fit into a tally: sums with many digits, and figures that are not the
// written one times the size of its unit.
type aside struct {
	total, largest quantity.Number
	text           string
}

// Tallies are the rows of an upload as far as sums say it all: a few for each account and time,
// however many rows there are. They stand in the order of their flows.
type Tallies struct {
	Whos  []column.Who
	Whats []column.What
	Whens []column.When
	List  []Tally
	aside []aside
}

// Flow is the flow of a tally.
func (t *Tallies) Flow(one *Tally) ledger.Flow {
	return ledger.FlowOf(t.Whos[one.Who], t.Whats[one.What], t.Whens[one.When])
}

// Total is the sum of the rows of a tally in book units.
func (t *Tallies) Total(one *Tally) quantity.Number {
	if one.scale == inAside {
		return t.aside[one.total].total
	}
	return quantity.Scaled(one.total, one.scale)
}

// Largest is the largest figure of a tally without its sign, in book units.
func (t *Tallies) Largest(one *Tally) quantity.Number {
	switch {
	case one.scale == inAside:
		return t.aside[one.total].largest
	case one.written == column.Absent:
		return quantity.Number{}
	}
	perUnit, err := quantity.ParseNumber(t.Whats[one.What].PerUnit)
	if err != nil {
		panic("tally: book units in a unit: " + err.Error())
	}
	return quantity.Scaled(one.figure, one.written&^column.Grouped).Mul(perUnit)
}

// Written is the largest figure of a tally with its unit, as written.
func (t *Tallies) Written(one *Tally) string {
	switch {
	case one.scale == inAside:
		return t.aside[one.total].text
	case one.written == column.Absent:
		return t.Whats[one.What].Unit
	}
	return column.PrintFigure(one.figure, one.written) + t.Whats[one.What].Unit
}

// Put appends a tally with its total in book units and its largest figure as column.PrintFigure
// takes it; perUnit is how many book units are in one of its unit. The list is in no order then:
// see Arrange.
func (t *Tallies) Put(one Tally, total quantity.Number, figure int64, written uint8,
	perUnit quantity.Number) {
	coefficient, scale, small := total.Small()
	one.total, one.scale, one.figure, one.written = coefficient, scale, figure, written
	if !small {
		largest := quantity.Scaled(figure, written&^column.Grouped).Mul(perUnit)
		t.putAside(&one, aside{total, largest,
			column.PrintFigure(figure, written) + t.Whats[one.What].Unit})
	}
	t.List = append(t.List, one)
}

// Gather makes as many tallies as the counts say together: fill puts those of one count, several
// counts at once. They are to be arranged then, for which what they were made of is not needed.
func (t *Tallies) Gather(counts []int, fill func(count int, t *Tallies)) {
	total := 0
	for _, n := range counts {
		total += n
	}
	list, parts := make([]Tally, total), make([]Tallies, len(counts))
	for i, from := 0, 0; i < len(counts); i++ {
		end := from + counts[i]
		parts[i] = Tallies{Whos: t.Whos, Whats: t.Whats, Whens: t.Whens,
			List: list[from:from:end]}
		from = end
	}
	flows.EachPart(len(parts), func(first, end int) {
		for i := first; i < end; i++ {
			fill(i, &parts[i])
		}
	})
	for i := range parts {
		for j := 0; j < len(parts[i].List) && len(parts[i].aside) > 0; j++ {
			if one := &parts[i].List[j]; one.scale == inAside {
				one.total += int64(len(t.aside))
			}
		}
		t.aside = append(t.aside, parts[i].aside...)
	}
	t.List = list
}

// PutGap appends a tally of rows without a figure; what is written in its place is their unit.
func (t *Tallies) PutGap(one Tally) {
	one.written = column.Absent
	t.List = append(t.List, one)
}

func (t *Tallies) putAside(one *Tally, a aside) {
	one.total, one.scale = int64(len(t.aside)), inAside
	t.aside = append(t.aside, a)
}

// Of adds activities up by flow and unit as written.
func Of(activities []ledger.Activity) Tallies {
	t := Tallies{}
	t.Add(activities)
	return t
}

// draft is a tally that grows.
type draft struct {
	Tally
	aside
	perUnit quantity.Number
}

// Add adds activities to the tallies.
func (t *Tallies) Add(activities []ledger.Activity) {
	if len(activities) == 0 {
		return
	}
	type key struct{ who, what, when uint32 }
	b, places := column.BuilderOf(t.Whos, t.Whats, t.Whens), map[key]int{}
	var added []draft
	for _, a := range activities {
		one := draftOf(b, a)
		at := key{one.Who, one.What, one.When}
		place, known := places[at]
		if !known {
			places[at] = len(added)
			added = append(added, one)
			continue
		}
		added[place].join(&one)
	}
	t.Whos, t.Whats, t.Whens = b.Whos, b.Whats, b.Whens
	joined := make([]bool, len(added))
	for i := range t.List {
		one := &t.List[i]
		if place, ok := places[key{one.Who, one.What, one.When}]; ok {
			d := draft{*one, aside{t.Total(one), t.Largest(one), t.Written(one)},
				added[place].perUnit}
			d.join(&added[place])
			t.List[i], joined[place] = t.settled(&d), true
		}
	}
	for i := range added {
		if !joined[i] {
			t.List = append(t.List, t.settled(&added[i]))
		}
	}
	t.Arrange()
}

// draftOf is the tally of one activity.
func draftOf(b *column.Builder, a ledger.Activity) draft {
	text, unit := column.CutFigure(a.Written)
	if a.PerUnit.IsZero() {
		unit = ""
	}
	figure, written, ok := column.ReadFigure(text)
	if !ok || a.PerUnit.IsZero() || figure < 0 {
		figure, written = 0, column.Explicit
	}
	what := column.What{From: string(a.From), To: string(a.To), Commodity: a.Commodity,
		Absence: string(a.Absence), Vintage: int32(a.Vintage), Unit: unit,
		PerUnit: a.PerUnit.String()}
	if gap, _, scale := ledger.WhatOf(a); scale == column.Absent {
		what, written = gap, scale
	}
	return draft{
		Tally{
			Who: b.PlaceOfWho(column.Who{Entity: a.Entity, Site: a.Site,
				Counterparty: a.Counterparty}),
			What: b.PlaceOfWhat(what),
			When: b.PlaceOfWhen(column.When{First: int32(a.Period.First),
				End: int32(a.Period.End)}),
			Rows: 1, Line: uint32(a.Line), figure: figure, written: written},
		aside{a.Number, a.Number.Abs(), a.Written}, a.PerUnit}
}

// join adds another tally of the same flow and unit; of rows as large the first is kept.
func (d *draft) join(other *draft) {
	larger := other.aside.largest.Cmp(d.aside.largest)
	if larger > 0 || larger == 0 && other.Line < d.Line {
		d.aside.largest, d.Line, d.text = other.aside.largest, other.Line, other.text
		d.figure, d.written = other.figure, other.written
	}
	d.aside.total, d.Rows = d.aside.total.Add(other.aside.total), d.Rows+other.Rows
}

// settled is the tally of a draft.
func (t *Tallies) settled(d *draft) Tally {
	one := d.Tally
	if one.written == column.Absent {
		return one
	}
	coefficient, scale, small := d.aside.total.Small()
	if one.total, one.scale = coefficient, scale; !small || d.written == column.Explicit ||
		!quantity.Scaled(d.figure, d.written&^column.Grouped).Mul(d.perUnit).
			Equal(d.aside.largest) {
		t.putAside(&one, d.aside)
	}
	return one
}
