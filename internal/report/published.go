package report

import (
	"strconv"

	"carbonledger/factors/published"
	"carbonledger/ledger"
	"carbonledger/table"
)

// Published shows what became of a published file: how many of its numbers are factors, parts of a
// total, and not understood, and how the gases fit their totals.
func Published(set published.Set, receipt ledger.Receipt, lang table.Lang) Table {
	t := Table{Key: "factors-import", Title: Say(lang, "published.title", set.File, set.ID),
		Columns: Columns(lang, "what", "rows#")}
	for _, count := range []struct {
		key    string
		number int
	}{{"published.read", set.Read}, {"published.taken", set.Taken}, {"published.parts", set.Parts},
		{"published.left", len(set.Left)}} {
		t.add(Term(lang, count.key), strconv.Itoa(count.number))
	}
	if set.Sums.Exact+set.Sums.Rounded+set.Sums.Off > 0 {
		t.Notes = append(t.Notes, Say(lang, "published.sums", strconv.Itoa(set.Sums.Exact),
			strconv.Itoa(set.Sums.Rounded), strconv.Itoa(set.Sums.Off)))
	}
	year := Term(lang, "published.by-row")
	if set.Year != 0 {
		year = strconv.Itoa(set.Year)
	}
	t.Notes = append(t.Notes, Say(lang, "published.how", set.Layout, year,
		set.Factors.Title(lang), set.Factors.Licence))
	if receipt.ID != "" {
		t.Records = append(t.Records, receipt)
		t.Notes = append(t.Notes, Say(lang, "published.posted", set.ID, receipt.ID))
	} else {
		t.Notes = append(t.Notes, Term(lang, "published.not-posted"))
	}
	for _, fault := range append(set.Left, set.Warnings...) {
		t.Remarks = append(t.Remarks, remarkOf(fault, lang))
	}
	return t
}

// NotTaken lists the numbers of a published file that were not understood, with the way out.
func NotTaken(set published.Set, lang table.Lang) [][]string {
	rows := [][]string{{Term(lang, "faults.line"), Term(lang, "faults.column"), Term(lang, "cell"),
		Term(lang, "faults.fact"), Term(lang, "faults.way")}}
	for _, fault := range append(set.Left, set.Warnings...) {
		rows = append(rows, []string{fault.Sheet + ":" + strconv.Itoa(fault.Line),
			table.Letters(fault.Column), fault.Cell, fault.Fact(lang), fault.Way(lang)})
	}
	return rows
}
