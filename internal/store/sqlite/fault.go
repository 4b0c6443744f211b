package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"

	driver "modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"carbonledger/internal/store"
)

// ErrNoBook: there is no book at the path, and the command only reads.
var ErrNoBook = errors.New("there is no book")

// waysOut says, for the result codes of SQLite, what happened and what a user can do.
var waysOut = map[int]string{
	sqlite3.SQLITE_BUSY: "another program is writing to it; nothing was stored, " +
		"try again when that one is done",
	sqlite3.SQLITE_FULL: "the disk is full; nothing was stored, make room and try again",
	sqlite3.SQLITE_READONLY: "the file or its folder may not be written; ask its owner, " +
		"or work on a copy in a folder of your own",
	sqlite3.SQLITE_CANTOPEN: "it cannot be opened; it must be a file that you may read and " +
		"write, in a folder that you may write",
	sqlite3.SQLITE_IOERR: "the disk refuses to read or write; nothing was stored, " +
		"check the disk and the space on it",
	sqlite3.SQLITE_NOMEM: "there is not enough memory; close other programs or split the file",
	sqlite3.SQLITE_PROTOCOL: "its file system does not lock files as it must; " +
		"put the book on a local disk",
}

// wrap names the file in an error of the database, and the way out.
func (s *Store) wrap(ctx context.Context, err error) error {
	code := codeOf(err)
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil && (code == sqlite3.SQLITE_INTERRUPT || errors.Is(err, sql.ErrTxDone)):
		return fmt.Errorf("book %s: %w", s.path, ctx.Err())
	case code == sqlite3.SQLITE_NOTADB:
		return fmt.Errorf("book %s: %w: it is not an SQLite database, or its first bytes are "+
			"damaged; name the book with --book, or restore a copy", s.path, ErrSchema)
	case code == sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("book %s: %w: %w; restore a copy", s.path, store.ErrDamaged, err)
	case waysOut[code] != "":
		return fmt.Errorf("book %s: %s: %w", s.path, waysOut[code], err)
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
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("book %s: permission denied; ask its owner, or name another book "+
			"with --book: %w", path, err)
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("book %s: its folder does not exist; make the folder first: %w",
			path, err)
	}
	return fmt.Errorf("book %s: %w", path, err)
}
