// Package admission checks an upload against the book and makes the batch it would be: what the
// book has already, what clashes with it, what a file says twice, and stocks that do not balance.
//
// It changes nothing. A batch that is thrown away was a preview.
package admission

import (
	"fmt"
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Known is what Prepare asks others.
type Known struct {
	// UnitOf returns the symbol of the book unit of a commodity.
	UnitOf func(commodity string) string
	// NamesOf returns the names of a commodity in Chinese and English; nil leaves its id.
	NamesOf func(commodity string) (zh, en string)
	// Documents returns the numbers of the documents behind a flow of the book, with an empty text
	// for rows without one. nil stands for a book whose rows nobody can open.
	Documents func(ledger.Flow) []string
}

// Prepare checks an upload against the book and makes the batch it would be. It changes nothing:
// thrown away, the batch was a preview, with the digests the posting would have.
//
// It returns every fault; the batch is usable where there is none, or under Partial, where it holds
// the rows without faults.
func Prepare(b *ledger.Book, u ledger.Upload, known Known) (ledger.Batch, []table.Fault) {
	p := newPreparation(b, u, known)
	p.admitAll()
	batch := ledger.Batch{
		Activities: p.admitted,
		Assertions: p.upload.Assertions,
		Statements: p.upload.Statements,
		Entities:   p.upload.Entities,
		Registers:  u.Source.Registers,
		Cumulative: u.Source.Cumulative,
	}
	batch.Sums = ledger.SumsOf(batch.Activities)
	batch.Receipt = p.receipt(batch, known.UnitOf)
	return batch, sorted(append(p.faults, p.warnings...))
}

// newPreparation leaves out what intake found faults in.
func newPreparation(b *ledger.Book, u ledger.Upload, known Known) *preparation {
	p := &preparation{book: b, known: known, upload: u, faults: withoutFormulas(u.Faults),
		seen: map[ledger.Flow][]ledger.Activity{}, entities: map[string]bool{},
		totals: map[ledger.Flow]ledger.Sum{}}
	p.drop()
	for _, entity := range p.upload.Entities {
		p.entities[entity.ID] = true
	}
	return p
}

// admitAll looks at every activity that is left.
func (p *preparation) admitAll() {
	for _, sum := range ledger.SumsOf(p.upload.Activities) {
		p.totals[sum.Flow] = sum
	}
	for _, activity := range p.upload.Activities {
		p.admit(activity)
	}
	p.whole()
	p.balance()
}

// withoutFormulas leaves out what is said of a cell besides that its formula has no result.
func withoutFormulas(faults []table.Fault) []table.Fault {
	type cell struct{ line, column int }
	formulas := map[cell]bool{}
	for _, f := range faults {
		if f.Code == "cell.formula" {
			formulas[cell{f.Line, f.Column}] = true
		}
	}
	return slices.DeleteFunc(slices.Clone(faults), func(f table.Fault) bool {
		return f.Code != "cell.formula" && strings.HasPrefix(f.Code, "cell.") &&
			formulas[cell{f.Line, f.Column}]
	})
}

// preparation is the state of one Prepare.
type preparation struct {
	book     *ledger.Book
	known    Known
	upload   ledger.Upload
	admitted []ledger.Activity
	// moved and counted are what stocks are compared by: also what the lost rows say.
	moved   []ledger.Activity
	counted []ledger.Assertion
	// refused are the activities kept out by what the book or the file has.
	refused []ledger.Activity
	// unchanged counts the rows the book has already.
	unchanged int
	seen      map[ledger.Flow][]ledger.Activity
	// totals are the sums of the upload itself.
	totals map[ledger.Flow]ledger.Sum
	// spans are the whole times of the rows of the upload.
	spans            map[rowKey]quantity.Period
	entities         map[string]bool
	faults, warnings []table.Fault
}

// rowKey names what a row says of one account.
type rowKey struct {
	line    int
	account ledger.Flow
}

// drop leaves out every row that intake found a fault in.
func (p *preparation) drop() {
	bad := map[int]bool{}
	for _, fault := range p.upload.Faults {
		bad[fault.Line] = true
	}
	p.warnings = slices.Clone(p.upload.Warnings)
	badActivity := func(a ledger.Activity) bool { return bad[a.Line] }
	badAssertion := func(a ledger.Assertion) bool { return bad[a.Line] }
	p.moved = slices.DeleteFunc(slices.Clone(p.upload.Activities), badActivity)
	p.counted = slices.DeleteFunc(slices.Clone(p.upload.Assertions), badAssertion)
	for _, line := range p.upload.Lost {
		bad[line] = true
	}
	p.upload.Activities = slices.DeleteFunc(slices.Clone(p.upload.Activities), badActivity)
	p.upload.Assertions = slices.DeleteFunc(slices.Clone(p.upload.Assertions), badAssertion)
	p.upload.Statements = slices.DeleteFunc(slices.Clone(p.upload.Statements),
		func(s ledger.Statement) bool { return bad[s.Line] })
	p.upload.Entities = slices.DeleteFunc(p.registered(bad), func(e ledger.Entity) bool {
		known, ok := p.book.Entity(e.ID)
		return bad[e.Line] || ok && (!p.upload.Source.Registers || known.Same(e))
	})
}

// registered are the entities of the upload, each at a row of its own that stays where its first
// one is left out: what that row says of the figures is wrong, and not who it is of.
func (p *preparation) registered(bad map[int]bool) []ledger.Entity {
	entities := slices.Clone(p.upload.Entities)
	for i, e := range entities {
		if !bad[e.Line] {
			continue
		}
		at := slices.IndexFunc(p.upload.Activities, func(a ledger.Activity) bool {
			return a.Entity == e.ID
		})
		if at >= 0 {
			entities[i].Line = p.upload.Activities[at].Line
		}
	}
	return entities
}

// receipt counts the batch and fixes it.
func (p *preparation) receipt(batch ledger.Batch, unitOf func(string) string) ledger.Receipt {
	source := p.upload.Source
	r := ledger.Receipt{Position: p.book.Position() + 1, Upload: source.Identity(),
		File:       source.File,
		FileDigest: source.FileDigest, Dialect: source.Dialect,
		DialectDigest: source.DialectDigest, Encoding: source.Encoding,
		Sheet: source.Sheet, Delimiter: source.Delimiter, HeaderLine: source.HeaderLine,
		Mapping: source.Mapping, Unchanged: p.unchanged, Stated: len(batch.Statements),
		Cumulative: batch.Cumulative, Registered: len(batch.Entities),
		Warnings: table.Warnings(p.warnings)}
	r.Rejected, r.Reasons = p.rejected()
	r.Posted, r.Absent = batch.Counts()
	r.Totals = ledger.TotalsOf(batch, unitOf)
	return ledger.Sealed(p.book, r, batch)
}

// sorted puts faults in the order of the file, each once: a row that moves the same amount twice
// (bought and used) says the same twice.
func sorted(faults []table.Fault) []table.Fault {
	slices.SortStableFunc(faults, func(a, b table.Fault) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	told := map[string]bool{}
	return slices.DeleteFunc(faults, func(f table.Fault) bool {
		key := fmt.Sprintf("%+v", f)
		twice := told[key]
		told[key] = true
		return twice
	})
}
