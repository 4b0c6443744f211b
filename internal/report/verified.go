package report

import (
	"strconv"
	"strings"

	"carbonledger/table"
)

// Verified is what the proof of a receipt against the book found; without findings it holds.
type Verified struct {
	ID, File        string
	Position        int
	Findings, Notes []Finding
}

// Finding is something that was found: a key of the list of terms and what fills it in.
type Finding struct {
	Key  string
	Args []string
}

// Holds says whether nothing speaks against the receipt.
func (v Verified) Holds() bool { return len(v.Findings) == 0 }

// Verifications shows the proofs of receipts, a line each.
func Verifications(list []Verified, lang table.Lang) Table {
	t := Table{Key: "verify", Title: Term(lang, "verify.title"),
		Columns: Columns(lang, "receipt", "file", "position#", "outcome", "what")}
	for _, v := range list {
		outcome, position := "verify.holds", ""
		if !v.Holds() {
			outcome = "verify.fails"
		}
		if v.Position > 0 {
			position = strconv.Itoa(v.Position)
		}
		var words []string
		for _, f := range append(v.Findings, v.Notes...) {
			words = append(words, Say(lang, f.Key, f.Args...))
		}
		t.add(v.ID, v.File, position, Term(lang, outcome), strings.Join(words, "; "))
	}
	return t
}
