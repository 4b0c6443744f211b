package inventory_test

import (
	"errors"
	"testing"

	"carbonledger/ledger/inventory"
)

// TestIntensities divides 2 kg of diesel, 2.9142 kgce, by what the book has of the denominator.
func TestIntensities(t *testing.T) {
	const use = "plant 2022-02 supply>use diesel 2\n"
	cases := []struct {
		name, rows, per, area, period   string
		numerator, denominator, vintage string
	}{
		{"the latest revision wins", use + "360104 2022 origin>product gdp 9 vintage=2023-12-29\n" +
			"360104 2022 origin>product gdp 8 vintage=2024-12-30\n" +
			"360104 2022 origin>product gdp 7 vintage=2023-03-31",
			"gdp", "360104", "2022", "2.9142", "8", "2024-12-30"},
		{"a year of quarters, each in its latest revision",
			use + "360104 2022Q1 origin>product gdp 1 vintage=2022-04-20\n" +
				"360104 2022Q1 origin>product gdp 2 vintage=2022-07-20\n" +
				"360104 2022Q2 origin>product gdp 3 vintage=2022-07-20\n" +
				"360104 2022年下半年 origin>product gdp 7",
			"gdp", "", "2022", "2.9142", "12", "2022-07-20"},
		{"a quarter out of a year and its quarters",
			use + "360104 2022 origin>product gdp 9\n" +
				"360104 2022Q1 origin>product gdp 2 vintage=2022-04-20",
			"gdp", "", "2022Q1", "2.9142", "2", "2022-04-20"},
		{"an estimate is counted", use + "360104 2022 origin>product gdp 9 absence=estimated",
			"gdp", "", "2022", "2.9142", "9 estimates=1", "1970-01-01"},
		{"a gap in the numerator", use + "plant 2022-03 supply>use diesel 0 absence=missing\n" +
			"360104 2022 origin>product population 4", "population", "", "2022",
			"2.9142 gaps=1", "4", "1970-01-01"},
		{"only what lies in the area", use + "shop 2022-02 supply>use diesel 1\n" +
			"360104 2022 origin>product land-area 4", "land-area", "", "2022", "2.9142", "4",
			"1970-01-01"},
		{"what entities report, each site by itself",
			use + "plant 2022 origin>product floor-area 3 site=1\n" +
				"plant 2022 origin>product floor-area 4 site=2\n" +
				"mill 2022 origin>product floor-area 5",
			"floor-area", "360104", "2022", "2.9142", "12", "1970-01-01"},
		{"an entity that lacks a month",
			use + "plant 2022 origin>product output:gears.t 3\n" +
				"forge 2022-01 origin>product output:gears.t 4",
			"output:gears.t", "", "2022", "2.9142", "3 gaps=1", "1970-01-01"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := stateOf(t, "cn-statistics", bookOf(t, activities(t, c.rows)))
			list, err := inventory.Intensities(s, inventory.Query{Period: period(t, c.period),
				Measures: []inventory.Measure{inventory.Energy}}, c.per, c.area)
			if err != nil {
				t.Fatal(err)
			}
			i := list[0]
			if text(i.Numerator) != c.numerator || text(i.Denominator) != c.denominator ||
				i.Vintage.String() != c.vintage {
				t.Errorf("%s / %s of %s, want %s / %s of %s", text(i.Numerator),
					text(i.Denominator), i.Vintage, c.numerator, c.denominator, c.vintage)
			}
			if !i.Ratio().Defined() {
				t.Error("the ratio is not defined")
			}
		})
	}
}

func TestNoDenominator(t *testing.T) {
	cases := []struct{ name, rows, per, area, period string }{
		{"nobody reports it", "plant 2022 supply>use diesel 2", "gdp", "", "2022"},
		{"not for that year", "360104 2021 origin>product gdp 2", "gdp", "", "2022"},
		{"a year does not answer for a quarter",
			"360104 2022 origin>product gdp 2", "gdp", "", "2022Q1"},
		{"three quarters are no year", "360104 2022Q1 origin>product gdp 2\n" +
			"360104 2022Q2 origin>product gdp 2\n360104 2022Q4 origin>product gdp 2",
			"gdp", "", "2022"},
		{"people do not add up over quarters", "360104 2022Q1 origin>product population 2\n" +
			"360104 2022年4-12月 origin>product population 2", "population", "", "2022"},
		{"two areas report it", "360104 2022 origin>product gdp 2\n" +
			"360000 2022 origin>product gdp 9", "gdp", "", "2022"},
		{"it is missing", "360104 2022 origin>product gdp 0 absence=missing", "gdp", "", "2022"},
		{"diesel divides nothing", "plant 2022 supply>use diesel 2", "diesel", "", "2022"},
		{"another area has it", "360000 2022 origin>product gdp 9", "gdp", "360104", "2022"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			s := stateOf(t, "cn-statistics", bookOf(t, activities(t, c.rows)))
			_, err := inventory.Intensities(s, inventory.Query{Period: period(t, c.period),
				Measures: []inventory.Measure{inventory.Energy}}, c.per, c.area)
			if !errors.Is(err, inventory.ErrDenominator) {
				t.Errorf("error = %v, want ErrDenominator", err)
			}
		})
	}
}
