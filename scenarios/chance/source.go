// Package chance draws numbers that look like chance and follow from a seed.
//
// A Source is a stream of 64-bit words. The same seed and the same stream give the same words on
// every machine, as only whole numbers are multiplied and shifted. Different streams of one seed
// are independent enough that each worker, or each assumption, may own one.
package chance

import "math/bits"

// Source is a PCG generator with 128 bits of state and the output DXSM (M. E. O'Neill, PCG: a
// family of simple fast space-efficient statistically good algorithms, 2014; DXSM in NumPy 1.21).
// The zero value is the source of state 0; Of spreads a seed over the whole state.
type Source struct {
	high, low uint64
}

// The multiplier and the increment of the 128-bit congruence, as the reference program has them.
const (
	multiplierHigh = 2549297995355413924
	multiplierLow  = 4865540595714422341
	incrementHigh  = 6364136223846793005
	incrementLow   = 1442695040888963407
	// outputMultiplier is the "cheap multiplier" of DXSM.
	outputMultiplier = 0xda942042e4dd58b5
)

// New returns the source that begins in the given 128-bit state.
func New(high, low uint64) *Source { return &Source{high, low} }

// Of returns a stream of a seed. Seed and stream are mixed, so that neighbours do not resemble each
// other.
func Of(seed, stream uint64) *Source {
	return New(Mix(seed^Mix(stream)), Mix(stream+Mix(seed)))
}

// Mix spreads every bit of a word over all others, one to one (the finaliser of SplitMix64).
func Mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15 // 2^64 over the golden ratio
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// Uint64 returns the next word.
func (s *Source) Uint64() uint64 {
	high, low := bits.Mul64(s.low, multiplierLow)
	high += s.high*multiplierLow + s.low*multiplierHigh
	low, carry := bits.Add64(low, incrementLow, 0)
	high, _ = bits.Add64(high, incrementHigh, carry)
	s.high, s.low = high, low

	high ^= high >> 32
	high *= outputMultiplier
	high ^= high >> 48
	return high * (low | 1)
}

// Below returns a whole number from 0 to n-1, each equally likely: D. Lemire, Fast random integer
// generation in an interval, 2019. It panics where n is not positive.
func (s *Source) Below(n int) int {
	if n <= 0 {
		panic("chance: a draw below a number that is not positive")
	}
	bound := uint64(n)
	high, low := bits.Mul64(s.Uint64(), bound)
	if low < bound {
		for threshold := -bound % bound; low < threshold; {
			high, low = bits.Mul64(s.Uint64(), bound)
		}
	}
	return int(high)
}

// Order returns the numbers 0 to n-1 in an order in which each permutation is equally likely.
func (s *Source) Order(n int) []int {
	order := make([]int, n)
	for i := range order {
		j := s.Below(i + 1)
		order[i] = order[j]
		order[j] = i
	}
	return order
}
