package engine

import (
	"context"
	"errors"
	"path/filepath"

	"carbonledger/internal/planning"
	"carbonledger/scenarios"
	"carbonledger/scenarios/levers"
	"carbonledger/table"
)

// Projection says how to project scenarios.
type Projection struct {
	planning.Question
	Policy string
	AsOf   int
}

// Scenarios projects the scenarios of a file from the inventory of the base year.
func (e *Engine) Scenarios(ctx context.Context, path string, how Projection) (
	[]scenarios.Pathway, error) {
	set, err := scenarioSet(path)
	if err != nil {
		return nil, err
	}
	state, err := e.read(ctx, how.Policy, how.AsOf)
	if err != nil {
		return nil, err
	}
	pathways, err := planning.Project(state, set, how.Question)
	return pathways, asRejection(err)
}

// Rebase projects the scenarios of a file from the book at a position and from the book as it
// stands, and tells what changed.
func (e *Engine) Rebase(ctx context.Context, path string, how Projection) (
	[]scenarios.Rebased, error) {
	set, err := scenarioSet(path)
	if err != nil {
		return nil, err
	}
	before, err := e.read(ctx, how.Policy, how.AsOf)
	if err != nil {
		return nil, err
	}
	after, err := e.read(ctx, how.Policy, 0)
	if err != nil {
		return nil, err
	}
	rebased, err := planning.Rebase(before, after, set, how.Question)
	return rebased, asRejection(err)
}

// Stale says in what the book has moved on since a scenario result was made.
func (e *Engine) Stale(ctx context.Context, pins scenarios.Pins) ([]scenarios.Move, error) {
	state, err := e.read(ctx, pins.Policy, 0)
	if err != nil {
		return nil, err
	}
	return planning.Stale(pins, state), nil
}

// scenarioSet reads a scenario file that has scenarios.
func scenarioSet(path string) (scenarios.Set, error) {
	data, err := readFile(path)
	if err != nil {
		return scenarios.Set{}, err
	}
	file := filepath.Base(path)
	set, faults := scenarios.Parse(file, data, levers.All())
	if len(faults) == 0 && len(set.Names()) == 0 {
		faults = []table.Fault{{File: file, Code: "file.empty"}}
	}
	if len(faults) > 0 {
		return scenarios.Set{}, &Rejection{Faults: faults}
	}
	return set, nil
}

// asRejection makes a fault of projecting the refusal of the file it stands in.
func asRejection(err error) error {
	var fault table.Fault
	if errors.As(err, &fault) {
		return &Rejection{Faults: []table.Fault{fault}}
	}
	return err
}
