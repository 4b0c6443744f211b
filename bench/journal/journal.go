// Package journal writes the workload as plain-text ledgers keep it: a transaction for each bill,
// priced in kg of CO2 equivalent. The balance of an account at cost is what an enterprise emitted
// in a month under a scope.
package journal

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"carbonledger/bench/factorlist"
	"carbonledger/bench/workload"
)

// Form is how a tool wants its transactions: the lines above them, and those of one bill, filled
// with month, number, enterprise, month, scope, quantity, unit and price.
type Form struct {
	ID         string
	head, bill string
	symbol     func(factorlist.Factor) string
}

// Forms are the journals that can be written. Figures need 14 decimals: four of the quantity and
// ten of the price.
var Forms = []Form{
	{"journal", "commodity 1.00000000000000 KG\n",
		"\n%s-01 %d\n    use:%s:%s:%s  %s %s @ %s KG\n    supply\n", quoted},
	{"beancount", "plugin \"beancount.plugins.auto_accounts\"\n",
		"\n%s-01 * \"%d\"\n  Expenses:%s:%s:%s  %s %s @ %s KG\n  Equity:Supply\n", capital},
}

// ByID finds a form.
func ByID(id string) (Form, bool) {
	for _, form := range Forms {
		if form.ID == id {
			return form, true
		}
	}
	return Form{}, false
}

// quoted may hold any letters but digits.
func quoted(f factorlist.Factor) string {
	return `"` + strings.Trim(f.Commodity+" "+f.Unit, "0123456789") + `"`
}

// capital is the name of a currency: letters of ASCII, and digits inside.
func capital(f factorlist.Factor) string {
	unit := strings.NewReplacer("百万", "M-", "万", "W-").Replace(f.Unit)
	return strings.ToUpper(f.Commodity + "-" + unit)
}

// Write prints the rows of a plan.
func Write(w io.Writer, p workload.Plan, form Form, list []factorlist.Factor) error {
	if err := p.Check(); err != nil {
		return err
	}
	type kind struct {
		commodity, unit string
		year            int
	}
	known := make(map[kind]factorlist.Factor, len(list))
	for _, f := range list {
		known[kind{f.Commodity, f.Unit, f.Year}] = f
	}
	out := bufio.NewWriter(w)
	out.WriteString(form.head)
	p.Each(func(row workload.Row) bool {
		activity := workload.Activities[row.Activity]
		year := workload.YearFirst + row.Month/12
		factor := known[kind{activity.Commodity, activity.Units[row.Unit].Symbol, year}]
		month := fmt.Sprintf("%d-%02d", year, row.Month%12+1)
		fmt.Fprintf(out, form.bill, month, row.Document, workload.Code(row.Enterprise), month,
			factor.Scope, row.Figure(), form.symbol(factor), factor.KG)
		return true
	})
	return out.Flush()
}
