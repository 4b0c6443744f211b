package published

import (
	"strconv"
	"strings"

	"carbonledger/pattern"
	"carbonledger/quantity"
	"carbonledger/table"
)

// flatColumns are where the columns of the flat file of the UK stand. Up to 2021 the header is row
// 4 and has `UOM (simple)`, `GHG` and `Lookup`; of 2024 it is row 6 and has `ID` and `GHG/Unit`.
type flatColumns struct {
	header, year                            int
	scope, level1, level3, level4, text, id int
	unit, gas, value                        int
}

var flatValue = pattern.Of(`^ghgconversionfactor(\d{4})$`)

// headerDepth is how far down a header may stand.
const headerDepth = 30

// flatHeader finds the header row by its names.
func flatHeader(sheet table.Sheet) (flatColumns, bool) {
	for i, row := range sheet.Rows[:min(len(sheet.Rows), headerDepth)] {
		at := map[string]int{}
		c := flatColumns{header: i, value: -1}
		for column, cell := range row.Cells {
			key := table.Key(cell.Text)
			at[key] = column + 1
			if m := flatValue().FindStringSubmatch(key); m != nil {
				c.value = column
				c.year, _ = strconv.Atoi(m[1])
			}
		}
		column := func(names ...string) int {
			for _, name := range names {
				if place := at[name]; place > 0 {
					return place - 1
				}
			}
			return -1
		}
		c.scope, c.level1, c.level3 = column("scope"), column("level1"), column("level3")
		c.level4, c.text, c.id = column("level4"), column("columntext"), column("id")
		c.unit, c.gas = column("uom"), column("ghg/unit", "ghg")
		if c.level1 >= 0 && c.level3 >= 0 && c.unit >= 0 && c.gas >= 0 && c.value >= 0 {
			return c, true
		}
	}
	return flatColumns{}, false
}

func fitsFlat(sheet table.Sheet) bool {
	_, ok := flatHeader(sheet)
	return ok
}

// flat reads the flat file: one number a row.
func (r *reader) flat() {
	c, ok := flatHeader(r.sheet)
	if !ok {
		r.faults = append(r.faults, table.Fault{File: r.sheet.File, Sheet: r.sheet.Name,
			Code: "header.missing", Args: []string{"Level 1, Level 3, UOM, GHG, " +
				"GHG Conversion Factor <year>"}})
		return
	}
	if r.year == 0 {
		r.year = c.year
	}
	for _, row := range r.sheet.Rows[c.header+1:] {
		unit, value := row.Cell(c.unit), row.Cell(c.value)
		if unit.Text == "" && value.Text == "" {
			continue // A note or a heading; it holds no number.
		}
		t := item{line: row.Line, column: c.value + 1, group: row.Cell(c.level1).Text,
			name: joined(row.Cell(c.level3).Text, row.Cell(c.level4).Text, row.Cell(c.text).Text),
			unit: unit.Text, mass: "kg", page: r.where(row.Line)}
		if id := row.Cell(c.id).Text; id != "" {
			t.page = "ID " + id + "; " + t.page
		}
		gas, part := flatGas(row.Cell(c.gas).Text)
		if t.gas = gas; gas == "" {
			t.unit = row.Cell(c.gas).Text
		}
		r.share(t, row.Cell(c.scope).Text, value.Text)
		if part && gas != "co2" {
			r.read, r.parts = r.read+1, r.parts+1
			continue
		}
		r.take(t, value)
	}
}

var flatShare = pattern.Of(`(?i)^kg CO2e of (CO2|CH4|N2O) per unit$`)

// flatGas reads `kg CO2e`, `kg CO2`, `kg CO2e of CO2 per unit`. Every number is CO2 equivalent:
// that of CO2 is kg of CO2 as well, as its warming potential is 1; those of methane and nitrous
// oxide are parts of the total and no mass of these gases.
func flatGas(text string) (gas string, part bool) {
	if m := flatShare().FindStringSubmatch(text); m != nil {
		return gasOf(m[1]), true
	}
	rest, ok := strings.CutPrefix(strings.ToLower(text), "kg ")
	switch gas := gasOf(rest); {
	case !ok:
	case gas == "co2e":
		return gas, false
	case gas == "co2" || gas == "ch4" || gas == "n2o":
		return gas, true
	}
	return "", false
}

// joined names a row by its levels.
func joined(levels ...string) string {
	var names []string
	for _, level := range levels {
		if level != "" {
			names = append(names, level)
		}
	}
	return strings.Join(names, " / ")
}

// share is a total or one gas of it.
type share struct {
	key, name, gas, written string
	number                  quantity.Number
	line, column            int
	sheet                   string
}

func (r *reader) share(t item, scope, value string) {
	text, code, _ := table.Decimal(scientific(value))
	number, err := quantity.ParseNumber(significant(text))
	if code != "" || err != nil || t.gas == "" {
		return
	}
	r.shares = append(r.shares, share{strings.Join([]string{r.sheet.Name, scope, t.group, t.name,
		t.unit}, "\x00"), t.name, t.gas, value, number, t.line, t.column, r.sheet.Name})
}

// addUp compares every total with the sum of its gases. They are printed rounded, each to half a
// unit of its last decimal, so total and three gases may be two units apart:
//
//	|CO2 + CH4 + N2O - CO2e| <= 2 x 10^-decimals
func (r *reader) addUp() (sums Sums) {
	parts := map[string][]share{}
	for _, s := range r.shares {
		parts[s.key] = append(parts[s.key], s)
	}
	for _, total := range r.shares {
		if total.gas != "co2e" {
			continue
		}
		var sum quantity.Number
		places, gases := total.number.Decimals(), 0
		for _, part := range parts[total.key] {
			if part.gas != "co2e" {
				sum, gases = sum.Add(part.number), gases+1
				places = max(places, part.number.Decimals())
			}
		}
		if gases == 0 {
			continue
		}
		apart := sum.Sub(total.number).Abs()
		switch within := rounding(places); {
		case apart.IsZero():
			sums.Exact++
		case apart.Cmp(within) <= 0:
			sums.Rounded++
		default:
			sums.Off++
			r.warnings = append(r.warnings, table.Fault{File: r.sheet.File, Sheet: total.sheet,
				Line: total.line, Column: total.column, Code: "published.sum", Cell: total.written,
				Args: []string{sum.String(), total.name}})
		}
	}
	return sums
}

// printedPlaces is how many decimals the flat files print; those of 2023 have whatever the
// spreadsheet computed, and their parts are no closer than the printed ones.
const printedPlaces = 5

// rounding is two units of the last decimal.
func rounding(places int32) quantity.Number {
	unit := "0." + strings.Repeat("0", max(int(min(places, printedPlaces))-1, 0)) + "2"
	if places <= 0 {
		unit = "2"
	}
	number, err := quantity.ParseNumber(unit)
	if err != nil {
		panic("published: " + err.Error())
	}
	return number
}
