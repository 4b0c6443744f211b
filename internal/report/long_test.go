package report_test

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

// TestLongTablesPrintAsShortOnes holds cells that are made as they are printed against those made
// one by one, in every format, with values that must be guarded, quoted or escaped.
func TestLongTablesPrintAsShortOnes(t *testing.T) {
	const seed = 20220101
	chance := rand.New(rand.NewPCG(seed, seed))
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	co2e, _ := library.Catalogue.ByID("co2e")
	energy, _ := library.Catalogue.ByID("coal-equivalent")
	values := []string{"-", "plant", "=1+1", "东,区:1=a%", "a\"b", " x", "\\.", "＝x", "3\n4",
		"'+"}
	names := report.Names{Lang: table.ZH, Library: library,
		Entities: func(id string) (ledger.Entity, bool) {
			return ledger.Entity{ID: id, Name: "厂" + id}, id != "plant"
		}}
	for round := range 40 {
		v := inventory.Inventory{Units: []quantity.Commodity{co2e, energy},
			Query: inventory.Query{Period: quantity.Year(2022), By: []inventory.Dimension{"entity",
				"site", "area", "commodity"}[:1+chance.IntN(4)],
				Measures: []inventory.Measure{inventory.CO2e, inventory.Energy},
				Where:    map[inventory.Dimension]string{"scope": "1", "site": "x"}},
			Totals: make([]inventory.Figure, 2)}
		for range chance.IntN(3) * chance.IntN(1200) {
			row := inventory.Row{}
			for range v.Query.By {
				row.Key = append(row.Key, values[chance.IntN(len(values))])
			}
			for range v.Units {
				number := quantity.Scaled(chance.Int64()>>(20+chance.IntN(43)), uint8(chance.IntN(9)))
				if round%2 == 0 && chance.IntN(5) == 0 {
					number = number.Neg()
				}
				row.Figures = append(row.Figures,
					inventory.Figure{Number: number, Gaps: chance.IntN(2), Flows: 1})
			}
			v.Rows = append(v.Rows, row)
		}
		plain := report.WithReferences(report.Inventory(v, names), v)
		fast := report.Inventories([]inventory.Inventory{v}, true, names)
		for _, f := range format.Formats {
			if got, want := printed(t, f, fast), printed(t, f, plain); got != want {
				at := 0
				for at < min(len(got), len(want)) && got[at] == want[at] {
					at++
				}
				t.Fatalf("seed %d, round %d, %s: from byte %d %q, want %q", seed, round, f.ID, at,
					got[at:min(at+60, len(got))], want[at:min(at+60, len(want))])
			}
		}
	}
}

func printed(t *testing.T, f format.Format, table report.Table) string {
	t.Helper()
	var out bytes.Buffer
	if err := f.Write(&out, table); err != nil {
		t.Fatal(err)
	}
	return strings.Clone(out.String())
}
