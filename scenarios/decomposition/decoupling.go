package decomposition

import "carbonledger/quantity"

// State names how emissions moved against GDP.
type State string

// The eight states of Tapio (P. Tapio, Towards a theory of decoupling, Transport Policy 12 (2005)
// 137-151), and Undefined where GDP did not move. With e the elasticity,
//
//	emissions  GDP     e          state
//	up         up      < 0.8      weak decoupling
//	up         up      0.8 - 1.2  expansive coupling
//	up         up      > 1.2      expansive negative decoupling
//	down       up      < 0        strong decoupling
//	down       down    > 1.2      recessive decoupling
//	down       down    0.8 - 1.2  recessive coupling
//	down       down    < 0.8      weak negative decoupling
//	up         down    < 0        strong negative decoupling
//
// Both limits belong to coupling. Emissions that did not move at all have e = 0 and count as moved
// with GDP: weak decoupling where it grew, weak negative decoupling where it shrank.
const (
	WeakDecoupling              State = "weak decoupling"
	ExpansiveCoupling           State = "expansive coupling"
	ExpansiveNegativeDecoupling State = "expansive negative decoupling"
	StrongDecoupling            State = "strong decoupling"
	RecessiveDecoupling         State = "recessive decoupling"
	RecessiveCoupling           State = "recessive coupling"
	WeakNegativeDecoupling      State = "weak negative decoupling"
	StrongNegativeDecoupling    State = "strong negative decoupling"
	Undefined                   State = "undefined"
)

// States returns the eight states in the order of the table.
func States() []State {
	return []State{WeakDecoupling, ExpansiveCoupling, ExpansiveNegativeDecoupling, StrongDecoupling,
		RecessiveDecoupling, RecessiveCoupling, WeakNegativeDecoupling, StrongNegativeDecoupling}
}

// Elasticity returns the growth of one quantity over that of another, undivided. Both are relative
// changes: 1/20 is growth by 5 %. Where the second did not move there is no answer.
func Elasticity(of, to quantity.Ratio) quantity.Ratio {
	if !of.Defined() || !to.Defined() {
		return quantity.Ratio{}
	}
	return of.Mul(quantity.RatioOf(to.Denominator, to.Numerator))
}

// Growth returns last/first - 1, undivided; without an answer where first is 0.
func Growth(first, last quantity.Number) quantity.Ratio {
	return quantity.RatioOf(last.Sub(first), first)
}

// Decoupling names the state for the relative changes of emissions and GDP. A negative elasticity
// alone would not tell strong decoupling from its opposite, so the signs of the changes decide.
func Decoupling(emissions, gdp quantity.Ratio) State {
	elasticity := Elasticity(emissions, gdp)
	if !elasticity.Defined() {
		return Undefined
	}
	up := sign(gdp) > 0
	if sign(elasticity) < 0 {
		if up {
			return StrongDecoupling
		}
		return StrongNegativeDecoupling
	}
	row := 0
	if !up {
		row = 1
	}
	states := [2][3]State{
		{WeakDecoupling, ExpansiveCoupling, ExpansiveNegativeDecoupling},
		{WeakNegativeDecoupling, RecessiveCoupling, RecessiveDecoupling},
	}
	return states[row][band(elasticity)]
}

// band is 0 below 0.8, 1 up to 1.2 and 2 above: Tapio draws the lines a fifth to either side of 1.
func band(elasticity quantity.Ratio) int {
	five := quantity.Int(5)
	switch {
	case elasticity.Cmp(quantity.RatioOf(quantity.Int(4), five)) < 0:
		return 0
	case elasticity.Cmp(quantity.RatioOf(quantity.Int(6), five)) > 0:
		return 2
	}
	return 1
}

func sign(r quantity.Ratio) int { return r.Numerator.Sign() * r.Denominator.Sign() }
