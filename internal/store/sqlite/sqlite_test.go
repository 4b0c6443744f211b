package sqlite_test

import (
	"context"
	"database/sql"
	"os"
	"testing"

	"carbonledger/internal/store"
	"carbonledger/internal/store/sqlite"
	"carbonledger/internal/store/storetest"
)

func TestMain(m *testing.M) {
	storetest.WriteUntilKilled(openBook)
	os.Exit(m.Run())
}

func openBook(ctx context.Context, place string) (store.Store, error) {
	s, err := sqlite.Open(ctx, place)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func openAt(t testing.TB, place string) store.Store {
	t.Helper()
	s, err := openBook(t.Context(), place)
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	return s
}

// change runs statements on a book behind the back of the store.
func change(t testing.TB, place string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite", place+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer func() { _ = db.Close() }()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
}

// flip turns one bit of the first block of a batch.
func flip(t testing.TB, place string, position int) {
	t.Helper()
	db, err := sql.Open("sqlite", place+"?_pragma=busy_timeout(10000)")
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	defer func() { _ = db.Close() }()
	var body []byte
	const where = " WHERE position = ? AND kind = 'rows' AND seq = 0"
	if err := db.QueryRow("SELECT body FROM blocks"+where, position).Scan(&body); err != nil {
		t.Fatalf("body: %v", err)
	}
	body[len(body)/2] ^= 1
	if _, err := db.Exec("UPDATE blocks SET body = ?"+where, body, position); err != nil {
		t.Fatalf("update: %v", err)
	}
}

func TestStore(t *testing.T) {
	storetest.Run(t, storetest.Kind{Open: openAt, Damage: flip, Faults: faults})
}

func TestKilledWriterLeavesWholeBatches(t *testing.T) {
	storetest.Crash(t, openBook, func(t testing.TB, place string) {
		db, err := sql.Open("sqlite", place)
		if err != nil {
			t.Fatalf("open: %v", err)
		}
		defer func() { _ = db.Close() }()
		for query, want := range map[string]string{
			"PRAGMA integrity_check":                        "ok",
			"SELECT count(*) FROM pragma_foreign_key_check": "0",
			"SELECT (SELECT count(*) FROM blocks) - (SELECT coalesce(sum(sums + blocks), 0) " +
				"FROM batches)": "0",
		} {
			var got string
			if err := db.QueryRow(query).Scan(&got); err != nil || got != want {
				t.Errorf("%s = %s, %v, want %s", query, got, err, want)
			}
		}
	})
}
