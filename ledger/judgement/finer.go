package judgement

import (
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/judgement/accounts"
	"carbonledger/quantity"
)

// dailyApart is by how many percent the sum of shorter figures may differ from the longer one: the
// gate of the online monitoring of key energy users, |sum of days - month| <= 5 %.
const dailyApart = 5

// group is what daily and monthly figures of an entity have in common, whatever their sites are
// called.
type group struct {
	to        ledger.Role
	commodity string
}

// series is the figures of one account, or the rows of the upload refused for it.
type series struct {
	// key is the flow of the account.
	key     ledger.Flow
	figures []accounts.Figure
	refused bool
}

// member is a figure with what it is one of.
type member struct {
	accounts.Figure
	series *series
}

// portion is the place of the figures of one span that lie in a calendar month, quarter or year.
type portion struct {
	period quantity.Period
	span   accounts.Span
}

// parts are figures of one span that together fill a month, quarter or year.
type parts struct {
	sum quantity.Number
	// sites are the sums by account.
	sites map[ledger.Flow]quantity.Number
	// last is the last of them that the upload has; posted says whether all count.
	last   accounts.Figure
	posted bool
}

// finer compares a figure with the sum of shorter ones of its period, such as a month with its
// days, at whatever site they stand and whether or not one of the two is refused.
func finer(w *weigher, o *accounts.Owner) {
	var asked []group
	for i := range o.Accounts {
		if g := w.own.move(&o.Accounts[i]).group; !slices.Contains(asked, g) {
			asked = append(asked, g)
			w.finer(o, g, i)
		}
	}
	if w.upload.Source.Cumulative {
		return
	}
	for _, row := range o.Refused {
		g := group{row.To, row.Commodity}
		if !slices.Contains(asked, g) {
			asked = append(asked, g)
			w.finer(o, g, len(o.Accounts))
		}
	}
}

// finer compares the figures of one group; the first of its accounts is known.
func (w *weigher) finer(o *accounts.Owner, g group, first int) {
	if !w.isMixed(o, g, first) {
		return
	}
	all := w.series(o, g, first)
	whole := map[quantity.Period][]member{}
	var order []quantity.Period
	for i := range all {
		for _, f := range all[i].figures {
			if f.Kind == accounts.Free {
				continue
			}
			if whole[f.Period] == nil {
				order = append(order, f.Period)
			}
			whole[f.Period] = append(whole[f.Period], member{f, &all[i]})
		}
	}
	filled := map[portion]*parts{}
	for i := range all {
		w.fill(&all[i], whole, filled)
	}
	for _, period := range order {
		for s := accounts.Day; s < accounts.Year; s++ {
			if p := filled[portion{period, s}]; p != nil {
				w.compareParts(p, whole[period])
			}
		}
	}
}

// isMixed says whether there may be shorter figures beside longer ones, one of them of the upload:
// figures of one kind of the calendar lie side by side.
func (w *weigher) isMixed(o *accounts.Owner, g group, first int) bool {
	var kinds [accounts.CalendarYear + 1]bool
	fresh := false
	for i := first; i < len(o.Accounts); i++ {
		a := &o.Accounts[i]
		if w.own.move(a).group != g {
			continue
		}
		fresh = fresh || a.Fresh
		for j := range a.Figures {
			kinds[a.Figures[j].Kind] = true
		}
	}
	for i := range o.Refused {
		if row := &o.Refused[i]; row.To == g.to && row.Commodity == g.commodity {
			fresh, kinds[row.Figure.Kind] = true, true
		}
	}
	several := 0
	for _, is := range kinds {
		if is {
			several++
		}
	}
	return fresh && several > 1
}

// series returns the figures of a group by account, and those that the book refuses.
func (w *weigher) series(o *accounts.Owner, g group, first int) []series {
	if w.commodity(g.commodity).Class.Denominator() {
		return nil
	}
	var all []series
	known := map[ledger.Flow]*accounts.Account{}
	fresh := false
	for i := first; i < len(o.Accounts); i++ {
		a := &o.Accounts[i]
		if w.own.move(a).group != g {
			continue
		}
		key := w.own.Flow(a, quantity.Period{})
		known[key] = a
		all = append(all, series{key, a.Figures, false})
		fresh = fresh || slices.ContainsFunc(a.Figures, accounts.Figure.Fresh)
	}
	refused := map[ledger.Flow]int{}
	for _, row := range o.Refused {
		if w.upload.Source.Cumulative || row.To != g.to || row.Commodity != g.commodity ||
			row.Figure.Gap != accounts.Present {
			continue
		}
		key := keyOf(row.Flow)
		if a := known[key]; a != nil {
			// The very same period is a duplicate and not a sum of shorter ones.
			if _, same := a.At(row.Period); same {
				continue
			}
		}
		at, ok := refused[key]
		if !ok {
			at = len(all)
			refused[key] = at
			all = append(all, series{key, nil, true})
		}
		all[at].figures = append(all[at].figures, row.Figure)
	}
	if !fresh && len(refused) == 0 {
		return nil
	}
	return all
}

// keyOf is a flow without time, absence and vintage.
func keyOf(f ledger.Flow) ledger.Flow {
	f.Period, f.Absence, f.Vintage = quantity.Period{}, ledger.Present, 0
	return f
}

// fill adds the figures of a series to the whole ones they lie in, where they cover 90 % of its
// days.
func (w *weigher) fill(s *series, whole map[quantity.Period][]member, filled map[portion]*parts) {
	type share struct {
		sum  quantity.Number
		days int
		last accounts.Figure
		line int
	}
	shares := map[portion]*share{}
	for _, f := range s.figures {
		for _, period := range accounts.Around(f.Period) {
			if whole[period] == nil || f.Span == accounts.Odd {
				continue
			}
			at := portion{period, f.Span}
			part := shares[at]
			if part == nil {
				part = &share{last: accounts.Of(quantity.Number{}, period)}
				shares[at] = part
			}
			part.sum, part.days = part.sum.Add(f.Number), part.days+f.Period.Days()
			if line := w.line(f); f.Fresh() && line >= part.line {
				part.last, part.line = f, line
			}
		}
	}
	for at, part := range shares {
		if part.days*100 < at.period.Days()*completenessLeast {
			continue
		}
		p := filled[at]
		if p == nil {
			p = &parts{sites: map[ledger.Flow]quantity.Number{}, posted: true,
				last: accounts.Of(quantity.Number{}, at.period)}
			filled[at] = p
		}
		p.sum, p.sites[s.key] = p.sum.Add(part.sum), p.sites[s.key].Add(part.sum)
		p.posted = p.posted && !s.refused
		if part.last.Fresh() && part.line >= w.line(p.last) {
			p.last = part.last
		}
	}
}

// compareParts compares the parts of a whole with its figures. Those of the same account must
// agree. Figures at other sites may be other meters: where one agrees both count the same energy;
// where their sum is near, within three times, it should agree; beyond that it is something else.
func (w *weigher) compareParts(p *parts, whole []member) {
	var elsewhere []member
	total := quantity.Number{}
	for _, f := range whole {
		if sum, ok := p.sites[f.series.key]; ok {
			if isApart(sum, f.Number) {
				w.apart(p.last, f, sum, f.Number)
			}
			continue
		}
		elsewhere = append(elsewhere, f)
		total = total.Add(f.Number)
	}
	for _, f := range elsewhere {
		if !isApart(p.sum, f.Number) {
			if p.posted && !f.series.refused {
				w.same(p.last, f, p.sum)
			}
			return
		}
	}
	if len(elsewhere) > 0 && total.Sign() > 0 && isWithin(p.sum, total, near) &&
		isApart(p.sum, total) {
		w.apart(p.last, elsewhere[len(elsewhere)-1], p.sum, total)
	}
}

// isApart says whether a sum differs from the whole by more than 5 % of it.
func isApart(sum, whole quantity.Number) bool {
	apart := sum.Sub(whole).Abs().Mul(quantity.Int(100))
	return apart.Cmp(whole.Abs().Mul(quantity.Int(dailyApart))) > 0
}

// apart says that shorter figures and the whole differ, and same that they agree and both count.
func (w *weigher) apart(last accounts.Figure, whole member, sum, number quantity.Number) {
	w.fine("daily.monthly", last, whole, sum, number)
}

func (w *weigher) same(last accounts.Figure, whole member, sum quantity.Number) {
	w.fine("daily.twice", last, whole, sum, whole.Number)
}

func (w *weigher) fine(code string, last accounts.Figure, whole member,
	sum, number quantity.Number) {
	row := whole.Figure
	if !whole.Fresh() {
		row = last
	}
	if !row.Fresh() {
		return
	}
	flow := whole.series.key
	flow.Period = whole.Period
	en, zh := w.named(flow)
	unit := w.unit(row, flow.Commodity)
	w.warn(row, code, en, zh, w.shown(sum, flow.Commodity, unit),
		w.shown(number, flow.Commodity, unit))
}
