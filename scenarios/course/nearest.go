package course

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Only returns the rows of one word.
func Only(rows []scenarios.Row, word string) (own []scenarios.Row) {
	for _, row := range rows {
		if row.Lever == word {
			own = append(own, row)
		}
	}
	return own
}

// Rates returns the rows that change something every year.
func Rates(rows []scenarios.Row) []scenarios.Row { return split(rows, true) }

// Ways returns the rows that lead to a level.
func Ways(rows []scenarios.Row) []scenarios.Row { return split(rows, false) }

func split(rows []scenarios.Row, isRate bool) (own []scenarios.Row) {
	for _, row := range rows {
		if row.IsRate() == isRate {
			own = append(own, row)
		}
	}
	return own
}

// Distance tells how near a row is to a use: the nearer sector first, and at the same sector the
// row that names the commodity before the one for all.
func Distance(row scenarios.Row, sector, commodity string) (int, bool) {
	steps, ok := scenarios.Distance(sector, row.Sector)
	switch row.Commodity {
	case commodity:
		return 2 * steps, ok
	case scenarios.All, "":
		return 2*steps + 1, ok
	}
	return 0, false
}

// Closest returns the rows nearest to a use; they have their say as a whole.
func Closest(rows []scenarios.Row, sector, commodity string) (near []scenarios.Row) {
	least := 0
	for _, row := range rows {
		steps, ok := Distance(row, sector, commodity)
		if !ok || len(near) > 0 && steps > least {
			continue
		}
		if steps < least {
			near = nil
		}
		near, least = append(near, row), steps
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
	sum := Nought
	for _, i := range at {
		sum = sum.Add(figure(uses[i])).Lowest()
	}
	return sum
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
