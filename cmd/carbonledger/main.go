// Command carbonledger is the command line of the ledger: it parses, asks the engine one thing,
// and prints the answer. Results go to standard output, everything else to standard error.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/engine"
	"carbonledger/internal/proof"
	"carbonledger/internal/report"
	"carbonledger/table"
)

// Set by the linker: see the Makefile.
var (
	version = "dev"
	commit  = "unknown"
	date    = "unknown"
)

// The exit codes; scripts rely on them.
const (
	exitDone     = 0
	exitFailure  = 1
	exitUsage    = 2
	exitRejected = 3
	exitConfig   = 4
	exitWarnings = 5
	exitSIGINT   = 130
	exitSIGTERM  = 143
)

func main() {
	debug.SetGCPercent(garbagePercent)
	ballast := make([]byte, garbageLeast)
	code := run(os.Args, os.Stdout, os.Stderr)
	runtime.KeepAlive(ballast)
	os.Exit(code)
}

// garbagePercent is how much memory may be garbage, of what is in use: half as much as usual, as
// the sums of a large import are most of it. It costs a few hundredths of the time.
//
// garbageLeast counts as in use beside it, in bytes: a small heap would be walked again and again
// while it grows. Nobody writes there, so that the system never gives the memory.
const (
	garbagePercent = 50
	garbageLeast   = 32 << 20
)

// run is main with its surroundings given, so that scripts in tests can call it.
func run(args []string, stdout, stderr io.Writer) int {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(signals)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var stopped atomic.Int32
	go func() {
		select {
		case s := <-signals:
			stopped.Store(exitSIGINT)
			if s == syscall.SIGTERM {
				stopped.Store(exitSIGTERM)
			}
			cancel()
		case <-ctx.Done():
		}
	}()
	lang := language(args)
	app := newApp(lang, stdout, stderr)
	err := app.RunContext(ctx, arrange(app, args))
	if code := stopped.Load(); code != 0 && err != nil {
		fmt.Fprintln(stderr, report.Term(lang, "interrupted"))
		return int(code)
	}
	return code(lang, err, stderr)
}

// language is what --lang says, then what the environment says, then English.
func language(args []string) table.Lang {
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if ok && (value == string(table.ZH) || value == string(table.EN)) {
			return table.Lang(value)
		}
	}
	for _, name := range []string{"CARBONLEDGER_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		if value := os.Getenv(name); value != "" {
			if strings.HasPrefix(value, "zh") {
				return table.ZH
			}
			return table.EN
		}
	}
	return table.EN
}

// code prints an error and returns the exit code it stands for.
func code(lang table.Lang, err error, stderr io.Writer) int {
	if err == nil {
		return exitDone
	}
	var rejection *engine.Rejection
	if errors.As(err, &rejection) {
		if !rejection.Told {
			sayFaults(stderr, rejection.Faults, lang, "", 0)
		}
		key, code := "rejected", exitRejected
		if rejection.Strict {
			key, code = "warnings.strict", exitWarnings
		}
		switch {
		case rejection.Posted > 0:
			key += ".some"
		case rejection.Read:
			key += ".read"
		}
		fmt.Fprintln(stderr, "carbonledger:", report.Say(lang, key,
			fmt.Sprint(len(rejection.Faults)), fmt.Sprint(rejection.Posted),
			fmt.Sprint(rejection.Refused)))
		return code
	}
	fmt.Fprintln(stderr, "carbonledger:", inWords(lang, err))
	switch {
	case errors.Is(err, errUsage):
		return exitUsage
	case errors.Is(err, proof.ErrNotHeld):
		return exitRejected
	case isConfig(err):
		return exitConfig
	}
	return exitFailure
}

// newApp builds the commands; help and output are in the given language.
func newApp(lang table.Lang, stdout, stderr io.Writer) *cli.App {
	say := func(key string) string { return report.Term(lang, key) }
	app := &cli.App{
		Name: "carbonledger", Usage: say("app.usage"), HideVersion: true,
		Writer: stdout, ErrWriter: stderr,
		EnableBashCompletion: true,
		// The header of a column may hold a comma.
		DisableSliceFlagSeparator: true,
		ExitErrHandler:            func(*cli.Context, error) {},
		OnUsageError: func(_ *cli.Context, err error, _ bool) error {
			return fmt.Errorf("%w: %w", errUsage, err)
		},
		Flags: []cli.Flag{
			&cli.StringFlag{Name: "book", Value: "carbonledger.db", Usage: say("flag.book"),
				EnvVars: []string{"CARBONLEDGER_BOOK"}},
			&cli.StringFlag{Name: "output", Value: "table", Usage: say("flag.output")},
			&cli.StringFlag{Name: "lang", Usage: say("flag.lang")},
			&cli.BoolFlag{Name: "quiet", Usage: say("flag.quiet")},
		},
		Before: checkGlobals,
	}
	app.Commands = commands(lang)
	translateHelp(app, lang)
	for _, command := range app.Commands {
		prepare(command, app.OnUsageError)
	}
	app.Action = func(c *cli.Context) error {
		if c.Args().Present() {
			return usage("usage.command", c.Args().First())
		}
		return cli.ShowAppHelp(c)
	}
	return app
}

// prepare gives a command and its subcommands the same handling of wrong flags.
func prepare(command *cli.Command, onUsage cli.OnUsageErrorFunc) {
	command.OnUsageError = onUsage
	for _, sub := range command.Subcommands {
		prepare(sub, onUsage)
	}
}

func checkGlobals(c *cli.Context) error {
	if lang := c.String("lang"); lang != "" && lang != "zh" && lang != "en" {
		return usage("usage.lang")
	}
	return nil
}
