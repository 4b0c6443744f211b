package search_test

import (
	"errors"
	"strings"
	"testing"

	"carbonledger/scenarios/search"
)

// TestRefusal: what keeps a problem from being searched says why, and of what.
func TestRefusal(t *testing.T) {
	low := problem(t, search.Effort, wanted, "growth")
	low.Knobs[0].Max = 50
	for why, p := range map[search.Why]search.Problem{
		search.NoKnob: problem(t, search.Effort, wanted, "solar"),
		search.Short:  low,
		search.Unjudged: problem(t, search.Effort,
			strings.Replace(wanted, "level,co2,2030", "level,co2,2035", 1), "growth"),
	} {
		_, err := p.Least(t.Context(), "found")
		var refusal *search.Refusal
		if !errors.As(err, &refusal) || refusal.Why != why || !errors.Is(err, search.ErrProblem) {
			t.Errorf("%v, want a refusal: %s", err, why)
		}
	}
}
