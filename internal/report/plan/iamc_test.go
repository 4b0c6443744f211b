package plan

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/internal/report"
	"carbonledger/quantity"
	"carbonledger/table"
)

// TestCarriers holds the carrier of every commodity that is burned or delivered against the list
// that was read by eye.
func TestCarriers(t *testing.T) {
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	names := report.Names{Lang: table.EN, Library: library}
	var got strings.Builder
	for _, c := range library.Catalogue.All() {
		switch c.Class {
		case quantity.ClassFuel, quantity.ClassElectricity, quantity.ClassHeat:
			fmt.Fprintf(&got, "%s %s\n", carrierWord(c.ID, names), c.ID)
		}
	}
	const file = "testdata/carriers.txt"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(file, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got.String() != string(want) {
		t.Errorf("carriers are\n%swant %s", got.String(), file)
	}
}
