package intake_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/quantity"
	"carbonledger/table"
)

// shipped returns a dialect of the program.
func shipped(t testing.TB, id string) dialects.Dialect {
	t.Helper()
	d, err := dialects.ByID(id)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// readWith reads a small table and returns the activities as period, figure and absence, and then
// the codes of faults and warnings.
func readWith(t testing.TB, d dialects.Dialect, text string) []string {
	t.Helper()
	sheet, faults := table.Read("a.csv", []byte(text))
	u := intake.Read(d, sheet, ledger.Source{File: "a.csv"}, lexicon(t))
	var lines []string
	for _, a := range u.Activities {
		lines = append(lines, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", a.Commodity, a.Period,
			a.Number, a.Absence)))
	}
	for _, fault := range slices.Concat(faults, u.Faults, u.Warnings) {
		lines = append(lines, fault.Code)
	}
	return lines
}

// TestBills splits and checks bills; the figures are worked out in docs/method/bills.md.
func TestBills(t *testing.T) {
	bills := shipped(t, "bill-electricity")
	cases := []struct {
		name, header, row string
		want              []string
	}{
		{"14550 x 15/29 and x 14/29, by days of readings", "上次抄表日期,本次抄表日期,用电量",
			"2024-02-15,2024-03-15,14550", []string{
				"electricity 2024-02-15/2024-03-01 7525.862",
				"electricity 2024-03-01/2024-03-15 7024.138"}},
		{"the last day is billed", "起始日期,终止日期,用电量", "2024-02-15,2024-03-14,14500", []string{
			"electricity 2024-02-15/2024-03-01 7500", "electricity 2024-03-01/2024-03-15 7000"}},
		{"1 kWh over three months: January gives back what rounding gained",
			"起始日期,终止日期,用电量", "2024-01-01,2024-03-31,1", []string{"electricity 2024-01 0.34",
				"electricity 2024-02 0.319", "electricity 2024-03 0.341", "period.long"}},
		{"a gap is a gap in each month", "起始日期,终止日期,用电量", "2024-02-15,2024-03-14,-", []string{
			"electricity 2024-02-15/2024-03-01 0 missing",
			"electricity 2024-03-01/2024-03-15 0 missing"}},
		{"65 days are usual", "起始日期,终止日期,用电量", "2024-01-01,2024-03-05,65",
			[]string{"electricity 2024-01 31", "electricity 2024-02 29",
				"electricity 2024-03-01/2024-03-06 5"}},
		{"66 days are not", "起始日期,终止日期,用电量", "2024-01-01,2024-03-06,66",
			[]string{"electricity 2024-01 31", "electricity 2024-02 29",
				"electricity 2024-03-01/2024-03-07 6", "period.long"}},
		{"(1345.5 - 1200) x 100 = 14550", "账期,上次示数,本次示数,倍率,用电量",
			"2024-03,1200,1345.5,100,14550", []string{"electricity 2024-03 14550"}},
		{"(1345.5 - 1200) x 100 is not 14500", "账期,上次示数,本次示数,倍率,用电量",
			"2024-03,1200,1345.5,100,14500", []string{"electricity 2024-03 14500", "bill.reading"}},
		{"without a multiplier it is 1", "账期,上次示数,本次示数,用电量", "2024-03,1200,1345,145",
			[]string{"electricity 2024-03 145"}},
		{"9999 to 0001 is 2", "账期,上次示数,本次示数,用电量", "2024-03,9999,0001,2",
			[]string{"electricity 2024-03 2", "bill.turnover"}},
		{"99998.5 to 1.5 is 3", "账期,上次示数,本次示数,用电量", "2024-03,99998.5,1.5,3",
			[]string{"electricity 2024-03 3", "bill.turnover"}},
		{"peak and valley sum to the figure", "账期,用电量,峰电量,谷电量", "2024-03,1000,600,400",
			[]string{"electricity 2024-03 1000"}},
		{"a thousandth may be missing", "账期,用电量,峰电量,谷电量", "2024-03,1000,600,399",
			[]string{"electricity 2024-03 1000"}},
		{"more may not", "账期,用电量,峰电量,谷电量", "2024-03,1000,600,398.9",
			[]string{"electricity 2024-03 1000", "sum.parts"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := readWith(t, bills, "企业代码,户号,"+c.header+"\nplant,1,"+c.row+"\n")
			if !slices.Equal(got, c.want) {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestPartsSumToTheBill: the parts of any bill sum to it exactly, touch, fill it and lie in a month
// each.
func TestPartsSumToTheBill(t *testing.T) {
	bills := shipped(t, "bill-electricity")
	for seed := range uint64(150) {
		chance := rand.New(rand.NewPCG(seed, 2))
		first := quantity.DayOf(2020, 1, 1+chance.IntN(1500))
		last := first + quantity.Day(chance.IntN(400))
		figure := fmt.Sprintf("%d.%0*d", chance.IntN(1_000_000), 1+chance.IntN(4), chance.IntN(10))
		sheet, _ := table.Read("a.csv", fmt.Appendf(nil, "企业代码,户号,起始日期,终止日期,用电量\n"+
			"plant,1,%s,%s,%s\n", first, last, figure))
		upload := intake.Read(bills, sheet, ledger.Source{}, lexicon(t))
		var sum quantity.Number
		next := first
		for _, a := range upload.Activities {
			_, oneMonth := a.Period.MonthText()
			if sum = sum.Add(a.Number); a.Period.First != next || !oneMonth ||
				a.Number.Sign() < 0 || a.Line != 2 || a.Written != figure+" kWh" {
				t.Fatalf("seed %d: part %v of %s to %s", seed, a, first, last)
			}
			next = a.Period.End
		}
		want, err := quantity.ParseNumber(figure)
		if err != nil || !sum.Equal(want) || next != last+1 {
			t.Fatalf("seed %d: parts of %s sum to %s and end on %s, want %s", seed, figure, sum,
				next, last+1)
		}
	}
}

// TestStamps reads the times of readings as metering programs write them.
func TestStamps(t *testing.T) {
	meters := parse(t, head+`
[constant]
entity = "plant"
[interval]
stamp = "begin"
minutes = 15
[[column]]
names = ["t"]
field = "stamp"
[[measure]]
names = ["kWh"]
commodity = "electricity"
unit = "kWh"
`)
	for _, c := range []struct{ stamp, day string }{
		{"2024-03-01 00:15", "2024-03-01"}, {"2024/3/1 0:15:00", "2024-03-01"},
		{"2024-03-01T00:15:00+08:00", "2024-03-01"}, {"2024-03-01T00:15:00Z", "2024-03-01"},
		{"20240301 0015", "2024-03-01"}, {"2024年3月1日 0:15", "2024-03-01"},
		{"2024-03-01 23:59:59", "2024-03-02"}, {"31/01/2024 0:15", "2024-01-31"},
		{"1/31/2024 1:15 PM", "2024-01-31"}, {"2024-03-01 12:15 AM", "2024-03-01"},
		{"2024-03-01 24:15", ""}, {"2024-03-01 00:60", ""}, {"2024-02-30 00:15", ""},
		{"00:15", ""}, {"2024-03", ""}, {"03/04/2024 0:15", ""}, {"soon", ""},
	} {
		got := readWith(t, meters, "t,kWh\n"+c.stamp+",4\n")
		want := "electricity " + c.day + " 4"
		if c.day == "" {
			want = "stamp.unknown"
		}
		if got[0] != want {
			t.Errorf("%s: %q, want %q", c.stamp, got, want)
		}
	}
}
