package chance_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"carbonledger/scenarios/chance"
)

// TestSourceIsPCG holds the words against those of the standard library, which has the same
// generator.
func TestSourceIsPCG(t *testing.T) {
	for _, seed := range [][2]uint64{{0, 0}, {1, 2}, {1 << 63, 7}, {^uint64(0), ^uint64(0)}} {
		source, want := chance.New(seed[0], seed[1]), rand.NewPCG(seed[0], seed[1])
		for i := range 1000 {
			if got, want := source.Uint64(), want.Uint64(); got != want {
				t.Fatalf("word %d of seed %v = %x, want %x", i, seed, got, want)
			}
		}
	}
}

func TestStreams(t *testing.T) {
	seen := map[uint64]string{}
	for seed := range uint64(100) {
		for stream := range uint64(100) {
			word := chance.Of(seed, stream).Uint64()
			if other := seen[word]; other != "" {
				t.Errorf("seed %d stream %d begins like %s", seed, stream, other)
			}
			seen[word] = fmt.Sprintf("seed %d stream %d", seed, stream)
		}
	}
}

// TestOrder counts how often each order of three comes; 6,000 draws give 1,000 of each, and 5
// standard deviations are 144.
func TestOrder(t *testing.T) {
	count, source := map[string]int{}, chance.Of(1, 1)
	for range 6000 {
		order := source.Order(3)
		count[fmt.Sprint(order)]++
		if slices.Sort(order); !slices.Equal(order, []int{0, 1, 2}) {
			t.Fatalf("Order(3) = %v, which is no order", order)
		}
	}
	for order, n := range count {
		if len(count) != 6 || n < 856 || n > 1144 {
			t.Errorf("%s came %d times of 6000, and %d orders came", order, n, len(count))
		}
	}
}

func TestBelowOne(t *testing.T) {
	if got := chance.Of(1, 1).Below(1); got != 0 {
		t.Errorf("Below(1) = %d, want 0", got)
	}
	defer func() {
		if recover() == nil {
			t.Error("Below(0) returned, want a panic")
		}
	}()
	chance.Of(1, 1).Below(0)
}
