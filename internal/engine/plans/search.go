package plans

import (
	"context"
	"errors"
	"path/filepath"
	"runtime"
	"slices"

	"carbonledger/internal/engine"
	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/scenarios/abatement"
	"carbonledger/scenarios/search"
	"carbonledger/scenarios/targets"
)

var errNoTarget = errors.New("no such target")

// Targets reads a file of targets, all of them or those that are named.
func Targets(path string, names []string) ([]targets.Target, error) {
	data, err := engine.ReadFile(path)
	if err != nil {
		return nil, err
	}
	list, faults := targets.Parse(filepath.Base(path), data)
	if len(faults) > 0 {
		return nil, &engine.Rejection{Faults: faults}
	}
	for _, name := range names {
		if !slices.ContainsFunc(list, func(t targets.Target) bool { return t.Name == name }) {
			return nil, &report.Error{Key: "error.no-target", Err: errNoTarget,
				Args: []string{name, filepath.Base(path)}}
		}
	}
	return slices.DeleteFunc(list, func(t targets.Target) bool {
		return len(names) > 0 && !slices.Contains(names, t.Name)
	}), nil
}

// Least finds the least change of the scenario that is named.
func (d Desk) Least(ctx context.Context, w planning.Wanted) (search.Answer, error) {
	set, state, err := d.Engine.Ground(ctx, d.Path, d.How)
	if err != nil {
		return search.Answer{}, err
	}
	w.Workers = runtime.NumCPU()
	answer, err := planning.Least(ctx, state, set, d.How.Question, w)
	return answer, refused(err)
}

// Front finds what there is to choose between two goals.
func (d Desk) Front(ctx context.Context, w planning.Wanted, goals [2]search.Goal) (
	search.Front, error) {
	set, state, err := d.Engine.Ground(ctx, d.Path, d.How)
	if err != nil {
		return search.Front{}, err
	}
	w.Workers = runtime.NumCPU()
	front, err := planning.Front(ctx, state, set, d.How.Question, w, goals)
	return front, refused(err)
}

// Curve draws the cost curve of the scenario that is named.
func (d Desk) Curve(ctx context.Context) (abatement.Curve, error) {
	set, state, err := d.Engine.Ground(ctx, d.Path, d.How)
	if err != nil {
		return abatement.Curve{}, err
	}
	curve, err := planning.Curve(ctx, state, set, d.How.Question, runtime.NumCPU())
	return curve, refused(err)
}
