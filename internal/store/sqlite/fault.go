package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"carbonledger/internal/report"
	"carbonledger/internal/store"
)

// ErrNoBook: there is no book at the path, and the command only reads.
var ErrNoBook = errors.New("there is no book")

// ErrUnopened: the book cannot be opened as it is: by nobody, by this user, or in this folder.
var ErrUnopened = errors.New("the book cannot be opened")

// trouble is, for the result codes of SQLite, what happened and what a user can do, as keys of the
// list of terms.
var trouble = map[int]string{
	sqlite3.SQLITE_BUSY:     "book.busy",
	sqlite3.SQLITE_FULL:     "book.full",
	sqlite3.SQLITE_READONLY: "book.read-only",
	sqlite3.SQLITE_CANTOPEN: "book.cannot-open",
	sqlite3.SQLITE_IOERR:    "book.disk",
	sqlite3.SQLITE_NOMEM:    "book.memory",
	sqlite3.SQLITE_PROTOCOL: "book.locks",
}

// said is an error about the book at a path, in words of the list of terms.
func said(key, path string, err error, args ...string) error {
	return &report.Error{Key: key, Args: append([]string{path}, args...), Err: err}
}

// wrap names the file in an error of the database, and the way out.
func (s *Store) wrap(ctx context.Context, err error) error {
	code := codeOf(err)
	var told *report.Error
	switch {
	case err == nil || errors.As(err, &told):
		return err
	case ctx.Err() != nil && (code == sqlite3.SQLITE_INTERRUPT || errors.Is(err, sql.ErrTxDone)):
		return fmt.Errorf("book %s: %w", s.path, ctx.Err())
	case code == sqlite3.SQLITE_NOTADB:
		return said("book.not-one", s.path, ErrSchema)
	case code == sqlite3.SQLITE_CORRUPT:
		return said("book.damaged", s.path, errors.Join(store.ErrDamaged, err), err.Error())
	case code == sqlite3.SQLITE_CANTOPEN || code == sqlite3.SQLITE_READONLY:
		return said(trouble[code], s.path, errors.Join(ErrUnopened, err))
	case trouble[code] != "":
		return said(trouble[code], s.path, err)
	}
	return fmt.Errorf("book %s: %w", s.path, err)
}

// codeOf returns the primary result code of SQLite, which is the lowest byte of the full one.
func codeOf(err error) int {
	var fault *driver.Error
	if !errors.As(err, &fault) {
		return sqlite3.SQLITE_OK
	}
	return fault.Code() & 0xff
}

// notOpened names the way out where the operating system refuses a path.
func notOpened(path string, err error) error {
	why := errors.Join(ErrUnopened, err)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return said("book.permission", path, why)
	case errors.Is(err, fs.ErrNotExist):
		return said("book.no-folder", path, why)
	}
	return said("book.cannot-open", path, why)
}
