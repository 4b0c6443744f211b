// Package form writes tables in the form of a dialect: activities the way the enterprise would have
// reported them, and empty forms to be filled in.
//
// It has no format of its own. A dialect says how a table is read, and the writer turns that round:
// for every figure it looks for the column whose reading would give just this figure, and for the
// cells the row needs beside it. What is written is read again with the same dialect before it is
// returned, so that a table that would say anything else is never handed out.
package form

import (
	"errors"
	"fmt"
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// ErrForm is returned for what a form has no place for.
var ErrForm = errors.New("the form has no place for it")

// Write puts the activities, stock counts, statements and entities of an upload into the form of a
// dialect, one sheet for each content of the lines above the header. Reading the sheets with the
// dialect gives the same flows, numbers and documents; lines may differ. What the dialect cannot
// say is an ErrForm that names it.
func Write(d dialects.Dialect, u ledger.Upload, lexicon intake.Lexicon) ([]table.Sheet, error) {
	w := newWriter(d, u, lexicon)
	for _, item := range itemsOf(u) {
		if err := w.add(item); err != nil {
			return nil, err
		}
	}
	for _, entity := range u.Entities {
		if err := w.register(entity); err != nil {
			return nil, err
		}
	}
	var sheets []table.Sheet
	for i, p := range w.cut() {
		file := fmt.Sprintf("%s-%d.csv", d.ID, i+1)
		sheets = append(sheets, table.NewSheet(file, w.render(p)))
	}
	return sheets, w.prove(u, sheets)
}

// prove reads what was written and finds the first thing that would be lost or added.
func (w *writer) prove(u ledger.Upload, sheets []table.Sheet) error {
	var back ledger.Upload
	for _, sheet := range sheets {
		read := intake.Read(w.dialect, sheet, ledger.Source{File: sheet.File}, w.lexicon)
		for _, fault := range read.Faults {
			return fmt.Errorf("%w: %s: %w", ErrForm, w.dialect.ID, fault)
		}
		back.Activities = append(back.Activities, read.Activities...)
		back.Assertions = append(back.Assertions, read.Assertions...)
		back.Statements = append(back.Statements, read.Statements...)
		back.Entities = append(back.Entities, read.Entities...)
	}
	back.Entities = slices.DeleteFunc(back.Entities, func(e ledger.Entity) bool {
		return e.IsArea() && !slices.ContainsFunc(u.Entities,
			func(known ledger.Entity) bool { return known.ID == e.ID })
	})
	want, got := Content(u), Content(back)
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(got) || i < len(want) && want[i] < got[i]:
			return fmt.Errorf("%w: %s would lose %s", ErrForm, w.dialect.ID, want[i])
		case i >= len(want) || got[i] < want[i]:
			return fmt.Errorf("%w: %s would also say %s", ErrForm, w.dialect.ID, got[i])
		}
	}
	return nil
}

// Content lists what an upload says in the form of ledger.Upload.Lines, sorted and without the
// lines of the file: uploads with equal content say the same. An entity that several sheets
// register alike stands once.
func Content(u ledger.Upload) []string {
	var bare ledger.Upload
	for _, a := range u.Activities {
		a.Line = 0
		bare.Activities = append(bare.Activities, a)
	}
	for _, c := range u.Assertions {
		c.Line = 0
		bare.Assertions = append(bare.Assertions, c)
	}
	for _, s := range u.Statements {
		s.Line = 0
		bare.Statements = append(bare.Statements, s)
	}
	for _, e := range u.Entities {
		e.Line = 0
		if !slices.Contains(bare.Entities, e) {
			bare.Entities = append(bare.Entities, e)
		}
	}
	lines := bare.Lines(func(string) string { return "" })
	slices.Sort(lines)
	return lines
}
