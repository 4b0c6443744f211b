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
	steps           int     // of the continued fraction
	nodes           []node
}

// node is a place from which Quantile starts: the chance below it, and how fast the quantile rises
// there with the chance, 1 / density; 0 where that has no value.
type node struct{ below, rise float64 }

// intervals is how many equal parts lie between the nodes. With 256 the curve through them is close
// enough for one step of Newton in most places.
const intervals = 256

// NewBeta returns the beta distribution of two positive parameters. With both up to 8, as PERT has
// them, 20 steps of the continued fraction are exact to a float64; with both up to 100, 80 are.
func NewBeta(a, b float64) Beta {
	d := Beta{a: a, b: b, logarithm: logGamma(a) + logGamma(b) - logGamma(a+b), steps: 20}
	if max(a, b) > 8 {
		d.steps = 80
	}
	d.nodes = make([]node, intervals+1)
	for i := 1; i < intervals; i++ {
		below, density := d.at(float64(i) / intervals)
		d.nodes[i] = node{below, 1 / density}
	}
	d.nodes[intervals].below = 1
	return d
}

// Below returns the chance of a value below x.
func (d Beta) Below(x float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	}
	below, _ := d.at(x)
	return below
}

// at returns the chance below x, for 0 < x < 1, and the density there. The chance is the incomplete
// beta function, by its continued fraction on the side where that converges fast (Abramowitz and
// Stegun, 26.5.8).
func (d Beta) at(x float64) (below, density float64) {
	front := Exp(float64(d.a*Log(x)) + float64(d.b*Log(1-x)) - d.logarithm)
	density = front / float64(x*(1-x))
	if x > (d.a+1)/(d.a+d.b+2) {
		return 1 - front/float64(d.b*d.fraction(d.b, d.a, 1-x)), density
	}
	return front / float64(d.a*d.fraction(d.a, d.b, x)), density
}

// fraction returns the continued fraction 1 + d1/(1 + d2/(1 + ...)), from its end:
//
//	d(2m)   = m (b - m) x / ((a + 2m - 1)(a + 2m))
//	d(2m+1) = -(a + m)(a + b + m) x / ((a + 2m)(a + 2m + 1))
func (d Beta) fraction(a, b, x float64) float64 {
	value := 1.0
	for step := d.steps; step >= 0; step-- {
		m := float64(step)
		last := a + float64(2*m)
		value = 1 - float64((a+m)*(a+b+m)*x)/float64(last*(last+1)*value)
		if step > 0 {
			value = 1 + float64(m*(b-m)*x)/float64((last-1)*last*value)
		}
	}
	return value
}

// quantileSteps is the end of the search; halving alone needs 53 steps.
const quantileSteps = 80

// Quantile returns the value below which the part p lies. It starts between two nodes and goes on
// by Newton's steps, kept between the bounds found so far; a step that would leave them halves
// them. A step below 1e-8 of the value doubles its digits to all there are.
func (d Beta) Quantile(p float64) float64 {
	if p <= 0 || p >= 1 {
		return math.Min(math.Max(p, 0), 1)
	}
	x, low, high := d.start(p)
	for range quantileSteps {
		below, density := d.at(x)
		if below > p {
			high = x
		} else {
			low = x
		}
		next := x - (below-p)/density
		if !(next > low && next < high) {
			next = (low + high) / 2
		} else if math.Abs(next-x) <= float64(1e-8*x) {
			return next
		}
		if next == x {
			return x
		}
		x = next
	}
	return x
}

// start returns a first guess and the nodes on either side of it: on the cubic that has the values
// and slopes of the quantile at both (Hermite), or in the middle where that leaves them.
func (d Beta) start(p float64) (x, low, high float64) {
	left, right := 0, intervals
	for right-left > 1 {
		middle := (left + right) / 2
		if d.nodes[middle].below < p {
			left = middle
		} else {
			right = middle
		}
	}
	from, to := d.nodes[left], d.nodes[right]
	low, high = float64(left)/intervals, float64(right)/intervals
	span := to.below - from.below
	t := (p - from.below) / span
	rest := 1 - t
	curve := float64(float64(t*t)*(float64(2*rest)+1))/intervals +
		float64(float64(float64(from.rise*span)*t)*float64(rest*rest)) -
		float64(float64(float64(to.rise*span)*rest)*float64(t*t))
	if x = low + curve; !(x > low && x < high) {
		x = (low + high) / 2
	}
	return x, low, high
}
