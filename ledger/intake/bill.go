package intake

import (
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/meter"
	"carbonledger/quantity"
	"carbonledger/table"
)

// metered compares a figure with the readings of its row:
//
//	quantity = (now - before) x multiplier + what is added for losses and mistakes
//
// A register that shows less than before has passed its highest number and begun again.
func (r *reading) metered(m *dialects.Placed, figure quantity.Number) {
	if !m.Metered || r.known("before") == "" || r.known("now") == "" {
		return
	}
	before, okBefore := r.fieldNumber("before")
	now, okNow := r.fieldNumber("now")
	times, okTimes := quantity.Int(1), true
	if r.known("multiplier") != "" {
		times, okTimes = r.fieldNumber("multiplier")
	}
	added, okAdded := quantity.Number{}, true
	if r.known("adjust") != "" {
		added, okAdded = r.fieldNumber("adjust")
	}
	if !okBefore || !okNow || !okTimes || !okAdded {
		return
	}
	moved, turned := now.Sub(before), ""
	if moved.Sign() < 0 {
		turned = meter.RegisterEnd(before)
		end, err := quantity.ParseNumber(turned)
		if err != nil {
			return
		}
		moved = moved.Add(end)
	}
	want := moved.Mul(times).Add(added)
	switch {
	case !want.Equal(figure):
		r.warn(m.Column, "bill.reading", r.text("before"), r.text("now"), times.String(),
			want.String())
	case turned != "":
		r.warn(m.Column, "bill.turnover", r.text("before"), r.text("now"), turned)
	}
}

// fieldNumber reads a field that holds a number; one that does not is told.
func (r *reading) fieldNumber(field string) (quantity.Number, bool) {
	text, column := r.field(field)
	plain, code, _ := table.Decimal(text)
	if code == "" {
		if number, err := quantity.ParseNumber(plain); err == nil {
			return number, true
		}
	}
	r.warn(column, "bill.number", text, field)
	return quantity.Number{}, false
}
