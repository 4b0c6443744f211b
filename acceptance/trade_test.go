package acceptance

import (
	"testing"

	"carbonledger/internal/engine"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
)

// TestTradeInsideTheBook sells power and heat from one entity of the book to another. Each end
// reports its own row and names the other; no total counts them twice or loses them.
func TestTradeInsideTheBook(t *testing.T) {
	const header = "entity,name,area,period,role,from,commodity,quantity,unit,counterparty\n"
	const power = "A,A,360000,2022-01,supply,,electricity,100,MWh,\n" +
		"A,,,2022-01,use,stock,electricity,80,MWh,\n" +
		"A,,,2022-01,sale,,electricity,20,MWh,B\n" +
		"B,B,360000,2022-01,use,,electricity,20,MWh,A\n"
	const heat = "A,A,360000,2022-01,convert,,bituminous-coal,1000,t,\n" +
		"A,,,2022-01,product,,heat,10000,GJ,\n" +
		"A,,,2022-01,use,product,heat,2000,GJ,\n" +
		"A,,,2022-01,sale,,heat,8000,GJ,B\n" +
		"B,B,360000,2022-01,use,,heat,8000,GJ,A\n"
	for _, c := range []struct{ name, rows, policy, co2, energy string }{
		// 100 MWh x 0.5752 t/MWh; 100,000 kWh x 0.1229 kgce/kWh.
		{"power resold, territory", power, "cn-statistics", "57520", "12290"},
		{"power resold, enterprises", power, "cn-enterprise", "57520", "12290"},
		// 1,000 t x 23.204 GJ/t x 0.02618 tC/GJ x 0.93 x 44/12; 1,000 t x 0.7143 tce/t.
		{"heat made of coal, territory", heat, "cn-statistics", "2071509.2552", "714300"},
		{"heat made of coal, enterprises", heat, "cn-enterprise", "2071509.2552", "714300"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBook(t)
			_, err := b.Post(t.Context(), "trade.csv", []byte(header+c.rows), engine.Import{})
			if err != nil {
				t.Fatal(err)
			}
			v, err := b.Inventory(t.Context(), c.policy, 0, inventory.Query{
				Period:   quantity.Year(2022),
				Measures: []inventory.Measure{"co2", inventory.Energy}})
			if err != nil {
				t.Fatal(err)
			}
			for i, want := range []string{c.co2, c.energy} {
				got := v.Totals[i].Number.Round(quantity.Rounding{Places: 4}).String()
				if got != want {
					t.Errorf("%s = %s kg, want %s", v.Query.Measures[i], got, want)
				}
			}
		})
	}
}

// TestAbsenceReversed reverses an absence after the figure came: the account stays taken.
func TestAbsenceReversed(t *testing.T) {
	const header = "entity,name,area,period,commodity,quantity,unit,absence\n"
	b := newBook(t)
	first, err := b.Post(t.Context(), "a.csv",
		[]byte(header+"A,A,360000,2022-02,electricity,,kWh,missing\n"), engine.Import{})
	if err != nil {
		t.Fatal(err)
	}
	figure := []byte(header + "A,A,360000,2022-02,electricity,100,kWh,\n")
	if _, err := b.Post(t.Context(), "b.csv", figure, engine.Import{}); err != nil {
		t.Fatal(err)
	}
	if _, err := b.Reverse(t.Context(), first[0].Receipt.ID, "the figure came"); err != nil {
		t.Fatal(err)
	}
	again := []byte(header + "A,A,360000,2022-02,electricity,100.0,kWh,\n")
	results, err := b.Post(t.Context(), "c.csv", again, engine.Import{})
	if err != nil || results[0].Outcome != engine.Unchanged {
		t.Errorf("the same figure again: %v, %v; want nothing new", results, err)
	}
}

// TestEntityMoves moves an entity to another province: earlier figures keep the earlier factor.
func TestEntityMoves(t *testing.T) {
	const register = "entity,name,industry,area,valid_from\n"
	b := newBook(t)
	for _, upload := range []string{register + "A,A,C3741,360000,2020-01-01\n",
		"entity,period,commodity,quantity,unit\nA,2022-01,electricity,1,MWh\n" +
			"A,2023-01,electricity,1,MWh\n",
		register + "A,A,C3741,110000,2023-01-01\n"} {
		if _, err := b.Post(t.Context(), "move.csv", []byte(upload), engine.Import{}); err != nil {
			t.Fatal(err)
		}
	}
	for year, want := range map[int]string{2022: "575.2", 2023: "555.4"} {
		v, err := b.Inventory(t.Context(), "cn-statistics", 0, inventory.Query{
			Period: quantity.Year(year), Measures: []inventory.Measure{"co2"}})
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Totals[0].Number.String(); got != want {
			t.Errorf("co2 of %d = %s kg, want %s", year, got, want)
		}
	}
}
