package judgement_test

import (
	"fmt"
	"testing"
)

func TestMagnitude(t *testing.T) {
	usual := series("A", "-", "electricity", "kWh", "1000000", "1000000", "1000000")
	next := func(number, unit string) string {
		return "A - 2022-04 use electricity " + number + " " + unit
	}
	weighAll(t, []weighing{
		{"29.99 times is not far", []string{usual}, next("29999999", "kWh"),
			[]string{"1 month.tenfold"}},
		{
			"30 times is far",
			[]string{usual},
			next("30000000", "kWh"),
			[]string{"1 amount.magnitude"},
		},
		{"a 30th is far", []string{usual}, next("33333", "kWh"), []string{"1 amount.magnitude"}},
		{"a little more than a 30th is not", []string{usual}, next("33334", "kWh"),
			[]string{"1 month.tenfold"}},
		{"万kWh given in kWh", []string{usual}, next("100", "kWh"), []string{"1 unit.magnitude"}},
		// 34 x 10,000 is above a third of 1,000,000, and 33 x 10,000 below.
		{
			"just near another unit",
			[]string{usual},
			next("34", "kWh"),
			[]string{"1 unit.magnitude"},
		},
		{"just not near another unit", []string{usual}, next("33", "kWh"),
			[]string{"1 amount.magnitude"}},
		{"MWh given in kWh", []string{usual}, next("1000", "kWh"), []string{"1 unit.magnitude"}},
		{"kWh given in 万kWh", []string{usual}, next("1000000", "万kWh"),
			[]string{"1 unit.magnitude"}},
		{"two other months are no history", []string{series("A", "-", "electricity", "kWh",
			"1000000", "1000000")}, "A - 2022-03 use electricity 100 kWh",
			[]string{"1 month.tenfold-unit"}},
		{"the history is in the upload", nil, usual + "\n" + next("100", "kWh"),
			[]string{"4 unit.magnitude"}},
		{"a mean of the two middle ones", []string{series("A", "-", "electricity", "kWh",
			"10", "10", "20", "20")}, "A - 2022-05 use electricity 450 kWh",
			[]string{"1 amount.magnitude"}},
		{"just below the mean of the two middle ones", []string{series("A", "-", "electricity",
			"kWh", "10", "10", "20", "20")}, "A - 2022-05 use electricity 449 kWh",
			[]string{"1 month.tenfold"}},
		{"t given in kg", []string{series("A", "-", "raw-coal", "t", "50", "60", "55")},
			"A - 2022-04 use raw-coal 57 kg", []string{"1 unit.magnitude"}},
		{"万m3 given in m3", []string{series("A", "-", "natural-gas", "万Nm3", "5", "6", "5")},
			"A - 2022-04 use natural-gas 5 Nm3", []string{"1 unit.magnitude"}},
		{"a quarter is not compared with months", []string{usual},
			"A - 2022Q2 use electricity 100 kWh", nil},
		{"zero is a figure and no mistake of units", []string{usual}, next("0", "kWh"), nil},
		{"the same month of the year before was as small",
			[]string{"A - 2021-04 use electricity 120 kWh", usual}, next("100", "kWh"), []string{}},
		{"a bill more of the same month", []string{usual},
			next("900000", "kWh") + " b1\n" + next("100000", "kWh") + " b2", nil},
		{"gdp in 元 after 万元", []string{"360104 - 2021 product gdp 424.18 亿元"},
			"360104 - 2022 product gdp 443.37 万元", []string{"1 unit.magnitude"}},
		{"gdp grows", []string{"360104 - 2021 product gdp 424.18 亿元"},
			"360104 - 2022 product gdp 443.37 亿元", nil},
		{"a cumulative report", []string{"cumulative\nA - 2022-01 use electricity 100 万kWh",
			"cumulative\nA - 2022年1-2月 use electricity 200 万kWh",
			"cumulative\nA - 2022年1-3月 use electricity 300 万kWh"},
			"cumulative\nA - 2022年1-4月 use electricity 300.01 万kWh",
			[]string{"2 unit.magnitude"}},
		{"a steady cumulative report", []string{"cumulative\nA - 2022-01 use electricity 100 万kWh",
			"cumulative\nA - 2022年1-2月 use electricity 200 万kWh",
			"cumulative\nA - 2022年1-3月 use electricity 300 万kWh"},
			"cumulative\nA - 2022年1-4月 use electricity 400 万kWh", nil},
	})
}

func TestIndustry(t *testing.T) {
	peers := func(industry string, count int) []string {
		var list []string
		for i := range count {
			list = append(
				list,
				fmt.Sprintf("P%d:%s - 2022-01 use electricity 100000 kWh", i, industry),
			)
		}
		return list
	}
	weighAll(t, []weighing{
		{"a thousandth of three others", peers("C3110", 3),
			"A:C3120 - 2022-01 use electricity 100 kWh", []string{"1 unit.magnitude-industry"}},
		{"a little more than a thousandth", peers("C3110", 3),
			"A:C3120 - 2022-01 use electricity 101 kWh", nil},
		{"万kWh given in kWh", peers("C3110", 3), "A:C3120 - 2022-01 use electricity 10 kWh",
			[]string{"1 unit.magnitude-industry"}},
		{"two others are no industry", peers("C3110", 2),
			"A:C3120 - 2022-01 use electricity 100 kWh", nil},
		{"another division", peers("C3110", 3), "A:C3210 - 2022-01 use electricity 100 kWh", nil},
		{"no industry is known", peers("C3110", 3), "A - 2022-01 use electricity 100 kWh", nil},
		{"its own history goes first", append(peers("C3110", 3),
			series("A:C3120", "-", "electricity", "kWh", "90", "100", "110")),
			"A:C3120 - 2022-04 use electricity 100 kWh", nil},
	})
}

func TestTenfold(t *testing.T) {
	months := func(numbers ...string) string {
		return series("A", "-", "electricity", "kWh", numbers...)
	}
	weighAll(t, []weighing{
		{
			"eight times both neighbours",
			nil,
			months("100", "800", "99"),
			[]string{"2 month.tenfold"},
		},
		{"not eight times one of them", nil, months("100", "800", "101"), nil},
		{"the last month", nil, months("100", "99", "800"), []string{"3 month.tenfold"}},
		{"the first month", nil, months("800", "99", "100"), []string{"1 month.tenfold"}},
		{"only one month before it", nil, months("100", "800"), nil},
		{
			"an eighth of both neighbours",
			nil,
			months("800", "100", "800"),
			[]string{"2 month.tenfold"},
		},
		{"not an eighth of one of them", nil, months("800", "100", "799"), nil},
		{"a step and no peak", nil, months("10", "100", "1000"), nil},
		{"a neighbour of zero", nil, months("0", "1000", "10"), nil},
		{"the next month shows it", []string{months("100", "1000")},
			"A - 2022-03 use electricity 100 kWh", []string{"1 month.tenfold"}},
		{"the year before had it too", []string{"A - 2021-02 use electricity 126 kWh",
			"A - 2021-03 use electricity 100 kWh"}, months("100", "1000", "99"),
			[]string{"1 period.gap"}},
		{"the year before had not", []string{"A - 2021-02 use electricity 100 kWh"},
			months("100", "1000", "99"), []string{"1 period.gap", "2 month.tenfold"}},
		{"told of its unit already", nil, months("100", "100000", "100", "100"),
			[]string{"2 unit.magnitude-others"}},
		{"days have weekends", nil, days("-", "100", "1000", "100"), nil},
	})
}

func TestTwoUnits(t *testing.T) {
	weighAll(t, []weighing{
		{"万kWh and kWh at two sites", nil, "A S 2022-01 use electricity 10 万kWh\n" +
			"A T 2022-01 use electricity 100000 kWh", []string{"2 unit.two"}},
		{"the same unit is no second unit", nil, "A S 2022-01 use electricity 100000 kWh\n" +
			"A T 2022-01 use electricity 100000 kWh", nil},
		{"two bills", nil, "A - 2022-01 use electricity 10 万kWh b1\n" +
			"A - 2022-01 use electricity 100000 kWh b2", []string{"2 unit.two"}},
		{"two bills come to another figure", nil, "A S 2022-01 use electricity 60000 kWh b1\n" +
			"A S 2022-01 use electricity 40000 kWh b2\nA T 2022-01 use electricity 10 万kWh",
			[]string{"3 unit.two"}},
		{"one bill of two is no figure", nil, "A S 2022-01 use electricity 100000 kWh b1\n" +
			"A S 2022-01 use electricity 30000 kWh b2\nA T 2022-01 use electricity 10 万kWh", nil},
		{"power as heat", nil, "A - 2022-01 use electricity 100000 kWh\n" +
			"A - 2022-01 use heat 360 GJ", []string{"2 unit.two"}},
		{"power in the book", []string{"A - 2022-01 use electricity 100000 kWh"},
			"A - 2022-01 use heat 360 GJ", []string{"1 unit.two"}},
		// 0.18 x 2000 is 360, not above 360.18; 0.2 x 2000 is 400.
		{"rounded to four digits", nil, "A - 2022-01 use electricity 100000 kWh\n" +
			"A - 2022-01 use heat 360.18 GJ", []string{"2 unit.two"}},
		{"not the same any more", nil, "A - 2022-01 use electricity 100000 kWh\n" +
			"A - 2022-01 use heat 360.2 GJ", nil},
		{"coal as other fuel in standard coal", nil, "A - 2022-01 use raw-coal 100 t\n" +
			"A - 2022-01 use other-fuel 71.43 tce", []string{"2 unit.two"}},
		{"gas by volume and energy", nil, "A - 2022-01 use natural-gas 1000 Nm3\n" +
			"A - 2022-01 use natural-gas-gross 38.9 GJ", []string{"2 unit.two"}},
		// 1000 m3 x 1.1 kgce/m3 x 29307.6 kJ/kgce / 0.9 = 35,820,400 kJ.
		{"the least gas can have", nil, "A - 2022-01 use natural-gas 1000 Nm3\n" +
			"A - 2022-01 use natural-gas-gross 35820.4 MJ", []string{"2 unit.two"}},
		{"less than gas can have", nil, "A - 2022-01 use natural-gas 1000 Nm3\n" +
			"A - 2022-01 use natural-gas-gross 35820.3 MJ", nil},
		{"bought and used", nil, "A - 2022-01 supply electricity 10 万kWh\n" +
			"A - 2022-01 stock>use electricity 100000 kWh", nil},
		{"used by the bill and by the form", []string{"A - 2022-01 use electricity 10 万kWh"},
			"A - 2022-01 stock>use electricity 100000 kWh", []string{"1 unit.two"}},
		{"used by the bill and by the form of one file", nil,
			"A - 2022-01 use electricity 10 万kWh\nA - 2022-01 stock>use electricity 100000 kWh",
			[]string{"2 unit.two"}},
		{"used and sold", nil, "A - 2022-01 use electricity 10 万kWh\n" +
			"A - 2022-01 supply>sale electricity 100000 kWh", nil},
		{"another month", nil, "A S 2022-01 use electricity 10 万kWh\n" +
			"A T 2022-02 use electricity 100000 kWh", nil},
		{"another entity", nil, "A - 2022-01 use electricity 10 万kWh\n" +
			"B - 2022-01 use electricity 100000 kWh", nil},
		{"two fuels of one energy", nil, "A - 2022-01 use raw-coal 9000 t\n" +
			"A - 2022-01 use coke 6617.974 t", nil},
	})
}

// TestIntensity divides 1,000,000 kWh x 0.1229 = 122,900 kgce by the output.
func TestIntensity(t *testing.T) {
	of := func(entity, year, output string) string {
		return fmt.Sprintf(
			"%s - %s use electricity 1000000 kWh\n%s - %s product gross-output %s 万元",
			entity,
			year,
			entity,
			year,
			output,
		)
	}
	var five []string
	for i := range 5 {
		five = append(five, of(fmt.Sprintf("P%d:C3110", i), "2022", "1000"))
	}
	weighAll(t, []weighing{
		{
			"ten times its industry",
			five,
			of("A:C3120", "2022", "100"),
			[]string{"2 intensity.range"},
		},
		{"less than ten times", five, of("A:C3120", "2022", "100.1"), nil},
		{"a tenth of its industry", five, of("A:C3120", "2022", "10000"),
			[]string{"2 intensity.range"}},
		{"more than a tenth", five, of("A:C3120", "2022", "9999"), nil},
		{"four others are no range", five[:4], of("A:C3120", "2022", "100"), nil},
		{"three times the year before", []string{of("A", "2021", "900")}, of("A", "2022", "300"),
			[]string{"2 intensity.change"}},
		{"less than three times", []string{of("A", "2021", "900")}, of("A", "2022", "301"), nil},
		{"three years back", []string{of("A", "2019", "900")}, of("A", "2022", "300"),
			[]string{"1 period.gap", "2 intensity.change", "2 period.gap"}},
		{"half a year of energy is no intensity", []string{of("A", "2021", "900"),
			"A - 2022年上半年 use electricity 1000000 kWh"}, "A - 2022 product gross-output 300 万元",
			nil},
		{"floor area", []string{"A - 2021 use electricity 1000000 kWh\n" +
			"A - 2021 product floor-area 30000 m2"}, "A - 2022 use electricity 1000000 kWh\n" +
			"A - 2022 product floor-area 9999 m2", []string{"2 intensity.change"}},
	})
}
