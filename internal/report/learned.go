package report

import (
	"fmt"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// DialectList lists the dialects of the program and those the book has learned.
func DialectList(known []dialects.Dialect, learned []ledger.Learned, lang table.Lang) (
	Table, error) {
	t := Table{Key: "dialects", Title: Term(lang, "dialects.title"), Columns: Columns(lang,
		"dialect", "title", "sender", "origin")}
	for _, d := range known {
		t.add(d.ID, titleOf(d, lang), "", Term(lang, "origin.program"))
	}
	for _, l := range learned {
		d, faults := dialects.Parse(l.ID, []byte(l.Text))
		if len(faults) > 0 {
			return Table{}, faults[0]
		}
		t.add(l.ID, titleOf(d, lang), l.Sender, Term(lang, "origin.learned"))
	}
	return t, nil
}

func titleOf(d dialects.Dialect, lang table.Lang) string {
	if lang == table.ZH {
		return d.TitleZH
	}
	return d.TitleEN
}

// Learned shows a learned dialect and what it reads from its sample. Nothing of that is posted.
func Learned(d dialects.Dialect, sender string, receipt ledger.Receipt, proof ledger.Upload,
	lang table.Lang) Table {
	t := Table{Key: "learned", Title: Term(lang, "learned"), Columns: Columns(lang,
		"dialect", "sender", "receipt", "learned.figures#", "learned.counts#",
		"learned.entities#", "learned.faults#"),
		Notes: []string{Say(lang, "learned.note", d.ID)}}
	t.add(d.ID, sender, receipt.ID, fmt.Sprint(len(proof.Activities)),
		fmt.Sprint(len(proof.Assertions)), fmt.Sprint(len(proof.Entities)),
		fmt.Sprint(len(proof.Faults)))
	return t
}
