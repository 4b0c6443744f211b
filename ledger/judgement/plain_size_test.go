package judgement_test

import (
	"cmp"
	"slices"
	"strconv"

	"carbonledger/ledger"
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
func negatives(x *index) {
	for _, a := range x.upload.Activities {
		class := x.commodity(a.Commodity).Class
		if a.Number.Sign() < 0 && class != quantity.ClassEconomy {
			en, zh := x.named(a.Flow)
			x.warn(figure{line: a.Line, written: a.Written}, "use.negative", en, zh)
		}
	}
}

// ranked is the places of some figures in the order of their size.
type ranked struct {
	numbers []quantity.Number
	// rank is where each figure stands in numbers, by its place in the account; -1 for none.
	rank []int
}

// rank orders the figures of an account that are above zero and of one span.
func (a *account) rank(s span) ranked {
	var at []int
	r := ranked{rank: make([]int, len(a.figures))}
	for i, f := range a.figures {
		r.rank[i] = -1
		if spanOf(f.flow.Period) == s && f.number.Sign() > 0 {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(i, j int) int {
		return a.figures[i].number.Cmp(a.figures[j].number)
	})
	for rank, i := range at {
		r.rank[i] = rank
		r.numbers = append(r.numbers, a.figures[i].number)
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

// magnitudes finds figures far from the usual size of their account, or of their industry where the
// account has no history.
func magnitudes(x *index) {
	var peers *industry
	for _, a := range x.accounts {
		if !a.fresh {
			continue
		}
		least := othersLeast
		if x.commodity(a.key.Commodity).Class.Denominator() {
			least = 1
		}
		ranks := map[span]ranked{}
		for i, f := range a.figures {
			s := spanOf(f.flow.Period)
			if !f.fresh || s == odd || f.number.Sign() <= 0 {
				continue
			}
			if _, ok := ranks[s]; !ok {
				ranks[s] = a.rank(s)
			}
			r := ranks[s]
			others := len(r.numbers) - 1
			if others >= least && others < othersLeast && r.agrees(i) {
				continue
			}
			if others >= least {
				usual := median(r.numbers, []int{r.rank[i]}, meanOf)
				x.compare(place{a, i}, usual, others)
				continue
			}
			if peers == nil {
				peers = newIndustry(x)
			}
			peers.compare(place{a, i})
		}
	}
}

// compare questions a figure that is 30 times its usual size or a 30th of it, unless the same month
// of the year before was about as large: then it is the season.
func (x *index) compare(at place, usual quantity.Number, others int) {
	f := at.account.figures[at.at]
	if isWithin(f.number, usual, farLeast) || at.isSeason() {
		return
	}
	x.told[at] = true
	en, zh := x.named(f.flow)
	unit := x.unit(f)
	args := []string{en, zh, x.shown(f.number, f.flow.Commodity, unit),
		x.shown(usual, f.flow.Commodity, unit), strconv.Itoa(others)}
	above := f.number.Cmp(usual) > 0
	if confused, times, ok := x.confused(f, usual, unit); ok {
		timesEN, timesZH := timesText(times, above)
		x.warn(f, "unit.magnitude",
			append(args, timesEN, timesZH, confused, unit.unit.Symbol)...)
		return
	}
	// Or this one is right and the others were meant in another unit.
	inverse := figure{flow: f.flow, number: usual}
	if confused, times, ok := x.confused(inverse, f.number, unit); ok {
		timesEN, timesZH := timesText(times, above)
		x.warn(f, "unit.magnitude-others",
			append(args, timesEN, timesZH, confused, unit.unit.Symbol)...)
		return
	}
	farEN, farZH := farText(farLeast, above)
	x.warn(f, "amount.magnitude", append(args, farEN, farZH)...)
}

// isWithin says whether a is less than so many times b, and more than that part of it.
func isWithin(a, b quantity.Number, times int64) bool {
	n := quantity.Int(times)
	return a.Cmp(b.Mul(n)) < 0 && a.Mul(n).Cmp(b) > 0
}

// isSeason says whether the same part of the year before was less than tenfold larger or smaller.
func (p place) isSeason() bool {
	f := p.account.figures[p.at]
	before, ok := p.account.at(yearBefore(f.flow.Period, 1))
	return ok && before.number.Sign() > 0 && isWithin(f.number, before.number, tenfold)
}

// at returns the figure of exactly a period.
func (a *account) at(p quantity.Period) (figure, bool) {
	i, ok := slices.BinarySearchFunc(a.figures, p, func(f figure, p quantity.Period) int {
		return cmp.Or(cmp.Compare(f.flow.Period.First, p.First),
			cmp.Compare(f.flow.Period.End, p.End))
	})
	if !ok {
		return figure{}, false
	}
	return a.figures[i], true
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

// confused returns the unit a figure was probably meant in, and how many times larger or smaller it
// is than the one written: a unit of the same kind in which the figure is near its usual size.
func (x *index) confused(f figure, usual quantity.Number, written writtenUnit) (
	unit, times string, ok bool) {
	commodity := x.commodity(f.flow.Commodity)
	list := unitsOf[commodity.Unit.Dimension]
	switch {
	case commodity.Class == quantity.ClassElectricity:
		list = unitsElectricity
	case written.unit.State != "":
		list = unitsGas
	}
	for _, symbol := range list {
		meant := x.unitText(commodity.ID, symbol)
		if !written.ok || !meant.ok {
			continue
		}
		// number = figure x written, meant to be figure x meant, which is to be near usual.
		as := f.number.Mul(meant.perUnit)
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
func tenfolds(x *index) {
	for _, a := range x.accounts {
		for i := 0; a.fresh && len(a.figures) > 2 && i < len(a.figures); i++ {
			first := min(max(i-1, 0), len(a.figures)-3)
			if isRow(a.figures[first : first+3]) {
				x.tenfold(place{a, i}, first)
			}
		}
	}
}

// isRow says whether three figures are months, or quarters, one after the other, and one of them is
// of the upload.
func isRow(three []figure) bool {
	s := spanOf(three[0].flow.Period)
	for i, f := range three[1:] {
		if spanOf(f.flow.Period) != s || three[i].flow.Period.End != f.flow.Period.First {
			return false
		}
	}
	fresh := slices.ContainsFunc(three, func(f figure) bool { return f.fresh })
	return fresh && (s == month || s == quarter)
}

func (x *index) tenfold(at place, first int) {
	neighbours := []figure{}
	for i := first; i < first+3; i++ {
		if i != at.at {
			neighbours = append(neighbours, at.account.figures[i])
		}
	}
	before, f, after := neighbours[0], at.account.figures[at.at], neighbours[1]
	isEdge := before.flow.Period.End == after.flow.Period.First
	if isEdge && !isWithin(before.number, after.number, edgeAgree) {
		return
	}
	for _, other := range []figure{before, after} {
		if f.number.Sign() <= 0 || other.number.Sign() <= 0 ||
			isWithin(f.number, other.number, tenfold) {
			return
		}
	}
	above := f.number.Cmp(before.number) > 0
	if above != (f.number.Cmp(after.number) > 0) || x.told[at] || at.isSeason() {
		return
	}
	row := f
	for _, other := range []figure{before, after} {
		if !row.fresh {
			row = other
		}
	}
	en, zh := x.named(f.flow)
	unit := x.unit(row)
	args := []string{en, zh, x.shown(f.number, f.flow.Commodity, unit),
		spanText(before.flow.Period), x.shown(before.number, f.flow.Commodity, unit),
		spanText(after.flow.Period), x.shown(after.number, f.flow.Commodity, unit)}
	confused, times, ok := x.confused(f, meanOf(before.number, after.number), unit)
	if ok && f.fresh {
		timesEN, timesZH := timesText(times, above)
		x.warn(row, "month.tenfold-unit",
			append(args, timesEN, timesZH, confused)...)
		return
	}
	farEN, farZH := farText(tenfold, above)
	x.warn(row, "month.tenfold", append(args, farEN, farZH)...)
}

// industry is the monthly figures of the book by division of GB/T 4754.
type industry struct {
	index *index
	peers map[trade]*peers
	usual map[own]usual
}

// trade is what entities of one division may be compared in.
type trade struct {
	division  string
	to        ledger.Role
	commodity string
	span      span
}

type own struct {
	trade  trade
	entity string
}

// usual is what the others of a division have, and how many they are.
type usual struct {
	number quantity.Number
	others int
}

// peers are figures of a division in the order of their size.
type peers struct {
	figures  []peer
	byEntity map[string][]int
}

type peer struct {
	entity string
	number quantity.Number
}

func newIndustry(x *index) *industry {
	i := &industry{index: x, peers: map[trade]*peers{}, usual: map[own]usual{}}
	for _, a := range x.accounts {
		division := x.division(a.key.Entity)
		if division == "" {
			continue
		}
		for _, f := range a.figures {
			s := spanOf(f.flow.Period)
			if f.fresh || s == odd || f.number.Sign() <= 0 {
				continue
			}
			key := trade{division, a.key.To, a.key.Commodity, s}
			if i.peers[key] == nil {
				i.peers[key] = &peers{byEntity: map[string][]int{}}
			}
			i.peers[key].figures = append(i.peers[key].figures, peer{a.key.Entity, f.number})
		}
	}
	for _, p := range i.peers {
		slices.SortStableFunc(p.figures, func(a, b peer) int { return a.number.Cmp(b.number) })
		for at, f := range p.figures {
			p.byEntity[f.entity] = append(p.byEntity[f.entity], at)
		}
	}
	return i
}

// of returns the median of what the other entities of the division have.
func (i *industry) of(t trade, entity string) usual {
	key := own{t, entity}
	if known, ok := i.usual[key]; ok {
		return known
	}
	var found usual
	if p := i.peers[t]; p != nil {
		without := p.byEntity[entity]
		found.others = len(p.byEntity)
		if len(without) > 0 {
			found.others--
		}
		if found.others >= peersLeast {
			found.number = median(p.figures, without, func(a, b peer) peer {
				return peer{number: meanOf(a.number, b.number)}
			}).number
		}
	}
	i.usual[key] = found
	return found
}

// compare questions a figure of an account without history that is a thousand times what its
// industry has, or a thousandth, and would be near it in another unit.
func (i *industry) compare(at place) {
	x, f := i.index, at.account.figures[at.at]
	division := x.division(f.flow.Entity)
	if division == "" {
		return
	}
	u := i.of(trade{division, f.flow.To, f.flow.Commodity, spanOf(f.flow.Period)}, f.flow.Entity)
	if u.others < peersLeast || isWithin(f.number, u.number, unitLeast) {
		return
	}
	unit := x.unit(f)
	confused, times, ok := x.confused(f, u.number, unit)
	if !ok {
		return
	}
	x.told[at] = true
	en, zh := x.named(f.flow)
	timesEN, timesZH := timesText(times, f.number.Cmp(u.number) > 0)
	x.warn(f, "unit.magnitude-industry", en, zh, x.shown(f.number, f.flow.Commodity, unit),
		x.shown(u.number, f.flow.Commodity, unit), strconv.Itoa(u.others), timesEN, timesZH,
		confused, unit.unit.Symbol, division)
}
