package acceptance

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"carbonledger/internal/engine"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
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
	imported, err := b.Import(t.Context(), path,
		engine.Import{Dialect: "../examples/california/dialect.toml"})
	if err != nil {
		b.complain(err)
		t.Fatal(err)
	}
	siteEnergy(t, records, imported[0].Warnings)
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
	results, err := b.Import(t.Context(), path, engine.Import{Dialect: "auto"})
	if err != nil {
		b.complain(err)
		t.Fatal(err)
	}
	result := results[0]
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

// siteEnergy compares the energy the file gives for a site with its carriers, as Portfolio Manager
// adds them: kWh x 3.412 + therms x 100 + propane. 1,129 rows have energy and 1,100 of them fit
// within a thousandth; every other one is told.
func siteEnergy(t *testing.T, records []row, warnings []table.Fault) {
	t.Helper()
	weights := map[string]string{"Electricity Use (kWh)": "3.412",
		"Natural Gas Use (therms)": "100", "Propane Use (kBtu)": "1"}
	energy, fit := 0, 0
	for _, record := range records {
		site, sum := record["Site Energy Use (kBtu)"], quantity.Number{}
		if site == "" || num(t, site).IsZero() {
			continue
		}
		for column, weight := range weights {
			if record[column] != "" {
				sum = sum.Add(num(t, record[column]).Mul(num(t, weight)))
			}
		}
		off := num(t, site).Sub(sum).Abs().Mul(quantity.Int(1000))
		if energy++; off.Cmp(num(t, site)) <= 0 {
			fit++
		}
	}
	told := 0
	for _, warning := range warnings {
		if warning.Code == "sum.parts" {
			told++
		}
	}
	if energy != 1129 || fit != 1100 || told != energy-fit {
		t.Errorf("%d rows with energy, %d fit and %d are told; want 1,129, 1,100 and 29",
			energy, fit, told)
	}
}

// TestOntarioIntensities reads the intensities of Ontario as statements: 3,490 of 3,491 rows, one
// of which has lost a character of its key. The quotients of the pairs of columns show the units.
func TestOntarioIntensities(t *testing.T) {
	path := realFile(t, "ontario-ewrb.csv")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("../examples/ontario/dialect.toml")
	if err != nil {
		t.Fatal(err)
	}
	dialect, faults := dialects.Parse("dialect.toml", text)
	sheet, more := table.Read("ontario-ewrb.csv", data)
	if len(faults) > 0 || len(sheet.Rows) != 1+3491 {
		t.Fatalf("%d rows, want 3,491 and a header: %v", len(sheet.Rows)-1, faults)
	}
	damaged, rows := 0, map[int]bool{}
	for _, row := range sheet.Rows {
		for _, cell := range row.Cells {
			damaged += strings.Count(cell.Raw, "\ufffd")
		}
	}
	b := newBook(t)
	upload := intake.Read(dialect, sheet, ledger.Source{File: "ontario-ewrb.csv"},
		intake.Lexicon{Catalogue: b.Library().Catalogue, Areas: b.Library().Areas})
	count, sum := map[string]int{}, map[string]quantity.Number{}
	for _, s := range upload.Statements {
		rows[s.Line] = true
		count[s.Property+" "+s.Unit]++
		sum[s.Property+" "+s.Unit] = sum[s.Property+" "+s.Unit].Add(s.Number)
	}
	if damaged != 19 || len(more) != 4 || len(rows) != 3491 || len(upload.Faults) != 1 ||
		upload.Faults[0].Code != "entity.damaged" {
		t.Errorf("%d lost characters in %d cells told, %d rows, faults %v; want 19 in 4, 3,491, "+
			"entity.damaged", damaged, len(more), len(rows), upload.Faults)
	}
	for _, c := range []struct {
		property, unit, second, sum, other string
		count                              int
		// first = second x times / per, the sums within a millionth.
		times, per string
	}{
		{"weather-normalized-site-electricity-per-floor-area", "GJ/m2", "kWh/ft2",
			"1350.715413338", "34857.1", 3242, "0.0036", "0.09290304"},
		{"weather-normalized-site-gas-per-floor-area", "GJ/m2", "m3/m2", "1769.9397405",
			"47451.467577867", 3120, "0.0373", "1"},
		{"weather-normalized-site-gas-per-floor-area", "m3/m2", "m3/ft2", "47451.467577867",
			"4408.385308615", 3120, "1", "0.09290304"},
		{"water-per-floor-area", "m3/m2", "m3/ft2", "14862.35103881", "1380.7575045948", 3407,
			"1", "0.09290304"},
		{"greenhouse-gas-per-floor-area", "kgCO2e/m2", "kgCO2e/ft2", "4895591.458762807",
			"454815.3", 3491, "1", "0.09290304"},
		{"site-energy-per-floor-area", "GJ/m2", "ekWh/ft2", "100295.877590087", "2588275.37",
			3411, "0.0036", "0.09290304"},
	} {
		first, second := c.property+" "+c.unit, c.property+" "+c.second
		same(t, "sum of "+first, sum[first], c.sum)
		same(t, "sum of "+second, sum[second], c.other)
		if count[first] != c.count || count[second] != c.count {
			t.Errorf("%s: %d and %d statements, want %d", c.property, count[first],
				count[second], c.count)
		}
		left, right := sum[first].Mul(num(t, c.per)), sum[second].Mul(num(t, c.times))
		if left.Sub(right).Abs().Mul(quantity.Int(1_000_000)).Cmp(right) > 0 {
			t.Errorf("%s: %s and %s do not measure the same", c.property, first, second)
		}
	}
}
