package bulk

import (
	"slices"

	"carbonledger/ledger/column"
	"carbonledger/ledger/tally"
)

// gaps are the tallies of rows without a figure. What is written in its place tells their rows
// apart and not their tallies.
type gaps struct {
	// whats are the entries of rows, and behind them those of tallies of gaps; of are how many of
	// them are of rows.
	whats []column.What
	of    int
	// to is the place among whats for each entry of rows; several says of an entry of tallies that
	// more than one of rows has it.
	to      []uint32
	several []bool
	// known are the places of such tallies.
	known map[[3]uint32]int
}

// gapsOf finds in a list what rows without a figure say.
func gapsOf(whats []column.What) *gaps {
	g := &gaps{whats: slices.Clip(whats), of: len(whats), to: make([]uint32, len(whats)),
		known: map[[3]uint32]int{}}
	places := map[column.What]uint32{}
	for i, w := range whats {
		if w.PerUnit != "" {
			continue
		}
		w.Unit, w.PerUnit = "", "0"
		at, known := places[w]
		if !known {
			at = uint32(len(g.whats))
			places[w], g.whats = at, append(g.whats, w)
			g.several = append(g.several, false)
		}
		g.to[i] = at
		g.several[int(at)-g.of] = known
	}
	return g
}

// add adds the rows of an entry to the tallies.
func (g *gaps) add(t *tally.Tallies, one tally.Tally) {
	one.Scale, one.Written = column.Explicit, g.whats[one.What].Unit
	one.What = g.to[one.What]
	if g.several[int(one.What)-g.of] {
		key := [3]uint32{one.Who, one.What, one.When}
		at, known := g.known[key]
		if known {
			other := &t.List[at]
			if other.Rows += one.Rows; one.Line < other.Line {
				other.Line, other.Written = one.Line, one.Written
			}
			return
		}
		g.known[key] = len(t.List)
	}
	t.List = append(t.List, one)
}
