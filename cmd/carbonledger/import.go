package main

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"os"
	"runtime"
	"slices"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/engine"
	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
	"carbonledger/table"
)

func importCommand(say func(string) string) *cli.Command {
	return &cli.Command{Name: "import", Usage: say("import.usage"), ArgsUsage: "FILE...",
		Action: importFiles, Flags: []cli.Flag{
			&cli.StringFlag{Name: "dialect", Value: "auto", Usage: say("flag.dialect")},
			&cli.StringFlag{Name: "sender", Usage: say("flag.sender")},
			&cli.StringSliceFlag{Name: "map", Usage: say("flag.map")},
			&cli.BoolFlag{Name: "no-input", Usage: say("flag.no-input")},
			&cli.BoolFlag{Name: "dry-run", Usage: say("flag.dry-run")},
			&cli.BoolFlag{Name: "partial", Usage: say("flag.partial")},
			&cli.BoolFlag{Name: "strict", Usage: say("flag.strict")},
			&cli.StringFlag{Name: "faults", Usage: say("flag.faults")},
			&cli.BoolFlag{Name: "mapping", Usage: say("flag.mapping")},
			&cli.BoolFlag{Name: "warnings", Usage: say("flag.warnings")},
			&cli.StringFlag{Name: "receipt", Usage: say("flag.receipt")},
		}}
}

func importFiles(c *cli.Context) error {
	if c.NArg() == 0 {
		return usage("usage.import")
	}
	answers, err := columnsOf(c)
	if err != nil {
		return err
	}
	how := engine.Import{Dialect: c.String("dialect"), Sender: c.String("sender"),
		Columns: answers, DryRun: c.Bool("dry-run"), Partial: c.Bool("partial"),
		Strict: c.Bool("strict")}
	book, readOnly := c.String("book"), how.DryRun
	if how.DryRun && !exists(book) {
		book, readOnly = engine.Memory, false
	}
	if how.DryRun && c.String("receipt") != "" {
		return usage("usage.receipt")
	}
	return withBook(c, book, readOnly, func(ctx context.Context, s *session) error {
		how.Ask = terminalAsk(os.Stdin, s.err, s.lang, c.Bool("no-input"))
		how.Tell = s.reading(c.Bool("mapping"))
		if s.warnings = warningsShown; c.Bool("warnings") {
			s.warnings = 0
		}
		back, err := s.reserveFaults(c.String("faults"), how)
		if err != nil {
			return err
		}
		receipts, err := s.reserve(c.String("receipt"), "usage.receipt-exists")
		if err != nil {
			return errors.Join(err, back.drop())
		}
		list, err := s.importAll(ctx, c.Args().Slice(), how)
		return errors.Join(s.show(list), s.writeFaults(back, list),
			s.writeReceipts(receipts, list), err)
	})
}

// reading returns what tells the user how a table was read, before it is posted: a line for each
// table, and how each column was read once for all tables that are read alike, or for every one.
func (s *session) reading(every bool) func(engine.Imported) {
	shown := map[string]bool{}
	return func(i engine.Imported) {
		if s.quiet || i.Dialect.ID == "" || i.Outcome == engine.Again {
			return
		}
		title := i.Dialect.TitleEN
		if s.lang == table.ZH {
			title = i.Dialect.TitleZH
		}
		fmt.Fprintln(s.err, report.Reading(i.Source, title, s.lang))
		alike := fmt.Sprint(i.Source.Dialect, i.Source.DialectDigest, i.Source.Mapping)
		if len(i.Source.Mapping) > 0 && (every || !shown[alike]) {
			shown[alike] = true
			_ = format.Text(s.err, report.Mapping(i.Source, s.names()))
		}
	}
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
	bar := s.progress(files)
	if tell := how.Tell; tell != nil {
		how.Tell = func(i engine.Imported) {
			_ = bar.Clear()
			tell(i)
		}
	}
	how.Read = func(bytes int) { _ = bar.Add(bytes) }
	var list []engine.Imported
	for file, opened := range ahead(ctx, files, how) {
		results, err := s.ImportOpened(ctx, opened, how)
		list = append(list, results...)
		var rejection *engine.Rejection
		switch {
		case errors.As(err, &rejection):
			if len(results) == 0 {
				list = append(list, engine.Imported{File: file, Outcome: engine.Rejected,
					Faults: rejection.Faults})
			}
		case err != nil:
			return list, fmt.Errorf("%s: %w", file, err)
		}
		_ = bar.Set64(bar.done(file))
	}
	err := engine.RejectionOf(list)
	var rejection *engine.Rejection
	if errors.As(err, &rejection) {
		rejection.Told = true
	}
	return list, err
}

// ahead opens files in their order, a few before they are asked for, so that reading and taking
// apart the next ones goes on while one is posted.
func ahead(ctx context.Context, files []string, how engine.Import) iter.Seq2[string,
	engine.Opened] {
	return func(yield func(string, engine.Opened) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		queue := make(chan chan engine.Opened, runtime.GOMAXPROCS(0))
		go func() {
			defer close(queue)
			for _, file := range files {
				opened := make(chan engine.Opened, 1)
				select {
				case queue <- opened:
				case <-ctx.Done():
					return
				}
				if size := sizeOf(file); size > aheadMost || file == "-" {
					opened <- how.Open(file) // a large one is opened with no other beside it
					continue
				}
				go func() { opened <- how.Open(file) }()
			}
		}()
		at := 0
		for opened := range queue {
			if !yield(files[at], <-opened) {
				return
			}
			at++
		}
	}
}

// aheadMost is the size in bytes of the largest file that is opened beside others.
const aheadMost = 32 << 20

// sizeOf is the size of a file in bytes, and 0 where nobody knows.
func sizeOf(path string) int64 {
	info, err := os.Stat(path)
	if err != nil {
		return 0
	}
	return info.Size()
}

// warningsShown is how many warnings of one kind are printed for a file before they are only
// counted; faults are always printed, all of them.
const warningsShown = 10

// show prints faults, warnings and notes to standard error and the receipts to standard output.
func (s *session) show(list []engine.Imported) error {
	for _, result := range list {
		if !s.quiet {
			sayFaults(s.err, result.Notes, s.lang, report.Say(s.lang, "note", ""), s.warnings)
			sayFaults(s.err, result.Warnings, s.lang, report.Say(s.lang, "warning", ""), s.warnings)
		}
		sayFaults(s.err, result.Faults, s.lang, "", 0)
	}
	if len(list) == 0 {
		return nil
	}
	return s.print(report.Uploads(uploads(list), s.names()))
}

// uploads tells the report what became of tables.
func uploads(list []engine.Imported) []report.Upload {
	var all []report.Upload
	for _, i := range list {
		warnings := len(i.Warnings)
		if i.Strict {
			warnings = len(i.Faults)
		}
		all = append(all, report.Upload{Receipt: i.Receipt, File: i.File, Sheet: i.Sheet,
			Outcome: string(i.Outcome), Faults: len(i.Faults), Warnings: warnings,
			Said: slices.Concat(i.Faults, i.Warnings, i.Notes)})
	}
	return all
}

// preview reads files as if they were imported and posts nothing, so that what is asked next counts
// them. Faults are told, and then nothing is answered.
func (s *session) preview(ctx context.Context, files []string) error {
	if len(files) == 0 {
		return nil
	}
	list, err := s.importAll(ctx, files, engine.Import{DryRun: true})
	for _, result := range list {
		sayFaults(s.err, result.Faults, s.lang, "", 0)
	}
	return err
}
