package judgement_test

import (
	"os"
	"path/filepath"
	"testing"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// TestDialects reads the samples of every dialect that comes with the program.
func TestDialects(t *testing.T) {
	for _, dialect := range newDesk(t).dialects {
		t.Run(dialect.ID, func(t *testing.T) {
			folder := filepath.Join(dialectsFolder, dialect.ID)
			checkWanted(t, folder+"/wanted.txt", func(t *testing.T, w wanted) []string {
				if w.dialect != dialect.ID {
					t.Errorf("the sample of %s is read with %s", dialect.ID, w.dialect)
				}
				d := newDesk(t)
				for _, first := range w.after {
					d.post(t, filepath.Join(folder, first), dialect.ID)
				}
				return d.outcome(d.read(t, filepath.Join(folder, w.file), dialect.ID))
			})
		})
	}
}

// TestRecogniseSamples finds the dialect of every sample by its columns alone.
func TestRecogniseSamples(t *testing.T) {
	list, err := dialects.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range list {
		data, err := os.ReadFile(filepath.Join(dialectsFolder, d.ID, "sample.csv"))
		if err != nil {
			t.Fatal(err)
		}
		sheet, faults := table.Read("sample.csv", data)
		got, more := dialects.Recognise(sheet, list, nil)
		if len(faults)+len(more) > 0 || got.ID != d.ID {
			t.Errorf("Recognise(sample of %s) = %q, %v", d.ID, got.ID, append(faults, more...))
		}
	}
}
