package ledger

import (
	"cmp"
	"slices"

	"carbonledger/quantity"
)

// yearKey names the reports of one account and year: the account and 1 January.
type yearKey struct {
	account Flow
	first   quantity.Day
}

// Mark is a cumulative figure as a batch brought it: what an account moved from 1 January to a day.
type Mark struct {
	End      quantity.Day
	Position int
	Sum      Sum
}

// behind is a stored sum that a flow of the book is made of. A month of cumulative reports is the
// report that ends with it less the one that ends before it.
type behind struct {
	position int
	flow     Flow
	less     bool
}

// derived is a sum read from cumulative reports, with what stands behind it.
type derived struct {
	Sum
	behind []behind
}

// mark takes the sums of a cumulative batch into the book.
func (b *Book) mark(position int, sums []Sum) {
	for _, sum := range sums {
		key := yearKey{sum.Flow.Account(), sum.Period.First}
		if b.marks[key] == nil {
			b.years[sum.Entity] = append(b.years[sum.Entity], key)
		}
		b.marks[key] = append(b.marks[key], Mark{sum.Period.End, position, sum})
	}
}

// Reports returns the cumulative figures of an account and year that stand, in the order of the
// time they run to: of several reports up to the same day the latest with a figure.
func (b *Book) Reports(account Flow, first quantity.Day) []Mark {
	key := yearKey{account, first}
	var standing []Mark
	for _, m := range b.marks[key] {
		if !b.reversed[m.Position] {
			standing = append(standing, m)
		}
	}
	slices.SortStableFunc(standing, func(m, n Mark) int {
		return cmp.Or(cmp.Compare(m.End, n.End), cmp.Compare(gapRank(m), gapRank(n)),
			cmp.Compare(n.Position, m.Position))
	})
	return slices.CompactFunc(standing, func(m, n Mark) bool { return m.End == n.End })
}

// gapRank puts a figure before an absence: what is known is not replaced by a blank.
func gapRank(m Mark) int {
	if m.Sum.Absence.HasFigure() {
		return 0
	}
	return 1
}

// months reads the reports of an account and year as what moved between them:
//
//	moved(p, m] = reported(1 January, m] - reported(1 January, p]
//
// A report above a later one has been corrected by it: what it says of its last month is not known
// any more, and the time around it is read as one span. A correction is never a negative amount.
// Reports without a figure count only behind the last one that has one. The result depends on the
// reports and not on the order of their posting.
func (b *Book) months(key yearKey) []derived {
	reports := b.Reports(key.account, key.first)
	var list []derived
	last := Mark{End: key.first}
	for i, m := range reports {
		if !m.Sum.Absence.HasFigure() && !hasFigure(reports[i+1:]) {
			flow := m.Sum.Flow
			flow.Period.First = last.End
			list = append(list, derived{Sum{flow, m.Sum.Total, m.Sum.Rows},
				[]behind{{m.Position, m.Sum.Flow, false}}})
			last.End = m.End
		}
		if !m.Sum.Absence.HasFigure() || isCorrected(m, reports[i+1:]) {
			continue
		}
		flow := m.Sum.Flow
		flow.Period.First = last.End
		made := derived{Sum{flow, m.Sum.Total.Sub(last.Sum.Total), m.Sum.Rows},
			[]behind{{m.Position, m.Sum.Flow, false}}}
		if last.Position != 0 {
			made.behind = append(made.behind, behind{last.Position, last.Sum.Flow, true})
		}
		list = append(list, made)
		last = m
	}
	return list
}

func hasFigure(reports []Mark) bool {
	return slices.ContainsFunc(reports, func(m Mark) bool { return m.Sum.Absence.HasFigure() })
}

// isCorrected says whether a later report is below this one.
func isCorrected(m Mark, later []Mark) bool {
	return slices.ContainsFunc(later, func(n Mark) bool {
		return n.Sum.Absence.HasFigure() && n.Sum.Total.Cmp(m.Sum.Total) < 0
	})
}

// Share is a flow of the book that a stored sum is part of.
type Share struct {
	Flow Flow
	Less bool
}

// place is a stored sum: the batch and the flow.
type place struct {
	position int
	flow     Flow
}

// Shares returns for a stored sum the flows of the book it is part of: itself, or for a cumulative
// report the span that ends with it and, taken off, the one that begins behind it. A report that a
// later one has replaced or corrected is part of none.
func (b *Book) Shares() func(position int, stored Flow) []Share {
	known := b.shares.Load()
	if known == nil {
		shares := map[place][]Share{}
		for key := range b.marks {
			for _, d := range b.months(key) {
				for _, stored := range d.behind {
					at := place{stored.position, stored.flow}
					shares[at] = append(shares[at], Share{d.Flow, stored.less})
				}
			}
		}
		known = &shares
		b.shares.Store(known)
	}
	return func(position int, stored Flow) []Share {
		if b.cumulative[position] {
			return (*known)[place{position, stored}]
		}
		return []Share{{Flow: stored}}
	}
}

// reported returns the last of the cumulative reports that cover a time with figures which shares a
// day with the flow's.
func (b *Book) reported(f Flow) (Held, bool) {
	account := f.Account()
	lastYear := quantity.Period{First: f.Period.End - 1, End: f.Period.End}.Year()
	for year := f.Period.Year(); year <= lastYear; year++ {
		first := quantity.Year(year).First
		for _, m := range slices.Backward(b.Reports(account, first)) {
			covered := quantity.Period{First: first, End: m.End}
			if m.Sum.Absence.HasFigure() && covered.Overlaps(f.Period) {
				return Held{covered, m.Sum, m.Position}, true
			}
		}
	}
	return Held{}, false
}
