// Bench measures the engine against what an analyst would use instead, for one job: from a CSV of
// activity rows to exact emissions of each enterprise, month and scope. It prints one table of
// ratios and holds all exact answers side by side. docs/performance.md says how and why.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"syscall"
	"time"
)

// options are the flags of a run.
type options struct {
	rows, small, postings int64
	pairs                 int
	only                  *regexp.Regexp
	ours, before          string
	exact                 string
	work, out             string
	install               bool
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:])
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "bench: "+err.Error())
		stop()
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) > 0 && args[0] == "compare" {
		return compare(args[1:], os.Stdout)
	}
	o, err := parse(args)
	if err != nil {
		return err
	}
	if o.work == "" {
		if o.work, err = os.MkdirTemp("", "carbonledger-bench-"); err != nil {
			return err
		}
		defer os.RemoveAll(o.work)
	}
	b, err := newBench(ctx, o)
	if err != nil {
		return err
	}
	defer b.close()
	lines := b.measure(ctx)
	if len(lines)+len(b.skipped) == 0 && ctx.Err() == nil {
		return fmt.Errorf("there is no job %s; docs/performance.md lists them", o.only)
	}
	text := b.report(lines, time.Now())
	if _, err := os.Stdout.WriteString(text); err != nil {
		return err
	}
	if err := keep(o.out, text); err != nil {
		return err
	}
	if ctx.Err() != nil {
		return errors.New("stopped; the table has what was measured until then")
	}
	return failures(lines)
}

func parse(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.Int64Var(&o.rows, "rows", 10_000_000,
		"rows of the large jobs; more than 10 million are measured beside 10 million, for growth")
	flags.Int64Var(&o.small, "small", 1_000_000, "rows of the small jobs")
	flags.Int64Var(&o.postings, "postings", 100_000, "postings of the plain-text ledgers")
	flags.IntVar(&o.pairs, "pairs", 0, "pairs of each job; 0 takes 5, and 3 of large jobs")
	only := flags.String("only", "", "measure only jobs whose name matches this expression")
	flags.StringVar(&o.ours, "ours", filepath.Join("..", "bin", "carbonledger"), "our program")
	flags.StringVar(&o.before, "before", "",
		"an earlier program in the tree it was built from, to compare the demo with")
	flags.StringVar(&o.exact, "exact", "", "flags that make inventory print every digit")
	flags.StringVar(&o.work, "work", "", "folder for the files; a temporary one without it")
	flags.StringVar(&o.out, "out", "out", "folder for the printed table")
	flags.BoolVar(&o.install, "install", os.Geteuid() == 0,
		"install peers that are not here, from Debian and with pip")
	err := flags.Parse(args)
	if err == nil {
		o.only, err = regexp.Compile(*only)
	}
	return o, err
}

// keep writes the table into the folder of results, with the day in its name.
func keep(folder, text string) error {
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	name := "bench-" + time.Now().UTC().Format("20060102-150405") + ".md"
	return os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644)
}

// failures is the error to end with: digits that differ and commands that failed.
func failures(lines []line) error {
	failed := 0
	for _, l := range lines {
		if l.err != nil {
			failed++
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d jobs failed or have other digits; see below the table", failed)
	}
	return nil
}
