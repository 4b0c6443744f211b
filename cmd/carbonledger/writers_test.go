package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// TestWriters lets several programs post into one new book at once: every upload is in it once, and
// the book is one chain.
func TestWriters(t *testing.T) {
	const writers = 6
	folder := t.TempDir()
	book := filepath.Join(folder, "book.db")
	var wait sync.WaitGroup
	for n := range writers {
		file := filepath.Join(folder, fmt.Sprintf("upload-%d.csv", n/2))
		text := fmt.Sprintf("entity,name,area,period,commodity,quantity,unit\n"+
			"unit-%d,Unit,360000,2022-01,electricity,7,kWh\n", n/2)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		wait.Go(func() {
			command := exec.Command("carbonledger", "--book", book, "import", file)
			if out, err := command.CombinedOutput(); err != nil {
				t.Errorf("writer %d: %v\n%s", n, err, out)
			}
		})
	}
	wait.Wait()
	checked := checkBook(t, book)
	if want := writers / 2; checked.Batches != want || checked.Rows != want {
		t.Errorf("%d batches with %d rows, want %d of each: every upload came twice",
			checked.Batches, checked.Rows, want)
	}
}
