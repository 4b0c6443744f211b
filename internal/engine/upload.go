package engine

import (
	"context"
	"errors"
	"slices"

	"carbonledger/internal/report"
	"carbonledger/internal/store"
	"carbonledger/ledger"
	"carbonledger/ledger/seal"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// upload is one file on its way into the book.
type upload struct {
	*Engine
	file   workbook.File
	digest seal.Digest
	how    Import
	tables []tabled
	largeState
	// posted are the uploads that this one posted itself before another writer was first.
	posted map[seal.Digest]bool
	told   bool
}

// state is how far the batch of a table is.
type state int

const (
	// done: stored, or nothing to store.
	done state = iota
	// ready to be stored; ahead: ready, and in the book in memory already.
	ready
	ahead
)

// tabled is a table of the upload with the batch it becomes.
type tabled struct {
	Imported
	batch  ledger.Batch
	behind store.Head
	state  state
	// blocks are those of the batch where they were made with it.
	blocks store.Source
	// why are the faults for which the sheet fits no dialect.
	why []table.Fault
}

// attempts is how often a file is prepared anew because another writer was first, beside once for
// each of its worksheets.
const attempts = 5

// take prepares and posts the file. Where another writer was first, the book is read again and the
// rest of the file prepared anew.
func (u *upload) take(ctx context.Context) error {
	u.posted = map[seal.Digest]bool{}
	for try := 1; ; try++ {
		before := len(u.ahead)
		err := u.prepare(ctx)
		switch {
		case err == nil && u.isRejected() && !u.how.Partial:
			u.hold()
			return u.goBack(ctx, before)
		case err == nil && u.how.DryRun:
			// The next preview of this engine stands on this one, as the next posting would.
			return u.goAheadWith(len(u.tables))
		case err == nil:
			err = u.post(ctx)
		}
		if err == nil {
			return nil
		}
		u.hold()
		if !errors.Is(err, store.ErrMoved) || try == attempts+len(u.file.Sheets) {
			return errors.Join(err, u.goBack(ctx, before))
		}
		u.ahead = nil
		if err := u.reload(ctx); err != nil {
			return err
		}
	}
}

// prepare reads every table of the file against the book and the tables before it.
func (u *upload) prepare(ctx context.Context) error {
	u.tables = nil
	if u.large != nil {
		t, err := u.tableOfLarge(ctx)
		if err != nil {
			return err
		}
		u.tables = append(u.tables, t)
		u.tellTables()
		return nil
	}
	for i, sheet := range u.file.Sheets {
		if err := errors.Join(ctx.Err(), u.goAheadWith(i)); err != nil {
			return err
		}
		t, err := u.table(ctx, report.WithoutRemarks(sheet))
		if err != nil {
			return err
		}
		u.tables = append(u.tables, t)
	}
	if len(u.tables) == 0 {
		u.tables = []tabled{u.tableless()}
	}
	u.pass()
	u.tellTables()
	return nil
}

// tellTables tells once how the tables were understood.
func (u *upload) tellTables() {
	if u.how.Tell != nil && !u.told {
		for _, t := range u.tables {
			u.how.Tell(t.Imported)
		}
	}
	u.told = true
}

// tableless is what becomes of a file that holds no table. One that only a warning is said of, such
// as the letter beside the tables of an archive, was not read and keeps nothing out.
func (u *upload) tableless() tabled {
	t := tabled{Imported: Imported{File: u.file.Name, Outcome: Rejected}}
	t.sort(u.file.Faults, u.how.Strict)
	switch {
	case len(t.Faults) > 0:
	case len(t.Warnings)+len(t.Notes) > 0:
		t.Outcome = Skipped
	default:
		t.Faults = []table.Fault{{File: u.file.Name, Code: "file.empty"}}
	}
	return t
}

// goAheadWith takes the batches of the first tables into the book in memory, so that the next
// worksheet stands on them.
func (u *upload) goAheadWith(tables int) error {
	for i := range u.tables[:tables] {
		if t := &u.tables[i]; t.state == ready {
			if err := u.goAhead(t.batch); err != nil {
				return err
			}
			t.state = ahead
		}
	}
	return nil
}

// post stores the batches that are ready, and takes those into the book in memory that are not
// there yet: what is stored stands even where the next one cannot be.
func (u *upload) post(ctx context.Context) error {
	for i := range u.tables {
		t := &u.tables[i]
		if t.state == done {
			continue
		}
		if err := u.keep(ctx, t); err != nil {
			return err
		}
		u.posted[t.batch.Receipt.Upload] = true
		t.Outcome = Posted
		if t.state == ahead {
			u.ahead = u.ahead[1:]
		} else if err := u.commit(t.batch); err != nil {
			return err
		}
		t.state = done
	}
	return nil
}

// isRejected says whether a table of the file is rejected.
func (u *upload) isRejected() bool {
	return slices.ContainsFunc(u.tables, func(t tabled) bool { return t.Outcome == Rejected })
}

// hold marks what is not posted because of something else.
func (u *upload) hold() {
	for i := range u.tables {
		if t := &u.tables[i]; t.state != done {
			t.Outcome, t.state, t.Receipt = Held, done, unposted(t.Receipt)
		}
	}
}

// pass skips worksheets that fit no dialect where another one fits; where none does, the one that
// comes nearest says what is missing.
func (u *upload) pass() {
	fits := slices.ContainsFunc(u.tables, func(t tabled) bool { return !t.unfit() })
	nearest := -1
	for i := range u.tables {
		t := &u.tables[i]
		if !t.unfit() || len(u.tables) == 1 {
			continue
		}
		if nearest < 0 || t.nearness() > u.tables[nearest].nearness() {
			nearest = i
		}
		t.skip(u.how.Strict)
	}
	if !fits && nearest >= 0 {
		t := &u.tables[nearest]
		t.Outcome, t.Faults, t.Warnings, t.Notes = Rejected, t.why, nil, nil
	}
}
