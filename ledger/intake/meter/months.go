package meter

import (
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// MonthsMost is how many months a figure is cut into at most: forty years of bills in one row are
// a wrong date.
const MonthsMost = 480

// placesMore is how many decimals a part has more than its figure, so that no part is off by more
// than a thousandth of the last digit of the figure.
const placesMore = 3

// Months cuts an activity at the borders of the months it covers, by days; it returns nothing where
// they are too many. The parts sum to the figure exactly.
//
//	part = figure x days in the month / days, with three decimals more than the figure has in the
//	book unit; what the cut digits leave over goes to the parts that lost most
func Months(a ledger.Activity) []ledger.Activity {
	periods := a.Period.Months(MonthsMost)
	if len(periods) == 1 {
		return []ledger.Activity{a}
	}
	days := make([]quantity.Number, len(periods))
	for i, period := range periods {
		days[i] = quantity.Int(int64(period.Days()))
	}
	rounding := quantity.Rounding{Places: a.Number.Decimals() + placesMore}
	parts := make([]ledger.Activity, len(periods))
	for i, number := range quantity.Split(a.Number, days, rounding) {
		parts[i] = a
		parts[i].Period, parts[i].Number = periods[i], number
	}
	return parts
}
