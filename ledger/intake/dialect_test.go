package intake_test

import (
	"os"
	"path/filepath"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

func parse(t testing.TB, text string) dialects.Dialect {
	t.Helper()
	d, faults := dialects.Parse("mine.toml", []byte(text))
	for _, fault := range faults {
		t.Fatal(fault)
	}
	return d
}

// readText reads a small table through a dialect and prints what was found.
func readText(t *testing.T, d dialects.Dialect, text string) []string {
	t.Helper()
	sheet, faults := table.Read("a.csv", []byte(text))
	l := lexicon(t)
	u := intake.Read(d, sheet, ledger.Source{File: "a.csv"}, l)
	lines := u.Lines(unitOf(l))
	for _, fault := range append(append(faults, u.Faults...), u.Warnings...) {
		lines = append(lines, fault.Code+" "+fault.Text(table.EN))
	}
	return lines
}

const head = `id = "mine"
title_zh = "自用"
title_en = "mine"
`

// TestDialectFile reads what a user's own dialect may say beyond those of the program.
func TestDialectFile(t *testing.T) {
	cases := []struct{ name, dialect, table, want string }{
		{"names of the file renamed to those of the catalogue", head + `
missing = ["…"]
[constant]
entity = "plant"
[[column]]
names = ["fuel"]
field = "commodity"
required = true
[[column]]
names = ["when"]
field = "period"
[[measure]]
names = ["amount"]
unit = "kWh"
[rename]
"外购 电力（总表）" = "electricity"
`, "fuel,when,amount\n外购电力（总表）,2022-03,5\n",
			"activity 2 plant - 2022-03 supply>use electricity 5 kWh"},
		{"a sign for missing that folding changes", head + `
missing = ["…"]
[constant]
entity = "plant"
commodity = "electricity"
[[column]]
names = ["when"]
field = "period"
[[measure]]
names = ["amount"]
unit = "kWh"
`, "when,amount\n2022-03,…\n", "activity 2 plant - 2022-03 supply>use electricity 0 kWh missing"},
		{"a wide table with year and month in two columns and heat made", head + `
[constant]
entity = "plant"
[[column]]
names = ["y"]
field = "year"
[[column]]
names = ["m"]
field = "month"
[[measure]]
names = ["heat made"]
commodity = "heat"
unit = "GJ"
role = "product"
blank = "none"
[[measure]]
names = ["stock"]
commodity = "raw-coal"
unit = "t"
count = "closing"
`, "y,m,heat made,stock\n2022年,3月,,1.5\n",
			"count 2 plant - 2022-03 closing raw-coal 1500 kg"},
		{"first and last day of a bill", head + `
[constant]
entity = "plant"
commodity = "electricity"
unit = "kWh"
[[column]]
names = ["from"]
field = "first"
[[column]]
names = ["to"]
field = "last"
[[measure]]
names = ["kwh"]
`, "from,to,kwh\n2022-03-05,2022-04-04,7\n",
			"activity 2 plant - 2022-03-05/2022-04-05 supply>use electricity 7 kWh"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := readText(t, parse(t, c.dialect), c.table)
			if len(got) != 1 || got[0] != c.want {
				t.Errorf("got %q\nwant %q", got, c.want)
			}
		})
	}
}

// TestFaultyRowRegistersNobody: the next good row of the entity registers it instead.
func TestFaultyRowRegistersNobody(t *testing.T) {
	long, err := dialects.ByID("long")
	if err != nil {
		t.Fatal(err)
	}
	sheet, _ := table.Read("a.csv", []byte("entity,name,period,commodity,unit,quantity\n"+
		"plant,厂,2022-01,electricity,kWh,x\nplant,厂,2022-02,electricity,kWh,1\n"))
	l := lexicon(t)
	u := intake.Read(long, sheet, ledger.Source{File: "a.csv", Partial: true}, l)
	book := ledger.NewBook()
	batch, faults := admission.Prepare(book, u, admission.Known{UnitOf: unitOf(l)})
	if len(faults) != 1 || len(batch.Activities) != 1 || len(batch.Entities) != 1 {
		t.Fatalf("faults %v, activities %v, entities %v", faults, batch.Activities, batch.Entities)
	}
	if batch.Entities[0].Line != 3 {
		t.Errorf("registered by line %d, want 3", batch.Entities[0].Line)
	}
}

// TestOrderOfRowsDecidesNothing reads the long sample backwards.
func TestOrderOfRowsDecidesNothing(t *testing.T) {
	long, err := dialects.ByID("long")
	if err != nil {
		t.Fatal(err)
	}
	header := "entity,period,commodity,unit,quantity\n"
	a, b := "plant,2022-01,electricity,kWh,1\n", "plant,2022-02,diesel,t,2\n"
	there, back := readText(t, long, header+a+b), readText(t, long, header+b+a)
	if there[0][len("activity 2"):] != back[1][len("activity 3"):] ||
		there[1][len("activity 3"):] != back[0][len("activity 2"):] {
		t.Errorf("%q\n%q", there, back)
	}
}

// FuzzParseDialect reads a small table through whatever is a dialect.
func FuzzParseDialect(f *testing.F) {
	files, err := filepath.Glob("dialects/*/dialect.toml")
	if err != nil || len(files) == 0 {
		f.Fatal("no dialects", err)
	}
	table1 := "能源名称,计量单位,年初库存量,购进量,消费量合计,期末库存量\n原煤,t,1,2,3,4\n"
	table2 := "entity,period,commodity,quantity,unit\nplant,2022,electricity,1,kWh\n"
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, []byte(table1))
		f.Add(data, []byte(table2))
	}
	f.Add([]byte(head+"registers = true\n"), []byte("a\nb\n"))
	f.Add([]byte(head+"[[measure]]\npattern = '(\\d)'\nperiod = '${1}$2$x'\nless = 'a'\n"),
		[]byte("2022,a\n1,2\n"))
	f.Add([]byte(head+"header_rows = 3\nhierarchy = true\ntotals = ['合计']\ntotal_column = ['年']\n"+
		"[rename]\n'a' = '1.a'\n[[column]]\nnames = ['a']\nfield = 'commodity'\nfill = 'down'\n"+
		"[[measure]]\npattern = '(b)'\n[[check]]\nof = 'b'\nequals = ['年']\nover = ['b']\n"),
		[]byte("x,,年\na,b,年\n甲,1,2\n1.a,2,2\n,3,3\n合计,5,5\n"))
	f.Add([]byte(head+"split = 'month'\n[constant]\nentity = 'p'\n[[column]]\nnames = ['a']\n"+
		"field = 'first'\n[[column]]\nnames = ['b']\nfield = 'until'\n[[measure]]\nnames = ['c']\n"+
		"commodity = 'electricity'\nunit = 'kWh'\nmetered = true\n"),
		[]byte("a,b,c\n2024-01-15,03/04/2024,1.5\n"))
	f.Add([]byte(head+"[constant]\nentity = 'p'\n[interval]\n[[column]]\nnames = ['t']\n"+
		"field = 'stamp'\n[[measure]]\nheader = 'commodity(unit)'\n"),
		[]byte("t,电(kWh)\n2024-03-01 23:45,1\n2024-03-01 0:00,2\n2024-03-02 24:00,3\n"))
	l := lexicon(f)
	f.Fuzz(func(t *testing.T, dialect, text []byte) {
		d, faults := dialects.Parse("d.toml", dialect)
		for _, fault := range faults {
			_ = fault.Text(table.ZH)
		}
		if len(faults) > 0 && d.ID != "" {
			t.Error("a dialect with faults was returned")
		}
		sheet, _ := table.Read("a.csv", text)
		u := intake.Read(d, sheet, ledger.Source{File: "a.csv"}, l)
		for _, fault := range append(u.Faults, u.Warnings...) {
			_ = fault.Text(table.EN)
		}
		if len(faults) == 0 {
			batch, _ := admission.Prepare(ledger.NewBook(), u, admission.Known{UnitOf: unitOf(l)})
			if err := batch.Verify(); err != nil {
				t.Error(err)
			}
		}
	})
}

func lexicon(t testing.TB) intake.Lexicon {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return intake.Lexicon{Catalogue: library.Catalogue, Areas: library.Areas}
}

func unitOf(l intake.Lexicon) func(string) string {
	return func(id string) string {
		commodity, _ := l.Catalogue.ByID(id)
		return commodity.Unit.Symbol
	}
}
