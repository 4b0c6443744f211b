package inventory

import (
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// standing knows which flows of a book are replaced by others: an absence by the figure that came
// later, a figure of GDP by its revision, and a quarter of GDP by the year that holds it.
type standing struct {
	figures map[ledger.Flow]bool
	latest  map[ledger.Flow]quantity.Day
	periods map[ledger.Flow][]quantity.Period
}

func newStanding(sums []ledger.Sum) standing {
	s := standing{map[ledger.Flow]bool{}, map[ledger.Flow]quantity.Day{},
		map[ledger.Flow][]quantity.Period{}}
	for _, sum := range sums {
		if !sum.Absence.HasFigure() {
			continue
		}
		flow := sum.Flow
		flow.Absence = ledger.Present
		s.figures[flow] = true
		if flow.From != ledger.Origin {
			continue
		}
		flow.Vintage = 0
		s.latest[flow] = max(s.latest[flow], sum.Vintage)
		flow.Period = quantity.Period{}
		s.periods[flow] = append(s.periods[flow], sum.Period)
	}
	return s
}

// isReplaced says whether another flow of the book stands in the place of this one.
func (s standing) isReplaced(f ledger.Flow) bool {
	isGap := f.Absence.IsGap()
	f.Absence = ledger.Present
	if isGap && s.figures[f] {
		return true
	}
	if f.From != ledger.Origin {
		return false
	}
	period, vintage := f.Period, f.Vintage
	f.Vintage = 0
	if s.latest[f] > vintage {
		return true
	}
	f.Period = quantity.Period{}
	for _, other := range s.periods[f] {
		if other != period && other.Contains(period) {
			return true
		}
	}
	return false
}
