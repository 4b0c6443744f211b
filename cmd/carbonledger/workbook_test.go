package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
	"time"

	"carbonledger/table"
	"carbonledger/table/workbook"
)

// Sheets of the workbook that is killed and that two programs post at once, and rows of each.
const (
	bookSheets    = 4
	bookSheetRows = 400
)

// writeBook makes a workbook of which every worksheet is a batch.
func writeBook(t *testing.T, path string, n int) {
	t.Helper()
	var sheets []table.Sheet
	for s := range bookSheets {
		rows := [][]string{{"entity", "name", "area", "period", "commodity", "quantity", "unit"}}
		for i := range bookSheetRows {
			rows = append(rows, []string{fmt.Sprintf("unit-%d-%d", n, i), "Unit", "360000",
				fmt.Sprintf("2022-%02d", s+1), "electricity", strconv.Itoa(i + 1), "kWh"})
		}
		sheet := table.NewSheet("book.xlsx", rows)
		sheet.Name = fmt.Sprintf("Month %d", s+1)
		sheets = append(sheets, sheet)
	}
	var data bytes.Buffer
	if err := workbook.Write(&data, sheets); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// bookKills is how often the import of a workbook is killed.
const bookKills = 10

// TestKillWorkbook kills imports of workbooks at many moments. After each kill the book holds whole
// worksheets only, and importing the workbook again completes it.
func TestKillWorkbook(t *testing.T) {
	folder := t.TempDir()
	book := filepath.Join(folder, "book.db")
	importing := func(n int) *exec.Cmd {
		file := filepath.Join(folder, fmt.Sprintf("book-%d.xlsx", n))
		writeBook(t, file, n)
		return exec.Command("carbonledger", "--book", book, "import", file)
	}
	first := importing(0)
	start := time.Now()
	if out, err := first.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(start)
	killed, between := 0, 0
	for n := 1; n <= bookKills; n++ {
		command := importing(n)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		// The worksheets are stored towards the end.
		timer := time.AfterFunc(took/4+took*3/4*time.Duration(n)/bookKills,
			func() { _ = command.Process.Kill() })
		err := command.Wait()
		timer.Stop()
		if err != nil {
			killed++
		}
		after := checkBook(t, book)
		if after.Rows != after.Batches*bookSheetRows {
			t.Fatalf("kill %d: %d batches have %d rows: a worksheet is posted in part", n,
				after.Batches, after.Rows)
		}
		if after.Batches%bookSheets != 0 {
			between++
		}
		if out, err := importing(n).CombinedOutput(); err != nil {
			t.Fatalf("kill %d: importing again: %v\n%s", n, err, out)
		}
		if whole := checkBook(t, book); whole.Batches != (n+1)*bookSheets {
			t.Fatalf("kill %d: %d batches after importing again, want %d", n, whole.Batches,
				(n+1)*bookSheets)
		}
	}
	if killed == 0 {
		t.Error("no import was killed: the moments do not span the work")
	}
	t.Logf("%d of %d imports killed, %d of them between two worksheets", killed, bookKills, between)
}

// TestWorkbookTwiceAtOnce lets two programs post one workbook at the same time: every worksheet is
// in the book once, and neither program fails.
func TestWorkbookTwiceAtOnce(t *testing.T) {
	folder := t.TempDir()
	book, file := filepath.Join(folder, "book.db"), filepath.Join(folder, "book.xlsx")
	writeBook(t, file, 0)
	var wait sync.WaitGroup
	for n := range 3 {
		wait.Go(func() {
			command := exec.Command("carbonledger", "--book", book, "import", file)
			if out, err := command.CombinedOutput(); err != nil {
				t.Errorf("program %d: %v\n%s", n, err, out)
			}
		})
	}
	wait.Wait()
	checked := checkBook(t, book)
	if checked.Batches != bookSheets || checked.Rows != bookSheets*bookSheetRows {
		t.Errorf("%d batches with %d rows, want %d with %d", checked.Batches, checked.Rows,
			bookSheets, bookSheets*bookSheetRows)
	}
}
