package sqlite_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"carbonledger/internal/store"
	"carbonledger/internal/store/sqlite"
	"carbonledger/internal/store/storetest"
	"carbonledger/ledger/seal"
)

// book makes a closed book with three batches and returns its path and batches.
func book(t testing.TB) (string, []store.Record) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "book.db")
	s := openAt(t, path)
	history := storetest.NewHistory(1)
	records := []store.Record{history.Upload(60), history.Upload(500), history.Upload(60)}
	before := store.Head{}
	for _, r := range records {
		if err := s.Append(t.Context(), before, r); err != nil {
			t.Fatalf("Append: %v", err)
		}
		before = store.Head{Position: r.Position, Digest: r.Head}
	}
	if err := s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	return path, records
}

// refused checks that a book opens neither for writing nor for reading.
func refused(t *testing.T, path string, want error, words string) {
	t.Helper()
	for name, open := range map[string]func(context.Context, string) (*sqlite.Store, error){
		"Open": sqlite.Open, "OpenReadOnly": sqlite.OpenReadOnly,
	} {
		s, err := open(t.Context(), path)
		if err == nil {
			_ = s.Close()
		}
		if !errors.Is(err, want) || !strings.Contains(err.Error(), words) ||
			!strings.Contains(err.Error(), path) {
			t.Errorf("%s = %v, want %q with %q and the path", name, err, want, words)
		}
	}
}

func TestOtherSchemaIsRefused(t *testing.T) {
	for _, test := range []struct{ name, statement, words string }{
		{"a newer schema", "PRAGMA user_version = 99", "it has schema 99"},
		{"another program", "PRAGMA application_id = 7", "of another program"},
		{"no mark", "PRAGMA application_id = 0", "of another program"},
		{"a step that was changed", "UPDATE migrations SET digest = zeroblob(32)", "another 0001"},
		{"a step that was not taken", "DELETE FROM migrations", "another 0001"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path, _ := book(t)
			change(t, path, test.statement)
			refused(t, path, sqlite.ErrSchema, test.words)
		})
	}
}

func TestForeignFileIsRefusedAndLeftAlone(t *testing.T) {
	folder := t.TempDir()
	foreign := filepath.Join(folder, "foreign.db")
	change(t, foreign, "CREATE TABLE notes (text TEXT)", "INSERT INTO notes VALUES ('mine')")
	text := filepath.Join(folder, "text.csv")
	if err := os.WriteFile(text, []byte("entity,period\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for path, words := range map[string]string{
		foreign: "of another program", text: "not an SQLite database",
	} {
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		refused(t, path, sqlite.ErrSchema, words)
		after, err := os.ReadFile(path)
		if err != nil || !slices.Equal(before, after) {
			t.Errorf("%s was changed, %v", path, err)
		}
	}
	if files := names(t, folder); !slices.Equal(files, []string{"foreign.db", "text.csv"}) {
		t.Errorf("files = %q, want the two that were there", files)
	}
}

// names lists a folder.
func names(t *testing.T, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, entry := range entries {
		list = append(list, entry.Name())
	}
	return list
}

func TestReadingMakesNoFile(t *testing.T) {
	folder := t.TempDir()
	empty := filepath.Join(folder, "empty.db")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{filepath.Join(folder, "none.db"), empty} {
		_, err := sqlite.OpenReadOnly(t.Context(), path)
		if !errors.Is(err, sqlite.ErrNoBook) || !strings.Contains(err.Error(), path) {
			t.Errorf("OpenReadOnly(%s) = %v, want ErrNoBook with the path", path, err)
		}
	}
	if files := names(t, folder); !slices.Equal(files, []string{"empty.db"}) {
		t.Errorf("files = %q, want only empty.db", files)
	}
}

func TestReadOnlyRefusesToWrite(t *testing.T) {
	path, records := book(t)
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatalf("OpenReadOnly: %v", err)
	}
	head := store.Head{Position: 3, Digest: records[2].Head}
	err = s.Append(t.Context(), head, store.Record{Position: 4})
	if err == nil || !strings.Contains(err.Error(), "may not be written") {
		t.Errorf("Append to a book opened for reading = %v, want a refusal", err)
	}
	if got, err := s.Head(t.Context()); err != nil || got != head {
		t.Errorf("Head = %v, %v, want %v", got, err, head)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	after, err := os.ReadFile(path)
	if err != nil || !slices.Equal(before, after) {
		t.Errorf("reading changed the file, %v", err)
	}
	if files := names(t, filepath.Dir(path)); !slices.Equal(files, []string{"book.db"}) {
		t.Errorf("files = %q, want only book.db", files)
	}
}

func TestArchivedBookIsReadWithoutFilesBesideIt(t *testing.T) {
	path, _ := book(t)
	if err := os.Chmod(path, 0o444); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Dir(path), 0o555); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = os.Chmod(filepath.Dir(path), 0o755) }()
	s, err := sqlite.OpenReadOnly(t.Context(), path)
	if err != nil {
		t.Fatalf("OpenReadOnly: %v", err)
	}
	defer func() { _ = s.Close() }()
	if records, err := s.Records(t.Context(), 1, 9); err != nil || len(records) != 3 {
		t.Errorf("Records = %d, %v, want 3", len(records), err)
	}
	if files := names(t, filepath.Dir(path)); !slices.Equal(files, []string{"book.db"}) {
		t.Errorf("files = %q, want only book.db", files)
	}
}

func TestPathsThatCannotBeABook(t *testing.T) {
	folder := t.TempDir()
	_, err := sqlite.Open(t.Context(), filepath.Join(folder, "none", "book.db"))
	if !errors.Is(err, os.ErrNotExist) || !strings.Contains(err.Error(), "make the folder first") {
		t.Errorf("Open in a folder that is not there = %v, want the way out", err)
	}
	_, err = sqlite.Open(t.Context(), folder)
	if err == nil || !strings.Contains(err.Error(), "must be a file") {
		t.Errorf("Open of a folder = %v, want the way out", err)
	}
	if os.Geteuid() == 0 {
		t.Skip("nothing is forbidden to root")
	}
	if err := os.Chmod(folder, 0o555); err != nil {
		t.Fatal(err)
	}
	_, err = sqlite.Open(t.Context(), filepath.Join(folder, "book.db"))
	if !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("Open in a folder that is not ours = %v, want permission denied", err)
	}
	path, _ := book(t)
	if err := os.Chmod(path, 0o200); err != nil {
		t.Fatal(err)
	}
	_, err = sqlite.OpenReadOnly(t.Context(), path)
	if err == nil || !strings.Contains(err.Error(), "may read and write") {
		t.Errorf("OpenReadOnly of a file that is not ours = %v, want the way out", err)
	}
}

func TestEveryNameIsAFile(t *testing.T) {
	t.Chdir(t.TempDir())
	list := []string{":memory:", "账 簿#1.db", "a%41.db", "file:x.db"}
	if runtime.GOOS == "windows" {
		list = []string{"账 簿#1.db", "a%41.db"}
	} else {
		list = append(list, "what?mode=ro.db")
	}
	slices.Sort(list)
	for _, name := range list {
		s := openAt(t, name)
		if err := s.Append(t.Context(), store.Head{}, storetest.NewHistory(1).Next(5)); err != nil {
			t.Errorf("Append to %s: %v", name, err)
		}
		if err := s.Close(); err != nil {
			t.Errorf("Close of %s: %v", name, err)
		}
	}
	if got := names(t, "."); !slices.Equal(got, list) {
		t.Errorf("files = %q, want %q", got, list)
	}
}

func TestOnlyItsOwnerReadsABook(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("modes are those of unix")
	}
	path := filepath.Join(t.TempDir(), "book.db")
	s := openAt(t, path)
	defer func() { _ = s.Close() }()
	if err := s.Append(t.Context(), store.Head{}, storetest.NewHistory(1).Next(5)); err != nil {
		t.Fatalf("Append: %v", err)
	}
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		info, err := os.Stat(name)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode of %s = %v, %v, want 0600", name, info.Mode(), err)
		}
	}
}

// TestEveryConnectionSyncs looks at several connections of the pool at once.
func TestEveryConnectionSyncs(t *testing.T) {
	path, _ := book(t)
	db := openAt(t, path).(*sqlite.Store)
	defer func() { _ = db.Close() }()
	for range 3 {
		conn, err := db.DB().Conn(t.Context())
		if err != nil {
			t.Fatalf("Conn: %v", err)
		}
		defer func() { _ = conn.Close() }()
		for pragma, want := range map[string]string{
			"journal_mode": "wal", "synchronous": "3", "foreign_keys": "1",
			"busy_timeout": "10000", "trusted_schema": "0", "cell_size_check": "1",
		} {
			var got string
			err := conn.QueryRowContext(t.Context(), "PRAGMA "+pragma).Scan(&got)
			if err != nil || got != want {
				t.Errorf("%s = %s, %v, want %s", pragma, got, err, want)
			}
		}
	}
}

func TestManyOpenANewBookAtOnce(t *testing.T) {
	for range 5 {
		path := filepath.Join(t.TempDir(), "book.db")
		var group sync.WaitGroup
		for i := range 6 {
			group.Go(func() {
				open := sqlite.Open
				if i%3 == 2 {
					open = sqlite.OpenReadOnly
				}
				s, err := open(t.Context(), path)
				if errors.Is(err, sqlite.ErrNoBook) {
					return
				}
				if err != nil {
					t.Errorf("opener %d: %v", i, err)
					return
				}
				if _, err := s.Head(t.Context()); err != nil {
					t.Errorf("opener %d: Head: %v", i, err)
				}
				if err := s.Close(); err != nil {
					t.Errorf("opener %d: Close: %v", i, err)
				}
			})
		}
		group.Wait()
	}
}

// hold keeps the book locked for writing until the test ends.
func hold(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path+"?_txlock=immediate")
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	tx, err := db.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatalf("begin: %v", err)
	}
	t.Cleanup(func() { _, _ = tx.Rollback(), db.Close() })
}

func TestLockedBookSaysSo(t *testing.T) {
	path, records := book(t)
	hold(t, path)
	name := sourceName(t, path, sqlite.OptionsWrite)
	db, err := sql.Open(
		"sqlite",
		strings.Replace(name, "busy_timeout(10000)", "busy_timeout(50)", 1),
	)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	s := sqlite.Through(path, db)
	defer func() { _ = s.Close() }()
	head := store.Head{Position: 3, Digest: records[2].Head}
	err = s.Append(t.Context(), head, store.Record{Position: 4, Head: seal.Bytes(nil)})
	if err == nil || !strings.Contains(err.Error(), "another program is writing") ||
		!strings.Contains(err.Error(), path) {
		t.Errorf("Append to a locked book = %v, want the path and the way out", err)
	}
	if got, err := s.Head(t.Context()); err != nil || got != head {
		t.Errorf("Head of a locked book = %v, %v, want %v", got, err, head)
	}
}

func TestOpenDoesNotWaitForAWriter(t *testing.T) {
	path, _ := book(t)
	hold(t, path)
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	s, err := sqlite.Open(ctx, path)
	if err != nil {
		t.Fatalf("Open of a locked book: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

func TestWaitForAWriterEndsWithTheContext(t *testing.T) {
	path, records := book(t)
	s := openAt(t, path)
	defer func() { _ = s.Close() }()
	hold(t, path)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	err := s.Append(ctx, store.Head{Position: 3, Digest: records[2].Head},
		store.Record{Position: 4, Head: seal.Bytes(nil)})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Append = %v, want DeadlineExceeded", err)
	}
}

func TestFullDiskSaysSo(t *testing.T) {
	path, records := book(t)
	s := openFull(t, path, 1)
	defer func() { _ = s.Close() }()
	noise := make([]byte, 1<<16)
	for i := range noise {
		noise[i] = byte(i * i >> 7)
	}
	digest := seal.Bytes(noise)
	err := s.Append(t.Context(), store.Head{Position: 3, Digest: records[2].Head},
		store.Record{Position: 4, Head: digest, Receipt: noise})
	if err == nil || !strings.Contains(err.Error(), "make room") ||
		!strings.Contains(err.Error(), path) {
		t.Errorf("Append to a full disk = %v, want the path and the way out", err)
	}
}
