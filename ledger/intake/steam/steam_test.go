package steam_test

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"

	"carbonledger/ledger/intake/steam"
	"carbonledger/quantity"
	"carbonledger/table"
)

// read reads a row of steam or water; readings are written field=cell.
func read(name, unit string, readings ...string) steam.Heat {
	return steam.Read(name, unit, func(field string) string {
		for _, reading := range readings {
			if f, cell, _ := strings.Cut(reading, "="); f == field {
				return cell
			}
		}
		return ""
	})
}

// TestByHand works the formulas of the guidelines out by hand.
//
//	0.8 MPa            2768.3 - 83.74 = 2684.56 kJ/kg
//	0.7 MPa gauge      0.8013 MPa: 2768.3 + (2773.0 - 2768.3) x 0.0013/0.1 = 2768.3611 -> 2768.4
//	0.85 MPa           2768.3 + 4.7/2 = 2770.65 -> 2770.6, half to even
//	95 °C              (95 - 20) x 4.1868 = 314.01 kJ/kg
func TestByHand(t *testing.T) {
	cases := []struct {
		name, unit string
		readings   []string
		perUnit    string
		made       string
	}{
		{"蒸汽", "t", []string{"pressure=0.8"}, "2684560", "蒸汽, 0.8 MPa, 2768.3 kJ/kg"},
		{"steam", "kg", []string{"pressure=0.80 MPa"}, "2684.56",
			"steam, 0.80 MPa, 2768.3 kJ/kg"},
		{"蒸汽", "吨", []string{"gauge=0.7"}, "2684660", "蒸汽, 0.7 MPa(g), 2768.4 kJ/kg"},
		{"蒸汽", "t", []string{"pressure=0.85"}, "2686860", "蒸汽, 0.85 MPa, 2770.6 kJ/kg"},
		{"蒸汽", "t", []string{"pressure=0.1"}, "2591160", "蒸汽, 0.1 MPa, 2674.9 kJ/kg"},
		{"蒸汽", "t", []string{"pressure=4"}, "2717160", "蒸汽, 4 MPa, 2800.9 kJ/kg"},
		{"蒸汽", "万吨", []string{"pressure=0.8"}, "26845600000", "蒸汽, 0.8 MPa, 2768.3 kJ/kg"},
		{"steam", "lb", []string{"pressure=0.8"}, "1217.6959328072",
			"steam, 0.8 MPa, 2768.3 kJ/kg"},
		{"steam", "t", []string{"pressure=0.8", "temperature=172"}, "2684560",
			"steam, 0.8 MPa, 172 °C, 2768.3 kJ/kg"},
		{"steam", "t", []string{"pressure=0.8013", "gauge=0.7"}, "2684660",
			"steam, 0.8013 MPa, 0.7 MPa(g), 2768.4 kJ/kg"},
		{"过热蒸汽", "t", []string{"pressure=9.81", "temperature=540", "enthalpy=3476"}, "3392260",
			"过热蒸汽, 9.81 MPa, 540 °C, 3476 kJ/kg"},
		{"heat", "t", []string{"enthalpy=2768.3"}, "2684560", "heat, 2768.3 kJ/kg"},
		{"热力", "t", []string{"pressure=0.8"}, "2684560", "热力, 0.8 MPa, 2768.3 kJ/kg"},
		{"热水", "t", []string{"temperature=95"}, "314010", "热水, 95 °C"},
		{"hot water", "kg", []string{"temperature=20 ℃"}, "0", "hot water, 20 °C"},
		{"热水", "t", []string{"pressure=0.6", "temperature=130"}, "460548",
			"热水, 0.6 MPa, 130 °C"},
		{"蒸汽", "GJ", []string{"pressure=0.8"}, "0", ""},
		{"蒸汽", "m3", []string{"pressure=0.8"}, "0", ""},
		{"蒸汽", "tCO2", []string{"pressure=0.8"}, "0", ""},
		{"蒸汽", "parsec", nil, "0", ""},
	}
	for _, c := range cases {
		heat := read(c.name, c.unit, c.readings...)
		if heat.PerUnit.String() != c.perUnit || heat.Made != c.made || len(heat.Faults) > 0 {
			t.Errorf("%s by %s %v = %s kJ, %q %v; want %s, %q", c.name, c.unit, c.readings,
				heat.PerUnit, heat.Made, heat.Faults, c.perUnit, c.made)
		}
	}
}

// TestRefused: what leaves open how much heat there is gives a fault and no heat.
func TestRefused(t *testing.T) {
	cases := []struct {
		name     string
		readings []string
		want     string
	}{
		{"蒸汽", nil, "unit steam.pressure"},
		{"蒸汽", []string{"temperature=170"}, "unit steam.pressure"},
		{"热水", []string{"pressure=0.6"}, "unit steam.temperature"},
		{"热水", []string{"enthalpy=398"}, "unit steam.temperature"},
		{"热水", []string{"temperature=95", "enthalpy=398"}, "enthalpy steam.surplus"},
		{"热力", nil, "commodity steam.which"},
		{"热力", []string{"temperature=95"}, "commodity steam.which"},
		{"蒸汽", []string{"pressure=0.0999"}, "pressure steam.table 0.0999 0.1 4"},
		{"蒸汽", []string{"pressure=4.0001"}, "pressure steam.table 4.0001 0.1 4"},
		{"蒸汽", []string{"gauge=8"}, "gauge steam.table 8.1013 0.1 4"},
		{"蒸汽", []string{"pressure=0.8", "gauge=0.8"}, "gauge steam.two 0.9013 0.8"},
		{"蒸汽", []string{"pressure=0.8", "temperature=173.42"},
			"temperature steam.superheated 0.8 170.4"},
		{"蒸汽", []string{"pressure=0.8", "temperature=167.4"},
			"temperature steam.condensed 0.8 170.4"},
		{"过热蒸汽", []string{"pressure=0.8"}, "commodity steam.named"},
		{"蒸汽", []string{"enthalpy=661"}, "enthalpy steam.enthalpy 1000 4160"},
		{"蒸汽", []string{"enthalpy=4160.1"}, "enthalpy steam.enthalpy 1000 4160"},
		{"热水", []string{"temperature=19.9"}, "temperature steam.water 20 250.4"},
		{"热水", []string{"temperature=250.4"}, "temperature steam.water 20 250.4"},
		{"热水", []string{"temperature=162", "pressure=0.6"}, "temperature steam.water 20 161.8"},
		{"热水", []string{"temperature=95", "pressure=800"}, "pressure steam.table 800 0.1 4"},
		{"蒸汽", []string{"pressure=0.8 bar"}, "pressure cell.unit bar MPa"},
		{"蒸汽", []string{"gauge=8 kgf/cm2"}, "gauge cell"},
		{"蒸汽", []string{"pressure=饱和"}, "pressure cell.number"},
	}
	for _, c := range cases {
		heat := read(c.name, "t", c.readings...)
		got := ""
		if len(heat.Faults) == 1 {
			f := heat.Faults[0]
			got = strings.Join(append([]string{f.Field, f.Code}, f.Args...), " ")
		}
		if !strings.HasPrefix(got, c.want) || !heat.PerUnit.IsZero() || heat.Made != "" {
			t.Errorf("%s %v: got %q %v, want %s", c.name, c.readings, got, heat, c.want)
		}
	}
}

// TestBetweenRows: between two rows enthalpy goes from one to the other and never beyond either.
func TestBetweenRows(t *testing.T) {
	rows := records(t, "saturated.csv")
	for i := 1; i < len(rows); i++ {
		low, high := rows[i-1], rows[i]
		least, most := kilojoules(t, low["pressure_mpa"]), kilojoules(t, high["pressure_mpa"])
		if least.Cmp(most) > 0 {
			least, most = most, least
		}
		for step := range int64(101) {
			p := parse(t, low["pressure_mpa"]).Mul(quantity.Int(100 - step)).
				Add(parse(t, high["pressure_mpa"]).Mul(quantity.Int(step))).Mul(parse(t, "0.01"))
			if q := kilojoules(t, p.String()); q.Cmp(least) < 0 || q.Cmp(most) > 0 {
				t.Errorf("%s MPa: %s kJ/kg is not between %s and %s", p, q, least, most)
			}
		}
	}
}

// TestTable compares the table with the facts it was taken from, where they are there, row by row.
func TestTable(t *testing.T) {
	facts := map[string]map[string]string{}
	const shared = "../../../../shared/facts/heat_steam.csv"
	if _, err := os.Stat(shared); !errors.Is(err, fs.ErrNotExist) {
		for _, fact := range records(t, shared) {
			if strings.HasPrefix(fact["id"], "steam.sat.") {
				facts[fact["id"]] = fact
			}
		}
	}
	rows := records(t, "saturated.csv")
	if len(facts) > 0 && len(rows) != len(facts) {
		t.Errorf("%d rows, the facts have %d", len(rows), len(facts))
	}
	for i, row := range rows {
		if row["id"] != "steam.sat."+row["pressure_mpa"] || row["status"] != "computed" {
			t.Errorf("row %d: %v", i+1, row)
		}
		rises := func(column string) bool {
			return i == 0 || parse(t, row[column]).Cmp(parse(t, rows[i-1][column])) > 0
		}
		if !rises("pressure_mpa") || !rises("temperature_c") {
			t.Errorf("%s: pressure and temperature must rise from row to row", row["id"])
		}
		fact, known := facts[row["id"]]
		if known && (fact["value"] != row["enthalpy_kj_kg"] ||
			!strings.Contains(fact["item_en"], ", "+row["temperature_c"]+" C")) {
			t.Errorf("%s: got %v, the facts have %v", row["id"], row, fact)
		}
	}
}

// kilojoules is the heat of a kilogram of saturated steam.
func kilojoules(t *testing.T, pressure string) quantity.Number {
	t.Helper()
	heat := read("steam", "kg", "pressure="+pressure)
	if len(heat.Faults) > 0 {
		t.Fatal(pressure, heat.Faults)
	}
	return heat.PerUnit
}

func parse(t *testing.T, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// records reads a file with a header into rows by column.
func records(t *testing.T, path string) (rows []map[string]string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sheet, faults := table.Read(path, text)
	for _, fault := range faults {
		t.Fatal(fault)
	}
	for _, record := range sheet.Rows[1:] {
		row := map[string]string{}
		for i, name := range sheet.Rows[0].Cells {
			row[name.Text] = record.Cell(i).Text
		}
		rows = append(rows, row)
	}
	return rows
}
