package plans

import (
	"context"
	"path/filepath"

	"carbonledger/internal/engine"
	"carbonledger/internal/planning"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/pledges"
)

// Pledges adds up the pledges of the file and tests them on a year, or on the latest reported. The
// plan is a scenario file of the district; without one, what nobody pledged stays as it is.
func (d Desk) Pledges(ctx context.Context, plan string, year int) (planning.Promised, error) {
	data, err := engine.ReadFile(d.Path)
	if err != nil {
		return planning.Promised{}, err
	}
	pledged, faults := pledges.Parse(filepath.Base(d.Path), data, levers.All())
	if len(faults) > 0 {
		return planning.Promised{}, &engine.Rejection{Faults: faults}
	}
	state, err := d.Engine.At(ctx, d.How.Policy, d.How.AsOf)
	if err != nil {
		return planning.Promised{}, err
	}
	set := scenarios.Set{}
	if plan != "" {
		if set, _, err = d.Engine.Ground(ctx, plan, d.How); err != nil {
			return planning.Promised{}, err
		}
	}
	promised, err := planning.Pledges(state, set, pledged, d.How.Question, year)
	return promised, refused(err)
}
