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
	const bytes = ",;\n\"a\x00\x8a\xac\xff-\v#!\xa2"
	for round := range 200 {
		data := make([]byte, 64*(round%70))
		for i := range data {
			data[i] = bytes[random.IntN(len(bytes))]
		}
		want := make([]uint64, len(data)/64)
		for i, c := range data {
			if c == ',' || c == '\n' || c == '"' {
				want[i/64] |= 1 << (i % 64)
			}
		}
		fast, slow := make([]uint64, len(want)), make([]uint64, len(want))
		markAll(fast, data, ',')
		marksPlain(slow, data, ',')
		if !slices.Equal(fast, want) || !slices.Equal(slow, want) {
			t.Fatalf("%q: %x and %x, want %x", data, fast, slow, want)
		}
	}
}
