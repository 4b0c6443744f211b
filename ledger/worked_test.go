package ledger_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carbonledger/ledger"
)

// TestWorkedExamples follows texts that an accountant can check by hand: rows in, and wanted are
// the postings and readings of every row and the sums of the book. UPDATE=1 rewrites what is
// wanted.
func TestWorkedExamples(t *testing.T) {
	files, err := filepath.Glob("testdata/worked/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no worked examples: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			given, want, _ := strings.Cut(string(read(t, file)), "-- want --\n")
			_, rows, ok := strings.Cut(given, "-- rows ")
			policy, rows, _ := strings.Cut(rows, " --\n")
			if !ok {
				t.Fatalf("%s has no line -- rows POLICY --", file)
			}
			got := worked(t, policy, rows)
			if os.Getenv("UPDATE") != "" {
				text := []byte(given + "-- want --\n" + got)
				if err := os.WriteFile(file, text, 0o644); err != nil {
					t.Fatal(err)
				}
			} else if got != want {
				t.Errorf("got:\n%swant:\n%s", got, want)
			}
		})
	}
}

// worked posts the rows and prints what they mean.
func worked(t *testing.T, policy, rows string) string {
	t.Helper()
	var text strings.Builder
	book, upload := ledger.NewBook(), ledger.Upload{}
	for line := range strings.Lines(rows) {
		words := strings.Fields(line)
		if words[0] == "entity" {
			entity := ledger.Entity{ID: words[1], Area: strings.Trim(words[2], "-")}
			upload.Entities = append(upload.Entities, entity)
			continue
		}
		upload.Activities = append(upload.Activities, activity(t, len(upload.Activities)+2, words))
	}
	post(t, book, upload)
	reader := readerOf(t, policy, book)
	for _, a := range upload.Activities {
		fmt.Fprintf(&text, "row %d\n", a.Line)
		printEntry(&text, reader.Convert(a.Flow, a.Number))
	}
	text.WriteString("sums\n")
	for s := range book.Sums().All() {
		fmt.Fprintf(&text, "  %s %s>%s with %s, %s %s = %s in %d rows\n", s.Entity, s.From, s.To,
			orDash(s.Counterparty), s.Commodity, s.Period, s.Total, s.Rows)
	}
	return text.String()
}

func printEntry(text *strings.Builder, entry ledger.Entry) {
	for _, p := range entry.Postings {
		fmt.Fprintf(text, "  posting %s %s %s %s\n", p.Entity, p.Role, p.Commodity, p.Number)
	}
	for _, r := range entry.Readings {
		fmt.Fprintf(text, "  reading %s %s %s = %s", orDash(r.Scope), r.Category, r.To, r.Number)
		for _, step := range r.Steps {
			fmt.Fprintf(text, " by %s/%s %s", step.Factor.Set, step.Factor.ID, step.Factor.Value)
		}
		if r.Warming != nil {
			fmt.Fprintf(text, ", co2e = %s by %s", r.CO2e, r.Warming.Factor.Value)
		}
		text.WriteString("\n")
	}
	for _, g := range entry.Gaps {
		fmt.Fprintf(text, "  gap %s %s %s %s\n", orDash(g.Scope), g.Category, g.To, g.Reason)
	}
}

func orDash(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
