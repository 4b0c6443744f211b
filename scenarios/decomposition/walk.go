package decomposition

import (
	"fmt"
	"math/big"
	"slices"

	"carbonledger/quantity"
)

// walk is an aggregate followed through some of its years, before anything is rounded.
type walk struct {
	factors int
	// cells and parts have a row for each cell; points stand in the years, effects between them.
	cells  [][]point
	parts  [][][]*big.Float
	shared []string
}

// walk follows the aggregate through the given years, which must be among its own.
func (a Aggregate) walk(years []int) (walk, error) {
	all, err := a.points()
	if err != nil {
		return walk{}, err
	}
	way := walk{factors: len(a.Factors), cells: make([][]point, len(a.Cells)),
		parts: make([][][]*big.Float, len(a.Cells))}
	for i, points := range all {
		for _, year := range years {
			at := slices.Index(a.Years, year)
			if at < 0 {
				return walk{}, fmt.Errorf("no values for %d; the years are %v", year, a.Years)
			}
			way.cells[i] = append(way.cells[i], points[at])
		}
		anywhere := false
		for s := 1; s < len(years); s++ {
			parts, shared := effects(way.cells[i][s-1], way.cells[i][s])
			way.parts[i] = append(way.parts[i], parts)
			anywhere = anywhere || shared
		}
		if anywhere {
			way.shared = append(way.shared, a.Cells[i].Name)
		}
	}
	return way, nil
}

// sum is the exact value of the aggregate in a year of the walk.
func (w walk) sum(year int) *big.Rat {
	sum := new(big.Rat)
	for _, points := range w.cells {
		sum.Add(sum, points[year].value)
	}
	return sum
}

func (w walk) level(year int, rounding quantity.Rounding) quantity.Number {
	level, _ := quotient(w.sum(year)).Round(rounding)
	return level
}

// differences is what each cell changed by from the first year to the last.
func (w walk) differences() []quantity.Ratio {
	list := make([]quantity.Ratio, len(w.cells))
	for i, points := range w.cells {
		list[i] = quotient(new(big.Rat).Sub(points[len(points)-1].value, points[0].value))
	}
	return list
}

// add sums the effects by rows and factors; row says where an effect of a cell in a step belongs.
func (w walk) add(rows int, row func(cell, step int) int) [][]*big.Float {
	sums := make([][]*big.Float, rows)
	for r := range sums {
		sums[r] = make([]*big.Float, w.factors)
		for k := range sums[r] {
			sums[r][k] = float()
		}
	}
	for i, steps := range w.parts {
		for s, parts := range steps {
			for k, part := range parts {
				sum := sums[row(i, s)][k]
				sum.Add(sum, part)
			}
		}
	}
	return sums
}

func (w walk) byFactor() []quantity.Ratio {
	return ratios(w.add(1, func(_, _ int) int { return 0 }))[0]
}

func (w walk) byCells() [][]quantity.Ratio {
	return ratios(w.add(len(w.cells), func(cell, _ int) int { return cell }))
}

func (w walk) bySteps() [][]quantity.Ratio { return ratios(w.steps()) }

func (w walk) steps() [][]*big.Float {
	if len(w.cells) == 0 {
		return nil
	}
	return w.add(len(w.parts[0]), func(_, step int) int { return step })
}

func ratios(rows [][]*big.Float) [][]quantity.Ratio {
	all := make([][]quantity.Ratio, len(rows))
	for r, row := range rows {
		for _, value := range row {
			all[r] = append(all[r], ratioOf(value))
		}
	}
	return all
}
