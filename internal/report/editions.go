package report

import (
	"strconv"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger/bridge"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Differences lists the rows that two sets do not have alike, with both values and the change.
func Differences(a, b factors.Set, list []factors.Difference, names Names) Table {
	lang := names.Lang
	t := Table{Key: "factors-diff", Title: Say(lang, "diff.title", a.ID, b.ID),
		Columns: Columns(lang, "change", "from", "to", "area", "valid", "before#", "after#",
			"unit", "percent#", "id")}
	t.Columns[8].Signed = true
	for _, d := range list {
		f := d.After
		if f == nil {
			f = d.Before
		}
		before, after, unit := values(d)
		relative := ""
		if d.Change == factors.Changed {
			relative = Percent(d.Relative(), lang)
		}
		t.add(Term(lang, "change."+string(d.Change)), names.Commodity(f.From),
			names.Commodity(f.To), f.Area, both(d, factors.Factor.ValidText), before, after, unit,
			relative, both(d, func(f factors.Factor) string { return f.ID }))
	}
	t.Notes = []string{countNote(list, lang), Term(lang, "diff.hint")}
	return t
}

// values are a factor before and after: as printed where both have one unit, else in book units.
func values(d factors.Difference) (before, after, unit string) {
	printed := true
	f := d.After
	for _, one := range []*factors.Factor{d.Before, d.After} {
		if one != nil {
			f = one
			printed = printed && len(one.Parts) == 0
		}
	}
	if d.Before != nil && d.After != nil && (d.Before.ToUnit != d.After.ToUnit ||
		d.Before.PerUnit != d.After.PerUnit) {
		printed = false
	}
	value, unit := func(f *factors.Factor) string { return f.Printed }, f.ToUnit+"/"+f.PerUnit
	if !printed {
		value = func(f *factors.Factor) string { return f.Value.String() }
		unit = f.To.Unit.Symbol + "/" + f.From.Unit.Symbol
	}
	if d.Before != nil {
		before = value(d.Before)
	}
	if d.After != nil {
		after = value(d.After)
	}
	return before, after, unit
}

// both says a word of the row before and of the one after, once where they agree.
func both(d factors.Difference, word func(factors.Factor) string) string {
	switch {
	case d.Before == nil:
		return word(*d.After)
	case d.After == nil || word(*d.Before) == word(*d.After):
		return word(*d.Before)
	}
	return word(*d.Before) + " → " + word(*d.After)
}

func countNote(list []factors.Difference, lang table.Lang) string {
	counts := map[factors.Change]int{}
	for _, d := range list {
		counts[d.Change]++
	}
	return Say(lang, "diff.count", strconv.Itoa(counts[factors.Changed]),
		strconv.Itoa(counts[factors.Added]), strconv.Itoa(counts[factors.Removed]))
}

// Moved shows what would move in the book: every row that another set changes, before, after, by
// how much and in percent; those that stay are one row. Before and change add up to their totals
// as printed, and after is their sum.
func Moved(m bridge.Move, list []factors.Difference, names Names) Table {
	lang, q := names.Lang, m.Before.Query
	t := Table{Key: "factors-moved", Title: Say(lang, "moved.title", q.Period.String(),
		m.Before.Pins.Policy, m.After.Pins.Policy)}
	for _, d := range q.By {
		t.Columns = append(t.Columns, Column{Key: string(d), Title: Term(lang, string(d))})
	}
	rows := m.Rows
	if m.Still > 0 {
		rows = append(rows[:len(rows):len(rows)],
			bridge.Moved{Key: []string{}, Before: m.Rest, After: m.Rest})
	}
	for i, row := range rows {
		cells := make([]string, len(q.By))
		for at, value := range row.Key {
			cells[at] = names.value(q.By[at], value)
		}
		if i == len(m.Rows) && len(cells) > 0 {
			cells[0] = Say(lang, "moved.still", strconv.Itoa(m.Still))
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Total = make([]string, len(q.By))
	if len(q.By) > 0 {
		t.Total[0] = Term(lang, "total")
	}
	for i := range m.Before.Units {
		t.move(m, rows, i, names)
	}
	t.Notes = []string{countNote(list, lang)}
	if len(m.Rows) == 0 {
		t.Notes = append(t.Notes, Term(lang, "moved.none"))
	}
	for i, v := range []inventory.Inventory{m.Before, m.After} {
		for _, note := range gapNotes(v.Gaps, names) {
			t.Notes = append(t.Notes, Term(lang, []string{"before", "after"}[i])+": "+note)
		}
	}
	t.Notes = append(t.Notes, pinNote(m.Before.Pins, lang))
	return t
}

// move adds the four columns of a measure.
func (t *Table) move(m bridge.Move, rows []bridge.Moved, measure int, names Names) {
	unit, name := m.Before.Units[measure], string(m.Before.Query.Measures[measure])
	shown := showOf(bridge.Bridge{Unit: unit})
	title := names.measure(m.Before.Query.Measures[measure], unit) + ", "
	if len(m.Before.Units) == 1 {
		t.Title += " (" + strings.TrimSuffix(title, ", ") + ")"
		title = ""
	}
	for _, key := range []string{"before", "after", "change"} {
		t.Columns = append(t.Columns, Column{Key: name + "_" + key, Unit: shown.unit,
			Title: title + Term(names.Lang, key), Figures: true})
	}
	t.Columns = append(t.Columns, Column{Key: name + "_percent", Title: "%", Figures: true,
		Signed: true})
	total := bridge.Moved{Before: m.Before.Totals, After: m.After.Totals}
	var before, change []quantity.Ratio
	for _, row := range rows {
		before = append(before, quantity.Whole(row.Before[measure].Number).Mul(shown.scale))
		change = append(change, quantity.Whole(row.Change(measure)).Mul(shown.scale))
	}
	round := func(v inventory.Figure) quantity.Number {
		n, _ := quantity.Whole(v.Number).Mul(shown.scale).Round(shown.rounding)
		return n
	}
	from, to := round(total.Before[measure]), round(total.After[measure])
	olds := quantity.Apportion(from, before, shown.rounding)
	moves := quantity.Apportion(to.Sub(from), change, shown.rounding)
	for i, row := range rows {
		t.Rows[i] = append(t.Rows[i], moveCells(row, measure, olds[i], moves[i], shown,
			names.Lang)...)
	}
	t.Total = append(t.Total, moveCells(total, measure, from, to.Sub(from), shown, names.Lang)...)
}

func moveCells(m bridge.Moved, measure int, before, change quantity.Number, s show,
	lang table.Lang) []string {
	relative := quantity.RatioOf(m.Change(measure), m.Before[measure].Number)
	return []string{gapped(s.text(before), m.Before[measure]),
		gapped(s.text(before.Add(change)), m.After[measure]), s.text(change),
		Percent(relative, lang)}
}
