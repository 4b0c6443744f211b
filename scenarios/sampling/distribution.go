// Package sampling tells how sure a pathway is: assumptions are drawn from their distributions, a
// model follows each draw, and the results are summed up as fans, chances and influences.
//
// An assumption is a number nobody knows, with a distribution. A group ties assumptions that move
// together. A plan says how often to draw, in which design and from which seed. A model turns one
// sample, a value for each assumption, into its results. An outcome holds the results of all.
//
// The work is done in float64, and it never leaves: every figure is handed back as a
// quantity.Number with a stated count of digits, or as a fraction of counts. The same plan gives
// the same bytes on every machine and with any number of workers: each number is computed by the
// operations that IEEE 754 rounds one way (package elementary) in an order that does not depend on
// who computes it.
package sampling

import (
	"fmt"
	"math"
	"strings"

	"carbonledger/quantity"
	"carbonledger/scenarios/sampling/elementary"
)

// Shape is the kind of a distribution.
type Shape string

// The shapes, with their parameters:
//
//	normal      mean, standard deviation
//	lognormal   median, factor: the logarithm is normal with the deviation ln(factor), so that
//	            95 % of the values lie between median / factor^1.96 and median x factor^1.96
//	uniform     low, high
//	triangular  low, mode, high
//	pert        low, mode, high: a beta distribution with the mean (low + 4 mode + high) / 6
const (
	Normal     Shape = "normal"
	Lognormal  Shape = "lognormal"
	Uniform    Shape = "uniform"
	Triangular Shape = "triangular"
	PERT       Shape = "pert"
)

// Shapes returns the shapes in the order of the document.
func Shapes() []Shape { return []Shape{Normal, Lognormal, Uniform, Triangular, PERT} }

// Parameters returns the names of the parameters of a shape, in order; none for an unknown one.
func (s Shape) Parameters() []string {
	switch s {
	case Normal:
		return []string{"mean", "deviation"}
	case Lognormal:
		return []string{"median", "factor"}
	case Uniform:
		return []string{"low", "high"}
	case Triangular, PERT:
		return []string{"low", "mode", "high"}
	}
	return nil
}

// Distribution says how likely the values of an assumption are. New and Cut make one.
type Distribution struct {
	shape      Shape
	parameters []quantity.Number
	cut        string // " between 1 and 2", as String prints it
	// quantile and below are inverse to each other where the density is not 0.
	quantile, below func(float64) float64
}

// New returns a distribution. It returns an error where the shape is unknown, a parameter is
// missing, or the parameters contradict each other.
func New(shape Shape, parameters ...quantity.Number) (Distribution, error) {
	names := shape.Parameters()
	if names == nil {
		return Distribution{}, fmt.Errorf("distribution %q: none of %v", shape, Shapes())
	}
	if len(parameters) != len(names) {
		return Distribution{}, fmt.Errorf("distribution %s: %d parameters; give %s",
			shape, len(parameters), strings.Join(names, ", "))
	}
	d := Distribution{shape: shape, parameters: parameters}
	if fact := d.contradiction(); fact != "" {
		return Distribution{}, fmt.Errorf("%s: %s", d, fact)
	}
	d.bend()
	return d, nil
}

// contradiction says what is wrong with the parameters; nothing where they are well.
func (d Distribution) contradiction() string {
	p := d.parameters
	switch {
	case d.shape == Normal && p[1].Sign() <= 0:
		return "the deviation must be above 0"
	case d.shape == Lognormal && p[0].Sign() <= 0:
		return "the median must be above 0"
	case d.shape == Lognormal && p[1].Cmp(quantity.Int(1)) <= 0:
		return "the factor must be above 1"
	case d.shape == Uniform && p[0].Cmp(p[1]) >= 0:
		return "low must be below high"
	case len(p) == 3 && (p[0].Cmp(p[1]) > 0 || p[1].Cmp(p[2]) > 0 || p[0].Equal(p[2])):
		return "low, mode and high must be in order, and low below high"
	}
	return ""
}

// bend sets the quantile function and its inverse.
func (d *Distribution) bend() {
	p := make([]float64, len(d.parameters))
	for i, n := range d.parameters {
		p[i] = elementary.Float(n)
	}
	switch d.shape {
	case Normal:
		d.quantile = func(u float64) float64 {
			return p[0] + float64(p[1]*elementary.NormalQuantile(u))
		}
		d.below = func(x float64) float64 { return elementary.NormalBelow((x - p[0]) / p[1]) }
	case Lognormal:
		centre, width := elementary.Log(p[0]), elementary.Log(p[1])
		d.quantile = func(u float64) float64 {
			return elementary.Exp(centre + float64(width*elementary.NormalQuantile(u)))
		}
		d.below = func(x float64) float64 {
			if x <= 0 {
				return 0
			}
			return elementary.NormalBelow((elementary.Log(x) - centre) / width)
		}
	case Uniform:
		d.quantile = func(u float64) float64 { return p[0] + float64(u*(p[1]-p[0])) }
		d.below = func(x float64) float64 { return unit((x - p[0]) / (p[1] - p[0])) }
	case Triangular:
		d.quantile, d.below = triangle(p[0], p[1], p[2])
	case PERT:
		span := p[2] - p[0]
		beta := elementary.NewBeta(1+4*(p[1]-p[0])/span, 1+4*(p[2]-p[1])/span)
		d.quantile = func(u float64) float64 { return p[0] + float64(span*beta.Quantile(u)) }
		d.below = func(x float64) float64 { return beta.Below((x - p[0]) / span) }
	}
}

// triangle returns the quantile function of a triangle and its inverse. With F = (mode - low) /
// (high - low), the part below the mode,
//
//	quantile(u) = low + sqrt(u span (mode - low))           for u <= F
//	              high - sqrt((1 - u) span (high - mode))   above
func triangle(low, mode, high float64) (quantile, below func(float64) float64) {
	span := high - low
	turn := (mode - low) / span
	quantile = func(u float64) float64 {
		if u <= turn {
			return low + math.Sqrt(float64(u*span*(mode-low)))
		}
		return high - math.Sqrt(float64((1-u)*span*(high-mode)))
	}
	below = func(x float64) float64 {
		switch {
		case x <= low:
			return 0
		case x >= high:
			return 1
		case x <= mode:
			return float64((x - low) / span * ((x - low) / (mode - low)))
		}
		return 1 - float64((high-x)/span*((high-x)/(high-mode)))
	}
	return quantile, below
}

func unit(x float64) float64 { return math.Max(0, math.Min(1, x)) }

// Cut leaves only the values between two bounds and shares the chance of the others out among
// them; nil stands for no bound. It returns an error where nothing is left.
func (d Distribution) Cut(floor, ceiling *quantity.Number) (Distribution, error) {
	from, to, low, high := 0.0, 1.0, math.Inf(-1), math.Inf(1)
	if floor != nil {
		low = elementary.Float(*floor)
		from = d.below(low)
		d.cut += " from " + floor.String()
	}
	if ceiling != nil {
		high = elementary.Float(*ceiling)
		to = d.below(high)
		d.cut += " to " + ceiling.String()
	}
	if !(to-from > 1e-9) {
		return Distribution{}, fmt.Errorf("%s: nothing lies between the bounds", d)
	}
	quantile, below := d.quantile, d.below
	d.quantile = func(u float64) float64 {
		return math.Max(low, math.Min(high, quantile(from+float64(u*(to-from)))))
	}
	d.below = func(x float64) float64 { return unit((below(x) - from) / (to - from)) }
	return d, nil
}

// String prints the distribution as words: pert 1 2 4 from 1.5.
func (d Distribution) String() string {
	text := string(d.shape)
	for _, p := range d.parameters {
		text += " " + p.String()
	}
	return text + d.cut
}

// Quantile returns the value below which the given per cent of all values lie, for per cents
// between 0 and 100; false where there is none, as at the ends of a normal distribution.
func (d Distribution) Quantile(percent quantity.Number, digits int) (quantity.Number, bool) {
	return elementary.Number(d.quantile(elementary.Float(percent)/100), digits)
}
