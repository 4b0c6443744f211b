package plans

import (
	"context"
	"runtime"

	"carbonledger/internal/planning"
	"carbonledger/scenarios/decomposition"
)

// Attribute takes the scenario that is named apart, by causes and, against another one, by levers.
func (d Desk) Attribute(ctx context.Context, against string, effort decomposition.Effort) (
	planning.Attribution, error) {
	set, state, err := d.Engine.Ground(ctx, d.Path, d.How)
	if err != nil {
		return planning.Attribution{}, err
	}
	if against != "" {
		if _, err := planning.Named(set, against); err != nil {
			return planning.Attribution{}, err
		}
	}
	answer, err := planning.Attribute(ctx, state, set, d.How.Question, against, runtime.NumCPU(),
		effort)
	return answer, refused(err)
}
