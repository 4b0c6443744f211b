package intake

import (
	"strconv"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/meter"
)

// parts cuts an activity into months, where the dialect says so.
func (r *reading) parts(a ledger.Activity) []ledger.Activity {
	if r.dialect.Split != "month" || a.Period.IsZero() {
		return []ledger.Activity{a}
	}
	parts := meter.Months(a)
	if len(parts) == 0 {
		r.fault("last", "period.far", strconv.Itoa(meter.MonthsMost/12))
	}
	return parts
}
