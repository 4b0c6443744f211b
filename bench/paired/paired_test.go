package paired_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"carbonledger/bench/paired"
)

func shell(name, text string) paired.Side {
	return paired.Side{Name: name, Steps: []paired.Step{{Args: []string{"sh", "-c", text}}}}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		name    string
		numbers []float64
		want    float64
	}{
		{"of nothing", nil, 0},
		{"of one", []float64{3}, 3},
		{"of three, unsorted", []float64{9, 1, 2}, 2},
		{"of four", []float64{4, 1, 2, 100}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := paired.Median(c.numbers); got != c.want {
				t.Errorf("Median(%v) = %v, want %v", c.numbers, got, c.want)
			}
		})
	}
}

func TestRatiosAreOfPairs(t *testing.T) {
	run := func(seconds int, peak int64) paired.Run {
		return paired.Run{Wall: time.Duration(seconds) * time.Second, Peak: peak}
	}
	// The machine became slow in the last pair; the ratio of the pair does not show it.
	r := paired.Result{
		A: []paired.Run{run(1, 10), run(1, 10), run(10, 10)},
		B: []paired.Run{run(3, 40), run(4, 40), run(40, 40)},
	}
	if r.Speed() != 4 || r.Memory() != 0.25 {
		t.Errorf("speed %v, memory %v, want 4, 0.25", r.Speed(), r.Memory())
	}
	if paired.Seconds(r.A) != 1 || paired.Seconds(r.B) != 4 {
		t.Errorf("seconds %v and %v, want 1 and 4", paired.Seconds(r.A), paired.Seconds(r.B))
	}
}

func TestSidesTakeTurns(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log")
	a, b := shell("a", "echo a >> "+log), shell("b", "echo b >> "+log)
	paired.Times(context.Background(), a, b, 3)
	got, err := os.ReadFile(log)
	if err != nil || strings.ReplaceAll(string(got), "\n", "") != "ababab" {
		t.Errorf("order %q, %v, want ababab", got, err)
	}
}

func TestPrepareComesBeforeEachRun(t *testing.T) {
	prepared := 0
	a := shell("a", "true")
	a.Prepare = func() error { prepared++; return nil }
	r := paired.Times(context.Background(), a, shell("b", "true"), 2)
	if prepared != 2 || len(r.A) != 2 || r.Err() != nil {
		t.Errorf("prepared %d times, %d runs, %v, want 2, 2", prepared, len(r.A), r.Err())
	}
}

func TestFailureIsToldAndTheOtherSideMeasured(t *testing.T) {
	r := paired.Times(context.Background(), shell("ours", "echo no such flag >&2; exit 2"),
		shell("peer", "true"), 2)
	if r.ErrA == nil || !strings.Contains(r.ErrA.Error(), "exit status 2: no such flag") {
		t.Errorf("error of our side = %v, want exit status 2 and what it said", r.ErrA)
	}
	if r.ErrB != nil || len(r.B) != 2 || r.Err() == nil {
		t.Errorf("peer has %d runs and error %v, want 2 and none", len(r.B), r.ErrB)
	}
}

func TestStepsAreTimedAloneAndTogether(t *testing.T) {
	output := filepath.Join(t.TempDir(), "out")
	side := paired.Side{Name: "two", Steps: []paired.Step{
		{Args: []string{"sleep", "0.1"}},
		{Args: []string{"sh", "-c", "echo $WORD"}, Output: output, Env: []string{"WORD=seen"}},
	}}
	run, err := side.Time(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Steps) != 2 || run.Steps[0] < 100*time.Millisecond ||
		run.Wall != run.Steps[0]+run.Steps[1] {
		t.Errorf("steps %v in %v, want two, the first of 0.1 s or more", run.Steps, run.Wall)
	}
	if got, _ := os.ReadFile(output); string(got) != "seen\n" {
		t.Errorf("output %q, want what the second step printed", got)
	}
}

// A process that fills memory must show more of it than one that does not.
func TestPeakMemoryIsThatOfTheChild(t *testing.T) {
	small, err := shell("small", "true").Time(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	const size = 100_000_000
	fill := fmt.Sprintf("head -c %d /dev/zero | tail -c %d > /dev/null", size, size)
	large, err := shell("large", fill).Time(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if large.Peak < size || small.Peak > size/2 {
		t.Errorf("peaks %d and %d bytes, want less than %d and more than %d",
			small.Peak, large.Peak, size/2, size)
	}
}

func TestCancelledRunIsAnError(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := shell("a", "sleep 5").Time(ctx); err == nil {
		t.Error("a run that was called off has no error")
	}
}
