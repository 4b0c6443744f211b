package sampling

import (
	"fmt"
	"math"

	"carbonledger/quantity"
	"carbonledger/scenarios/sampling/elementary"
)

// Group ties assumptions that move together. Rank holds Spearman's rank correlation of each pair of
// members, a row and a column for each. Where it is nil all pairs have the correlation Common, as
// if one driver stood behind them: 1 lets them move as one, and 0 says nothing.
//
// The members keep their own distributions; only the ranks are tied, by a Gaussian copula.
type Group struct {
	Name    string
	Members []string
	Common  quantity.Number
	Rank    [][]quantity.Number
}

// copula is a group made ready: the places of its members and the triangle that ties them.
type copula struct {
	places   []int
	triangle [][]float64
}

// tie turns independent normal values into correlated ones: y = L z.
func (c copula) tie(z, y []float64) {
	for i, row := range c.triangle {
		sum := 0.0
		for j := 0; j <= i; j++ {
			sum += float64(row[j] * z[j])
		}
		y[i] = sum
	}
}

// newCopula finds the triangle L with L L' = R (Cholesky), where the correlation of the normal
// values behind a rank correlation s is
//
//	r = 2 sin(pi s / 6)
//
// Source: K. Pearson, On further methods of determining correlation, 1907.
func newCopula(g Group, places []int) (copula, error) {
	size := len(places)
	c := copula{places: places, triangle: matrix(size, size)}
	for i := range size {
		for j := range i {
			rank, err := g.rank(i, j)
			if err != nil {
				return copula{}, err
			}
			sum := 2 * elementary.Sin(math.Pi*elementary.Float(rank)/6)
			for k := range j {
				sum -= float64(c.triangle[i][k] * c.triangle[j][k])
			}
			if c.triangle[j][j] > 0 {
				c.triangle[i][j] = sum / c.triangle[j][j]
			} else if math.Abs(sum) > zeroPivot {
				return copula{}, g.impossible(i)
			}
		}
		rest := 1.0
		for _, x := range c.triangle[i][:i] {
			rest -= float64(x * x)
		}
		switch {
		case rest > zeroPivot:
			c.triangle[i][i] = math.Sqrt(rest)
		case rest < -zeroPivot:
			return copula{}, g.impossible(i)
		}
	}
	return c, nil
}

// zeroPivot is below what digits of float64 leave where a member follows from those before it.
const zeroPivot = 1e-12

// rank returns the correlation of two members.
func (g Group) rank(i, j int) (quantity.Number, error) {
	rank, one := g.Common, quantity.Int(1)
	if g.Rank != nil {
		size := len(g.Members)
		if len(g.Rank) != size || len(g.Rank[i]) != size || len(g.Rank[j]) != size {
			return rank, fmt.Errorf("group %s: %d members take as many rows and columns of "+
				"correlations", g.Name, size)
		}
		rank = g.Rank[i][j]
		if !rank.Equal(g.Rank[j][i]) {
			return rank, fmt.Errorf("group %s: the correlation of %s and %s is %s in one place "+
				"and %s in the other", g.Name, g.Members[i], g.Members[j], rank, g.Rank[j][i])
		}
	}
	if rank.Cmp(one) > 0 || rank.Cmp(one.Neg()) < 0 {
		return rank, fmt.Errorf("group %s: a correlation of %s; it lies between -1 and 1",
			g.Name, rank)
	}
	return rank, nil
}

func (g Group) impossible(member int) error {
	return fmt.Errorf("group %s: no values can have these correlations; those of %s contradict "+
		"the ones before it, bring them closer to 0", g.Name, g.Members[member])
}
