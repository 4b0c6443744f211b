package scenarios

import (
	"slices"
	"strings"

	"carbonledger/quantity"
	"carbonledger/table"
)

// Spread says how sure a value is: an interval, the distribution over it, and the group of rows
// that move together. It changes no pathway; sampling reads it.
type Spread struct {
	Low, High    quantity.Number
	Distribution string
	Group        string
}

// IsZero says whether the row states no spread.
func (s Spread) IsZero() bool { return s.Distribution == "" }

// Distributions returns the words of the column. For normal and lognormal, low and high are the
// ends of the 95 % interval; for the others, they are the lowest and the highest value.
func Distributions() []string {
	return []string{"normal", "lognormal", "triangular", "uniform", "pert"}
}

// readSpread reads the columns low, high, distribution and group.
func (r *Row) readSpread(from record) (faults []table.Fault) {
	r.Spread.Group = words(from.Group)
	if from.Low+from.High+from.Distribution == "" {
		return nil
	}
	for _, column := range []struct {
		field, cell string
		into        *quantity.Number
	}{{"low", from.Low, &r.Spread.Low}, {"high", from.High, &r.Spread.High}} {
		if column.cell == "" {
			faults = append(faults, r.Fault(column.field, "cell.missing"))
			continue
		}
		if fault := r.readNumber(column.field, column.cell, column.into); fault != nil {
			fault.Cell = column.cell
			faults = append(faults, *fault)
		}
	}
	r.Spread.Distribution = table.Key(from.Distribution)
	if !slices.Contains(Distributions(), r.Spread.Distribution) {
		fault := r.Fault("distribution", "scenario.distribution",
			strings.Join(Distributions(), ", "))
		fault.Cell = from.Distribution
		faults = append(faults, fault)
	}
	if len(faults) > 0 {
		return faults
	}
	low, high := r.Spread.Low, r.Spread.High
	inside := low.Cmp(r.Value) <= 0 && r.Value.Cmp(high) <= 0 && low.Cmp(high) < 0
	if !inside || r.Spread.Distribution == "lognormal" && low.Sign() <= 0 {
		return []table.Fault{r.Fault("low", "scenario.spread", r.Value.String(), high.String())}
	}
	return nil
}

func (s Spread) print(into *record) {
	into.Group = s.Group
	if s.Distribution == "" {
		return
	}
	into.Low, into.High, into.Distribution = s.Low.String(), s.High.String(), s.Distribution
}
