package main

import (
	"context"
	"errors"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"carbonledger/bench/paired"
)

// newTestBench is a bench with an engine of the sources beside it.
func newTestBench(t *testing.T) *bench {
	t.Helper()
	ours := filepath.Join(t.TempDir(), "carbonledger")
	build := exec.Command("go", "build", "-o", ours, "./cmd/carbonledger")
	build.Dir = ".." // a module of its own
	if said, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	b, err := newBench(context.Background(), options{work: t.TempDir(), ours: ours,
		only: regexp.MustCompile("")})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// The engine must take the workload in every form without a fault or a warning, and find the same
// facts in it.
func TestEngineTakesTheWorkload(t *testing.T) {
	b := newTestBench(t)
	ctx := context.Background()
	answers := map[string]string{}
	for _, form := range []string{"plain", "tab", "harsh", "wide"} {
		file, err := b.made(ctx, form, 10_000)
		if err != nil {
			t.Fatal(err)
		}
		book := b.file(form + ".db")
		if err := copyBook(b.book, book); err != nil {
			t.Fatal(err)
		}
		said, err := exec.Command(b.ours, "--book", book, "import", "--no-input", "--strict",
			"--warnings", file).CombinedOutput()
		if err != nil || regexp.MustCompile("(?m)^(warning|note):").Match(said) {
			t.Fatalf("%s: %v: %s", form, err, said)
		}
		answer, err := exec.Command(b.ours, "--book", book, "--quiet", "--output", "csv",
			"inventory", "--period", "2021-2023", "--by", "scope,commodity,month", "--policy",
			"cn-enterprise").Output()
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		answers[form] = string(answer)
		if answers[form] != answers["plain"] {
			t.Errorf("the forms %s and plain have other sums, want the same facts", form)
		}
	}
}

func TestEngineFindsTheFaults(t *testing.T) {
	b := newTestBench(t)
	file, err := b.made(context.Background(), "harsh-faults", 10_000)
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(b.ours, "--book", b.book, "import", "--no-input", file).
		CombinedOutput()
	if exit := new(exec.ExitError); !errors.As(err, &exit) || exit.ExitCode() != 3 {
		t.Fatalf("%v: %s", err, said)
	}
	for _, cell := range []string{"1e5", "斤", "石头", "91360104MA00000000", "2022-13"} {
		if !strings.Contains(string(said), `"`+cell+`"`) {
			t.Errorf("the engine does not name %q: %s", cell, said)
		}
	}
}

func TestVerdicts(t *testing.T) {
	for _, c := range []struct {
		name string
		line line
		want string
	}{
		{"as fast as one aims for", line{ratio: 4.5, goal: goal{must: 3, aim: 4.5}}, "aim"},
		{"as fast as it must be", line{ratio: 3, goal: goal{must: 3, aim: 4.5}}, "must"},
		{"too slow", line{ratio: 2.9, goal: goal{must: 3, aim: 4.5}}, "missed"},
		{"small enough", line{ratio: 0.4, goal: goal{must: 0.5, aim: 0.3, most: true}}, "must"},
		{"too large", line{ratio: 0.6, goal: goal{must: 0.5, aim: 0.3, most: true}}, "missed"},
		{"without a goal", line{ratio: 7}, ""},
		{"other digits", line{ratio: 9, goal: goal{must: 3, aim: 4}, err: errors.New("differ")},
			"failed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.line.verdict(); got != c.want {
				t.Errorf("verdict of %+v = %q, want %q", c.line, got, c.want)
			}
		})
	}
}

func TestReport(t *testing.T) {
	b := &bench{options: options{work: "/w", ours: "/o/carbonledger"},
		skipped: []string{"hledger is not measured: not here"}, versions: []string{"duckdb: 1"}}
	r := paired.Result{A: []paired.Run{{Wall: time.Second, Peak: 5e7}},
		B: []paired.Run{{Wall: 4 * time.Second, Peak: 1e8}}}
	fast := speed("preview / DuckDB", 1_000_000, r, goal{must: 2.5, aim: 4})
	fast.digits = "2 figures, all digits"
	count := speed("preview / wc -l", 1_000_000, r, goal{must: 12, aim: 7, most: true})
	r.A, r.ErrA = nil, errors.New("/o/carbonledger: exit status 2")
	got := b.report([]line{fast, count, memory("peak memory", 1500, r, goal{must: 0.5, aim: 0.3,
		most: true})}, time.Unix(0, 0))
	for _, want := range []string{
		"Measured 1970-01-01 00:00 UTC",
		"| preview / DuckDB | 1 M | 1.00 | 4.00 | 4.00 | >= 2.5 | >= 4 | aim |\n",
		"| preview / wc -l | 1 M | 1.00 | 4.00 | 0.25 | <= 12 | <= 7 | aim |\n",
		"| peak memory | 1500 | - | 100 MB | - | <= 0.5 | <= 0.3 | failed |\n",
		"- preview / DuckDB, 1 M rows: 2 figures, all digits\n",
		"- peak memory, 1500 rows: carbonledger: exit status 2\n",
		"- hledger is not measured: not here\n",
		"- duckdb: 1\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("the report lacks %q:\n%s", want, got)
		}
	}
}
