package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"
	"time"

	sqlite3 "modernc.org/sqlite/lib"

	"carbonledger/ledger/seal"
)

// ErrSchema: the file is of another program, or of a newer version of this one.
var ErrSchema = errors.New("the file is not a book this version can read")

// applicationID marks the file as a book: "crbl" in ASCII.
const applicationID = 0x6372626c

// schemaIndexed is the step since which blocks have an index.
const schemaIndexed = 2

//go:embed migrations/*.sql
var migrationFiles embed.FS

// migration is one step of the schema. Steps are numbered from 1 and go forward only; a step that
// a book may have taken never changes.
type migration struct {
	number int
	name   string
	text   string
	digest seal.Digest
}

// migrations returns all steps in order.
func migrations() []migration {
	names, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		panic("sqlite: migrations: " + err.Error())
	}
	list := make([]migration, len(names))
	for i, name := range names {
		text, err := migrationFiles.ReadFile(name)
		name = strings.TrimPrefix(name, "migrations/")
		digits, _, _ := strings.Cut(name, "_")
		number, errNumber := strconv.Atoi(digits)
		if err := errors.Join(err, errNumber); err != nil || number != i+1 {
			panic(fmt.Sprintf("sqlite: migration %s is not number %d: %v", name, i+1, err))
		}
		list[i] = migration{number, name, string(text), seal.Bytes(text)}
	}
	return list
}

// prepare makes the tables of a new book and brings those of an old one up to date. It touches
// nothing before it knows that the file is a book or empty.
func (s *Store) prepare(ctx context.Context) error {
	version, err := s.version(ctx)
	if err != nil {
		return err
	}
	if err := s.toWAL(ctx); err != nil {
		return s.wrap(ctx, err)
	}
	if version == len(migrations()) {
		return nil
	}
	return s.wrap(ctx, s.migrate(ctx))
}

// toWAL lets everything written from now on go into the log first. Where several open a new book at
// once, SQLite sends some of them away at once instead of letting them wait.
func (s *Store) toWAL(ctx context.Context) error {
	begin := time.Now()
	var mode string
	for {
		err := s.db.QueryRowContext(ctx, "PRAGMA journal_mode = WAL").Scan(&mode)
		switch {
		case err == nil && mode != "wal":
			return said("book.locks", s.path, ErrUnopened)
		case codeOf(err) != sqlite3.SQLITE_BUSY ||
			time.Since(begin) >= busyMilliseconds*time.Millisecond:
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// version proves that the file is a book of this program and returns the step its schema is at: 0
// for an empty file.
func (s *Store) version(ctx context.Context) (int, error) {
	// One transaction, as another process may be making the tables.
	tx, err := s.db.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return 0, s.wrap(ctx, err)
	}
	defer func() { _ = tx.Rollback() }()
	version, err := s.versionOf(ctx, tx)
	return version, s.wrap(ctx, err)
}

func (s *Store) versionOf(ctx context.Context, tx *sql.Tx) (int, error) {
	var tables, application, version int
	for _, ask := range []struct {
		query  string
		answer *int
	}{
		{"SELECT count(*) FROM sqlite_schema", &tables},
		{"PRAGMA application_id", &application},
		{"PRAGMA user_version", &version},
	} {
		if err := tx.QueryRowContext(ctx, ask.query).Scan(ask.answer); err != nil {
			return 0, err
		}
	}
	known := migrations()
	switch {
	case application == 0 && version == 0 && tables == 0:
		return 0, nil
	case application != applicationID:
		return 0, said("book.other", s.path, ErrSchema)
	case version < 1 || version > len(known):
		return 0, said("book.newer", s.path, ErrSchema, strconv.Itoa(version),
			strconv.Itoa(len(known)))
	}
	for _, step := range known[:version] {
		var digest []byte
		err := tx.QueryRowContext(ctx, "SELECT digest FROM migrations WHERE number = ?",
			step.number).Scan(&digest)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return 0, err
		}
		if !bytes.Equal(digest, step.digest[:]) {
			return 0, said("book.strange", s.path, ErrSchema, step.name)
		}
	}
	return version, nil
}

// migrate takes the steps that are missing, all in one transaction.
func (s *Store) migrate(ctx context.Context) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	version, err := s.versionOf(ctx, tx)
	if err != nil {
		return err
	}
	known := migrations()
	for _, step := range known[version:] {
		if _, err := tx.ExecContext(ctx, step.text); err != nil {
			return fmt.Errorf("migration %s: %w", step.name, err)
		}
		_, err := tx.ExecContext(ctx, "INSERT INTO migrations (number, name, digest) "+
			"VALUES (?, ?, ?)", step.number, step.name, step.digest[:])
		if err != nil {
			return fmt.Errorf("migration %s: %w", step.name, err)
		}
	}
	_, err = tx.ExecContext(ctx, fmt.Sprintf(
		"PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, len(known)))
	if err != nil {
		return err
	}
	return tx.Commit()
}
