package engine

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestWhatCannotBeReadInPiecesIsNotReadWhole refuses a sparse file that would take more memory than
// there is: its totals need all rows at once.
func TestWhatCannotBeReadInPiecesIsNotReadWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.csv")
	text := "entity,period,commodity,quantity,unit,document\n" + strings.Repeat(
		"P-1,2022-01,electricity,1,kWh,B1\n", 1<<16) + "合计,,electricity,65536,kWh,\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, WholeMax+1); err != nil {
		t.Fatal(err)
	}
	e, err := Open(t.Context(), Memory, false)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	_, err = e.Import(t.Context(), path, Import{})
	var rejection *Rejection
	if !errors.As(err, &rejection) || rejection.Faults[0].Code != "file.too-large" {
		t.Errorf("Import = %v, want file.too-large", err)
	}
}
