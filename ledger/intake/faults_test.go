package intake_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/table"
)

const faultsFolder = "dialects/testdata"

// TestFaults provokes every fault that reading a file or fitting it to the book can give.
func TestFaults(t *testing.T) {
	l := lexicon(t)
	checkWanted(t, faultsFolder+"/wanted.txt", func(t *testing.T, w wanted) []string {
		path := filepath.Join(faultsFolder, w.file)
		var faults []table.Fault
		if w.dialect == "dialect" {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			_, faults = intake.ParseDialect(w.file, data)
		} else {
			book := ledger.NewBook()
			if w.after != "" {
				commit(t, l, book, filepath.Join(faultsFolder, w.after), w.dialect)
			}
			_, _, faults = prepare(t, l, book, path, w.dialect)
		}
		var lines []string
		for _, fault := range faults {
			lines = append(lines, fault.Code, fault.Text(table.EN), fault.Text(table.ZH))
		}
		return lines
	})
}

// TestEveryFaultFileIsWanted finds files that no block of wanted.txt names.
func TestEveryFaultFileIsWanted(t *testing.T) {
	_, blocks := readWanted(t, faultsFolder+"/wanted.txt")
	files, err := os.ReadDir(faultsFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		named := slices.ContainsFunc(blocks, func(w wanted) bool { return w.file == file.Name() })
		if !named && file.Name() != "wanted.txt" {
			t.Errorf("%s is in no block of wanted.txt", file.Name())
		}
	}
}
