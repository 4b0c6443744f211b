package report

import (
	"slices"
	"strconv"

	"carbonledger/factors"
	"carbonledger/ledger/bridge"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// Bridge shows the difference of two figures: the sum of each part, and below it those of its
// causes that are among the largest (most: 0 shows all); the others are one row. The sums of parts
// add up to the difference as printed, and so do the causes.
func Bridge(b bridge.Bridge, names Names, most int) Table {
	lang, shown := names.Lang, showOf(b)
	from, _ := b.A.Ratio().Mul(shown.scale).Round(shown.rounding)
	to, _ := b.B.Ratio().Mul(shown.scale).Round(shown.rounding)
	total := to.Sub(from)
	t := Table{Key: "bridge", Title: Say(lang, "bridge.title", b.A.Ref.String(), b.B.Ref.String()),
		Columns: Columns(lang, "part", "entity", "commodity", "part_change#", "cause_change#",
			"why"),
		Total: []string{Term(lang, "total"), "", "", shown.text(total), shown.text(total), ""}}
	t.Columns[3].Unit, t.Columns[4].Unit = shown.unit, shown.unit
	if most <= 0 || most > len(b.Causes) {
		most = len(b.Causes)
	}
	top, rest := b.Causes[:most], b.Causes[most:]
	causes := shown.apportion(total, changes(top, rest))
	parts, sums := partsOf(b)
	for i, text := range shown.apportion(total, sums) {
		t.add(Term(lang, "part."+string(parts[i])), "", "", text, "", "")
		for at, cause := range top {
			if cause.Part == parts[i] {
				t.add(Term(lang, "part."+string(cause.Part)), names.value(inventory.Entity,
					cause.Entity), names.value(inventory.Commodity, cause.Commodity), "",
					causes[at], why(cause.Swaps))
			}
		}
	}
	if len(rest) > 0 {
		t.add(Say(lang, "bridge.rest", strconv.Itoa(len(rest))), "", "", "", causes[most], "")
	}
	t.Notes = bridgeNotes(b, shown.text(from), shown.text(to), shown.unit, names)
	return t
}

// WithCauseReferences adds the references of both figures to every row, of its entity and commodity
// where it is about them.
func WithCauseReferences(t Table, b bridge.Bridge, most int) Table {
	if most <= 0 || most > len(b.Causes) {
		most = len(b.Causes)
	}
	t.Columns = append(t.Columns, Column{Key: "ref_a", Title: "ref A"},
		Column{Key: "ref_b", Title: "ref B"})
	parts, _ := partsOf(b)
	at := 0
	put := func(a, z inventory.Ref) {
		t.Rows[at] = append(t.Rows[at], a.String(), z.String())
		at++
	}
	for _, part := range parts {
		put(b.A.Ref, b.B.Ref)
		for _, cause := range b.Causes[:most] {
			if cause.Part == part {
				put(cause.Refs(b))
			}
		}
	}
	for ; at < len(t.Rows); at++ {
		t.Rows[at] = append(t.Rows[at], b.A.Ref.String(), b.B.Ref.String())
	}
	t.Total = append(t.Total, b.A.Ref.String(), b.B.Ref.String())
	return t
}

// partsOf returns the parts that have causes, with their sums.
func partsOf(b bridge.Bridge) (parts []bridge.Part, sums []quantity.Ratio) {
	for _, part := range bridge.Parts {
		if slices.ContainsFunc(b.Causes, func(c bridge.Cause) bool { return c.Part == part }) {
			parts, sums = append(parts, part), append(sums, b.Sum(part))
		}
	}
	return parts, sums
}

// changes are those of the causes shown, and the sum of the others where there are any.
func changes(top, rest []bridge.Cause) []quantity.Ratio {
	var list []quantity.Ratio
	for _, cause := range top {
		list = append(list, cause.Change)
	}
	if len(rest) > 0 {
		sum := quantity.Whole(quantity.Int(0))
		for _, cause := range rest {
			sum = sum.Add(cause.Change)
		}
		list = append(list, sum)
	}
	return list
}

// partsRounding is how parts of a quotient are shown: with two decimals more than the quotient, as
// one enterprise moves that of a district behind its fourth decimal.
var partsRounding = quantity.Rounding{Places: 6, Mode: quantity.HalfUp}

// show says how the figures of a bridge are printed.
type show struct {
	unit     string
	scale    quantity.Ratio
	rounding quantity.Rounding
}

func showOf(b bridge.Bridge) show {
	upper, perUpper, rounding := scaleOf(b.Unit)
	s := show{upper, quantity.RatioOf(quantity.Int(1), perUpper), rounding}
	if b.Per.ID != "" {
		lower, perLower, _ := scaleOf(b.Per)
		s = show{upper + "/" + lower, quantity.RatioOf(perLower, perUpper), partsRounding}
	}
	return s
}

func (s show) text(n quantity.Number) string { return n.Fixed(s.rounding.Places) }

// apportion shows changes so that they sum to the total as shown.
func (s show) apportion(total quantity.Number, list []quantity.Ratio) []string {
	scaled := make([]quantity.Ratio, len(list))
	for i, change := range list {
		scaled[i] = change.Mul(s.scale)
	}
	var texts []string
	for _, part := range quantity.Apportion(total, scaled, s.rounding) {
		texts = append(texts, s.text(part))
	}
	return texts
}

// why tells which factor stands in the place of which; of several pairs the first and how many.
func why(swaps []bridge.Swap) string {
	if len(swaps) == 0 {
		return ""
	}
	first := swaps[0]
	text := short(first.Before) + " → " + short(first.After)
	if len(swaps) > 1 {
		text += " (+" + strconv.Itoa(len(swaps)-1) + ")"
	}
	return text
}

func short(f *factors.Factor) string {
	if f == nil {
		return "-"
	}
	return f.Value.String() + " " + f.To.Unit.Symbol + "/" + f.From.Unit.Symbol + " [" + f.Set +
		": " + f.ID + "]"
}

// bridgeNotes tell both figures, what is missing from them, and what they depend on.
func bridgeNotes(b bridge.Bridge, from, to, unit string, names Names) []string {
	lang := names.Lang
	notes := []string{Say(lang, "bridge.figures", Figure(from), Figure(to), unit)}
	if len(b.Causes) == 0 {
		notes = append(notes, Term(lang, "bridge.none"))
	}
	for i, end := range []bridge.End{b.A, b.B} {
		for _, note := range gapNotes(end.Gaps, names) {
			notes = append(notes, []string{"A: ", "B: "}[i]+note)
		}
	}
	notes = append(notes, pinNote(b.A.Pins, lang))
	if b.B.Pins.Head != b.A.Pins.Head || b.B.Pins.Policy != b.A.Pins.Policy {
		notes = append(notes, pinNote(b.B.Pins, lang))
	}
	return notes
}

// WithIntensityReferences adds the reference of every intensity.
func WithIntensityReferences(t Table, list []inventory.Intensity) Table {
	t.Columns = append(t.Columns, Column{Key: "ref", Title: "ref"})
	for i := range t.Rows {
		t.Rows[i] = append(t.Rows[i], list[i].Ref().String())
	}
	return t
}
