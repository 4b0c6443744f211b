package main

// chance is a linear congruential generator: the same seed gives the same district everywhere.
type chance struct{ state uint64 }

// seed is arbitrary; another seed is another district with the same totals.
const seed = 360104

func newChance() *chance { return &chance{state: seed} }

// next returns a number from 0 to n-1.
func (c *chance) next(n int64) int64 {
	// Multiplier and increment of Knuth's MMIX; the high bits are the good ones.
	c.state = c.state*6364136223846793005 + 1442695040888963407
	return int64(c.state>>33) % n
}

// around returns a number of thousandths from 1000-spread to 1000+spread.
func (c *chance) around(spread int64) int64 { return 1000 - spread + c.next(2*spread+1) }
