package engine

import (
	"bytes"
	"context"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"carbonledger/internal/store"
	"carbonledger/internal/store/mem"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// sheetOf makes a worksheet of lines whose cells are divided by commas.
func sheetOf(name string, lines ...string) table.Sheet {
	sheet := table.Sheet{Name: name}
	for i, line := range lines {
		row := table.Row{Line: i + 1}
		for _, cell := range strings.Split(line, ",") {
			row.Cells = append(row.Cells, table.Cell{Raw: cell, Text: cell})
		}
		sheet.Rows = append(sheet.Rows, row)
	}
	return sheet
}

// bookOf makes the bytes of a workbook.
func bookOf(t *testing.T, sheets ...table.Sheet) []byte {
	t.Helper()
	var data bytes.Buffer
	if err := workbook.Write(&data, sheets); err != nil {
		t.Fatal(err)
	}
	return data.Bytes()
}

const testHeader = "entity,name,area,period,commodity,quantity,unit"

var (
	january  = sheetOf("January", testHeader, "acme,Acme,360000,2022-01,electricity,5,kWh")
	february = sheetOf("February", testHeader, "acme,Acme,360000,2022-02,electricity,7,kWh")
	wrong    = sheetOf("March", testHeader, "acme,Acme,360000,2022-03,electricity,much,kWh",
		"acme,Acme,360000,2022-04,electricity,9,kWh")
	// following needs the entity that the sheet before it registers.
	following = sheetOf("March", "entity,period,commodity,quantity,unit",
		"acme,2022-03,electricity,9,kWh")
	cover = sheetOf("封面", "示例公司", "用电量月报", "填表人,张三")
	other = sheetOf("备查", "序号,事项,经办人", "1,换表,张三")
)

func newEngine(t *testing.T, s store.Store) *Engine {
	t.Helper()
	e := &Engine{store: s}
	if err := e.reload(t.Context()); err != nil {
		t.Fatal(err)
	}
	return e
}

// outcomes prints what became of every table.
func outcomes(list []Imported) string {
	var words []string
	for _, i := range list {
		words = append(words, i.Sheet+" "+string(i.Outcome))
	}
	return strings.Join(words, ", ")
}

// codes prints the faults of every table and which worksheets were skipped.
func codes(list []Imported) (codes []string) {
	for _, i := range list {
		for _, fault := range append(slices.Clone(i.Faults), i.Warnings...) {
			if !fault.IsWarning() || fault.Code == "sheet.skipped" {
				codes = append(codes, fault.Sheet+" "+fault.Code)
			}
		}
	}
	return codes
}

// TestWorkbook posts the worksheets of a workbook: all of them or none.
func TestWorkbook(t *testing.T) {
	for _, c := range []struct {
		name     string
		sheets   []table.Sheet
		how      Import
		want     string
		position int
		codes    string
	}{
		{"every sheet", []table.Sheet{january, february}, Import{},
			"January posted, February posted", 2, ""},
		{"a sheet stands on the one before", []table.Sheet{january, following}, Import{},
			"January posted, March posted", 2, ""},
		{"one with a fault", []table.Sheet{january, wrong, february}, Import{},
			"January held, March rejected, February held", 0, "March cell.number"},
		{"one with a fault, in part", []table.Sheet{january, wrong, february},
			Import{Partial: true}, "January posted, March posted, February posted", 3,
			"March cell.number"},
		{"a cover sheet", []table.Sheet{cover, january}, Import{Strict: true},
			"封面 skipped, January posted", 1, ""},
		{"another table", []table.Sheet{other, january}, Import{},
			"备查 skipped, January posted", 1, "备查 sheet.skipped"},
		{"another table, strict", []table.Sheet{other, january}, Import{Strict: true},
			"备查 rejected, January held", 0, "备查 sheet.skipped"},
		{"a dialect by name", []table.Sheet{other, january}, Import{Dialect: "long"},
			"备查 skipped, January posted", 1, "备查 sheet.skipped"},
		{"only a cover sheet", []table.Sheet{cover}, Import{}, "封面 rejected", 0,
			"封面 dialect.none"},
		{"a preview", []table.Sheet{january, following}, Import{DryRun: true},
			"January preview, March preview", 0, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := mem.New()
			e := newEngine(t, s)
			list, err := e.Post(t.Context(), "book.xlsx", bookOf(t, c.sheets...), c.how)
			if got := outcomes(list); got != c.want {
				t.Errorf("got %s, want %s: %v", got, c.want, err)
			}
			if got := strings.Join(codes(list), ", "); got != c.codes {
				t.Errorf("faults %s, want %s", got, c.codes)
			}
			for _, i := range list {
				stands := i.Outcome == Posted || i.Outcome == Preview
				if stands != (i.Receipt.ID != "") {
					t.Errorf("%s %s has the receipt %q", i.Sheet, i.Outcome, i.Receipt.ID)
				}
			}
			if rejected := strings.Contains(c.want, "rejected"); rejected != (err != nil) {
				t.Errorf("err = %v", err)
			}
			head, err := s.Head(t.Context())
			if err != nil || head.Position != c.position {
				t.Errorf("the store stands at %d, %v, want %d", head.Position, err, c.position)
			}
			if !c.how.DryRun && e.book.Position() != c.position {
				t.Errorf("the book stands at %d, want %d", e.book.Position(), c.position)
			}
		})
	}
}

// TestNoSheetFits names the columns that the nearest worksheet lacks.
func TestNoSheetFits(t *testing.T) {
	near := sheetOf("Data", "entity,period,commodity,quantity", "acme,2022-01,electricity,5")
	e := newEngine(t, mem.New())
	list, err := e.Post(t.Context(), "book.xlsx", bookOf(t, cover, near), Import{})
	if got := outcomes(list); err == nil || got != "封面 skipped, Data rejected" {
		t.Errorf("got %s, %v", got, err)
	}
}

// TestWorkbookAgain posts a workbook twice: the second time nothing changes.
func TestWorkbookAgain(t *testing.T) {
	e := newEngine(t, mem.New())
	data := bookOf(t, january, february)
	if _, err := e.Post(t.Context(), "book.xlsx", data, Import{}); err != nil {
		t.Fatal(err)
	}
	head := e.book.Head()
	list, err := e.Post(t.Context(), "other.xlsx", data, Import{})
	if got := outcomes(list); err != nil || got != "January again, February again" {
		t.Errorf("got %s, %v", got, err)
	}
	if list[1].Receipt.Sheet != "February" || e.book.Head() != head {
		t.Errorf("receipt %+v, head %s, want %s", list[1].Receipt, e.book.Head(), head)
	}
}

// brittle is a store that refuses the n-th append, with an error of the machine or because another
// writer was first.
type brittle struct {
	store.Store
	left   int
	err    error
	before func()
}

func (b *brittle) Append(ctx context.Context, before store.Head, r store.Record) error {
	if b.left--; b.left == 0 {
		if b.before != nil {
			b.before()
		}
		if b.err != nil {
			return b.err
		}
	}
	return b.Store.Append(ctx, before, r)
}

// TestFailureBetweenSheets lets the disk fail behind the first worksheet: importing again completes
// the workbook, and nothing is in the book twice.
func TestFailureBetweenSheets(t *testing.T) {
	full := errors.New("no space left on device")
	inside := mem.New()
	e := newEngine(t, &brittle{Store: inside, left: 2, err: full})
	data := bookOf(t, january, february, following)
	list, err := e.Post(t.Context(), "book.xlsx", data, Import{})
	if got := outcomes(list); !errors.Is(err, full) ||
		got != "January posted, February held, March held" {
		t.Fatalf("got %s, %v", got, err)
	}
	if e.book.Position() != 1 {
		t.Fatalf("the book stands at %d, want 1", e.book.Position())
	}
	list, err = e.Post(t.Context(), "book.xlsx", data, Import{})
	if got := outcomes(list); err != nil || got != "January again, February posted, March posted" {
		t.Fatalf("got %s, %v", got, err)
	}
	again := newEngine(t, inside)
	if again.book.Head() != e.book.Head() || again.book.Position() != 3 {
		t.Errorf("the store has position %d, the engine %d", again.book.Position(),
			e.book.Position())
	}
	if _, err := again.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestOtherWriterBetweenSheets lets another writer post the same workbook between two worksheets.
func TestOtherWriterBetweenSheets(t *testing.T) {
	inside := mem.New()
	data := bookOf(t, january, february, following)
	other := func() {
		e := newEngine(t, inside)
		if _, err := e.Post(t.Context(), "book.xlsx", data, Import{}); err != nil {
			t.Error(err)
		}
	}
	e := newEngine(t, &brittle{Store: inside, left: 2, before: other})
	list, err := e.Post(t.Context(), "book.xlsx", data, Import{})
	if got := outcomes(list); err != nil || got != "January posted, February again, March again" {
		t.Fatalf("got %s, %v", got, err)
	}
	if e.book.Position() != 3 {
		t.Errorf("the book stands at %d, want 3", e.book.Position())
	}
}

// TestUnchanged sends a file again with other bytes: nothing is posted, and it is no fault.
func TestUnchanged(t *testing.T) {
	e := newEngine(t, mem.New())
	const row = "acme,Acme,360000,2022-01,electricity,5,kWh\n"
	for i, c := range []struct{ text, want string }{
		{testHeader + "\n" + row, " posted"},
		{testHeader + "\n" + row + "\n", " unchanged"},
		{testHeader + "\n" + strings.Replace(row, ",5,", ",5.0,", 1), " unchanged"},
		{testHeader + "\n" + row + "acme,Acme,360000,2022-02,electricity,6,kWh\n", " posted"},
	} {
		list, err := e.Post(t.Context(), "rows.csv", []byte(c.text), Import{})
		if got := outcomes(list); err != nil || got != c.want {
			t.Errorf("upload %d: got %s, %v, want %s", i+1, got, err, c.want)
		}
	}
	if e.book.Position() != 2 {
		t.Errorf("the book stands at %d, want 2", e.book.Position())
	}
}

// TestCancelled stops before anything is posted.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	e := newEngine(t, mem.New())
	_, err := e.Post(ctx, "book.xlsx", bookOf(t, january, february), Import{})
	if !errors.Is(err, context.Canceled) || e.book.Position() != 0 {
		t.Errorf("err = %v, position %d", err, e.book.Position())
	}
}

// TestSkippedInWords wants the words for a worksheet that is left out.
func TestSkippedInWords(t *testing.T) {
	wanted, err := os.ReadFile("testdata/wanted.txt")
	if err != nil {
		t.Fatal(err)
	}
	e := newEngine(t, mem.New())
	list, err := e.Post(t.Context(), "book.xlsx", bookOf(t, other, january),
		Import{Dialect: "long"})
	if err != nil || len(list[0].Warnings) != 1 {
		t.Fatalf("%s, %v", outcomes(list), err)
	}
	fault := list[0].Warnings[0]
	got := strings.Join([]string{fault.Code, fault.Text(table.EN), fault.Text(table.ZH)}, "\n")
	if !strings.Contains(string(wanted), "== book.xlsx with another table\n"+got+"\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, wanted)
	}
}
