package intake

import (
	"strconv"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/meter"
)

// parts cuts an activity into months.
func (r *reading) parts(a ledger.Activity) []ledger.Activity {
	parts := meter.Months(a)
	if len(parts) == 0 {
		r.fault("last", "period.far", strconv.Itoa(meter.MonthsMost/12))
	}
	return parts
}
