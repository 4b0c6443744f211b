// Package steam turns the mass of steam and hot water into the heat they bring, as the guidelines
// for enterprises do: above water of 20 °C, from a table of saturated steam or an enthalpy that the
// row gives, and for water from its temperature.
//
//	steam:      Q = m x (H - 83.74) x 0.001      GJ; m in t, H in kJ/kg
//	hot water:  Q = m x (T - 20) x 4.1868 x 0.001
//
// Source: NDRC, GHG accounting guidelines for 24 industries, conversion of steam and hot water.
//
// A row that leaves open how much heat there is, is refused: nothing is guessed and nothing is
// read beyond the table.
package steam

import (
	"cmp"
	"slices"
	"strings"

	"carbonledger/quantity"
	"carbonledger/table"
)

// Commodity is the commodity of the catalogue that steam and hot water are names of.
const Commodity = "heat"

// Constants of the guidelines.
var (
	feedWater    = number("83.74")  // kJ/kg, enthalpy of water of 20 °C
	base         = number("20")     // °C, what the heat of water is counted from
	specificHeat = number("4.1868") // kJ/(kg K)
	atmosphere   = number("0.1013") // MPa between gauge and absolute pressure
)

// Limits of what is read.
var (
	// slack is how far, in °C, steam may be from its saturation temperature: a thermometer of class
	// B is off by up to 1.55 °C at 250 °C (IEC 60751: 0.3 + 0.005 T), and a straight line between
	// two rows by up to 1.46 °C.
	slack = number("3")
	// The highest enthalpy IAPWS-IF97 gives at 800 °C is 4160 kJ/kg, which is 994 kcal/kg: what is
	// below 1000 is likely to be in another unit.
	enthalpyLeast, enthalpyMost = number("1000"), number("4160")
)

// tableRounding is that of an interpolated enthalpy: the table has one decimal.
var tableRounding = quantity.Rounding{Places: 1, Mode: quantity.HalfEven}

// Heat is what a unit of mass of a row brings.
type Heat struct {
	// PerUnit is kJ per unit of mass of the file.
	PerUnit quantity.Number
	// Made names the readings it was made from, as "steam, 0.8 MPa, 2768.3 kJ/kg".
	Made string
	// Faults keep the row out where there are any.
	Faults []Fault
}

// Fault is what is wrong with a field of the row.
type Fault struct {
	Field, Code string
	Args        []string
}

// Read returns the heat in one unit of mass of what a row names steam or hot water, and nothing
// where the unit is none of mass. The fields pressure, gauge, temperature and enthalpy come
// from the function, empty where the row has none.
func Read(name, unit string, field func(string) string) Heat {
	u, err := quantity.ParseUnit(table.Fold(unit))
	kilogram, _ := quantity.ParseUnit("kg")
	if err != nil || u.Dimension != quantity.Mass || u.Of != "" {
		return Heat{}
	}
	ratio, _ := u.Per(kilogram)
	kilograms, ok := ratio.Exact()
	if !ok {
		return Heat{}
	}
	r := row{name: name, readings: map[string]reading{}}
	for _, f := range fields {
		r.take(f, field(f))
	}
	r.absolute()
	perKilogram := r.heat()
	if len(r.faults) > 0 {
		return Heat{Faults: r.faults}
	}
	return Heat{PerUnit: kilograms.Mul(perKilogram), Made: r.made()}
}

// fields are the readings of a row in the order they are told, units what they are counted in.
var (
	fields = []string{"pressure", "gauge", "temperature", "enthalpy"}
	units  = map[string][]string{"pressure": {"MPa", "MPa(a)"}, "gauge": {"MPa(g)", "MPa"},
		"temperature": {"°C", "C", "度"}, "enthalpy": {"kJ/kg"}}
)

// reading is a cell with a number.
type reading struct {
	number quantity.Number
	text   string
}

// row is what a row says of its steam or water.
type row struct {
	name     string
	readings map[string]reading
	faults   []Fault
	// pressure is absolute, in MPa.
	pressure    quantity.Number
	hasPressure bool
}

func (r *row) fault(field, code string, args ...string) {
	r.faults = append(r.faults, Fault{field, code, args})
}

// take reads a cell that may have its unit beside the number.
func (r *row) take(field, cell string) {
	if cell == "" {
		return
	}
	text := table.Fold(cell)
	for _, unit := range units[field] {
		text = strings.TrimSpace(strings.TrimSuffix(text, unit))
	}
	figure, code, args := table.ReadFigure(text)
	if code == "" && figure.Unit != "" {
		code, args = "cell.unit", []string{figure.Unit, units[field][0]}
	}
	n, err := quantity.ParseNumber(cmp.Or(figure.Text, "0"))
	if code != "" || err != nil {
		r.fault(field, cmp.Or(code, "cell.number"), args...)
		return
	}
	r.readings[field] = reading{n, figure.Text}
}

// absolute settles the pressure: absolute = gauge + 0.1013 MPa.
func (r *row) absolute() {
	absolute, hasAbsolute := r.readings["pressure"]
	gauge, hasGauge := r.readings["gauge"]
	r.pressure, r.hasPressure = absolute.number, hasAbsolute || hasGauge
	if !hasGauge {
		return
	}
	made := gauge.number.Add(atmosphere)
	if hasAbsolute && !made.Equal(absolute.number) {
		r.fault("gauge", "steam.two", made.String(), absolute.text)
	}
	r.pressure = made
}

// heat is kJ/kg above water of 20 °C.
func (r *row) heat() (perKilogram quantity.Number) {
	_, hasTemperature := r.readings["temperature"]
	_, hasEnthalpy := r.readings["enthalpy"]
	switch {
	case len(r.faults) > 0:
	case r.isWater() && !hasTemperature:
		r.fault("unit", "steam.temperature")
	case r.isWater():
		return r.water()
	case hasEnthalpy:
		return r.given()
	case r.says("过热", "superheated"):
		r.fault("commodity", "steam.named")
	case r.hasPressure:
		return r.fromTable()
	case r.isSteam():
		r.fault("unit", "steam.pressure")
	default:
		r.fault("commodity", "steam.which")
	}
	return perKilogram
}

func (r *row) isWater() bool { return r.says("热水", "hot water") }

func (r *row) isSteam() bool { return r.says("汽", "steam") }

func (r *row) says(words ...string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		return strings.Contains(strings.ToLower(r.name), word)
	})
}

// given takes the enthalpy of the row, which goes before the table.
func (r *row) given() quantity.Number {
	enthalpy := r.readings["enthalpy"]
	if enthalpy.number.Cmp(enthalpyLeast) < 0 || enthalpy.number.Cmp(enthalpyMost) > 0 {
		r.fault("enthalpy", "steam.enthalpy", enthalpyLeast.String(), enthalpyMost.String())
	}
	return enthalpy.number.Sub(feedWater)
}

// fromTable takes the enthalpy of saturated steam at the pressure of the row. Steam that is hotter
// has more, and needs it given.
func (r *row) fromTable() (perKilogram quantity.Number) {
	boiling, enthalpy, ok := r.boiling()
	if !ok {
		return perKilogram
	}
	if t, has := r.readings["temperature"]; has {
		shown, _ := boiling.Round(tableRounding)
		args := []string{r.pressure.String(), shown.String()}
		if quantity.Whole(t.number.Sub(slack)).Cmp(boiling) > 0 {
			r.fault("temperature", "steam.superheated", args...)
		}
		if quantity.Whole(t.number.Add(slack)).Cmp(boiling) < 0 {
			r.fault("temperature", "steam.condensed", args...)
		}
	}
	taken, _ := enthalpy.Round(tableRounding)
	r.readings["enthalpy"] = reading{taken, taken.String()}
	return taken.Sub(feedWater)
}

// boiling returns the saturated state at the pressure of the row, or tells that the table has none.
func (r *row) boiling() (temperature, enthalpy quantity.Ratio, ok bool) {
	temperature, enthalpy, ok = between(r.pressure)
	if !ok {
		field := "pressure"
		if _, has := r.readings["gauge"]; has {
			field = "gauge"
		}
		states := saturated()
		r.fault(field, "steam.table", r.pressure.String(), states[0].pressure.String(),
			states[len(states)-1].pressure.String())
	}
	return temperature, enthalpy, ok
}

// water is the heat of water of the temperature of the row. Where the pressure is given it must not
// boil at it; where it is not, the hottest row of the table is the end.
func (r *row) water() (perKilogram quantity.Number) {
	if _, has := r.readings["enthalpy"]; has {
		r.fault("enthalpy", "steam.surplus")
		return perKilogram
	}
	states := saturated()
	most := quantity.Whole(states[len(states)-1].temperature)
	if r.hasPressure {
		boiling, _, ok := r.boiling()
		if !ok {
			return perKilogram
		}
		most = boiling.Add(quantity.Whole(slack))
	}
	above := r.readings["temperature"].number.Sub(base)
	if above.Sign() < 0 || quantity.Whole(above.Add(base)).Cmp(most) > 0 {
		shown, _ := most.Round(tableRounding)
		r.fault("temperature", "steam.water", base.String(), shown.String())
	}
	return above.Mul(specificHeat)
}

// made writes the readings out.
func (r *row) made() string {
	parts := []string{r.name}
	for _, field := range fields {
		if reading, has := r.readings[field]; has {
			parts = append(parts, reading.text+" "+units[field][0])
		}
	}
	return strings.Join(parts, ", ")
}
