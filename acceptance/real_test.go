package acceptance

import (
	"fmt"
	"testing"

	"carbonledger/internal/engine"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// TestCaliforniaBuildings reads the file of the state of California with the dialect of the
// example: 1,722 records, each with a line break inside. Blanks are gaps and never zeros.
func TestCaliforniaBuildings(t *testing.T) {
	path := realFile(t, "california-state-buildings.csv")
	records := readTable(t, path)
	if len(records) != 1722 {
		t.Errorf("the file has %d records, want 1,722", len(records))
	}
	b := newBook(t)
	result, err := b.Import(t.Context(), path,
		engine.Import{Dialect: "../examples/california/dialect.toml"})
	for _, fault := range result.Faults {
		t.Errorf("%s:%d: %s %q %v", fault.File, fault.Line, fault.Code, fault.Cell, fault.Args)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := len(b.Book().Entities()); got != 1722 {
		t.Errorf("%d entities, want 1,722", got)
	}
	columns := []struct {
		column, perUnit, sum string
		measure              inventory.Measure
	}{
		{"Electricity Use (kWh)", "1", "1204813644.8", "electricity"},
		{"Natural Gas Use (therms)", "105505.585262", "60476218.075", "natural-gas-gross"},
		{"Water Use (All Water Sources) (kgal)", "3785.411784", "11296108.9", "fresh-water"},
		{"Propane Use (kBtu)", "1055.05585262", "", "propane-gross"},
	}
	for _, c := range columns {
		blanks, zeros, sum := 0, 0, quantity.Number{}
		for _, record := range records {
			cell := record[c.column]
			if cell == "" {
				blanks++
				continue
			}
			n := num(t, cell)
			if sum = sum.Add(n); n.IsZero() {
				zeros++
			}
		}
		if c.sum != "" {
			prints(t, "sum of "+c.column, quantity.Whole(sum), 3, c.sum)
		}
		v := b.query("ghgp", 0, c.measure, "2014", "")
		want := sum.Mul(num(t, c.perUnit))
		same(t, c.column+" in book units", v.Totals[0].Number, want.String())
		if v.Totals[0].Gaps != blanks {
			t.Errorf("%s: %d gaps, want a gap for each of %d blanks and none for %d zeros",
				c.column, v.Totals[0].Gaps, blanks, zeros)
		}
	}
	// 1 kgal is 3.785411784 m3.
	water := b.query("ghgp", 0, inventory.Water, "2014", "").Totals[0]
	prints(t, "m3 of water", in(water.Number, "1000"), 10,
		num(t, "11296108.9").Mul(num(t, "3.785411784")).String())
}

// TestProvincialGDP reads the download of the National Bureau of Statistics as it is, in GB18030
// and with its preamble, and asks for the GDP of Jiangxi in every year.
func TestProvincialGDP(t *testing.T) {
	path := realFile(t, "nbs-provincial-annual.csv")
	b := newBook(t)
	result, err := b.Import(t.Context(), path, engine.Import{Dialect: "auto"})
	if err != nil {
		t.Fatalf("%v: %v", err, result.Faults)
	}
	if result.Receipt.Dialect != "nbs-portal" || result.Receipt.Posted != 31*19 {
		t.Errorf("dialect %s posted %d figures, want nbs-portal and 31 x 19",
			result.Receipt.Dialect, result.Receipt.Posted)
	}
	// 亿元, as printed.
	jiangxi := []string{"4752.4", "5847.3", "7028.7", "7733.0", "9503.4", "11717.4", "12952.8",
		"14473.4", "15858.6", "17031.1", "18761.2", "20497.6", "23016.9", "24724.0", "25825.4",
		"29838.2", "31568.1", "32677.1", "34227.9"}
	for i, want := range jiangxi {
		year := fmt.Sprint(2006 + i)
		gdp := b.total("cn-statistics", "gdp", year, "area=江西")
		same(t, "GDP of Jiangxi in "+year, gdp, num(t, want).Mul(num(t, "100000000")).String())
		b.post(activity("plant", "360100", year, "use", "electricity", "kWh", "1"))
		per := b.per("cn-statistics", "electricity", year, "gdp", "江西")
		if per.Cmp(quantity.RatioOf(quantity.Int(1), gdp)) != 0 {
			t.Errorf("1 kWh per GDP of %s = %v, want 1 over %s", year, per, gdp)
		}
	}
}
