package main

import (
	"bytes"
	"strings"
	"testing"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

var unitOrName = dialects.Question{
	Fault: table.Fault{File: "a.csv", Line: 1, Column: 3, Code: "column.ambiguous", Cell: "单位",
		Args: []string{"unit; name", "计量单位；单位名称", "#3", "unit"}},
	Candidates: []dialects.Words{{EN: "unit of measure", ZH: "计量单位"},
		{EN: "name of the entity", ZH: "单位名称"}}}

// TestAsk puts a question on the terminal in both languages and takes a number only.
func TestAsk(t *testing.T) {
	for _, c := range []struct {
		lang   table.Lang
		input  string
		choice int
		ok     bool
		shown  string
	}{
		{table.EN, "2\n", 1, true, "  2  name of the entity\n"},
		{table.ZH, "1\n", 0, true, "  2  单位名称\n"},
		{table.EN, "2", 1, true, "write 1 to 2"},
		{table.EN, "3\n", 0, false, "may be several things"},
		{table.EN, "0\n", 0, false, "may be several things"},
		{table.EN, "name\n", 0, false, "may be several things"},
		{table.EN, "\n", 0, false, "may be several things"},
		{table.EN, "", 0, false, "may be several things"},
	} {
		var out bytes.Buffer
		ask := lineAsk(strings.NewReader(c.input), &out, c.lang)
		choice, ok := ask(unitOrName)
		if choice != c.choice || ok != c.ok || !strings.Contains(out.String(), c.shown) {
			t.Errorf("%q in %s gives %d, %v and shows %q; want %d, %v and %q",
				c.input, c.lang, choice, ok, out.String(), c.choice, c.ok, c.shown)
		}
	}
}

// TestAskOnce: a file that is prepared anew is not asked about again.
func TestAskOnce(t *testing.T) {
	var out bytes.Buffer
	ask := lineAsk(strings.NewReader("2\n1\n"), &out, table.EN)
	first, _ := ask(unitOrName)
	again, ok := ask(unitOrName)
	if first != 1 || again != 1 || !ok || strings.Count(out.String(), "2  name") != 1 {
		t.Errorf("answers %d and %d after %q, want the first one kept", first, again, out.String())
	}
}

// TestNobodyToAsk: streams that are no terminals are never asked.
func TestNobodyToAsk(t *testing.T) {
	if terminalAsk(strings.NewReader("1\n"), &bytes.Buffer{}, table.EN, false) != nil {
		t.Error("a pipe is no user")
	}
}
