package sqlite

import (
	"database/sql"

	"carbonledger/internal/store"
)

// Names that only tests need.
const (
	OptionsWrite     = optionsWrite
	BusyMilliseconds = busyMilliseconds
	BlockMax         = blockMax
)

// SourceName writes path and options as an URI.
func SourceName(path, options string) (string, error) { return sourceName(path, options) }

// Through returns a store that works through a database opened elsewhere.
func Through(path string, db *sql.DB) *Store { return &Store{path, db, newCodec()} }

// DB is the database below a store.
func (s *Store) DB() *sql.DB { return s.db }

// Codec packs and unpacks blocks.
type Codec struct{ codec }

// NewCodec returns one for the length of a test.
func NewCodec() Codec { return Codec{newCodec()} }

// Pack returns size, checksum and compressed bytes of a block.
func (c Codec) Pack(plain []byte) (size int, crc uint32, body []byte, err error) {
	b, err := c.pack(plain)
	return b.size, b.crc, b.body, err
}

// Unpack takes what Pack returned.
func (c Codec) Unpack(size int, crc uint32, body []byte) ([]byte, error) {
	return c.unpack(block{size, crc, body})
}

var _ store.Store = (*Store)(nil)
