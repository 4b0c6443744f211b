package judgement

import (
	"slices"
	"strconv"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

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
