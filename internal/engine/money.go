package engine

import (
	"carbonledger/ledger/intake/units"
	"carbonledger/table"
)

// moneyNoted makes a note of each warning of a column left unread whose header states a unit of
// money: what a bill comes to is no energy, and there is nothing to do about it.
func moneyNoted(warnings []table.Fault) {
	for i, f := range warnings {
		if f.Code == "column.unread" && units.IsMoney(f.Cell) {
			warnings[i].Code = "column.money"
		}
	}
}
