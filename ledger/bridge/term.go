package bridge

import (
	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// account is between whom and what something moved, whenever it was.
type account struct {
	entity, site, commodity string
	from, to                ledger.Role
	counterparty            string
}

// place is a span counted from the first day of the period asked for, so that March stands against
// March of another year: months and days to its first day and to its end.
type place struct{ months, days, endMonths, endDays int }

func placeOf(p quantity.Period, first quantity.Day) place {
	year, month, _ := first.Date()
	since := func(day quantity.Day) (months, days int) {
		y, m, d := day.Date()
		return 12*(y-year) + int(m-month), d
	}
	var at place
	at.months, at.days = since(p.First)
	at.endMonths, at.endDays = since(p.End)
	return at
}

// term is what one flow adds to the figure, as a product.
//
//	number = amount x factor x warming
type term struct {
	account             account
	place               place
	to, scope, category string
	amount              quantity.Number
	factor, warming     quantity.Number
	number              quantity.Number
	// unsigned: the product is 0, so that nobody can tell whether the amount is taken off.
	unsigned bool
	// steps and heat are the factors behind factor and warming.
	steps []ledger.Step
	heat  *ledger.Step
	// gap is the reason why the number is missing.
	gap string
}

// termOf takes a contribution apart. Whether a rule takes the amount off shows in the sign of the
// product.
func termOf(c inventory.Contribution, first quantity.Day) term {
	one := quantity.Int(1)
	t := term{account: account{c.Sum.Entity, c.Sum.Site, c.Sum.Commodity, c.Sum.From, c.Sum.To,
		c.Sum.Counterparty}, place: placeOf(c.Sum.Period, first), to: c.Sum.Commodity,
		amount: c.Sum.Total, factor: one, warming: one, number: c.Number}
	if c.Gap != nil {
		t.to, t.scope, t.category = c.Gap.To, c.Gap.Scope, c.Gap.Category
		t.gap = c.Gap.Reason
		return t
	}
	if r := c.Reading; r != nil {
		t.to, t.scope, t.category, t.steps = r.To, r.Scope, r.Category, r.Steps
		for _, step := range r.Steps {
			t.factor = t.factor.Mul(step.Factor.Value)
		}
		if c.Measure == inventory.CO2e && r.Warming != nil {
			t.heat, t.warming = r.Warming, r.Warming.Factor.Value
		}
	}
	t.unsigned = t.number.IsZero()
	if !t.amount.Mul(t.factor).Mul(t.warming).Equal(t.number) {
		t.amount = t.amount.Neg()
	}
	return t
}

// terms reads everything that goes into the figure at a point.
func (p point) terms() []term {
	var list []term
	p.state.Contributions(p.query, func(c inventory.Contribution) {
		list = append(list, termOf(c, p.query.Period.First))
	})
	return list
}

// lastFactor is the factor a reader sees behind the term, nil where the amount is counted as it is.
func (t term) lastFactor() *factors.Factor {
	if len(t.steps) == 0 {
		return nil
	}
	return &t.steps[len(t.steps)-1].Factor
}

func (t term) potential() *factors.Factor {
	if t.heat == nil {
		return nil
	}
	return &t.heat.Factor
}

// merge adds terms up that went through the same factors, or says that they did not.
func merge(terms []term) (term, bool) {
	if len(terms) == 0 {
		return term{}, false
	}
	sum := terms[0]
	for _, t := range terms[1:] {
		if t.gap != sum.gap || !t.factor.Equal(sum.factor) || !t.warming.Equal(sum.warming) {
			return term{}, false
		}
		sum.amount, sum.number = sum.amount.Add(t.amount), sum.number.Add(t.number)
	}
	return sum, true
}
