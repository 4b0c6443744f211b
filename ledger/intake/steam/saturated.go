package steam

import (
	_ "embed"
	"sync"

	"carbonledger/quantity"
	"carbonledger/table"
)

//go:embed saturated.csv
var saturatedFile []byte

// saturated is the table of dry saturated steam, by absolute pressure. IAPWS-IF97 is the industrial
// formulation of the properties of water and steam; the rows are computed with it and not printed
// in a guideline.
var saturated = sync.OnceValue(readSaturated)

// state is saturated steam at an absolute pressure in MPa: its temperature in degrees Celsius and
// its enthalpy in kJ/kg.
type state struct{ pressure, temperature, enthalpy quantity.Number }

type stateRow struct {
	ID          string `csv:"id"`
	Pressure    string `csv:"pressure_mpa"`
	Temperature string `csv:"temperature_c"`
	Enthalpy    string `csv:"enthalpy_kj_kg"`
	Source      string `csv:"source"`
	Status      string `csv:"status"`
}

func readSaturated() (states []state) {
	rows, faults := table.Decode[stateRow]("saturated.csv", saturatedFile)
	if len(faults) > 0 {
		panic(faults[0])
	}
	for _, row := range rows {
		states = append(states, state{number(row.Value.Pressure), number(row.Value.Temperature),
			number(row.Value.Enthalpy)})
	}
	return states
}

// number reads a constant of this package.
func number(text string) quantity.Number {
	n, err := quantity.ParseNumber(text)
	if err != nil {
		panic("steam: " + text + ": " + err.Error())
	}
	return n
}

// between interpolates temperature and enthalpy between the two rows around an absolute pressure;
// it returns false beyond the table.
//
//	H = H0 + (H1 - H0) x (p - p0) / (p1 - p0)
func between(pressure quantity.Number) (temperature, enthalpy quantity.Ratio, ok bool) {
	states := saturated()
	for i := 1; i < len(states); i++ {
		low, high := states[i-1], states[i]
		if pressure.Cmp(low.pressure) < 0 || pressure.Cmp(high.pressure) > 0 {
			continue
		}
		share := quantity.RatioOf(pressure.Sub(low.pressure), high.pressure.Sub(low.pressure))
		return along(low.temperature, high.temperature, share),
			along(low.enthalpy, high.enthalpy, share), true
	}
	return temperature, enthalpy, false
}

// along is the value a share of the way from one to the other.
func along(from, to quantity.Number, share quantity.Ratio) quantity.Ratio {
	return quantity.Whole(from).Add(quantity.Whole(to.Sub(from)).Mul(share))
}
