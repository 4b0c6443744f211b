package trend_test

import (
	"fmt"
	"slices"
	"testing"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/trend"
)

func series(t *testing.T, pairs ...int64) (s trend.Series) {
	t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		s = append(s, scenarios.Point{Year: int(pairs[i]), Value: quantity.Int(pairs[i+1])})
	}
	return s
}

// TestSeries follows the case scn-pyam-timeseries: filling between years, the sum of six whole
// years, the years strictly beyond a level, and growth of 6 and 3.5 times in five years.
func TestSeries(t *testing.T) {
	three := quantity.Whole(quantity.Int(3))
	if got, ok := series(t, 2005, 4, 2008, 1, 2013, 1).At(2006); !ok || got.Cmp(three) != 0 {
		t.Errorf("2006: %v, want 3", got)
	}
	for _, year := range []int{2004, 2014} {
		if got, ok := series(t, 2005, 4, 2008, 1, 2013, 1).At(year); ok {
			t.Errorf("%d: %v, want no answer outside the series", year, got)
		}
	}
	six := quantity.Whole(quantity.Int(6))
	got, ok := series(t, 2003, 3, 2007, 1, 2013, 1).Cumulative(2008, 2013)
	if !ok || got.Cmp(six) != 0 {
		t.Errorf("cumulative %v, want 6", got)
	}
	cross := series(t, 2005, 1, 2007, 3, 2013, 1)
	up, down := cross.Crossings(quantity.Int(2))
	if !slices.Equal(up, []int{2007}) || !slices.Equal(down, []int{2011}) {
		t.Errorf("crossings of 2: up %v, down %v, want 2007 and 2011", up, down)
	}
	if up, down := cross.Crossings(quantity.Int(4)); len(up)+len(down) > 0 {
		t.Errorf("crossings of 4: %v %v, want none", up, down)
	}
	for want, s := range map[string]trend.Series{"0.430969": series(t, 2005, 1, 2010, 6),
		"0.284735": series(t, 2005, 2, 2010, 7)} {
		got, ok := s.Growth(2005, 2010)
		if shown := got.Round(quantity.Rounding{Places: 6}); !ok || shown.String() != want {
			t.Errorf("growth %s, want %s", shown, want)
		}
	}
	if got, ok := series(t, 2005, -1, 2010, 6).Growth(2005, 2010); ok {
		t.Errorf("growth across zero is %s, want no answer", got)
	}
}

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
