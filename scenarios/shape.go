package scenarios

import "carbonledger/quantity"

// Shape is the way a level goes from where it is to where a row leads it.
type Shape string

// The shapes. With n years between the first and the last year of a row and a of them gone by, the
// part of the way covered is
//
//	step     nothing before the last year, then all:   0 for a < n, 1 for a = n
//	linear   the same stretch every year:              a/n
//	s-curve  slow, fast, slow (the cubic smoothstep):  3(a/n)^2 - 2(a/n)^3 = a^2(3n - 2a)/n^3
//
// In the first year nothing is covered, in the last year and after it everything. A row of a single
// year is a step: all is covered in that year.
const (
	Step   Shape = "step"
	Linear Shape = "linear"
	SCurve Shape = "s-curve"
)

// Shapes returns the shapes in the order of the document.
func Shapes() []string { return []string{string(Step), string(Linear), string(SCurve)} }

// Covered returns the part of the way from first to last that is covered in a year, exactly.
func (s Shape) Covered(first, last, year int) quantity.Ratio {
	a, n := int64(year-first), int64(last-first)
	switch {
	case year >= last:
		return quantity.Whole(quantity.Int(1))
	case year <= first || s == Step:
		return quantity.Whole(quantity.Int(0))
	case s == SCurve:
		return quantity.RatioOf(quantity.Int(a*a*(3*n-2*a)), quantity.Int(n*n*n))
	}
	return quantity.RatioOf(quantity.Int(a), quantity.Int(n))
}
