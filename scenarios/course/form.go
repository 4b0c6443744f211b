package course

import (
	"slices"
	"strings"

	"carbonledger/pattern"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// Form is what a row of a lever must look like.
type Form struct {
	// Sectors are those the lever works on; none means every sector there is.
	Sectors []string
	// Commodities and Targets say what the columns commodity and to take.
	Commodities, Targets Kind
	// Bounds hold for each unit the lever knows how large a value may be.
	Bounds Bounds
	// Costs says that the lever tells how much of a measure there is, so that it can have a cost.
	Costs bool
}

// Kind is what a commodity column takes: an id, which may be optional, be all, or be one of a list.
type Kind struct {
	Takes, Optional, All bool
	Among                []string
}

// The kinds most levers take.
var (
	Nothing   = Kind{}
	One       = Kind{Takes: true}
	OneOrAll  = Kind{Takes: true, All: true}
	PowerOnly = Kind{Takes: true, Among: []string{Electricity}}
)

// Maybe is a kind whose cell may be empty, of the ids given.
func Maybe(ids ...string) Kind { return Kind{Takes: true, Optional: true, Among: ids} }

// Electricity is the id of the commodity the grid delivers.
const Electricity = scenarios.Electricity

// Bounds hold, for each unit, how large a value may be.
type Bounds map[string]Bound

// Bound is the smallest and the largest value a unit may come with.
type Bound struct {
	Words string
	Holds func(quantity.Number) bool
}

// The bounds most units come with.
var (
	// A change by -100 % or less leaves nothing that could change further.
	AboveMinusHundred = Bound{"> -100", func(n quantity.Number) bool {
		return n.Cmp(quantity.Int(-100)) > 0
	}}
	// Nothing in a plan more than doubles every year: 1000 where 10.00 was meant turns a district
	// into a continent.
	Rate = Bound{"> -100 … 100", func(n quantity.Number) bool {
		return AboveMinusHundred.Holds(n) && n.Cmp(quantity.Int(100)) <= 0
	}}
	Share = Bound{"0 … 100", func(n quantity.Number) bool {
		return n.Sign() >= 0 && n.Cmp(quantity.Int(100)) <= 0
	}}
	// What is demolished or retrofitted in a year is a part of all there is.
	Yearly    = Bound{"0 … 100", Share.Holds}
	WholeLife = Bound{"1 … 50", func(n quantity.Number) bool {
		whole := n.Round(quantity.Rounding{}).Equal(n)
		return whole && n.Sign() > 0 && n.Cmp(quantity.Int(50)) <= 0
	}}
	Positive    = Bound{"> 0", func(n quantity.Number) bool { return n.Sign() > 0 }}
	NotNegative = Bound{"≥ 0", func(n quantity.Number) bool { return n.Sign() >= 0 }}
)

// formID is how the commodity catalogue spells its ids.
var formID = pattern.Of(`^[a-z][a-z0-9-]*$`)

// Check compares a row with the form. Empty sector and unit cells have their fault already.
func (f Form) Check(row scenarios.Row) []table.Fault {
	var faults []table.Fault
	if row.Sector != "" && !f.works(row.Sector) {
		faults = append(faults, row.Fault("sector", "scenario.sector", row.Lever, f.sectorWords()))
	}
	faults = append(faults, f.Commodities.Check(row, "commodity", row.Commodity)...)
	faults = append(faults, f.Targets.Check(row, "to", row.To)...)
	if row.To != "" && row.To == row.Commodity {
		faults = append(faults, row.Fault("to", "scenario.same"))
	}
	switch bound, ok := f.Bounds[row.Unit]; {
	case !ok:
		faults = append(faults, row.Fault("unit", "scenario.unit", row.Lever, f.units()))
	case !bound.Holds(row.Value):
		faults = append(faults, row.Fault("value", "scenario.value", row.Lever, bound.Words))
	}
	if !row.Cost.IsZero() && !f.Costs {
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
func (f Form) works(sector string) bool {
	if f.Sectors == nil {
		return scenarios.IsSector(sector)
	}
	return slices.Contains(f.Sectors, sector)
}

func (f Form) sectorWords() string {
	if f.Sectors == nil {
		return strings.Join(scenarios.SectorNames(), ", ") + ", c, c37"
	}
	return strings.Join(f.Sectors, ", ")
}

func (f Form) units() string {
	var units []string
	for unit := range f.Bounds {
		units = append(units, unit)
	}
	slices.Sort(units)
	return strings.Join(units, ", ")
}

// Check looks at one of the two commodity columns.
func (k Kind) Check(row scenarios.Row, field, cell string) []table.Fault {
	var fault table.Fault
	switch {
	case cell == "" && (!k.Takes || k.Optional):
		return nil
	case !k.Takes:
		fault = row.Fault(field, "scenario.surplus", row.Lever)
	case cell == "":
		fault = row.Fault(field, "cell.missing")
	case len(k.Among) > 0 && !slices.Contains(k.Among, cell):
		fault = row.Fault(field, "scenario.commodity", row.Lever, strings.Join(k.Among, ", "))
	case cell == scenarios.All && !k.All, !formID().MatchString(cell):
		examples := "raw-coal, electricity"
		if k.All {
			examples += ", " + scenarios.All
		}
		fault = row.Fault(field, "scenario.commodity", row.Lever, examples)
	default:
		return nil
	}
	return []table.Fault{fault}
}
