package engine

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"carbonledger/internal/large"
	"carbonledger/internal/store"
	"carbonledger/ledger"
	"carbonledger/ledger/intake/bulk"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/seal"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// UploadMax is the largest workbook, archive or text from standard input taken, in bytes: it is
// read whole. WholeMax is the largest text file that is read whole where it cannot be read in
// pieces: four million rows of a list take some ten GiB.
const (
	UploadMax = 1 << 30
	WholeMax  = 256 << 20
)

// Import says how to take a file.
type Import struct {
	// Dialect is auto, the id of a dialect, or the path of a dialect file.
	Dialect string
	// Sender names who sent the file, so that what was learnt of his files is found again.
	Sender string
	// Ask answers what is in doubt about columns; nil where nobody can be asked.
	Ask dialects.Ask
	// Columns says beforehand what columns are, where their headers do not.
	Columns []dialects.Answer
	DryRun  bool
	Partial bool
	// Strict turns warnings into faults.
	Strict bool
	// Large is the size in bytes from which a file is read in pieces; 0 stands for large.Least.
	Large int64
	// Workers is how many read a large file at once; 0 stands for one on every core.
	Workers int
	// Read is told how many bytes of a large file were read; it may be nil.
	Read func(bytes int)
	// Tell is told how each table was understood, before anything of its file is posted; it may be
	// nil.
	Tell func(Imported)
}

// Outcome is what became of a table.
type Outcome string

// The outcomes of an import.
const (
	Posted  Outcome = "posted"
	Preview Outcome = "preview"
	// Again: the book held the upload already. Unchanged: it held everything the upload says.
	Again     Outcome = "again"
	Unchanged Outcome = "unchanged"
	// Rejected: nothing was posted because of the faults. Held: nothing was posted because of
	// another worksheet of the workbook.
	Rejected Outcome = "rejected"
	Held     Outcome = "held"
	// Skipped: the worksheet fits no dialect and others of its workbook do, or the member of an
	// archive is no table.
	Skipped Outcome = "skipped"
)

// Imported is what became of one table: a text file or a worksheet.
type Imported struct {
	File, Sheet string
	Outcome     Outcome
	// Source says where the table came from and how it was read, Dialect by what.
	Source  ledger.Source
	Dialect dialects.Dialect
	// Receipt counts what was or would be posted; it has an ID where the book has it.
	Receipt ledger.Receipt
	// Strict is true where the faults are warnings that strictness does not let pass.
	Strict bool
	// Faults are the obstacles, Warnings what should be looked at, Notes what is only told.
	Faults, Warnings, Notes []table.Fault

	sheet table.Sheet
}

// Opened is a file that was opened and taken apart, and nothing more. Several can be opened at
// once, and while others are imported.
type Opened struct {
	path  string
	large *large.File
	files []workbook.File
	err   error
}

// Open opens a file for Import. What goes wrong is told there.
func (how Import) Open(path string) Opened {
	o := Opened{path: path}
	least := how.Large
	if least == 0 {
		least = large.Least
	}
	file, isLarge, err := large.Open(path, least)
	if o.err = err; err != nil || isLarge {
		o.large = file
		return o
	}
	o.whole()
	return o
}

// whole reads the file whole.
func (o *Opened) whole() {
	var data []byte
	if data, o.err = ReadFile(o.path); o.err == nil {
		o.files = workbook.Open(filepath.Base(o.path), data)
	}
}

// Import reads a file, checks it against the book and posts it, or only shows what posting would
// do. An archive is the same as its files one by one; the worksheets of a workbook are posted all
// or not at all. With faults it returns a Rejection, and nothing of the file is posted unless
// Partial is set.
func (e *Engine) Import(ctx context.Context, path string, how Import) ([]Imported, error) {
	return e.ImportOpened(ctx, how.Open(path), how)
}

// ImportOpened is Import for a file that was opened before.
func (e *Engine) ImportOpened(ctx context.Context, o Opened, how Import) ([]Imported, error) {
	if err := errors.Join(e.hasDialect(how.Dialect), o.err); err != nil {
		return nil, err
	}
	if o.large != nil {
		list, err := e.importLarge(ctx, o.large, how)
		switch {
		case !errors.Is(err, bulk.ErrPlain):
			return list, err
		case o.large.Size > WholeMax:
			return nil, tooLarge(o.large.Name, o.large.Size, WholeMax)
		}
		if o.whole(); o.err != nil {
			return nil, o.err
		}
	}
	return e.post(ctx, o.files, how)
}

// Post is Import for bytes that are at hand.
func (e *Engine) Post(ctx context.Context, name string, data []byte, how Import) (
	[]Imported, error) {
	if err := e.hasDialect(how.Dialect); err != nil {
		return nil, err
	}
	return e.post(ctx, workbook.Open(name, data), how)
}

func (e *Engine) post(ctx context.Context, files []workbook.File, how Import) ([]Imported, error) {
	var list []Imported
	for _, file := range files {
		if err := ctx.Err(); err != nil {
			return list, err
		}
		u := &upload{Engine: e, file: file, digest: seal.Bytes(file.Data), how: how}
		err := u.take(ctx)
		for _, t := range u.tables {
			list = append(list, t.Imported)
		}
		if err != nil {
			return list, err
		}
	}
	return list, RejectionOf(list)
}

// append stores a batch and then takes it into the book.
func (e *Engine) append(ctx context.Context, batch ledger.Batch) error {
	before := store.Head{Position: e.book.Position(), Digest: e.book.Head()}
	if err := e.keep(ctx, before, batch); err != nil {
		return err
	}
	return e.commit(batch)
}

// keep stores a batch.
func (e *Engine) keep(ctx context.Context, before store.Head, batch ledger.Batch) error {
	record, err := store.RecordOf(batch)
	if err != nil {
		return err
	}
	return e.store.Append(ctx, before, record)
}

// Reverse takes back the batch of a receipt. The reason is kept with the reversal.
func (e *Engine) Reverse(ctx context.Context, id, reason string) (ledger.Receipt, error) {
	if reason == "" {
		return ledger.Receipt{}, fmt.Errorf("a reversal needs a reason")
	}
	receipt, err := e.book.Receipt(id)
	if err != nil {
		return ledger.Receipt{}, err
	}
	records, err := e.store.Records(ctx, receipt.Position, receipt.Position)
	if err != nil {
		return ledger.Receipt{}, err
	}
	if len(records) != 1 {
		return ledger.Receipt{}, fmt.Errorf("the store has no batch %d", receipt.Position)
	}
	old, err := records[0].Batch(nil)
	if err != nil {
		return ledger.Receipt{}, err
	}
	batch, err := ledger.Reverse(e.book, id, reason, old.List())
	if err != nil {
		return ledger.Receipt{}, err
	}
	if err := e.append(ctx, batch); err != nil {
		return ledger.Receipt{}, err
	}
	e.library, err = inventory.LibraryOf(e.book)
	return batch.Receipt, err
}

// ReadFile reads a file whole that a user names, up to UploadMax; - is standard input.
func ReadFile(path string) ([]byte, error) {
	if path == "-" {
		return readAll(os.Stdin, "-", 0)
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	info, err := file.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, &Rejection{Faults: []table.Fault{{File: path, Code: "file.folder"}}}
	case info.Size() > UploadMax:
		return nil, tooLarge(path, info.Size(), UploadMax)
	}
	return readAll(file, path, info.Size())
}

// readAll reads up to UploadMax bytes; size is how many there are likely to be.
func readAll(r io.Reader, path string, size int64) ([]byte, error) {
	var data bytes.Buffer
	data.Grow(int(size) + bytes.MinRead)
	if _, err := data.ReadFrom(io.LimitReader(r, UploadMax+1)); err != nil {
		return nil, err
	}
	if data.Len() > UploadMax {
		return nil, tooLarge(path, int64(data.Len()), UploadMax)
	}
	return data.Bytes(), nil
}

func tooLarge(path string, size, most int64) *Rejection {
	return &Rejection{Faults: []table.Fault{{File: path, Code: "file.too-large",
		Args: []string{fmt.Sprint(size), fmt.Sprint(most>>20) + " MiB"}}}}
}
