package judgement

import (
	"slices"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

// unstoredClasses are the classes of what cannot lie in stock.
var unstoredClasses = []quantity.Class{quantity.ClassElectricity, quantity.ClassHeat}

// store is what a form moves through stock.
type store struct {
	entity, site, commodity string
	period                  quantity.Period
}

// always is a store at any time.
func (s store) always() store {
	s.period = quantity.Period{}
	return s
}

// passage is what came into a store and what went out of it, and the largest figure that came in.
type passage struct {
	in, out quantity.Number
	row     figure
}

// unstored finds electricity and heat that came in and did not go out: they cannot be stored.
//
//	bought + made = used + feedstock + converted + delivered + lost,  within 5 %
//
// A form with only one side says nothing. What the book has of the same time counts with it, such
// as the own generation of form 205-2.
func unstored(x *index) {
	passages, order := map[store]*passage{}, []store{}
	written := map[ledger.Flow]bool{}
	for _, a := range x.upload.Activities {
		if !x.isStored(a.Flow) {
			continue
		}
		key := store{a.Entity, a.Site, a.Commodity, a.Period}
		p := passages[key]
		if p == nil {
			p = &passage{}
			passages[key], order = p, append(order, key)
		}
		p.add(a.Flow, a.Number)
		written[keyOf(a.Flow)] = true
		if a.To != ledger.Stock || a.Number.Cmp(p.row.number) <= 0 {
			continue
		}
		p.row = figure{flow: a.Flow, number: a.Number, fresh: true, line: a.Line,
			written: a.Written}
	}
	if len(order) == 0 {
		return
	}
	times, entities := map[store][]store{}, map[string]bool{}
	for _, key := range order {
		entities[key.entity] = true
		times[key.always()] = append(times[key.always()], key)
	}
	here := func(entity string) bool { return entities[entity] }
	x.book.EachSum(here, func(sum ledger.Sum) {
		if !x.isStored(sum.Flow) || written[keyOf(sum.Flow)] {
			return
		}
		for _, key := range times[store{sum.Entity, sum.Site, sum.Commodity, quantity.Period{}}] {
			if key.period.Contains(sum.Period) {
				passages[key].add(sum.Flow, sum.Total)
			}
		}
	})
	for _, key := range order {
		x.compareStore(passages[key])
	}
}

// isStored says whether a flow moves electricity or heat into stock or out of it, or makes them.
func (x *index) isStored(f ledger.Flow) bool {
	return f.Absence.HasFigure() && (f.To == ledger.Stock || f.From == ledger.Stock ||
		f.To == ledger.Product) && slices.Contains(unstoredClasses, x.commodity(f.Commodity).Class)
}

func (p *passage) add(f ledger.Flow, number quantity.Number) {
	if f.From == ledger.Stock {
		p.out = p.out.Add(number)
	} else {
		p.in = p.in.Add(number)
	}
}

func (x *index) compareStore(p *passage) {
	if !p.row.fresh || p.in.Sign() <= 0 || p.out.Sign() <= 0 || !isMoved(p.in, p.out) {
		return
	}
	f, unit := p.row, x.unit(p.row)
	en, zh := x.named(f.flow)
	args := []string{en, zh, x.shown(p.in, f.flow.Commodity, unit),
		x.shown(p.out, f.flow.Commodity, unit),
		x.shown(p.in.Sub(p.out).Abs(), f.flow.Commodity, unit)}
	above := p.in.Cmp(p.out) > 0
	if meant, times, ok := x.confused(f, p.out, unit); ok {
		timesEN, timesZH := timesText(times, above)
		x.warn(f, "balance.unstored-unit", append(args, timesEN, timesZH, meant,
			unit.unit.Symbol)...)
		return
	}
	small, large := p.in, p.out
	if above {
		small, large = large, small
	}
	times, _ := quantity.RatioOf(large, small).Round(quantity.Rounding{Places: 1})
	x.warn(f, "balance.unstored", append(args, times.String())...)
}

// isMoved says whether two amounts differ by more than 5 % of the larger one, as much as the days
// of a month may from the month.
func isMoved(a, b quantity.Number) bool { return isApart(a, b) && isApart(b, a) }
