package engine

import (
	"strings"

	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// moneyNoted makes a note of each warning of a column left unread whose header states a unit of
// money: what a bill comes to is no energy, and there is nothing to do about it.
func moneyNoted(warnings []table.Fault) {
	for i, f := range warnings {
		if f.Code == "column.unread" && statesMoney(f.Cell) {
			warnings[i].Code = "column.money"
		}
	}
}

// statesMoney says whether the unit of a header is one of money, or in its brackets money by
// something: 电价(元/kWh).
func statesMoney(header string) bool {
	_, text := units.Split(header)
	if header = table.Fold(header); strings.HasSuffix(header, ")") {
		text = header[strings.LastIndex(header, "(")+1 : len(header)-1]
	}
	text, _, _ = strings.Cut(text, "/")
	unit, err := quantity.ParseUnit(text)
	return err == nil && unit.Dimension == quantity.Money
}
