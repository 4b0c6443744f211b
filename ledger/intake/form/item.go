package form

import (
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// item is one figure to be written: an activity, a stock count or a statement.
type item struct {
	ledger.Flow
	number quantity.Number
	// count is the edge of a stock count, property what a statement states and unit its unit.
	count                   ledger.Edge
	property, unit          string
	document, written, text string
}

func itemsOf(u ledger.Upload) []item {
	var items []item
	for _, a := range u.Activities {
		items = append(items, item{Flow: a.Flow, number: a.Number, document: a.Document,
			written: a.Written, text: Content(ledger.Upload{Activities: []ledger.Activity{a}})[0]})
	}
	for _, c := range u.Assertions {
		items = append(items, item{Flow: ledger.Flow{Entity: c.Entity, Site: c.Site,
			Commodity: c.Commodity, Period: c.Period}, number: c.Number, count: c.Edge,
			written: c.Written,
			text:    Content(ledger.Upload{Assertions: []ledger.Assertion{c}})[0]})
	}
	for _, s := range u.Statements {
		items = append(items, item{Flow: ledger.Flow{Entity: s.Entity, Site: s.Site,
			Commodity: s.Commodity, Period: s.Period}, number: s.Number, property: s.Property,
			unit: s.Unit, written: s.Written,
			text: Content(ledger.Upload{Statements: []ledger.Statement{s}})[0]})
	}
	return items
}

// cell returns the figure counted in units of perUnit book units, where it has a last digit.
func (i item) cell(perUnit quantity.Number) (quantity.Number, bool) {
	return quantity.RatioOf(i.number, perUnit).Exact()
}
