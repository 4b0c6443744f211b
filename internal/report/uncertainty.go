package report

import (
	"strconv"

	"carbonledger/factors"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/uncertainty"
	"carbonledger/quantity"
	"carbonledger/table"
)

// widthRounding is how half-widths and shares are shown: one decimal of a percent.
var widthRounding = quantity.Rounding{Places: 1, Mode: quantity.HalfUp}

// unknown stands where there is no interval or nothing to divide by.
const unknown = "-"

// Uncertainty shows figures with their intervals, the share of each that has stated bounds, and
// what was assumed.
func Uncertainty(a uncertainty.Answer, names Names) Table {
	lang := names.Lang
	t := Table{Key: "uncertainty", Title: Say(lang, "uncertainty.title", a.Query.Period.String(),
		a.Pins.Policy)}
	for _, d := range a.Query.By {
		t.Columns = append(t.Columns, Column{Key: string(d), Title: Term(lang, string(d))})
	}
	unit, _, _ := scaleOf(a.Unit)
	measure := a.Query.Measures[0]
	t.Columns = append(t.Columns, Column{Key: string(measure), Figures: true, Unit: unit,
		Title: names.measure(measure, a.Unit)})
	list := Columns(lang, "lower#", "upper#", "minus#", "plus#", "factor-bounds#",
		"activity-bounds#", "gaps#")
	for i, shown := range []string{unit, unit, "%", "%", "%", "%"} {
		list[i].Unit = shown
	}
	t.Columns = append(t.Columns, list...)
	numbers := make([]quantity.Number, len(a.Rows))
	for i, row := range a.Rows {
		numbers[i] = row.Interval.Number
	}
	parts, total := column(a.Unit, numbers)
	for i, row := range a.Rows {
		var cells []string
		for at, value := range row.Key {
			cells = append(cells, names.value(a.Query.By[at], value))
		}
		t.add(append(cells, intervalCells(row.Interval, parts[i], a.Unit)...)...)
	}
	t.Total = append(make([]string, len(a.Query.By)),
		intervalCells(a.Total, total, a.Unit)...)
	if len(a.Query.By) > 0 {
		t.Total[0] = Term(lang, "total")
	} else {
		t.Rows, t.Total = [][]string{t.Total}, nil
	}
	t.Notes = append(uncertaintyNotes(a, names), pinNote(a.Pins, lang))
	return t
}

// intervalCells are a figure as shown, its bounds, half-widths in percent, the shares with bounds,
// and the gaps. The half-widths are taken from the figure as shown: the line adds up on paper.
func intervalCells(i uncertainty.Interval, figure string, c quantity.Commodity) []string {
	cells := []string{gapped(figure, i.Figure), unknown, unknown, unknown, unknown}
	if i.Known {
		_, size, r := scaleOf(c)
		shown, err := quantity.ParseNumber(figure)
		if err != nil {
			panic("report: " + err.Error())
		}
		below, above := i.Widths(size, r)
		cells[1], cells[2] = shown.Sub(below).Fixed(r.Places), shown.Add(above).Fixed(r.Places)
		if minus, plus, ok := i.Percents(widthRounding); ok {
			cells[3], cells[4] = minus.Neg().Fixed(widthRounding.Places),
				plus.Fixed(widthRounding.Places)
		}
	}
	return append(cells, percentOf(i.FactorShare()), percentOf(i.ActivityShare()),
		strconv.Itoa(i.Gaps))
}

// percentOf shows a share.
func percentOf(share quantity.Ratio) string {
	n, ok := share.Mul(quantity.Whole(quantity.Int(100))).Round(widthRounding)
	if !ok {
		return unknown
	}
	return n.Fixed(widthRounding.Places)
}

// uncertaintyNotes say what the interval is, what it leaves out, what was assumed, and the gaps.
func uncertaintyNotes(a uncertainty.Answer, names Names) []string {
	lang := names.Lang
	if a.Total.Flows == 0 {
		return []string{Term(lang, "inventory.empty")}
	}
	notes := []string{Term(lang, "uncertainty.interval")}
	all := quantity.Whole(quantity.Int(1))
	factorShare, activityShare := a.Total.FactorShare(), a.Total.ActivityShare()
	switch {
	case !a.Total.Known:
		notes = []string{Term(lang, "uncertainty.none")}
	case factorShare.Cmp(all) < 0 || activityShare.Cmp(all) < 0:
		notes = append(notes, Say(lang, "uncertainty.partial", percentOf(factorShare),
			percentOf(activityShare)))
	}
	for _, assumption := range a.Assumptions {
		notes = append(notes, assumedNote(assumption, lang))
	}
	if len(a.Assumptions) == 0 {
		notes = append(notes, Term(lang, "uncertainty.no-assumption"))
	}
	return append(notes, gapNotes(a.Gaps, names)...)
}

func assumedNote(a uncertainty.Assumption, lang table.Lang) string {
	if a.Listed == nil {
		return Say(lang, "uncertainty.assumed", a.Name, a.Minus.String(), a.Plus.String())
	}
	return Say(lang, "uncertainty.assumed-listed", a.Name, a.Minus.String(), a.Plus.String(),
		a.Listed.Source, Term(lang, "status."+string(a.Listed.Status)), a.Listed.Note)
}

// Ranking shows which data widen the interval of the total most, then those whose bounds nobody
// states, then the gaps; of each kind the first ones.
func Ranking(r uncertainty.Ranking, names Names, most int) Table {
	lang := names.Lang
	unit, _, _ := scaleOf(r.Unit)
	t := Table{Key: "uncertainty-rank", Title: Say(lang, "rank.title", r.Query.Period.String(),
		r.Pins.Policy), Columns: Columns(lang, "rank#", "kind", "datum", "through#", "share#",
		"variance#", "width-before#", "width-after#", "narrower#", "hint#")}
	for i, shown := range []string{unit, "%", "%", unit, unit, "%", unit} {
		t.Columns[3+i].Unit = shown
	}
	for _, item := range r.Sized[:min(most, len(r.Sized))] {
		cells := append(t.itemCells(r, item, names, "rank."), percentOf(r.Share(item)))
		before, after := width(r.Total, r.Unit, widthPlaces), width(item.Left, r.Unit, widthPlaces)
		t.add(append(cells, fixed(width(r.Total, r.Unit, 0), r.Unit),
			fixed(width(item.Left, r.Unit, 0), r.Unit),
			percentOf(quantity.RatioOf(before.Sub(after), before)), "")...)
	}
	for _, item := range r.Unsized[:min(most, len(r.Unsized))] {
		t.add(append(t.itemCells(r, item, names, "rank.unknown-"), unknown, unknown, unknown,
			unknown, "")...)
	}
	for _, m := range r.Missing[:min(most, len(r.Missing))] {
		t.add(t.next(), Term(lang, "rank.gap"), names.missing(m), unknown, unknown, unknown,
			unknown, unknown, unknown, hint(m, r.Unit))
	}
	left := len(r.Sized) + len(r.Unsized) + len(r.Missing) - len(t.Rows)
	if left > 0 {
		t.Notes = append(t.Notes, Say(lang, "rank.more", strconv.Itoa(left)))
	}
	t.Notes = append(t.Notes, rankNotes(r, lang)...)
	t.Notes = append(append(t.Notes, uncertaintyNotes(r.Answer, names)...), pinNote(r.Pins, lang))
	return t
}

// next is the number of the next row.
func (t *Table) next() string { return strconv.Itoa(len(t.Rows) + 1) }

// itemCells are the rank, kind and name of a datum, and what of the figure goes through it.
func (t *Table) itemCells(r uncertainty.Ranking, item uncertainty.Item, names Names,
	kind string) []string {
	name := names.value(inventory.Entity, item.Entity)
	if item.Factor != nil {
		if _, _, stated := item.Factor.Bounds(); !stated && kind == "rank." {
			kind += "assumed-"
		}
		kind, name = kind+"factor", Factor(*item.Factor)
	} else {
		c, _ := names.Library.Catalogue.ByID(item.Commodity)
		kind, name = kind+"activity", name+": "+names.Commodity(c)
	}
	_, size, rounding := scaleOf(r.Unit)
	sum, _ := quantity.RatioOf(item.Sum, size).Round(rounding)
	return []string{t.next(), Term(names.Lang, kind), name, fixed(sum, r.Unit),
		percentOf(quantity.RatioOf(item.Sum.Abs(), r.Total.Whole))}
}

// missing names a gap: who, what, when and why.
func (n Names) missing(m uncertainty.Missing) string {
	from, _ := n.Library.Catalogue.ByID(m.Commodity)
	to, _ := n.Library.Catalogue.ByID(m.To)
	return Say(n.Lang, "rank.missing", n.value(inventory.Entity, m.Entity), n.Commodity(from),
		n.Commodity(to), strconv.Itoa(len(m.Periods)), m.Span().String(),
		Term(n.Lang, "reason."+m.Reason))
}

// rankNotes explain the columns.
func rankNotes(r uncertainty.Ranking, lang table.Lang) []string {
	var notes []string
	if r.Total.Known {
		_, size, rounding := scaleOf(r.Unit)
		below, above := r.Total.Widths(size, rounding)
		unit, _, _ := scaleOf(r.Unit)
		notes = append(notes, Say(lang, "rank.total", Shown(r.Unit, r.Total.Number),
			Figure(fixed(below, r.Unit)), Figure(fixed(above, r.Unit)), unit),
			Term(lang, "rank.how"))
	}
	if len(r.Unsized) > 0 {
		notes = append(notes, Term(lang, "rank.unsized"))
	}
	if len(r.Missing) > 0 {
		notes = append(notes, Term(lang, "rank.hint"))
	}
	return notes
}

// widthPlaces are the further decimals of widths that are compared and not shown.
const widthPlaces = 9

// width is the whole width of an interval in the unit its commodity is shown in, the sum of both
// half-widths with some more decimals than are shown.
func width(i uncertainty.Interval, c quantity.Commodity, more int32) quantity.Number {
	_, size, r := scaleOf(c)
	r.Places += more
	below, above := i.Widths(size, r)
	return below.Add(above)
}

func fixed(n quantity.Number, c quantity.Commodity) string {
	_, _, r := scaleOf(c)
	return n.Fixed(r.Places)
}

// hint is the size a gap may have, in the unit its measure is shown in.
func hint(m uncertainty.Missing, c quantity.Commodity) string {
	_, size, r := scaleOf(c)
	n, ok := m.Hint.Mul(quantity.RatioOf(quantity.Int(1), size)).Round(r)
	if !ok {
		return unknown
	}
	return n.Fixed(r.Places)
}

// ActivityBounds lists the bounds of activity data that may be assumed.
func ActivityBounds(list []factors.ActivityBounds, lang table.Lang) Table {
	t := Table{Key: "activity-uncertainty", Title: Term(lang, "bounds.title"),
		Columns: Columns(lang, "id", "class", "commodity", "data-source", "minus#", "plus#",
			"source", "status", "comment")}
	for _, b := range list {
		commodities := ""
		for i, id := range b.Commodities {
			if i > 0 {
				commodities += " "
			}
			commodities += id
		}
		t.add(b.ID, string(b.Class), commodities, b.DataSource, b.Minus.String(), b.Plus.String(),
			b.Source, Term(lang, "status."+string(b.Status)), b.Note)
	}
	return t
}
