package admission

import (
	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

// balance compares the stock counts of the upload with what it moves: a closing count that differs
// from opening count and movements is a warning with the amount missing.
//
//	opening + supplied + made = used + feedstock + converted + sold + lost + closing
func (p *preparation) balance() {
	type key struct {
		entity, site, commodity string
		period                  quantity.Period
	}
	moved := map[key]quantity.Number{}
	for _, a := range p.moved {
		at := key{a.Entity, a.Site, a.Commodity, a.Period}
		if a.To == ledger.Stock {
			moved[at] = moved[at].Add(a.Number)
		}
		if a.From == ledger.Stock {
			moved[at] = moved[at].Sub(a.Number)
		}
	}
	opening := map[key]quantity.Number{}
	for _, count := range p.counted {
		if count.Edge == ledger.Opening {
			at := key{count.Entity, count.Site, count.Commodity, count.Period}
			opening[at] = count.Number
		}
	}
	for _, count := range p.counted {
		at := key{count.Entity, count.Site, count.Commodity, count.Period}
		start, known := opening[at]
		missing := count.Number.Sub(start.Add(moved[at]))
		if count.Edge == ledger.Closing && known && !missing.IsZero() {
			p.stock(count, "balance.site", missing)
		}
	}
	p.continues()
}

// continues compares counts of the same stock at the same moment, of the upload and of the book: an
// opening count with the closing count before it, whichever comes first, and with the opening
// counts of other reports from the same day. The stock of 1 January is one all year.
func (p *preparation) continues() {
	here := map[ledger.CountKey]ledger.Assertion{}
	for _, count := range p.counted {
		here[count.Key()] = count
	}
	first := map[ledger.CountKey]ledger.Assertion{}
	for _, count := range p.counted {
		met, known := p.book.Counted(count.Meets(), quantity.Period{})
		code := "balance.closing"
		if count.Edge == ledger.Opening {
			code = "balance.opening"
			if other, ok := here[count.Meets()]; ok {
				met, known = other, true
			}
		}
		if known && !met.Number.Equal(count.Number) {
			p.stock(count, code, met.Number)
		}
		if count.Edge != ledger.Opening {
			continue
		}
		other, known := first[count.Key()]
		if !known {
			first[count.Key()] = count
			other, known = p.book.Counted(count.Key(), count.Period)
		}
		if known && !other.Number.Equal(count.Number) {
			p.stock(count, "balance.opening-year", other.Number, spanText(other.Period))
		}
	}
}

// stock warns about a stock: its names, the amount with its unit, and what else fills the words.
func (p *preparation) stock(count ledger.Assertion, code string, amount quantity.Number,
	more ...string) {
	zh, en := count.Commodity, count.Commodity
	if p.known.NamesOf != nil {
		zh, en = p.known.NamesOf(count.Commodity)
	}
	args := []string{zh, en, amount.String() + " " + p.known.UnitOf(count.Commodity)}
	p.warnings = append(p.warnings, table.Fault{File: p.upload.Source.File, Line: count.Line,
		Code: code, Cell: count.Written, Args: append(args, more...)})
}
