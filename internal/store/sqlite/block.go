package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"carbonledger/internal/store"
)

// kind tells the blocks of a batch apart.
type kind string

// The kinds of blocks: activities, and period sums.
const (
	kindRows kind = "rows"
	kindSums kind = "sums"
)

// sums reads the blocks of sums, each proved by its checksum, by position, in order.
func (s *Store) sums(ctx context.Context, from, to int) (map[int][][]byte, error) {
	rows, err := s.db.QueryContext(ctx, "SELECT position, seq, size, crc, body FROM blocks "+
		"WHERE position BETWEEN ? AND ? AND kind = ? ORDER BY position, seq", from, to,
		string(kindSums))
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	found := map[int][][]byte{}
	for rows.Next() {
		var position, seq int
		var b store.Packed
		// The body is unpacked before the next row, so it need not be copied.
		var body sql.RawBytes
		if err := rows.Scan(&position, &seq, &b.Size, &b.CRC, &body); err != nil {
			return nil, notScanned(ctx, err, "sums of batches %d to %d", from, to)
		}
		b.Body = body
		plain, err := b.Plain()
		if err != nil {
			return nil, fmt.Errorf("batch %d, sums block %d: %w", position, seq, err)
		}
		if seq != len(found[position]) {
			return nil, missing(position, kindSums, len(found[position]))
		}
		found[position] = append(found[position], plain)
	}
	return found, rows.Err()
}

func missing(position int, k kind, seq int) error {
	return fmt.Errorf("%w: batch %d: %s block %d is missing", store.ErrDamaged, position, k, seq)
}

// Blocks yields the blocks of rows of a position whose index is wanted. Each is a query of its own,
// so that no transaction stays open however long the reader takes: what is stored never changes.
func (s *Store) Blocks(ctx context.Context, position int, want store.Want) iter.Seq2[
	store.Packed, error] {
	return func(yield func(store.Packed, error) bool) {
		indexes, err := s.indexes(ctx, position)
		if err != nil {
			yield(store.Packed{}, s.wrap(ctx, err))
			return
		}
		for seq, index := range indexes {
			if want != nil && !want(index) {
				continue
			}
			block := store.Packed{Index: index}
			err := s.db.QueryRowContext(ctx, "SELECT size, crc, body FROM blocks "+
				"WHERE position = ? AND kind = ? AND seq = ?", position, string(kindRows), seq).
				Scan(&block.Size, &block.CRC, &block.Body)
			switch {
			case errors.Is(err, sql.ErrNoRows):
				err = missing(position, kindRows, seq)
			case err != nil && codeOf(err) == 0:
				err = notScanned(ctx, err, "batch %d: rows block %d", position, seq)
			}
			if !yield(block, s.wrap(ctx, err)) || err != nil {
				return
			}
		}
	}
}

// indexes returns the index of each block of rows of a position, nothing for one that has none.
func (s *Store) indexes(ctx context.Context, position int) ([][]byte, error) {
	head, err := headOf(ctx, s.db)
	if err != nil {
		return nil, err
	}
	if position < 1 || position > head.Position {
		return nil, fmt.Errorf("%w: %d; it stands at %d", store.ErrNoBatch, position, head.Position)
	}
	lines, err := s.lines(ctx, position, position)
	if err != nil {
		return nil, err
	}
	indexes := make([][]byte, lines[0].blocks)
	if !s.indexed {
		return indexes, nil
	}
	rows, err := s.db.QueryContext(ctx, "SELECT seq, crc, body FROM indexes WHERE position = ?",
		position)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var seq int
		var crc uint32
		var body []byte
		if err := rows.Scan(&seq, &crc, &body); err != nil {
			return nil, notScanned(ctx, err, "index of batch %d", position)
		}
		if seq >= len(indexes) || crc != indexChecksum(position, seq, body) {
			return nil, fmt.Errorf("%w: batch %d: index of block %d",
				store.ErrDamaged, position, seq)
		}
		indexes[seq] = body
	}
	return indexes, rows.Err()
}

// indexChecksum covers the line of an index.
func indexChecksum(position, seq int, index []byte) uint32 {
	return store.Checksum(fmt.Appendf(nil, "%d %d %s", position, seq, index))
}
