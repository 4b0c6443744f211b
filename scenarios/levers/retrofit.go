package levers

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/course"
	"carbonledger/scenarios/stock"
	"carbonledger/table"
)

// Retrofit renews buildings: each year a part of the floor of the base year is retrofitted and then
// needs less energy; older floor is demolished, and what is built anew has a standard of its own.
//
//	use of the year = use x energy per floor of the year / that of the base year
//
// with the cohorts of stock.Floors. The floor goes along with the service of the sector, and so
// with floor-area rows where there are any. Depth and standard of new buildings count for the
// cohort of their year: what was retrofitted in 2024 keeps the depth of 2024.
//
//	retrofit        % of the floor of the base year, each year of the row
//	retrofit-depth  % of its energy that a retrofitted floor saves
//	demolition      % of the older floor, each year
//	new-building    energy per floor of what is built in a year, in % of the base year's
//
// With a cost, it is one for each m2 retrofitted so far, and the rows need a floor-area of the same
// sector.
type Retrofit struct{}

const (
	retrofitDepth = "retrofit-depth"
	demolition    = "demolition"
	newBuilding   = "new-building"
)

var retrofitForms = map[string]course.Form{
	"retrofit": {Commodities: course.OneOrAll, Costs: true,
		Bounds: course.Bounds{scenarios.PerYear: course.Yearly}},
	retrofitDepth: {Commodities: course.OneOrAll, Bounds: course.Bounds{"%": course.Share}},
	demolition:    {Bounds: course.Bounds{scenarios.PerYear: course.Yearly}},
	newBuilding:   {Commodities: course.OneOrAll, Bounds: course.Bounds{"%": course.NotNegative}},
}

// Names returns the words of the lever column.
func (Retrofit) Names() []string {
	return []string{"retrofit", retrofitDepth, demolition, newBuilding}
}

// Check says what in a row does not fit.
func (Retrofit) Check(row scenarios.Row) []table.Fault {
	return retrofitForms[row.Lever].Check(row)
}

// Apply scales the uses of buildings.
func (Retrofit) Apply(d *scenarios.Draft, rows []scenarios.Row) error {
	if len(rows) == 0 {
		return nil
	}
	d.Drive()
	told := map[scenarios.Key]bool{}
	retrofits, saved := course.Only(rows, "retrofit"), course.Only(rows, retrofitDepth)
	gone, standards := course.Only(rows, demolition), course.Only(rows, newBuilding)
	for i := range d.Uses {
		use := &d.Uses[i]
		renewed := course.Closest(retrofits, use.Sector, use.Commodity)
		depths := course.Closest(saved, use.Sector, use.Commodity)
		if len(renewed) > 0 && len(depths) == 0 {
			return course.Lacks(renewed[0], retrofitDepth)
		}
		torn := course.Closest(gone, use.Sector, use.Commodity)
		news := course.Closest(standards, use.Sector, use.Commodity)
		if len(renewed)+len(torn)+len(news) == 0 {
			continue
		}
		state := floorsOf(d, use.Sector, renewed, depths, torn, news).Last()
		use.Scale(state.Energy)
		use.Fold()
		if len(renewed) == 0 || told[renewed[0].Key()] {
			continue
		}
		told[renewed[0].Key()] = true
		if err := tellRetrofit(d, renewed, state); err != nil {
			return err
		}
	}
	return nil
}

// floorsOf collects what happens to the floors of a sector, year by year.
func floorsOf(d *scenarios.Draft, sector string,
	renewed, depths, torn, news []scenarios.Row) stock.Floors {
	floors := stock.Floors{}
	for year := d.Base.Year; year <= d.Year; year++ {
		then := *d
		then.Year = year
		floors.Sizes = append(floors.Sizes, d.ServiceIn(year, sector))
		floors.Demolished = append(floors.Demolished, partIn(d, torn, year))
		floors.Retrofitted = append(floors.Retrofitted, partIn(d, renewed, year))
		floors.Depths = append(floors.Depths,
			course.OfHundred(course.Standing(&then, depths, course.Nought)))
		floors.News = append(floors.News,
			course.OfHundred(course.Standing(&then, news, quantity.Whole(course.Hundred))))
	}
	return floors
}

// partIn returns the part of one that a row states for a year, 0 where none does.
func partIn(d *scenarios.Draft, rows []scenarios.Row, year int) quantity.Ratio {
	for _, row := range rows {
		if row.First <= year && year <= row.Last && year > d.Base.Year {
			d.Touch(row)
			return course.OfHundred(quantity.Whole(row.Value))
		}
	}
	return course.Nought
}

// tellRetrofit notes how much of the floor has been retrofitted, once for all commodities.
func tellRetrofit(d *scenarios.Draft, rows []scenarios.Row, state stock.State) error {
	d.Note(scenarios.MemoRetrofitted, rows[0].Sector, rows[0].Commodity,
		quantity.Whole(state.Retrofitted.Mul(course.Hundred)))
	floor, ok := d.Floors[rows[0].Sector]
	if ok {
		course.Size(d, rows, quantity.Whole(state.Retrofitted).Mul(floor))
		return nil
	}
	for _, row := range rows {
		if !row.Cost.IsZero() {
			return course.Lacks(row, floorArea)
		}
	}
	return nil
}
