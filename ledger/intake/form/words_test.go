package form

import (
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/quantity"
	"carbonledger/table"
)

// TestWords finds words in both languages for every field a dialect may have, and takes every word
// of the lists as tables are read.
func TestWords(t *testing.T) {
	for _, field := range dialects.Fields() {
		if row := words()["field."+field]; row.EN == "" || row.ZH == "" {
			t.Errorf("no words for the field %s", field)
		}
	}
	for key, row := range words() {
		if row.EN == "" || row.ZH == "" {
			t.Errorf("%s has words in one language", key)
		}
		for _, list := range []string{row.EN, row.ZH} {
			checkList(t, key, strings.Split(list, "|"))
		}
	}
}

func checkList(t *testing.T, key string, list []string) {
	t.Helper()
	for _, word := range list {
		known := true
		switch key {
		case "list.unit", "list.unit.economy":
			_, err := quantity.ParseUnit(table.Fold(word))
			known = err == nil
		case "list.role", "list.from":
			_, known = dialects.ReadRole(word)
		}
		if !known {
			t.Errorf("%s: %s is not read", key, word)
		}
	}
}

// TestWritten fills lines and headers.
func TestWritten(t *testing.T) {
	for _, c := range []struct {
		text, period, want string
	}{
		{"{year}年1—{month}月", "2022-01-01/2022-04-01", "2022年1—3月"},
		{"{year}年{first month}-{month}月", "2022Q2", "2022年4-6月"},
		{"{period zh}", "2022Q2", "2022年二季度"},
		{"{period zh}", "2022-03", "2022年3月"},
		{"{period zh}", "2022", "2022年"},
		{"{period zh}", "2022-01-05/2022-02-07", ""},
		{"{quarter}", "2022Q4", "4"},
		{"{entity}", "2022", ""},
		{"", "2022", ""},
	} {
		got, ok := written(c.text, fieldsOf{"period": c.period})
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("written(%q, %s) = %q, %v, want %q", c.text, c.period, got, ok, c.want)
		}
	}
}

// TestAbsenceList takes every absence of the list as the long form reads it.
func TestAbsenceList(t *testing.T) {
	d, err := dialects.ByID("long")
	if err != nil {
		t.Fatal(err)
	}
	row := words()["list.absence"]
	for _, word := range strings.Split(row.EN+"|"+row.ZH, "|") {
		figure := map[bool]string{true: "1"}[word == "estimated" || word == "估计"]
		sheet := table.NewSheet("absence.csv", [][]string{
			{"entity", "period", "commodity", "unit", "quantity", "absence"},
			{"E", "2022", "coke", "t", figure, word}})
		u := intake.Read(d, sheet, ledger.Source{}, newTestLexicon(t))
		if len(u.Faults) > 0 || len(u.Activities) != 1 {
			t.Errorf("%s: %v", word, u.Faults)
		}
	}
}

func newTestLexicon(t *testing.T) intake.Lexicon {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return intake.Lexicon{Catalogue: library.Catalogue, Areas: library.Areas}
}
