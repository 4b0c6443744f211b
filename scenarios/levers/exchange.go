package levers

import (
	"cmp"
	"slices"
	"strconv"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/table"
)

// word is one way of saying that a part of a use is taken and something else is gained for it.
type word struct {
	name string
	// to is what is gained where the row names nothing.
	to   string
	form course.Form
}

// exchange takes shares of uses and gives other commodities for them, at equal standard coal times
// a ratio:
//
//	taken           = energy x share / 100
//	gained          = taken x ratio
//	quantity gained = gained / energy per unit of the target
//	CO2 gained      = quantity gained x CO2 per unit of the target
//
// All rows of an exchange draw on the same uses alike, so they cannot take more than 100 %
// together, and what is gained is not taken again. For one word, commodity and target the rows of
// the nearest sector are obeyed as a whole.
type exchange struct {
	words []word
	ratio string
	// share returns the per cent of a use that a way has taken by the draft's year.
	share func(d *scenarios.Draft, use scenarios.Use, way []scenarios.Row) (quantity.Ratio, error)
	// ratioOf returns the energy gained per energy taken.
	ratioOf func(d *scenarios.Draft, rows, way []scenarios.Row) (quantity.Ratio, error)
	// sector is where the gain falls; empty is the sector of the use.
	sector string
	// taken is told what each way takes of a use.
	taken func(d *scenarios.Draft, way []scenarios.Row, use scenarios.Use, energy quantity.Ratio)
}

// names returns the words of the lever column, the ratio last.
func (e exchange) names() (names []string) {
	for _, word := range e.words {
		names = append(names, word.name)
	}
	return append(names, e.ratio)
}

// check compares a row with the form of its word.
func (e exchange) check(row scenarios.Row, ratio course.Form) []table.Fault {
	for _, word := range e.words {
		if word.name == row.Lever {
			return word.form.Check(row)
		}
	}
	return ratio.Check(row)
}

// targetOf returns what a row leads to; a ratio that names nothing speaks about the first word.
func (e exchange) targetOf(row scenarios.Row) string {
	if row.To != "" {
		return row.To
	}
	for _, word := range e.words {
		if word.name == row.Lever {
			return word.to
		}
	}
	return e.words[0].to
}

// apply moves energy between the uses.
func (e exchange) apply(d *scenarios.Draft, rows []scenarios.Row) error {
	for i, use := range slices.Clone(d.Uses) {
		taken := course.Nought
		for _, way := range e.waysFrom(rows, use) {
			share, err := e.share(d, use, way)
			if err != nil {
				return err
			}
			if share.Numerator.IsZero() {
				continue
			}
			row := way[len(way)-1]
			taken = taken.Add(share).Lowest()
			if taken.Cmp(quantity.Whole(course.Hundred)) > 0 {
				sum, _ := taken.Round(shareRounding)
				return row.Fault("value", "scenario.switch-sum", use.Commodity, use.Sector,
					strconv.Itoa(d.Year), sum.String())
			}
			if err := e.gain(d, rows, way, use, share); err != nil {
				return err
			}
		}
		take(&d.Uses[i], use, taken)
	}
	return nil
}

// gain gives what is due for a share that was taken.
func (e exchange) gain(d *scenarios.Draft, rows, way []scenarios.Row, use scenarios.Use,
	share quantity.Ratio) error {
	target := e.targetOf(way[0])
	carrier, err := course.CarrierOf(d, way[len(way)-1], "to", target)
	if err != nil {
		return err
	}
	near := e.nearest(rows, e.ratio, use, target)
	ratio, err := e.ratioOf(d, near, way)
	if err != nil {
		return err
	}
	energy := course.OfHundred(use.Energy.Mul(share))
	sector := use.Sector
	if e.sector != "" {
		sector = e.sector
	}
	d.Gain(sector, target, energy.Mul(ratio), carrier)
	e.taken(d, way, use, energy)
	return nil
}

// take removes a share, in per cent, of what a use was before the exchange from what it is: others
// may have added to it in between.
func take(use *scenarios.Use, before scenarios.Use, taken quantity.Ratio) {
	if taken.Numerator.IsZero() {
		return
	}
	before.Scale(course.OfHundred(taken))
	use.Quantity = use.Quantity.Sub(before.Quantity)
	use.Energy = use.Energy.Sub(before.Energy)
	use.CO2 = use.CO2.Sub(before.CO2)
	use.Fold()
}

// waysFrom returns the rows that take from a use, by word and target: those of the nearest sector.
func (e exchange) waysFrom(rows []scenarios.Row, use scenarios.Use) (ways [][]scenarios.Row) {
	type way struct{ target, name string }
	var known []way
	for _, row := range rows {
		next := way{e.targetOf(row), row.Lever}
		takes := row.Commodity == use.Commodity && slices.ContainsFunc(e.words,
			func(w word) bool { return w.name == row.Lever })
		if takes && next.target != use.Commodity && !slices.Contains(known, next) {
			known = append(known, next)
		}
	}
	slices.SortFunc(known, func(a, b way) int {
		return cmp.Or(cmp.Compare(a.target, b.target), cmp.Compare(a.name, b.name))
	})
	for _, w := range known {
		if near := e.nearest(rows, w.name, use, w.target); len(near) > 0 {
			ways = append(ways, near)
		}
	}
	return ways
}

// nearest returns the rows of a word, for one commodity and target, of the sector nearest to the
// use.
func (e exchange) nearest(rows []scenarios.Row, name string, use scenarios.Use,
	to string) (near []scenarios.Row) {
	least := 0
	for _, row := range rows {
		steps, ok := scenarios.Distance(use.Sector, row.Sector)
		if !ok || row.Lever != name || row.Commodity != use.Commodity || e.targetOf(row) != to {
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

// ratioOr1 takes equal energy where no row states a ratio.
func ratioOr1(d *scenarios.Draft, rows, _ []scenarios.Row) (quantity.Ratio, error) {
	if row, ok := course.InForce(d, rows); ok {
		return quantity.Whole(row.Value), nil
	}
	return course.Unity, nil
}

// shareFrom0 leads the share from nothing to what the rows state.
func shareFrom0(d *scenarios.Draft, _ scenarios.Use, way []scenarios.Row) (quantity.Ratio, error) {
	return course.Level(d, way, course.Nought), nil
}

// tcePerWay tells how many tce a way replaces.
func tcePerWay(d *scenarios.Draft, way []scenarios.Row, _ scenarios.Use, energy quantity.Ratio) {
	course.Size(d, way, course.PerTonne(energy))
}
