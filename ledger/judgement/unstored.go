package judgement

import (
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/judgement/accounts"
	"carbonledger/quantity"
)

// unstoredClasses are the classes of what cannot lie in stock.
var unstoredClasses = []quantity.Class{quantity.ClassElectricity, quantity.ClassHeat}

// store is what a form moves through stock, of one entity.
type store struct {
	site, commodity string
	period          quantity.Period
}

// always is a store at any time.
func (s store) always() store {
	s.period = quantity.Period{}
	return s
}

// passage is what came into a store and what went out of it, and the largest figure that came in.
type passage struct {
	in, out quantity.Number
	flow    ledger.Flow
	row     accounts.Figure
}

// passages are those of an entity, in the order in which they are found.
type passages struct {
	known map[store]*passage
	order []store
	// written are the accounts that the upload has figures of.
	written map[ledger.Flow]bool
}

// unstored finds electricity and heat that came in and did not go out: they cannot be stored.
//
//	bought + made = used + feedstock + converted + delivered + lost,  within 5 %
//
// A form with only one side says nothing. What the book has of the same time counts with it, such
// as the own generation of form 205-2.
func unstored(w *weigher, o *accounts.Owner) {
	p := passages{}
	for i := range o.Accounts {
		a := &o.Accounts[i]
		if !a.Fresh || !w.own.move(a).isStored {
			continue
		}
		for _, f := range a.Raw {
			if f.Fresh() && f.Gap == accounts.Present {
				p.take(w, w.flow(a, f), f)
			}
		}
	}
	for _, row := range o.Refused {
		if w.isStored(row.Flow) {
			p.take(w, row.Flow, row.Figure)
		}
	}
	if len(p.order) == 0 {
		return
	}
	times := map[store][]store{}
	for _, key := range p.order {
		times[key.always()] = append(times[key.always()], key)
	}
	for i := range o.Accounts {
		a := &o.Accounts[i]
		flow := w.own.Flow(a, quantity.Period{})
		if !w.own.move(a).isStored || p.written[flow] {
			continue
		}
		for _, f := range a.Raw {
			for _, key := range times[store{flow.Site, flow.Commodity, quantity.Period{}}] {
				if f.Gap == accounts.Present && key.period.Contains(f.Period) {
					p.known[key].add(flow, f.Number)
				}
			}
		}
	}
	for _, key := range p.order {
		w.compareStore(p.known[key])
	}
}

// take adds a figure of the upload.
func (p *passages) take(w *weigher, flow ledger.Flow, f accounts.Figure) {
	if p.known == nil {
		p.known, p.written = map[store]*passage{}, map[ledger.Flow]bool{}
	}
	key := store{flow.Site, flow.Commodity, flow.Period}
	at := p.known[key]
	if at == nil {
		at = &passage{row: accounts.Of(quantity.Number{}, flow.Period)}
		p.known[key], p.order = at, append(p.order, key)
	}
	at.add(flow, f.Number)
	p.written[keyOf(flow)] = true
	if flow.To != ledger.Stock {
		return
	}
	larger := f.Number.Cmp(at.row.Number)
	if larger > 0 || larger == 0 && at.row.Fresh() && w.own.CompareRows(f, at.row) < 0 {
		at.flow, at.row = flow, f
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

func (w *weigher) compareStore(p *passage) {
	if !p.row.Fresh() || p.in.Sign() <= 0 || p.out.Sign() <= 0 || !isMoved(p.in, p.out) {
		return
	}
	f, commodity := p.row, p.flow.Commodity
	unit := w.unit(f, commodity)
	en, zh := w.named(p.flow)
	args := []string{en, zh, w.shown(p.in, commodity, unit),
		w.shown(p.out, commodity, unit),
		w.shown(p.in.Sub(p.out).Abs(), commodity, unit)}
	above := p.in.Cmp(p.out) > 0
	if meant, times, ok := w.confused(commodity, f.Number, p.out, unit); ok {
		timesEN, timesZH := timesText(times, above)
		w.warn(f, "balance.unstored-unit", append(args, timesEN, timesZH, meant,
			unit.unit.Symbol)...)
		return
	}
	small, large := p.in, p.out
	if above {
		small, large = large, small
	}
	times, _ := quantity.RatioOf(large, small).Round(quantity.Rounding{Places: 1})
	w.warn(f, "balance.unstored", append(args, times.String())...)
}

// isMoved says whether two amounts differ by more than 5 % of the larger one, as much as the days
// of a month may from the month.
func isMoved(a, b quantity.Number) bool { return isApart(a, b) && isApart(b, a) }
