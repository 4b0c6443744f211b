package engine

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
	"carbonledger/internal/store/mem"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

// returned writes what goes back to the sender.
func returned(t *testing.T, i Imported, lang table.Lang) string {
	t.Helper()
	var out bytes.Buffer
	if err := format.Spreadsheet(&out, report.Returned(i.Back(), lang)); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// total is what the book has of a commodity in 2022.
func total(t *testing.T, e *Engine, commodity string) string {
	t.Helper()
	v, err := e.Inventory(t.Context(), "cn-statistics", 0, inventory.Query{
		Period: quantity.Year(2022), Measures: []inventory.Measure{inventory.Measure(commodity)}})
	if err != nil {
		t.Fatal(err)
	}
	return v.Totals[0].Number.String()
}

// The files of the round trip: a long form, a form with lines above its header, and cells that a
// spreadsheet would damage or run.
var trips = []struct{ name, text, wrong, right string }{
	{"long form", testHeader + ",document,site\n" +
		"913601040000001,Acme,360000,2022-01,electricity,5,kWh,=1+1,-A\n" +
		"913601040000001,Acme,360000,2022-02,electricity,-7,kWh,@x,0012\n" +
		"913601040000001,Acme,360000,2022-10,electricity,1e3,kWh,+A1,1/2\n" +
		"913601040000001,Acme,360000,2022-11,electricity,\"12,345.678\",kWh,,\"a, \"\"b\"\"\"\n",
		"1e3", "1000"},
	{"cells that look guarded", testHeader + ",document\n" +
		"913601040000001,Acme,360000,2022-01,electricity,5,kWh,'=1\n" +
		"913601040000001,Acme,360000,2022-02,electricity,1e3,kWh,\"\t2022-01\"\n" +
		"913601040000001,Acme,360000,2022-03,electricity,6,kWh,\"two\nlines\"\n",
		"1e3", "1000"},
	{"form with lines above the header", "能源购进、消费与库存,,,,\n表号：205-1表,,,,\n" +
		"统一社会信用代码：91350100M000100Y43,,,,\n单位详细名称：示例公司,,,,\n2022年1—2月,,,,\n\n" +
		"能源名称,计量单位,代码,年初库存量,购进量,消费量合计,工业生产消费量,期末库存量\n" +
		"原煤,吨,01,100,80,95斤,95,85\n电力,万千瓦时,33,,20,20,20,\n",
		"95斤", "95"},
}

// TestRoundTrip rejects or posts in part a file with a fault, mends what comes back, imports it,
// and compares the book with that of the clean file.
func TestRoundTrip(t *testing.T) {
	for _, trip := range trips {
		for _, lang := range []table.Lang{table.EN, table.ZH} {
			for _, partial := range []bool{false, true} {
				t.Run(trip.name+" "+string(lang), func(t *testing.T) {
					roundTrip(t, trip.text, trip.wrong, trip.right, lang, partial)
				})
			}
		}
	}
}

func roundTrip(t *testing.T, text, wrong, right string, lang table.Lang, partial bool) {
	clean, e := newEngine(t, mem.New()), newEngine(t, mem.New())
	how := Import{Partial: partial}
	if _, err := clean.Post(t.Context(), "a.csv",
		[]byte(strings.Replace(text, wrong, right, 1)), Import{}); err != nil {
		t.Fatal(err)
	}
	list, err := e.Post(t.Context(), "a.csv", []byte(text), how)
	if (err == nil) != partial || len(list) != 1 || len(list[0].Faults) == 0 {
		t.Fatalf("%s, %v", outcomes(list), err)
	}
	back := returned(t, list[0], lang)
	if !strings.HasPrefix(back, "\ufeff") ||
		strings.Count(back, "\r\n") != strings.Count(back, "\n") {
		t.Errorf("no BOM or no CRLF: %q", back)
	}
	// Sent again as it is, it comes back with one set of remarks.
	list, err = e.Post(t.Context(), "b.csv", []byte(back), Import{})
	if err == nil {
		t.Fatalf("what came back was accepted unmended:\n%s", back)
	}
	again := returned(t, list[0], lang)
	for _, name := range report.Remarks(lang) {
		if strings.Count(again, name+",")+strings.Count(again, name+"\r") != 1 {
			t.Errorf("%q stands not once in\n%s", name, again)
		}
	}
	mended := strings.Replace(again, wrong, right, 1)
	if _, err := e.Post(t.Context(), "c.csv", []byte(mended), Import{}); err != nil {
		t.Fatalf("%v:\n%s", err, mended)
	}
	want, got := rowsOf(t, clean), rowsOf(t, e)
	if got != want {
		t.Errorf("the book of the mended file has\n%s\nwant\n%s", got, want)
	}
	if a, b := total(t, clean, "electricity"), total(t, e, "electricity"); a != b {
		t.Errorf("electricity %s, want %s", b, a)
	}
}

// rounds is how often a file goes back and forth unmended.
const rounds = 6

// TestRounds sends a file back and forth unmended. The sender's cells stay as they were, a guard
// is neither doubled nor told of as part of a cell, and nothing else is found wrong with the file.
func TestRounds(t *testing.T) {
	for _, trip := range trips {
		for _, lang := range []table.Lang{table.EN, table.ZH} {
			e := newEngine(t, mem.New())
			text := []byte(trip.text)
			var cells [][]string
			var said string
			for round := range rounds {
				list, err := e.Post(t.Context(), "a.csv", text, Import{})
				if err == nil {
					t.Fatalf("%s: accepted unmended in round %d", trip.name, round)
				}
				var got [][]string
				for _, row := range list[0].Back().Rows {
					got = append(got, row.Cells)
				}
				words := list[0].Faults[0].Fact(lang)
				if round == 0 {
					cells, said = got, words
				}
				if !slices.EqualFunc(got, cells, equalCells) || words != said {
					t.Fatalf("%s, round %d: %q with %q, want %q with %q",
						trip.name, round, got, words, cells, said)
				}
				text = []byte(returned(t, list[0], lang))
			}
		}
	}
}

// equalCells compares rows; empty cells at their ends do not count.
func equalCells(got, want []string) bool {
	for at := range max(len(got), len(want)) {
		var g, w string
		if at < len(got) {
			g = got[at]
		}
		if at < len(want) {
			w = want[at]
		}
		if g != w {
			return false
		}
	}
	return true
}

// rowsOf prints every row of the book, without the place in its file, in an order of its own.
func rowsOf(t *testing.T, e *Engine) string {
	t.Helper()
	byFlow := map[ledger.Flow]string{}
	err := e.archive().Each(t.Context(), e.book, nil, func(_ ledger.Receipt, a ledger.Activity) {
		byFlow[a.Flow] += " " + a.Number.String() + " " + a.Document + "."
	})
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for sum := range e.book.Sums().All() {
		lines = append(lines, sum.Entity+" "+sum.Site+" "+sum.Commodity+" "+sum.Period.String()+" "+
			sum.Total.String()+byFlow[sum.Flow])
	}
	return strings.Join(lines, "\n")
}

// TestFilledDown gives a row that comes back alone the cells it took from the rows above it.
func TestFilledDown(t *testing.T) {
	e := newEngine(t, mem.New())
	list, err := e.Post(t.Context(), "a.csv", []byte(testHeader+
		"\nacme,Acme,360000,2022-01,electricity,5,kWh\n,,,2022-02,electricity,6,kWh\n"+
		",,,2022-03,electricity,much,kWh\n"),
		Import{Dialect: "testdata/merged.toml", Partial: true})
	if err != nil || list[0].Receipt.Posted != 2 {
		t.Fatalf("%v, %v", err, list)
	}
	back := list[0].Back()
	if len(back.Rows) != 2 || back.Rows[1].Cells[0] != "acme" {
		t.Errorf("came back: %v", back.Rows)
	}
}

// TestLostRowsGoNotBack gives nothing back of a file whose quoting is damaged: rows are missing.
func TestLostRowsGoNotBack(t *testing.T) {
	e := newEngine(t, mem.New())
	list, err := e.Post(t.Context(), "a.csv", []byte(testHeader+"\na,b\"c,d\n"), Import{})
	if err == nil || len(list[0].Back().Rows) != 0 {
		t.Errorf("%v, %v", err, list[0].Back())
	}
}
