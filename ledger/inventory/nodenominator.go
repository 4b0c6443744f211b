package inventory

import (
	"fmt"
	"strings"

	"carbonledger/quantity"
)

// NoDenominator says why a figure has nothing to be divided by. It is an ErrDenominator.
type NoDenominator struct {
	Why DenominatorWhy
	// Asked is what was to divide, as it was asked for; Commodity is it where it is one.
	Asked     string
	Commodity quantity.Commodity
	// Area is empty where any area would have done.
	Area   string
	Period quantity.Period
	// Areas are those that report it, or for Apart the one the figures are of.
	Areas []string
}

// DenominatorWhy is what is wrong with a denominator.
type DenominatorWhy string

// The reasons there are.
const (
	NotReported DenominatorWhy = "not-reported" // the book has none for that area and period
	NotDividing DenominatorWhy = "not-dividing" // the commodity divides nothing
	Apart       DenominatorWhy = "apart"        // the figures are of another area
	Several     DenominatorWhy = "several"      // several areas report it
)

// Error says it with what was asked for.
func (e *NoDenominator) Error() string {
	areas := strings.Join(e.Areas, ", ")
	switch e.Why {
	case NotDividing:
		return fmt.Sprintf("%v: %q is none of gdp, value-added, population, land-area, "+
			"floor-area, output:ID", ErrDenominator, e.Asked)
	case Apart:
		return fmt.Sprintf("%v: the figures of %s are not divided by %s of %s", ErrDenominator,
			areas, e.Asked, e.Area)
	case Several:
		return fmt.Sprintf("%v: %s report %s; name one with --area", ErrDenominator, areas, e.Asked)
	}
	area := e.Area
	if area == "" {
		area = "any area"
	}
	return fmt.Sprintf("%v: %s of %s for %s; import it with the economy dialect", ErrDenominator,
		e.Asked, area, e.Period)
}

// Unwrap makes errors.Is(err, ErrDenominator) true.
func (e *NoDenominator) Unwrap() error { return ErrDenominator }
