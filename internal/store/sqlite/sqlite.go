// Package sqlite keeps a book in one SQLite file: a line for each batch and a BLOB for each column
// block, compressed and checksummed, all of a batch in one transaction.
//
// The file is in WAL mode and every commit is synced, so that a killed process or a power cut
// leaves the whole batch or none of it. While the book is open, and after a crash, the newest
// batches may stand in the file -wal beside it; a copy of the book needs both. A book that was
// closed is one file.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
)

// Store is a book in a file.
type Store struct {
	path     string
	db       *sql.DB
	readOnly bool
	// indexed: the file has a table of indexes. One of the first schema, opened for reading, has
	// none.
	indexed bool
}

// pageBytes is the size of the pages of a new book: with the usual 4 KiB a large batch takes half
// as long again, and with 64 KiB an empty book has 256 KiB.
const pageBytes = "16384"

// busyMilliseconds is how long a writer waits for another one: longer than any batch takes to
// write, short enough that somebody at a terminal still waits.
const busyMilliseconds = 10000

// Options of every connection. The file must exist, the tables are not trusted to run code, and
// damage is looked for early.
const (
	optionsRead = "mode=rw&_error_rc=1&_pragma=foreign_keys(1)&_pragma=trusted_schema(0)" +
		"&_pragma=cell_size_check(1)"
	optionsReadOnly = optionsRead + "&_pragma=query_only(1)"
	optionsWrite    = "_pragma=page_size(" + pageBytes + ")&" + optionsRead + "&_txlock=immediate" +
		"&_pragma=synchronous(EXTRA)"
)

// Open opens the book at the path for writing and makes it where there is none.
func Open(ctx context.Context, path string) (*Store, error) {
	if err := create(path); err != nil {
		return nil, notOpened(path, err)
	}
	s, err := connect(path, optionsWrite)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	s.indexed = true
	return s, nil
}

// OpenReadOnly opens a book that must exist and changes nothing in it.
func OpenReadOnly(ctx context.Context, path string) (*Store, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, noBook(path)
	}
	if err != nil {
		return nil, notOpened(path, err)
	}
	options := optionsReadOnly
	if isArchived(path, info) {
		options += "&immutable=1"
	}
	s, err := connect(path, options)
	if err != nil {
		return nil, err
	}
	version, err := s.version(ctx)
	switch {
	case err != nil:
		return nil, errors.Join(err, s.Close())
	case version == 0:
		return nil, errors.Join(noBook(path), s.Close())
	}
	s.readOnly, s.indexed = true, version >= schemaIndexed
	return s, nil
}

// isArchived says whether a book was closed and then made unwritable for everybody. It is read
// without the files that SQLite puts beside one that may change.
func isArchived(path string, info fs.FileInfo) bool {
	_, errLog := os.Stat(path + "-wal")
	_, errJournal := os.Stat(path + "-journal")
	return info.Mode().Perm()&0o222 == 0 && errors.Is(errLog, fs.ErrNotExist) &&
		errors.Is(errJournal, fs.ErrNotExist)
}

func noBook(path string) error {
	return said("book.none", path, ErrNoBook)
}

// creating keeps a new file from being closed here while another Open of this process works on it:
// closing any descriptor of a file drops all POSIX locks the process has on it.
var creating sync.Mutex

// create makes an empty file where there is none. Only its owner may read it, as what enterprises
// consume is theirs; SQLite gives the files beside it the same mode.
func create(path string) error {
	creating.Lock()
	defer creating.Unlock()
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return file.Close()
}

func connect(path, options string) (*Store, error) {
	name, err := sourceName(path, options)
	if err != nil {
		return nil, notOpened(path, err)
	}
	db, err := sql.Open("sqlite", name)
	if err != nil {
		return nil, fmt.Errorf("book %s: %w", path, err)
	}
	return &Store{path: path, db: db}, nil
}

// sourceName writes path and options as an URI. The path is made absolute, so that none can pass
// for one of SQLite's own names, such as :memory:.
func sourceName(path, options string) (string, error) {
	absolute, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	slashed := "/" + strings.TrimPrefix(filepath.ToSlash(absolute), "/")
	uri := url.URL{Scheme: "file", Path: slashed, RawQuery: fmt.Sprintf(
		"%s&_pragma=busy_timeout(%d)", options, busyMilliseconds)}
	return uri.String(), nil
}

// Close closes the file, and with the last user of it the files beside it go.
func (s *Store) Close() error { return s.db.Close() }
