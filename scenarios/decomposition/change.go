package decomposition

import "carbonledger/quantity"

// Change is the difference of an aggregate between two years, taken apart. Everything adds up as it
// stands: From + Difference = To; the effects sum to the difference; so do the differences of the
// cells; the effects in a cell sum to its difference, and those of a factor over all cells to its
// effect.
type Change struct {
	First, Last          int
	From, To, Difference quantity.Number
	// Effects are in the order of the factors.
	Effects []quantity.Number
	Cells   []CellChange
	// Shared names the cells in which several factors left 0, or reached it, in one step, and
	// answer for it evenly.
	Shared []string
}

// CellChange is what happened in one cell.
type CellChange struct {
	Name       string
	Difference quantity.Number
	Effects    []quantity.Number
}

// Chained is a change taken apart year by year: the effects of a factor are the sums of what it did
// in each step, so they follow the way that was gone and not only its ends.
type Chained struct {
	Change
	Steps []Step
}

// Step is one link of the chain. Its effects sum to its difference, and the effects of a factor
// over all steps to its effect in the chain.
type Step struct {
	First, Last int
	Difference  quantity.Number
	Effects     []quantity.Number
}

// Between takes the difference of two years apart end to end: LMDI-I in its additive form (B. W.
// Ang and F. L. Liu, A new energy decomposition method: perfect in decomposition and consistent in
// aggregation, Energy 26 (2001) 537-548).
func (a Aggregate) Between(first, last int, rounding quantity.Rounding) (Change, error) {
	chained, err := a.chain([]int{first, last}, rounding)
	return chained.Change, err
}

// Chain takes the difference between the first and the last year apart, step by step.
func (a Aggregate) Chain(rounding quantity.Rounding) (Chained, error) {
	return a.chain(a.Years, rounding)
}

// chain goes through the given years.
func (a Aggregate) chain(years []int, rounding quantity.Rounding) (Chained, error) {
	way, err := a.walk(years)
	if err != nil {
		return Chained{}, err
	}
	levels := make([]quantity.Number, len(years))
	for y := range years {
		levels[y] = way.level(y, rounding)
	}
	end := len(years) - 1
	chained := Chained{Change: Change{First: years[0], Last: years[end], From: levels[0],
		To: levels[end], Difference: levels[end].Sub(levels[0]), Shared: way.shared}}
	chained.Effects = quantity.Apportion(chained.Difference, way.byFactor(), rounding)

	differences := make([]quantity.Number, end)
	for s := range differences {
		differences[s] = levels[s+1].Sub(levels[s])
	}
	for s, parts := range settle(way.bySteps(), differences, chained.Effects, rounding) {
		chained.Steps = append(chained.Steps, Step{years[s], years[s+1], differences[s], parts})
	}
	differences = quantity.Apportion(chained.Difference, way.differences(), rounding)
	for i, parts := range settle(way.byCells(), differences, chained.Effects, rounding) {
		chained.Cells = append(chained.Cells, CellChange{a.Cells[i].Name, differences[i], parts})
	}
	return chained, nil
}
