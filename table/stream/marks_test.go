package stream

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestMarks holds the marks that the processor's wide registers find beside the plain ones, and
// both beside a look at every byte.
func TestMarks(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	const ascii = ",;\n\"a-\v#! 09\x01\x7f"
	const bytes = ",;\n\"a\x00\x8a\xac\xff-\v#!\xa2"
	for round := range 200 {
		data := make([]byte, 64*(round%70))
		for i := range data {
			data[i] = ascii[random.IntN(len(ascii))]
			if round%2 > 0 && random.IntN(40) == 0 {
				data[i] = bytes[random.IntN(len(bytes))]
			}
		}
		want := make([]uint64, len(data)/64)
		odd := false
		for i, c := range data {
			odd = odd || c == 0 || c >= 0x80
			if c == ',' || c == '\n' || c == '"' {
				want[i/64] |= 1 << (i % 64)
			}
		}
		fast, slow := make([]uint64, len(want)), make([]uint64, len(want))
		if markAll(fast, data, ',') != odd || marksPlain(slow, data, ',') != odd {
			t.Errorf("%q is odd: not %v", data, odd)
		}
		if !slices.Equal(fast, want) || !slices.Equal(slow, want) {
			t.Fatalf("%q: %x and %x, want %x", data, fast, slow, want)
		}
	}
}
