// Package bulk reads large tables on all cores: row for row what package intake reads, without a
// list of the rows.
//
// What a row says of whose figure it has, when and of what follows from a few cells, and most
// tables have few different ones. So the plain reader is asked what such cells say when they are
// first met, and from then on a row is three places in lists, a figure and the number of a
// document. Every row that is out of the ordinary goes to the plain reader, in the order of the
// file. A table for which that would not give the same is not read at all: ErrPlain.
//
// The result depends on the table alone, and not on the pieces it was cut into or the number of
// workers.
package bulk

import (
	"context"
	"errors"
	"io"
	"runtime"
	"sync"

	"carbonledger/ledger"
	"carbonledger/ledger/column"
	"carbonledger/ledger/index"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/tally"
	"carbonledger/table"
	"carbonledger/table/stream"
)

// ErrPlain: the table has to be read whole by package intake.
var ErrPlain = errors.New("the table has to be read whole")

// errFaults: more faults were found than anybody reads.
var errFaults = errors.New("too many faults")

// FaultsMost is how many faults of one table are told; with more it is not read on. A table that
// has so many was written in a wrong way as a whole.
const FaultsMost = 100_000

// Job is a table to be read.
type Job struct {
	Dialect dialects.Dialect
	// Head is the beginning of the table, with encoding and delimiter: the header, and rows enough
	// to tell what it is.
	Head    table.Sheet
	Source  ledger.Source
	Lexicon intake.Lexicon
	// Text is the table from its first byte; PieceSize cuts it, 0 as stream.PieceSize does.
	Text      io.Reader
	PieceSize int
	// BlockRows is how many rows a block has; 0 stands for ledger.BlockRows.
	BlockRows int
	// FaultsMost is how many faults are told; 0 stands for the constant.
	FaultsMost int
	// Workers is how many read at once; 0 stands for one on every core.
	Workers int
	// Block is given every column block with its number and index, by several workers at once. The
	// bytes of the block are good until it returns.
	Block func(number int, block, index []byte) error
	// Advise is told of memory that will be touched in no order, before it is; it may be nil.
	Advise func(memory []byte)
	// Read is told how many bytes were read; it may be nil.
	Read func(bytes int)
	// Keep takes the place of Block where it is not nil.
	Keep Keep
}

// Keep is given every row that is read, some at a time in the order of the file.
type Keep func(rows *column.Rows) error

// Result is a table as read.
type Result struct {
	// Upload has what the plain reader read: entities, faults, warnings, and the figures of
	// unusual rows, which are in the tallies and blocks as well.
	Upload  ledger.Upload
	Tallies tally.Tallies
	// Blocks counts the column blocks.
	Blocks int
	// Stopped: there were more faults than are told, and the table was not read to its end.
	Stopped bool
	// Rising: the numbers of documents rise from row to row, so that none comes twice.
	Rising bool
}

// Read reads a table. It returns ErrPlain where package intake has to, and then nothing it gave to
// Block counts.
func Read(ctx context.Context, job Job) (Result, error) {
	base, _ := intake.Begin(job.Dialect, job.Head, job.Source, job.Lexicon)
	if base.Unread() || !isSingle(job.Head.Delimiter) {
		return Result{}, ErrPlain
	}
	below := base.Upload().Source.HeaderLine
	for _, row := range job.Head.Rows {
		if row.Line > below && job.Dialect.NumbersColumns(row) {
			below = row.Line
		}
		if row.Line > below {
			break
		}
	}
	plan, ok := newPlan(job.Dialect, base.Layout(), below)
	if !ok {
		return Result{}, ErrPlain
	}
	if job.Workers == 0 {
		job.Workers = runtime.GOMAXPROCS(0)
	}
	if job.PieceSize == 0 {
		job.PieceSize = stream.PieceSize
	}
	if job.BlockRows == 0 {
		job.BlockRows = ledger.BlockRows
	}
	if job.FaultsMost == 0 {
		job.FaultsMost = FaultsMost
	}
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	r := &run{job: job, plan: plan, base: base, ctx: ctx, cancel: cancel,
		lists: &lists{made: column.NewBuilder()}, sums: newSums(job.Advise),
		pieces: make(chan task, job.Workers), blocks: make(chan *full, job.Workers),
		order: make(chan task, 2*job.Workers), buffers: make(chan []byte, 4*job.Workers),
		spare:  make(chan *column.Rows, 4*job.Workers),
		sealed: make(chan *column.Rows, 4*job.Workers)}
	return r.all()
}

// isSingle says whether a delimiter is one byte, and no letter is a part of it.
func isSingle(delimiter rune) bool { return delimiter > 0 && delimiter < 0x80 }

// run is the state of one Read.
type run struct {
	job    Job
	plan   *plan
	base   *intake.Reader
	ctx    context.Context
	cancel context.CancelCauseFunc
	lists  *lists
	sums   *sums
	// pieces go to the workers, order has the same ones in the order of the file; blocks are full.
	pieces, order chan task
	blocks        chan *full
	workers       []*worker
	group         sync.WaitGroup
	// buffers, spare and sealed are the bytes of pieces, and the rows of chunks and of blocks, that
	// nobody needs any more.
	buffers       shelf[[]byte]
	spare, sealed shelf[*column.Rows]
}

// shelf holds what nobody needs any more, in bounded number.
type shelf[T any] chan T

// put puts something on the shelf, or throws it away where the shelf is full.
func (s shelf[T]) put(one T) {
	select {
	case s <- one:
	default:
	}
}

// take takes something, or nothing where the shelf is empty.
func (s shelf[T]) take() (one T) {
	select {
	case one = <-s:
	default:
	}
	return one
}

// rowsFrom takes rows that nobody needs, or new ones, with room for n.
func rowsFrom(shelf shelf[*column.Rows], n int) *column.Rows {
	rows := shelf.take()
	if rows == nil {
		rows = &column.Rows{}
	}
	rows.Words = nil
	rows.Cut(0)
	rows.Grow(n)
	return rows
}

// task is a piece that is being read.
type task struct {
	piece stream.Piece
	done  chan *chunk
}

// full is a block that is full of rows.
type full struct {
	number int
	rows   *column.Rows
}

// all starts the workers, gathers what they read, and adds up.
func (r *run) all() (Result, error) {
	for range r.job.Workers {
		w := newWorker(r.plan, r.job, r.lists, r.sums, r.base)
		r.workers = append(r.workers, w)
		r.group.Go(func() { r.work(w) })
	}
	var cutting sync.WaitGroup
	cutting.Go(r.cut)
	g := newGathering(r)
	g.all()
	cutting.Wait()
	close(r.blocks)
	r.group.Wait()
	err := context.Cause(r.ctx)
	switch {
	case errors.Is(err, errFaults):
		return Result{Upload: g.upload(), Stopped: true}, nil
	case err != nil:
		return Result{}, err
	}
	return g.result()
}

// cut cuts the text and hands the pieces out.
func (r *run) cut() {
	defer close(r.order)
	defer close(r.pieces)
	cutter := stream.NewCutter(r.job.Text, r.job.PieceSize)
	for {
		piece, err := cutter.Next(r.buffers.take())
		switch {
		case err == io.EOF:
			return
		case errors.Is(err, stream.ErrIrregular):
			r.cancel(ErrPlain)
			return
		case err != nil:
			r.cancel(err)
			return
		}
		t := task{piece, make(chan *chunk, 1)}
		for _, to := range []chan task{r.order, r.pieces} {
			select {
			case to <- t:
			case <-r.ctx.Done():
				return
			}
		}
	}
}

// writer writes blocks.
type writer struct {
	column.Encoder
	index.Maker
}

// work reads pieces and writes blocks until there are no more. Blocks go first: they hold memory.
func (r *run) work(w *worker) {
	pieces, to := r.pieces, &writer{}
	for {
		select {
		case b, open := <-r.blocks:
			if !open {
				return
			}
			r.encode(to, b)
			continue
		default:
		}
		select {
		case b, open := <-r.blocks:
			if !open {
				return
			}
			r.encode(to, b)
		case t, open := <-pieces:
			if !open {
				pieces = nil
				continue
			}
			t.done <- w.read(t.piece, rowsFrom(r.spare, 0))
		}
	}
}

func (r *run) encode(to *writer, b *full) {
	if r.ctx.Err() != nil {
		return
	}
	block := to.Encode(b.rows)
	whos, whens := to.Named()
	index := to.Of(b.rows, whos, whens)
	r.sealed.put(b.rows)
	if err := r.job.Block(b.number, block, index); err != nil {
		r.cancel(err)
	}
}
