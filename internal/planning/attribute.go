package planning

import (
	"context"

	"carbonledger/ledger/inventory"
	"carbonledger/scenarios"
	"carbonledger/scenarios/attribution"
	"carbonledger/scenarios/decomposition"
	"carbonledger/scenarios/levers"
)

// Attribution is what moved the CO2 of a scenario.
type Attribution struct {
	Causes attribution.Answer
	// Levers is the difference to another scenario, or to a base year that goes on.
	Levers attribution.Brought
}

// Attribute takes one scenario apart: by causes, and by levers against another scenario of the set;
// an empty name stands for no rows at all.
func Attribute(ctx context.Context, s inventory.State, set scenarios.Set, how Question,
	against string, workers int, effort decomposition.Effort) (Attribution, error) {
	base, err := BaseOf(s, how.Area, how.Base, set)
	if err != nil {
		return Attribution{}, err
	}
	scenario, err := Named(set, how.Only)
	if err != nil {
		return Attribution{}, err
	}
	without := scenarios.Scenario{}
	if against != "" {
		if without, err = Named(set, against); err != nil {
			return Attribution{}, err
		}
	}
	pathway, err := scenarios.Project(base, scenario, levers.All(), how.Horizon)
	if err != nil {
		return Attribution{}, err
	}
	causes, err := attribution.Of(pathway)
	if err != nil {
		return Attribution{}, err
	}
	brought, err := attribution.Pair{Base: base, Without: without, With: scenario,
		Levers: levers.All(), Beside: levers.Beside(), Horizon: how.Horizon, Workers: workers,
		Effort: effort}.Shapley(ctx)
	return Attribution{causes, brought}, err
}
