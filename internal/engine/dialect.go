package engine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/learn"
	"carbonledger/ledger/seal"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// dialect settles the dialect of a sheet, with everything that is in doubt about its columns
// answered as far as anybody answers.
func (e *Engine) dialect(sheet table.Sheet, how Import, damaged bool) (
	dialects.Dialect, []table.Fault) {
	var d dialects.Dialect
	var faults []table.Fault
	switch {
	case how.Dialect != "" && how.Dialect != "auto":
		d, faults = e.dialectNamed(sheet, how.Dialect)
		d = d.With(how.Columns...)
	case damaged && len(sheet.Rows) == 0:
		return dialects.Dialect{}, nil
	default:
		d, faults = e.recognise(sheet, how)
	}
	if d.ID == "" {
		return d, faults
	}
	return d.Settle(sheet, e.lexicon().Catalogue, how.Ask), faults
}

func (e *Engine) lexicon() intake.Lexicon {
	return intake.Lexicon{Catalogue: e.library.Catalogue, Areas: e.library.Areas}
}

// recognise looks for the dialect of a sheet: those learned for the sender go first, then any
// learned one whose header the sheet has to the letter, then those of the program.
func (e *Engine) recognise(sheet table.Sheet, how Import) (dialects.Dialect, []table.Fault) {
	known, err := dialects.All()
	if err != nil {
		return dialects.Dialect{}, []table.Fault{{Code: "dialect.rule",
			Args: []string{err.Error()}}}
	}
	own, faults := e.learned(sheet, how)
	if len(own) == 1 || len(faults) > 0 {
		return first(own), faults
	}
	if len(own) > 1 {
		return dialects.Recognise(sheet, own, how.Ask)
	}
	for i := range known {
		known[i] = known[i].With(how.Columns...)
	}
	return dialects.Recognise(sheet, known, how.Ask)
}

func first(list []dialects.Dialect) dialects.Dialect {
	if len(list) == 0 {
		return dialects.Dialect{}
	}
	return list[0]
}

// learned returns the learned dialects that fit a sheet exactly. Without a sender, one that was
// learned for a sender and takes the whole file as that of a fixed entity is used only where
// somebody says that it is: two enterprises may have the same columns.
func (e *Engine) learned(sheet table.Sheet, how Import) ([]dialects.Dialect, []table.Fault) {
	var fits []dialects.Dialect
	var owners []ledger.Learned
	for _, l := range e.book.Dialects() {
		d, faults := dialects.Parse(l.ID, []byte(l.Text))
		if len(faults) > 0 {
			return nil, faults
		}
		d = d.With(how.Columns...)
		if how.Sender != "" && l.Sender != how.Sender || !d.FitsExactly(sheet) ||
			slices.ContainsFunc(fits, func(f dialects.Dialect) bool {
				return f.Digest == d.Digest
			}) {
			continue
		}
		fits, owners = append(fits, d), append(owners, l)
	}
	if len(fits) != 1 || how.Sender != "" || owners[0].Sender == "" ||
		fits[0].Constant["entity"] == "" {
		return fits, nil
	}
	q := dialects.Question{Fault: table.Fault{File: sheet.File, Sheet: sheet.Name,
		Code: "dialect.sender", Args: []string{fits[0].ID, owners[0].Sender,
			fits[0].Constant["entity"]}},
		Candidates: []dialects.Words{
			{EN: "the file is one of " + fits[0].Constant["entity"],
				ZH: "该文件是" + fits[0].Constant["entity"] + "的数据"},
			{EN: "it is not", ZH: "不是"}}}
	if how.Ask != nil {
		choice, ok := how.Ask(q)
		if ok && choice == 0 {
			return fits, nil
		}
		if ok {
			return nil, nil
		}
	}
	return nil, []table.Fault{q.Fault}
}

func (e *Engine) dialectNamed(sheet table.Sheet, name string) (dialects.Dialect, []table.Fault) {
	d, faults := e.DialectNamed(name)
	for i := range faults {
		if faults[i].File == "" {
			faults[i].File = sheet.File
		}
	}
	if len(faults) == 0 && !d.TakesSheet(sheet.Name) {
		faults = []table.Fault{{File: sheet.File, Code: "dialect.none",
			Args: []string{d.ID, d.Sheets}}}
		d = dialects.Dialect{}
	}
	return d, faults
}

// DialectNamed returns a dialect of the program by its id, a learned one of the book by its id (the
// one learned last), or the one in the file of that name.
func (e *Engine) DialectNamed(name string) (dialects.Dialect, []table.Fault) {
	d, err := dialects.ByID(name)
	if err == nil {
		return d, nil
	}
	for _, l := range slices.Backward(e.book.Dialects()) {
		if l.ID == name {
			return dialects.Parse(name, []byte(l.Text))
		}
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return dialects.Dialect{}, []table.Fault{{File: name, Code: "dialect.rule",
			Args: []string{err.Error()}}}
	}
	return dialects.Parse(name, data)
}

// DialectText returns the text of a dialect of the program or of the book, or
// dialects.ErrUnknown.
func (e *Engine) DialectText(id string) ([]byte, error) {
	for _, l := range slices.Backward(e.book.Dialects()) {
		if l.ID == id {
			return []byte(l.Text), nil
		}
	}
	text, err := dialects.Text(id)
	if errors.Is(err, dialects.ErrUnknown) {
		return nil, NoDialect(id, e.book.Dialects())
	}
	return text, err
}

// NoDialect is dialects.ErrUnknown with what dialects there are, learned ones among them.
func NoDialect(name string, learned []ledger.Learned) error {
	known, err := dialects.All()
	if err != nil {
		return err
	}
	var ids []string
	for _, d := range known {
		ids = append(ids, d.ID)
	}
	for _, l := range learned {
		if !slices.Contains(ids, l.ID) {
			ids = append(ids, l.ID)
		}
	}
	return &report.Error{Key: "dialect.unknown", Err: dialects.ErrUnknown,
		Args: []string{name, strings.Join(ids, ", ")}}
}

// hasDialect returns an error where a name is neither that of a dialect nor of a file.
func (e *Engine) hasDialect(name string) error {
	if name == "" || name == "auto" {
		return nil
	}
	if _, err := os.Stat(name); !errors.Is(err, os.ErrNotExist) {
		return nil
	}
	_, err := e.DialectText(name)
	return err
}

// Lesson says how to learn a dialect.
type Lesson struct {
	// Sender is who sends files of this kind; ID the id of the dialect, empty for one made of the
	// header.
	Sender, ID string
	// Answer is asked what the sample does not say; nil where nobody can be asked.
	Answer learn.Answer
}

// Learned is a dialect that was learned, with the proof on its sample.
type Learned struct {
	Dialect dialects.Dialect
	Text    string
	Receipt ledger.Receipt
	// Again is true where the book has the same dialect for this sender already.
	Again bool
	// Proof is what the dialect reads from the sample.
	Proof ledger.Upload
}

// Learn learns a dialect from a file, proves it on the file and keeps it in the book. The figures
// of the file are not posted.
func (e *Engine) Learn(ctx context.Context, path string, how Lesson) (Learned, error) {
	data, err := ReadFile(path)
	if err != nil {
		return Learned{}, err
	}
	sheet, faults := sampleOf(filepath.Base(path), data)
	if len(faults) > 0 {
		return Learned{}, &Rejection{Faults: faults}
	}
	known, err := dialects.All()
	if err != nil {
		return Learned{}, err
	}
	if slices.ContainsFunc(known, func(d dialects.Dialect) bool { return d.ID == how.ID }) {
		return Learned{}, &Rejection{Faults: []table.Fault{{Code: "learn.id", Cell: how.ID}}}
	}
	text, open, faults := learn.Learn(learn.Sample{Sheet: sheet, ID: how.ID, Known: known,
		Lexicon: e.lexicon()}, how.Answer)
	for _, prompt := range open {
		faults = append(faults, table.Fault{File: sheet.File, Code: "learn.open",
			Args: []string{prompt.EN, prompt.ZH}})
	}
	if len(faults) > 0 {
		return Learned{}, &Rejection{Faults: faults}
	}
	return e.keepDialect(ctx, sheet, text, how)
}

// sampleOf opens the first sheet of a file.
func sampleOf(name string, data []byte) (table.Sheet, []table.Fault) {
	var faults []table.Fault
	for _, file := range workbook.Open(name, data) {
		for _, sheet := range file.Sheets {
			return sheet, nil
		}
		faults = append(faults, file.Faults...)
	}
	if len(faults) == 0 {
		faults = []table.Fault{{File: name, Code: "file.empty"}}
	}
	return table.Sheet{}, faults
}

// keepDialect proves a learned dialect on its sample and puts it into the book.
func (e *Engine) keepDialect(ctx context.Context, sheet table.Sheet, text string, how Lesson) (
	Learned, error) {
	d, faults := dialects.Parse("learned.toml", []byte(text))
	if len(faults) > 0 {
		return Learned{}, fmt.Errorf("the learned dialect is faulty: %w", faults[0])
	}
	result := Learned{Dialect: d, Text: text}
	result.Proof = intake.Read(d, sheet, ledger.Source{File: sheet.File}, e.lexicon())
	if len(result.Proof.Activities)+len(result.Proof.Entities)+len(result.Proof.Assertions) == 0 {
		faults := append([]table.Fault{{File: sheet.File, Code: "learn.nothing"}},
			result.Proof.Faults...)
		return result, &Rejection{Faults: faults}
	}
	learned := ledger.Learned{ID: d.ID, Sender: how.Sender, Text: text,
		Header: d.HeaderKey(sheet)}
	if slices.Contains(e.book.Dialects(), learned) {
		result.Again = true
		return result, nil
	}
	source := ledger.Source{File: sheet.File, FileDigest: seal.Bytes([]byte(text)),
		Dialect: "dialect"}
	batch := ledger.AddDialect(e.book, source, learned)
	result.Receipt = batch.Receipt
	return result, e.append(ctx, batch)
}
