package judgement

import (
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// dailyApart is by how many percent the sum of shorter figures may differ from the longer one: the
// gate of the online monitoring of key energy users, |sum of days - month| <= 5 %.
const dailyApart = 5

// group is what daily and monthly figures have in common, whatever their sites are called.
type group struct {
	entity    string
	to        ledger.Role
	commodity string
}

// series is the figures of one account, or the rows of the upload refused for it.
type series struct {
	key     ledger.Flow
	figures []figure
	refused bool
}

// bucket is a calendar month, quarter or year of a group.
type bucket struct {
	group  group
	period quantity.Period
}

// parts are figures of one span that together fill a bucket.
type parts struct {
	sum quantity.Number
	// sites are the sums by account.
	sites map[ledger.Flow]quantity.Number
	// last is the last of them that the upload has; posted says whether all count.
	last   figure
	posted bool
}

// finer compares a figure with the sum of shorter ones of its period, such as a month with its
// days, at whatever site they stand and whether or not one of the two is refused.
func finer(x *index) {
	wanted := map[group]bool{}
	all := x.series()
	for _, s := range all {
		for _, f := range s.figures {
			if f.fresh {
				wanted[groupOf(s.key)] = true
			}
		}
	}
	filled := map[bucket]map[span]*parts{}
	for _, s := range all {
		if wanted[groupOf(s.key)] {
			s.fill(filled)
		}
	}
	whole := map[bucket][]figure{}
	var order []bucket
	posted := map[rowKey]bool{}
	for _, s := range all {
		for _, f := range s.figures {
			at := bucket{groupOf(s.key), f.flow.Period}
			if filled[at] == nil {
				continue
			}
			if whole[at] == nil {
				order = append(order, at)
			}
			whole[at] = append(whole[at], f)
			posted[rowKey{f.line, f.flow}] = !s.refused
		}
	}
	for _, at := range order {
		for s := day; s < year; s++ {
			if p := filled[at][s]; p != nil {
				x.compareParts(p, whole[at], posted)
			}
		}
	}
}

func groupOf(f ledger.Flow) group { return group{f.Entity, f.To, f.Commodity} }

// series returns the figures by account, and those that the book refuses.
func (x *index) series() []series {
	var all []series
	known := map[ledger.Flow]*account{}
	for _, a := range x.accounts {
		known[a.key] = a
		if !x.commodity(a.key.Commodity).Class.Denominator() {
			all = append(all, series{a.key, a.figures, false})
		}
	}
	if x.upload.Source.Cumulative {
		return all
	}
	refused := map[ledger.Flow]int{}
	for _, a := range x.upload.Activities {
		key := keyOf(a.Flow)
		if x.admitted[rowKey{a.Line, a.Flow}] || !a.Absence.HasFigure() ||
			x.commodity(a.Commodity).Class.Denominator() {
			continue
		}
		if account := known[key]; account != nil {
			// The very same period is a duplicate and not a sum of shorter ones.
			if _, same := account.at(a.Period); same {
				continue
			}
		}
		at, ok := refused[key]
		if !ok {
			at = len(all)
			refused[key] = at
			all = append(all, series{key, nil, true})
		}
		all[at].figures = append(all[at].figures,
			figure{a.Flow, a.Number, true, a.Line, a.Written, a.Number.Abs()})
	}
	return all
}

// fill adds the figures of a series to the buckets they lie in, where they cover 90 % of its days.
func (s series) fill(filled map[bucket]map[span]*parts) {
	type place struct {
		period quantity.Period
		span   span
	}
	type share struct {
		sum  quantity.Number
		days int
		last figure
	}
	shares := map[place]share{}
	for _, f := range s.figures {
		for _, period := range calendar(f.flow.Period) {
			at := place{period, spanOf(f.flow.Period)}
			part := shares[at]
			part.sum, part.days = part.sum.Add(f.number), part.days+f.flow.Period.Days()
			if f.fresh && f.line >= part.last.line {
				part.last = f
			}
			shares[at] = part
		}
	}
	for at, part := range shares {
		if at.span == odd || part.days*100 < at.period.Days()*completenessLeast {
			continue
		}
		key := bucket{groupOf(s.key), at.period}
		if filled[key] == nil {
			filled[key] = map[span]*parts{}
		}
		p := filled[key][at.span]
		if p == nil {
			p = &parts{sites: map[ledger.Flow]quantity.Number{}, posted: true}
			filled[key][at.span] = p
		}
		p.sum, p.sites[s.key] = p.sum.Add(part.sum), p.sites[s.key].Add(part.sum)
		p.posted = p.posted && !s.refused
		if part.last.fresh && part.last.line >= p.last.line {
			p.last = part.last
		}
	}
}

// compareParts compares the parts of a bucket with its whole figures. Those of the same account
// must agree. Figures at other sites may be other meters: where one agrees both count the same
// energy; where their sum is near, within three times, it should agree; beyond that it is something
// else.
func (x *index) compareParts(p *parts, whole []figure, posted map[rowKey]bool) {
	var elsewhere []figure
	total := quantity.Number{}
	for _, f := range whole {
		if sum, ok := p.sites[keyOf(f.flow)]; ok {
			if isApart(sum, f.number) {
				x.apart(p.last, f, sum, f.number)
			}
			continue
		}
		elsewhere = append(elsewhere, f)
		total = total.Add(f.number)
	}
	for _, f := range elsewhere {
		if !isApart(p.sum, f.number) {
			if p.posted && posted[rowKey{f.line, f.flow}] {
				x.same(p.last, f, p.sum)
			}
			return
		}
	}
	if len(elsewhere) > 0 && total.Sign() > 0 && isWithin(p.sum, total, near) &&
		isApart(p.sum, total) {
		x.apart(p.last, elsewhere[len(elsewhere)-1], p.sum, total)
	}
}

// isApart says whether a sum differs from the whole by more than 5 % of it.
func isApart(sum, whole quantity.Number) bool {
	apart := sum.Sub(whole).Abs().Mul(quantity.Int(100))
	return apart.Cmp(whole.Abs().Mul(quantity.Int(dailyApart))) > 0
}

// apart says that shorter figures and the whole differ, and same that they agree and both count.
func (x *index) apart(last, whole figure, sum, number quantity.Number) {
	x.fine("daily.monthly", last, whole, sum, number)
}

func (x *index) same(last, whole figure, sum quantity.Number) {
	x.fine("daily.twice", last, whole, sum, whole.number)
}

func (x *index) fine(code string, last, whole figure, sum, number quantity.Number) {
	row := whole
	if !whole.fresh {
		row = last
	}
	if !row.fresh {
		return
	}
	en, zh := x.named(whole.flow)
	unit := x.unit(row)
	x.warn(row, code, en, zh, x.shown(sum, whole.flow.Commodity, unit),
		x.shown(number, whole.flow.Commodity, unit))
}
