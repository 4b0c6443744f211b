package judgement_test

import (
	"slices"
	"strings"
	"testing"
)

func TestNegative(t *testing.T) {
	weighAll(t, []weighing{
		{
			"a tenth below zero",
			nil,
			"A - 2022-01 use electricity -0.1 kWh",
			[]string{"1 use.negative"},
		},
		{"zero", nil, "A - 2022-01 use electricity 0 kWh", nil},
		{
			"a supply below zero",
			nil,
			"A - 2022-01 supply raw-coal -3 t",
			[]string{"1 use.negative"},
		},
		{"a value added may be negative", nil, "A - 2022 product value-added -5 万元", nil},
	})
}

func TestGap(t *testing.T) {
	bill := "A - 2022-01-05/2022-02-05 use electricity 100 kWh\n"
	weighAll(t, []weighing{
		{
			"four months in a row",
			nil,
			series("A", "-", "electricity", "kWh", "1", "1", "1", "1"),
			nil,
		},
		{"April is left out of the upload",
			nil, series("A", "-", "electricity", "kWh", times(9, "1")...) +
				"\nA - 2022-11 use electricity 1 kWh", []string{"10 period.gap"}},
		{"between book and upload", []string{series("A", "-", "electricity", "kWh", "1", "1", "1")},
			"A - 2022-05 use electricity 1 kWh", []string{"1 period.gap"}},
		{"before a month of the book", []string{"A - 2022-05 use electricity 1 kWh"},
			"A - 2022-03 use electricity 1 kWh", []string{"1 period.gap"}},
		{"an old gap of the book", []string{"A - 2022-01 use electricity 1 kWh",
			"A - 2022-03 use electricity 1 kWh"}, "A - 2022-04 use electricity 1 kWh", nil},
		{"the gap is filled", []string{"A - 2022-01 use electricity 1 kWh",
			"A - 2022-03 use electricity 1 kWh"}, "A - 2022-02 use electricity 1 kWh", nil},
		{"a month marked as missing leaves nothing out", nil,
			series("A", "-", "electricity", "kWh", times(9, "1")...) +
				"\nA - 2022-10 use electricity missing\nA - 2022-11 use electricity 1 kWh", nil},
		{
			"another site",
			nil,
			"A S 2022-01 use electricity 1 kWh\nA T 2022-03 use electricity 2 kWh",
			nil,
		},
		{"quarters", []string{"A - 2022Q1 use fresh-water 1 m3"}, "A - 2022Q3 use fresh-water 1 m3",
			[]string{"1 period.gap"}},
		{
			"bills a day apart",
			[]string{bill},
			"A - 2022-02-06/2022-03-06 use electricity 100 kWh",
			nil,
		},
		{
			"bills two days apart",
			[]string{bill},
			"A - 2022-02-07/2022-03-07 use electricity 100 kWh",
			[]string{"1 period.gap"},
		},
		{"deliveries come when they come", nil, "A - 2022-01-05 supply diesel 1 t\n" +
			"A - 2022-01-19 supply diesel 1 t\nA - 2022-03-02 supply diesel 1 t", nil},
		{"a day left out of many", nil, days("-", times(20, "5")...) +
			"\nA - 2022-04-23 use electricity 5 kWh", []string{"21 period.gap"}},
		{"a refused row is told already", nil, bill + "A - 2022-02-01/2022-03-06 use electricity " +
			"100 kWh\nA - 2022-03-06/2022-04-06 use electricity 100 kWh", nil},
		{"cumulative reports leave no time out",
			[]string{"cumulative\nA - 2022年1-3月 use electricity 300 kWh"},
			"cumulative\nA - 2022年1-5月 use electricity 500 kWh", nil},
	})
}

func TestCompleteness(t *testing.T) {
	missing := "\nA - 2022-10 use electricity missing"
	weighAll(t, []weighing{
		{
			"nine of ten months",
			nil,
			series("A", "-", "electricity", "kWh", times(9, "1")...) + missing,
			nil,
		},
		{"nine of eleven months", nil, series("A", "-", "electricity", "kWh", times(9, "1")...) +
			missing + "\nA - 2022-11 use electricity missing", []string{"11 completeness.low"}},
		{"not occurring is an answer", nil, series("A", "-", "electricity", "kWh", "1", "1", "1") +
			"\nA - 2022-04 use electricity not-occurring", nil},
		{"the book has the other months",
			[]string{series("A", "-", "electricity", "kWh", times(9, "1")...)},
			missing[1:] + "\nA - 2022-11 use electricity 1 kWh", []string{"2 completeness.low"}},
		{"27 of 30 days", nil, strings.Join(slices.Delete(strings.Split(
			days("-", times(30, "5")...), "\n"), 10, 13), "\n"), []string{"11 period.gap"}},
		{"26 of 30 days", nil, strings.Join(slices.Delete(strings.Split(
			days("-", times(30, "5")...), "\n"), 10, 14), "\n"),
			[]string{"11 period.gap", "26 completeness.low"}},
		{"one month alone", nil, "A - 2022-01 use electricity missing", nil},
	})
}

func TestFiner(t *testing.T) {
	thirty := days("D", times(30, "100")...) // 3000 kWh in April
	ten := series("A", "M", "electricity", "kWh", times(12, "100")...)
	weighAll(t, []weighing{
		{"days and month within 5 % at two sites count twice", []string{thirty},
			"A M 2022-04 use electricity 3000 kWh", []string{"1 daily.twice"}},
		// 5 % of 2858 is 142.9 and 3000 - 2858 is 142; 5 % of 2857 is 142.85 and they are 143
		// apart.
		{"just within 5 %", []string{thirty}, "A M 2022-04 use electricity 2858 kWh",
			[]string{"1 daily.twice"}},
		{"just beyond 5 %", []string{thirty}, "A M 2022-04 use electricity 2857 kWh",
			[]string{"1 daily.monthly"}},
		{"the month in the book", []string{"A M 2022-04 use electricity 2857 kWh"}, thirty,
			[]string{"30 daily.monthly"}},
		{"the month refused", []string{thirty}, "A D 2022-04 use electricity 2857 kWh",
			[]string{"1 daily.monthly"}},
		{"the days refused", []string{"A D 2022-04 use electricity 2857 kWh"}, thirty,
			[]string{"30 daily.monthly"}},
		{
			"the month refused and right",
			[]string{thirty},
			"A D 2022-04 use electricity 3000 kWh",
			nil,
		},
		{"both in one file", nil, thirty + "\nA D 2022-04 use electricity 4000 kWh",
			[]string{"31 daily.monthly"}},
		{"26 of 30 days are no month", []string{days("D", times(26, "100")...)},
			"A M 2022-04 use electricity 2857 kWh", nil},
		{"three times as much is another meter", []string{thirty},
			"A M 2022-04 use electricity 9000 kWh", nil},
		{"less than three times is questioned", []string{thirty},
			"A M 2022-04 use electricity 8999 kWh", []string{"1 daily.monthly"}},
		{"two meters of days", []string{thirty, days("E", times(30, "50")...)},
			"A M 2022-04 use electricity 4500 kWh", []string{"1 daily.twice"}},
		{"twelve months and a year", []string{ten}, "A - 2022 use electricity 1200 kWh",
			[]string{"1 daily.twice"}},
		{"twelve months and another year", []string{ten}, "A - 2022 use electricity 1300 kWh",
			[]string{"1 daily.monthly"}},
		{"bought is not used", []string{thirty}, "A M 2022-04 supply electricity 2857 kWh", nil},
		{"another entity", []string{thirty}, "B M 2022-04 use electricity 2857 kWh", nil},
	})
}
