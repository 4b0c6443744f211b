package report

import (
	"math/rand/v2"
	"reflect"
	"strconv"
	"testing"

	"carbonledger/factors"
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
	names := Names{Lang: table.ZH, Library: library,
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
		var rows []inventory.Row
		for range chance.IntN(3) * chance.IntN(1200) {
			row := inventory.Row{}
			for range v.Query.By {
				row.Key = append(row.Key, values[chance.IntN(len(values))])
			}
			for range v.Units {
				number := quantity.Scaled(chance.Int64()>>(20+chance.IntN(43)),
					uint8(chance.IntN(9)))
				if round%2 == 0 && chance.IntN(5) == 0 {
					number = number.Neg()
				}
				row.Figures = append(row.Figures,
					inventory.Figure{Number: number, Gaps: chance.IntN(2), Flows: 1})
			}
			rows = append(rows, row)
		}
		v.Rows = inventory.RowsOf(rows)
		for m := range v.Totals {
			v.Totals[m] = v.Rows.Total(m)
		}
		got := Inventory(v, Detail{References: true}, names).Whole()
		want := withReferences(plain(v, names), v)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d, round %d: a table of %d rows is\n%.400v\nwant\n%.400v",
				seed, round, v.Rows.Len(), got, want)
		}
	}
}

// plain is Inventory without references, cell by cell.
func plain(v inventory.Inventory, names Names) Table {
	lang := names.Lang
	t := Table{Key: "inventory", Title: Say(lang, "inventory.title", v.Query.Period.String(),
		v.Pins.Policy)}
	for _, d := range v.Query.By {
		t.Columns = append(t.Columns, Column{Key: string(d), Title: Term(lang, string(d))})
	}
	t.Rows, t.Total = make([][]string, v.Rows.Len()), make([]string, len(v.Query.By))
	for i, row := range v.Rows.All() {
		for at, value := range row.Key {
			t.Rows[i] = append(t.Rows[i], names.value(v.Query.By[at], value))
		}
	}
	for m, unit := range v.Units {
		shown, _, _ := scaleOf(unit)
		t.Columns = append(t.Columns, Column{Key: string(v.Query.Measures[m]), Figures: true,
			Title: names.measure(v.Query.Measures[m], unit), Unit: shown})
		parts, total := column(unit, v.Rows.Numbers(m))
		for i, part := range parts {
			t.Rows[i] = append(t.Rows[i], gapped(part, v.Rows.Figure(i, m)))
		}
		t.Total = append(t.Total, gapped(total, v.Totals[m]))
	}
	t.finish(v, names)
	return t
}

// withReferences adds columns with the number of gaps and the reference of every figure.
func withReferences(t Table, v inventory.Inventory) Table {
	if len(v.Query.By) == 0 {
		return t
	}
	refs := references(v)
	for m, measure := range v.Query.Measures {
		name := string(measure)
		t.Columns = append(t.Columns, Column{Key: "gaps_" + name, Title: "gaps " + name},
			Column{Key: "ref_" + name, Title: "ref " + name})
		for i, row := range v.Rows.All() {
			t.Rows[i] = append(t.Rows[i], strconv.Itoa(row.Figures[m].Gaps), refs[i][m])
		}
		t.Total = append(t.Total, strconv.Itoa(v.Totals[m].Gaps), "")
	}
	return t
}

// references returns the reference of every figure of the inventory, row by row.
func references(v inventory.Inventory) [][]string {
	refs := make([][]string, v.Rows.Len())
	for i, row := range v.Rows.All() {
		for m := range v.Query.Measures {
			refs[i] = append(refs[i], v.Ref(row, m).String())
		}
	}
	return refs
}
