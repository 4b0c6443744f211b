package scenarios_test

import (
	"errors"
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

// TestPinsText: what a stored result carries reads back, and another text is refused.
func TestPinsText(t *testing.T) {
	pins := scenarios.Pins{Position: 86, Head: "4dd1", Policy: "cn-statistics",
		PolicyDigest: "77aa", Boundary: "360104", Sets: []string{"gbt2589-2020 2020", "own"}}
	got, err := scenarios.ParsePins(pins.Text())
	if err != nil || len(got.Moved(pins)) > 0 || len(got.Sets) != 2 {
		t.Errorf("read back %+v (%v), want %+v", got, err, pins)
	}
	for _, text := range []string{"", "position 3\n", "position x\nhead a\npolicy p\n",
		"position 1\nhead a\nhead b\npolicy p\n", pins.Text() + "year 2022\n", "head\n"} {
		if _, err := scenarios.ParsePins(text); !errors.Is(err, scenarios.ErrPins) {
			t.Errorf("%q: %v, want ErrPins", text, err)
		}
	}
}
