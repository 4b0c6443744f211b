package plan

import (
	"maps"
	"slices"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/scenarios"
)

// model is what the model column says.
const model = "carbonledger"

// The variables and units of the IAMC data format. CO2 of electricity and heat stands with the
// sector that uses it, as everywhere in a pathway, and not under supply.
const (
	finalEnergy = "Final Energy"
	allCO2      = "Emissions|CO2"
	energyCO2   = "Emissions|CO2|Energy"
	demandCO2   = "Emissions|CO2|Energy|Demand"
	processCO2  = "Emissions|CO2|Industrial Processes"
	landCO2     = "Emissions|CO2|AFOLU"

	exajoules  = "EJ/yr"
	megatonnes = "Mt CO2/yr"
)

// sectorWords are the sectors in the words of the field. The field counts construction as industry;
// it stands by itself here, as in every other table.
var sectorWords = map[string]string{scenarios.Primary: "Agriculture",
	scenarios.Industry: "Industry", scenarios.Construction: "Construction",
	scenarios.Transport: "Transportation", scenarios.Services: "Commercial",
	scenarios.Residential: "Residential", scenarios.Other: "Other Sector"}

// Factors from book units into those of the field. A kgce is 7,000 kcal of 4.1868 kJ: 29,307.6 kJ.
var (
	exajoulesPerKgce  = quantity.Scaled(293076, 16)
	megatonnesPerKg   = quantity.Scaled(1, 9)
	cubicKmPerLitre   = quantity.Scaled(1, 12)
	billionsPerYuan   = quantity.Scaled(1, 9)
	millionsPerPerson = quantity.Scaled(1, 6)
)

// The roundings: a kg of CO2, 0.03 kgce, a yuan, a person, a L.
var (
	ninePlaces   = quantity.Rounding{Places: 9, Mode: quantity.HalfUp}
	twelvePlaces = quantity.Rounding{Places: 12, Mode: quantity.HalfUp}
	sixPlaces    = quantity.Rounding{Places: 6, Mode: quantity.HalfUp}
)

// variables is one scenario in the variables of the field, by name and year.
type variables struct {
	names  []string
	units  map[string]string
	values map[string]map[int]quantity.Number
}

// add adds to a variable, so that every total is the sum of what is printed under it.
func (v *variables) add(name, unit string, year int, n quantity.Number) {
	if v.values[name] == nil {
		v.names, v.units[name] = append(v.names, name), unit
		v.values[name] = map[int]quantity.Number{}
	}
	v.values[name][year] = v.values[name][year].Add(n)
}

// variablesOf reads a pathway. The smallest parts come from the rounded total of a year, and all
// sums between are sums of these.
func variablesOf(p scenarios.Pathway, names report.Names) *variables {
	v := &variables{units: map[string]string{}, values: map[string]map[int]quantity.Number{}}
	sinks := slices.ContainsFunc(p.Years, func(y scenarios.Year) bool { return !y.Sinks.IsZero() })
	money := "billion CNY_" + year(p.Years[0].Year) + "/yr"
	for _, y := range AllYears(p) {
		if len(y.Cells) == 0 {
			continue
		}
		v.energy(y, names)
		v.emissions(y, names, sinks)
		if !y.Nominal {
			v.money(y, money)
		}
		if people, ok := y.Drivers[scenarios.Population]; ok {
			n, _ := quantity.Whole(people.Mul(millionsPerPerson)).Round(sixPlaces)
			v.add("Population", "million", y.Year, n)
		}
		if !y.Water.IsZero() {
			n, _ := quantity.Whole(y.Water.Mul(cubicKmPerLitre)).Round(twelvePlaces)
			v.add("Water Withdrawal", "km3/yr", y.Year, n)
		}
	}
	v.fill()
	return v
}

func (v *variables) energy(y scenarios.Year, names report.Names) {
	leaves := leavesOf(y, Energy, names)
	total, _ := quantity.Whole(y.Energy.Mul(exajoulesPerKgce)).Round(twelvePlaces)
	v.add(finalEnergy, exajoules, y.Year, total)
	for i, n := range quantity.Split(total, leaves.weights, twelvePlaces) {
		leaf := leaves.list[i]
		v.add(finalEnergy+"|"+leaf.sector, exajoules, y.Year, n)
		v.add(finalEnergy+"|"+leaf.sector+"|"+leaf.carrier, exajoules, y.Year, n)
		v.add(finalEnergy+"|"+leaf.carrier, exajoules, y.Year, n)
	}
}

func (v *variables) emissions(y scenarios.Year, names report.Names, sinks bool) {
	leaves := leavesOf(y, CO2, names)
	total, _ := quantity.Whole(y.CO2.Mul(megatonnesPerKg)).Round(ninePlaces)
	v.add(allCO2, megatonnes, y.Year, total)
	for i, n := range quantity.Split(total, leaves.weights, ninePlaces) {
		leaf := leaves.list[i]
		if leaf.carrier == "" {
			v.add(processCO2, megatonnes, y.Year, n)
			continue
		}
		v.add(energyCO2, megatonnes, y.Year, n)
		v.add(demandCO2, megatonnes, y.Year, n)
		v.add(demandCO2+"|"+leaf.sector, megatonnes, y.Year, n)
		v.add(demandCO2+"|"+leaf.sector+"|"+leaf.carrier, megatonnes, y.Year, n)
	}
	if sinks {
		taken, _ := quantity.Whole(y.Sinks.Mul(megatonnesPerKg)).Round(ninePlaces)
		v.add(allCO2, megatonnes, y.Year, taken.Neg())
		v.add(landCO2, megatonnes, y.Year, taken.Neg())
	}
}

// money adds GDP at constant prices, and its sectors where they are known.
func (v *variables) money(y scenarios.Year, unit string) {
	total, _ := quantity.Whole(y.GDP.Mul(billionsPerYuan)).Round(ninePlaces)
	v.add("GDP", unit, y.Year, total)
	var parts []quantity.Number
	for _, driver := range scenarios.GDPDrivers() {
		if _, ok := y.Drivers[driver]; !ok {
			return
		}
		parts = append(parts, y.Drivers[driver])
	}
	for i, n := range quantity.Split(total, parts, ninePlaces) {
		sector := []string{"Primary Sector", "Secondary Sector", "Tertiary Sector"}[i]
		v.add("GDP|"+sector, unit, y.Year, n)
	}
}

// fill gives parts of energy and emissions a 0 in the years in which they do not occur, and takes
// out those that never occur.
func (v *variables) fill() {
	v.names = slices.DeleteFunc(v.names, func(name string) bool {
		for _, n := range v.values[name] {
			if !n.IsZero() {
				return false
			}
		}
		return true
	})
	for _, name := range v.names {
		if unit := v.units[name]; unit != exajoules && unit != megatonnes {
			continue
		}
		for y := range v.values[finalEnergy] {
			v.values[name][y] = v.values[name][y].Add(quantity.Int(0))
		}
	}
	slices.Sort(v.names)
}

// leaf is the smallest part that is told: a sector and a carrier, without one for processes.
type leaf struct{ sector, carrier string }

type leaves struct {
	list    []leaf
	weights []quantity.Number
}

// leavesOf adds up the cells of a year by sector and carrier of the field.
func leavesOf(y scenarios.Year, m Measured, names report.Names) (l leaves) {
	at := map[leaf]int{}
	for _, cell := range y.Cells {
		key := leaf{sectorWords[scenarios.GroupOf(cell.Sector)], carrierWord(cell.Commodity, names)}
		if _, known := at[key]; !known {
			at[key] = len(l.list)
			l.list, l.weights = append(l.list, key), append(l.weights, quantity.Int(0))
		}
		l.weights[at[key]] = l.weights[at[key]].Add(m.Of(cell))
	}
	return l
}

// carrierWord is the carrier of the field that a commodity belongs to, "" for what is no energy.
func carrierWord(id string, names report.Names) string {
	c, known := names.Library.Catalogue.ByID(id)
	switch {
	case !known:
		return "Other"
	case c.Class == quantity.ClassElectricity:
		return "Electricity"
	case c.Class == quantity.ClassHeat:
		return "Heat"
	case c.Class == quantity.ClassMaterial:
		return ""
	case id == "hydrogen":
		return "Hydrogen"
	case id == "other-fuel":
		return "Other"
	case strings.HasSuffix(id, "-gas"):
		return "Gases"
	}
	for _, kind := range []struct {
		carrier string
		words   []string
	}{{"Solids", solids}, {"Liquids", liquids}, {"Gases", gases}} {
		if slices.ContainsFunc(kind.words, func(word string) bool {
			return strings.Contains(id, word)
		}) {
			return kind.carrier
		}
	}
	if c.Unit.Symbol == "Nm3" {
		return "Gases"
	}
	return "Solids"
}

// The words that give a fuel away, in the order in which they are asked: petroleum-coke is solid
// and coke-oven-gas a gas, gas-oil is liquid. What has none of them is burned solid.
var (
	solids  = []string{"petroleum-coke", "paraffin", "asphalt", "bitumen", "oil-shale"}
	liquids = []string{"gasoline", "oil", "diesel", "kerosene", "lpg", "naphtha", "lubricant",
		"solvent", "petroleum", "ethanol", "methanol", "biofuel", "coal-tar", "benzene", "fat",
		"liquor", "natural-gas-liquids", "orimulsion", "feedstock"}
	gases = []string{"gas", "lng", "cng", "propane", "butane", "methane", "ethane"}
)

// Region is the name of the area a pathway is about.
func Region(p scenarios.Pathway, names report.Names) string {
	return report.AreaName(p.Pins.Boundary, names)
}

// IAMC writes pathways in the long form of the IAMC data format, which pyam reads: a row for each
// scenario, variable and year.
func IAMC(pathways []scenarios.Pathway, names report.Names) report.Table {
	t := report.Table{Key: "iamc", Columns: fieldColumns(
		"model", "scenario", "region", "variable", "unit", "year#", "value#")}
	for _, p := range pathways {
		v := variablesOf(p, names)
		for _, name := range v.names {
			for _, y := range slices.Sorted(maps.Keys(v.values[name])) {
				t.Rows = append(t.Rows, []string{model, p.Scenario, Region(p, names), name,
					v.units[name], year(y), v.values[name][y].String()})
			}
		}
	}
	return t
}

// IAMCWide writes the same with a column for each year; what is not told is empty.
func IAMCWide(pathways []scenarios.Pathway, names report.Names) report.Table {
	t := report.Table{Key: "iamc", Columns: fieldColumns(
		"Model", "Scenario", "Region", "Variable", "Unit")}
	var years []int
	for _, p := range pathways {
		for _, y := range AllYears(p) {
			if !slices.Contains(years, y.Year) {
				years = append(years, y.Year)
			}
		}
	}
	slices.Sort(years)
	for _, y := range years {
		t.Columns = append(t.Columns, fieldColumns(year(y)+"#")...)
	}
	for _, p := range pathways {
		v := variablesOf(p, names)
		for _, name := range v.names {
			row := []string{model, p.Scenario, Region(p, names), name, v.units[name]}
			for _, y := range years {
				cell := ""
				if n, ok := v.values[name][y]; ok {
					cell = n.String()
				}
				row = append(row, cell)
			}
			t.Rows = append(t.Rows, row)
		}
	}
	return t
}

// fieldColumns are columns in the words of the field, which have no translation.
func fieldColumns(keys ...string) (columns []report.Column) {
	for _, key := range keys {
		name, figures := strings.CutSuffix(key, "#")
		columns = append(columns, report.Column{Key: name, Title: name, Figures: figures})
	}
	return columns
}
