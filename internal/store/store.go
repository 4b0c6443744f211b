// Package store keeps the batches of a book and nothing else: every other thing can be made again.
//
// A batch is stored whole or not at all, and only behind the head it was prepared for, so that two
// writers never fork a book. Rows are kept as column blocks, never as database rows.
package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/seal"
)

// Errors of every store.
var (
	// ErrMoved: another writer was first; read the book again and prepare the batch anew.
	ErrMoved = errors.New("the book has moved on; another writer was first")
	// ErrDamaged: what is stored is not what was written.
	ErrDamaged = errors.New("the store is damaged")
	// ErrNoBatch: the book does not reach to that position.
	ErrNoBatch = errors.New("the book has no such batch")
)

// Head is where a book stands.
type Head struct {
	Position int
	Digest   seal.Digest
}

// Admit says whether a record prepared for `before` may stand behind this head, and returns
// ErrMoved where it may not.
func (h Head) Admit(before Head, r Record) error {
	if h != before || r.Position != before.Position+1 {
		return fmt.Errorf("%w: it stands at %d, the batch was to be number %d behind %d",
			ErrMoved, h.Position, r.Position, before.Position)
	}
	return nil
}

// Record is a batch as bytes.
type Record struct {
	Position int
	Head     seal.Digest
	// Receipt and Meta are small; Sums are the period sums, Blocks the rows, as column blocks.
	Receipt, Meta []byte
	Sums, Blocks  [][]byte
}

// Store keeps records in the order of their positions. It is safe for concurrent use, and several
// stores may be open on the same book. The bytes it is given and the bytes it returns are the
// caller's: changing them changes nothing in the book.
type Store interface {
	// Head returns where the book stands.
	Head(ctx context.Context) (Head, error)
	// Append stores a record behind `before`, whole or not at all; ErrMoved where the book stands
	// elsewhere. With an error the book is as it was.
	Append(ctx context.Context, before Head, r Record) error
	// Records returns the records of positions from..to without their blocks, as far as the book
	// reaches; ErrDamaged where one is not as it was written.
	Records(ctx context.Context, from, to int) ([]Record, error)
	// Blocks returns the column blocks of a position; ErrNoBatch where the book does not reach
	// there, ErrDamaged where one is not as it was written.
	Blocks(ctx context.Context, position int) ([][]byte, error)
	// Close ends the use of the store and leaves the book as it is.
	Close() error
}

// sumsPerBlock bounds a block of sums well below what a reader accepts.
const sumsPerBlock = 1 << 16

// RecordOf turns a batch into bytes.
func RecordOf(b ledger.Batch) Record {
	r := Record{Position: b.Receipt.Position, Head: b.Receipt.Head, Receipt: b.Receipt.Encode(),
		Meta: b.Meta(), Blocks: b.Blocks()}
	for part := range slices.Chunk(b.List(), sumsPerBlock) {
		r.Sums = append(r.Sums, ledger.EncodeSums(part))
	}
	return r
}

// Batch makes the batch again, with the rows of the blocks given. It returns ErrDamaged for bytes
// that RecordOf does not make.
func (r Record) Batch(blocks [][]byte) (ledger.Batch, error) {
	receipt, err := ledger.DecodeReceipt(r.Receipt)
	if err != nil {
		return ledger.Batch{}, fmt.Errorf(
			"%w: receipt of batch %d: %w",
			ErrDamaged,
			r.Position,
			err,
		)
	}
	if receipt.Position != r.Position || receipt.Head != r.Head {
		return ledger.Batch{}, fmt.Errorf("%w: batch %d has the receipt of batch %d, head %s",
			ErrDamaged, r.Position, receipt.Position, receipt.Head)
	}
	batch, err := ledger.Restore(receipt, r.Meta, r.Sums, blocks)
	if err != nil {
		return ledger.Batch{}, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return batch, nil
}
