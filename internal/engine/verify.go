package engine

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"carbonledger/internal/report"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

// ErrNotHeld is returned where a receipt does not hold against the book.
var ErrNotHeld = errors.New("a receipt does not hold")

// ErrNoReceipt is returned for a file that holds no receipts.
var ErrNoReceipt = errors.New("not a file of receipts; import --receipt writes one")

// ReadReceipts cuts a file into the texts of its receipts: one JSON object after the other, or the
// answer of `receipts --output json` with the receipts among its records.
func ReadReceipts(data []byte) ([]json.RawMessage, error) {
	var texts []json.RawMessage
	decoder := json.NewDecoder(bytes.NewReader(data))
	for {
		var text json.RawMessage
		err := decoder.Decode(&text)
		if errors.Is(err, io.EOF) {
			break
		}
		var answer struct {
			Records []json.RawMessage `json:"records"`
		}
		if err != nil || json.Unmarshal(text, &answer) != nil {
			return nil, ErrNoReceipt
		}
		if len(answer.Records) > 0 {
			texts = append(texts, answer.Records...)
			continue
		}
		texts = append(texts, text)
	}
	if len(texts) == 0 {
		return nil, ErrNoReceipt
	}
	return texts, nil
}

// Evidence is the file that a receipt was given for.
type Evidence struct {
	Name string
	Data []byte
	// Dialect is a dialect file where the upload was read by one that is none of the program's.
	Dialect string
}

// OpenEvidence reads the file.
func OpenEvidence(path, dialect string) (*Evidence, error) {
	data, err := readFile(path)
	return &Evidence{path, data, dialect}, err
}

// Verify proves a receipt against the book: that the book gave it at that position with the same
// words, that the digests are those of the stored rows and the chain, that the rows add up to the
// totals, and that the batch still stands. With the file it proves that these are the bytes and
// that reading them again gives the stored rows.
func (e *Engine) Verify(ctx context.Context, text json.RawMessage, file *Evidence) (
	report.Verified, error) {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(text, &given); err != nil {
		return report.Verified{}, ErrNoReceipt
	}
	v := verification{unitOf: e.unitOf,
		result: report.Verified{ID: unquoted(given["receipt"])}}
	held, ok := e.nearest(given)
	if !ok {
		v.find("verify.unknown")
		return v.result, nil
	}
	v.result.ID, v.result.File, v.result.Position = held.ID, held.File, held.Position
	v.compare(held, text, given)
	if err := v.chain(e.book.Receipts(), held); err != nil {
		return v.result, err
	}
	batch, err := e.batch(ctx, held.Position)
	if err != nil {
		return v.result, err
	}
	if err := batch.Verify(); err != nil {
		return v.result, err
	}
	v.rows(batch)
	for _, r := range e.book.Receipts() {
		if r.Reverses == held.Position {
			v.find("verify.reversed", r.ID, strconv.Itoa(r.Position), r.Reason)
		}
	}
	if file != nil {
		e.compareFile(&v, batch, *file)
	}
	return v.result, nil
}

// nearest returns the receipt of the book that shares most of id, head and batch digest with the
// given one, so that a receipt of which one was changed is still known.
func (e *Engine) nearest(given map[string]json.RawMessage) (ledger.Receipt, bool) {
	var best ledger.Receipt
	most := 0
	for _, r := range e.book.Receipts() {
		same := 0
		for key, text := range map[string]string{"receipt": r.ID, "head": r.Head.String(),
			"batch": r.Batch.String()} {
			if unquoted(given[key]) == text {
				same++
			}
		}
		if same > most {
			best, most = r, same
		}
	}
	return best, most > 0
}

// unquoted returns the string a JSON text is, or nothing.
func unquoted(text json.RawMessage) (s string) {
	_ = json.Unmarshal(text, &s)
	return s
}

// verification collects what the proof of one receipt finds.
type verification struct {
	result report.Verified
	unitOf func(commodity string) string
}

func (v *verification) find(key string, args ...string) {
	v.result.Findings = append(v.result.Findings, report.Finding{Key: key, Args: args})
}

func (v *verification) note(key string, args ...string) {
	v.result.Notes = append(v.result.Notes, report.Finding{Key: key, Args: args})
}

// compare names every field that says something else than the receipt the book holds.
func (v *verification) compare(held ledger.Receipt, text json.RawMessage,
	given map[string]json.RawMessage) {
	var own map[string]json.RawMessage
	if err := json.Unmarshal(held.Encode(), &own); err != nil {
		panic("engine: receipt: " + err.Error())
	}
	var fields []string
	for field := range given {
		fields = append(fields, field)
	}
	for field := range own {
		fields = append(fields, field)
	}
	slices.Sort(fields)
	for _, field := range slices.Compact(fields) {
		if !bytes.Equal(compact(given[field]), compact(own[field])) {
			v.find("verify.field", field, orNothing(given[field]), orNothing(own[field]))
		}
	}
	// A field that stands twice is read by its last place here and by its first elsewhere.
	if len(v.result.Findings) == 0 && len(compact(text)) != len(compact(held.Encode())) {
		v.find("verify.text")
	}
}

// compact takes the blanks out of a JSON text.
func compact(text json.RawMessage) []byte {
	var out bytes.Buffer
	if err := json.Compact(&out, text); err != nil {
		return text
	}
	return out.Bytes()
}

// fieldShown bounds how much of a field a finding repeats.
const fieldShown = 70

func orNothing(text json.RawMessage) string {
	shown := []rune(string(compact(text)))
	switch {
	case len(shown) == 0:
		return "-"
	case len(shown) > fieldShown:
		return string(shown[:fieldShown]) + "…"
	}
	return string(shown)
}

// chain works the head at the position out again from the digests of all batches up to it.
func (v *verification) chain(receipts []ledger.Receipt, held ledger.Receipt) error {
	var head seal.Digest
	for _, r := range receipts[:held.Position] {
		head = seal.Next(head, r.Batch)
	}
	if head != held.Head {
		return fmt.Errorf("%w: the chain gives the head %s at position %d, the receipt has %s",
			ledger.ErrBlock, head, held.Position, held.Head)
	}
	return nil
}

// rows adds the stored rows up and compares them with what the receipt counts.
func (v *verification) rows(batch ledger.Batch) {
	held := batch.Receipt
	if held.Reverses != 0 || batch.Factors != "" {
		return
	}
	posted := 0
	for _, a := range batch.Activities {
		if a.Absence.HasFigure() {
			posted++
		}
	}
	absent := len(batch.Activities) - posted
	if posted != held.Posted || absent != held.Absent {
		v.find("verify.rows", strconv.Itoa(posted), strconv.Itoa(absent))
	}
	totals := ledger.TotalsOf(batch, v.unitOf)
	for _, total := range totals {
		if !slices.ContainsFunc(held.Totals, total.Equal) {
			v.find("verify.total", total.Commodity, string(total.Role), total.Number.String(),
				total.Unit)
		}
	}
	if len(held.Totals) != len(totals) {
		v.find("verify.totals", strconv.Itoa(len(held.Totals)))
	}
}

// compareFile looks for the bytes of the upload in a file or archive and reads them again.
func (e *Engine) compareFile(v *verification, batch ledger.Batch, file Evidence) {
	held := batch.Receipt
	if seal.Bytes(file.Data) == held.FileDigest && held.Dialect == "factors" {
		return
	}
	for _, member := range workbook.Open(file.Name, file.Data) {
		if seal.Bytes(member.Data) != held.FileDigest {
			continue
		}
		for _, sheet := range member.Sheets {
			if sheet = withoutRemarks(sheet); sheet.Name != held.Sheet {
				continue
			}
			dialect, ok := e.dialectOf(held, file.Dialect)
			if !ok {
				v.note("verify.unread", held.Dialect)
				return
			}
			content := intake.Read(dialect, sheet, ledger.Source{File: held.File}, intake.Lexicon{
				Catalogue: e.library.Catalogue, Areas: e.library.Areas})
			if missing := notAmong(batch.Activities, content.Activities); missing > 0 {
				v.find("verify.reading", strconv.Itoa(missing))
			}
			return
		}
	}
	v.find("verify.file", file.Name, seal.Bytes(file.Data).String(), held.FileDigest.String())
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

// notAmong counts the stored rows that reading the file again does not give.
func notAmong(stored, read []ledger.Activity) (missing int) {
	type place struct {
		line int
		flow ledger.Flow
	}
	numbers := map[place][]quantity.Number{}
	for _, a := range read {
		at := place{a.Line, a.Flow}
		numbers[at] = append(numbers[at], a.Number)
	}
	for _, a := range stored {
		if !slices.ContainsFunc(numbers[place{a.Line, a.Flow}], a.Number.Equal) {
			missing++
		}
	}
	return missing
}
