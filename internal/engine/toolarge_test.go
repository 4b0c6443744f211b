package engine_test

import (
	"context"
	"errors"
	"os"
	"strings"
	"testing"

	"carbonledger/internal/engine"
	"carbonledger/table"
)

func TestFileBeyondTheLimitIsRefused(t *testing.T) {
	wanted, err := os.ReadFile("testdata/wanted.txt")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	file, err := os.Create("too-large.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(engine.UploadMax + 1); err != nil {
		t.Skipf("no room for a file without content: %v", err)
	}
	wantRefused(t, "too-large.csv", string(wanted))
}

func TestFolderIsRefused(t *testing.T) {
	wanted, err := os.ReadFile("testdata/wanted.txt")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.Mkdir("folder", 0o700); err != nil {
		t.Fatal(err)
	}
	wantRefused(t, "folder", string(wanted))
}

// wantRefused imports a file and compares its one fault with the block of the wanted text.
func wantRefused(t *testing.T, name, wanted string) {
	t.Helper()
	e, err := engine.Open(context.Background(), engine.Memory, false)
	if err != nil {
		t.Fatal(err)
	}
	_, err = e.Import(context.Background(), name, engine.Import{})
	var rejection *engine.Rejection
	if !errors.As(err, &rejection) || len(rejection.Faults) != 1 {
		t.Fatalf("Import = %v, want one fault", err)
	}
	fault := rejection.Faults[0]
	got := strings.Join([]string{fault.Code, fault.Text(table.EN), fault.Text(table.ZH)}, "\n")
	if !strings.Contains(wanted, "== "+name+"\n"+got+"\n") {
		t.Errorf("got:\n%s\nwant:\n%s", got, wanted)
	}
}
