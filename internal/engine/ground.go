package engine

import (
	"context"

	"carbonledger/ledger/inventory"
	"carbonledger/scenarios"
)

// Ground returns the scenarios of a file, and the book as a policy reads it at a position.
func (e *Engine) Ground(ctx context.Context, path string, how Projection) (
	scenarios.Set, inventory.State, error) {
	return e.plan(ctx, path, how)
}

// At returns the book as a policy reads it at a position; 0 is where it stands.
func (e *Engine) At(ctx context.Context, policy string, position int) (inventory.State, error) {
	return e.read(ctx, policy, position)
}

// ReadFile reads a file a user names, up to the size the program takes.
func ReadFile(path string) ([]byte, error) { return readFile(path) }
