package engine

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"carbonledger/internal/large"
	"carbonledger/internal/store"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/intake/bulk"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/judgement"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// importLarge imports a file that is read in pieces. It returns bulk.ErrPlain where the file has to
// be read whole; nothing has happened then.
func (e *Engine) importLarge(ctx context.Context, file *large.File, how Import) (
	[]Imported, error) {
	u := &upload{Engine: e, how: how,
		file: workbook.File{Name: file.Name, Sheets: []table.Sheet{file.Head}}}
	dialect, faults := u.dialect(file.Head, how, false)
	if dialect.ID == "" || len(faults) > 0 {
		return nil, bulk.ErrPlain
	}
	content, err := file.Read(ctx, large.Way{Dialect: dialect, Lexicon: e.lexicon(),
		Source: u.source(file.Head, dialect), Preview: how.DryRun, Folder: filepath.Dir(e.path),
		Workers: how.Workers, Read: how.Read})
	if err != nil {
		return nil, err
	}
	if how.Ask != nil && file.Size <= WholeMax &&
		slices.ContainsFunc(content.Faults, isQuestion) {
		return nil, errors.Join(bulk.ErrPlain, content.Close())
	}
	u.digest, u.large = content.Source.FileDigest, content
	u.dialectOfLarge = dialect
	err = u.take(ctx)
	var list []Imported
	for _, t := range u.tables {
		list = append(list, t.Imported)
	}
	if err = errors.Join(err, content.Close()); err != nil {
		return list, err
	}
	return list, RejectionOf(list)
}

// isQuestion says whether a fault is one that somebody can be asked about, as is done where all
// rows are at hand. Questions about the head are answered already.
func isQuestion(fault table.Fault) bool { return fault.Code == "commodity.ambiguous" }

// tableOfLarge prepares the batch of a file that was read in pieces.
func (u *upload) tableOfLarge(ctx context.Context) (tabled, error) {
	c := u.large
	t := tabled{Imported: Imported{File: u.file.Name, Dialect: u.dialectOfLarge,
		Source: c.Source, sheet: headOf(u.file.Sheets[0], c.Source)}, blocks: c.Blocks}
	if receipt, again := u.book.Posted(t.Source.Identity()); again {
		t.Receipt, t.Outcome = receipt, Again
		if u.posted[receipt.Upload] {
			t.Outcome = Posted
		}
		return t, nil
	}
	suspects := admission.Suspects(u.book, c.Upload, c.Rows)
	if len(suspects) > 0 && !c.Rising {
		if err := c.Repeats(ctx); err != nil {
			return t, err
		}
		suspects = admission.Suspects(u.book, c.Upload, c.Rows)
	}
	var details []ledger.Activity
	if len(suspects) > 0 {
		var err error
		if details, err = c.Details(ctx, suspects); err != nil {
			return t, err
		}
	}
	documents, failed := u.documentsOf(ctx, ledger.Upload{Activities: details})
	known := admission.Known{UnitOf: u.unitOf, NamesOf: u.namesOf, Documents: documents}
	admitted := admission.PrepareRows(u.book, c.Upload, c.Rows, suspects, details, known)
	if *failed != nil {
		return t, *failed
	}
	if !admitted.Whole && (u.how.Partial ||
		table.Warnings(admitted.Faults) == len(admitted.Faults)) {
		return t, bulk.ErrPlain
	}
	weighed := admitted.Batch
	weighed.Activities = admitted.Apart
	u.settle(&t, admitted.Batch, admitted.Faults, judgement.Weigh(u.book, admitted.Upload, weighed,
		admitted.Tallies, u.library), admitted.Tallies)
	return t, nil
}

// headOf is the head of a sheet down to its header: what goes back to a sender of a large file is
// the header and what is wrong, and not every row.
func headOf(sheet table.Sheet, source ledger.Source) table.Sheet {
	for i, row := range sheet.Rows {
		if row.Line > source.HeaderLine {
			sheet.Rows = sheet.Rows[:i]
			break
		}
	}
	return sheet
}

// largeState is what an upload keeps of a file that is read in pieces.
type largeState struct {
	large          *large.Content
	dialectOfLarge dialects.Dialect
}

// keep stores a batch with its blocks, or those made of its activities.
func (u *upload) keep(ctx context.Context, t *tabled) error {
	if t.blocks == nil {
		return u.Engine.keep(ctx, t.behind, t.batch)
	}
	return u.store.Append(ctx, t.behind, store.RecordWith(t.batch, t.blocks))
}
