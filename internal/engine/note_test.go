package engine

import (
	"os"
	"strings"
	"testing"

	"carbonledger/internal/store/mem"
	"carbonledger/table"
)

// The files of which only a note is told, by the heading of their words in testdata/wanted.txt.
var noted = map[string]string{
	"a column of money": "统一社会信用代码,所在地区,期间,电(kWh),电费(万元)\n" +
		"91350100M000100Y43,360104,2024-01,5,0.1\n",
	"gas without its reference state": testHeader + "\n" +
		"acme,Acme,360000,2024-01,天然气,5,万立方米\n",
	"an entity without an area": strings.Replace(testHeader, ",area", "", 1) +
		"\nacme,Acme,2024-01,电力,5,kWh\nacme,Acme,2024-02,电力,5,kWh\n",
	"water in tonnes": testHeader + "\nacme,Acme,360000,2024-01,新水,5,吨\n",
}

// TestNotes tells what nothing need be done about, counts it as no warning, and lets it pass under
// strictness.
func TestNotes(t *testing.T) {
	wanted, err := os.ReadFile("testdata/wanted.txt")
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range noted {
		list, err := newEngine(t, mem.New()).Post(t.Context(), "a.csv", []byte(text),
			Import{Strict: true})
		if err != nil || len(list[0].Notes) != 1 || list[0].Receipt.Warnings != 0 {
			t.Errorf("%s: %v with %v, want one note and no warning", name, err, list[0].Notes)
			continue
		}
		note := list[0].Notes[0]
		got := strings.Join([]string{note.Code, note.Text(table.EN), note.Text(table.ZH)}, "\n")
		if !strings.Contains(string(wanted), "== "+name+"\n"+got+"\n") {
			t.Errorf("no such words in testdata/wanted.txt:\n== %s\n%s", name, got)
		}
	}
}

// TestUnreadIsNoNote keeps the warning of a column left unread that may be a use of energy.
func TestUnreadIsNoNote(t *testing.T) {
	for header, code := range map[string]string{
		"电费(元)": "column.money", "电价(元/kWh)": "column.money", "cost (CNY)": "column.money",
		"指标": "column.unread", "电费(元": "column.unread", ")": "column.unread",
	} {
		text := strings.Replace(noted["a column of money"], "电费(万元)", header, 1)
		list, err := newEngine(t, mem.New()).Post(t.Context(), "a.csv", []byte(text), Import{})
		if err != nil {
			t.Fatal(err)
		}
		told := append(list[0].Notes, list[0].Warnings...)
		if len(told) != 1 || told[0].Code != code {
			t.Errorf("%s: %v, want %s", header, told, code)
		}
	}
}
