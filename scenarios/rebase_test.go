package scenarios_test

import (
	"slices"
	"testing"

	"carbonledger/scenarios"
)

// TestMoved: what a result stands on has moved where the book has grown or a set has a new edition.
func TestMoved(t *testing.T) {
	before := scenarios.Pins{Position: 3, Head: "a", Policy: "p", Boundary: "360104",
		Sets: []string{"s 1"}}
	if moves := before.Moved(before); len(moves) > 0 {
		t.Errorf("moves %v, want none", moves)
	}
	after := before
	after.Position, after.Head, after.Sets = 4, "b", []string{"s 2"}
	var what []string
	for _, move := range before.Moved(after) {
		what = append(what, move.What)
	}
	if !slices.Equal(what, []string{"position", "head", "sets"}) {
		t.Errorf("moved %v, want position, head and sets", what)
	}
}
