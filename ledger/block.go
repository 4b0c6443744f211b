package ledger

import (
	"encoding/binary"
	"errors"
	"fmt"

	"carbonledger/quantity"
)

// ErrBlock is returned for bytes that are not a block this program wrote.
var ErrBlock = errors.New("not a block of the book")

// blockVersion is the first byte of every block.
const blockVersion = 1

// BlockRows is how many activities go into one block: large enough that a block compresses well,
// small enough that explaining one figure opens little.
const BlockRows = 1 << 14

// blockRowsMax is the most rows DecodeActivities accepts: more than any block written, so that a
// damaged count cannot ask for memory.
const blockRowsMax = 1 << 20

// writer appends columns; strings go into a dictionary and are written once.
type writer struct {
	body  []byte
	words map[string]uint64
	list  []string
}

func (w *writer) uint(n uint64) { w.body = binary.AppendUvarint(w.body, n) }
func (w *writer) int(n int64)   { w.body = binary.AppendVarint(w.body, n) }
func (w *writer) word(s string) {
	at, ok := w.words[s]
	if !ok {
		at = uint64(len(w.list))
		w.words[s], w.list = at, append(w.list, s)
	}
	w.uint(at)
}

// finish puts version, dictionary and row count before the columns.
func (w *writer) finish(rows int) []byte {
	head := []byte{blockVersion}
	head = binary.AppendUvarint(head, uint64(rows))
	head = binary.AppendUvarint(head, uint64(len(w.list)))
	for _, word := range w.list {
		head = binary.AppendUvarint(head, uint64(len(word)))
		head = append(head, word...)
	}
	return append(head, w.body...)
}

// flows writes the columns of a list of flows, one column after the other.
func (w *writer) flows(n int, at func(int) Flow) {
	columns := []func(Flow) string{
		func(f Flow) string { return f.Entity }, func(f Flow) string { return f.Site },
		func(f Flow) string { return string(f.From) }, func(f Flow) string { return string(f.To) },
		func(f Flow) string { return f.Commodity }, func(f Flow) string { return f.Counterparty },
		func(f Flow) string { return string(f.Absence) },
	}
	for _, column := range columns {
		for i := range n {
			w.word(column(at(i)))
		}
	}
	for i := range n {
		f := at(i)
		w.int(int64(f.Period.First))
		w.int(int64(f.Period.End - f.Period.First))
		w.int(int64(f.Vintage))
	}
}

// EncodeActivities writes activities as a column block. The bytes depend on the activities alone.
func EncodeActivities(list []Activity) []byte {
	w := &writer{words: map[string]uint64{}}
	w.flows(len(list), func(i int) Flow { return list[i].Flow })
	line := 0
	for _, a := range list {
		w.int(int64(a.Line - line))
		line = a.Line
	}
	for _, a := range list {
		w.word(a.Number.String())
	}
	for _, a := range list {
		w.word(a.Document)
	}
	for _, a := range list {
		w.word(a.Written)
	}
	return w.finish(len(list))
}

// DecodeActivities reads what EncodeActivities wrote, and returns ErrBlock for anything else.
func DecodeActivities(block []byte) ([]Activity, error) {
	r, rows := open(block)
	list := make([]Activity, rows)
	r.flows(rows, func(i int) *Flow { return &list[i].Flow })
	line := int64(0)
	for i := range list {
		line += r.int()
		list[i].Line = int(line)
	}
	for i := range list {
		list[i].Number = r.number()
	}
	for i := range list {
		list[i].Document = r.word()
	}
	for i := range list {
		list[i].Written = r.word()
	}
	return list, r.close()
}

// EncodeSums writes sums as a column block, in the order given.
func EncodeSums(list []Sum) []byte {
	w := &writer{words: map[string]uint64{}}
	w.flows(len(list), func(i int) Flow { return list[i].Flow })
	for _, s := range list {
		w.word(s.Total.String())
	}
	for _, s := range list {
		w.int(int64(s.Rows))
	}
	return w.finish(len(list))
}

// DecodeSums reads what EncodeSums wrote, and returns ErrBlock for anything else.
func DecodeSums(block []byte) ([]Sum, error) {
	r, rows := open(block)
	list := make([]Sum, rows)
	r.flows(rows, func(i int) *Flow { return &list[i].Flow })
	for i := range list {
		list[i].Total = r.number()
	}
	for i := range list {
		list[i].Rows = int(r.int())
	}
	return list, r.close()
}

// reader takes columns back; after the first damage it returns zeros and keeps the error.
type reader struct {
	body  []byte
	words []string
	cache map[string]quantity.Number
	err   error
}

func open(block []byte) (r *reader, rows int) {
	r = &reader{body: block, cache: map[string]quantity.Number{}}
	if len(block) == 0 || block[0] != blockVersion {
		r.fail("version")
		return r, 0
	}
	r.body = block[1:]
	count, words := r.uint(), r.uint()
	if count > blockRowsMax || words > uint64(len(r.body)) || count > uint64(len(r.body)) {
		r.fail("row count")
		return r, 0
	}
	r.words = make([]string, words)
	for i := range r.words {
		length := r.uint()
		if length > uint64(len(r.body)) {
			r.fail("dictionary")
			return r, 0
		}
		r.words[i], r.body = string(r.body[:length]), r.body[length:]
	}
	if r.err != nil {
		return r, 0
	}
	return r, int(count)
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrBlock, what)
	}
}

func (r *reader) uint() uint64 {
	n, length := binary.Uvarint(r.body)
	if length <= 0 {
		r.fail("cut short")
		return 0
	}
	r.body = r.body[length:]
	return n
}

func (r *reader) int() int64 {
	n, length := binary.Varint(r.body)
	if length <= 0 {
		r.fail("cut short")
		return 0
	}
	r.body = r.body[length:]
	return n
}

func (r *reader) word() string {
	at := r.uint()
	if at >= uint64(len(r.words)) {
		r.fail("dictionary")
		return ""
	}
	return r.words[at]
}

func (r *reader) number() quantity.Number {
	word := r.word()
	if n, ok := r.cache[word]; ok {
		return n
	}
	var n quantity.Number
	if err := n.UnmarshalText([]byte(word)); err != nil {
		r.fail("number")
	}
	r.cache[word] = n
	return n
}

func (r *reader) flows(n int, at func(int) *Flow) {
	columns := []func(*Flow, string){
		func(f *Flow, s string) { f.Entity = s }, func(f *Flow, s string) { f.Site = s },
		func(f *Flow, s string) { f.From = Role(s) }, func(f *Flow, s string) { f.To = Role(s) },
		func(f *Flow, s string) { f.Commodity = s }, func(f *Flow, s string) { f.Counterparty = s },
		func(f *Flow, s string) { f.Absence = Absence(s) },
	}
	for _, column := range columns {
		for i := range n {
			column(at(i), r.word())
		}
	}
	for i := range n {
		first := r.int()
		length, vintage := r.int(), r.int()
		at(i).Period = quantity.Period{
			First: quantity.Day(first),
			End:   quantity.Day(first + length),
		}
		at(i).Vintage = quantity.Day(vintage)
	}
}

func (r *reader) close() error {
	if r.err == nil && len(r.body) != 0 {
		r.fail("bytes after the end")
	}
	return r.err
}
