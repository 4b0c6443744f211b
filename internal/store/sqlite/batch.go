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
	hash := crc32.New(crc32.MakeTable(crc32.Castagnoli))
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
	sums, err := s.sums(ctx, from, to)
	if err != nil {
		return nil, s.wrap(ctx, err)
	}
	list := make([]store.Record, len(lines))
	for i, l := range lines {
		if len(sums[l.position]) != l.sums {
			return nil, fmt.Errorf("%w: batch %d has %d blocks of sums and was written with %d",
				store.ErrDamaged, l.position, len(sums[l.position]), l.sums)
		}
		list[i] = store.Record{Position: l.position, Head: seal.Digest(l.head),
			Receipt: l.receipt, Meta: l.meta, Sums: sums[l.position]}
	}
	return list, nil
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
