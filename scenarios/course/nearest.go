package course

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Only returns the rows of one word.
func Only(rows []scenarios.Row, word string) (own []scenarios.Row) {
	for i := range rows {
		if rows[i].Lever == word {
			own = append(own, rows[i])
		}
	}
	return own
}

// Rates returns the rows that change something every year.
func Rates(rows []scenarios.Row) []scenarios.Row { return split(rows, true) }

// Ways returns the rows that lead to a level.
func Ways(rows []scenarios.Row) []scenarios.Row { return split(rows, false) }

func split(rows []scenarios.Row, isRate bool) (own []scenarios.Row) {
	for i := range rows {
		if rows[i].IsRate() == isRate {
			own = append(own, rows[i])
		}
	}
	return own
}

// Distance tells how near a row is to a use: the nearer sector first, and at the same sector the
// row that names the commodity before the one for all.
func Distance(row scenarios.Row, sector, commodity string) (int, bool) {
	more := 1
	switch row.Commodity {
	case commodity:
		more = 0
	case scenarios.All, "":
	default:
		return 0, false
	}
	steps, ok := scenarios.Distance(sector, row.Sector)
	return 2*steps + more, ok
}

// Closest returns the rows nearest to a use; they have their say as a whole.
func Closest(rows []scenarios.Row, sector, commodity string) (near []scenarios.Row) {
	least := 0
	for i := range rows {
		steps, ok := Distance(rows[i], sector, commodity)
		if !ok || len(near) > 0 && steps > least {
			continue
		}
		if steps < least {
			near = nil
		}
		near, least = append(near, rows[i]), steps
	}
	return near
}

// KeysOf puts rows about the same thing together, whatever their years.
func KeysOf(rows []scenarios.Row) (keys [][]scenarios.Row) {
	for i, row := range rows {
		if i > 0 && rows[i-1].Key() == row.Key() {
			keys[len(keys)-1] = append(keys[len(keys)-1], row)
		} else {
			keys = append(keys, []scenarios.Row{row})
		}
	}
	return keys
}

// SumOf adds up a figure of the uses at some places.
func SumOf(uses []scenarios.Use, at []int,
	figure func(scenarios.Use) quantity.Ratio) quantity.Ratio {
	parts := make([]quantity.Ratio, len(at))
	for i, place := range at {
		parts[i] = figure(uses[place])
	}
	return quantity.AddUp(parts)
}

// Places returns where the uses of a commodity stand whose nearest rows are those of a key.
func Places(uses []scenarios.Use, rows, key []scenarios.Row, commodity string) (at []int) {
	for i, use := range uses {
		wanted := use.Commodity == commodity || commodity == scenarios.All
		if !wanted {
			continue
		}
		near := Closest(rows, use.Sector, use.Commodity)
		if len(near) > 0 && near[0].Key() == key[0].Key() {
			at = append(at, i)
		}
	}
	return at
}
