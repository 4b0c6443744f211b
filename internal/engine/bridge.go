package engine

import (
	"context"
	"fmt"

	"carbonledger/ledger"
	"carbonledger/ledger/bridge"
	"carbonledger/ledger/inventory"
)

// Bridge explains the difference between two figures, each given by its reference. A figure read
// under a policy file needs that file again; files are those of both.
func (e *Engine) Bridge(ctx context.Context, a, b string, files []string) (bridge.Bridge, error) {
	first, err := e.reading(ctx, a, files)
	if err != nil {
		return bridge.Bridge{}, err
	}
	second, err := e.reading(ctx, b, files)
	if err != nil {
		return bridge.Bridge{}, err
	}
	return bridge.Between(first, second)
}

// reading reads the book as a reference says.
func (e *Engine) reading(ctx context.Context, text string, files []string) (bridge.Reading, error) {
	ref, err := inventory.ParseRef(text)
	if err != nil {
		return bridge.Reading{}, err
	}
	ref.Where = e.resolve(inventory.Query{Where: ref.Where}).Where
	policy, err := e.policyOf(ref, files)
	if err != nil {
		return bridge.Reading{}, err
	}
	state, err := e.state(ctx, policy, ref.Position)
	if err != nil {
		return bridge.Reading{}, err
	}
	ref.Position = state.Book.Position()
	return bridge.Reading{State: state, Ref: ref}, nil
}

// policyOf returns the policy a figure was read under: one of the files, or of the program.
func (e *Engine) policyOf(ref inventory.Ref, files []string) (ledger.Policy, error) {
	for _, file := range files {
		policy, err := e.Policy(file)
		if err != nil || policy.ID == ref.Policy {
			return policy, err
		}
	}
	policy, err := e.Policy(ref.Policy)
	if err != nil {
		return ledger.Policy{}, fmt.Errorf("%w; a policy file is named with --policy", err)
	}
	return policy, nil
}
