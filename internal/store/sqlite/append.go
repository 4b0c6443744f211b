package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	sqlite3 "modernc.org/sqlite/lib"

	"carbonledger/internal/store"
)

// Append stores a record in one transaction, or nothing of it.
func (s *Store) Append(ctx context.Context, before store.Head, r store.Record) error {
	// Packed before any lock is taken; the rows come packed.
	sums, err := store.PackAll(r.Sums)
	if err != nil {
		return err
	}
	if isLarge(r) && !s.readOnly {
		back, err := s.writeOnce(ctx)
		if err != nil {
			return s.wrap(ctx, err)
		}
		defer back()
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return s.wrap(ctx, err)
	}
	defer func() { _ = conn.Close() }()
	return s.wrap(ctx, within(ctx, conn, func() error {
		// The head is compared under the lock that only one writer has.
		head, err := headOf(ctx, conn)
		if err != nil {
			return err
		}
		if err := head.Admit(before, r); err != nil {
			return err
		}
		return insert(ctx, conn, r, sums)
	}))
}

// within lets work be one transaction, which is taken back where the work or its end fails, or the
// context is done.
func within(ctx context.Context, conn *sql.Conn, work func() error) error {
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		// Called off at its end, it may have begun all the same.
		discard(conn)
		return err
	}
	err := errors.Join(work(), ctx.Err())
	if err == nil {
		// Called off in the middle, it would be done and say that it was not.
		_, err = conn.ExecContext(context.WithoutCancel(ctx), "COMMIT")
	}
	if err == nil {
		return nil
	}
	if _, undone := conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK"); undone != nil {
		// After some failures SQLite has rolled back itself; whatever it was, nobody is to work
		// on in this transaction.
		discard(conn)
	}
	return err
}

// discard closes a connection for good, with whatever it is in the middle of.
func discard(conn *sql.Conn) { _ = conn.Raw(func(any) error { return driver.ErrBadConn }) }

func insert(ctx context.Context, conn *sql.Conn, r store.Record, sums store.List) error {
	l := line{r.Position, r.Head[:], r.Receipt, r.Meta, len(sums), r.Rows().Len()}
	_, err := conn.ExecContext(ctx, "INSERT INTO batches "+
		"(position, head, receipt, meta, sums, blocks, crc) VALUES (?, ?, ?, ?, ?, ?, ?)",
		l.position, l.head, notNull(l.receipt), notNull(l.meta), l.sums, l.blocks, l.checksum())
	if err != nil {
		return err
	}
	if err := insertBlocks(ctx, conn, r.Position, kindSums, sums); err != nil {
		return err
	}
	return insertBlocks(ctx, conn, r.Position, kindRows, r.Rows())
}

// insertBlocks walks the blocks and holds one of them at a time.
func insertBlocks(ctx context.Context, conn *sql.Conn, position int, k kind,
	blocks store.Source) error {
	seq := 0
	for b, err := range blocks.All() {
		if err != nil {
			return err
		}
		_, err = conn.ExecContext(ctx, "INSERT INTO blocks "+
			"(position, kind, seq, size, crc, body) VALUES (?, ?, ?, ?, ?, ?)",
			position, string(k), seq, b.Size, b.CRC, notNull(b.Body))
		if err != nil {
			return err
		}
		if len(b.Index) > 0 {
			crc := indexChecksum(position, seq, b.Index)
			_, err := conn.ExecContext(ctx, "INSERT INTO indexes "+
				"(position, seq, crc, body) VALUES (?, ?, ?, ?)", position, seq, crc, b.Index)
			if err != nil {
				return err
			}
		}
		seq++
	}
	if seq != blocks.Len() {
		panic("sqlite: a source of blocks has not as many as it says")
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

// A batch is large from so many blocks on: writing it twice takes longer than changing the mode of
// the file. Beyond the other end even a slow disk could not write it within busyMilliseconds, which
// is how long others would wait.
const (
	largeFrom = 16
	largeTo   = 2048
)

func isLarge(r store.Record) bool {
	blocks := r.Rows().Len()
	return largeFrom <= blocks && blocks <= largeTo
}

// idleConnections is how many connections are kept open for the next use.
const idleConnections = 2

// writeOnce leaves WAL mode, in which every byte is written twice, first into the log and then into
// the book, and returns how to go back. A rollback journal is as safe: it holds what the
// transaction changes, and new blocks change nothing. Others wait meanwhile instead of reading on,
// so it is done only where nobody else has the book open; otherwise nothing happens. A book that is
// left in the other mode by a crash is the same book, and goes back to WAL when it is opened.
func (s *Store) writeOnce(ctx context.Context) (back func(), err error) {
	s.db.SetMaxIdleConns(0) // closes those of this store that nobody uses
	var mode string
	err = s.db.QueryRowContext(ctx, "PRAGMA journal_mode = DELETE").Scan(&mode)
	if code := codeOf(err); err != nil && code != sqlite3.SQLITE_BUSY {
		s.db.SetMaxIdleConns(idleConnections)
		return nil, err
	}
	return func() {
		s.db.SetMaxIdleConns(idleConnections)
		if mode == "delete" {
			// Where it fails, the next one that opens the book does it.
			_ = s.toWAL(context.WithoutCancel(ctx))
		}
	}, nil
}
