package workload

import (
	"math/bits"
	"math/rand/v2"
)

// shuffle is an order of the numbers below size that needs no room: a chain of steps that can all
// be undone, each of which maps the numbers of some bits onto themselves. What it sends to size or
// above is sent on until it is below.
type shuffle struct {
	size, mask uint64
	half       int
	add, times [3]uint64
}

func newShuffle(size uint64, random *rand.Rand) shuffle {
	width := max(bits.Len64(size-1), 2)
	s := shuffle{size: size, mask: 1<<width - 1, half: width / 2}
	for n := range s.add {
		s.add[n], s.times[n] = random.Uint64(), random.Uint64()|1
	}
	return s
}

// at is the number at a place of the order.
func (s shuffle) at(place uint64) uint64 {
	for {
		for n := range s.add {
			place = (place + s.add[n]) * s.times[n] & s.mask
			place ^= place >> s.half
		}
		if place < s.size {
			return place
		}
	}
}
