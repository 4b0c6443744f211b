package intake_test

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/table"
)

// TestDialects reads the sample of every dialect that comes with the program.
func TestDialects(t *testing.T) {
	l := lexicon(t)
	dialects, err := intake.Dialects()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dialects {
		t.Run(d.ID, func(t *testing.T) {
			folder := filepath.Join("dialects", d.ID)
			checkWanted(t, folder+"/wanted.txt", func(t *testing.T, w wanted) []string {
				book, path := ledger.NewBook(), filepath.Join(folder, w.file)
				if w.dialect != d.ID {
					t.Errorf("the sample of %s is read with %s", d.ID, w.dialect)
				}
				if w.after != "" {
					commit(t, l, book, filepath.Join(folder, w.after), d.ID)
				}
				upload, batch, faults := prepare(t, l, book, path, d.ID)
				if w.after == "" {
					return uploadLines(l, upload, faults)
				}
				return uploadLines(l, ledger.Upload{Activities: batch.Activities,
					Assertions: batch.Assertions, Entities: batch.Entities}, faults)
			})
		})
	}
}

// TestRecogniseSamples finds the dialect of every sample by its columns alone.
func TestRecogniseSamples(t *testing.T) {
	dialects, err := intake.Dialects()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range dialects {
		data, err := os.ReadFile(filepath.Join("dialects", d.ID, "sample.csv"))
		if err != nil {
			t.Fatal(err)
		}
		sheet, faults := table.Read("sample.csv", data)
		got, more := intake.Recognise(sheet, dialects)
		if len(faults)+len(more) > 0 || got.ID != d.ID {
			t.Errorf("Recognise(sample of %s) = %q, %v", d.ID, got.ID, append(faults, more...))
		}
	}
}

// uploadLines prints an upload, one thing a line.
func uploadLines(l intake.Lexicon, u ledger.Upload, faults []table.Fault) []string {
	var lines []string
	add := func(words ...string) {
		for i, word := range words {
			if word == "" {
				words[i] = "-"
			}
		}
		lines = append(lines, strings.Join(words, " "))
	}
	unit := unitOf(l)
	for _, e := range u.Entities {
		add("entity", strconv.Itoa(e.Line), e.ID, e.Name, e.Industry, e.Area, e.From.String())
	}
	for _, a := range u.Activities {
		words := []string{"activity", strconv.Itoa(a.Line), a.Entity, a.Site, a.Period.String(),
			string(a.From) + ">" + string(a.To), a.Commodity, a.Number.String(), unit(a.Commodity)}
		if a.Counterparty != "" {
			words = append(words, "with", a.Counterparty)
		}
		if a.Vintage != 0 {
			words = append(words, "published", a.Vintage.String())
		}
		if a.Absence != ledger.Present {
			words = append(words, string(a.Absence))
		}
		if a.Document != "" {
			words = append(words, "document", a.Document)
		}
		add(words...)
	}
	for _, c := range u.Assertions {
		add("count", strconv.Itoa(c.Line), c.Entity, c.Site, c.Period.String(), string(c.Edge),
			c.Commodity, c.Number.String(), unit(c.Commodity))
	}
	for _, fault := range faults {
		add(fault.Code, fault.Text(table.EN))
	}
	return lines
}
