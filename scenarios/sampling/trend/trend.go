// Package trend asks whether a series rises or falls, or only wavers: the test of Mann and Kendall,
// with ties and with years that resemble the year before, and the slope of Theil and Sen.
//
// Everything but the last step is exact: the count of rises over falls, its variance, the slope and
// the correction are whole numbers and fractions, and the score is a root taken with integers. Only
// the chance that belongs to a score comes out of the normal distribution in float64.
package trend

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios/sampling/elementary"
)

// Test is what the test of Mann and Kendall says of a series.
type Test struct {
	// Years counts the values, and Pairs the pairs of them.
	Years, Pairs int
	// S is how many more pairs rise than fall; Rises and Falls count them, the rest are equal.
	S, Rises, Falls int
	// Tau is S / Pairs: 1 where every year is above all before it.
	Tau quantity.Ratio
	// Slope is the median slope of all pairs, in units a year (P. K. Sen 1968).
	Slope quantity.Ratio
	// Plain takes the years for independent of each other, Corrected does not.
	Plain, Corrected Score
	// Lags are the distances in years at which the series resembles itself, and Factor is by how
	// much that multiplies the variance of S.
	Lags   []int
	Factor quantity.Ratio
}

// Score is the variance of S without a trend, S in standard deviations, and the chance of being so
// far from 0 or further, on either side, without a trend.
type Score struct {
	Variance quantity.Ratio
	Z        quantity.Number
	P        quantity.Number
	// Defined is false where all values are equal, or where the correction leaves no variance: then
	// there is no answer.
	Defined bool
}

// yearsMin is the fewest values: three pairs are below it all the test has, and no arrangement of
// three years is rare.
const yearsMin = 4

// scorePlaces is how many decimals a score has, and digits how many significant ones a chance has.
const (
	scorePlaces = 9
	digits      = 6
)

// MannKendall tests a series of values in the order of its years, without gaps between them.
func MannKendall(values []quantity.Number) (Test, error) {
	n := len(values)
	if n < yearsMin {
		return Test{}, fmt.Errorf("a trend of %d years: it takes %d to tell one from chance",
			n, yearsMin)
	}
	test := Test{Years: n, Pairs: n * (n - 1) / 2, Slope: sen(values)}
	for i, later := range values {
		for _, earlier := range values[:i] {
			switch later.Cmp(earlier) {
			case 1:
				test.Rises++
			case -1:
				test.Falls++
			}
		}
	}
	test.S = test.Rises - test.Falls
	test.Tau = ratio(int64(test.S), int64(test.Pairs))
	variance := spread(values)
	test.Plain = score(test.S, variance)
	test.Lags, test.Factor = resemblance(detrended(values, test.Slope))
	test.Corrected = score(test.S, variance.Mul(test.Factor))
	return test, nil
}

func ratio(a, b int64) quantity.Ratio { return quantity.RatioOf(quantity.Int(a), quantity.Int(b)) }

// spread returns the variance of S where there is no trend, with t values in each group of equals:
//
//	Var = (n (n - 1) (2n + 5) - sum over groups of t (t - 1) (2t + 5)) / 18
//
// Source: M. G. Kendall, Rank Correlation Methods, 1975.
func spread(values []quantity.Number) quantity.Ratio {
	term := func(count int) int64 {
		n := int64(count)
		return n * (n - 1) * (2*n + 5)
	}
	sum := term(len(values))
	sorted := slices.SortedFunc(slices.Values(values), quantity.Number.Cmp)
	for from := 0; from < len(sorted); {
		to := from + 1
		for to < len(sorted) && sorted[to].Equal(sorted[from]) {
			to++
		}
		sum -= term(to - from)
		from = to
	}
	return ratio(sum, 18)
}

// score moves S one step towards 0, as a count is no continuous measure, and divides it by its
// standard deviation:
//
//	Z = (S - 1) / sqrt(Var) for S > 0,  0 for S = 0,  (S + 1) / sqrt(Var) for S < 0
//	P = 2 (1 - normal(|Z|))
func score(s int, variance quantity.Ratio) Score {
	if variance.Cmp(ratio(0, 1)) <= 0 {
		return Score{Variance: variance}
	}
	step := max(int64(max(s, -s))-1, 0)
	square := ratio(step*step, 1).Mul(quantity.RatioOf(variance.Denominator, variance.Numerator))
	z, _ := square.Sqrt(quantity.Rounding{Places: scorePlaces})
	chance := min(2*elementary.NormalAbove(elementary.Float(z)), 1)
	p, _ := elementary.Number(chance, digits)
	if s < 0 {
		z = z.Neg()
	}
	return Score{Variance: variance, Z: z, P: p, Defined: true}
}

// sen returns the median of the slopes of all pairs; of an even number, the mean of the middle two.
func sen(values []quantity.Number) quantity.Ratio {
	var slopes []*big.Rat
	for i, later := range values {
		for j, earlier := range values[:i] {
			rise, _ := new(big.Rat).SetString(later.Sub(earlier).String())
			slopes = append(slopes, rise.Quo(rise, big.NewRat(int64(i-j), 1)))
		}
	}
	slices.SortFunc(slopes, (*big.Rat).Cmp)
	middle := new(big.Rat).Add(slopes[(len(slopes)-1)/2], slopes[len(slopes)/2])
	middle.Quo(middle, big.NewRat(2, 1))
	return quantity.RatioOf(whole(middle.Num()), whole(middle.Denom()))
}

func whole(n *big.Int) quantity.Number {
	var number quantity.Number
	if err := number.UnmarshalText([]byte(n.String())); err != nil {
		panic("trend: a whole number that is none: " + err.Error())
	}
	return number
}

// detrended returns the ranks of what the slope leaves of each value, doubled, so that the shared
// rank of equals is a whole number.
func detrended(values []quantity.Number, slope quantity.Ratio) []int {
	rest := make([]quantity.Ratio, len(values))
	order := make([]int, len(values))
	for i, value := range values {
		rest[i], order[i] = quantity.Whole(value).Sub(slope.Mul(ratio(int64(i), 1))), i
	}
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(rest[a].Cmp(rest[b]), cmp.Compare(a, b))
	})
	ranks := make([]int, len(values))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && rest[order[to]].Cmp(rest[order[from]]) == 0 {
			to++
		}
		for _, i := range order[from:to] {
			ranks[i] = from + 1 + to
		}
		from = to
	}
	return ranks
}

// resemblance returns the lags at which ranks are correlated with themselves beyond chance, and the
// factor of Hamed and Rao. With r(k) the correlation at lag k, and only the lags where |r(k)| is
// beyond 1.96 / sqrt(n),
//
//	factor = 1 + 2 / (n (n - 1) (n - 2)) x sum of (n - k) (n - k - 1) (n - k - 2) r(k)
//
// Source: K. H. Hamed and A. R. Rao, A modified Mann-Kendall trend test for autocorrelated data,
// Journal of Hydrology 204 (1998) 182-196.
func resemblance(ranks []int) (lags []int, factor quantity.Ratio) {
	n := int64(len(ranks))
	var total, squares int64
	for _, rank := range ranks {
		total += int64(rank)
	}
	// Deviations from the mean times n are whole numbers.
	deviations := make([]int64, n)
	for i, rank := range ranks {
		deviations[i] = n*int64(rank) - total
		squares += deviations[i] * deviations[i]
	}
	factor = ratio(1, 1)
	if squares == 0 {
		return nil, factor
	}
	// |r| > 1.96 / sqrt(n), squared.
	limit := ratio(196*196, 100*100*n)
	var sum quantity.Number
	for k := int64(1); k < n; k++ {
		var products int64
		for i, deviation := range deviations[k:] {
			products += deviation * deviations[i]
		}
		if r := ratio(products, squares); r.Mul(r).Cmp(limit) > 0 {
			lags = append(lags, int(k))
			weight := quantity.Int((n - k) * (n - k - 1) * (n - k - 2))
			sum = sum.Add(weight.Mul(quantity.Int(products)))
		}
	}
	whole := quantity.Int(n * (n - 1) * (n - 2)).Mul(quantity.Int(squares))
	return lags, factor.Add(quantity.RatioOf(sum.Add(sum), whole))
}
