package sqlite

import (
	"database/sql"

	"carbonledger/internal/store"
)

// Names that only tests need.
const (
	OptionsWrite     = optionsWrite
	BusyMilliseconds = busyMilliseconds
)

// SourceName writes path and options as an URI.
func SourceName(path, options string) (string, error) { return sourceName(path, options) }

// Through returns a store that works through a database opened elsewhere.
func Through(path string, db *sql.DB) *Store { return &Store{path: path, db: db, indexed: true} }

// DB is the database below a store.
func (s *Store) DB() *sql.DB { return s.db }

var _ store.Store = (*Store)(nil)
