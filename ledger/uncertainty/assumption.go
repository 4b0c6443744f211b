package uncertainty

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/quantity"
)

// ErrAssumption is returned for an assumption that cannot be read.
var ErrAssumption = errors.New("not an assumption about uncertainty")

// The names of assumptions that are no id, class or commodity.
const (
	everything = "all"
	estimates  = "estimated"
)

// Assumption says how far amounts of a kind may lie from the truth, or factors whose source states
// no bounds. The book does not know: whoever asks says so, and the answer repeats it.
type Assumption struct {
	// Name is an id of the list of the program, a commodity, a class, all, or estimated; of factors
	// it is a set, or SET:ID.
	Name string
	// Minus and Plus are half-widths in percent of the amount or factor.
	Minus, Plus quantity.Number
	// Listed is the row of the list, where the name is its id.
	Listed *factors.ActivityBounds

	class       quantity.Class
	commodities []string
	estimated   bool
	// set and id are of an assumption about factors; without id it holds for the whole set.
	set, id string
}

// ParseAssumption reads NAME=PERCENT, NAME=MINUS/PLUS, or the id of a row of the list alone.
func ParseAssumption(text string, catalogue factors.Catalogue, list []factors.ActivityBounds) (
	Assumption, error) {
	name, percent, given := strings.Cut(text, "=")
	a := Assumption{Name: name}
	if !a.names(catalogue, list) {
		return a, fmt.Errorf("%w: %q is no row of factors/activity-uncertainty.csv, no commodity, "+
			"no class, and neither all nor estimated", ErrAssumption, name)
	}
	if !given && a.Listed == nil {
		return a, fmt.Errorf("%w: %q needs a percentage, as in %s=5 or %s=5/10", ErrAssumption,
			text, name, name)
	}
	if !given {
		return a, nil
	}
	return a, a.read(text, percent)
}

// ParseFactorAssumption reads SET=PERCENT, SET:ID=PERCENT, or either with MINUS/PLUS. It is used
// where the set itself states no bounds.
func ParseFactorAssumption(text string, library *factors.Library) (Assumption, error) {
	name, percent, _ := strings.Cut(text, "=")
	a := Assumption{Name: name}
	a.set, a.id, _ = strings.Cut(name, ":")
	set, known := library.Set(a.set)
	known = known && (a.id == "" || slices.ContainsFunc(set.Factors,
		func(f factors.Factor) bool { return f.ID == a.id }))
	if !known {
		return a, fmt.Errorf("%w: %q is neither SET nor SET:ID of a factor; carbonledger factors "+
			"list shows them", ErrAssumption, name)
	}
	return a, a.read(text, percent)
}

// read sets the half-widths.
func (a *Assumption) read(text, percent string) error {
	minus, plus, two := strings.Cut(percent, "/")
	if !two {
		plus = minus
	}
	var err error
	if a.Minus, err = factors.ParsePercent(minus); err == nil {
		a.Plus, err = factors.ParsePercent(plus)
	}
	if err != nil {
		return fmt.Errorf("%w: %q: %w", ErrAssumption, text, err)
	}
	return nil
}

// names finds what the assumption is about.
func (a *Assumption) names(catalogue factors.Catalogue, list []factors.ActivityBounds) bool {
	for _, row := range list {
		if row.ID == a.Name {
			a.Listed, a.Minus, a.Plus = &row, row.Minus, row.Plus
			a.class, a.commodities = row.Class, row.Commodities
			return true
		}
	}
	class := quantity.Class(a.Name)
	switch commodity, known := catalogue.Find(a.Name); {
	case a.Name == everything:
	case a.Name == estimates:
		a.estimated = true
	case known:
		a.commodities = []string{commodity.ID}
	case slices.Contains(quantity.Classes, class):
		a.class = class
	default:
		return false
	}
	return true
}

// rank tells how closely an assumption fits an amount, 0 where it does not: all, its class, its
// commodity. An estimate is no figure that somebody read, so only what is said of estimates fits.
func (a Assumption) rank(f ledger.Flow, class quantity.Class) int {
	switch {
	case a.set != "":
		return 0
	case a.estimated != (f.Absence == ledger.Estimated):
		return 0
	case len(a.commodities) > 0:
		if slices.Contains(a.commodities, f.Commodity) {
			return 3
		}
		return 0
	case a.class == class:
		return 2
	case a.class == "":
		return 1
	}
	return 0
}

// span is the assumption as shares of the amount.
func (a Assumption) span() Span {
	hundredth, _ := quantity.RatioOf(quantity.Int(1), quantity.Int(100)).Exact()
	return Span{Minus: a.Minus.Mul(hundredth), Plus: a.Plus.Mul(hundredth)}
}

// spanFor returns the span of an amount: of the closest assumption, the last of those equally
// close.
func spanFor(f ledger.Flow, class quantity.Class, assumptions []Assumption) (Span, bool) {
	var best Assumption
	closest := 0
	for _, a := range assumptions {
		if rank := a.rank(f, class); rank > 0 && rank >= closest {
			best, closest = a, rank
		}
	}
	return best.span(), closest > 0
}

// spanForFactor returns the span of a factor: as its set states it, or else as somebody assumed,
// for the factor itself before its set, and the last of those equally close.
func spanForFactor(f factors.Factor, assumptions []Assumption) (Span, bool) {
	if span, ok := spanOf(f); ok {
		return span, true
	}
	var best Assumption
	for _, a := range assumptions {
		if a.set == f.Set && (a.id == f.ID || a.id == "" && best.id == "") {
			best = a
		}
	}
	return best.span(), best.set != ""
}
