package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// BenchmarkRow reads rows one by one: bills of a long table, and a wide table most of whose cells
// say that nothing occurs.
func BenchmarkRow(b *testing.B) {
	long, wide := "entity,period,commodity,unit,quantity,document\n", "统一社会信用代码,期间,"+
		"电力（万kWh）,热力（GJ）,天然气（万Nm3）,无烟煤（t）,一般烟煤（t）,褐煤（t）,洗精煤（t）,焦炭（t）\n"
	for i := range 2000 {
		entity, month := []string{"91360104MADHDAJW7L", "91360104MAG572426J",
			"91360104MA5JFTB478"}[i%3], fmt.Sprintf("2022-%02d", 1+i%12)
		long += fmt.Sprintf("%s,%s,%s,%s,%d.%02d,2023%09d\n", entity, month,
			[]string{"electricity", "natural-gas"}[i%2], []string{"万kWh", "Nm3"}[i%2], i*37,
			i%100, i)
		wide += fmt.Sprintf("%s,%s,%d.5,430.49,4.5%s\n", entity, month, i,
			strings.Repeat(",无", 5))
	}
	for _, form := range []struct{ id, text string }{{"long", long}, {"wide", wide}} {
		d, err := dialects.ByID(form.id)
		if err != nil {
			b.Fatal(err)
		}
		sheet, faults := table.Read("a.csv", []byte(form.text))
		l := lexicon(b)
		r, rows := intake.Begin(d, sheet, ledger.Source{File: "a.csv"}, l)
		if len(faults) > 0 || r.Unread() {
			b.Fatal(faults, r.Upload().Faults)
		}
		b.Run(form.id, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if i%len(rows) == 0 {
					r = r.Apart()
				}
				r.Row(rows[i%len(rows)])
			}
		})
		b.Run(form.id+" alone", func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				r.Forget()
				r.Row(rows[i%len(rows)])
			}
		})
	}
}
