package engine

import (
	"context"

	"carbonledger/factors"
	"carbonledger/ledger/inventory"
	"carbonledger/ledger/uncertainty"
)

// Assumed are assumptions as a user writes them: NAME=PERCENT about activity data, SET=PERCENT or
// SET:ID=PERCENT about factors without stated bounds.
type Assumed struct{ Activities, Factors []string }

// Uncertainty adds up what the query asks for, with the interval of every figure.
func (e *Engine) Uncertainty(ctx context.Context, policy string, position int, q inventory.Query,
	assumed Assumed) (uncertainty.Answer, error) {
	state, assumptions, err := e.assuming(ctx, policy, position, assumed)
	if err != nil {
		return uncertainty.Answer{}, err
	}
	return uncertainty.Build(state, e.resolve(q), assumptions)
}

// Ranking tells which datum would narrow the interval of the total most.
func (e *Engine) Ranking(ctx context.Context, policy string, position int, q inventory.Query,
	assumed Assumed) (uncertainty.Ranking, error) {
	state, assumptions, err := e.assuming(ctx, policy, position, assumed)
	if err != nil {
		return uncertainty.Ranking{}, err
	}
	return uncertainty.Rank(state, e.resolve(q), assumptions)
}

// assuming reads the book and the assumptions.
func (e *Engine) assuming(ctx context.Context, policy string, position int, assumed Assumed) (
	inventory.State, []uncertainty.Assumption, error) {
	state, err := e.read(ctx, policy, position)
	if err != nil {
		return state, nil, err
	}
	listed, err := factors.ListActivityBounds()
	if err != nil {
		return state, nil, err
	}
	var list []uncertainty.Assumption
	for _, text := range assumed.Activities {
		a, err := uncertainty.ParseAssumption(text, state.Library.Catalogue, listed)
		if err != nil {
			return state, nil, err
		}
		list = append(list, a)
	}
	for _, text := range assumed.Factors {
		a, err := uncertainty.ParseFactorAssumption(text, state.Library)
		if err != nil {
			return state, nil, err
		}
		list = append(list, a)
	}
	return state, list, nil
}
