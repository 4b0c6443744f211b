package report_test

import (
	"math/rand"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"carbonledger/factors"
	"carbonledger/internal/report"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

// TestTermsUsed looks for every term the program names and wants words for it in both languages.
func TestTermsUsed(t *testing.T) {
	call := regexp.MustCompile(
		`(?:Term\((?:\w+\.)*[lL]ang, |Say\((?:(?:\w+\.)*[lL]ang, )?|say\(|[tT]ell\()` +
			`"([a-z][\w.-]*[\w])"`,
	)
	checked := 0
	for _, pattern := range []string{"*.go", "*/*.go", "../engine/*.go", "../engine/plans/*.go",
		"../../cmd/carbonledger/*.go", "../../cmd/carbonledger/*/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range call.FindAllStringSubmatch(string(text), -1) {
				checked++
				if !report.HasTerm(match[1]) {
					t.Errorf("%s: no words for %q in terms.csv", file, match[1])
				}
				for _, lang := range []table.Lang{table.EN, table.ZH} {
					if report.Term(lang, match[1]) == "" {
						t.Errorf("terms.csv: %q has no words in %s", match[1], lang)
					}
				}
			}
		}
	}
	if checked < 50 {
		t.Errorf("only %d terms were found in the sources; the pattern is out of date", checked)
	}
	for _, d := range inventory.Dimensions {
		if !report.HasTerm(string(d)) {
			t.Errorf("no words for the dimension %s", d)
		}
	}
}

func TestFigure(t *testing.T) {
	for text, want := range map[string]string{"0": "0", "999": "999", "1000": "1,000",
		"-1234567.8901": "-1,234,567.8901", "8552084 *": "8,552,084 *", "12.50 *": "12.50 *"} {
		if got := report.Figure(text); got != want {
			t.Errorf("Figure(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestTotalsAsPrinted posts random amounts and adds up what is printed.
func TestTotalsAsPrinted(t *testing.T) {
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	co2e, _ := library.Catalogue.ByID("co2e")
	for seed := range int64(200) {
		random := rand.New(rand.NewSource(seed))
		v := inventory.Inventory{Units: []quantity.Commodity{co2e},
			Query: inventory.Query{Period: quantity.Year(2022), By: []inventory.Dimension{"entity"},
				Measures: []inventory.Measure{inventory.CO2e}},
			Totals: make([]inventory.Figure, 1)}
		var rows []inventory.Row
		for range random.Intn(20) + 1 {
			number, err := quantity.ParseNumber(decimal(random))
			if err != nil {
				t.Fatal(err)
			}
			rows = append(rows, inventory.Row{Key: []string{"x"},
				Figures: []inventory.Figure{{Number: number}}})
			v.Totals[0].Number = v.Totals[0].Number.Add(number)
		}
		v.Rows = inventory.RowsOf(rows)
		shown := report.Inventory(v, report.Detail{}, report.Names{Lang: table.EN, Library: library,
			Entities: func(string) (ledger.Entity, bool) { return ledger.Entity{}, false }})
		var sum quantity.Number
		for _, row := range shown.Whole().Rows {
			cell, err := quantity.ParseNumber(row[1])
			if err != nil {
				t.Fatal(err)
			}
			sum = sum.Add(cell)
		}
		total, err := quantity.ParseNumber(shown.Total[1])
		if err != nil {
			t.Fatal(err)
		}
		if !sum.Equal(total) {
			t.Errorf(
				"seed %d: the printed rows sum to %s, the printed total is %s",
				seed,
				sum,
				total,
			)
		}
	}
}

// decimal is a random amount of kg with up to six decimals, a tenth of them negative.
func decimal(random *rand.Rand) string {
	text := ""
	if random.Intn(10) == 0 {
		text = "-"
	}
	for range random.Intn(8) + 1 {
		text += string(rune('0' + random.Intn(10)))
	}
	text += "."
	for range random.Intn(6) + 1 {
		text += string(rune('0' + random.Intn(10)))
	}
	return text
}
