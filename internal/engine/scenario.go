package engine

import (
	"context"
	"errors"
	"path/filepath"

	"carbonledger/internal/planning"
	"carbonledger/ledger/inventory"
	"carbonledger/scenarios"
	"carbonledger/scenarios/rebase"
	"carbonledger/scenarios/sampling/spread"
	"carbonledger/scenarios/targets"
	"carbonledger/scenarios/trend"
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
	set, state, err := e.Ground(ctx, path, how)
	if err != nil {
		return nil, err
	}
	pathways, err := planning.Project(state, set, how.Question)
	return pathways, asRejection(err)
}

// Ground reads a scenario file and the state it is about.
func (e *Engine) Ground(ctx context.Context, path string, how Projection) (
	scenarios.Set, inventory.State, error) {
	set, err := scenarioSet(path)
	if err != nil {
		return set, inventory.State{}, err
	}
	for _, name := range how.Names() {
		if _, err := planning.Named(set, name); err != nil {
			return set, inventory.State{}, err
		}
	}
	state, err := e.read(ctx, how.Policy, how.AsOf)
	if err != nil {
		return set, state, err
	}
	return set, state, planning.Answerable(state, set, how.Question)
}

// Outlook answers everything a comparison of the scenarios of a file tells; without targets where
// no file of them is named.
func (e *Engine) Outlook(ctx context.Context, path, targetsPath string, how Projection) (
	planning.Outlook, error) {
	list, err := targetList(targetsPath)
	if err != nil {
		return planning.Outlook{}, err
	}
	set, state, err := e.Ground(ctx, path, how)
	if err != nil {
		return planning.Outlook{}, err
	}
	outlook, err := planning.Foresee(state, set, list, how.Question)
	return outlook, asRejection(err)
}

// Spread tells how sure one scenario of a file is, and how likely it meets targets.
func (e *Engine) Spread(ctx context.Context, path, targetsPath string, how Projection,
	drawing spread.Drawing) (planning.Uncertain, error) {
	list, err := targetList(targetsPath)
	if err != nil {
		return planning.Uncertain{}, err
	}
	set, state, err := e.Ground(ctx, path, how)
	if err != nil {
		return planning.Uncertain{}, err
	}
	uncertain, err := planning.Spread(ctx, state, set, list, how.Question, drawing)
	return uncertain, asRejection(err)
}

// targetList reads a file of targets; without a path there are none.
func targetList(path string) ([]targets.Target, error) {
	if path == "" {
		return nil, nil
	}
	data, err := ReadFile(path)
	if err != nil {
		return nil, err
	}
	list, faults := targets.Parse(filepath.Base(path), data)
	if len(faults) > 0 {
		return nil, &Rejection{Faults: faults}
	}
	return list, nil
}

// Trends tells the trends of the book as rows of a scenario file. The file that is named, or
// none, states deflators and totals of the years that were.
func (e *Engine) Trends(ctx context.Context, path string, how Projection, rule trend.Rule) (
	trend.Trends, error) {
	set, state, err := e.Ground(ctx, path, how)
	if err != nil {
		return trend.Trends{}, err
	}
	trends, err := planning.Trends(state, set, how.Question, rule)
	return trends, asRejection(err)
}

// Rebase projects the scenarios of a file from the book at a position and from the book as it
// stands, and tells what changed.
func (e *Engine) Rebase(ctx context.Context, path string, how Projection) (
	[]rebase.Result, error) {
	set, before, err := e.Ground(ctx, path, how)
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

// scenarioSet reads a scenario file that has scenarios; without a path it is a bare one.
func scenarioSet(path string) (scenarios.Set, error) {
	data, err := []byte(planning.Bare), error(nil)
	if path != "" {
		data, err = ReadFile(path)
	}
	if err != nil {
		return scenarios.Set{}, err
	}
	set, faults := planning.SetOf(filepath.Base(path), data)
	if len(faults) > 0 {
		return scenarios.Set{}, &Rejection{Faults: faults}
	}
	return set, nil
}

// asRejection makes a fault of projecting the refusal of the file it stands in.
func asRejection(err error) error {
	var fault table.Fault
	if errors.As(err, &fault) {
		return errors.Join(err, &Rejection{Faults: []table.Fault{fault}})
	}
	return err
}
