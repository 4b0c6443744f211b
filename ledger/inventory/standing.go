package inventory

import (
	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// standing knows which flows of a book are replaced by others: an absence by the figure that came
// later, a figure of GDP by its revision, and a quarter of GDP by the year that holds it.
type standing struct {
	figures map[ledger.Flow]bool
	latest  map[ledger.Flow]quantity.Day
	periods map[ledger.Flow][]quantity.Period
	// unclaimed is the electricity an entity used in a year less what it claims the origin of.
	unclaimed map[claimant]quantity.Number
}

// claimant is an entity in a calendar year, within which claims are matched with use.
type claimant struct {
	entity string
	year   int
}

func newStanding(sums []ledger.Sum, catalogue factors.Catalogue) standing {
	s := standing{map[ledger.Flow]bool{}, map[ledger.Flow]quantity.Day{},
		map[ledger.Flow][]quantity.Period{}, map[claimant]quantity.Number{}}
	for _, sum := range sums {
		if !sum.Absence.HasFigure() {
			continue
		}
		s.claim(sum, catalogue)
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

// claim adds the electricity of a flow to what its entity may claim, or takes a claim off it.
func (s standing) claim(sum ledger.Sum, catalogue factors.Catalogue) {
	who := claimant{sum.Entity, sum.Period.Year()}
	switch {
	case sum.To != ledger.Use:
	case sum.Commodity == electricity:
		s.unclaimed[who] = s.unclaimed[who].Add(sum.Total)
	case isClaim(sum.Flow, catalogue):
		s.unclaimed[who] = s.unclaimed[who].Sub(sum.Total)
	}
}

// electricity is the commodity whose origin is claimed.
const electricity = "electricity"

func isClaim(f ledger.Flow, catalogue factors.Catalogue) bool {
	commodity, _ := catalogue.ByID(f.Commodity)
	return commodity.Class == quantity.ClassClaim
}

// isOverclaimed says whether an entity claims the origin of more electricity than it used that
// year.
func (s standing) isOverclaimed(f ledger.Flow) bool {
	return s.unclaimed[claimant{f.Entity, f.Period.Year()}].Sign() < 0
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
