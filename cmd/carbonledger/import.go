package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"carbonledger/internal/engine"
	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
)

func importCommand(say func(string) string) *cli.Command {
	return &cli.Command{Name: "import", Usage: say("import.usage"), ArgsUsage: "FILE...",
		Action: importFiles, Flags: []cli.Flag{
			&cli.StringFlag{Name: "dialect", Value: "auto", Usage: say("flag.dialect")},
			&cli.BoolFlag{Name: "dry-run", Usage: say("flag.dry-run")},
			&cli.BoolFlag{Name: "partial", Usage: say("flag.partial")},
			&cli.BoolFlag{Name: "strict", Usage: say("flag.strict")},
			&cli.StringFlag{Name: "faults", Usage: say("flag.faults")},
		}}
}

func importFiles(c *cli.Context) error {
	if c.NArg() == 0 {
		return fmt.Errorf("%w: carbonledger import needs the names of files", errUsage)
	}
	how := engine.Import{Dialect: c.String("dialect"), DryRun: c.Bool("dry-run"),
		Partial: c.Bool("partial"), Strict: c.Bool("strict")}
	book, readOnly := c.String("book"), how.DryRun
	if how.DryRun && !exists(book) {
		book, readOnly = engine.Memory, false
	}
	return withBook(c, book, readOnly, func(ctx context.Context, s *session) error {
		back, err := reserve(c.String("faults"), how)
		if err != nil {
			return err
		}
		list, err := s.importAll(ctx, c.Args().Slice(), how)
		return errors.Join(s.writeFaults(back, list), s.show(list), err)
	})
}

// exists says whether there is a book to preview against; without one, an empty book is used.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// importAll takes the files in the order given, each as a batch of its own. A rejected file does
// not stop the next; an error of the machine does.
func (s *session) importAll(ctx context.Context, files []string, how engine.Import) (
	[]engine.Imported, error) {
	bar := s.progress(len(files))
	var list []engine.Imported
	rejected := &engine.Rejection{Strict: true}
	for _, file := range files {
		result, err := s.Import(ctx, file, how)
		var rejection *engine.Rejection
		switch {
		case errors.As(err, &rejection):
			rejected.Faults = append(rejected.Faults, rejection.Faults...)
			rejected.Strict = rejected.Strict && rejection.Strict
		case err != nil:
			return list, fmt.Errorf("%s: %w", file, err)
		}
		list = append(list, result)
		_ = bar.Add(1)
	}
	if len(rejected.Faults) > 0 {
		return list, rejected
	}
	return list, nil
}

// progress shows files, rate and time left, on a terminal only.
func (s *session) progress(files int) *progressbar.ProgressBar {
	out := io.Discard
	if f, ok := s.err.(*os.File); ok && !s.quiet && files > 1 && term.IsTerminal(int(f.Fd())) {
		out = s.err
	}
	return progressbar.NewOptions(files, progressbar.OptionSetWriter(out),
		progressbar.OptionShowCount(), progressbar.OptionShowIts(),
		progressbar.OptionClearOnFinish(), progressbar.OptionThrottle(progressEvery))
}

// progressEvery is how often the progress of an import is drawn anew.
const progressEvery = 200 * time.Millisecond

// warningsShown is how many warnings of a file are printed before they are only counted; faults are
// always printed, all of them.
const warningsShown = 3

// show prints faults and warnings to standard error and the receipts to standard output.
func (s *session) show(list []engine.Imported) error {
	for _, result := range list {
		if !result.Rejected {
			for _, fault := range result.Faults {
				fmt.Fprintln(s.err, fault.Text(s.lang))
			}
		}
		for i, warning := range result.Warnings {
			if i == warningsShown {
				s.tell("warnings.more", result.File, fmt.Sprint(len(result.Warnings)-i))
				break
			}
			s.tell("warning", warning.Text(s.lang))
		}
	}
	if len(list) == 0 {
		return nil
	}
	return s.print(report.Uploads(uploads(list), s.lang))
}

// faultsFile is where the bad rows of a partial import go unless --faults names another file.
const faultsFile = "faults.csv"

// reserve makes the file for bad rows before anything is posted, so that no row is left out of the
// book without having a place to go. A file that is there already is never overwritten.
func reserve(path string, how engine.Import) (string, error) {
	if path == "" && (!how.Partial || how.DryRun) {
		return "", nil
	}
	if path == "" {
		path = faultsFile
	}
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("%w: %s exists; name another file with --faults", errUsage, path)
	}
	if err != nil {
		return "", err
	}
	return path, file.Close()
}

// writeFaults writes the rows with faults back, a file for each upload: the reserved one for the
// first, numbered ones beside it for the others.
func (s *session) writeFaults(path string, list []engine.Imported) error {
	written := 0
	for _, result := range list {
		if path == "" || len(result.Bad) == 0 {
			continue
		}
		written++
		target := path
		if written > 1 {
			suffix := filepath.Ext(path)
			target = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(path, suffix), written, suffix)
		}
		var text bytes.Buffer
		t := report.BadRows(result.Header, result.Bad, s.lang)
		if err := format.Spreadsheet(&text, t); err != nil {
			return err
		}
		if err := os.WriteFile(target, text.Bytes(), 0o600); err != nil {
			return err
		}
		s.tell("faults.written", target)
	}
	if path != "" && written == 0 {
		return os.Remove(path)
	}
	return nil
}

// uploads tells the report what became of files.
func uploads(list []engine.Imported) []report.Upload {
	var all []report.Upload
	for _, i := range list {
		all = append(all, report.Upload{Receipt: i.Receipt, File: i.File, Again: i.Again,
			DryRun: i.DryRun, Faults: len(i.Faults), Warnings: len(i.Warnings),
			Rejected: i.Rejected})
	}
	return all
}
