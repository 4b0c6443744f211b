// Package plans answers what planners ask beyond a projection: whether a scenario peaks and what
// that hangs on, what each cause and each lever brings, what must change to meet a target, and
// which enterprises carry it. It reads files and the book through an engine and lets the core work.
package plans

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"runtime"

	"carbonledger/internal/engine"
	"carbonledger/internal/planning"
	"carbonledger/scenarios"
	"carbonledger/scenarios/certificate"
	"carbonledger/scenarios/levers"
	"carbonledger/scenarios/sampling/pathways"
	"carbonledger/table"
)

// Desk is where a planner sits: an engine, the scenario file, and how to project it.
type Desk struct {
	Engine *engine.Engine
	Path   string
	How    engine.Projection
}

// refused makes a fault of a row the refusal of its file, and leaves other errors as they are.
func refused(err error) error {
	var fault table.Fault
	if errors.As(err, &fault) {
		return &engine.Rejection{Faults: []table.Fault{fault}}
	}
	return err
}

// Certify writes the peak certificate of the scenario that is named.
func (d Desk) Certify(ctx context.Context, by int, draw pathways.Draw) (
	certificate.Certificate, error) {
	set, state, err := d.Engine.Ground(ctx, d.Path, d.How)
	if err != nil {
		return certificate.Certificate{}, err
	}
	draw.Workers = runtime.NumCPU()
	c, err := planning.Certify(ctx, state, d.How.Question, certificate.Question{Set: set,
		File: filepath.Base(d.Path), Scenario: d.How.Only, Horizon: d.How.Horizon, By: by,
		Draw: draw})
	return c, refused(err)
}

// Checked says whether a certificate comes out again.
type Checked struct {
	Certificate certificate.Certificate
	Same        bool
	// Moves say in which pins the certificate that comes out differs, Line is the first line that
	// does; 0 where none does.
	Moves []scenarios.Move
	Line  int
	// Stale says in what the book has moved on since the certificate was written, At where it
	// stands.
	Stale []scenarios.Move
	At    int
}

// Check makes a certificate again from the book at the position it names and compares the bytes. It
// also says whether the book has moved on since.
// Without a policy, that of the certificate is read.
func Check(ctx context.Context, e *engine.Engine, path, policy string) (Checked, error) {
	text, err := engine.ReadFile(path)
	if err != nil {
		return Checked{}, err
	}
	given, err := certificate.Parse(text)
	if err != nil {
		return Checked{}, err
	}
	question, err := given.Again(levers.All())
	if err != nil {
		return Checked{}, err
	}
	if policy == "" {
		policy = given.Book.Policy
	}
	state, err := e.At(ctx, policy, given.Book.Position)
	if err != nil {
		return Checked{}, err
	}
	question.Draw.Workers = runtime.NumCPU()
	again, err := planning.Certify(ctx, state, planning.Question{Area: given.Book.Boundary,
		Base: given.Scenario.Base, Horizon: question.Horizon}, question)
	if err != nil {
		return Checked{}, refused(err)
	}
	now, err := e.At(ctx, policy, 0)
	if err != nil {
		return Checked{}, err
	}
	checked := Checked{Certificate: given, Stale: planning.Stale(given.Book.Pins(), now),
		At: now.Book.Position(), Line: differs(text, again.Text()),
		Moves: given.Book.Pins().Moved(again.Book.Pins())}
	checked.Same = checked.Line == 0
	return checked, nil
}

// differs returns the first line in which two texts differ; 0 where they are the same.
func differs(a, b []byte) int {
	if bytes.Equal(a, b) {
		return 0
	}
	before, after := bytes.Split(a, []byte("\n")), bytes.Split(b, []byte("\n"))
	for i := range min(len(before), len(after)) {
		if !bytes.Equal(before[i], after[i]) {
			return i + 1
		}
	}
	return min(len(before), len(after)) + 1
}
