package levers

import (
	"regexp"
	"slices"
	"strings"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// form is what a row of a lever must look like.
type form struct {
	sectors []string
	// commodities and targets say what the columns commodity and to take.
	commodities, targets kind
	// bounds hold for each unit the lever knows how large a value may be.
	bounds map[string]bound
}

// kind is what a commodity column takes.
type kind uint8

const (
	nothing kind = iota
	one
	oneOrAll
	electricityOnly
)

// electricity is the id of the commodity the grid delivers.
const electricity = "electricity"

// bound is the smallest and the largest value a unit may come with.
type bound struct {
	words string
	holds func(quantity.Number) bool
}

var (
	// A change by -100 % or less leaves nothing that could change further.
	aboveMinusHundred = bound{"> -100", func(n quantity.Number) bool {
		return n.Cmp(quantity.Int(-100)) > 0
	}}
	share = bound{"0 … 100", func(n quantity.Number) bool {
		return n.Sign() >= 0 && n.Cmp(quantity.Int(100)) <= 0
	}}
	positive    = bound{"> 0", func(n quantity.Number) bool { return n.Sign() > 0 }}
	notNegative = bound{"≥ 0", func(n quantity.Number) bool { return n.Sign() >= 0 }}
)

// formID is how the commodity catalogue spells its ids.
var formID = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// check compares a row with the form. Empty sector and unit cells have their fault already.
func (f form) check(row scenarios.Row) []table.Fault {
	var faults []table.Fault
	if row.Sector != "" && !slices.Contains(f.sectors, row.Sector) {
		faults = append(faults, row.Fault("sector", "scenario.sector",
			row.Lever, strings.Join(f.sectors, ", ")))
	}
	faults = append(faults, f.commodities.check(row, "commodity", row.Commodity)...)
	faults = append(faults, f.targets.check(row, "to", row.To)...)
	if row.To != "" && row.To == row.Commodity {
		faults = append(faults, row.Fault("to", "scenario.same"))
	}
	switch bound, ok := f.bounds[row.Unit]; {
	case !ok:
		faults = append(faults, row.Fault("unit", "scenario.unit", row.Lever, f.units()))
	case !bound.holds(row.Value):
		faults = append(faults, row.Fault("value", "scenario.value", row.Lever, bound.words))
	}
	return faults
}

func (f form) units() string {
	var units []string
	for unit := range f.bounds {
		units = append(units, unit)
	}
	slices.Sort(units)
	return strings.Join(units, ", ")
}

// check looks at one of the two commodity columns.
func (k kind) check(row scenarios.Row, field, cell string) []table.Fault {
	var fault table.Fault
	switch {
	case k == nothing && cell == "":
		return nil
	case k == nothing:
		fault = row.Fault(field, "scenario.surplus", row.Lever)
	case cell == "":
		fault = row.Fault(field, "cell.missing")
	case k == electricityOnly && cell != electricity:
		fault = row.Fault(field, "scenario.commodity", row.Lever, electricity)
	case k == one && cell == scenarios.All, !formID.MatchString(cell):
		examples := "raw-coal, electricity"
		if k == oneOrAll {
			examples += ", " + scenarios.All
		}
		fault = row.Fault(field, "scenario.commodity", row.Lever, examples)
	default:
		return nil
	}
	return []table.Fault{fault}
}
