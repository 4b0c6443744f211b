// Package column writes and reads lists column by column: whole numbers as varints, words by their
// place in a dictionary. It knows bytes and nothing of what stands in the columns.
package column

import (
	"encoding/binary"
	"errors"
	"fmt"

	"carbonledger/quantity"
)

// ErrBlock is returned for bytes that are not a block this program wrote.
var ErrBlock = errors.New("not a block of the book")

// version is the first byte of every block.
const version = 1

// rowsMax is the most rows Open accepts: more than any block written, so that a damaged count
// cannot ask for memory.
const rowsMax = 1 << 20

// Writer appends columns; strings go into a dictionary and are written once.
type Writer struct {
	body  []byte
	words map[string]uint64
	list  []string
}

// NewWriter returns a writer without columns.
func NewWriter() *Writer { return &Writer{words: map[string]uint64{}} }

// Uint appends a whole number that is not negative.
func (w *Writer) Uint(n uint64) { w.body = binary.AppendUvarint(w.body, n) }

// Int appends a whole number.
func (w *Writer) Int(n int64) { w.body = binary.AppendVarint(w.body, n) }

// Word appends the place of a word in the dictionary.
func (w *Writer) Word(s string) {
	at, ok := w.words[s]
	if !ok {
		at = uint64(len(w.list))
		w.words[s], w.list = at, append(w.list, s)
	}
	w.Uint(at)
}

// Finish puts version, dictionary and row count before the columns.
func (w *Writer) Finish(rows int) []byte {
	head := []byte{version}
	head = binary.AppendUvarint(head, uint64(rows))
	head = binary.AppendUvarint(head, uint64(len(w.list)))
	for _, word := range w.list {
		head = binary.AppendUvarint(head, uint64(len(word)))
		head = append(head, word...)
	}
	return append(head, w.body...)
}

// Reader takes columns back; after the first damage it returns zeros and keeps the error.
type Reader struct {
	body  []byte
	words []string
	cache map[string]quantity.Number
	err   error
}

// Open begins to read a block and returns how many rows it has; damage is told by Close.
func Open(block []byte) (r *Reader, rows int) {
	r = &Reader{body: block, cache: map[string]quantity.Number{}}
	if len(block) == 0 || block[0] != version {
		r.fail("version")
		return r, 0
	}
	r.body = block[1:]
	count, words := r.Uint(), r.Uint()
	if count > rowsMax || words > uint64(len(r.body)) || count > uint64(len(r.body)) {
		r.fail("row count")
		return r, 0
	}
	r.words = make([]string, words)
	for i := range r.words {
		length := r.Uint()
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

func (r *Reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: %s", ErrBlock, what)
	}
}

// Uint takes a whole number that is not negative.
func (r *Reader) Uint() uint64 {
	n, length := binary.Uvarint(r.body)
	if length <= 0 {
		r.fail("cut short")
		return 0
	}
	r.body = r.body[length:]
	return n
}

// Int takes a whole number.
func (r *Reader) Int() int64 {
	n, length := binary.Varint(r.body)
	if length <= 0 {
		r.fail("cut short")
		return 0
	}
	r.body = r.body[length:]
	return n
}

// Word takes a word.
func (r *Reader) Word() string {
	at := r.Uint()
	if at >= uint64(len(r.words)) {
		r.fail("dictionary")
		return ""
	}
	return r.words[at]
}

// Number takes a decimal that was written as a word.
func (r *Reader) Number() quantity.Number {
	word := r.Word()
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

// Close returns ErrBlock where the block was damaged or holds more than was taken.
func (r *Reader) Close() error {
	if r.err == nil && len(r.body) != 0 {
		r.fail("bytes after the end")
	}
	return r.err
}
