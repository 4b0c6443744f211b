package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/scenarios/stock"
	"carbonledger/table"
)

// Vehicles replaces vehicles as they are scrapped: of those sold in a year to stand in for the
// ones that burn a fuel, a share is of a new kind. It is an exchange whose share is the stock's:
//
//	share of the year = vehicles of the new kind / all of that use, by the cohorts of stock.Fleet
//	gained            = taken x vehicle-ratio
//
//	vehicle-sales  % of the vehicles sold, led from 0
//	vehicle-life   mean life in years
//	vehicle-ratio  energy of the new kind per energy of the old one, for the same kilometres
//	vehicle-stock  how many there are; only counts and costs need it
//
// The stock goes along with the service of its sector. It counts the vehicles that use the fuel in
// the base year and what stands in for them: electric ones of the base year are in its electricity.
// With a cost, it is one for each vehicle of the new kind there is.
type Vehicles struct{}

const (
	vehicleSales = "vehicle-sales"
	vehicleLife  = "vehicle-life"
	vehicleRatio = "vehicle-ratio"
	vehicleStock = "vehicle-stock"
)

var vehicleForms = map[string]course.Form{
	vehicleLife: {Commodities: course.One,
		Bounds: course.Bounds{scenarios.Years: course.WholeLife}},
	vehicleRatio: {Commodities: course.One, Targets: course.Maybe(),
		Bounds: course.Bounds{scenarios.PerEnergy: course.Positive}},
	vehicleStock: {Commodities: course.One, Bounds: course.Bounds{"vehicle": course.Positive}},
}

var vehicleTrade = exchange{
	words: []word{{vehicleSales, course.Electricity, course.Form{
		Commodities: course.One, Targets: course.Maybe(),
		Bounds: course.Bounds{"%": course.Share}, Costs: true}}},
	ratio: vehicleRatio,
}

// Names returns the words of the lever column.
func (Vehicles) Names() []string {
	return []string{vehicleSales, vehicleRatio, vehicleLife, vehicleStock}
}

// Check says what in a row does not fit.
func (Vehicles) Check(row scenarios.Row) []table.Fault {
	if form, ok := vehicleForms[row.Lever]; ok {
		return form.Check(row)
	}
	return vehicleTrade.check(row, course.Form{})
}

// Apply lets the new kind take over the fuel of the old one.
func (Vehicles) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if len(rows) == 0 {
		return nil
	}
	d.Drive()
	tallies := map[scenarios.Key]*tally{}
	trade := vehicleTrade
	trade.share = func(d *scenarios.Draft, use scenarios.Use, way []scenarios.Row) (
		quantity.Ratio, error) {
		return shareOfStock(d, rows, use, way)
	}
	trade.ratioOf = func(d *scenarios.Draft, near, way []scenarios.Row) (quantity.Ratio, error) {
		if row, ok := course.InForce(d, near); ok {
			return quantity.Whole(row.Value), nil
		}
		return course.Nought, course.Lacks(way[0], vehicleRatio)
	}
	trade.taken = func(_ *scenarios.Draft, way []scenarios.Row, use scenarios.Use,
		energy quantity.Ratio) {
		key := way[0].Key()
		if tallies[key] == nil {
			tallies[key] = &tally{way: way, all: course.Nought, taken: course.Nought}
		}
		tallies[key].all = tallies[key].all.Add(use.Energy).Lowest()
		tallies[key].taken = tallies[key].taken.Add(energy).Lowest()
	}
	if err := trade.apply(d, rows); err != nil {
		return err
	}
	for _, key := range course.KeysOf(course.Only(rows, vehicleSales)) {
		if tally := tallies[key[0].Key()]; tally != nil {
			if err := tally.tell(d, rows); err != nil {
				return err
			}
		}
	}
	return nil
}

// shareOfStock returns the per cent of the vehicles that are of the new kind.
func shareOfStock(d *scenarios.Draft, rows []scenarios.Row, use scenarios.Use,
	way []scenarios.Row) (quantity.Ratio, error) {
	life, ok := course.Holding(d, rows, vehicleLife, use.Sector, use.Commodity)
	if !ok {
		return course.Nought, course.Lacks(way[0], vehicleLife)
	}
	years := 1
	for quantity.Int(int64(years)).Cmp(life.Value) < 0 {
		years++
	}
	fleet := stock.Fleet{Life: years}
	for year := d.Base.Year; year <= d.Year; year++ {
		then := *d
		then.Year = year
		fleet.Sizes = append(fleet.Sizes, d.ServiceIn(year, use.Sector))
		fleet.Sales = append(fleet.Sales, course.OfHundred(course.Level(&then, way, course.Nought)))
	}
	return fleet.Share().Mul(quantity.Whole(course.Hundred)), nil
}

// tally is the energy of the vehicles a way speaks about, and what the new kind has taken of it.
type tally struct {
	way        []scenarios.Row
	all, taken quantity.Ratio
}

// tell notes the share of the new kind, and how many they are where a row states the stock.
func (t tally) tell(d *scenarios.Draft, rows []scenarios.Row) error {
	row := t.way[0]
	part := course.Over(t.taken, t.all)
	d.Note(scenarios.MemoVehicleShare, row.Sector, row.Commodity,
		part.Mul(quantity.Whole(course.Hundred)))
	counted := course.Closest(course.Only(rows, vehicleStock), row.Sector, row.Commodity)
	now, _, ok := course.Amounts(d, counted)
	for _, row := range t.way {
		if !row.Cost.IsZero() && !ok {
			return course.Lacks(row, vehicleStock)
		}
	}
	if ok {
		course.Size(d, t.way, part.Mul(now))
	}
	return nil
}
