package scenarios

import (
	"maps"
	"slices"

	"carbonledger/quantity"
)

// Draft is one year in the making. Levers of the service move the drivers and the services; those
// of intensity, mix and factor move the uses. Drive brings the two together:
//
//	use of the year = use x service of the year / service of the base year
//	service         = driver of the year / driver of the base year, unless a lever moves it
//
// A lever that counts in tonnes or kilowatt-hours calls Drive first, and Project does at the end.
// What only multiplies a use may come before or after it.
type Draft struct {
	Base    *Base
	Year    int
	Drivers map[string]quantity.Number
	Uses    []Use
	// Water holds the uses of water; only their quantity counts.
	Water []Use
	// Floors hold the m2 of the base year, by the sector of the rows that state them.
	Floors map[string]quantity.Ratio
	// Sinks is the kg CO2 that is taken up.
	Sinks quantity.Ratio
	// GridNonFossil is the non-fossil part of electricity in per cent, where GridKnown says so;
	// GridLed says that rows lead the factor of electricity themselves.
	GridNonFossil      quantity.Ratio
	GridKnown, GridLed bool
	// Prices are in yuan per book unit, DiscountPercent is the yearly rate.
	Prices          map[string]quantity.Ratio
	DiscountPercent quantity.Ratio

	run      *run
	services map[string]quantity.Ratio
	driven   bool
	memos    []memo
	sized    []sized
	// cells are how the uses are settled, in their order; stated is the year as stated, where the
	// draft varies one.
	cells  []Cell
	stated *statedYear
}

// Use is a cell in the making: fractions that no lever rounds.
type Use struct {
	Sector, Commodity     string
	Quantity, Energy, CO2 quantity.Ratio
}

type memo struct {
	name, sector, commodity string
	value                   quantity.Ratio
}

// none is a fraction of nothing.
func none() quantity.Ratio { return quantity.Whole(quantity.Int(0)) }

// draft returns the base year as the draft of a later one.
func (r *run) draft(year int) *Draft {
	d := &Draft{Base: r.base, Year: year, Drivers: maps.Clone(r.base.Drivers), run: r,
		Sinks: none(), GridNonFossil: none(), DiscountPercent: none(),
		Prices: map[string]quantity.Ratio{}, Floors: map[string]quantity.Ratio{},
		services: map[string]quantity.Ratio{}}
	if d.Drivers == nil {
		d.Drivers = map[string]quantity.Number{}
	}
	for _, cell := range r.base.Cells {
		d.Uses = append(d.Uses, useOf(cell))
	}
	for _, cell := range r.base.Water {
		d.Water = append(d.Water, useOf(cell))
	}
	return d
}

func useOf(c Cell) Use {
	return Use{c.Sector, c.Commodity,
		quantity.Whole(c.Quantity), quantity.Whole(c.Energy), quantity.Whole(c.CO2)}
}

// Touch notes that a row has had a say. Rows that never have one are told to the planner.
func (d *Draft) Touch(row Row) { d.run.touched[row.Line] = true }

// Note keeps a figure that stands beside the totals.
func (d *Draft) Note(name, sector, commodity string, value quantity.Ratio) {
	if !value.Numerator.IsZero() {
		d.memos = append(d.memos, memo{name, sector, commodity, value})
	}
}

// Service returns how far the service of a sector has moved since the base year.
func (d *Draft) Service(sector string) quantity.Ratio {
	if moved, ok := d.services[sector]; ok {
		return moved
	}
	driver := DriverOf(sector)
	base := d.Base.driver(driver)
	if base.IsZero() {
		return quantity.Whole(quantity.Int(1))
	}
	return quantity.RatioOf(driverIn(d.Drivers, driver), base)
}

// SetService moves the service of one sector with cells away from its driver.
func (d *Draft) SetService(sector string, to quantity.Ratio) { d.services[sector] = to.Lowest() }

// ServiceIn returns the service of a sector in a year from the base year to the draft's.
func (d *Draft) ServiceIn(year int, sector string) quantity.Ratio {
	if year == d.Year {
		return d.Service(sector)
	}
	then := d.run.past[year-d.Base.Year]
	if moved, ok := then.services[sector]; ok {
		return moved
	}
	driver := DriverOf(sector)
	if d.Base.driver(driver).IsZero() {
		return quantity.Whole(quantity.Int(1))
	}
	return quantity.RatioOf(driverIn(then.drivers, driver), d.Base.driver(driver))
}

// Sectors returns the sectors that have cells.
func (d *Draft) Sectors() (sectors []string) {
	seen := map[string]bool{}
	for _, uses := range [][]Use{d.Uses, d.Water} {
		for _, use := range uses {
			if !seen[use.Sector] {
				seen[use.Sector] = true
				sectors = append(sectors, use.Sector)
			}
		}
	}
	slices.SortFunc(sectors, bySector)
	return sectors
}

// Drive multiplies each use by the service of its sector. It does so once.
func (d *Draft) Drive() {
	if d.driven {
		return
	}
	d.driven = true
	services := map[string]quantity.Ratio{}
	for _, sector := range d.Sectors() {
		services[sector] = d.Service(sector)
		if exact, ok := services[sector].Exact(); ok {
			services[sector] = quantity.Whole(exact) // what a whole multiplies stays whole
		}
	}
	d.run.past = append(d.run.past, past{services, d.Drivers})
	for _, uses := range [][]Use{d.Uses, d.Water} {
		for i := range uses {
			uses[i].Scale(services[uses[i].Sector])
			uses[i].Fold()
		}
	}
}

// Gain adds energy of a commodity to a sector: quantity = energy / energy per unit, and
// CO2 = quantity x CO2 per unit, both of the base year. EnergyPer must not be 0.
func (d *Draft) Gain(sector, commodity string, energy quantity.Ratio, carrier Carrier) {
	gained := energy.Mul(quantity.RatioOf(quantity.Int(1), carrier.EnergyPer))
	at := slices.IndexFunc(d.Uses, func(u Use) bool {
		return u.Sector == sector && u.Commodity == commodity
	})
	if at < 0 {
		d.Uses = append(d.Uses, Use{sector, commodity, none(), none(), none()})
		at = len(d.Uses) - 1
	}
	use := &d.Uses[at]
	use.Quantity = use.Quantity.Add(gained)
	use.Energy = use.Energy.Add(energy)
	use.CO2 = use.CO2.Add(gained.Mul(quantity.Whole(carrier.CO2Per)))
	use.Fold()
}

// Scale multiplies quantity, energy and CO2 alike, so that the use keeps its average factors.
func (u *Use) Scale(by quantity.Ratio) {
	u.Quantity, u.Energy, u.CO2 = u.Quantity.Mul(by), u.Energy.Mul(by), u.CO2.Mul(by)
}

// Fold keeps the fractions short; it changes no value.
func (u *Use) Fold() {
	u.Quantity, u.Energy, u.CO2 = u.Quantity.Brief(), u.Energy.Brief(), u.CO2.Brief()
}

// yearRounding is for what does not end when a year is settled: a use in its book unit, in kgce and
// in kg CO2 keeps a millionth of the unit. What ends keeps all its decimals.
var yearRounding = quantity.Rounding{Places: 6, Mode: quantity.HalfEven}

// settle brings services and uses together and adds up the totals.
func (d *Draft) settle() Year {
	d.Drive()
	year := Year{Year: d.Year, Complete: len(d.Base.Gaps) == 0, Drivers: d.Drivers,
		GDP: driverIn(d.Drivers, GDP), GridKnown: d.GridKnown, Sinks: ended(d.Sinks)}
	if d.stated != nil {
		meet(d.Uses, d.stated.uses)
	}
	for i := range d.Uses {
		cell := d.cell(i)
		d.cells = append(d.cells, cell)
		year.Energy, year.CO2 = year.Energy.Add(cell.Energy), year.CO2.Add(cell.CO2)
		year.NonFossil = year.NonFossil.Add(d.nonFossil(cell))
	}
	for _, use := range d.Water {
		cell := Cell{Sector: use.Sector, Commodity: use.Commodity, Quantity: ended(use.Quantity)}
		year.WaterCells = append(year.WaterCells, cell)
		year.Water = year.Water.Add(cell.Quantity)
	}
	year.Cells = slices.Clone(d.cells)
	slices.SortFunc(year.Cells, ByPlace)
	slices.SortFunc(year.WaterCells, ByPlace)
	for _, m := range d.memos {
		year.Memos = append(year.Memos, Memo{m.name, m.sector, m.commodity, ended(m.value)})
	}
	year.Cost = d.cost(year.Cells)
	return year
}

// cell settles a use; one that is as stated is settled already.
func (d *Draft) cell(at int) Cell {
	use := &d.Uses[at]
	if d.stated != nil && at < len(d.stated.uses) && d.stated.uses[at] == *use {
		return d.stated.cells[at]
	}
	return Cell{use.Sector, use.Commodity,
		ended(use.Quantity), ended(use.Energy), ended(use.CO2)}
}

// nonFossil returns the part of a cell's energy that is not fossil.
func (d *Draft) nonFossil(cell Cell) quantity.Number {
	switch {
	case slices.Contains(nonFossil, cell.Commodity):
		return cell.Energy
	case cell.Commodity == Electricity && d.GridKnown:
		return ended(d.GridNonFossil.Mul(quantity.RatioOf(cell.Energy, quantity.Int(100))))
	}
	return quantity.Number{}
}

// ended divides: all decimals where they end, and those of yearRounding where they do not.
func ended(r quantity.Ratio) quantity.Number {
	if exact, ok := r.Exact(); ok {
		return exact
	}
	rounded, _ := r.Round(yearRounding)
	return rounded
}
