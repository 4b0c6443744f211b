// Package paired times two programs in turn, A B A B, so that what the machine does meanwhile
// meets both. What counts is the ratio of a pair, and the median of the ratios.
package paired

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"syscall"
	"time"
)

// Step is one command. Its standard output goes to a file where one is named.
type Step struct {
	Args   []string
	Output string
	Env    []string
}

// Side is one program doing the job: Prepare makes the ground ready, untimed, before each run.
type Side struct {
	Name    string
	Prepare func() error
	Steps   []Step
}

// Run is one measured run: the time of each step and of all together, and the peak memory of the
// step that had most.
type Run struct {
	Wall  time.Duration
	Steps []time.Duration
	Peak  int64 // bytes
}

// Result is the runs of two sides, pair by pair. A side that failed has an error and no runs.
type Result struct {
	A, B       []Run
	ErrA, ErrB error
}

// errorTail is how much of what a failing command says is told.
const errorTail = 600

// Time runs a side once.
//
// The kernel counts the peak memory of a child from its parent's at the start. So whoever calls
// must be small: smaller than any program measured.
func (s Side) Time(ctx context.Context) (Run, error) {
	if s.Prepare != nil {
		if err := s.Prepare(); err != nil {
			return Run{}, fmt.Errorf("%s: %w", s.Name, err)
		}
	}
	var run Run
	for _, step := range s.Steps {
		wall, peak, err := step.time(ctx)
		if err != nil {
			return Run{}, fmt.Errorf("%s: %w", s.Name, err)
		}
		run.Wall += wall
		run.Steps = append(run.Steps, wall)
		run.Peak = max(run.Peak, peak)
	}
	return run, nil
}

func (s Step) time(ctx context.Context) (wall time.Duration, peak int64, err error) {
	command := exec.CommandContext(ctx, s.Args[0], s.Args[1:]...)
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	command.Env = append(os.Environ(), s.Env...)
	if s.Output != "" {
		file, err := os.Create(s.Output)
		if err != nil {
			return 0, 0, err
		}
		defer file.Close()
		command.Stdout = file
	}
	var words tail
	command.Stderr = &words
	start := time.Now()
	err = command.Run()
	wall = time.Since(start)
	if err != nil {
		return 0, 0, fmt.Errorf("%s: %w: %s", strings.Join(s.Args, " "), err, words.text())
	}
	return wall, command.ProcessState.SysUsage().(*syscall.Rusage).Maxrss * 1024, nil
}

// tail keeps the end of what a command says.
type tail struct{ kept []byte }

// Write keeps the last bytes and says that it took all.
func (t *tail) Write(text []byte) (int, error) {
	t.kept = append(t.kept, text...)
	if cut := len(t.kept) - errorTail; cut > 0 {
		t.kept = append(t.kept[:0], t.kept[cut:]...)
	}
	return len(text), nil
}

func (t *tail) text() string { return string(bytes.ToValidUTF8(bytes.TrimSpace(t.kept), nil)) }

// Times runs both sides in turn. A side that fails once is not run again; the other is, so that
// there is a number at least.
func Times(ctx context.Context, a, b Side, pairs int) Result {
	var r Result
	for range pairs {
		r.A, r.ErrA = again(ctx, a, r.A, r.ErrA)
		r.B, r.ErrB = again(ctx, b, r.B, r.ErrB)
	}
	return r
}

func again(ctx context.Context, side Side, runs []Run, err error) ([]Run, error) {
	if err != nil {
		return nil, err
	}
	run, err := side.Time(ctx)
	if err != nil {
		return nil, err
	}
	return append(runs, run), nil
}

// Err joins what went wrong on either side.
func (r Result) Err() error { return errors.Join(r.ErrA, r.ErrB) }

// Speed is how many times as fast A is as B: the median over the pairs.
func (r Result) Speed() float64 {
	return r.ratio(func(a, b Run) float64 { return float64(b.Wall) / float64(a.Wall) })
}

// Step is the result of one step alone, with its times and without memory.
func (r Result) Step(n int) Result {
	return Result{stepOf(r.A, n), stepOf(r.B, n), r.ErrA, r.ErrB}
}

func stepOf(runs []Run, n int) []Run {
	var of []Run
	for _, run := range runs {
		of = append(of, Run{Wall: run.Steps[n]})
	}
	return of
}

// Memory is the peak of A in those of B: the median over the pairs.
func (r Result) Memory() float64 {
	return r.ratio(func(a, b Run) float64 { return float64(a.Peak) / float64(b.Peak) })
}

func (r Result) ratio(of func(a, b Run) float64) float64 {
	var ratios []float64
	for n := range min(len(r.A), len(r.B)) {
		ratios = append(ratios, of(r.A[n], r.B[n]))
	}
	return Median(ratios)
}

// Seconds is the median time of runs, and Megabytes their median peak.
func Seconds(runs []Run) float64 {
	var all []float64
	for _, run := range runs {
		all = append(all, run.Wall.Seconds())
	}
	return Median(all)
}

// Megabytes is the median peak memory of runs, in 10^6 bytes.
func Megabytes(runs []Run) float64 {
	var all []float64
	for _, run := range runs {
		all = append(all, float64(run.Peak)/1e6)
	}
	return Median(all)
}

// Median is the middle of numbers, or the mean of the two in the middle; 0 where there are none.
func Median(numbers []float64) float64 {
	if len(numbers) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(numbers))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}
