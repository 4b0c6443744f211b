package decomposition

import (
	"fmt"
	"math/bits"

	"carbonledger/quantity"
	"carbonledger/scenarios/chance"
)

// Levers is a set of levers by their places in a list: bit i stands for lever i.
type Levers uint64

// Has says whether lever i is in the set.
func (l Levers) Has(i int) bool { return l>>i&1 == 1 }

// Count says how many levers are in the set.
func (l Levers) Count() int { return bits.OnesCount64(uint64(l)) }

// ExactMax is the most levers for which Shapley counts every set: 2^12 = 4096 values. ShapleyMax is
// the most it takes at all.
const (
	ExactMax   = 12
	ShapleyMax = 64
)

// Value is what a set of levers leads to, for instance the emissions of 2030 with only these levers
// pulled. It must answer alike whenever it is asked alike.
type Value func(Levers) (quantity.Number, error)

// Attribution is what each lever brought, in the order of the list. The parts sum exactly to the
// difference between all levers and none.
type Attribution struct {
	Without, With quantity.Number
	Parts         []quantity.Ratio
	// Errors are the standard errors of the parts squared; nil where they are exact.
	Errors []quantity.Ratio
	// Orders counts the orders in which levers were pulled; 0 where all sets were counted.
	Orders int
}

// Effort says how far a sampled attribution goes: pairs of an order and its reverse, and the seed
// from which the orders follow.
type Effort struct {
	Seed  uint64
	Pairs int
}

// Shapley attributes the difference between all levers and none to each of them: what a lever adds
// when it is pulled, averaged over all orders in which they may be pulled (L. S. Shapley, A value
// for n-person games, 1953). Up to 12 levers every set is counted, and the parts are exact. Above,
// orders are drawn, each with its reverse (antithetic), and the parts are exact averages over the
// orders drawn; as the steps of every order sum to the whole difference, so do the parts.
func Shapley(levers int, value Value, effort Effort) (Attribution, error) {
	if levers < 1 || levers > ShapleyMax {
		return Attribution{}, fmt.Errorf("%d levers to attribute to: between 1 and %d can be",
			levers, ShapleyMax)
	}
	known := &memory{ask: value, values: map[Levers]quantity.Number{}}
	attribution := Attribution{Without: known.of(0), With: known.of(all(levers))}
	if levers <= ExactMax {
		attribution.Parts = counted(levers, known)
	} else {
		if effort.Pairs < 2 {
			return Attribution{}, fmt.Errorf("%d pairs of orders: a standard error takes two, "+
				"and a hundred make it small", effort.Pairs)
		}
		attribution.Orders = 2 * effort.Pairs
		attribution.Parts, attribution.Errors = drawn(levers, known, effort)
	}
	return attribution, known.err
}

// Shown rounds the parts so that they sum to the difference of the two ends as printed.
func (a Attribution) Shown(rounding quantity.Rounding) []quantity.Number {
	difference := a.With.Round(rounding).Sub(a.Without.Round(rounding))
	return quantity.Apportion(difference, a.Parts, rounding)
}

// Within returns the half-width of the interval in which a part lies with a chance of 95 %: 1.96
// standard errors; 0 where the parts are exact.
func (a Attribution) Within(part int, rounding quantity.Rounding) quantity.Number {
	if a.Errors == nil {
		return quantity.Number{}
	}
	square := a.Errors[part].Mul(quantity.RatioOf(quantity.Int(196*196), quantity.Int(100*100)))
	half, _ := square.Sqrt(rounding)
	return half
}

func all(levers int) Levers { return Levers(^uint64(0) >> (ShapleyMax - levers)) }

// memory asks for the value of a set once, and for none after an error.
type memory struct {
	ask    Value
	values map[Levers]quantity.Number
	err    error
}

func (m *memory) of(set Levers) quantity.Number {
	value, ok := m.values[set]
	if ok || m.err != nil {
		return value
	}
	value, m.err = m.ask(set)
	m.values[set] = value
	return value
}

// counted returns the exact parts. With n levers, and |S| levers in the set S that were pulled
// before lever i,
//
//	part of i = sum over S without i of |S|! (n - |S| - 1)! / n! x (value(S and i) - value(S))
func counted(levers int, known *memory) []quantity.Ratio {
	whole := factorial(levers)
	parts := make([]quantity.Ratio, levers)
	for i := range parts {
		sums := make([]quantity.Number, levers)
		for set := Levers(0); set <= all(levers) && known.err == nil; set++ {
			if !set.Has(i) {
				added := known.of(set | 1<<i).Sub(known.of(set))
				sums[set.Count()] = sums[set.Count()].Add(added)
			}
		}
		var weighted quantity.Number
		for size, sum := range sums {
			orders := quantity.Int(factorial(size) * factorial(levers-size-1))
			weighted = weighted.Add(sum.Mul(orders))
		}
		parts[i] = quantity.RatioOf(weighted, quantity.Int(whole))
	}
	return parts
}

// factorial returns n!, which up to 20 fits.
func factorial(n int) int64 {
	product := int64(1)
	for i := int64(2); i <= int64(n); i++ {
		product *= i
	}
	return product
}

// drawn returns averages over orders that follow from the seed, and the squares of their standard
// errors: with d the sum of what an order and its reverse say of a lever, and m pairs,
//
//	part = sum of d / 2m;  error^2 = (m x sum of d^2 - (sum of d)^2) / (4 m^2 (m - 1))
func drawn(levers int, known *memory, effort Effort) (parts, errors []quantity.Ratio) {
	sums, squares := make([]quantity.Number, levers), make([]quantity.Number, levers)
	source := chance.Of(effort.Seed, 0)
	for range effort.Pairs {
		order := source.Order(levers)
		pair := make([]quantity.Number, levers)
		forward, backward := Levers(0), Levers(0)
		for i := range order {
			forward = pull(known, forward, order[i], pair)
			backward = pull(known, backward, order[levers-1-i], pair)
		}
		for i, d := range pair {
			sums[i] = sums[i].Add(d)
			squares[i] = squares[i].Add(d.Mul(d))
		}
		if known.err != nil {
			break
		}
	}
	pairs := quantity.Int(int64(effort.Pairs))
	below := quantity.Int(4).Mul(pairs).Mul(pairs).Mul(pairs.Sub(quantity.Int(1)))
	for i, sum := range sums {
		parts = append(parts, quantity.RatioOf(sum, quantity.Int(2).Mul(pairs)))
		errors = append(errors,
			quantity.RatioOf(pairs.Mul(squares[i]).Sub(sum.Mul(sum)), below))
	}
	return parts, errors
}

// pull adds a lever to those pulled and what that brought to its part.
func pull(known *memory, pulled Levers, lever int, parts []quantity.Number) Levers {
	next := pulled | 1<<lever
	parts[lever] = parts[lever].Add(known.of(next).Sub(known.of(pulled)))
	return next
}
