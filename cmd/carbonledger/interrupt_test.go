package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// interruptWithin is how long a command may go on after Ctrl-C: what nobody notices, with room for
// a machine that has other things to do.
const interruptWithin = 5 * time.Second

// interruptAfter is when the interrupt comes: the book is open and the projections have begun.
const interruptAfter = 2 * time.Second

// TestInterrupt: work on scenarios that would take minutes stops at Ctrl-C with exit code 130, and
// prints and leaves nothing.
func TestInterrupt(t *testing.T) {
	district, err := filepath.Abs("../../examples/qingyunpu")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	book, page := filepath.Join(folder, "book.db"), filepath.Join(folder, "page.html")
	meters := filepath.Join(district, "meters")
	for _, args := range [][]string{
		{filepath.Join(district, "entities.csv"), filepath.Join(district, "economy.csv")},
		{"--dialect", filepath.Join(meters, "dialect.toml"), filepath.Join(meters,
			"meters-2022.csv")},
	} {
		args = append([]string{"--book", book, "import"}, args...)
		if out, err := exec.Command("carbonledger", args...).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
	}
	measures := filepath.Join(district, "measures.csv")
	for _, args := range [][]string{
		{"uncertainty", measures, "--scenario", "trend", "--samples", "1000000", "--targets",
			filepath.Join(district, "targets.csv"), "--report", page},
		{"certify", measures, "--only", "trend", "--samples", "1048576"},
	} {
		t.Run(args[0], func(t *testing.T) {
			command := exec.Command("carbonledger", append([]string{"--book", book, "scenario"},
				args...)...)
			var out, words bytes.Buffer
			command.Stdout, command.Stderr = &out, &words
			if err := command.Start(); err != nil {
				t.Fatal(err)
			}
			began := make(chan time.Time, 1)
			timer := time.AfterFunc(interruptAfter, func() {
				began <- time.Now()
				_ = command.Process.Signal(os.Interrupt)
			})
			err := command.Wait()
			if timer.Stop() {
				t.Fatalf("over before the interrupt: %v\n%s%s", err, out.Bytes(), words.Bytes())
			}
			took := time.Since(<-began)
			var exit *exec.ExitError
			if !errors.As(err, &exit) || exit.ExitCode() != exitSIGINT || took > interruptWithin {
				t.Errorf("%v after %s, want exit code %d\n%s", err, took, exitSIGINT, words.Bytes())
			}
			if out.Len() > 0 || !strings.Contains(words.String(), "interrupted") {
				t.Errorf("stdout %q, stderr %q", out.Bytes(), words.Bytes())
			}
			if _, err := os.Stat(page); err == nil {
				t.Error("a page is left")
			}
			t.Logf("stopped after %s", took)
		})
	}
}
