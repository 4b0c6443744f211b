package factors

import (
	"errors"
	"fmt"
	"strings"

	"carbonledger/quantity"
)

// ErrInfinite is returned for a factor that has no finite decimal in book units and whose set
// records no rounding.
var ErrInfinite = errors.New("the factor has no finite value in book units")

// Status says how well a factor is supported.
type Status string

// A value was seen in a stored copy of its source, computed from seen ones, is unconfirmed
// (recalled, shipped only where nothing better exists), or is the user's own.
const (
	Seen        Status = "seen"
	Computed    Status = "computed"
	Unconfirmed Status = "unconfirmed"
	Own         Status = "own"
)

// Part is one of the measured or agreed values a composite factor is the product of.
type Part struct {
	Name string
	// Text is the part as published: 389.31 GJ/万Nm3, 99 %, 44/12.
	Text string
}

// Factor turns an amount of From into an amount of To.
type Factor struct {
	ID, Set  string
	From, To quantity.Commodity
	// Value counts book units of To per book unit of From. It is exact, but for a composite factor
	// whose quotient does not end: that one is rounded once, as the set's source.md records.
	Value quantity.Number
	// Printed is the value in the units of its source, PerUnit and ToUnit those units.
	Printed, PerUnit, ToUnit string
	Area                     string
	// Valid is the time the factor holds for; days 0 and beyond the calendar stand for open ends.
	Valid quantity.Period
	// Published is the day of publication as the set writes it.
	Published string
	// Basis is net or gross where the factor counts energy of a fuel, GWP the set of warming
	// potentials a factor to CO2e was made with; both are empty where the source says nothing.
	Basis, GWP         string
	Lower, Upper       string
	Distribution       string
	Parts              []Part
	Source, Page, Note string
	Status             Status
	// Evidence and Approver are of a user's own factor: the report it was read from and who
	// answers for it.
	Evidence, Approver string
	Line               int
	// known is the day from which the factor can have been known, 0 where nobody says.
	known quantity.Day
}

// Apply converts an amount of f.From, exactly: the result has as many decimals as the amount and
// the factor together.
//
//	amount(To) = amount(From) x value
func (f Factor) Apply(a quantity.Number) quantity.Number { return a.Mul(f.Value) }

// openFirst and openEnd stand for validity without beginning or end: 0001-01-01 and 9999-12-31.
var (
	openFirst = quantity.DayOf(1, 1, 1)
	openEnd   = quantity.DayOf(9999, 12, 31)
)

// ValidText prints the validity, leaving open ends empty: 2022-01-01/2023-01-01.
func (f Factor) ValidText() string {
	first, end := "", ""
	if f.Valid.First != openFirst {
		first = f.Valid.First.String()
	}
	if f.Valid.End != openEnd {
		end = f.Valid.End.String()
	}
	if first == "" && end == "" {
		return ""
	}
	return first + "/" + end
}

// formula multiplies the parts of a composite factor and keeps track of their units.
type formula struct {
	value quantity.Ratio
	units []quantity.Unit // numerators
	per   []quantity.Unit // denominators
}

// parseParts reads `name=value unit;...`: a value is a decimal, a percentage or a ratio of whole
// numbers, a unit is empty, % or u/v.
func parseParts(text string) ([]Part, formula, error) {
	product := formula{value: quantity.Whole(quantity.Int(1))}
	var parts []Part
	for _, item := range strings.Split(text, ";") {
		name, rest, ok := strings.Cut(strings.TrimSpace(item), "=")
		if !ok {
			return nil, formula{}, fmt.Errorf("part %q is not name=value", item)
		}
		value, unit, _ := strings.Cut(strings.TrimSpace(rest), " ")
		if err := product.multiply(value, strings.TrimSpace(unit)); err != nil {
			return nil, formula{}, fmt.Errorf("part %s: %w", name, err)
		}
		parts = append(parts, Part{Name: name, Text: strings.TrimSpace(rest)})
	}
	return parts, product, nil
}

func (f *formula) multiply(value, unit string) error {
	numerator, denominator, isRatio := strings.Cut(value, "/")
	if !isRatio {
		denominator = "1"
	}
	n, err := quantity.ParseNumber(numerator)
	if err != nil {
		return err
	}
	d, err := quantity.ParseNumber(denominator)
	if err != nil {
		return err
	}
	if unit == "%" {
		d, unit = d.Mul(quantity.Int(100)), ""
	}
	if d.IsZero() {
		return fmt.Errorf("%w: %s", quantity.ErrNumber, value)
	}
	f.value = f.value.Mul(quantity.RatioOf(n, d))
	if unit == "" {
		return nil
	}
	above, below, _ := strings.Cut(unit, "/")
	up, err := partUnit(above)
	if err != nil {
		return err
	}
	down, err := partUnit(below)
	if err != nil {
		return err
	}
	f.units, f.per = append(f.units, up), append(f.per, down)
	return nil
}

// partUnit reads a unit of a part; tC and kgC are masses of carbon, which 44/12 turns into CO2.
func partUnit(text string) (quantity.Unit, error) {
	unit, err := quantity.ParseUnit(text)
	if err != nil && strings.HasSuffix(text, "C") {
		return quantity.ParseUnit(strings.TrimSuffix(text, "C"))
	}
	return unit, err
}

// in returns the product counted in to per per: every other unit must cancel in its dimension.
func (f formula) in(to, per quantity.Unit) (quantity.Ratio, error) {
	value := f.value
	above := append(append([]quantity.Unit{}, f.units...), per)
	below := append(append([]quantity.Unit{}, f.per...), to)
	for _, unit := range above {
		at := -1
		for i, candidate := range below {
			if candidate.Dimension == unit.Dimension && !candidate.IsZero() {
				at = i
				break
			}
		}
		if at < 0 {
			return quantity.Ratio{}, fmt.Errorf("the %s of the parts does not cancel", unit.Symbol)
		}
		ratio, _ := unit.Per(below[at])
		value, below[at] = value.Mul(ratio), quantity.Unit{}
	}
	for _, unit := range below {
		if !unit.IsZero() {
			return quantity.Ratio{}, fmt.Errorf("the %s of the parts does not cancel", unit.Symbol)
		}
	}
	return value, nil
}
