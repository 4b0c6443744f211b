package stream

import (
	"encoding/binary"
	"strings"
)

// everyByte has the lowest bit of each of its bytes set, lowBits all but the highest.
const (
	everyByte = 0x0101010101010101
	lowBits   = 0x7f7f7f7f7f7f7f7f
)

// marksPlain finds the bytes that separate: word by word of marks, the bits of 64 bytes of data
// from the lowest on, set where the byte is the separator, a line feed or a quotation mark. It
// takes eight bytes at a time: one that is looked for is zero in the difference, and of zeros alone
// neither the seven low bits carry into the highest nor is that one set.
//
// The data is odd where a byte is zero or no ASCII.
func marksPlain(marks []uint64, data []byte, separator byte) (odd bool) {
	var unusual uint64
	for i := range marks {
		var word uint64
		for at := range 8 {
			x := binary.LittleEndian.Uint64(data[64*i+8*at:])
			hit := zeros(x^uint64(separator)*everyByte) | zeros(x^'\n'*everyByte) |
				zeros(x^'"'*everyByte)
			// The product brings the highest bit of every byte into the last one, side by side.
			word |= (hit >> 7 * 0x0102040810204080 >> 56) << (8 * at)
			unusual |= zeros(x) | x&^lowBits
		}
		marks[i] = word
	}
	return unusual&^lowBits != 0
}

// zeros has the highest bit of every byte set that is zero.
func zeros(x uint64) uint64 { return ^((x&lowBits + lowBits) | x | lowBits) }

// windowWords is how many words of marks are found at once: those of four KiB, which stay near.
const windowWords = 64

// window is the marks of a part of a piece, and how far they are used.
type window struct {
	marks [windowWords]uint64
	// base is the byte that the current word begins with, left what of its marks is to come.
	base int
	left uint64
	// at is the place of the current word, end that behind the last.
	at, end int
	// odd: a byte so far may be zero or no ASCII.
	odd bool
}

// seek goes to a byte of the data: the next mark is the first one from there on. What lies between
// is looked at all the same.
func (w *window) seek(data []byte, separator byte, to int) {
	first := w.base - 64*w.at
	switch {
	case w.end == 0 || to < first:
		w.base, w.at, w.end = to&^63-64, 0, 0
	case to < w.base+64:
		w.at = (to - first) / 64
		w.base, w.left = to&^63, w.marks[w.at]
	}
	for w.base+64 <= to && w.fill(data, separator) {
	}
	w.left &= ^uint64(0) << (to & 63)
}

// fill goes to the next word, and returns false where there is none.
func (w *window) fill(data []byte, separator byte) bool {
	if w.base+64 >= len(data) {
		return false
	}
	w.base += 64
	if w.at++; w.at >= w.end {
		w.find(data[w.base:], separator)
	}
	w.left = w.marks[w.at]
	return true
}

// find finds the marks of the next bytes.
func (w *window) find(data []byte, separator byte) {
	w.at, w.end = 0, min(windowWords, len(data)/64)
	if w.end > 0 {
		w.odd = markAll(w.marks[:w.end], data, separator) || w.odd
		return
	}
	last := spaces
	n := copy(last[:], data)
	w.odd = markAll(w.marks[:1], last[:], separator) || w.odd
	w.marks[0] &= 1<<n - 1
	w.end = 1
}

var spaces = [64]byte([]byte(strings.Repeat(" ", 64)))
