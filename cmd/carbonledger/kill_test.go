package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"carbonledger/internal/archive"
	"carbonledger/internal/engine"
)

// killRows is how many rows an import has that is killed: enough that it is still at work when the
// later kills come.
const killRows = 3000

// kills is how often an import is killed, at moments spread evenly over twice the time one
// takes, so that the first are killed early and the last finish.
const kills = 24

// TestKill kills imports with SIGKILL at many moments. After each, the book holds the whole batch
// or none of it, and every invariant holds.
func TestKill(t *testing.T) {
	folder := t.TempDir()
	book := filepath.Join(folder, "book.db")
	upload := func(n int) string {
		var text bytes.Buffer
		text.WriteString("entity,name,area,period,commodity,quantity,unit\n")
		for i := range killRows {
			fmt.Fprintf(&text, "unit-%d-%d,Unit,360000,2022-01,electricity,%d.5,kWh\n", n, i, i)
		}
		file := filepath.Join(folder, fmt.Sprintf("upload-%d.csv", n))
		if err := os.WriteFile(file, text.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	importing := func(n int) *exec.Cmd {
		return exec.Command("carbonledger", "--book", book, "import", upload(n))
	}
	whole := time.Now()
	if out, err := importing(0).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	took := time.Since(whole)
	position, killed := 1, 0
	for n := 1; n <= kills; n++ {
		command := importing(n)
		if err := command.Start(); err != nil {
			t.Fatal(err)
		}
		timer := time.AfterFunc(
			2*took*time.Duration(n)/kills,
			func() { _ = command.Process.Kill() },
		)
		err := command.Wait()
		timer.Stop()
		if err != nil {
			killed++
		}
		after := standing(t, book)
		if after != position && after != position+1 || err == nil && after != position+1 {
			t.Fatalf(
				"kill %d (exit %v): the book went from position %d to %d",
				n,
				err,
				position,
				after,
			)
		}
		position = after
	}
	if killed == 0 || position == 1 {
		t.Errorf("%d of %d imports were killed: the moments do not span the work", killed, kills)
	}
	t.Logf("%d of %d imports killed, %d batches in the book", killed, kills, position)
}

// standing checks the whole book and returns its position.
func standing(t *testing.T, book string) int {
	t.Helper()
	checked := checkBook(t, book)
	if checked.Rows != checked.Batches*killRows {
		t.Fatalf("%d batches have %d rows, want %d", checked.Batches, checked.Rows,
			checked.Batches*killRows)
	}
	return checked.Batches
}

// checkBook proves every invariant of a book and returns what was gone through.
func checkBook(t *testing.T, book string) archive.Checked {
	t.Helper()
	e, err := engine.Open(t.Context(), book, true)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	checked, err := e.Check(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return checked
}
