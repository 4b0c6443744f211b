package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"

	"carbonledger/internal/store"
	"carbonledger/ledger/seal"
)

// kind tells the blocks of a batch apart.
type kind string

// The kinds of blocks: activities, and period sums.
const (
	kindRows kind = "rows"
	kindSums kind = "sums"
)

// line is a batch as the table of batches has it.
type line struct {
	position     int
	head         []byte
	receipt      []byte
	meta         []byte
	sums, blocks int
}

// checksum covers the whole line; the lengths stand in it, so that no two lines give the same
// bytes.
func (l line) checksum() uint32 {
	hash := crc32.New(castagnoli)
	_, _ = fmt.Fprintf(hash, "%d %x %d %d %d %d ",
		l.position, l.head, l.sums, l.blocks, len(l.receipt), len(l.meta))
	_, _ = hash.Write(l.receipt)
	_, _ = hash.Write(l.meta)
	return hash.Sum32()
}

// Head returns where the book stands.
func (s *Store) Head(ctx context.Context) (store.Head, error) {
	head, err := headOf(ctx, s.db)
	return head, s.wrap(ctx, err)
}

// querier is a database or a transaction in it.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func headOf(ctx context.Context, q querier) (store.Head, error) {
	var head store.Head
	var digest []byte
	err := q.QueryRowContext(ctx,
		"SELECT position, head FROM batches ORDER BY position DESC LIMIT 1").
		Scan(&head.Position, &digest)
	if errors.Is(err, sql.ErrNoRows) {
		return store.Head{}, nil
	}
	if err != nil {
		return store.Head{}, err
	}
	if len(digest) != len(head.Digest) || head.Position < 1 {
		return store.Head{}, fmt.Errorf("%w: head of batch %d", store.ErrDamaged, head.Position)
	}
	head.Digest = seal.Digest(digest)
	return head, nil
}

// Append stores a record in one transaction, or nothing of it.
func (s *Store) Append(ctx context.Context, before store.Head, r store.Record) error {
	blocks, err := s.codec.packAll(ctx, r.Blocks)
	if err != nil {
		return s.wrap(ctx, err)
	}
	sums, err := s.codec.packAll(ctx, r.Sums)
	if err != nil {
		return s.wrap(ctx, err)
	}
	tx, err := s.db.BeginTx(ctx, nil)
	if err != nil {
		return s.wrap(ctx, err)
	}
	defer func() { _ = tx.Rollback() }()
	// The head is compared under the lock that only one writer has.
	head, err := headOf(ctx, tx)
	if err != nil {
		return s.wrap(ctx, err)
	}
	if err := head.Admit(before, r); err != nil {
		return s.wrap(ctx, err)
	}
	err = insert(ctx, tx, line{r.Position, r.Head[:], r.Receipt, r.Meta, len(sums), len(blocks)})
	if err != nil {
		return s.wrap(ctx, err)
	}
	if err := insertBlocks(ctx, tx, r.Position, kindSums, sums); err != nil {
		return s.wrap(ctx, err)
	}
	if err := insertBlocks(ctx, tx, r.Position, kindRows, blocks); err != nil {
		return s.wrap(ctx, err)
	}
	return s.wrap(ctx, tx.Commit())
}

func insert(ctx context.Context, tx *sql.Tx, l line) error {
	_, err := tx.ExecContext(ctx, "INSERT INTO batches "+
		"(position, head, receipt, meta, sums, blocks, crc) VALUES (?, ?, ?, ?, ?, ?, ?)",
		l.position, l.head, notNull(l.receipt), notNull(l.meta), l.sums, l.blocks, l.checksum())
	return err
}

func insertBlocks(ctx context.Context, tx *sql.Tx, position int, k kind, blocks []block) error {
	for seq, b := range blocks {
		_, err := tx.ExecContext(ctx, "INSERT INTO blocks "+
			"(position, kind, seq, size, crc, body) VALUES (?, ?, ?, ?, ?, ?)",
			position, string(k), seq, b.size, b.crc, b.body)
		if err != nil {
			return err
		}
	}
	return nil
}

// notNull gives no bytes as an empty BLOB; the driver would write NULL for a nil slice.
func notNull(data []byte) []byte {
	if data == nil {
		return []byte{}
	}
	return data
}

// Records returns the records of positions from..to without their blocks.
func (s *Store) Records(ctx context.Context, from, to int) ([]store.Record, error) {
	head, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	from, to = max(from, 1), min(to, head.Position)
	lines, err := s.lines(ctx, from, to)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	sums, err := s.blocks(ctx, kindSums, from, to)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	list := make([]store.Record, len(lines))
	for i, l := range lines {
		if len(sums[l.position]) != l.sums {
			return nil, s.wrap(ctx, missing(l.position, kindSums, len(sums[l.position]), l.sums))
		}
		list[i] = store.Record{Position: l.position, Head: seal.Digest(l.head),
			Receipt: l.receipt, Meta: l.meta, Sums: sums[l.position]}
	}
	return list, nil
}

// Blocks returns the column blocks of a position, each proved by its checksum.
func (s *Store) Blocks(ctx context.Context, position int) ([][]byte, error) {
	head, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	if position < 1 || position > head.Position {
		return nil, s.wrap(ctx, fmt.Errorf("%w: %d; it stands at %d",
			store.ErrNoBatch, position, head.Position))
	}
	lines, err := s.lines(ctx, position, position)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	blocks, err := s.blocks(ctx, kindRows, position, position)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	if got, want := len(blocks[position]), lines[0].blocks; got != want {
		return nil, s.wrap(ctx, missing(position, kindRows, got, want))
	}
	return blocks[position], nil
}

func missing(position int, k kind, got, want int) error {
	return fmt.Errorf("%w: batch %d has %d blocks of %s and was written with %d",
		store.ErrDamaged, position, got, k, want)
}

// lines reads the batches of positions that the book has, each proved by its checksum.
func (s *Store) lines(ctx context.Context, from, to int) ([]line, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT position, head, receipt, meta, sums, blocks, crc "+
		"FROM batches WHERE position BETWEEN ? AND ? ORDER BY position", from, to)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var list []line
	for rows.Next() {
		var l line
		var crc uint32
		position := from + len(list)
		err := rows.Scan(&l.position, &l.head, &l.receipt, &l.meta, &l.sums, &l.blocks, &crc)
		if err != nil {
			return nil, notScanned(ctx, err, "batch %d", position)
		}
		if l.position != position || l.checksum() != crc || len(l.head) != len(seal.Digest{}) {
			return nil, fmt.Errorf("%w: batch %d: checksum", store.ErrDamaged, position)
		}
		list = append(list, l)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if from+len(list) <= to {
		return nil, fmt.Errorf("%w: batch %d is missing", store.ErrDamaged, from+len(list))
	}
	return list, nil
}

// notScanned tells a value of a wrong type, which is damage, from a query that was called off.
func notScanned(ctx context.Context, err error, where string, args ...any) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return fmt.Errorf("%w: %s: %w", store.ErrDamaged, fmt.Sprintf(where, args...), err)
}

// blocks reads the blocks of one kind, by position, in order.
func (s *Store) blocks(ctx context.Context, k kind, from, to int) (map[int][][]byte, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT position, seq, size, crc, body FROM blocks "+
		"WHERE position BETWEEN ? AND ? AND kind = ? ORDER BY position, seq", from, to, string(k))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	found := map[int][][]byte{}
	for rows.Next() {
		var position, seq int
		var b block
		// The body is unpacked before the next row, so it need not be copied.
		var body sql.RawBytes
		if err := rows.Scan(&position, &seq, &b.size, &b.crc, &body); err != nil {
			return nil, notScanned(ctx, err, "%s blocks of batches %d to %d", k, from, to)
		}
		b.body = body
		plain, err := s.codec.unpack(b)
		if err != nil {
			return nil, fmt.Errorf("batch %d, %s block %d: %w", position, k, seq, err)
		}
		if seq != len(found[position]) {
			return nil, fmt.Errorf("%w: batch %d: %s block %d is missing",
				store.ErrDamaged, position, k, len(found[position]))
		}
		found[position] = append(found[position], plain)
	}
	return found, rows.Err()
}
