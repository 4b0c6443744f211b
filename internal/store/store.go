// Package store keeps the batches of a book and nothing else: every other thing can be made again.
//
// A batch is stored whole or not at all, and only behind the head it was prepared for, so that two
// writers never fork a book. Rows are kept as column blocks, never as database rows.
package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/index"
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
	// Receipt and Meta are small; Sums are the period sums as plain column blocks.
	Receipt, Meta []byte
	Sums          [][]byte
	// Blocks are the rows; nil where there are none, and in what Records returns.
	Blocks Source
}

// Rows are the blocks of rows, also where there are none.
func (r Record) Rows() Source {
	if r.Blocks == nil {
		return List(nil)
	}
	return r.Blocks
}

// Store keeps records in the order of their positions. It is safe for concurrent use, and several
// stores may be open on the same book. The bytes it is given and the bytes it returns are the
// caller's: changing them changes nothing in the book.
type Store interface {
	// Head returns where the book stands.
	Head(ctx context.Context) (Head, error)
	// Append stores a record behind `before`, whole or not at all; ErrMoved where the book stands
	// elsewhere. It walks the blocks of the record and keeps none of them in memory. With an error,
	// also of the context, the book is as it was.
	Append(ctx context.Context, before Head, r Record) error
	// Records returns the records of positions from..to without their blocks, as far as the book
	// reaches; ErrDamaged where one is not as it was written.
	Records(ctx context.Context, from, to int) ([]Record, error)
	// Blocks yields the blocks of rows of a position in order, one at a time, and leaves out those
	// whose index is not wanted; nil wants all. It ends with ErrNoBatch where the book does not
	// reach there, with ErrDamaged where the store sees damage; damage within a block is seen by
	// who unpacks it.
	Blocks(ctx context.Context, position int, want Want) iter.Seq2[Packed, error]
	// Close ends the use of the store and leaves the book as it is.
	Close() error
}

// Want says of the index of a block whether the block is wanted; the index is empty where the store
// has none for the block.
type Want func(index []byte) bool

// sumsPerBlock bounds a block of sums well below what a reader accepts.
const sumsPerBlock = 1 << 16

// RecordOf turns a batch into bytes. It returns an error where a block is too large.
func RecordOf(b ledger.Batch) (Record, error) {
	parts := slices.Collect(slices.Chunk(b.Activities, ledger.BlockRows))
	blocks, err := packEach(len(parts), func(i int) (Packed, error) {
		return Pack(ledger.EncodeActivities(parts[i]), index.OfActivities(parts[i]))
	})
	if err != nil {
		return Record{}, fmt.Errorf("batch %d: %w", b.Receipt.Position, err)
	}
	return RecordWith(b, blocks), nil
}

// RecordWith is RecordOf for a batch whose rows are packed already.
func RecordWith(b ledger.Batch, blocks Source) Record {
	r := Record{Position: b.Receipt.Position, Head: b.Receipt.Head, Receipt: b.Receipt.Encode(),
		Meta: b.Meta(), Blocks: blocks}
	r.Sums = b.SumBlocks(sumsPerBlock)
	return r
}

// Batch makes the batch again, with the rows of the plain blocks given. It returns ErrDamaged for
// bytes that RecordOf does not make.
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
