package judgement

import (
	"slices"
	"strconv"
	"sync"

	"carbonledger/ledger"
	"carbonledger/ledger/judgement/accounts"
	"carbonledger/quantity"
)

// industry is the figures of the book by division of GB/T 4754.
type industry struct {
	peers map[trade]*peers
}

// trade is what entities of one division may be compared in.
type trade struct {
	division  string
	to        ledger.Role
	commodity string
	span      accounts.Span
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

// peers are figures of a division in the order of their size, once somebody asks.
type peers struct {
	order    sync.Once
	figures  []peer
	byEntity map[string][]int
}

type peer struct {
	entity string
	number quantity.Number
}

func newIndustry(x *index) *industry {
	i := &industry{map[trade]*peers{}}
	for _, v := range []view{x.own, x.peers()} {
		var page accounts.Page
		for owner := range v.Len() {
			division := x.division(v.Entity(owner))
			if division == "" {
				continue
			}
			o := v.Open(owner, &page)
			for at := range o.Accounts {
				a := &o.Accounts[at]
				i.add(trade{division, v.move(a).To, v.move(a).Commodity, 0}, o.Entity, a)
			}
		}
	}
	return i
}

// add takes the figures that the book has of an account.
func (i *industry) add(t trade, entity string, a *accounts.Account) {
	var list *peers
	for _, f := range a.Figures {
		if f.Fresh() || f.Span == accounts.Odd || f.Number.Sign() <= 0 {
			continue
		}
		if list == nil || t.span != f.Span {
			t.span = f.Span
			if list = i.peers[t]; list == nil {
				list = &peers{}
				i.peers[t] = list
			}
		}
		list.figures = append(list.figures, peer{entity, f.Number})
	}
}

// sort puts the figures in the order of their size.
func (p *peers) sort() {
	slices.SortStableFunc(p.figures, func(a, b peer) int { return a.number.Cmp(b.number) })
	p.byEntity = map[string][]int{}
	for at, f := range p.figures {
		p.byEntity[f.entity] = append(p.byEntity[f.entity], at)
	}
}

// of returns the median of what the other entities of the division have.
func (i *industry) of(t trade, entity string) usual {
	p := i.peers[t]
	if p == nil {
		return usual{}
	}
	p.order.Do(p.sort)
	without := p.byEntity[entity]
	found := usual{others: len(p.byEntity)}
	if len(without) > 0 {
		found.others--
	}
	if found.others >= peersLeast {
		found.number = median(p.figures, without, func(a, b peer) peer {
			return peer{number: meanOf(a.number, b.number)}
		}).number
	}
	return found
}

// compareTrade questions a figure of an account without history that is a thousand times what its
// industry has, or a thousandth, and would be near it in another unit.
func (w *weigher) compareTrade(a *accounts.Account, at int) {
	f, entity := a.Figures[at], w.own.entity(a)
	division := w.division(entity)
	if division == "" {
		return
	}
	move := w.own.move(a)
	key := own{trade{division, move.To, move.Commodity, f.Span}, entity}
	u, known := w.usual[key]
	if !known {
		u = w.industry().of(key.trade, entity)
		w.usual[key] = u
	}
	if u.others < peersLeast || isWithin(f.Number, u.number, unitLeast) {
		return
	}
	unit := w.unit(f, move.Commodity)
	confused, times, ok := w.confused(move.Commodity, f.Number, u.number, unit)
	if !ok {
		return
	}
	w.told[at] = true
	en, zh := w.named(w.flow(a, f))
	timesEN, timesZH := timesText(times, f.Number.Cmp(u.number) > 0)
	w.warn(f, "unit.magnitude-industry", en, zh, w.shown(f.Number, move.Commodity, unit),
		w.shown(u.number, move.Commodity, unit), strconv.Itoa(u.others), timesEN, timesZH,
		confused, unit.unit.Symbol, division)
}
