package decomposition

import "carbonledger/quantity"

// settle rounds a table so that its rows and its columns sum to totals that are rounded already and
// that agree with each other. Each row is apportioned for itself; then, while a column has a unit
// of the last place too many and another one too few, the unit moves in the row where the rounding
// speaks most for it. A value that is exactly 0 stays so wherever another row can give way.
func settle(rows [][]quantity.Ratio, rowTotals, columnTotals []quantity.Number,
	rounding quantity.Rounding) [][]quantity.Number {
	shown := make([][]quantity.Number, len(rows))
	left := append([]quantity.Number(nil), columnTotals...)
	for r, row := range rows {
		shown[r] = quantity.Apportion(rowTotals[r], row, rounding)
		for k, part := range shown[r] {
			left[k] = left[k].Sub(part)
		}
	}
	unit := lastPlace(rounding.Places)
	for {
		over, under := -1, -1
		for k, rest := range left {
			if rest.Sign() < 0 && over < 0 {
				over = k
			}
			if rest.Sign() > 0 && under < 0 {
				under = k
			}
		}
		if over < 0 || under < 0 {
			return shown
		}
		r := gives(rows, shown, over, under)
		shown[r][over], left[over] = shown[r][over].Sub(unit), left[over].Add(unit)
		shown[r][under], left[under] = shown[r][under].Add(unit), left[under].Sub(unit)
	}
}

// gives returns the row in which the column over was rounded up, and under down, the most.
func gives(rows [][]quantity.Ratio, shown [][]quantity.Number, over, under int) int {
	best, bestFixed, most := -1, false, quantity.Ratio{}
	for r, row := range rows {
		gain := quantity.Whole(shown[r][over]).Sub(row[over]).
			Add(row[under]).Sub(quantity.Whole(shown[r][under]))
		fixed := row[over].Numerator.IsZero() || row[under].Numerator.IsZero()
		if best < 0 || bestFixed && !fixed || bestFixed == fixed && gain.Cmp(most) > 0 {
			best, bestFixed, most = r, fixed, gain
		}
	}
	return best
}

// lastPlace is one unit of the last place that is shown.
func lastPlace(places int32) quantity.Number {
	unit := quantity.Int(1)
	for range -places {
		unit = unit.Mul(quantity.Int(10))
	}
	if places <= 0 {
		return unit
	}
	tenth, _ := quantity.RatioOf(quantity.Int(1), quantity.Int(10)).Exact()
	for range places {
		unit = unit.Mul(tenth)
	}
	return unit
}
