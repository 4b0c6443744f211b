package sampling

import (
	_ "embed"
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"carbonledger/scenarios/chance"
)

// joeKuo holds a line for each dimension from the second on: a primitive polynomial, its bits as a
// whole number, and the first direction numbers. They are the first 512 dimensions of
// new-joe-kuo-6.21201: S. Joe and F. Y. Kuo, Constructing Sobol' sequences with better
// two-dimensional projections, SIAM J. Sci. Comput. 30 (2008) 2635-2654.
//
//go:embed joe-kuo.txt
var joeKuo string

// sobolBits is how many bits a coordinate has, and so the logarithm of how many points there are.
const sobolBits = 32

// directions holds 32 direction numbers for each dimension.
var directions = sync.OnceValue(func() [][sobolBits]uint32 {
	first := [sobolBits]uint32{}
	for b := range first {
		first[b] = 1 << (sobolBits - 1 - b)
	}
	table := [][sobolBits]uint32{first}
	for line := range strings.Lines(joeKuo) {
		var words []uint32
		for _, word := range strings.Fields(line) {
			n, err := strconv.ParseUint(word, 10, 32)
			if err != nil {
				panic("sampling: joe-kuo.txt: " + err.Error())
			}
			words = append(words, uint32(n))
		}
		table = append(table, direct(words[0], words[1:]))
	}
	return table
})

// SobolMax is the most dimensions of a Sobol' design. Sensitivity indices take two for each
// assumption.
func SobolMax() int { return len(directions()) }

// direct continues the first direction numbers by the recurrence of the polynomial of degree s:
//
//	v(b) = c1 v(b-1) xor ... xor c(s-1) v(b-s+1) xor v(b-s) xor v(b-s)/2^s
func direct(polynomial uint32, first []uint32) (v [sobolBits]uint32) {
	degree := len(first)
	for b := range v {
		if b < degree {
			v[b] = first[b] << (sobolBits - 1 - b)
			continue
		}
		v[b] = v[b-degree] ^ v[b-degree]>>degree
		for k := 1; k < degree; k++ {
			if polynomial>>(degree-k)&1 == 1 {
				v[b] ^= v[b-k]
			}
		}
	}
	return v
}

// sobolColumn fills a column with one dimension of the sequence, scrambled by the seed. The points
// are those of the Gray code: each differs from the one before it by one direction number.
func sobolColumn(column []float64, dimension int, seed uint64) {
	v := &directions()[dimension]
	scramble := uint32(chance.Mix(seed ^ chance.Mix(uint64(dimension)+1)))
	x := uint32(0)
	for i := range column {
		if i > 0 {
			x ^= v[bits.TrailingZeros32(uint32(i))]
		}
		// The middle of the 2^-32 the point stands for, so that neither 0 nor 1 comes.
		column[i] = float64((float64(owen(x, scramble)) + 0.5) * 0x1p-32)
	}
}

// owen scrambles a coordinate: each bit flips or not depending on the seed and all bits above it,
// which keeps every balance of the sequence (A. B. Owen 1995). In reversed order of bits that is a
// hash in which bits act only on those above them: S. Laine and T. Karras 2011, with the constants
// of B. Burley, Practical hash-based Owen scrambling, 2020.
func owen(x, seed uint32) uint32 {
	x = bits.Reverse32(x)
	x += seed
	x ^= x * 0x6c50b47c
	x ^= x * 0xb82f1e52
	x ^= x * 0xc7afe638
	x ^= x * 0x8d22f6e6
	return bits.Reverse32(x)
}
