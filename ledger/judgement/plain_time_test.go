package judgement_test

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

// span groups periods of about the same length: only such figures are comparable.
type span int

// The spans. Bills of utilities run for 26 to 35 days; January and February are often reported as
// one. Other lengths are compared with nothing.
const (
	odd span = iota
	day
	week
	month
	twoMonths
	quarter
	half
	year
)

// lengths are the fewest and most days of each span.
var lengths = []struct {
	span        span
	least, most int
}{
	{day, 1, 1}, {week, 7, 7}, {month, 26, 35}, {twoMonths, 57, 66}, {quarter, 87, 95},
	{half, 178, 187}, {year, 360, 371},
}

func spanOf(p quantity.Period) span {
	for _, l := range lengths {
		if l.least <= p.Days() && p.Days() <= l.most {
			return l.span
		}
	}
	return odd
}

// isMonths says whether a period is made of whole calendar months.
func isMonths(p quantity.Period) bool {
	_, _, first := p.First.Date()
	_, _, end := p.End.Date()
	return first == 1 && end == 1
}

// months counts the calendar months of a period of whole months.
func months(p quantity.Period) int {
	y1, m1, _ := p.First.Date()
	y2, m2, _ := p.End.Date()
	return (y2-y1)*12 + int(m2-m1)
}

// yearBefore is the same part of the calendar some years earlier.
func yearBefore(p quantity.Period, years int) quantity.Period {
	shift := func(d quantity.Day) quantity.Day {
		y, m, day := d.Date()
		return quantity.DayOf(y-years, m, day)
	}
	return quantity.Period{First: shift(p.First), End: shift(p.End)}
}

// calendar returns the month, quarter and year that hold a period and are longer than it.
func calendar(p quantity.Period) []quantity.Period {
	y, m, _ := p.First.Date()
	all := []quantity.Period{quantity.Month(y, m), quantity.Quarter(y, (int(m)+2)/3),
		quantity.Year(y)}
	return slices.DeleteFunc(all, func(q quantity.Period) bool { return q == p || !q.Contains(p) })
}

// isCalendar says whether a period is a calendar month, quarter or year.
func isCalendar(p quantity.Period) bool {
	y, m, _ := p.First.Date()
	return p == quantity.Month(y, m) || p == quantity.Year(y) ||
		p == quantity.Quarter(y, (int(m)+2)/int(time.March))
}

// slack is how many days the ends of two periods may lie apart and still meet: the platform of
// online monitoring takes a month that begins a day early or late.
const slack = 1

// rhythmDays is the shortest bill of a month.
const rhythmDays = 26

// rhythm says whether the figures of an account follow each other, so that one left out is missed.
// Figures of a month or longer always do; deliveries and other figures of days do where at least
// half of them meet the one before.
func (a *account) rhythm() bool {
	meet, apart := 0, 0
	for i := 1; i < len(a.figures); i++ {
		before, here := a.figures[i-1].flow.Period, a.figures[i].flow.Period
		switch {
		case before.Days() >= rhythmDays && here.Days() >= rhythmDays:
		case int(here.First-before.End) <= slack:
			meet++
		default:
			apart++
		}
	}
	return meet >= apart
}

// completenessLeast is the percentage of figures that must be there: the gate of the online
// monitoring of key energy users, received of expected points.
const completenessLeast = 90

// gaps finds time left out between two figures of an account, at least one of them of the upload:
//
//	... March | May ...  ->  April is left out
//
// A row that says why there is no figure leaves nothing out.
func gaps(x *index) {
	for _, a := range x.accounts {
		if !a.fresh || !a.rhythm() {
			continue
		}
		all := slices.Concat(a.figures, a.absent)
		slices.SortStableFunc(all, func(f, g figure) int {
			return int(f.flow.Period.First) - int(g.flow.Period.First)
		})
		var before figure
		for i, f := range all {
			if i > 0 {
				x.gap(before, f)
			}
			if i == 0 || f.flow.Period.End > before.flow.Period.End {
				before = f
			}
		}
	}
}

func (x *index) gap(before, after figure) {
	left := quantity.Period{First: before.flow.Period.End, End: after.flow.Period.First}
	if left.Days() <= slack || !before.fresh && !after.fresh {
		return
	}
	at := after
	if !after.fresh {
		at = before
	}
	en, zh := x.account(at.flow)
	x.warn(at, "period.gap", en, zh, spanText(left), spanText(before.flow.Period),
		spanText(after.flow.Period))
}

// completeness finds accounts that have figures for fewer than 90 % of the months, or days, between
// the first and the last of the upload. Rows marked missing or confidential have no figure.
func completeness(x *index) {
	for _, a := range x.accounts {
		if a.fresh && a.rhythm() {
			x.complete(a)
		}
	}
}

func (x *index) complete(a *account) {
	var whole quantity.Period
	var last figure
	monthly := true
	for _, f := range slices.Concat(a.figures, a.absent) {
		p := f.flow.Period
		monthly = monthly && isMonths(p)
		if !f.fresh {
			continue
		}
		if whole.IsZero() {
			whole = p
		}
		whole.First, whole.End = min(whole.First, p.First), max(whole.End, p.End)
		if f.line >= last.line {
			last = f
		}
	}
	count := quantity.Period.Days
	unitEN, unitZH := "days", "天"
	if monthly {
		count, unitEN, unitZH = months, "months", "个月"
	}
	there, end := 0, whole.First
	for _, f := range a.thereIn(whole) {
		p := quantity.Period{First: max(f.flow.Period.First, end), End: f.flow.Period.End}
		if p.First < p.End {
			there, end = there+count(p), p.End
		}
	}
	// A single period has neither first nor last.
	if whole == last.flow.Period {
		return
	}
	if expected := count(whole); there*100 < expected*completenessLeast {
		en, zh := x.account(a.key)
		x.warn(last, "completeness.low", en, zh, strconv.Itoa(there), strconv.Itoa(expected),
			unitEN, unitZH, spanText(whole))
	}
}

// thereIn returns what is accounted for in a period, in the order of time: the figures, and rows
// that say nothing occurred or that the figure is included elsewhere.
func (a *account) thereIn(whole quantity.Period) []figure {
	var there []figure
	for _, f := range slices.Concat(a.figures, a.absent) {
		if whole.Contains(f.flow.Period) && !f.flow.Absence.IsGap() {
			there = append(there, f)
		}
	}
	slices.SortStableFunc(there, func(f, g figure) int {
		return int(f.flow.Period.First) - int(g.flow.Period.First)
	})
	return there
}

// dailyApart is by how many percent the sum of shorter figures may differ from the longer one: the
// gate of the online monitoring of key energy users, |sum of days - month| <= 5 %.
const dailyApart = 5

// group is what daily and monthly figures have in common, whatever their sites are called.
type group struct {
	entity    string
	to        ledger.Role
	commodity string
}

// plainSeries is the figures of one account, or the rows of the upload refused for it.
type plainSeries struct {
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
func (x *index) series() []plainSeries {
	var all []plainSeries
	known := map[ledger.Flow]*account{}
	for _, a := range x.accounts {
		known[a.key] = a
		if !x.commodity(a.key.Commodity).Class.Denominator() {
			all = append(all, plainSeries{a.key, a.figures, false})
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
			all = append(all, plainSeries{key, nil, true})
		}
		all[at].figures = append(all[at].figures,
			figure{a.Flow, a.Number, true, a.Line, a.Written, a.Number.Abs()})
	}
	return all
}

// fill adds the figures of a series to the buckets they lie in, where they cover 90 % of its days.
func (s plainSeries) fill(filled map[bucket]map[span]*parts) {
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

// wholes finds sites reported beside the whole entity: the same commodity used in the same time,
// once without a site and once with one, is added up. Where the figure of the whole holds the site,
// it counts twice.
func wholes(x *index) {
	type use struct{ entity, commodity string }
	whole := map[use][]*account{}
	for _, a := range x.accounts {
		if key := (use{a.key.Entity, a.key.Commodity}); a.key.To == ledger.Use && a.key.Site == "" {
			whole[key] = append(whole[key], a)
		}
	}
	for _, part := range x.accounts {
		key := use{part.key.Entity, part.key.Commodity}
		if part.key.To != ledger.Use || part.key.Site == "" {
			continue
		}
		for _, all := range whole[key] {
			if part.fresh || all.fresh {
				x.besideWhole(part, all)
			}
		}
	}
}

// besideWhole asks about the first figures of a site and of its entity that share a day, one of
// them of the upload.
func (x *index) besideWhole(part, all *account) {
	for _, f := range part.figures {
		for _, g := range all.figures {
			if !f.fresh && !g.fresh || !f.flow.Period.Overlaps(g.flow.Period) ||
				f.number.Sign() <= 0 || g.number.Sign() <= 0 {
				continue
			}
			row := f
			if !f.fresh {
				row = g
			}
			if x.isCompared(row.line) {
				return
			}
			en, zh := x.named(f.flow)
			unit := x.unit(row)
			x.warn(row, "site.whole", en, zh, x.shown(f.number, f.flow.Commodity, unit),
				spanText(g.flow.Period), x.shown(g.number, g.flow.Commodity, unit), part.key.Site)
			return
		}
	}
}

// isCompared says whether the figures of a line have been compared with shorter ones already, which
// says more.
func (x *index) isCompared(line int) bool {
	return slices.ContainsFunc(x.found, func(f table.Fault) bool {
		return f.Line == line && strings.HasPrefix(f.Code, "daily.")
	})
}
