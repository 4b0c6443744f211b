package engine

import (
	"context"

	"carbonledger/ledger/inventory"
	"carbonledger/scenarios"
)

// Ground returns what an answer to a planner stands on: the scenarios of a file, and the book as
// the policy reads it at the position asked for.
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

// Refused makes a fault of a row the refusal of its file, and leaves other errors as they are.
func Refused(err error) error { return asRejection(err) }
