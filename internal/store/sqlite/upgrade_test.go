package sqlite_test

import (
	"os"
	"path/filepath"
	"testing"

	"carbonledger/internal/store"
	"carbonledger/internal/store/sqlite"
	"carbonledger/internal/store/storetest"
)

// firstSchema copies a book of seven batches that a program of schema 0001 wrote.
func firstSchema(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("testdata/0001.book")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "book.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestABookOfTheFirstSchemaIsRead(t *testing.T) {
	path := firstSchema(t)
	for _, open := range []func() (*sqlite.Store, error){
		func() (*sqlite.Store, error) { return sqlite.OpenReadOnly(t.Context(), path) },
		func() (*sqlite.Store, error) { return sqlite.Open(t.Context(), path) },
		func() (*sqlite.Store, error) { return sqlite.OpenReadOnly(t.Context(), path) },
	} {
		s, err := open()
		if err != nil {
			t.Fatalf("open: %v", err)
		}
		if head := storetest.Verify(t, s); head.Position != 7 {
			t.Errorf("position = %d, want 7", head.Position)
		}
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	}
}

func TestABookOfTheFirstSchemaGoesOn(t *testing.T) {
	s := openAt(t, firstSchema(t))
	defer func() { _ = s.Close() }()
	head := storetest.Verify(t, s)
	history, err := storetest.Resume(t.Context(), s, 2)
	if err != nil {
		t.Fatalf("Resume: %v", err)
	}
	for _, r := range []store.Record{history.Upload(50), history.Large(20, 2000)} {
		if err := s.Append(t.Context(), head, r); err != nil {
			t.Fatalf("Append: %v", err)
		}
		head = storetest.Verify(t, s)
	}
	for position := 1; position <= head.Position; position++ {
		for block, err := range s.Blocks(t.Context(), position, nil) {
			if indexed := len(block.Index) > 0; err != nil || indexed != (position > 7) {
				t.Errorf("batch %d: block with an index: %v, %v", position, indexed, err)
			}
		}
	}
}

// TestAloneTheBookIsWrittenOnce looks at the log after a large batch: there is none where nobody
// else has the book open.
func TestAloneTheBookIsWrittenOnce(t *testing.T) {
	for _, test := range []struct {
		name  string
		other bool
	}{{"alone", false}, {"beside another", true}} {
		t.Run(test.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "book.db")
			s := openAt(t, path)
			defer func() { _ = s.Close() }()
			if test.other {
				other := openAt(t, path)
				defer func() { _ = other.Close() }()
				if _, err := other.Head(t.Context()); err != nil {
					t.Fatalf("Head: %v", err)
				}
			}
			r := storetest.NewHistory(1).Large(20, 40_000)
			if err := s.Append(t.Context(), store.Head{}, r); err != nil {
				t.Fatalf("Append: %v", err)
			}
			storetest.Verify(t, s)
			var mode string
			err := s.(*sqlite.Store).DB().QueryRow("PRAGMA journal_mode").Scan(&mode)
			if err != nil || mode != "wal" {
				t.Errorf("journal_mode = %s, %v, want wal", mode, err)
			}
			log, err := os.Stat(path + "-wal")
			if err != nil || (log.Size() > 100_000) != test.other {
				t.Errorf("the log has %d bytes, %v", log.Size(), err)
			}
		})
	}
}
