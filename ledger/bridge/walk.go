package bridge

import (
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// likeness says by what two terms of one account are the same thing.
type likeness func(t term) key

type key struct {
	place               place
	to, scope, category string
}

// The likenesses, tried one after the other. The same reading at the same time; the same gas at
// the same time, where policies name scopes and categories otherwise; whatever is read at the same
// time, where one policy reads CO2 and the other CO2e.
var likenesses = []likeness{
	func(t term) key { return key{t.place, t.to, t.scope, t.category} },
	func(t term) key { return key{place: t.place, to: t.to} },
	func(t term) key { return key{place: t.place} },
}

// kind is what is left of a reading when time is cut otherwise: a year against twelve months.
func kind(t term) key { return key{to: t.to, scope: t.scope, category: t.category} }

// along puts everything down that changes on a stretch of the way.
func (w *walk) along(s stretch) {
	var order []account
	sides := map[account]*[2][]term{}
	for side, p := range []point{s.from, s.to} {
		for _, t := range p.terms() {
			both, ok := sides[t.account]
			if !ok {
				both, order = new([2][]term), append(order, t.account)
				sides[t.account] = both
			}
			both[side] = append(both[side], t)
		}
	}
	for _, account := range order {
		before, after := sides[account][0], sides[account][1]
		for _, like := range likenesses {
			before, after = w.pairs(s.part, before, after, like)
		}
		w.rest(s.part, before, after)
	}
}

// pairs sets terms against those that are like them and returns what is left on both sides.
func (w *walk) pairs(part Part, before, after []term, like likeness) (left, right []term) {
	if len(before) == 0 || len(after) == 0 {
		return before, after
	}
	waiting := map[key][]term{}
	for _, t := range before {
		waiting[like(t)] = append(waiting[like(t)], t)
	}
	for _, t := range after {
		partners := waiting[like(t)]
		if len(partners) == 0 {
			right = append(right, t)
			continue
		}
		w.pair(part, partners[0], t)
		waiting[like(t)] = partners[1:]
	}
	for _, t := range before {
		if partners := waiting[like(t)]; len(partners) > 0 {
			left, waiting[like(t)] = append(left, partners[0]), partners[1:]
		}
	}
	return left, right
}

// rest sets what has no partner against all that is left of its kind, where that went through one
// factor; what then is left stands on one side only.
func (w *walk) rest(part Part, before, after []term) {
	kinds := map[key]*[2][]term{}
	var order []key
	for side, terms := range [][]term{before, after} {
		for _, t := range terms {
			if kinds[kind(t)] == nil {
				kinds[kind(t)], order = new([2][]term), append(order, kind(t))
			}
			kinds[kind(t)][side] = append(kinds[kind(t)][side], t)
		}
	}
	for _, k := range order {
		x, isOne := merge(kinds[k][0])
		y, isOther := merge(kinds[k][1])
		if isOne && isOther {
			w.pair(part, x, y)
			continue
		}
		for _, t := range kinds[k][0] {
			w.add(part, t, t.number.Neg(), Swap{})
		}
		for _, t := range kinds[k][1] {
			w.add(part, t, t.number, Swap{})
		}
	}
}

// pair takes the difference of two products apart, one number after the other:
//
//	y - x = (aY - aX) fX gX  +  aY (fY - fX) gX  +  aY fY (gY - gX)
//
// A gap has no product: what closes or opens it is the factor that was found or lost, and where
// nobody had reported, the report.
func (w *walk) pair(part Part, x, y term) {
	if x.gap != "" || y.gap != "" {
		w.gap(part, x, y)
		return
	}
	if x.to != y.to {
		x, y = x.whole(), y.whole()
	}
	if y.unsigned && x.amount.Sign()*y.amount.Sign() < 0 {
		y.amount = y.amount.Neg()
	}
	w.add(part, y, y.amount.Sub(x.amount).Mul(x.factor).Mul(x.warming), Swap{})
	w.add(Factor, y, y.amount.Mul(y.factor.Sub(x.factor)).Mul(x.warming),
		Swap{x.lastFactor(), y.lastFactor()})
	w.add(GWP, y, y.amount.Mul(y.factor).Mul(y.warming.Sub(x.warming)),
		Swap{x.potential(), y.potential()})
}

// whole takes the warming potential into the factor, where gases are compared with CO2e.
func (t term) whole() term {
	t.factor, t.warming = t.factor.Mul(t.warming), quantity.Int(1)
	return t
}

// gap puts down what a gap on one side or on both makes of the difference.
func (w *walk) gap(part Part, x, y term) {
	reason := x.gap
	if reason == "" {
		reason = y.gap
	}
	swap := Swap{}
	switch {
	case reason == ledger.ReasonNoWarming:
		part, swap = GWP, Swap{x.potential(), y.potential()}
	case reason == ledger.ReasonNoFactor || reason == ledger.ReasonNoArea:
		part, swap = Factor, Swap{x.lastFactor(), y.lastFactor()}
	}
	w.add(part, y, y.number.Sub(x.number), swap)
}
