package scenarios

import (
	"slices"

	"carbonledger/quantity"
	"carbonledger/table"
)

// Lever is a kind of assumption. Project applies the levers one after the other, in the order of
// the list it is given, to each year anew.
type Lever interface {
	// Names are the words of the lever column that it answers to.
	Names() []string
	// Check says what in a row does not fit the lever. It looks at one row only; what depends on
	// the base or on other rows is a fault of Apply.
	Check(row Row) []table.Fault
	// Apply changes the draft as its rows say. In the base year it changes nothing. The rows are
	// those of its names, in the order of keys and years. The error is a fault of a row.
	Apply(draft *Draft, rows []Row) error
}

// Draft is one year in the making. Growth and structure move the drivers; efficiency, switches and
// the grid factor move the uses, which stay at the drivers of the base year. Project brings the two
// together:
//
//	use of the year = use x driver of the year / driver of the base year
type Draft struct {
	Base    *Base
	Year    int
	Drivers map[string]quantity.Number
	Uses    []Use

	touched map[int]bool
}

// Use is a cell in the making: fractions that no lever rounds.
type Use struct {
	Sector, Commodity     string
	Quantity, Energy, CO2 quantity.Ratio
}

// newDraft returns the base year as the draft of a later one.
func newDraft(base *Base, year int) *Draft {
	d := &Draft{Base: base, Year: year,
		Drivers: map[string]quantity.Number{}, touched: map[int]bool{}}
	for driver, value := range base.Drivers {
		d.Drivers[driver] = value
	}
	for _, cell := range base.Cells {
		d.Uses = append(d.Uses, Use{cell.Sector, cell.Commodity, quantity.Whole(cell.Quantity),
			quantity.Whole(cell.Energy), quantity.Whole(cell.CO2)})
	}
	return d
}

// Touch notes that a row has had a say. Rows that never have one are told to the planner.
func (d *Draft) Touch(row Row) { d.touched[row.Line] = true }

// Gain adds energy of a commodity to a sector: quantity = energy / energy per unit, and
// CO2 = quantity x CO2 per unit, both of the base year. EnergyPer must not be 0.
func (d *Draft) Gain(sector, commodity string, energy quantity.Ratio, carrier Carrier) {
	gained := energy.Mul(quantity.RatioOf(quantity.Int(1), carrier.EnergyPer))
	at := slices.IndexFunc(d.Uses, func(u Use) bool {
		return u.Sector == sector && u.Commodity == commodity
	})
	if at < 0 {
		none := quantity.Whole(quantity.Int(0))
		d.Uses = append(d.Uses, Use{sector, commodity, none, none, none})
		at = len(d.Uses) - 1
	}
	use := &d.Uses[at]
	use.Quantity = use.Quantity.Add(gained)
	use.Energy = use.Energy.Add(energy)
	use.CO2 = use.CO2.Add(gained.Mul(quantity.Whole(carrier.CO2Per)))
}

// Scale multiplies quantity, energy and CO2 alike, so that the use keeps its average factors.
func (u *Use) Scale(by quantity.Ratio) {
	u.Quantity, u.Energy, u.CO2 = u.Quantity.Mul(by), u.Energy.Mul(by), u.CO2.Mul(by)
}

// yearRounding is for what does not end when a year is settled: a use in its book unit, in kgce and
// in kg CO2 keeps a millionth of the unit. What ends keeps all its decimals.
var yearRounding = quantity.Rounding{Places: 6, Mode: quantity.HalfEven}

// settle brings drivers and uses together and adds up the totals.
func (d *Draft) settle() Year {
	year := Year{Year: d.Year, Complete: len(d.Base.Gaps) == 0, Drivers: d.Drivers}
	for _, driver := range GDPDrivers() {
		year.GDP = year.GDP.Add(d.Drivers[driver])
	}
	for _, use := range d.Uses {
		driver := DriverOf(use.Sector)
		if base := d.Base.Drivers[driver]; !base.IsZero() {
			use.Scale(quantity.RatioOf(d.Drivers[driver], base))
		}
		cell := Cell{use.Sector, use.Commodity,
			ended(use.Quantity), ended(use.Energy), ended(use.CO2)}
		year.Cells = append(year.Cells, cell)
		year.Energy, year.CO2 = year.Energy.Add(cell.Energy), year.CO2.Add(cell.CO2)
	}
	slices.SortFunc(year.Cells, byPlace)
	return year
}

// ended divides: all decimals where they end, and those of yearRounding where they do not.
func ended(r quantity.Ratio) quantity.Number {
	if exact, ok := r.Exact(); ok {
		return exact
	}
	rounded, _ := r.Round(yearRounding)
	return rounded
}
