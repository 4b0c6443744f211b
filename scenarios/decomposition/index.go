package decomposition

import (
	"fmt"
	"math/big"

	"carbonledger/quantity"
)

// Index is how many times a factor multiplied the aggregate, with the natural logarithm of it.
type Index struct {
	Times, Log quantity.Number
}

// Indices is a change as a product: the indices of the factors multiply to the total. Each is
// rounded for itself, since no rounding keeps a product; their logarithms sum exactly to that of
// the total as printed.
type Indices struct {
	First, Last int
	Total       Index
	Factors     []Index
}

// IndexBetween takes the quotient of two years apart end to end: LMDI-I in its multiplicative form.
//
//	ln D of a factor = its additive effect / L(V1, V0), with V the whole aggregate
//
// Source: B. W. Ang, The LMDI approach to decomposition analysis: a practical guide, Energy Policy
// 33 (2005) 867-871. It returns an error where the aggregate is 0 in one of the years: no multiple
// leads there.
func (a Aggregate) IndexBetween(first, last int, rounding quantity.Rounding) (Indices, error) {
	total, _, err := a.indices([]int{first, last}, rounding)
	return total, err
}

// IndexChain takes the quotient between the first and the last year apart year by year. The index
// of a factor over the chain is the product of its indices in the steps.
func (a Aggregate) IndexChain(rounding quantity.Rounding) (Indices, []Indices, error) {
	return a.indices(a.Years, rounding)
}

func (a Aggregate) indices(years []int, rounding quantity.Rounding) (Indices, []Indices, error) {
	way, err := a.walk(years)
	if err != nil {
		return Indices{}, nil, err
	}
	levels := make([]*big.Float, len(years))
	for y := range years {
		sum := way.sum(y)
		if sum.Sign() == 0 {
			return Indices{}, nil, fmt.Errorf("the aggregate is 0 in %d: no multiple leads to or "+
				"from 0; take it apart by differences", years[y])
		}
		levels[y] = approximate(sum)
	}
	steps, totals, whole := way.steps(), make([]*big.Float, len(years)-1), []*big.Float{}
	for range a.Factors {
		whole = append(whole, float())
	}
	for s, parts := range steps {
		after, before := ln(levels[s+1]), ln(levels[s])
		totals[s] = float().Sub(after, before)
		weight := mean(levels[s+1], levels[s], after, before)
		for k, part := range parts {
			part.Quo(part, weight)
			whole[k].Add(whole[k], part)
		}
	}
	end := len(years) - 1
	total := float().Sub(ln(levels[end]), ln(levels[0]))
	chain := indicesOf(total, whole, rounding)
	chain.First, chain.Last = years[0], years[end]
	var links []Indices
	for s, parts := range steps {
		link := indicesOf(totals[s], parts, rounding)
		link.First, link.Last = years[s], years[s+1]
		links = append(links, link)
	}
	return chain, links, nil
}

// indicesOf rounds logarithms so that they sum to their total, and shows what they multiply by.
func indicesOf(total *big.Float, parts []*big.Float, rounding quantity.Rounding) Indices {
	log, _ := ratioOf(total).Round(rounding)
	logs := quantity.Apportion(log, ratios([][]*big.Float{parts})[0], rounding)
	indices := Indices{Total: Index{times(total, rounding), log}}
	for k, part := range parts {
		indices.Factors = append(indices.Factors, Index{times(part, rounding), logs[k]})
	}
	return indices
}

func times(log *big.Float, rounding quantity.Rounding) quantity.Number {
	n, _ := ratioOf(exp(log)).Round(rounding)
	return n
}
