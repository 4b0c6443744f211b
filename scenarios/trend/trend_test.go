package trend_test

import (
	"fmt"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/trend"
)

// TestTrends: GDP grows from 100 to 121 in two years, by 10 % a year in the mean. The rates between
// the pairs are 20, 0.8333 and 10 %, and the median is the last. Energy per GDP falls from 2 to
// 242/121 = 2: not at all. The year at prices of its own does not count for GDP, and the
// population, which is no money, goes back to it.
func TestTrends(t *testing.T) {
	year := func(at int, gdp, energy, people int64, nominal bool) scenarios.Year {
		return scenarios.Year{Year: at, Nominal: nominal, Drivers: map[string]quantity.Number{
			scenarios.GDPSecondary: quantity.Int(gdp), scenarios.Population: quantity.Int(people)},
			Cells: []scenarios.Cell{
				{Sector: "c37", Commodity: "electricity", Quantity: quantity.Int(1000),
					Energy: quantity.Int(energy), CO2: quantity.Int(500)}}}
	}
	p := scenarios.Pathway{History: []scenarios.Year{year(2019, 50, 999, 1000, true),
		year(2020, 100, 200, 1000, false), year(2021, 120, 240, 1000, false)},
		Years: []scenarios.Year{year(2022, 121, 242, 1331, false)}}
	for rule, want := range map[trend.Rule]string{
		trend.MeanGrowth: "growth secondary 10, growth residential 10, " +
			"efficiency industry 0, grid-factor all 0",
		trend.MedianGrowth: "growth secondary 10, growth residential 5, " +
			"efficiency industry 0, grid-factor all 0",
	} {
		got := ""
		for i, row := range trend.Of(p, "trend", rule, 2030).Rows {
			if i > 0 {
				got += ", "
			}
			got += row.Lever + " " + row.Sector + " " + row.Value.Round(
				quantity.Rounding{Places: 1}).String()
			if row.First != 2023 || row.Last != 2030 || row.Source == "" {
				t.Errorf("row %+v, want one of 2023-2030 with a source", row)
			}
		}
		if got != want {
			t.Errorf("%s: %s\nwant %s", rule, got, want)
		}
	}
}

// TestMissing: what stands at prices of its own year is named with those years, what the book has
// once only too, and what there is none of is not.
func TestMissing(t *testing.T) {
	year := func(at int, nominal bool) scenarios.Year {
		return scenarios.Year{Year: at, Nominal: nominal, Drivers: map[string]quantity.Number{
			scenarios.GDPSecondary: quantity.Int(100), scenarios.Population: quantity.Int(7)},
			Cells: []scenarios.Cell{{Sector: "c37", Commodity: "coal", Energy: quantity.Int(9)}}}
	}
	now := year(2022, false)
	now.Cells = append(now.Cells, scenarios.Cell{Sector: "residential", Commodity: "coal",
		Energy: quantity.Int(1)})
	p := scenarios.Pathway{History: []scenarios.Year{year(2020, true), year(2021, true)},
		Years: []scenarios.Year{now}}
	got := ""
	for _, m := range trend.Of(p, "trend", trend.MeanGrowth, 2030).Missing {
		got += fmt.Sprintln(m.Lever, m.Sector, m.Why, m.Years)
	}
	want := "growth secondary nominal [2020 2021]\n" +
		"efficiency industry nominal [2020 2021]\nefficiency residential few-years []\n"
	if got != want {
		t.Errorf("missing:\n%swant\n%s", got, want)
	}
}
