package units_test

import (
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger/intake/units"
)

// TestSpelled wants every word for a unit to be read as that unit.
func TestSpelled(t *testing.T) {
	list, err := factors.Commodities()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list.All() {
		for _, unit := range units.Usual(c) {
			_, word, found := strings.Cut(units.Spelled(unit), " (")
			if word = strings.TrimSuffix(word, ")"); found && !units.Same(unit, word) {
				t.Errorf("%s of %s is spelled %s, which is another unit", unit, c.ID, word)
			}
		}
	}
}

// TestSplit cuts the unit off a header where it states one, and only there.
func TestSplit(t *testing.T) {
	for header, want := range map[string][2]string{
		"用电量(万kWh)":                {"用电量", "万kWh"},
		"用电量（万ｋＷｈ）":                {"用电量", "万kWh"},
		"用水量(单位：m³)":               {"用水量", "m^3"},
		"热力【GJ】":                   {"热力", "GJ"},
		"热力 [GJ]":                  {"热力", "GJ"},
		"用电量/kWh":                  {"用电量", "kWh"},
		"electricity_kwh":          {"electricity", "kwh"},
		"Electricity, kWh":         {"Electricity", "kWh"},
		"Electricity in MWh":       {"Electricity in", "MWh"},
		"Natural Gas Use (kBtu)":   {"Natural Gas Use", "kBtu"},
		"天然气(气态)(万m3)":             {"天然气(气态)", "万m3"},
		"天然气(气态)":                  {"天然气(气态)", ""},
		"Usage/Quantity":           {"Usage/Quantity", ""},
		"期间_1":                     {"期间_1", ""},
		"(kWh)":                    {"(kWh)", ""},
		"kWh":                      {"kWh", ""},
		"":                         {"", ""},
		"))))((((":                 {"))))((((", ""},
		"单位GDP能耗(tce/万元)":          {"单位GDP能耗(tce/万元)", ""},
		"Fuel Oil #2 Use (Tonnes)": {"Fuel Oil #2 Use", "Tonnes"},
	} {
		stem, unit := units.Split(header)
		if got := [2]string{stem, unit}; got != want {
			t.Errorf("units.Split(%q) = %q, want %q", header, got, want)
		}
	}
}
