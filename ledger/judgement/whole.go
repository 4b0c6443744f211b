package judgement

import (
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/table"
)

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
