package judgement_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/judgement"
	"carbonledger/ledger/seal"
	"carbonledger/ledger/tally"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

const dialectsFolder = "../intake/dialects"

// wanted is a block of a wanted text: what becomes of one file.
type wanted struct {
	head, file, dialect string
	// after are the files posted to the book first.
	after []string
	lines []string
}

// readWanted cuts a wanted text into the words before its first block and the blocks. A block
// begins with == FILE DIALECT [after FILE,FILE...].
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
			block := wanted{head: line, file: words[0], dialect: words[1]}
			if words[3] != "" {
				block.after = strings.Split(words[3], ",")
			}
			blocks = append(blocks, block)
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

// desk is everything between a file and the book.
type desk struct {
	library  *factors.Library
	lexicon  intake.Lexicon
	dialects []dialects.Dialect
	book     *ledger.Book
	posted   []ledger.Activity
}

// openLibrary reads the factors once for all tests.
var openLibrary = sync.OnceValues(factors.Open)

func newDesk(t testing.TB) *desk {
	t.Helper()
	library, err := openLibrary()
	if err != nil {
		t.Fatal(err)
	}
	list, err := dialects.All()
	if err != nil {
		t.Fatal(err)
	}
	return &desk{library, intake.Lexicon{Catalogue: library.Catalogue, Areas: library.Areas},
		list, ledger.NewBook(), nil}
}

func (d *desk) unitOf(id string) string {
	commodity, _ := d.lexicon.Catalogue.ByID(id)
	return commodity.Unit.Symbol
}

func (d *desk) namesOf(id string) (zh, en string) {
	commodity, _ := d.lexicon.Catalogue.ByID(id)
	return commodity.NameZH, commodity.NameEN
}

// documents returns the documents behind a flow that is posted.
func (d *desk) documents(f ledger.Flow) (list []string) {
	for _, a := range d.posted {
		if a.Flow == f {
			list = append(list, a.Document)
		}
	}
	return list
}

// taken is what became of one sheet.
type taken struct {
	upload ledger.Upload
	batch  ledger.Batch
	faults []table.Fault
}

// read takes a file the whole way: bytes, sheets, dialect, rows, book, judgement. Sheets that fit
// no dialect give their faults alone.
func (d *desk) read(t testing.TB, path, dialect string) (all []taken) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range workbook.Open(filepath.Base(path), data) {
		if len(file.Sheets) == 0 {
			all = append(all, taken{faults: file.Faults})
		}
		for _, sheet := range file.Sheets {
			all = append(all, d.take(t, file, sheet, dialect))
		}
	}
	return all
}

func (d *desk) take(t testing.TB, file workbook.File, sheet table.Sheet, name string) taken {
	t.Helper()
	faults := slices.Clone(file.Faults)
	dialect, more := d.choose(t, sheet, name)
	if faults = append(faults, more...); dialect.ID == "" {
		return taken{faults: faults}
	}
	upload := intake.Read(dialect, sheet, ledger.Source{File: file.Name,
		FileDigest: seal.Bytes(file.Data)}, d.lexicon)
	upload.Faults = append(faults, upload.Faults...)
	batch, found := admission.Prepare(
		d.book,
		upload,
		admission.Known{UnitOf: d.unitOf, NamesOf: d.namesOf, Documents: d.documents},
	)
	found = append(found, judgement.Weigh(d.book, upload, batch,
		tally.Of(batch.Activities), d.library)...)
	return taken{upload, batch, found}
}

func (d *desk) choose(t testing.TB, sheet table.Sheet, name string) (
	dialects.Dialect, []table.Fault) {
	t.Helper()
	if name == "auto" {
		return dialects.Recognise(sheet, d.dialects, nil)
	}
	dialect, err := dialects.ByID(name)
	if err != nil {
		t.Fatal(err)
	}
	return dialect, nil
}

// post takes a file without faults into the book.
func (d *desk) post(t testing.TB, path, dialect string) {
	t.Helper()
	for _, taken := range d.read(t, path, dialect) {
		for _, fault := range taken.faults {
			if !fault.IsWarning() {
				t.Fatalf("%s should have no fault: %v", path, fault)
			}
		}
		if err := d.book.Commit(taken.batch); err != nil {
			t.Fatal(err)
		}
		d.posted = append(d.posted, taken.batch.Activities...)
	}
}

// outcome prints what became of a file: everything that would be posted, then the faults, each with
// its code and its words in both languages.
func (d *desk) outcome(all []taken) (lines []string) {
	for _, one := range all {
		lines = append(lines, ledger.Upload{Activities: one.batch.Activities,
			Assertions: one.batch.Assertions, Statements: one.batch.Statements,
			Entities: one.batch.Entities}.Lines(d.unitOf)...)
		lines = append(lines, faultLines(one.faults)...)
	}
	return lines
}

func faultLines(faults []table.Fault) (lines []string) {
	for _, fault := range faults {
		if strings.HasPrefix(fault.Code, "row.posted") {
			// The receipt of the other row is a digest over everything that was posted before.
			fault.Args = append(slices.Clone(fault.Args[:len(fault.Args)-1]), "RECEIPT")
		}
		lines = append(lines, fault.Code, "  "+fault.Text(table.EN), "  "+fault.Text(table.ZH))
	}
	return lines
}
