package report_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"carbonledger/factors"
	"carbonledger/internal/report"
	"carbonledger/ledger"
	"carbonledger/ledger/bridge"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

// TestBridgeAsPrinted adds up both columns of random bridges, whatever number of causes is shown,
// and compares them with the difference of the two figures as printed.
func TestBridgeAsPrinted(t *testing.T) {
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	co2e, _ := library.Catalogue.ByID("co2e")
	gdp, _ := library.Catalogue.ByID("gdp")
	names := report.Names{Lang: table.EN, Library: library,
		Entities: func(string) (ledger.Entity, bool) { return ledger.Entity{}, false }}
	for seed := range uint64(300) {
		chance := rand.New(rand.NewPCG(seed, 1))
		b := bridge.Bridge{Unit: co2e}
		b.A.Denominator, b.B.Denominator = quantity.Int(1), quantity.Int(1)
		if chance.IntN(2) == 0 {
			b.Per, b.A.Denominator = gdp, quantity.Int(1+chance.Int64N(1_000_000_000))
			b.B.Denominator = b.A.Denominator
		}
		number := chance.Int64N(1_000_000_000_000)
		b.A.Numerator = inventory.Figure{Number: quantity.Int(number)}
		for i := range chance.IntN(20) {
			change := chance.Int64N(2_000_000_000) - 1_000_000_000
			number += change
			b.Causes = append(b.Causes, bridge.Cause{Entity: fmt.Sprint(i), Commodity: "diesel",
				Part:   bridge.Parts[chance.IntN(5)],
				Change: quantity.RatioOf(quantity.Int(change), b.A.Denominator)})
		}
		b.B.Numerator = inventory.Figure{Number: quantity.Int(number)}
		printed := report.Bridge(b, names, chance.IntN(12))
		if len(b.Causes) == 0 {
			continue
		}
		for _, column := range []int{3, 4} {
			var sum quantity.Number
			for _, row := range printed.Rows {
				if row[column] != "" {
					sum = sum.Add(parsed(t, row[column]))
				}
			}
			if want := parsed(t, printed.Total[column]); !sum.Equal(want) {
				t.Fatalf("seed %d: column %d adds up to %s, want %s", seed, column, sum, want)
			}
		}
	}
}

func parsed(t *testing.T, text string) quantity.Number {
	t.Helper()
	n, err := quantity.ParseNumber(text)
	if err != nil {
		t.Fatal(err)
	}
	return n
}
