package column

import (
	"encoding/binary"
	"math/bits"
)

// everyByte has the lowest bit of each of its bytes set.
const everyByte = 0x0101010101010101

// cellBytes is how much memory ReadCell looks at: eight digits, the point, and eight more.
const cellBytes = 17

// ReadCell is ReadFigure for a figure of up to eight digits before and behind its point, which it
// reads eight at a time, together with what stands behind the text in its memory. All others are
// left to ReadFigure.
func ReadCell(text []byte) (figure int64, scale uint8, ok bool) {
	n := len(text)
	if n == 0 || n > cellBytes || cap(text) < cellBytes {
		return ReadFigure(text)
	}
	memory := text[:cellBytes]
	first := binary.LittleEndian.Uint64(memory) ^ '0'*everyByte
	whole := min(bits.TrailingZeros64(zeros(first^('.'^'0')*everyByte))/8, n)
	behind := n - whole
	if behind > 0 {
		behind--
	}
	if whole == 0 || n > whole && (memory[whole] != '.' || behind == 0 || behind > 8) ||
		whole > 1 && memory[0] == '0' {
		return ReadFigure(text)
	}
	// What is no part of the number is shifted out; zeros come in, as if they stood before it.
	before := first << (64 - 8*whole)
	second := (binary.LittleEndian.Uint64(memory[min(whole+1, 9):]) ^ '0'*everyByte) <<
		(64 - 8*behind)
	if noDigits(before)|noDigits(second) != 0 {
		return ReadFigure(text)
	}
	return eight(before)*powersOfTen[behind] + eight(second), uint8(behind), true
}

var powersOfTen = [...]int64{1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000}

// ReadDigits reads up to 18 digits as a number. It returns false where there is anything else.
func ReadDigits(text []byte) (n int64, ok bool) {
	var other uint64
	if len(text) >= 8 && len(text) <= 16 {
		// The last eight bytes, of which zeros take the place of those that were read before.
		first := binary.LittleEndian.Uint64(text) ^ '0'*everyByte
		second := binary.LittleEndian.Uint64(text[len(text)-8:]) ^ '0'*everyByte
		behind := len(text) - 8
		second = second >> (64 - 8*behind) << (64 - 8*behind)
		return eight(first)*powersOfTen[behind] + eight(second),
			noDigits(first)|noDigits(second) == 0
	}
	for ; len(text) >= 8; text = text[8:] {
		x := binary.LittleEndian.Uint64(text) ^ '0'*everyByte
		other |= noDigits(x)
		n = n*100_000_000 + eight(x)
	}
	for _, c := range text {
		if c -= '0'; c > 9 {
			other = 1
		}
		n = n*10 + int64(c)
	}
	return n, other == 0
}

// noDigits has a bit set for each byte above 9: of up to 9 and 118 no byte reaches 128; a larger
// one does, or has that bit itself.
func noDigits(x uint64) uint64 { return (x + 118*everyByte | x) & (128 * everyByte) }

// eight is the number whose digits are the bytes, the first one lowest: pairs, then fours, then all
// eight are joined, each by one product.
func eight(x uint64) int64 {
	x = (x*10 + x>>8) & 0x00ff00ff00ff00ff
	x = (x*100 + x>>16) & 0x0000ffff0000ffff
	return int64((x*10_000 + x>>32) & 0xffffffff)
}

// zeros has the highest bit set of the lowest byte that is zero, and nothing below it.
func zeros(x uint64) uint64 { return (x - everyByte) &^ x & (128 * everyByte) }
