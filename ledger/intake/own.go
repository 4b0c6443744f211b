package intake

import (
	"slices"
	"strings"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/totals"
	"carbonledger/quantity"
)

// column finds a column of the sheet by any name the dialect has for it, or returns -1.
func (r *reading) column(name string) int {
	return r.columns.Ask(name, r.layout.Column)
}

// indicator reads name and unit out of the cell of the commodity, and says whether the row is to
// be read: one whose name the catalogue does not have may be told and left out.
func (r *reading) indicator() bool {
	name := r.text("commodity")
	known, unit, ok := r.dialect.NameAndUnit(name)
	if ok {
		r.said = map[string]string{"commodity": known, "unit": unit}
		name = known
	} else if _, found := r.find(name); !found && name != "" {
		if name, ok = r.named(name); !ok {
			return false
		}
	}
	if r.dialect.Unknown == "" || name == "" {
		return true
	}
	if _, ok := r.find(name); ok {
		return true
	}
	r.warn(r.layout.Fields["commodity"], "row.unread", name)
	return false
}

// givesWay says whether another column says the figure in this row. Of two columns with one figure,
// as in therms and in kBtu, the one with `unless` is read where the other has none.
func (r *reading) givesWay(m *dialects.Placed) bool {
	if !r.either {
		return false
	}
	has := func(column int) bool {
		cell := r.current.Cell(column)
		return !cell.Spread && !r.dialect.IsMissing(cell.Text)
	}
	if m.UnlessColumn >= 0 {
		return !has(m.Column) || has(m.UnlessColumn)
	}
	return !has(m.Column) && slices.ContainsFunc(r.layout.Measures, func(n dialects.Placed) bool {
		return n.UnlessColumn == m.Column && has(n.Column)
	})
}

// own does what the file says about its own figures: its alerts, and columns that others come to.
func (r *reading) own() {
	for _, alert := range r.dialect.Alerts {
		for i, cell := range r.layout.Header.Cells {
			text := r.current.Cell(i).Text
			if alert.Warns(cell.Text, text) && !r.dialect.IsMissing(text) {
				r.warn(i, "pm.alert", cell.Text)
			}
		}
	}
	for _, w := range r.dialect.Weighed {
		r.weigh(w)
	}
}

// weigh compares a column with what its parts come to. It may be off by a thousandth, because
// factors such as 3.412 kBtu/kWh are rounded, and one part also by half of the last printed digits.
func (r *reading) weigh(w dialects.Weighed) {
	at := r.column(w.Of)
	of, ok := quietNumber(r.current.Cell(at))
	if !ok || at < 0 {
		return
	}
	sum, slack, any := quantity.Number{}, quantity.Number{}, false
	var names []string
	for name, weight := range w.Weights() {
		column := r.column(name)
		cell := r.current.Cell(column)
		if number, ok := quietNumber(cell); ok && column >= 0 {
			sum, any = sum.Add(number.Mul(weight)), true
			slack = totals.HalfDigit(cell.Text).Mul(weight)
			slack = slack.Add(totals.HalfDigit(r.current.Cell(at).Text))
			names = append(names, r.heading(column))
		}
	}
	if len(w.Parts) > 1 {
		slack = quantity.Number{}
	}
	off := of.Sub(sum).Abs()
	if !any || totals.IsClose(off, slack, of) {
		return
	}
	slices.Sort(names)
	code := "sum.parts"
	if len(w.Parts) == 1 {
		code = "unit.twice"
	}
	r.warn(at, code, r.heading(at), strings.Join(names, " + "), sum.String())
}
