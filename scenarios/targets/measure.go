package targets

import (
	"carbonledger/quantity"
	"carbonledger/scenarios"
)

const percentUnit = "%"

// measure is a figure of a year that targets speak about.
type measure struct {
	name, unit string
	// perUnit is how many units of the pathway (kgce, kg, yuan, L) one unit of the target is.
	perUnit quantity.Ratio
	// changes says that a target may be a change in per cent against an earlier year.
	changes bool
	// parts says that it can be narrowed down to a sector or a commodity.
	parts bool
	// gdp says that it needs GDP at constant prices.
	gdp bool
	// least says that a target is the least there must be, unless the row says otherwise.
	least bool
	value func(scenarios.Year, Target) quantity.Ratio
}

var (
	thousand = quantity.Whole(quantity.Int(1000))
	// tonnesPerWan: one t per 万元 is 1000 kg per 10,000 yuan.
	tonnesPerWan = quantity.RatioOf(quantity.Int(1), quantity.Int(10))
	unity        = quantity.Whole(quantity.Int(1))
)

// measures lists all there are. A m3 of water is 1000 L, so water per GDP counts like tonnes.
var measures = []measure{
	{name: "energy", unit: "tce", perUnit: thousand, changes: true, parts: true, value: energy},
	{name: "co2", unit: "tCO2", perUnit: thousand, changes: true, parts: true, value: co2},
	{name: "net-co2", unit: "tCO2", perUnit: thousand, changes: true,
		value: func(y scenarios.Year, _ Target) quantity.Ratio { return quantity.Whole(y.Net()) }},
	{name: "energy-per-gdp", unit: "tce/万元", perUnit: tonnesPerWan, changes: true, gdp: true,
		value: func(y scenarios.Year, _ Target) quantity.Ratio { return y.EnergyPerGDP() }},
	{name: "co2-per-gdp", unit: "tCO2/万元", perUnit: tonnesPerWan, changes: true, gdp: true,
		value: func(y scenarios.Year, _ Target) quantity.Ratio { return y.CO2PerGDP() }},
	{name: "water", unit: "m3", perUnit: thousand, changes: true,
		value: func(y scenarios.Year, _ Target) quantity.Ratio { return quantity.Whole(y.Water) }},
	{name: "water-per-gdp", unit: "m3/万元", perUnit: tonnesPerWan, changes: true, gdp: true,
		value: func(y scenarios.Year, _ Target) quantity.Ratio { return y.WaterPerGDP() }},
	{name: "energy-per-head", unit: "kgce/person", perUnit: unity, changes: true,
		value: func(y scenarios.Year, _ Target) quantity.Ratio {
			return quantity.RatioOf(y.Energy, y.Drivers[scenarios.Population])
		}},
	{name: "co2-per-head", unit: "kgCO2/person", perUnit: unity, changes: true,
		value: func(y scenarios.Year, _ Target) quantity.Ratio {
			return quantity.RatioOf(y.CO2, y.Drivers[scenarios.Population])
		}},
	{name: nonFossilShare, unit: percentUnit, least: true,
		perUnit: quantity.RatioOf(quantity.Int(1), quantity.Int(100)),
		value:   func(y scenarios.Year, _ Target) quantity.Ratio { return y.NonFossilShare() }},
	{name: peakYear, unit: "year", perUnit: unity},
	{name: co2Budget, unit: "tCO2", perUnit: thousand},
}

const (
	nonFossilShare = "non-fossil-share"
	peakYear       = "peak-year"
	co2Budget      = "co2-budget"
)

// Measures returns the names of the measures in the order of the document.
func Measures() (names []string) {
	for _, m := range measures {
		names = append(names, m.name)
	}
	return names
}

func measureOf(name string) (measure, bool) {
	for _, m := range measures {
		if m.name == name {
			return m, true
		}
	}
	return measure{}, false
}

func energy(y scenarios.Year, t Target) quantity.Ratio {
	part, ok := partOf(y, t)
	if !ok {
		return quantity.Ratio{}
	}
	return quantity.Whole(part.Energy)
}

func co2(y scenarios.Year, t Target) quantity.Ratio {
	part, ok := partOf(y, t)
	if !ok {
		return quantity.Ratio{}
	}
	return quantity.Whole(part.CO2)
}

// partOf sums the cells a target speaks about. Of a year that has its totals only, no part is
// known.
func partOf(y scenarios.Year, t Target) (sum scenarios.Cell, ok bool) {
	if t.Sector == scenarios.All && t.Commodity == scenarios.All {
		return scenarios.Cell{Energy: y.Energy, CO2: y.CO2}, true
	}
	for _, cell := range y.Cells {
		_, inside := scenarios.Distance(cell.Sector, t.Sector)
		if inside && (t.Commodity == scenarios.All || t.Commodity == cell.Commodity) {
			sum.Energy, sum.CO2 = sum.Energy.Add(cell.Energy), sum.CO2.Add(cell.CO2)
		}
	}
	return sum, len(y.Cells) > 0
}

// UnitOf returns the unit in which the figures of a measure are told, and "" for no measure.
func UnitOf(name string) string {
	m, _ := measureOf(name)
	return m.unit
}
