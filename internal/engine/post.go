package engine

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/internal/store"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/seal"
	"carbonledger/table"
)

// UploadMax is the largest file taken, in bytes: a file is read whole, and ten million rows have
// about half of this.
const UploadMax = 1 << 30

// Import says how to take a file.
type Import struct {
	// Dialect is auto, the id of a dialect, or the path of a dialect file.
	Dialect string
	DryRun  bool
	Partial bool
	// Strict turns warnings into faults.
	Strict bool
}

// Imported is what became of one file.
type Imported struct {
	File    string
	Receipt ledger.Receipt
	// Again is true where the book held the upload already and nothing was posted.
	Again  bool
	DryRun bool
	// Rejected is true where nothing was posted because of the faults.
	Rejected bool
	// Strict is true where the faults are warnings that strictness does not let pass.
	Strict bool
	// Faults are the obstacles, Warnings what should be looked at.
	Faults, Warnings []table.Fault
	// Header and Bad are the header row and the rows with faults, as they stand in the file.
	Header []string
	Bad    []report.BadRow
}

// Import reads a file, checks it against the book and posts it, or only shows what posting would
// do. With faults it posts nothing and returns a Rejection, unless Partial is set.
func (e *Engine) Import(ctx context.Context, path string, how Import) (Imported, error) {
	data, err := readFile(path)
	if err != nil {
		return Imported{}, err
	}
	return e.Post(ctx, filepath.Base(path), data, how)
}

// attempts is how often a batch is prepared anew because another writer was first.
const attempts = 5

// Post is Import for bytes that are at hand. Where another writer was first, the book is read again
// and the batch prepared anew.
func (e *Engine) Post(ctx context.Context, file string, data []byte, how Import) (Imported, error) {
	for try := 1; ; try++ {
		result, err := e.post(ctx, file, data, how)
		if !errors.Is(err, store.ErrMoved) || try == attempts {
			return result, err
		}
		if err := e.reload(ctx); err != nil {
			return result, err
		}
	}
}

func (e *Engine) post(
	ctx context.Context,
	file string,
	data []byte,
	how Import,
) (Imported, error) {
	result := Imported{File: file, DryRun: how.DryRun}
	sheet, faults := table.Read(file, data)
	dialect, more := e.dialect(sheet, how.Dialect, len(faults) > 0)
	if faults = append(faults, more...); len(faults) > 0 && !readable(sheet, dialect) {
		result.Faults, result.Rejected = faults, true
		return result, &Rejection{Faults: faults}
	}
	source := ledger.Source{File: file, FileDigest: seal.Bytes(data), Partial: how.Partial}
	upload := dialect.Read(sheet, source, intake.Lexicon{
		Catalogue: e.library.Catalogue, Areas: e.library.Areas})
	upload.Faults = append(faults, upload.Faults...)
	if len(upload.Faults)+len(upload.Activities)+len(upload.Entities) == 0 {
		upload.Faults = []table.Fault{{File: file, Code: "file.empty"}}
	}
	batch, found := ledger.Prepare(e.book, upload, ledger.Known{UnitOf: e.unitOf})
	if receipt, again := e.book.Posted(batch.Receipt.Upload); again {
		result.Receipt, result.Again = receipt, true
		return result, nil
	}
	result.sort(found, how.Strict)
	result.collect(sheet, dialect)
	result.Receipt = batch.Receipt
	nothing := batch.Receipt.Posted+batch.Receipt.Registered == 0
	whole := !how.Partial || nothing || hasLostRows(result.Faults)
	if len(result.Faults) > 0 && whole {
		result.Rejected = true
		return result, &Rejection{Faults: result.Faults, Strict: result.Strict}
	}
	if how.DryRun {
		// The next preview of this engine stands on this one, as the next posting would.
		return result, e.book.Commit(batch)
	}
	return result, e.append(ctx, batch)
}

// hasLostRows says whether quoting or header are so damaged that nobody knows which rows and
// columns there are; then nothing can be posted in part.
func hasLostRows(faults []table.Fault) bool {
	return slices.ContainsFunc(faults, func(f table.Fault) bool {
		return f.Code == "file.quote" || strings.HasPrefix(f.Code, "header.")
	})
}

// readable says whether anything of the file can be read beside its faults.
func readable(sheet table.Sheet, dialect intake.Dialect) bool {
	return len(sheet.Rows) > 0 && dialect.ID != ""
}

// dialect settles the dialect of a sheet.
func (e *Engine) dialect(sheet table.Sheet, name string, damaged bool) (
	intake.Dialect, []table.Fault) {
	if name != "" && name != "auto" {
		return e.dialectNamed(sheet, name)
	}
	if damaged && len(sheet.Rows) == 0 {
		return intake.Dialect{}, nil
	}
	dialects, err := intake.Dialects()
	if err != nil {
		return intake.Dialect{}, []table.Fault{{Code: "dialect.rule", Args: []string{err.Error()}}}
	}
	return intake.Recognise(sheet, dialects)
}

func (e *Engine) dialectNamed(sheet table.Sheet, name string) (intake.Dialect, []table.Fault) {
	dialect, err := intake.DialectByID(name)
	if err == nil {
		return dialect, nil
	}
	data, errFile := os.ReadFile(name)
	if errors.Is(errFile, os.ErrNotExist) {
		return intake.Dialect{}, []table.Fault{{File: sheet.File, Code: "dialect.rule",
			Args: []string{err.Error() + ", and there is no file of that name"}}}
	}
	if errFile != nil {
		return intake.Dialect{}, []table.Fault{{File: name, Code: "dialect.rule",
			Args: []string{errFile.Error()}}}
	}
	return intake.ParseDialect(name, data)
}

// sort tells faults from warnings; under strict every warning is a fault.
func (i *Imported) sort(found []table.Fault, strict bool) {
	for _, fault := range found {
		if fault.IsWarning() {
			i.Warnings = append(i.Warnings, fault)
		} else {
			i.Faults = append(i.Faults, fault)
		}
	}
	if strict && len(i.Faults) == 0 && len(i.Warnings) > 0 {
		i.Faults, i.Warnings, i.Strict = i.Warnings, nil, true
	}
}

// collect finds the user's own rows behind the faults.
func (i *Imported) collect(sheet table.Sheet, dialect intake.Dialect) {
	byLine := map[int][]table.Fault{}
	for _, fault := range i.Faults {
		byLine[fault.Line] = append(byLine[fault.Line], fault)
	}
	header := dialect.HeaderLine(sheet)
	for _, row := range sheet.Rows {
		if row.Line == header {
			i.Header = row.Raw()
		}
		if faults := byLine[row.Line]; len(faults) > 0 && row.Line != header {
			i.Bad = append(i.Bad, report.BadRow{Line: row.Line, Cells: row.Raw(), Faults: faults})
		}
	}
}

// append stores a batch and then takes it into the book.
func (e *Engine) append(ctx context.Context, batch ledger.Batch) error {
	before := store.Head{Position: e.book.Position(), Digest: e.book.Head()}
	if err := e.store.Append(ctx, before, store.RecordOf(batch)); err != nil {
		return err
	}
	return e.book.Commit(batch)
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
	batch, err := ledger.Reverse(e.book, id, reason, old.Sums)
	if err != nil {
		return ledger.Receipt{}, err
	}
	if err := e.append(ctx, batch); err != nil {
		return ledger.Receipt{}, err
	}
	e.library, err = libraryOf(e.book)
	return batch.Receipt, err
}

// readFile reads a file whole, up to UploadMax; - is standard input.
func readFile(path string) ([]byte, error) {
	if path == "-" {
		return readAll(os.Stdin, "-")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	if info, err := file.Stat(); err == nil && info.Size() > UploadMax {
		return nil, tooLarge(path, info.Size())
	}
	return readAll(file, path)
}

func readAll(r io.Reader, path string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, UploadMax+1))
	if err != nil {
		return nil, err
	}
	if len(data) > UploadMax {
		return nil, tooLarge(path, int64(len(data)))
	}
	return data, nil
}

func tooLarge(path string, size int64) *Rejection {
	return &Rejection{Faults: []table.Fault{{File: path, Code: "file.too-large",
		Args: []string{fmt.Sprint(size), fmt.Sprint(UploadMax)}}}}
}
