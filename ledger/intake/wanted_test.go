package intake_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/seal"
	"carbonledger/table"
)

// wanted is a block of a wanted.txt: what becomes of one file.
type wanted struct {
	head, file, dialect, after string
	lines                      []string
}

// readWanted cuts a wanted.txt into the words before its first block and the blocks.
func readWanted(t *testing.T, path string) (preface string, blocks []wanted) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSuffix(line, "\n")
		head, ok := strings.CutPrefix(line, "== ")
		switch {
		case ok:
			words := append(strings.Fields(head), "", "", "")
			blocks = append(blocks, wanted{head: line, file: words[0], dialect: words[1],
				after: words[3]})
		case len(blocks) == 0:
			preface += line + "\n"
		default:
			last := &blocks[len(blocks)-1]
			last.lines = append(last.lines, line)
		}
	}
	return preface, blocks
}

// checkWanted compares every block with what the test got, or rewrites the file under UPDATE.
func checkWanted(t *testing.T, path string, get func(*testing.T, wanted) []string) {
	t.Helper()
	preface, blocks := readWanted(t, path)
	written := preface
	for _, block := range blocks {
		t.Run(block.file, func(t *testing.T) {
			got := get(t, block)
			written += strings.Join(append([]string{block.head}, got...), "\n") + "\n"
			if os.Getenv("UPDATE") == "" && !slices.Equal(got, block.lines) {
				t.Errorf("got:\n%s\nwant:\n%s",
					strings.Join(got, "\n"), strings.Join(block.lines, "\n"))
			}
		})
	}
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(path, []byte(written), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func lexicon(t testing.TB) intake.Lexicon {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return intake.Lexicon{Catalogue: library.Catalogue, Areas: library.Areas}
}

func unitOf(l intake.Lexicon) func(string) string {
	return func(id string) string {
		commodity, _ := l.Catalogue.ByID(id)
		return commodity.Unit.Symbol
	}
}

// prepare reads a file through a dialect and checks it against the book.
func prepare(t *testing.T, l intake.Lexicon, book *ledger.Book, path, dialect string) (
	ledger.Upload, ledger.Batch, []table.Fault) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Base(path)
	sheet, faults := table.Read(file, data)
	if len(sheet.Rows) == 0 {
		return ledger.Upload{}, ledger.Batch{}, faults
	}
	d := choose(t, sheet, dialect, &faults)
	if d.ID == "" {
		return ledger.Upload{}, ledger.Batch{}, faults
	}
	upload := d.Read(sheet, ledger.Source{File: file, FileDigest: seal.Bytes(data)}, l)
	upload.Faults = append(faults, upload.Faults...)
	batch, faults := ledger.Prepare(book, upload, unitOf(l))
	return upload, batch, faults
}

func choose(t *testing.T, sheet table.Sheet, name string, faults *[]table.Fault) intake.Dialect {
	t.Helper()
	if name != "auto" {
		dialect, err := intake.DialectByID(name)
		if err != nil {
			t.Fatal(err)
		}
		return dialect
	}
	dialects, err := intake.Dialects()
	if err != nil {
		t.Fatal(err)
	}
	dialect, more := intake.Recognise(sheet, dialects)
	*faults = append(*faults, more...)
	return dialect
}

// commit takes a file without faults into the book.
func commit(t *testing.T, l intake.Lexicon, book *ledger.Book, path, dialect string) {
	t.Helper()
	_, batch, faults := prepare(t, l, book, path, dialect)
	for _, fault := range faults {
		if !fault.IsWarning() {
			t.Fatalf("%s should have no fault: %v", path, fault)
		}
	}
	if err := book.Commit(batch); err != nil {
		t.Fatal(err)
	}
}
