// Package workload makes up what a province's meters and bills say, so that engines can be
// measured on it: enterprises, months, activities, and rows without end.
//
// A Row is one bill: an enterprise, a month, an activity, a quantity in one of the activity's
// units and the number of the bill. Rows follow from a seed alone. How they look in a file is a
// Form; the facts of a seed are the same in every form.
package workload

import (
	"fmt"
	"math/rand/v2"
)

// The size of the province. Few rows make fewer enterprises, each with all its months.
const (
	EnterprisesMost = 5000
	Months          = 36
	YearFirst       = 2021
)

// Own is how many activities an enterprise has; electricity is the first of them.
const Own = 3

// documentFirst is the bill number of the first row; each row has the next one.
const documentFirst = 2023000000001

// Plan says which rows are drawn.
type Plan struct {
	Rows int64
	Seed uint64
	// Activities is how many activities an enterprise has: Own, or all of them.
	Activities int
}

// Row is one bill. Enterprise, Month, Activity and Unit are places in their lists.
type Row struct {
	Enterprise, Month, Activity, Unit int
	// Quantity counts 10^-Decimals of the unit.
	Quantity int64
	Decimals int
	Document int64
}

// Check says what is wrong with the plan.
func (p Plan) Check() error {
	switch {
	case p.Rows < 0:
		return fmt.Errorf("%d rows cannot be made; ask for 0 or more", p.Rows)
	case p.Activities < 1 || p.Activities > len(Activities):
		return fmt.Errorf("an enterprise cannot have %d activities; ask for 1 to %d",
			p.Activities, len(Activities))
	}
	return nil
}

// Each yields the rows of the plan in their order until yield is false. It keeps nothing.
//
// Bills come in rounds: in each, every account has one bill for every month, in an order of its
// own. So no month lacks a figure, however many rows there are. A meter counts in one unit for a
// year: bills of one month in two units would look like the same bill twice.
func (p Plan) Each(yield func(Row) bool) {
	random := rand.New(rand.NewPCG(p.Seed, 1))
	bills := int64(p.Enterprises() * Months * p.Activities)
	var order shuffle
	for n := range p.Rows {
		if n%bills == 0 {
			order = newShuffle(uint64(bills), random)
		}
		bill := int(order.at(uint64(n % bills)))
		row := Row{
			Enterprise: bill / Months / p.Activities,
			Month:      bill % Months,
			Document:   documentFirst + n,
		}
		row.Activity = activityOf(row.Enterprise, bill/Months%p.Activities)
		activity := Activities[row.Activity]
		row.Unit = (row.Enterprise + row.Activity + row.Month/12) % len(activity.Units)
		row.Decimals = random.IntN(5)
		row.measure(activity, random)
		if !yield(row) {
			return
		}
	}
}

// Enterprises is how many enterprises have bills: as many as the rows suffice for.
func (p Plan) Enterprises() int {
	return int(min(max(p.Rows/int64(Months*p.Activities), 1), EnterprisesMost))
}

// activityOf is the nth activity of an enterprise: electricity, then those that follow its number
// in a circle, so that each activity has as many enterprises as any other.
func activityOf(enterprise, nth int) int {
	if nth == 0 {
		return 0
	}
	others := len(Activities) - 1
	return 1 + (enterprise+(nth-1)*(1+enterprise/others%(others-1)))%others
}

// fine is the part of a book unit that amounts are drawn in, and last that of a quantity.
const (
	fine = 100_000_000
	last = 10_000
)

// season is what a month adds to the base in percent: heating in winter, cooling in summer.
var season = [12]int64{12, 8, 2, -6, -10, 0, 10, 12, 4, -8, -4, 6}

// noise is how far a bill departs from its season, in percent, either way.
const noise = 8

// measure draws the amount and writes it in the unit of the row. The amount does not depend on
// the unit. Decimals grow where fewer than three digits would be left, up to four.
//
//	amount = base x (100 % + season + noise)
func (r *Row) measure(a Activity, random *rand.Rand) {
	percent := fine / 100
	share := int64(fine) + season[r.Month%12]*int64(percent) +
		random.Int64N(2*noise*int64(percent)+1) - noise*int64(percent)
	r.Quantity = a.base(r.Enterprise) * share / (a.Units[r.Unit].Size * fine / last)
	for r.Decimals < 4 && r.Quantity < 100*power(4-r.Decimals) {
		r.Decimals++
	}
	r.Quantity /= power(4 - r.Decimals)
}

// base is the usual bill of an enterprise in book units: between Low and High, by its number.
func (a Activity) base(enterprise int) int64 {
	spread := int64(enterprise*7919%EnterprisesMost) * (a.High - a.Low) / EnterprisesMost
	return a.Low + spread
}

func power(exponent int) int64 {
	p := int64(1)
	for range exponent {
		p *= 10
	}
	return p
}

// Amount is what the row says in 1/10000 of the book unit, exactly.
func (r Row) Amount() int64 {
	return r.Quantity * power(4-r.Decimals) * Activities[r.Activity].Units[r.Unit].Size
}
