package uncertainty

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// Item is a datum of the ranking: a factor, or everything one entity reported of one commodity.
type Item struct {
	// Factor is the factor; nil for activity data, which Entity and Commodity name.
	Factor            *factors.Factor
	Entity, Commodity string
	// Sum is what of the figure goes through the datum, Flows in how many contributions.
	Sum   quantity.Number
	Flows int
	// Below and Above are the squares of what the datum alone adds to the half-widths.
	Below, Above quantity.Number
	// Left is the interval that is left once the datum is exact.
	Left Interval
}

// Missing is a gap of the ranking: what an entity did not report of a commodity, or what no factor
// reads. It cannot be sized.
type Missing struct {
	Entity, Commodity, To, Reason string
	// Periods are the times of the gaps.
	Periods []quantity.Period
	// Hint is what the same account had in other periods of the same years, taken over by days; it
	// is no part of any figure. Its denominator is 0 where there is nothing to go by.
	Hint quantity.Ratio
}

// Ranking says which datum would narrow the interval of the total most.
type Ranking struct {
	Answer
	// Sized have bounds, the one that widens the interval most first.
	Sized []Item
	// Unsized have none, the one with most of the figure first.
	Unsized []Item
	// Missing are the gaps, the one with the largest hint first.
	Missing []Missing
}

// Rank takes the total of a query apart by what it depends on.
//
//	share of the variance = ( below(d)^2 + above(d)^2 ) / ( below^2 + above^2 )
//
// The shares of all data sum to 1.
func Rank(s inventory.State, q inventory.Query, assumptions []Assumption) (Ranking, error) {
	q.By = nil
	g, err := gather(s, q, assumptions)
	if err != nil {
		return Ranking{}, err
	}
	r := Ranking{Answer: g.Answer}
	for _, item := range g.items(true) {
		item.Left = g.Total.without(item.Below, item.Above)
		r.Sized = append(r.Sized, item)
	}
	slices.SortStableFunc(r.Sized, func(a, b Item) int {
		return b.Below.Add(b.Above).Cmp(a.Below.Add(a.Above))
	})
	r.Unsized = g.items(false)
	slices.SortStableFunc(r.Unsized, func(a, b Item) int { return b.Sum.Abs().Cmp(a.Sum.Abs()) })
	r.Missing = missing(s, q, g.Gaps)
	return r, nil
}

// Share is the share of the variance that comes from an item.
func (r Ranking) Share(i Item) quantity.Ratio {
	return quantity.RatioOf(i.Below.Add(i.Above), r.Total.Below.Add(r.Total.Above))
}

// items groups the data with or without stated bounds: a factor by itself, amounts by entity and
// commodity, in the order of their names. What nothing of the figure goes through is left out.
func (g gathered) items(stated bool) []Item {
	groups := map[[4]string]Item{}
	for _, w := range g.total.weights {
		if w.stated != stated || w.sum.IsZero() {
			continue
		}
		key := [4]string{w.set, w.id, w.flow.Entity, w.flow.Commodity}
		item := groups[key]
		if w.set != "" {
			item.Factor = &w.factor
		}
		below, above := w.span.squares(w.sum)
		item.Entity, item.Commodity = w.flow.Entity, w.flow.Commodity
		item.Sum, item.Flows = item.Sum.Add(w.sum), item.Flows+w.flows
		item.Below, item.Above = item.Below.Add(below), item.Above.Add(above)
		groups[key] = item
	}
	var items []Item
	for _, key := range slices.SortedFunc(maps.Keys(groups), compareKeys) {
		items = append(items, groups[key])
	}
	return items
}

func compareKeys(a, b [4]string) int { return slices.Compare(a[:], b[:]) }

// account is a flow without its time, with what it is read as: figures of one account may be
// compared.
type account struct {
	flow                ledger.Flow
	to, scope, category string
}

func accountOf(f ledger.Flow, to, scope, category string) account {
	f.Period, f.Absence, f.Vintage = quantity.Period{}, ledger.Present, 0
	return account{f, to, scope, category}
}

// report is one figure of an account.
type report struct {
	period quantity.Period
	number quantity.Number
}

// missing groups gaps by entity, commodity, target and reason, and looks for a hint at their size.
func missing(s inventory.State, q inventory.Query, gaps []ledger.Gap) []Missing {
	if len(gaps) == 0 {
		return nil
	}
	others := reports(s, q, gaps)
	groups := map[[4]string]Missing{}
	for _, gap := range gaps {
		key := [4]string{gap.Flow.Entity, gap.Flow.Commodity, gap.To, gap.Reason}
		m, ok := groups[key]
		if !ok {
			m = Missing{Entity: key[0], Commodity: key[1], To: key[2], Reason: key[3]}
		}
		m.Periods = append(m.Periods, gap.Flow.Period)
		hint := hintOf(gap, others)
		switch {
		case !m.Hint.Defined():
			m.Hint = hint
		case hint.Defined():
			m.Hint = m.Hint.Add(hint)
		}
		groups[key] = m
	}
	var list []Missing
	for _, key := range slices.SortedFunc(maps.Keys(groups), compareKeys) {
		list = append(list, groups[key])
	}
	slices.SortStableFunc(list, func(a, b Missing) int { return b.size().Cmp(a.size()) })
	return list
}

// size is the hint without its sign, 0 where there is none.
func (m Missing) size() quantity.Ratio {
	if !m.Hint.Defined() {
		return quantity.Whole(quantity.Int(0))
	}
	return quantity.RatioOf(m.Hint.Numerator.Abs(), m.Hint.Denominator.Abs())
}

// reports reads the calendar years that hold the gaps and returns the figures of each account.
func reports(s inventory.State, q inventory.Query, gaps []ledger.Gap) map[account][]report {
	first, end := gaps[0].Flow.Period.First, gaps[0].Flow.Period.End
	for _, gap := range gaps {
		first, end = min(first, gap.Flow.Period.First), max(end, gap.Flow.Period.End)
	}
	q.Period = quantity.Period{First: yearOf(first).First, End: yearOf(end - 1).End}
	found := map[account][]report{}
	s.Contributions(q, func(c inventory.Contribution) {
		if c.Gap != nil {
			return
		}
		a := accountOf(c.Sum.Flow, c.Sum.Commodity, "", "")
		if c.Reading != nil {
			a = accountOf(c.Sum.Flow, c.Reading.To, c.Reading.Scope, c.Reading.Category)
		}
		found[a] = append(found[a], report{c.Sum.Period, c.Number})
	})
	return found
}

func yearOf(d quantity.Day) quantity.Period {
	year, _, _ := d.Date()
	return quantity.Year(year)
}

// hintOf takes what the account of a gap has in the same calendar year over to the gap, by days.
//
//	hint = sum of the figures / their days x days of the gap
func hintOf(gap ledger.Gap, others map[account][]report) quantity.Ratio {
	year := yearOf(gap.Flow.Period.First)
	sum, days := quantity.Number{}, 0
	for _, r := range others[accountOf(gap.Flow, gap.To, gap.Scope, gap.Category)] {
		if year.Contains(r.period) && !r.period.Overlaps(gap.Flow.Period) {
			sum, days = sum.Add(r.number), days+r.period.Days()
		}
	}
	return quantity.RatioOf(sum.Mul(quantity.Int(int64(gap.Flow.Period.Days()))),
		quantity.Int(int64(days)))
}

// Span is the whole time of the gaps, from the first day of the first to the end of the last.
func (m Missing) Span() quantity.Period {
	span := m.Periods[0]
	for _, p := range m.Periods {
		span = quantity.Period{First: min(span.First, p.First), End: max(span.End, p.End)}
	}
	return span
}

// Name is what the ranking calls an item: the set and id of a factor, or entity and commodity.
func (i Item) Name() string {
	if i.Factor != nil {
		return i.Factor.Set + ": " + i.Factor.ID
	}
	return strings.TrimSpace(cmp.Or(i.Entity, "-") + " " + i.Commodity)
}
