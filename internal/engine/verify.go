package engine

import (
	"context"
	"encoding/json"

	"carbonledger/internal/proof"
	"carbonledger/internal/report"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/seal"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// Evidence is the file that a receipt was given for.
type Evidence struct {
	Name string
	Data []byte
	// Dialect is a dialect file where the upload was read by one that is none of the program's.
	Dialect string
}

// OpenEvidence reads the file.
func OpenEvidence(path, dialect string) (*Evidence, error) {
	data, err := ReadFile(path)
	return &Evidence{path, data, dialect}, err
}

// Verify proves a receipt against the book: that the book gave it at that position with the same
// words, that the digests are those of the stored rows and the chain, that the rows add up to the
// totals, and that the batch still stands. With the file it proves that these are the bytes and
// that reading them again gives the stored rows.
func (e *Engine) Verify(ctx context.Context, text json.RawMessage, file *Evidence) (
	report.Verified, error) {
	v, known, err := proof.Begin(text, e.book.Receipts(), e.unitOf)
	switch {
	case err != nil && v == nil:
		return report.Verified{}, err
	case err != nil || !known:
		return v.Result, err
	}
	batch, _, err := e.archive().Prove(ctx, v.Held.Position)
	if err != nil {
		return v.Result, err
	}
	v.Rows(batch)
	if file != nil {
		err = e.compareFile(ctx, v, *file)
	}
	return v.Result, err
}

// compareFile looks for the bytes of the upload in a file or archive and reads them again.
func (e *Engine) compareFile(ctx context.Context, v *proof.Proof, file Evidence) error {
	held := v.Held
	if seal.Bytes(file.Data) == held.FileDigest && held.Dialect == "factors" {
		return nil
	}
	for _, member := range workbook.Open(file.Name, file.Data) {
		if seal.Bytes(member.Data) != held.FileDigest {
			continue
		}
		for _, sheet := range member.Sheets {
			if sheet = report.WithoutRemarks(sheet); sheet.Name != held.Sheet {
				continue
			}
			dialect, ok := e.dialectOf(held, file.Dialect)
			if !ok {
				v.Note("verify.unread", held.Dialect)
				return nil
			}
			content := intake.Read(dialect, sheet, ledger.Source{File: held.File}, intake.Lexicon{
				Catalogue: e.library.Catalogue, Areas: e.library.Areas})
			return v.Reread(content.Activities, func(yield func([]ledger.Activity)) error {
				return e.archive().Rows(ctx, held.Position, yield)
			})
		}
	}
	v.Find("verify.file", file.Name, seal.Bytes(file.Data).String(), held.FileDigest.String())
	return nil
}

// dialectOf finds the dialect a receipt names by its digest: among those of the program, or in the
// file given.
func (e *Engine) dialectOf(held ledger.Receipt, name string) (dialects.Dialect, bool) {
	if name == "" {
		name = held.Dialect
	}
	dialect, faults := e.dialectNamed(table.Sheet{File: held.File}, name)
	return dialect, len(faults) == 0 && dialect.Digest == held.DialectDigest
}
