package ledger

import (
	"slices"

	"carbonledger/quantity"
	"carbonledger/table"
)

// countKey is what stock is counted, and at which edge of which day: closing counts are those of
// the day before it, opening counts those of its begin.
type countKey struct {
	entity, site, commodity string
	at                      quantity.Day
	edge                    Edge
}

// key is where a count stands.
func (a Assertion) key() countKey {
	at := a.Period.First
	if a.Edge == Closing {
		at = a.Period.End
	}
	return countKey{a.Entity, a.Site, a.Commodity, at, a.Edge}
}

// meets is the key of the count that is of the same stock at the same moment.
func (a Assertion) meets() countKey {
	key := a.key()
	key.edge = Closing
	if a.Edge == Closing {
		key.edge = Opening
	}
	return key
}

// count is a count of stock as a batch brought it.
type count struct {
	position int
	Assertion
}

// counted returns the latest count that stands, but for those of one period.
func (b *Book) counted(key countKey, but quantity.Period) (Assertion, bool) {
	for _, c := range slices.Backward(b.counts[key]) {
		if !b.isReversed(c.position) && c.Period != but {
			return c.Assertion, true
		}
	}
	return Assertion{}, false
}

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
		if a.To == Stock {
			moved[at] = moved[at].Add(a.Number)
		}
		if a.From == Stock {
			moved[at] = moved[at].Sub(a.Number)
		}
	}
	opening := map[key]quantity.Number{}
	for _, count := range p.counted {
		if count.Edge == Opening {
			at := key{count.Entity, count.Site, count.Commodity, count.Period}
			opening[at] = count.Number
		}
	}
	for _, count := range p.counted {
		at := key{count.Entity, count.Site, count.Commodity, count.Period}
		start, known := opening[at]
		missing := count.Number.Sub(start.Add(moved[at]))
		if count.Edge == Closing && known && !missing.IsZero() {
			p.stock(count, "balance.site", missing)
		}
	}
	p.continues()
}

// continues compares counts of the same stock at the same moment, of the upload and of the book: an
// opening count with the closing count before it, whichever comes first, and with the opening
// counts of other reports from the same day. The stock of 1 January is one all year.
func (p *preparation) continues() {
	here := map[countKey]Assertion{}
	for _, count := range p.counted {
		here[count.key()] = count
	}
	first := map[countKey]Assertion{}
	for _, count := range p.counted {
		met, known := p.book.counted(count.meets(), quantity.Period{})
		code := "balance.closing"
		if count.Edge == Opening {
			code = "balance.opening"
			if other, ok := here[count.meets()]; ok {
				met, known = other, true
			}
		}
		if known && !met.Number.Equal(count.Number) {
			p.stock(count, code, met.Number)
		}
		if count.Edge != Opening {
			continue
		}
		other, known := first[count.key()]
		if !known {
			first[count.key()] = count
			other, known = p.book.counted(count.key(), count.Period)
		}
		if known && !other.Number.Equal(count.Number) {
			p.stock(count, "balance.opening-year", other.Number, spanText(other.Period))
		}
	}
}

// stock warns about a stock: its names, the amount with its unit, and what else fills the words.
func (p *preparation) stock(count Assertion, code string, amount quantity.Number, more ...string) {
	zh, en := count.Commodity, count.Commodity
	if p.known.NamesOf != nil {
		zh, en = p.known.NamesOf(count.Commodity)
	}
	args := []string{zh, en, amount.String() + " " + p.known.UnitOf(count.Commodity)}
	p.warnings = append(p.warnings, table.Fault{File: p.upload.Source.File, Line: count.Line,
		Code: code, Cell: count.Written, Args: append(args, more...)})
}
