package published

import (
	_ "embed"
	"strings"
	"sync"

	"carbonledger/pattern"
	"carbonledger/table"
)

//go:embed names.csv
var namesFile []byte

// nameRow says what a published name means in a unit: a commodity counted per a unit, or, without a
// commodity, why the row is left out. A cell that ends with * takes everything that begins so.
type nameRow struct {
	Layout    string `csv:"layout"`
	Group     string `csv:"group"`
	Name      string `csv:"name"`
	Unit      string `csv:"unit"`
	Gas       string `csv:"gas"`
	Commodity string `csv:"commodity"`
	Per       string `csv:"per_unit"`
	Basis     string `csv:"basis"`
	WhyEN     string `csv:"why_en"`
	WhyZH     string `csv:"why_zh"`
}

var names = sync.OnceValue(func() []nameRow {
	records, faults := table.DecodeRaw[nameRow]("names.csv", namesFile)
	if len(faults) > 0 {
		panic("published: " + faults[0].Error())
	}
	rows := make([]nameRow, len(records))
	for i, record := range records {
		rows[i] = record.Value
	}
	return rows
})

// lookup returns the first line of the list that covers a number.
func lookup(layout string, t item) (nameRow, bool) {
	for _, row := range names() {
		if (row.Layout == layout || row.Layout == "*") && covers(row.Group, t.group) &&
			covers(row.Name, t.name) && covers(row.Unit, t.unit) && covers(row.Gas, t.gas) {
			return row, true
		}
	}
	return nameRow{}, false
}

func covers(pattern, text string) bool {
	beginning, open := strings.CutSuffix(pattern, "*")
	if open {
		return strings.HasPrefix(table.Key(text), table.Key(beginning))
	}
	return table.Key(pattern) == table.Key(text)
}

// heading is what the header of a column of numbers says: kg CO2 per mmBtu.
type heading struct{ mass, gas, per string }

var (
	perHeading = pattern.Of(`(?i)(?:^|[\s(,:])(kg|g|lbs?|t|tonnes?|metric tons?|mmBtu)` +
		`[\s-]*(CO2e|CO2-?eq|CO2|CH4|N2O)?\s*(?:per|/)\s*([^(),]+?(?:\([^()]*\))?)\)?\s*$`)
	gasWord = pattern.Of(`(?i)\b(CO2e|CO2-?eq|CO2|CH4|N2O)`)
)

// parseHeading reads a header with a unit; a gas may stand anywhere in it.
func parseHeading(text string) (heading, bool) {
	m := perHeading().FindStringSubmatch(text)
	if m == nil {
		return heading{}, false
	}
	h := heading{mass: massOf(m[1]), gas: gasOf(m[2]), per: strings.TrimSpace(m[3])}
	if h.gas == "" {
		if g := gasWord().FindString(text); g != "" {
			h.gas = gasOf(g)
		}
	}
	if strings.EqualFold(m[1], "mmBtu") {
		h.gas, h.mass = "heat-content", m[1]
	}
	return h, true
}

func gasOf(text string) string {
	switch gas := strings.ToLower(strings.TrimSpace(text)); gas {
	case "co2-eq", "co2eq":
		return "co2e"
	default:
		return gas
	}
}

func massOf(text string) string {
	switch mass := strings.ToLower(strings.Join(strings.Fields(text), " ")); mass {
	case "lbs":
		return "lb"
	case "tonne", "tonnes", "metric ton", "metric tons":
		return "t"
	default:
		return mass
	}
}
