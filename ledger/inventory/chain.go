package inventory

import "carbonledger/ledger"

// Key returns what a contribution has in each of the dimensions, as the rows of an inventory are
// told apart.
func (s State) Key(by []Dimension, c Contribution) []string { return s.key(by, c) }

// Steps returns the factors a contribution went through, from the amount to the measure, with the
// warming potential last; none where the amount itself is counted.
func (c Contribution) Steps() []ledger.Step { return stepsOf(c) }
