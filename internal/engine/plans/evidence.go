package plans

import (
	"context"
	"errors"
	"runtime"

	"carbonledger/internal/planning"
	"carbonledger/internal/report/account"
	"carbonledger/scenarios/attribution"
	"carbonledger/scenarios/decomposition"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/pathways"
	"carbonledger/scenarios/sampling/spread"
)

// Depth says how much of the evidence is wanted.
type Depth struct {
	// Judged asks for the certificates and, of rows with intervals, for fans and chances: some
	// hundreds of projections for each scenario.
	Judged  bool
	Targets string
	Samples int
	Seed    uint64
	// By is the year of the chance of a peak.
	By int
}

// pairsDefault is how many pairs of orders are drawn where levers are too many for all orders.
const pairsDefault = 50

// Evidence finds what is known of each scenario of an outlook beside its pathway.
func (d Desk) Evidence(ctx context.Context, o planning.Outlook, depth Depth) (
	map[string]account.Evidence, error) {
	known := map[string]account.Evidence{}
	for _, p := range o.Pathways {
		e := account.Evidence{}
		desk := d
		desk.How.Only = p.Scenario
		causes, err := attribution.Of(p)
		if err != nil {
			return nil, err
		}
		e.Causes = &causes
		if p.Scenario != o.Reference {
			answer, err := desk.Attribute(ctx, o.Reference,
				decomposition.Effort{Seed: depth.Seed, Pairs: pairsDefault})
			if err != nil && !errors.Is(err, attribution.ErrSame) {
				return nil, err
			} else if err == nil {
				e.Levers = &answer.Levers
			}
		}
		if len(o.Measures[p.Scenario]) > 0 {
			curve, err := desk.Curve(ctx)
			if err != nil {
				return nil, err
			}
			e.Curve = &curve
		}
		if depth.Judged {
			if err := desk.judge(ctx, &e, depth); err != nil {
				return nil, err
			}
		}
		known[p.Scenario] = e
	}
	return known, nil
}

// judge adds what takes hundreds of projections.
func (d Desk) judge(ctx context.Context, e *account.Evidence, depth Depth) error {
	certificate, err := d.Certify(ctx, depth.By, pathways.Draw{Samples: depth.Samples,
		Seed: depth.Seed})
	if err != nil {
		return err
	}
	e.Certificate = &certificate
	uncertain, err := d.Engine.Spread(ctx, d.Path, depth.Targets, d.How, spread.Drawing{
		Design: sampling.LatinHypercube, Samples: depth.Samples, Seed: depth.Seed, By: depth.By,
		Workers: runtime.NumCPU()})
	var refused *spread.Refused
	switch {
	case errors.Is(err, spread.ErrCertain), errors.As(err, &refused):
		return nil // the certificate says why there is no chance
	case err != nil:
		return err
	}
	e.Uncertain = &uncertain
	return nil
}
