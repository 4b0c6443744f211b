package inventory

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"carbonledger/quantity"
)

// Errors of references.
var (
	// ErrRef: the text is not a reference to a figure.
	ErrRef = errors.New("not a reference to a figure")
	// ErrQuotient: a quotient is explained by the two figures it is made of.
	ErrQuotient = errors.New("a quotient is explained by its two figures")
)

// Ref names one figure, so that it can be asked for again: what, when, under which policy, at which
// position of the book, and with which values of its dimensions.
type Ref struct {
	Measure Measure
	// Per is the commodity the figure is divided by, empty where it is no intensity.
	Per      string
	Period   quantity.Period
	Policy   string
	Position int
	Where    map[Dimension]string
}

// The marks of a reference are written out where they stand inside a measure, policy or value; a
// value may hold colons as it is.
var (
	writeMarks = strings.NewReplacer("%", "%25", ":", "%3A", "/", "%2F")
	writeValue = strings.NewReplacer("%", "%25", ",", "%2C")
	readMarks  = strings.NewReplacer("%25", "%", "%3A", ":", "%2F", "/", "%2C", ",")
)

// String prints the reference: co2e:2022:cn-statistics:7:commodity=electricity,scope=2, and of an
// intensity energy/gdp:2022:cn-statistics:7:area=360104.
func (r Ref) String() string {
	measure := writeMarks.Replace(string(r.Measure))
	if r.Per != "" {
		measure += "/" + writeMarks.Replace(r.Per)
	}
	parts := []string{measure, r.Period.String(), writeMarks.Replace(r.Policy),
		strconv.Itoa(r.Position)}
	var where []string
	for dimension, value := range r.Where {
		where = append(where, string(dimension)+"="+writeValue.Replace(value))
	}
	slices.Sort(where)
	if len(where) > 0 {
		parts = append(parts, strings.Join(where, ","))
	}
	return strings.Join(parts, ":")
}

// WrittenValue is the value of a dimension as a reference writes it.
func WrittenValue(value string) string { return writeValue.Replace(value) }

// ParseRef reads what String printed, or returns ErrRef.
func ParseRef(text string) (Ref, error) {
	parts := strings.SplitN(text, ":", 5)
	if len(parts) < 4 {
		return Ref{}, fmt.Errorf(
			"%w: %q; it reads measure:period:policy:position:dimension=value",
			ErrRef,
			text,
		)
	}
	period, err := quantity.ParsePeriod(parts[1])
	if err != nil {
		return Ref{}, fmt.Errorf("%w: %w", ErrRef, err)
	}
	position, err := strconv.Atoi(parts[3])
	if err != nil || position < 0 {
		return Ref{}, fmt.Errorf("%w: position %q", ErrRef, parts[3])
	}
	measure, per, divided := strings.Cut(parts[0], "/")
	if divided && per == "" {
		return Ref{}, fmt.Errorf("%w: %q is divided by nothing", ErrRef, parts[0])
	}
	ref := Ref{Measure(readMarks.Replace(measure)), readMarks.Replace(per), period,
		readMarks.Replace(parts[2]), position, map[Dimension]string{}}
	if len(parts) == 5 {
		if ref.Where, err = ParseWhere(parts[4]); err != nil {
			return Ref{}, err
		}
	}
	return ref, nil
}

// ParseWhere reads scope=2,commodity=electricity.
func ParseWhere(text string) (map[Dimension]string, error) {
	where := map[Dimension]string{}
	for _, part := range strings.Split(text, ",") {
		if part == "" {
			continue
		}
		name, value, ok := strings.Cut(part, "=")
		dimension, err := ParseDimension(name)
		if err != nil || !ok {
			return nil, fmt.Errorf("%w: %q is not dimension=value", ErrDimension, part)
		}
		if _, twice := where[dimension]; twice {
			return nil, fmt.Errorf("%w: %s is given twice; ask once for each value",
				ErrDimension, dimension)
		}
		where[dimension] = readMarks.Replace(value)
	}
	return where, nil
}

// Ref returns the reference of a figure of the inventory.
func (v Inventory) Ref(row Row, measure int) Ref {
	where := map[Dimension]string{}
	for dimension, value := range v.Query.Where {
		where[dimension] = value
	}
	for i, dimension := range v.Query.By {
		where[dimension] = row.Key[i]
		if dimension == Area {
			where[dimension] = exactly + row.Key[i]
		}
	}
	return Ref{Measure: v.Query.Measures[measure], Period: v.Query.Period, Policy: v.Pins.Policy,
		Position: v.Pins.Position, Where: where}
}

// RefParts takes the references of a measure apart: what they have in common, and between these
// parts the dimensions whose written values stand there, by their places in the query.
func (v Inventory) RefParts(measure int) (common []string, dimensions []int) {
	// Values that no reference writes otherwise than they are, and that are told apart.
	model := Row{Key: make([]string, len(v.Query.By))}
	for i := range model.Key {
		model.Key[i] = "\x00" + strconv.Itoa(i) + "\x00"
	}
	for i, text := range strings.Split(v.Ref(model, measure).String(), "\x00") {
		if i%2 == 0 {
			common = append(common, text)
			continue
		}
		at, _ := strconv.Atoi(text)
		dimensions = append(dimensions, at)
	}
	return common, dimensions
}

// Ref returns the reference of the intensity.
func (i Intensity) Ref() Ref {
	where := map[Dimension]string{}
	for dimension, value := range i.Where {
		where[dimension] = value
	}
	return Ref{i.Measure, i.Per.ID, i.Period, i.Pins.Policy, i.Pins.Position, where}
}

// numerator and denominator are the figures of an intensity, each for itself.
func (r Ref) numerator() Ref {
	r.Per = ""
	return r
}

func (r Ref) denominator() Ref {
	where := map[Dimension]string{}
	if area, ok := r.Where[Area]; ok {
		where[Area] = area
	}
	return Ref{Measure: Measure(r.Per), Period: r.Period, Policy: r.Policy, Position: r.Position,
		Where: where}
}
