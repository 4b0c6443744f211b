// Package proof holds receipts against a book: field by field, along the chain of heads, and
// against the stored rows and the file they came from. It collects all that does not hold.
package proof

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"carbonledger/internal/report"
	"carbonledger/ledger"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
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

// Begin looks for the receipt a text is of among those of the book, and compares every field and
// the chain of heads. False where the book never gave such a receipt; ErrNoReceipt where the text
// is none.
func Begin(text json.RawMessage, receipts []ledger.Receipt, unitOf func(string) string) (
	*Proof, bool, error) {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(text, &given); err != nil {
		return nil, false, ErrNoReceipt
	}
	v := &Proof{unitOf: unitOf, Result: report.Verified{ID: unquoted(given["receipt"])}}
	held, ok := nearest(receipts, given)
	if !ok {
		v.Find("verify.unknown")
		return v, false, nil
	}
	v.Held = held
	v.Result.ID, v.Result.File, v.Result.Position = held.ID, held.File, held.Position
	v.compare(held, text, given)
	for _, r := range receipts {
		if r.Reverses == held.Position {
			v.Find("verify.reversed", r.ID, strconv.Itoa(r.Position), r.Reason)
		}
	}
	return v, true, v.chain(receipts, held)
}

// nearest returns the receipt of the book that shares most of id, head and batch digest with the
// given one, so that a receipt of which one was changed is still known.
func nearest(receipts []ledger.Receipt, given map[string]json.RawMessage) (
	ledger.Receipt, bool) {
	var best ledger.Receipt
	most := 0
	for _, r := range receipts {
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

// Proof collects what the proof of one receipt finds.
type Proof struct {
	Result report.Verified
	// Held is the receipt as the book has it.
	Held   ledger.Receipt
	unitOf func(commodity string) string
}

// Find notes what does not hold.
func (v *Proof) Find(key string, args ...string) {
	v.Result.Findings = append(v.Result.Findings, report.Finding{Key: key, Args: args})
}

// Note notes what could not be proved.
func (v *Proof) Note(key string, args ...string) {
	v.Result.Notes = append(v.Result.Notes, report.Finding{Key: key, Args: args})
}

// compare names every field that says something else than the receipt the book holds.
func (v *Proof) compare(held ledger.Receipt, text json.RawMessage,
	given map[string]json.RawMessage) {
	var own map[string]json.RawMessage
	if err := json.Unmarshal(held.Encode(), &own); err != nil {
		panic("proof: receipt: " + err.Error())
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
			v.Find("verify.field", field, orNothing(given[field]), orNothing(own[field]))
		}
	}
	// A field that stands twice is read by its last place here and by its first elsewhere.
	if len(v.Result.Findings) == 0 && len(compact(text)) != len(compact(held.Encode())) {
		v.Find("verify.text")
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
func (v *Proof) chain(receipts []ledger.Receipt, held ledger.Receipt) error {
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

// Rows compares what the stored rows come to, by the proved sums of a batch, with what the receipt
// counts.
func (v *Proof) Rows(batch ledger.Batch) {
	held := batch.Receipt
	if held.Reverses != 0 || batch.Factors != "" {
		return
	}
	posted, absent := 0, 0
	for _, sum := range batch.List() {
		if sum.Absence.HasFigure() {
			posted += sum.Rows
		} else {
			absent += sum.Rows
		}
	}
	if posted != held.Posted || absent != held.Absent {
		v.Find("verify.rows", strconv.Itoa(posted), strconv.Itoa(absent))
	}
	totals := ledger.TotalsOf(batch, v.unitOf)
	for _, total := range totals {
		if !slices.ContainsFunc(held.Totals, total.Equal) {
			v.Find("verify.total", total.Commodity, string(total.Role), total.Number.String(),
				total.Unit)
		}
	}
	if len(held.Totals) != len(totals) {
		v.Find("verify.totals", strconv.Itoa(len(held.Totals)))
	}
}

// Reread compares the stored rows, as a walk over them gives some at a time, with what reading the
// file again gives.
func (v *Proof) Reread(read []ledger.Activity,
	walk func(yield func([]ledger.Activity)) error) error {
	type place struct {
		line int
		flow ledger.Flow
	}
	numbers := map[place][]quantity.Number{}
	for _, a := range read {
		at := place{a.Line, a.Flow}
		numbers[at] = append(numbers[at], a.Number)
	}
	missing := 0
	err := walk(func(stored []ledger.Activity) {
		for _, a := range stored {
			if !slices.ContainsFunc(numbers[place{a.Line, a.Flow}], a.Number.Equal) {
				missing++
			}
		}
	})
	if missing > 0 {
		v.Find("verify.reading", strconv.Itoa(missing))
	}
	return err
}
