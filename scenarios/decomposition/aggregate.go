// Package decomposition takes a change apart: the difference between two years into what activity,
// structure, intensity, carrier mix and emission factors did (LMDI), and the saving of a set of
// levers into what each of them brought (Shapley).
//
// An aggregate is a sum over cells, and a cell is a product of factors: the emissions of coal in
// the chemical industry are output x share of the industry x energy per output x share of coal x
// CO2 per energy. An effect is the part of the difference that a factor answers for.
//
// Nothing here is a binary fraction of 53 bits. Levels, differences and Shapley values are exact;
// logarithms, which no decimal holds, have 256 bits and the same ones on every machine. Effects are
// rounded once, where they are handed back, and sum to the difference as it is printed.
package decomposition

import (
	"fmt"
	"math/big"
	"slices"

	"carbonledger/quantity"
)

// Aggregate is a sum over cells of products of the same factors, in several years.
type Aggregate struct {
	Factors []string
	Years   []int
	Cells   []Cell
}

// Cell is one part of the sum. Values holds a row for each year, and in it a value for each factor.
// A value without an answer (the energy per output of an industry that does not exist) is allowed
// where another factor is 0: the cell is 0 then, and the missing value counts as not changed.
type Cell struct {
	Name   string
	Values [][]quantity.Ratio
}

// Check says what makes an aggregate unfit: years out of order, rows of another length, a negative
// value (its logarithm does not exist), a value without an answer where no other factor is 0.
func (a Aggregate) Check() error {
	_, err := a.points()
	return err
}

// point is a cell in one year: its value, and the logarithms of its factors.
type point struct {
	value *big.Rat
	// approximate is the value, and ln its logarithm where it is not 0.
	approximate, ln *big.Float
	// logs is nil for factors that are 0 or have no answer; zeros marks those that are 0.
	logs  []*big.Float
	zeros []bool
}

// points works out every cell in every year: a row for each cell.
func (a Aggregate) points() ([][]point, error) {
	if len(a.Factors) == 0 || len(a.Years) < 2 {
		return nil, fmt.Errorf("a decomposition of %d factors over %d years: "+
			"it takes at least one factor and two years", len(a.Factors), len(a.Years))
	}
	for i := 1; i < len(a.Years); i++ {
		if a.Years[i] <= a.Years[i-1] {
			return nil, fmt.Errorf("year %d follows %d; list the years in order",
				a.Years[i], a.Years[i-1])
		}
	}
	rows := make([][]point, len(a.Cells))
	for i, cell := range a.Cells {
		if len(cell.Values) != len(a.Years) {
			return nil, fmt.Errorf("%s: values for %d years, and there are %d",
				cell.Name, len(cell.Values), len(a.Years))
		}
		rows[i] = make([]point, len(a.Years))
		for y, values := range cell.Values {
			p, err := a.point(values)
			if err != nil {
				return nil, fmt.Errorf("%s in %d: %w", cell.Name, a.Years[y], err)
			}
			rows[i][y] = p
		}
	}
	return rows, nil
}

func (a Aggregate) point(values []quantity.Ratio) (point, error) {
	if len(values) != len(a.Factors) {
		return point{}, fmt.Errorf("%d values, and there are %d factors",
			len(values), len(a.Factors))
	}
	p := point{value: big.NewRat(1, 1), ln: float(),
		logs: make([]*big.Float, len(values)), zeros: make([]bool, len(values))}
	missing := -1
	for k, value := range values {
		if !value.Defined() {
			missing = k
			continue
		}
		exact := fraction(value)
		switch exact.Sign() {
		case -1:
			return point{}, fmt.Errorf("%s is negative; take what removes carbon apart "+
				"on its own, without its sign", a.Factors[k])
		case 0:
			p.zeros[k] = true
		default:
			p.logs[k] = ln(approximate(exact))
			p.ln.Add(p.ln, p.logs[k])
		}
		p.value.Mul(p.value, exact)
	}
	if missing >= 0 && !slices.Contains(p.zeros, true) {
		return point{}, fmt.Errorf("%s has no value and no other factor is 0; "+
			"leave the cell out or give the value", a.Factors[missing])
	}
	p.approximate = approximate(p.value)
	return p, nil
}

// effects returns what each factor did to a cell between two years, in the notation of Ang and Liu:
//
//	effect of x = L(V1, V0) ln(x1 / x0)
//
// and where a value is 0 the limit of it: a factor that rose from 0 answers for all of V1, one that
// fell to 0 for all of -V0, the others for nothing, and a cell that is 0 in both years has no
// effects. Where several factors rose or fell together the limit depends on the way; replacing each
// 0 by the same small number shares V1 evenly among them, so that is done and told.
func effects(from, to point) (parts []*big.Float, shared bool) {
	parts = make([]*big.Float, len(from.logs))
	for k := range parts {
		parts[k] = float()
	}
	fromZero, toZero := from.value.Sign() == 0, to.value.Sign() == 0
	switch {
	case fromZero && toZero:
		return parts, false
	case fromZero:
		return parts, share(parts, from.zeros, to.approximate)
	case toZero:
		return parts, share(parts, to.zeros, float().Neg(from.approximate))
	}
	weight := mean(to.approximate, from.approximate, to.ln, from.ln)
	for k := range parts {
		parts[k].Sub(to.logs[k], from.logs[k])
		parts[k].Mul(parts[k], weight)
	}
	return parts, false
}

// share hands a value evenly to the marked parts and says whether there are several.
func share(parts []*big.Float, marked []bool, value *big.Float) bool {
	var count int64
	for _, mark := range marked {
		if mark {
			count++
		}
	}
	for k, mark := range marked {
		if mark {
			parts[k].Quo(value, float().SetInt64(count))
		}
	}
	return count > 1
}
