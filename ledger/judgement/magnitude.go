package judgement

import (
	"slices"
	"strconv"

	"carbonledger/ledger/judgement/accounts"
	"carbonledger/quantity"
)

const (
	// near: a figure is near another where it is between a third and three times of it. Months of
	// one account seldom leave that range around their median, and the sizes of units that are
	// taken for each other (1,000, 10,000) differ by ten, so that no figure is near two of them.
	near = 3
	// farLeast is how many times its usual size a figure is questioned: near 100 and beyond.
	farLeast = 30
	// unitLeast is the smallest ratio of two units that are taken for each other: kWh and MWh, kg
	// and t. Units that differ by ten or a hundred are not on the forms.
	unitLeast = 1000
	// othersLeast is how many other figures make a usual size. Money, people and areas change so
	// little from year to year that one is enough.
	othersLeast = 3
	// peersLeast is how many other entities of an industry make a usual size.
	peersLeast = 3
	// tenfold is how many times both its neighbours a month is questioned: ten with room for
	// months that differ by a fifth without a mistake.
	tenfold = 8
	// edgeAgree is how many times the two neighbours of a first or last month may differ.
	edgeAgree = 3
)

var oneHalf = parsed("0.5")

// negatives finds amounts below zero, also of rows that are refused. Money is left out: a value
// added can be negative.
func (w *weigher) negatives() {
	for _, a := range w.upload.Activities {
		if a.Number.Sign() < 0 && w.commodity(a.Commodity).Class != quantity.ClassEconomy {
			en, zh := w.named(a.Flow)
			w.warnAt(a.Line, a.Written, "use.negative", en, zh)
		}
	}
}

// extent is the smallest and the largest of some figures above zero.
type extent struct {
	least, most quantity.Number
	count       int
	fresh       bool
}

// extents are the extents of an account by span.
type extents [accounts.Spans]extent

// isWithin says whether no two figures are so many times apart, so that none is so far from the
// middle of others.
func (e *extent) isWithin(times int64) bool {
	return e.count < 2 || e.most.Cmp(e.least.Mul(quantity.Int(times))) < 0
}

func extentsOf(list []accounts.Figure) (all extents) {
	for i := range list {
		f := &list[i]
		if f.Number.Sign() <= 0 {
			continue
		}
		e := &all[f.Span]
		switch {
		case e.count == 0:
			e.least, e.most = f.Number, f.Number
		case f.Number.Cmp(e.most) > 0:
			e.most = f.Number
		case f.Number.Cmp(e.least) < 0:
			e.least = f.Number
		}
		e.count++
		e.fresh = e.fresh || f.Fresh()
	}
	return all
}

// sizes asks about figures that are too large or too small. Most accounts have figures so much
// alike that none of them need be looked at.
func sizes(w *weigher, a *accounts.Account) {
	all := extentsOf(a.Figures)
	w.told = append(w.told[:0], make([]bool, len(a.Figures))...)
	for s := accounts.Day; s < accounts.Spans; s++ {
		if all[s].fresh {
			w.magnitudes(a, s, &all[s])
		}
	}
	if !all[accounts.Month].isWithin(tenfold) || !all[accounts.Quarter].isWithin(tenfold) {
		w.tenfolds(a)
	}
}

// ranked is the places of some figures in the order of their size.
type ranked struct {
	numbers []quantity.Number
	// rank is where each figure stands in numbers, by its place in the account; -1 for none.
	rank []int
}

// rankOf orders the figures of an account that are above zero and of one span.
func rankOf(a *accounts.Account, s accounts.Span) ranked {
	var at []int
	r := ranked{rank: make([]int, len(a.Figures))}
	for i, f := range a.Figures {
		r.rank[i] = -1
		if f.Span == s && f.Number.Sign() > 0 {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(i, j int) int {
		return a.Figures[i].Number.Cmp(a.Figures[j].Number)
	})
	for rank, i := range at {
		r.rank[i] = rank
		r.numbers = append(r.numbers, a.Figures[i].Number)
	}
	return r
}

// agrees says whether a figure is near another one. Where there are few, the middle of the others
// is that of a right one and a wrong one; only a figure off from all others is asked about.
func (r ranked) agrees(i int) bool {
	at := r.rank[i]
	near := func(other int) bool {
		return other >= 0 && other < len(r.numbers) &&
			isWithin(r.numbers[at], r.numbers[other], farLeast)
	}
	return near(at-1) || near(at+1)
}

// median returns the middle of a sorted list without some of its places, the mean of the two middle
// ones where there are two; the list must hold more than those.
func median[T any](list []T, without []int, mean func(T, T) T) T {
	count := len(list) - len(without)
	at := func(rank int) T {
		for _, gone := range without {
			if gone <= rank {
				rank++
			}
		}
		return list[rank]
	}
	if count%2 == 1 {
		return at(count / 2)
	}
	return mean(at(count/2-1), at(count/2))
}

func meanOf(a, b quantity.Number) quantity.Number { return a.Add(b).Mul(oneHalf) }

// magnitudes finds figures of one span far from the usual size of their account, or of their
// industry where the account has no history.
func (w *weigher) magnitudes(a *accounts.Account, s accounts.Span, e *extent) {
	least, others := othersLeast, e.count-1
	if w.own.move(a).denominator {
		least = 1
	}
	if others >= least && e.isWithin(farLeast) {
		return
	}
	var r ranked
	if others >= least {
		r = rankOf(a, s)
	}
	for i, f := range a.Figures {
		switch {
		case f.Span != s || !f.Fresh() || f.Number.Sign() <= 0:
		case others < least:
			w.compareTrade(a, i)
		case others < othersLeast && r.agrees(i):
		default:
			w.compare(a, i, median(r.numbers, []int{r.rank[i]}, meanOf), others)
		}
	}
}

// compare questions a figure that is 30 times its usual size or a 30th of it, unless the same month
// of the year before was about as large: then it is the season.
func (w *weigher) compare(a *accounts.Account, at int, usual quantity.Number, others int) {
	f := a.Figures[at]
	if isWithin(f.Number, usual, farLeast) || isSeason(a, f) {
		return
	}
	w.told[at] = true
	flow := w.flow(a, f)
	en, zh := w.named(flow)
	unit := w.unit(f, flow.Commodity)
	args := []string{en, zh, w.shown(f.Number, flow.Commodity, unit),
		w.shown(usual, flow.Commodity, unit), strconv.Itoa(others)}
	above := f.Number.Cmp(usual) > 0
	if confused, times, ok := w.confused(flow.Commodity, f.Number, usual, unit); ok {
		timesEN, timesZH := timesText(times, above)
		w.warn(f, "unit.magnitude",
			append(args, timesEN, timesZH, confused, unit.unit.Symbol)...)
		return
	}
	// Or this one is right and the others were meant in another unit.
	if confused, times, ok := w.confused(flow.Commodity, usual, f.Number, unit); ok {
		timesEN, timesZH := timesText(times, above)
		w.warn(f, "unit.magnitude-others",
			append(args, timesEN, timesZH, confused, unit.unit.Symbol)...)
		return
	}
	farEN, farZH := farText(farLeast, above)
	w.warn(f, "amount.magnitude", append(args, farEN, farZH)...)
}

// isWithin says whether a is less than so many times b, and more than that part of it.
func isWithin(a, b quantity.Number, times int64) bool {
	n := quantity.Int(times)
	return a.Cmp(b.Mul(n)) < 0 && a.Mul(n).Cmp(b) > 0
}

// isSeason says whether the same part of the year before was less than tenfold larger or smaller.
func isSeason(a *accounts.Account, f accounts.Figure) bool {
	before, ok := a.At(accounts.YearBefore(f.Period, 1))
	return ok && before.Number.Sign() > 0 && isWithin(f.Number, before.Number, tenfold)
}

func timesText(times string, above bool) (en, zh string) {
	if above {
		return times + " times", times + "倍"
	}
	return "1/" + times + " of", "1/" + times
}

func farText(times int, above bool) (en, zh string) {
	if above {
		return strconv.Itoa(times) + " times or more", strconv.Itoa(times) + "倍以上"
	}
	return "1/" + strconv.Itoa(times) + " or less of", "1/" + strconv.Itoa(times) + "以下"
}

// unitsOf are those that files really have, from small to large, by what is measured.
var unitsOf = map[quantity.Dimension][]string{
	quantity.Energy:         {"kJ", "MJ", "GJ", "TJ"},
	quantity.Mass:           {"kg", "t", "万t"},
	quantity.Volume:         {"L", "m3", "万m3", "亿m3"},
	quantity.CoalEquivalent: {"kgce", "tce", "万tce"},
	quantity.Money:          {"元", "千元", "万元", "亿元"},
	quantity.Area:           {"m2", "ha", "km2"},
	quantity.People:         {"人", "万人"},
}

var (
	unitsElectricity = []string{"kWh", "MWh", "万kWh", "亿kWh"}
	unitsGas         = []string{"Nm3", "万Nm3", "亿Nm3"}
)

// confused returns the unit a number was probably meant in, and how many times larger or smaller it
// is than the one written: a unit of the same kind in which the number is near its usual size.
func (w *weigher) confused(id string, number, usual quantity.Number, written writtenUnit) (
	unit, times string, ok bool) {
	commodity := w.commodity(id)
	list := unitsOf[commodity.Unit.Dimension]
	switch {
	case commodity.Class == quantity.ClassElectricity:
		list = unitsElectricity
	case written.unit.State != "":
		list = unitsGas
	}
	for _, symbol := range list {
		meant := w.unitText(id, symbol)
		if !written.ok || !meant.ok {
			continue
		}
		// number = figure x written, meant to be figure x meant, which is to be near usual.
		as := number.Mul(meant.perUnit)
		if !isWithin(as, usual.Mul(written.perUnit), near) {
			continue
		}
		large, small := written.perUnit, meant.perUnit
		if large.Cmp(small) < 0 {
			large, small = small, large
		}
		ratio, exact := quantity.RatioOf(large, small).Exact()
		if exact && ratio.Cmp(quantity.Int(unitLeast)) >= 0 {
			return symbol, ratio.String(), true
		}
	}
	return "", "", false
}

// tenfolds finds months that are about ten times both their neighbours, or a tenth of them. The
// last month has the two before it as neighbours, the first the two behind it.
func (w *weigher) tenfolds(a *accounts.Account) {
	for i := 0; len(a.Figures) > 2 && i < len(a.Figures); i++ {
		first := min(max(i-1, 0), len(a.Figures)-3)
		if isRow(a.Figures[first : first+3]) {
			w.tenfold(a, i, first)
		}
	}
}

// isRow says whether three figures are months, or quarters, one after the other, and one of them is
// of the upload.
func isRow(three []accounts.Figure) bool {
	s := three[0].Span
	if s != accounts.Month && s != accounts.Quarter {
		return false
	}
	fresh := three[0].Fresh()
	for i, f := range three[1:] {
		if f.Span != s || three[i].Period.End != f.Period.First {
			return false
		}
		fresh = fresh || f.Fresh()
	}
	return fresh
}

// tenfold compares a figure with the two others of the three that begin at first.
func (w *weigher) tenfold(a *accounts.Account, at, first int) {
	f, before, after := a.Figures[at], a.Figures[first], a.Figures[first+2]
	if at == first {
		before = a.Figures[first+1]
	} else if at == first+2 {
		after = a.Figures[first+1]
	}
	if !isPeak(before.Number, f.Number, after.Number) {
		return
	}
	isEdge := before.Period.End == after.Period.First
	if isEdge && !isWithin(before.Number, after.Number, edgeAgree) || w.told[at] ||
		isSeason(a, f) {
		return
	}
	row := f
	for _, other := range []accounts.Figure{before, after} {
		if !row.Fresh() {
			row = other
		}
	}
	flow := w.flow(a, f)
	en, zh := w.named(flow)
	unit := w.unit(row, flow.Commodity)
	args := []string{en, zh, w.shown(f.Number, flow.Commodity, unit),
		spanText(before.Period), w.shown(before.Number, flow.Commodity, unit),
		spanText(after.Period), w.shown(after.Number, flow.Commodity, unit)}
	above := f.Number.Cmp(before.Number) > 0
	usual := meanOf(before.Number, after.Number)
	confused, times, ok := w.confused(flow.Commodity, f.Number, usual, unit)
	if ok && f.Fresh() {
		timesEN, timesZH := timesText(times, above)
		w.warn(row, "month.tenfold-unit",
			append(args, timesEN, timesZH, confused)...)
		return
	}
	farEN, farZH := farText(tenfold, above)
	w.warn(row, "month.tenfold", append(args, farEN, farZH)...)
}

// isPeak says whether a number is eight times both its neighbours, or an eighth of both.
func isPeak(before, number, after quantity.Number) bool {
	for _, other := range [2]quantity.Number{before, after} {
		if number.Sign() <= 0 || other.Sign() <= 0 || isWithin(number, other, tenfold) {
			return false
		}
	}
	return (number.Cmp(before) > 0) == (number.Cmp(after) > 0)
}
