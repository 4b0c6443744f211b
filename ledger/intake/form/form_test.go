package form_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/form"
	"carbonledger/table"
)

const dialectsFolder = "../dialects"

func newLexicon(t testing.TB) intake.Lexicon {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return intake.Lexicon{Catalogue: library.Catalogue, Areas: library.Areas}
}

func newDialects(t testing.TB) []dialects.Dialect {
	t.Helper()
	list, err := dialects.All()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestWriteSamples reads every sample of every dialect, writes it in the form it came in, and reads
// that again, as text of every encoding.
func TestWriteSamples(t *testing.T) {
	lexicon := newLexicon(t)
	for _, d := range newDialects(t) {
		samples, err := filepath.Glob(filepath.Join(dialectsFolder, d.ID, "sample*.csv"))
		if err != nil || len(samples) == 0 {
			t.Errorf("%s has no sample: %v", d.ID, err)
		}
		for _, sample := range samples {
			t.Run(d.ID+"/"+filepath.Base(sample), func(t *testing.T) {
				upload := readSample(t, d, sample, lexicon)
				if d.Interval != nil {
					upload.Activities = wholeDays(upload.Activities)
				}
				checkRoundTrip(t, d, upload, lexicon, table.UTF8, table.UTF8BOM, table.GB18030)
			})
		}
	}
}

// wholeDays leaves out the gaps of days that have some readings: meters are written back by the
// day, one reading of 1440 minutes each, and a day has a figure or it has none.
func wholeDays(activities []ledger.Activity) []ledger.Activity {
	return slices.DeleteFunc(activities, func(gap ledger.Activity) bool {
		return gap.Absence == ledger.Missing && slices.ContainsFunc(activities,
			func(a ledger.Activity) bool {
				a.Absence = gap.Absence
				return a.Flow == gap.Flow && !a.Number.IsZero()
			})
	})
}

func readSample(t *testing.T, d dialects.Dialect, path string,
	lexicon intake.Lexicon) ledger.Upload {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sheet, faults := table.Read(filepath.Base(path), data)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	upload := intake.Read(d, sheet, ledger.Source{File: path}, lexicon)
	if len(upload.Faults) > 0 || len(upload.Activities)+len(upload.Entities) == 0 {
		t.Fatal(len(upload.Activities), upload.Faults)
	}
	return upload
}

// checkRoundTrip writes an upload, encodes it, reads it again and compares what it says.
func checkRoundTrip(t *testing.T, d dialects.Dialect, u ledger.Upload, lexicon intake.Lexicon,
	encodings ...table.Encoding) {
	t.Helper()
	sheets, err := form.Write(d, u, lexicon)
	if err != nil {
		t.Fatal(err)
	}
	want := form.Content(u)
	for _, encoding := range encodings {
		var back ledger.Upload
		for _, sheet := range sheets {
			read := readEncoded(t, d, sheet, encoding, lexicon)
			back.Activities = append(back.Activities, read.Activities...)
			back.Assertions = append(back.Assertions, read.Assertions...)
			back.Statements = append(back.Statements, read.Statements...)
			back.Entities = append(back.Entities, read.Entities...)
		}
		if got := form.Content(back); !slices.Equal(got, want) {
			t.Fatalf("in %s\ngot:\n%s\nwant:\n%s", encoding, strings.Join(got, "\n"),
				strings.Join(want, "\n"))
		}
	}
}

func readEncoded(t *testing.T, d dialects.Dialect, sheet table.Sheet, encoding table.Encoding,
	lexicon intake.Lexicon) ledger.Upload {
	t.Helper()
	var rows [][]string
	for _, row := range sheet.Rows {
		rows = append(rows, row.Raw())
	}
	data, err := table.Write(rows, encoding)
	if err != nil {
		t.Fatal(err)
	}
	read, faults := table.Read(sheet.File, data)
	upload := intake.Read(d, read, ledger.Source{File: sheet.File}, lexicon)
	if faults = append(faults, upload.Faults...); len(faults) > 0 {
		t.Fatalf("%v in\n%s", faults, data)
	}
	return upload
}
