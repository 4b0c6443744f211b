package elementary

import "math"

const (
	// rootTwoPi is the square root of 2 pi.
	rootTwoPi = 2.50662827463100050241576528481104525
	// tailFrom is where the continued fraction takes over: below it 60 steps are too few, and above
	// it the series loses digits to cancellation.
	tailFrom  = 2.5
	tailSteps = 60
)

// NormalDensity returns the density of the standard normal distribution.
func NormalDensity(z float64) float64 { return Exp(float64(-z*z)/2) / rootTwoPi }

// NormalBelow returns the chance that a standard normal variable lies below z.
func NormalBelow(z float64) float64 { return NormalAbove(-z) }

// NormalAbove returns the chance that a standard normal variable lies above z, good to 13 digits,
// and to 12 where it is below 1e-100. With d the density,
//
//	|z| < 2.5:  1/2 - d (z + z^3/3 + z^5/(3x5) + ...)
//	z >= 2.5:   d / (z + 1/(z + 2/(z + 3/(z + ...))))
//
// Sources: Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.11 and 26.2.14.
func NormalAbove(z float64) float64 {
	switch {
	case z != z:
		return z
	case z <= -tailFrom:
		return 1 - NormalAbove(-z)
	case z < tailFrom:
		return 0.5 - float64(NormalDensity(z)*normalSeries(z))
	case z > 39:
		return 0 // below the smallest float64
	}
	fraction := z
	for step := tailSteps; step > 0; step-- {
		fraction = z + float64(step)/fraction
	}
	return NormalDensity(z) / fraction
}

// normalSeries returns z + z^3/3 + z^5/(3x5) + ... until a term no longer counts.
func normalSeries(z float64) float64 {
	sum, term, w := z, z, float64(z*z)
	for odd := 3.0; ; odd += 2 {
		term = float64(term * w / odd)
		if sum+term == sum {
			return sum
		}
		sum += term
	}
}

// NormalQuantile returns the z below which a standard normal variable lies with the chance p. It is
// algorithm AS 241, PPND16: M. J. Wichura, The percentage points of the normal distribution,
// Applied Statistics 37 (1988) 477-484, good to about 1 part in 10^16. The middle and the two parts
// of the tail have a quotient of polynomials each; the numbers are those of the paper.
func NormalQuantile(p float64) float64 {
	switch {
	case !(p >= 0 && p <= 1):
		return math.NaN()
	case p == 0:
		return math.Inf(-1)
	case p == 1:
		return math.Inf(1)
	}
	q := p - 0.5
	if math.Abs(q) <= 0.425 {
		r := 0.180625 - float64(q*q)
		return float64(q * horner(r, wichuraA[:]) / horner(r, wichuraB[:]))
	}
	tail := p
	if q > 0 {
		tail = 1 - p
	}
	r := math.Sqrt(-Log(tail))
	z := 0.0
	if r <= 5 {
		z = horner(r-1.6, wichuraC[:]) / horner(r-1.6, wichuraD[:])
	} else {
		z = horner(r-5, wichuraE[:]) / horner(r-5, wichuraF[:])
	}
	if q < 0 {
		return -z
	}
	return z
}

var (
	wichuraA = [8]float64{3.3871328727963666080, 1.3314166789178437745e2, 1.9715909503065514427e3,
		1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4,
		3.3430575583588128105e4, 2.5090809287301226727e3}
	wichuraB = [8]float64{1, 4.2313330701600911252e1, 6.8718700749205790830e2,
		5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4,
		2.8729085735721942674e4, 5.2264952788528545610e3}
	wichuraC = [8]float64{1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550,
		3.64784832476320460504, 1.27045825245236838258, 2.41780725177450611770e-1,
		2.27238449892691845833e-2, 7.74545014278341407640e-4}
	wichuraD = [8]float64{1, 2.05319162663775882187, 1.67638483018380384940,
		6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2,
		5.47593808499534494600e-4, 1.05075007164441684324e-9}
	wichuraE = [8]float64{6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580,
		2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
		2.71155556874348757815e-5, 2.01033439929228813265e-7}
	wichuraF = [8]float64{1, 5.99832206555887937690e-1, 1.36929880922735805310e-1,
		1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5,
		1.42151175831644588870e-7, 2.04426310338993978564e-15}
)
