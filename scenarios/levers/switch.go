package levers

import (
	"slices"
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/table"
)

// Switch replaces a share of the use of one commodity by another, at equal standard coal times the
// switch ratio.
//
//	share of the year = from + (value - from) x part of the way covered, from 0 at the beginning
//	taken             = energy x share / 100
//	gained            = taken x ratio
//	quantity gained   = gained / energy per unit of the target
//	CO2 gained        = quantity gained x CO2 per unit of the target
//
// The use is the one that growth, structure and efficiency leave. All switches of a sector draw on
// it alike, so they cannot take more than 100 % together, and what a switch brings is not switched
// on. For one commodity and target the rows of the nearest sector are obeyed as a whole.
//
// The ratio is the energy of the target needed for one unit of energy of the commodity, 1 without a
// row. The latest row that has begun holds, and the first one also before it begins.
type Switch struct{}

var (
	switchForm = form{
		sectors:     efficiencyForm.sectors,
		commodities: one,
		targets:     one,
		bounds:      map[string]bound{"%": share},
	}
	ratioForm = form{
		sectors:     efficiencyForm.sectors,
		commodities: one,
		targets:     one,
		bounds:      map[string]bound{scenarios.PerEnergy: positive},
	}
)

const switchRatio = "switch-ratio"

// Names returns the words of the lever column.
func (Switch) Names() []string { return []string{"switch", switchRatio} }

// Check says what in a row does not fit.
func (Switch) Check(row scenarios.Row) []table.Fault {
	if row.Lever == switchRatio {
		return ratioForm.check(row)
	}
	return switchForm.check(row)
}

// Apply moves energy between the uses of each sector.
func (Switch) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	for i, use := range slices.Clone(d.Uses) {
		taken := nought
		for _, target := range targetsOf(rows, use.Commodity) {
			way := nearest(rows, "switch", use, target)
			share := level(d, way, nought)
			if share.Numerator.IsZero() {
				continue
			}
			row := way[len(way)-1]
			taken = taken.Add(share)
			if taken.Cmp(quantity.Whole(hundred)) > 0 {
				sum, _ := taken.Round(shareRounding)
				return row.Fault("value", "scenario.switch-sum", use.Commodity, use.Sector,
					strconv.Itoa(d.Year), sum.String())
			}
			carrier, ok := d.Base.Carriers[target]
			if !ok || carrier.EnergyPer.IsZero() {
				return row.Fault("to", "scenario.carrier", strconv.Itoa(d.Base.Year))
			}
			gained := use.Energy.Mul(share).Mul(quantity.Whole(percent))
			ratio := ratioIn(d, nearest(rows, switchRatio, use, target))
			d.Gain(use.Sector, target, gained.Mul(ratio), carrier)
		}
		take(&d.Uses[i], use, taken)
	}
	return nil
}

// take removes a share, in per cent, of what a use was before the switches from what it is: other
// switches may have added to it in between.
func take(use *scenarios.Use, before scenarios.Use, taken quantity.Ratio) {
	if taken.Numerator.IsZero() {
		return
	}
	before.Scale(taken.Mul(quantity.Whole(percent)))
	use.Quantity = use.Quantity.Add(minus(before.Quantity))
	use.Energy = use.Energy.Add(minus(before.Energy))
	use.CO2 = use.CO2.Add(minus(before.CO2))
}

// targetsOf lists what the switches of a commodity lead to.
func targetsOf(rows []scenarios.Row, commodity string) (targets []string) {
	for _, row := range rows {
		if row.Lever != "switch" || row.Commodity != commodity {
			continue
		}
		if !slices.Contains(targets, row.To) {
			targets = append(targets, row.To)
		}
	}
	slices.Sort(targets)
	return targets
}

// nearest returns the rows of a name, for one commodity and target, of the sector nearest to the
// use.
func nearest(rows []scenarios.Row, name string, use scenarios.Use, to string) []scenarios.Row {
	var near []scenarios.Row
	least := 0
	for _, row := range rows {
		steps, ok := scenarios.Distance(use.Sector, row.Sector)
		if !ok || row.Lever != name || row.Commodity != use.Commodity || row.To != to {
			continue
		}
		if len(near) == 0 || steps < least {
			near, least = nil, steps
		}
		if steps == least {
			near = append(near, row)
		}
	}
	return near
}

// ratioIn returns the ratio in force in the draft's year.
func ratioIn(d *scenarios.Draft, rows []scenarios.Row) quantity.Ratio {
	if len(rows) == 0 {
		return unity
	}
	in := rows[0]
	for _, row := range rows {
		if row.First <= d.Year {
			in = row
		}
	}
	d.Touch(in)
	return quantity.Whole(in.Value)
}
