// Package tally adds the rows of an upload up, by flow and unit as written: what is asked about an
// upload as a whole needs no list of its rows.
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
	Rows            int
	// Total is their sum in book units, Largest the largest of them without its sign, and Line that
	// of its row, the first of several.
	Total, Largest quantity.Number
	Line           int
	// Figure and Scale are the largest as column.PrintFigure takes them; where it is no plain
	// figure, Written is the text.
	Figure  int64
	Scale   uint8
	Written string
}

// Tallies are the rows of an upload as far as sums say it all: a few for each account and time,
// however many rows there are.
type Tallies struct {
	Whos  []column.Who
	Whats []column.What
	Whens []column.When
	List  []Tally
}

// Flow is the flow of a tally.
func (t *Tallies) Flow(one Tally) ledger.Flow {
	return ledger.FlowOf(t.Whos[one.Who], t.Whats[one.What], t.Whens[one.When])
}

// Written is the largest figure of a tally with its unit, as written.
func (t *Tallies) Written(one Tally) string {
	if one.Scale == column.Explicit {
		return one.Written
	}
	return column.PrintFigure(one.Figure, one.Scale) + t.Whats[one.What].Unit
}

// Of adds activities up by flow and unit as written.
func Of(activities []ledger.Activity) Tallies {
	t := Tallies{}
	t.Add(activities)
	return t
}

// Add adds activities to the tallies.
func (t *Tallies) Add(activities []ledger.Activity) {
	if len(activities) == 0 {
		return
	}
	type key struct{ who, what, when uint32 }
	b, places := column.BuilderOf(t.Whos, t.Whats, t.Whens), map[key]int{}
	var added []Tally
	for _, a := range activities {
		one := tallyOf(b, a)
		at := key{one.Who, one.What, one.When}
		place, known := places[at]
		if !known {
			places[at] = len(added)
			added = append(added, one)
			continue
		}
		added[place].join(one)
	}
	joined := make([]bool, len(added))
	for i := range t.List {
		one := &t.List[i]
		if place, ok := places[key{one.Who, one.What, one.When}]; ok {
			one.join(added[place])
			joined[place] = true
		}
	}
	for i, one := range added {
		if !joined[i] {
			t.List = append(t.List, one)
		}
	}
	t.Whos, t.Whats, t.Whens = b.Whos, b.Whats, b.Whens
}

// tallyOf is the tally of one activity.
func tallyOf(b *column.Builder, a ledger.Activity) Tally {
	written, unit := column.CutFigure(a.Written)
	if a.PerUnit.IsZero() {
		unit = ""
	}
	figure, scale, ok := column.ReadFigure(written)
	if !ok || a.PerUnit.IsZero() || figure < 0 {
		figure, scale = 0, column.Explicit
	}
	return Tally{
		Who: b.PlaceOfWho(column.Who{Entity: a.Entity, Site: a.Site,
			Counterparty: a.Counterparty}),
		What: b.PlaceOfWhat(column.What{From: string(a.From), To: string(a.To),
			Commodity: a.Commodity, Absence: string(a.Absence), Vintage: int32(a.Vintage),
			Unit: unit, PerUnit: a.PerUnit.String()}),
		When: b.PlaceOfWhen(column.When{First: int32(a.Period.First), End: int32(a.Period.End)}),
		Rows: 1, Total: a.Number, Largest: a.Number.Abs(), Line: a.Line, Figure: figure,
		Scale: scale, Written: a.Written}
}

// join adds another tally of the same flow and unit; of rows as large the first is kept.
func (t *Tally) join(other Tally) {
	larger := other.Largest.Cmp(t.Largest)
	if larger > 0 || larger == 0 && other.Line < t.Line {
		t.Largest, t.Line, t.Written = other.Largest, other.Line, other.Written
		t.Figure, t.Scale = other.Figure, other.Scale
	}
	t.Total, t.Rows = t.Total.Add(other.Total), t.Rows+other.Rows
}

// Sums are the tallies of each flow as columns of sums, in no order.
func (t *Tallies) Sums() (*flows.Tables, flows.Sums) {
	tables := &flows.Tables{}
	whos, whats := make([]uint32, len(t.Whos)), make([]uint32, len(t.Whats))
	whens := make([]uint32, len(t.Whens))
	for i, who := range t.Whos {
		whos[i] = tables.Who.Place(who)
	}
	for i, w := range t.Whats {
		whats[i] = tables.What.Place(flows.What{From: w.From, To: w.To, Commodity: w.Commodity,
			Absence: w.Absence, Vintage: quantity.Day(w.Vintage)})
	}
	for i, when := range t.Whens {
		whens[i] = tables.When.Place(quantity.Period{First: quantity.Day(when.First),
			End: quantity.Day(when.End)})
	}
	sums := flows.NewSums(len(t.List))
	for _, one := range t.List {
		sums.Add(flows.Code{Who: whos[one.Who], What: whats[one.What], When: whens[one.When]},
			one.Total, one.Rows)
	}
	return tables, sums
}
