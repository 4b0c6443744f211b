package planning

import (
	"cmp"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"carbonledger/internal/report"
	"carbonledger/ledger/inventory"
	"carbonledger/scenarios"
)

// errAsked is a question that names what is not there.
var errAsked = errors.New("not there")

// notThere is such a question in the words of a term.
func notThere(key string, args ...string) error {
	return &report.Error{Key: key, Args: args, Err: errAsked}
}

// Named finds a scenario of a set, or says which ones there are.
func Named(set scenarios.Set, name string) (scenarios.Scenario, error) {
	scenario, ok := set.Scenario(name)
	if !ok {
		return scenario, notThere("error.no-scenario", name, strings.Join(set.Names(), ", "))
	}
	return scenario, nil
}

// Answerable says what of a question a state and the model do not know: its area, or a horizon out
// of reach.
func Answerable(s inventory.State, set scenarios.Set, how Question) error {
	if _, known := s.Library.Areas.Find(how.Area); how.Area != "" && !known {
		return notThere("error.area", how.Area)
	}
	first := cmp.Or(how.Base, YearFor(s, how.Area, set))
	if last := first + scenarios.HorizonMax; how.Horizon < first || how.Horizon > last {
		return notThere("error.horizon", strconv.Itoa(how.Horizon), strconv.Itoa(first),
			strconv.Itoa(last))
	}
	return nil
}

// Earlier is an error of projecting from the book as it stood at a position.
type Earlier struct {
	Position int
	Err      error
}

// Error says at which position.
func (e *Earlier) Error() string { return fmt.Sprintf("at position %d: %v", e.Position, e.Err) }

// Unwrap returns the error itself.
func (e *Earlier) Unwrap() error { return e.Err }
