package trend

import (
	"fmt"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// Rule says how a trend is drawn from the years of the book.
type Rule string

// The rules.
const (
	// MeanGrowth is the rate that leads from the first year to the last.
	MeanGrowth Rule = "mean-growth"
	// MedianGrowth is the median of the rates between all pairs of years, as Theil and Sen take the
	// median of slopes: one odd year does not move it.
	MedianGrowth Rule = "median-growth"
)

// trendRounding keeps four decimals of a per cent, more than any published rate has.
var trendRounding = quantity.Rounding{Places: 4, Mode: quantity.HalfEven}

// Trends is the rows that go on with the years of the book, and what none could be made of.
type Trends struct {
	Rows    []scenarios.Row
	Missing []Missing
	// Left names the years of the book that were not used at all.
	Left []scenarios.Left
}

// Missing is a figure without a trend. Without its row it would stand still.
type Missing struct {
	Lever, Sector string
	Why           Why
	// Years are those that could not be used.
	Years []int
}

// Why is a reason why there is no trend.
type Why string

// The reasons.
const (
	// Nominal: GDP of the years before stands at prices of its own.
	Nominal Why = "nominal"
	// FewYears: fewer than two years have the figure, the base year among them.
	FewYears Why = "few-years"
)

// Of returns, as rows of a scenario, what would come if the years up to the base year went on:
// growth of the GDP of each sector and of the population, energy per service of each group, and the
// CO2 of a kilowatt-hour. Each row names the years and the rule as its source, so that it can be
// read, changed and cited like any other. GDP counts where it stands at prices of the base year,
// and a figure needs two years above 0. What the base year has and no row speaks about is named:
// a scenario of these rows alone would hold it still.
func Of(p scenarios.Pathway, scenario string, rule Rule, last int) Trends {
	years := append(slices.Clone(p.History), p.Years[0])
	base := p.Years[0].Year
	trends := Trends{Left: p.Left}
	add := func(lever, sector, commodity string, figure func(scenarios.Year) quantity.Ratio) {
		rate, first, ok := rateOf(years, rule, figure)
		if !ok {
			if now := figure(p.Years[0]); now.Defined() && now.Numerator.Sign() > 0 {
				trends.Missing = append(trends.Missing, missing(lever, sector, p.History, figure))
			}
			return
		}
		trends.Rows = append(trends.Rows, scenarios.Row{Scenario: scenario, Lever: lever,
			Sector: sector, Commodity: commodity, First: base + 1, Last: max(last, base+1),
			Value: rate, Unit: scenarios.PerYear, Shape: scenarios.Step,
			Source: fmt.Sprintf("trend of %d-%d in the book at position %d, %s",
				first, base, p.Pins.Position, rule)})
	}
	for i, sector := range []string{
		scenarios.Primary, scenarios.Secondary, scenarios.Tertiary, scenarios.Residential} {
		driver := append(scenarios.GDPDrivers(), scenarios.Population)[i]
		add("growth", sector, "", func(y scenarios.Year) quantity.Ratio {
			return service(y, driver)
		})
	}
	for _, group := range scenarios.CellSectors() {
		add("efficiency", group, scenarios.All, func(y scenarios.Year) quantity.Ratio {
			return intensity(y, group)
		})
	}
	add("grid-factor", scenarios.All, scenarios.Electricity, gridFactor)
	return trends
}

// missing says why a figure has no trend: GDP at prices of its own year where deflators would give
// it one.
func missing(lever, sector string, history []scenarios.Year,
	figure func(scenarios.Year) quantity.Ratio) Missing {
	m := Missing{Lever: lever, Sector: sector, Why: FewYears}
	for _, y := range history {
		real := y
		real.Nominal = false
		if y.Nominal && !figure(y).Defined() && figure(real).Defined() {
			m.Why, m.Years = Nominal, append(m.Years, y.Year)
		}
	}
	return m
}

// service returns a driver, and no answer for GDP at the prices of its own year.
func service(y scenarios.Year, driver string) quantity.Ratio {
	switch {
	case y.Nominal && driver != scenarios.Population, len(y.Drivers) == 0:
		return quantity.Ratio{}
	case driver == scenarios.GDP:
		return quantity.Whole(y.GDP)
	}
	return quantity.Whole(y.Drivers[driver])
}

// intensity returns the energy of a group per unit of its service.
func intensity(y scenarios.Year, group string) quantity.Ratio {
	energy := y.SumBy(func(c scenarios.Cell) string {
		return scenarios.GroupOf(c.Sector)
	})[group].Energy
	of := service(y, scenarios.DriverOf(group))
	return quantity.Whole(energy).Mul(quantity.RatioOf(of.Denominator, of.Numerator))
}

// gridFactor returns the CO2 of a kilowatt-hour.
func gridFactor(y scenarios.Year) quantity.Ratio {
	var kwh, co2 quantity.Number
	for _, cell := range y.Cells {
		if cell.Commodity == scenarios.Electricity {
			kwh, co2 = kwh.Add(cell.Quantity), co2.Add(cell.CO2)
		}
	}
	return quantity.RatioOf(co2, kwh)
}

// point is a year with a figure above 0.
type point struct {
	year  int
	value quantity.Ratio
}

// rateOf returns the rate in per cent over the years that have the figure, and the first of them.
// The last one must be the base year.
func rateOf(years []scenarios.Year, rule Rule, figure func(scenarios.Year) quantity.Ratio) (
	rate quantity.Number, first int, ok bool) {
	var points []point
	for _, y := range years {
		value := figure(y)
		if value.Numerator.Sign() > 0 && value.Denominator.Sign() > 0 {
			points = append(points, point{y.Year, value})
		}
	}
	if len(points) < 2 || points[len(points)-1].year != years[len(years)-1].Year {
		return quantity.Number{}, 0, false
	}
	if rule == MeanGrowth {
		rate = between(points[0], points[len(points)-1])
		return rate.Round(trendRounding), points[0].year, true
	}
	var rates []quantity.Number
	for i, a := range points {
		for _, b := range points[i+1:] {
			rates = append(rates, between(a, b))
		}
	}
	slices.SortFunc(rates, quantity.Number.Cmp)
	sum := rates[(len(rates)-1)/2].Add(rates[len(rates)/2])
	rate, _ = quantity.RatioOf(sum, quantity.Int(2)).Round(trendRounding)
	return rate, points[0].year, true
}

// between returns the yearly rate from one point to a later one, in per cent.
func between(a, b point) quantity.Number {
	times := b.value.Mul(quantity.RatioOf(a.value.Denominator, a.value.Numerator))
	root, _ := times.Root(b.year-a.year, ratePlaces)
	return root.Sub(quantity.Int(1)).Mul(quantity.Int(100))
}
