package sampling

import (
	"fmt"
	"math"

	"carbonledger/scenarios/chance"
)

// Design is how the samples are spread over what is possible.
type Design string

// The designs. Both cover each assumption evenly, so that far fewer samples do than plain chance
// would take.
//
//	latin-hypercube  each of N equal slices of an assumption is drawn from once; the slices of
//	                 different assumptions are combined by chance (M. D. McKay and others 1979)
//	sobol            points of a Sobol' sequence, scrambled; also pairs and triples of assumptions
//	                 are covered evenly; N must be a power of two
const (
	LatinHypercube Design = "latin-hypercube"
	Sobol          Design = "sobol"
)

// Designs returns the designs in the order of the document.
func Designs() []Design { return []Design{LatinHypercube, Sobol} }

// samplesMax bounds a plan: 2^24 samples of 100 assumptions are 13 GB.
const samplesMax = 1 << 24

// check says whether the design has so many samples and dimensions.
func (d Design) check(samples, dimensions int) error {
	switch {
	case samples < 2 || samples > samplesMax:
		return fmt.Errorf("%d samples: between 2 and %d can be", samples, samplesMax)
	case d == LatinHypercube:
		return nil
	case d != Sobol:
		return fmt.Errorf("design %q: none of %v", d, Designs())
	case samples&(samples-1) != 0:
		return fmt.Errorf("%d samples: a Sobol' design takes a power of two, such as %d",
			samples, above(samples))
	case dimensions > SobolMax():
		return fmt.Errorf("%d dimensions: a Sobol' design has at most %d; take %s",
			dimensions, SobolMax(), LatinHypercube)
	}
	return nil
}

func above(n int) int {
	power := 1
	for power < n {
		power *= 2
	}
	return power
}

// points returns a column of numbers between 0 and 1 for each dimension. A column follows from the
// seed and its place alone, so the workers may share them out as they like.
func (d Design) points(samples, dimensions int, seed uint64, workers int) [][]float64 {
	columns := matrix(dimensions, samples)
	share(workers, dimensions, func() func(int) {
		return func(j int) {
			if d == Sobol {
				sobolColumn(columns[j], j, seed)
			} else {
				latinColumn(columns[j], chance.Of(seed, uint64(j)+1))
			}
		}
	})
	return columns
}

// latinColumn draws once from each slice, in an order by chance.
func latinColumn(column []float64, source *chance.Source) {
	width := 1 / float64(len(column))
	for i, slice := range source.Order(len(column)) {
		column[i] = math.Min(float64((float64(slice)+open(source.Uint64()))*width), 1-0x1p-53)
	}
}

// open turns a word into a number between 0 and 1, neither of them included.
func open(word uint64) float64 { return float64((float64(word>>12) + 0.5) * 0x1p-52) }

// matrix returns rows of one length that lie behind each other.
func matrix(rows, length int) [][]float64 {
	all, split := make([]float64, rows*length), make([][]float64, rows)
	for i := range split {
		split[i] = all[i*length : (i+1)*length : (i+1)*length]
	}
	return split
}
