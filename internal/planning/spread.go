package planning

import (
	"context"
	"fmt"
	"strings"

	"carbonledger/ledger/inventory"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/sampling/spread"
	"carbonledger/scenarios/targets"
)

// Uncertain is how sure one scenario of a set is.
type Uncertain struct {
	Set scenarios.Set
	spread.Answer
}

// Unnamed is returned where one scenario has to be named and the set has several.
type Unnamed struct{ Names []string }

// Error lists the scenarios there are.
func (u *Unnamed) Error() string {
	return fmt.Sprintf("name one scenario; the file has %s", strings.Join(u.Names, ", "))
}

// Spread draws the rows with an interval of one scenario, follows each sample, and holds it against
// the targets. A set of one scenario needs no name.
func Spread(ctx context.Context, s inventory.State, set scenarios.Set, list []targets.Target,
	how Question, drawing spread.Drawing) (Uncertain, error) {
	names := set.Names()
	if how.Only == "" && len(names) == 1 {
		how.Only = names[0]
	}
	if how.Only == "" {
		return Uncertain{}, &Unnamed{names}
	}
	scenario, err := Named(set, how.Only)
	if err != nil {
		return Uncertain{}, err
	}
	base, err := BaseOf(s, how.Area, how.Base, set)
	if err != nil {
		return Uncertain{}, err
	}
	answer, err := spread.Of(ctx, spread.Question{Base: base, Scenario: scenario,
		Levers: levers.All(), Horizon: how.Horizon, Targets: list, Drawing: drawing})
	return Uncertain{set, answer}, err
}
