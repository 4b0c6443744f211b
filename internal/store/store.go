// Package store keeps the batches of a book and nothing else: every other thing can be made again.
//
// A batch is stored whole or not at all, and only behind the head it was prepared for, so that two
// writers never fork a book. Rows are kept as column blocks, never as database rows.
package store

import (
	"context"
	"errors"
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
)

// Head is where a book stands.
type Head struct {
	Position int
	Digest   seal.Digest
}

// Record is a batch as bytes.
type Record struct {
	Position int
	Head     seal.Digest
	// Receipt and Meta are small; Sums are the period sums, Blocks the rows, as column blocks.
	Receipt, Meta []byte
	Sums, Blocks  [][]byte
}

// Store keeps records in the order of their positions.
type Store interface {
	// Head returns where the book stands.
	Head(ctx context.Context) (Head, error)
	// Append stores a record behind `before`, whole or not at all; ErrMoved where the book stands
	// elsewhere.
	Append(ctx context.Context, before Head, r Record) error
	// Records returns the records of positions from..to without their blocks.
	Records(ctx context.Context, from, to int) ([]Record, error)
	// Blocks returns the column blocks of a position.
	Blocks(ctx context.Context, position int) ([][]byte, error)
	Close() error
}

// sumsPerBlock bounds a block of sums well below what a reader accepts.
const sumsPerBlock = 1 << 16

// RecordOf turns a batch into bytes.
func RecordOf(b ledger.Batch) Record {
	r := Record{Position: b.Receipt.Position, Head: b.Receipt.Head, Receipt: b.Receipt.Encode(),
		Meta: b.Meta(), Blocks: b.Blocks()}
	for part := range slices.Chunk(b.Sums, sumsPerBlock) {
		r.Sums = append(r.Sums, ledger.EncodeSums(part))
	}
	return r
}

// Batch makes the batch again, with the rows of the blocks given.
func (r Record) Batch(blocks [][]byte) (ledger.Batch, error) {
	receipt, err := ledger.DecodeReceipt(r.Receipt)
	if err != nil {
		return ledger.Batch{}, errors.Join(ErrDamaged, err)
	}
	return ledger.Restore(receipt, r.Meta, r.Sums, blocks)
}
