package report

import (
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// Dialects lists the dialects that come with the program.
func Dialects(list []dialects.Dialect, lang table.Lang) Table {
	t := Table{Key: "dialects", Title: Term(lang, "dialects.title"),
		Columns: Columns(lang, "id", "title", "source")}
	for _, d := range list {
		title := d.TitleEN
		if lang == table.ZH {
			title = d.TitleZH
		}
		t.Rows = append(t.Rows, []string{d.ID, title, d.Source})
	}
	return t
}
