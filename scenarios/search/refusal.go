package search

import (
	"fmt"

	"carbonledger/scenarios/targets"
)

// Refusal says why a problem cannot be searched. It is an ErrProblem.
type Refusal struct {
	Why Why
	// Name is the scenario, the goal or the target that is to blame, Lever the lever of a knob.
	Name, Lever string
	// Max is how far a knob may be turned, in per cent of what is written.
	Max int
	// Unknown says why the target cannot be judged.
	Unknown targets.Unknown
}

// Why is what keeps a problem from being searched.
type Why string

// The reasons there are.
const (
	NoKnob   Why = "no-knob"  // no row is chosen
	Short    Why = "short"    // a knob ends below what is written
	Zero     Why = "zero"     // the rows of a knob are all 0
	NoGoal   Why = "no-goal"  // there is no such goal
	Unjudged Why = "unjudged" // a target cannot be judged
)

// Error says it with what is to blame.
func (r *Refusal) Error() string {
	switch r.Why {
	case NoKnob:
		return fmt.Sprintf("%v: no row of %q is chosen; name a lever it has", ErrProblem, r.Name)
	case Short:
		return fmt.Sprintf("%v: %s may reach %d %% of what is written; let it reach %d or more",
			ErrProblem, r.Lever, r.Max, asWritten)
	case Zero:
		return fmt.Sprintf("%v: all rows of %s are 0, which no per cent changes", ErrProblem,
			r.Lever)
	case NoGoal:
		return fmt.Sprintf("%v: %q is no goal; write two of %v", ErrProblem, r.Name, Goals())
	}
	return fmt.Sprintf("%v: target %s cannot be judged (%s); leave it out or mend it", ErrProblem,
		r.Name, r.Unknown)
}

// Unwrap makes errors.Is(err, ErrProblem) true.
func (r *Refusal) Unwrap() error { return ErrProblem }
