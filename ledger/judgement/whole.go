package judgement

import (
	"carbonledger/ledger"
	"carbonledger/ledger/judgement/accounts"
)

// wholes finds sites reported beside the whole entity: the same commodity used in the same time,
// once without a site and once with one, is added up. Where the figure of the whole holds the site,
// it counts twice.
func wholes(w *weigher, o *accounts.Owner) {
	for i := range o.Accounts {
		part := &o.Accounts[i]
		move := w.own.move(part)
		if move.To != ledger.Use || w.own.site(part) == "" {
			continue
		}
		for j := range o.Accounts {
			all := &o.Accounts[j]
			if w.own.site(all) != "" {
				break // Accounts without a site stand first.
			}
			if w.own.move(all).group == move.group && (part.Fresh || all.Fresh) {
				w.besideWhole(part, all)
			}
		}
	}
}

// besideWhole asks about the first figures of a site and of its entity that share a day, one of
// them of the upload.
func (w *weigher) besideWhole(part, all *accounts.Account) {
	for _, f := range part.Figures {
		for _, g := range all.Figures {
			if g.Period.First >= f.Period.End {
				break
			}
			if !f.Fresh() && !g.Fresh() || !f.Period.Overlaps(g.Period) ||
				f.Number.Sign() <= 0 || g.Number.Sign() <= 0 {
				continue
			}
			row := f
			if !f.Fresh() {
				row = g
			}
			flow := w.flow(part, f)
			en, zh := w.named(flow)
			unit := w.unit(row, flow.Commodity)
			w.warn(row, "site.whole", en, zh, w.shown(f.Number, flow.Commodity, unit),
				spanText(g.Period), w.shown(g.Number, flow.Commodity, unit), flow.Site)
			return
		}
	}
}
