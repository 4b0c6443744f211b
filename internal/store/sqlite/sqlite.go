// Package sqlite keeps a book in one SQLite file: a row for each batch and a BLOB for each column
// block, compressed and checksummed, all of a batch in one transaction.
//
// The file is in WAL mode and every commit is synced, so that a killed process or a power cut
// leaves the whole batch or none of it.
package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"hash/crc32"
	"io/fs"
	"net/url"
	"os"

	"github.com/klauspost/compress/zstd"
	_ "modernc.org/sqlite" // the driver named "sqlite"

	"carbonledger/internal/store"
	"carbonledger/ledger/seal"
)

// ErrNoBook: there is no book at the path, and the command only reads.
var ErrNoBook = errors.New("there is no book")

// ErrSchema: the file is a database of another program, or of a newer version of this one.
var ErrSchema = errors.New("the file is not a book this version can read")

// applicationID marks the file as a book ("crbl"), schemaVersion the form of its tables.
const (
	applicationID = 0x6372626c
	schemaVersion = 1
)

// blockMax bounds what one block unpacks to: BlockRows rows have a few MiB, and a damaged block
// must not ask for more.
const blockMax = 256 << 20

//go:embed schema.sql
var schema string

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Store is a book in a file.
type Store struct {
	path    string
	db      *sql.DB
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// Open opens the book at the path for writing and makes it where there is none. The file is
// readable by its owner only: enterprises' consumption is theirs.
func Open(ctx context.Context, path string) (*Store, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := file.Close(); err != nil {
		return nil, err
	}
	s, err := connect(path, "_txlock=immediate&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)")
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// OpenReadOnly opens a book that must exist and never changes it.
func OpenReadOnly(ctx context.Context, path string) (*Store, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w at %s; import a file first, or name the book with --book",
			ErrNoBook, path)
	} else if err != nil {
		return nil, err
	}
	s, err := connect(path, "_pragma=query_only(1)")
	if err != nil {
		return nil, err
	}
	if _, err := s.version(ctx); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

// busyMilliseconds is how long a writer waits for another one.
const busyMilliseconds = "10000"

func connect(path, options string) (*Store, error) {
	name := (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath()}).String()
	db, err := sql.Open("sqlite", name+"?_pragma=busy_timeout("+busyMilliseconds+
		")&_pragma=foreign_keys(1)&"+options)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	encoder, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	decoder, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1),
		zstd.WithDecoderMaxMemory(blockMax))
	return &Store{path, db, encoder, decoder}, err
}

// prepare makes the tables of a new book, in one transaction, and checks those of an old one.
func (s *Store) prepare(ctx context.Context) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.wrap(err)
	}
	defer func() { _ = tx.Rollback() }()
	var application, version, tables int
	err = errors.Join(
		tx.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application),
		tx.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version),
		tx.QueryRowContext(ctx, "SELECT count(*) FROM sqlite_schema").Scan(&tables))
	if err != nil {
		return s.wrap(err)
	}
	if tables > 0 || version > 0 {
		return s.checkVersion(application, version)
	}
	_, err = tx.ExecContext(ctx, schema+fmt.Sprintf(
		"PRAGMA application_id = %d; PRAGMA user_version = %d;", applicationID, schemaVersion))
	if err != nil {
		return s.wrap(err)
	}
	return s.wrap(tx.Commit())
}

func (s *Store) version(ctx context.Context) (version int, err error) {
	var application int
	err = errors.Join(
		s.db.QueryRowContext(ctx, "PRAGMA application_id").Scan(&application),
		s.db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&version))
	if err != nil {
		return 0, s.wrap(err)
	}
	return version, s.checkVersion(application, version)
}

func (s *Store) checkVersion(application, version int) error {
	switch {
	case application != applicationID:
		return fmt.Errorf("%s: %w: it belongs to another program", s.path, ErrSchema)
	case version > schemaVersion:
		return fmt.Errorf("%s: %w: it has schema %d and this program knows %d; take a newer one",
			s.path, ErrSchema, version, schemaVersion)
	case version < schemaVersion:
		return fmt.Errorf("%s: %w: schema %d", s.path, ErrSchema, version)
	}
	return nil
}

// wrap names the file in an error of the database.
func (s *Store) wrap(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("book %s: %w", s.path, err)
}

// Head returns where the book stands.
func (s *Store) Head(ctx context.Context) (store.Head, error) {
	head, err := headOf(ctx, s.db)
	return head, s.wrap(err)
}

type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func headOf(ctx context.Context, q querier) (head store.Head, err error) {
	var digest []byte
	err = q.QueryRowContext(ctx,
		"SELECT position, head FROM batches ORDER BY position DESC LIMIT 1").
		Scan(&head.Position, &digest)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Head{}, nil
	}
	if err == nil && len(digest) != len(head.Digest) {
		err = store.ErrDamaged
	}
	copy(head.Digest[:], digest)
	return head, err
}

// Append stores a record in one transaction, or nothing of it.
func (s *Store) Append(ctx context.Context, before store.Head, r store.Record) error {
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.wrap(err)
	}
	defer func() { _ = tx.Rollback() }()
	head, err := headOf(ctx, tx)
	if err != nil {
		return s.wrap(err)
	}
	if head != before || r.Position != before.Position+1 {
		return s.wrap(fmt.Errorf("%w: it stands at %d", store.ErrMoved, head.Position))
	}
	_, err = tx.ExecContext(ctx,
		"INSERT INTO batches (position, head, receipt, meta) VALUES (?, ?, ?, ?)",
		r.Position, r.Head[:], r.Receipt, r.Meta)
	if err != nil {
		return s.wrap(err)
	}
	for kind, list := range map[string][][]byte{"rows": r.Blocks, "sums": r.Sums} {
		for seq, plain := range list {
			_, err := tx.ExecContext(
				ctx,
				"INSERT INTO blocks (position, kind, seq, size, crc, body) "+
					"VALUES (?, ?, ?, ?, ?, ?)",
				r.Position,
				kind,
				seq,
				len(plain),
				crc32.Checksum(plain, castagnoli),
				s.encoder.EncodeAll(plain, nil),
			)
			if err != nil {
				return s.wrap(err)
			}
		}
	}
	return s.wrap(tx.Commit())
}

// Records returns the records of positions from..to without their blocks.
func (s *Store) Records(ctx context.Context, from, to int) (list []store.Record, err error) {
	rows, err := s.db.QueryContext(ctx, "SELECT position, head, receipt, meta FROM batches "+
		"WHERE position BETWEEN ? AND ? ORDER BY position", from, to)
	if err != nil {
		return nil, s.wrap(err)
	}
	defer func() { err = errors.Join(err, s.wrap(rows.Close())) }()
	for rows.Next() {
		var r store.Record
		var head []byte
		if err := rows.Scan(&r.Position, &head, &r.Receipt, &r.Meta); err != nil {
			return nil, s.wrap(err)
		}
		if len(head) != len(seal.Digest{}) {
			return nil, s.wrap(fmt.Errorf("%w: head of batch %d", store.ErrDamaged, r.Position))
		}
		copy(r.Head[:], head)
		list = append(list, r)
	}
	if err := rows.Err(); err != nil {
		return nil, s.wrap(err)
	}
	sums, err := s.blocks(ctx, "sums", from, to)
	for i := range list {
		list[i].Sums = sums[list[i].Position]
	}
	return list, err
}

// Blocks returns the column blocks of a position, each proved by its checksum.
func (s *Store) Blocks(ctx context.Context, position int) ([][]byte, error) {
	blocks, err := s.blocks(ctx, "rows", position, position)
	return blocks[position], err
}

// blocks reads the blocks of one kind, by position, in order.
func (s *Store) blocks(ctx context.Context, kind string, from, to int) (
	found map[int][][]byte, err error) {
	rows, err := s.db.QueryContext(ctx, "SELECT position, seq, size, crc, body FROM blocks "+
		"WHERE kind = ? AND position BETWEEN ? AND ? ORDER BY position, seq", kind, from, to)
	if err != nil {
		return nil, s.wrap(err)
	}
	defer func() { err = errors.Join(err, s.wrap(rows.Close())) }()
	found = map[int][][]byte{}
	for rows.Next() {
		var position, seq, size int
		var crc uint32
		var body []byte
		if err := rows.Scan(&position, &seq, &size, &crc, &body); err != nil {
			return nil, s.wrap(err)
		}
		plain, err := s.decoder.DecodeAll(body, nil)
		if err != nil || len(plain) != size || crc32.Checksum(plain, castagnoli) != crc ||
			seq != len(found[position]) {
			return nil, s.wrap(fmt.Errorf("%w: batch %d, block %s/%d",
				store.ErrDamaged, position, kind, seq))
		}
		found[position] = append(found[position], bytes.Clone(plain))
	}
	return found, s.wrap(rows.Err())
}

// Close closes the file.
func (s *Store) Close() error {
	s.decoder.Close()
	return errors.Join(s.encoder.Close(), s.db.Close())
}
