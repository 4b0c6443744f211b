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
	// sectors are those the lever works on; none means every sector there is.
	sectors []string
	// commodities and targets say what the columns commodity and to take.
	commodities, targets kind
	// bounds hold for each unit the lever knows how large a value may be.
	bounds map[string]bound
	// costs says that the lever tells how much of a measure there is, so that it can have a cost.
	costs bool
}

// kind is what a commodity column takes: an id, which may be optional, be all, or be one of a list.
type kind struct {
	takes, optional, all bool
	among                []string
}

var (
	nothing   = kind{}
	one       = kind{takes: true}
	oneOrAll  = kind{takes: true, all: true}
	powerOnly = kind{takes: true, among: []string{electricity}}
)

// maybe is a kind whose cell may be empty, of the ids given.
func maybe(ids ...string) kind { return kind{takes: true, optional: true, among: ids} }

// electricity is the id of the commodity the grid delivers.
const electricity = scenarios.Electricity

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
	// What is demolished or retrofitted in a year is a part of all there is.
	yearly    = bound{"0 … 100", share.holds}
	wholeLife = bound{"1 … 50", func(n quantity.Number) bool {
		whole := n.Round(quantity.Rounding{}).Equal(n)
		return whole && n.Sign() > 0 && n.Cmp(quantity.Int(50)) <= 0
	}}
	anything    = bound{"any", func(quantity.Number) bool { return true }}
	positive    = bound{"> 0", func(n quantity.Number) bool { return n.Sign() > 0 }}
	notNegative = bound{"≥ 0", func(n quantity.Number) bool { return n.Sign() >= 0 }}
)

// formID is how the commodity catalogue spells its ids.
var formID = regexp.MustCompile(`^[a-z][a-z0-9-]*$`)

// check compares a row with the form. Empty sector and unit cells have their fault already.
func (f form) check(row scenarios.Row) []table.Fault {
	var faults []table.Fault
	if row.Sector != "" && !f.works(row.Sector) {
		faults = append(faults, row.Fault("sector", "scenario.sector", row.Lever, f.sectorWords()))
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
	if !row.Cost.IsZero() && !f.costs {
		faults = append(faults, row.Fault(costColumn(row), "scenario.cost", row.Lever))
	}
	return faults
}

func costColumn(row scenarios.Row) string {
	if row.Cost.Invest.IsZero() {
		return "run"
	}
	return "invest"
}

// works says whether the lever works on a sector.
func (f form) works(sector string) bool {
	if f.sectors == nil {
		return scenarios.IsSector(sector)
	}
	return slices.Contains(f.sectors, sector)
}

func (f form) sectorWords() string {
	if f.sectors == nil {
		return strings.Join(scenarios.SectorNames(), ", ") + ", c, c37"
	}
	return strings.Join(f.sectors, ", ")
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
	case cell == "" && (!k.takes || k.optional):
		return nil
	case !k.takes:
		fault = row.Fault(field, "scenario.surplus", row.Lever)
	case cell == "":
		fault = row.Fault(field, "cell.missing")
	case len(k.among) > 0 && !slices.Contains(k.among, cell):
		fault = row.Fault(field, "scenario.commodity", row.Lever, strings.Join(k.among, ", "))
	case cell == scenarios.All && !k.all, !formID.MatchString(cell):
		examples := "raw-coal, electricity"
		if k.all {
			examples += ", " + scenarios.All
		}
		fault = row.Fault(field, "scenario.commodity", row.Lever, examples)
	default:
		return nil
	}
	return []table.Fault{fault}
}
