package engine

import (
	"context"
	"slices"
	"strings"

	"carbonledger/internal/store"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/form"
	"carbonledger/ledger/judgement"
	"carbonledger/ledger/seal"
	"carbonledger/ledger/tally"
	"carbonledger/table"
)

// table reads one table and prepares its batch behind the book as it stands in memory.
func (u *upload) table(ctx context.Context, sheet table.Sheet) (tabled, error) {
	t := tabled{Imported: Imported{File: u.file.Name, Sheet: sheet.Name, sheet: sheet}}
	known := u.faultsOf(sheet)
	dialect, faults := u.dialect(sheet, u.how, len(known) > 0)
	t.Dialect = dialect
	t.Source = u.source(sheet, dialect)
	if dialect.ID == "" {
		t.sort(append(known, faults...), u.how.Strict)
		t.Outcome, t.why = Rejected, notFitting(faults)
		return t, nil
	}
	if receipt, again := u.book.Posted(t.Source.Identity()); again {
		t.Receipt, t.Outcome = receipt, Again
		if u.posted[receipt.Upload] {
			t.Outcome = Posted
		}
		return t, nil
	}
	content := intake.Read(dialect, sheet, t.Source, intake.Lexicon{
		Catalogue: u.library.Catalogue, Areas: u.library.Areas})
	t.Source, t.why = content.Source, notFitting(content.Faults)
	for _, fault := range slices.Concat(known, faults) {
		if fault.IsWarning() {
			content.Warnings = append(content.Warnings, fault)
		} else {
			content.Faults = append(content.Faults, fault)
		}
	}
	return t, u.weigh(ctx, &t, content)
}

// faultsOf returns what opening the file found about a worksheet; the first one answers for the
// file as a whole.
func (u *upload) faultsOf(sheet table.Sheet) []table.Fault {
	isFirst := sheet.Name == u.file.Sheets[0].Name
	return slices.DeleteFunc(slices.Clone(u.file.Faults), func(f table.Fault) bool {
		return f.Sheet != sheet.Name && !(isFirst && f.Sheet == "")
	})
}

// source says where a table comes from and by what it is read.
func (u *upload) source(sheet table.Sheet, dialect dialects.Dialect) ledger.Source {
	source := ledger.Source{File: u.file.Name, FileDigest: u.digest, Sheet: sheet.Name,
		Encoding: string(sheet.Encoding), Dialect: dialect.ID, DialectDigest: dialect.Digest,
		Partial: u.how.Partial}
	if sheet.Delimiter != 0 {
		source.Delimiter = string(sheet.Delimiter)
	}
	if dialect.ID != "" {
		source.HeaderLine = dialect.HeaderLine(sheet)
	}
	return source
}

// weigh prepares the batch of a table and settles what becomes of it.
func (u *upload) weigh(ctx context.Context, t *tabled, content ledger.Upload) error {
	if len(content.Faults)+len(content.Activities)+len(content.Entities)+
		len(content.Statements)+len(content.Assertions) == 0 {
		content.Faults = []table.Fault{{File: u.file.Name, Code: "file.empty"}}
	}
	documents, failed := u.documentsOf(ctx, content)
	batch, found := admission.Prepare(u.book, content, admission.Known{UnitOf: u.unitOf,
		NamesOf: u.namesOf, Documents: documents})
	if *failed != nil {
		return *failed
	}
	tallies := tally.Of(batch.Activities)
	u.settle(t, batch, found, judgement.Weigh(u.book, content, batch, tallies, u.library), tallies)
	return nil
}

// settle settles what becomes of the batch of a table, of which some things were asked.
func (u *upload) settle(t *tabled, batch ledger.Batch, found, asked []table.Fault,
	tallies tally.Tallies) {
	more := append(asked, admission.Placeless(u.book, batch, tallies)...)
	t.batch = batch.Warned(u.book, table.Warnings(more))
	t.Receipt = t.batch.Receipt
	t.sort(append(found, more...), u.how.Strict)
	news := u.book.IsNews(t.batch)
	whole := !u.how.Partial || !news || hasLostRows(t.Faults) || hasLostHeader(t.Faults)
	switch {
	case len(t.Faults) > 0 && whole:
		t.Outcome = Rejected
	case !news:
		t.Outcome = Unchanged
	default:
		t.Outcome, t.state = Preview, ready
		t.behind = store.Head{Position: u.book.Position(), Digest: u.book.Head()}
		return
	}
	t.Receipt = unposted(t.Receipt)
}

// unposted is the receipt of a batch that does not come about: what was counted, and no place in
// the book.
func unposted(r ledger.Receipt) ledger.Receipt {
	r.ID, r.Position, r.Head, r.Batch = "", 0, seal.Digest{}, seal.Digest{}
	return r
}

// losing are the beginnings of the codes of faults after which nobody knows which rows there are.
var losing = []string{"file.", "archive.", "row.long", "row.columns"}

// hasLostRows says whether the file is so damaged that rows of it cannot be told.
func hasLostRows(faults []table.Fault) bool {
	return slices.ContainsFunc(faults, func(f table.Fault) bool {
		return slices.ContainsFunc(losing, func(begin string) bool {
			return strings.HasPrefix(f.Code, begin)
		})
	})
}

// hasLostHeader says whether nobody knows which columns there are.
func hasLostHeader(faults []table.Fault) bool {
	return slices.ContainsFunc(faults, func(f table.Fault) bool {
		return strings.HasPrefix(f.Code, "header.")
	})
}

// sort tells faults from warnings and notes; under strict every warning is a fault.
func (i *Imported) sort(found []table.Fault, strict bool) {
	for _, fault := range found {
		if fault.Code != "sheet.hidden" {
			fault.Sheet = i.Sheet
		}
		fault = i.headed(fault)
		switch fault.Level() {
		case table.LevelNote:
			i.Notes = append(i.Notes, fault)
		case table.LevelWarning:
			i.Warnings = append(i.Warnings, fault)
		default:
			i.Faults = append(i.Faults, fault)
		}
	}
	if strict && len(i.Faults) == 0 && len(i.Warnings) > 0 {
		i.Faults, i.Warnings, i.Strict = i.Warnings, nil, true
	}
}

// headed gives a fault that names a field the header of its column, or says that it has none, so
// that its place is told in the sender's own words.
func (i *Imported) headed(f table.Fault) table.Fault {
	if f.Field == "" || f.Header != "" || f.Given {
		return f
	}
	for _, m := range i.Source.Mapping {
		if m.Column == f.Column {
			f.Header = m.Header
		}
	}
	f.Given = f.Header == ""
	return f
}

// notFitting returns the faults that say that a table has not the columns of a dialect.
func notFitting(faults []table.Fault) []table.Fault {
	var why []table.Fault
	for _, fault := range faults {
		if fault.Code == "dialect.none" || fault.Code == "header.missing" {
			why = append(why, fault)
		}
	}
	return why
}

// unfit says whether the table fits no dialect.
func (t *tabled) unfit() bool { return len(t.why) > 0 }

// nearness ranks worksheets that fit no dialect: the one with the most cells is what the workbook
// was sent for.
func (t *tabled) nearness() (cells int) {
	for _, row := range t.sheet.Rows {
		cells += len(row.Cells)
	}
	return cells
}

// coverCells is up to how many cells the rows of a cover sheet have: a title, a name and its value.
const coverCells = 2

// isCover says whether no row of the sheet has as many cells as a table has.
func (t *tabled) isCover() bool {
	return !slices.ContainsFunc(t.sheet.Rows, func(row table.Row) bool {
		cells := 0
		for _, cell := range row.Cells {
			if cell.Text != "" && !cell.Spread {
				cells++
			}
		}
		return cells > coverCells
	})
}

// lacks names the columns that the table lacks of the dialect that comes nearest.
func (t *tabled) lacks() string { return t.why[0].Args[len(t.why[0].Args)-1] }

// skip leaves the worksheet out with a warning; under strict that is a fault.
func (t *tabled) skip(strict bool) {
	nearest := t.Dialect.ID
	if t.why[0].Code == "dialect.none" {
		nearest = t.why[0].Args[0]
	}
	t.Outcome, t.Receipt = Skipped, ledger.Receipt{}
	t.Faults, t.Warnings, t.Notes = nil, nil, nil
	if form.IsNotes(t.Sheet) || t.isCover() {
		return // Notes the program wrote itself beside an empty form, and covers, hold no figures.
	}
	t.sort([]table.Fault{{File: t.File, Code: "sheet.skipped", Cell: t.Sheet,
		Args: []string{nearest, t.lacks()}}}, strict)
	if t.Strict {
		t.Outcome = Rejected
	}
}
