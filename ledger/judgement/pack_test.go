package judgement_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger/intake/dialects"
)

const packFolder = dialectsFolder + "/testdata"

// TestPack takes every file of the conformance pack the whole way from bytes to judgement.
func TestPack(t *testing.T) {
	texts, err := filepath.Glob(packFolder + "/wanted*.txt")
	if err != nil || len(texts) == 0 {
		t.Fatal(texts, err)
	}
	for _, text := range texts {
		t.Run(strings.TrimSuffix(filepath.Base(text), ".txt"), func(t *testing.T) {
			checkWanted(t, text, packOutcome)
		})
	}
}

func packOutcome(t *testing.T, w wanted) []string {
	path := filepath.Join(packFolder, w.file)
	if w.dialect == "dialect" {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		_, faults := dialects.Parse(w.file, data)
		return faultLines(faults)
	}
	d := newDesk(t)
	for _, first := range w.after {
		d.post(t, filepath.Join(packFolder, first), w.dialect)
	}
	return d.outcome(d.read(t, path, w.dialect))
}

// TestEveryPackFileIsWanted finds files that no block of a wanted text names.
func TestEveryPackFileIsWanted(t *testing.T) {
	texts, err := filepath.Glob(packFolder + "/wanted*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var blocks []wanted
	for _, text := range texts {
		_, more := readWanted(t, text)
		blocks = append(blocks, more...)
	}
	files, err := os.ReadDir(packFolder)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		named := slices.ContainsFunc(blocks, func(w wanted) bool {
			return w.file == file.Name() || slices.Contains(w.after, file.Name())
		})
		if !named && !strings.HasPrefix(file.Name(), "wanted") {
			t.Errorf("%s is in no block of a wanted text", file.Name())
		}
	}
}
