package elementary

import "math"

// logGamma returns ln of the gamma function of x > 0 by Stirling's series from 16 on; below, one
// step down is one division: gamma(x) = gamma(x + 1) / x.
func logGamma(x float64) float64 {
	product := 1.0
	for ; x < 16; x++ {
		product = float64(product * x)
	}
	w := 1 / float64(x*x)
	series := horner(w, stirling[:]) / x
	return float64((x-0.5)*Log(x)) - x + Log(rootTwoPi) + series - Log(product)
}

// stirling holds B(2n) / (2n (2n - 1)), with B(2n) the Bernoulli numbers.
var stirling = [6]float64{1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188,
	-691.0 / 360360}

// Beta is a beta distribution on 0 to 1.
type Beta struct {
	a, b, logarithm float64 // logarithm of the beta function of a and b
}

// NewBeta returns the beta distribution of two positive parameters.
func NewBeta(a, b float64) Beta {
	return Beta{a, b, logGamma(a) + logGamma(b) - logGamma(a+b)}
}

// Density returns the density at x, for 0 < x < 1.
func (d Beta) Density(x float64) float64 {
	return Exp(float64((d.a-1)*Log(x)) + float64((d.b-1)*Log(1-x)) - d.logarithm)
}

// Below returns the chance of a value below x: the incomplete beta function, by its continued
// fraction on the side where that converges fast (Abramowitz and Stegun, 26.5.8).
func (d Beta) Below(x float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	case x > (d.a+1)/(d.a+d.b+2):
		return 1 - Beta{d.b, d.a, d.logarithm}.Below(1-x)
	}
	front := Exp(float64(d.a*Log(x))+float64(d.b*Log(1-x))-d.logarithm) / d.a
	return float64(front / d.fraction(x))
}

// betaSteps is enough for parameters up to 100: the fraction is exact to a float64 after about the
// root of the larger one times 5.
const betaSteps = 60

// fraction returns the continued fraction 1 + d1/(1 + d2/(1 + ...)), from its end:
//
//	d(2m)   = m (b - m) x / ((a + 2m - 1)(a + 2m))
//	d(2m+1) = -(a + m)(a + b + m) x / ((a + 2m)(a + 2m + 1))
func (d Beta) fraction(x float64) float64 {
	value := 1.0
	for step := betaSteps; step >= 0; step-- {
		m := float64(step)
		last := d.a + float64(2*m)
		odd := -float64(float64((d.a+m)*(d.a+d.b+m)) * x / float64(last*(last+1)))
		value = 1 + odd/value
		if step > 0 {
			even := float64(float64(m*(d.b-m)) * x / float64((last-1)*last))
			value = 1 + even/value
		}
	}
	return value
}

// quantileSteps is the end of the search; halving alone needs 53 steps.
const quantileSteps = 80

// Quantile returns the value below which the part p lies. Newton's steps, from the mean, are kept
// between the bounds found so far, and halve them where they would leave them.
func (d Beta) Quantile(p float64) float64 {
	if p <= 0 || p >= 1 {
		return math.Min(math.Max(p, 0), 1)
	}
	low, high, x := 0.0, 1.0, d.a/(d.a+d.b)
	for range quantileSteps {
		off := d.Below(x) - p
		if off > 0 {
			high = x
		} else {
			low = x
		}
		next := x - off/d.Density(x)
		if !(next > low && next < high) {
			next = (low + high) / 2
		}
		if math.Abs(next-x) <= float64(0x1p-52*x) {
			return next
		}
		x = next
	}
	return x
}
