package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"carbonledger/factors"
	"carbonledger/factors/published"
	"carbonledger/internal/engine"
	"carbonledger/internal/report"
	"carbonledger/internal/store/sqlite"
	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/quantity"
	"carbonledger/table"
)

func factorsCommand(say func(string) string, policy cli.Flag) *cli.Command {
	return &cli.Command{Name: "factors", Usage: say("factors.usage"), Subcommands: []*cli.Command{
		{Name: "list", Usage: say("factors.list.usage"), ArgsUsage: "[SET]", Action: factorsList,
			Flags: []cli.Flag{
				&cli.StringFlag{Name: "commodity", Usage: say("flag.filter-commodity")},
				&cli.StringFlag{Name: "area", Usage: say("flag.filter-area")}}},
		{
			Name:      "find",
			Usage:     say("factors.find.usage"),
			ArgsUsage: "COMMODITY",
			Action:    factorsFind,
			Flags: []cli.Flag{policy,
				&cli.StringFlag{Name: "to", Value: "co2", Usage: say("flag.to")},
				&cli.StringFlag{Name: "area", Value: "CN", Usage: say("flag.area")},
				&cli.StringFlag{Name: "entity", Usage: say("flag.entity")},
				&cli.StringFlag{Name: "site", Usage: say("flag.site")},
				&cli.StringFlag{Name: "period", Usage: say("flag.period")}},
		},
		factorsDiffCommand(say, policy),
		{Name: "add", Usage: say("factors.add.usage"), ArgsUsage: "FILE", Action: factorsAdd,
			Flags: []cli.Flag{
				&cli.StringFlag{Name: "approver", Usage: say("flag.approver")},
				&cli.StringFlag{Name: "evidence", Usage: say("flag.evidence")}}},
		{Name: "analysis", Usage: say("factors.analysis.usage"), ArgsUsage: "FILE",
			Action: factorsAnalysis, Flags: []cli.Flag{
				&cli.StringFlag{Name: "approver", Usage: say("flag.approver")},
				&cli.BoolFlag{Name: "dry-run", Usage: say("flag.dry-run")}}},
		{Name: "import", Usage: say("factors.import.usage"), ArgsUsage: "FILE",
			Action: factorsImport, Flags: []cli.Flag{
				&cli.StringFlag{Name: "layout", Value: "auto", Usage: say("flag.layout")},
				&cli.StringFlag{Name: "id", Usage: say("flag.set-id")},
				&cli.StringFlag{Name: "area", Usage: say("flag.factor-area")},
				&cli.IntFlag{Name: "year", Usage: say("flag.year")},
				&cli.StringFlag{Name: "title-zh", Usage: say("flag.title-zh")},
				&cli.StringFlag{Name: "title-en", Usage: say("flag.title-en")},
				&cli.StringFlag{Name: "licence", Usage: say("flag.licence")},
				&cli.StringFlag{Name: "out", Usage: say("flag.out")},
				&cli.StringSliceFlag{Name: "map", Usage: say("flag.map")},
				&cli.BoolFlag{Name: "no-input", Usage: say("flag.no-input")},
				&cli.BoolFlag{Name: "warnings", Usage: say("flag.warnings")},
				&cli.BoolFlag{Name: "dry-run", Usage: say("flag.dry-run")}}},
	}}
}

func factorsList(c *cli.Context) error {
	return withLibrary(c, func(library *factors.Library, s *session) error {
		if c.NArg() == 0 {
			return s.print(report.Sets(library, s.lang))
		}
		set, ok := library.Set(c.Args().First())
		if !ok {
			return usage("usage.factor-set", c.Args().First())
		}
		set, err := s.Select(set, c.String("commodity"), c.String("area"))
		if err != nil {
			return err
		}
		return s.print(report.Set(set, s.names()))
	})
}

func factorsFind(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("usage.factors-find")
	}
	period, err := quantity.ParsePeriod(table.Fold(c.String("period")))
	if err != nil {
		return usage("usage.period-wrong", c.String("period"))
	}
	return withLibrary(c, func(_ *factors.Library, s *session) error {
		found, err := s.FindFactor(engine.Wanted{Policy: c.String("policy"),
			From: c.Args().First(), To: c.String("to"), Area: c.String("area"),
			Entity: c.String("entity"), Site: c.String("site"), Period: period})
		if err != nil {
			return err
		}
		return s.print(report.Search(found, s.names()))
	})
}

func factorsAdd(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("usage.factors-add")
	}
	return with(c, false, func(ctx context.Context, s *session) error {
		receipt, err := s.AddFactors(ctx, c.Args().First(), factors.Signature{
			Approver: c.String("approver"), Evidence: c.String("evidence")})
		if err != nil {
			return err
		}
		return s.print(report.Receipts([]ledger.Receipt{receipt}, s.lang))
	})
}

// factorsAnalysis makes monthly factors of analyses of fuel.
func factorsAnalysis(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("usage.factors-analysis")
	}
	book, readOnly := c.String("book"), c.Bool("dry-run")
	if readOnly && !exists(book) {
		book, readOnly = engine.Memory, false
	}
	return withBook(c, book, readOnly, func(ctx context.Context, s *session) error {
		a, err := s.AddAnalyses(ctx, c.Args().First(), c.String("approver"), c.Bool("dry-run"))
		if err != nil {
			return err
		}
		sayFaults(s.err, a.Warnings, s.lang, report.Say(s.lang, "warning", ""), 0)
		return s.print(report.Analyses(a.Months, a.Factors, a.Receipt, s.names()))
	})
}

// factorsImport makes a set of a published file. Without --out it goes into the book.
func factorsImport(c *cli.Context) error {
	if c.NArg() != 1 || c.String("id") == "" {
		return usage("usage.factors-import")
	}
	o := published.Options{Layout: c.String("layout"), ID: c.String("id"), Area: c.String("area"),
		Year: c.Int("year"), TitleZH: c.String("title-zh"), TitleEN: c.String("title-en"),
		Licence: c.String("licence"), Columns: map[string]string{}}
	for _, text := range c.StringSlice("map") {
		header, field, err := published.ParseColumn(text)
		if err != nil {
			return usage("usage.factors-map", text)
		}
		o.Columns[header] = field
	}
	out, book := c.String("out"), c.String("book")
	dryRun, readOnly := c.Bool("dry-run") || out != "", c.Bool("dry-run") || out != ""
	if dryRun && !exists(book) {
		book, readOnly = engine.Memory, false
	}
	return withBook(c, book, readOnly, func(ctx context.Context, s *session) error {
		if ask := terminalAsk(os.Stdin, s.err, s.lang, c.Bool("no-input")); ask != nil {
			o.Ask = questions(ask)
		}
		set, receipt, err := s.ImportSet(ctx, c.Args().First(), o, dryRun)
		if err != nil {
			return err
		}
		limit := warningsShown
		if c.Bool("warnings") {
			limit = 0
		}
		sayFaults(s.err, set.Left, s.lang, report.Term(s.lang, "left.mark"), limit)
		sayFaults(s.err, set.Warnings, s.lang, report.Say(s.lang, "warning", ""), limit)
		if out != "" {
			if err := s.writeSet(out, set); err != nil {
				return err
			}
		}
		return s.print(report.Published(set, receipt, s.lang))
	})
}

// questions puts the questions of a published file as those of an import are put.
func questions(ask dialects.Ask) func(table.Fault, []string) (int, bool) {
	return func(fault table.Fault, candidates []string) (int, bool) {
		q := dialects.Question{Fault: fault}
		for _, candidate := range candidates {
			q.Candidates = append(q.Candidates, dialects.Words{EN: candidate, ZH: candidate})
		}
		return ask(q)
	}
}

// writeSet writes the two files of a set, and what was not taken beside them, into a folder.
func (s *session) writeSet(folder string, set published.Set) error {
	left, err := table.Write(report.NotTaken(set, s.lang), table.UTF8BOM)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	files := []struct {
		name string
		data []byte
	}{{"source.md", set.Source}, {"factors.csv", set.Rows}, {"not-taken.csv", left}}
	for _, file := range files {
		path := filepath.Join(folder, file.name)
		if _, err := os.Lstat(path); err == nil {
			return usage("usage.exists", path, "--out")
		}
	}
	for _, file := range files {
		path := filepath.Join(folder, file.name)
		err := writeNew(path, func(w io.Writer) error {
			_, err := w.Write(file.data)
			return err
		})
		if err != nil {
			return err
		}
		s.tell("published.written", path)
	}
	return nil
}

// withLibrary works on the book where there is one and on the shipped factors where there is none.
func withLibrary(c *cli.Context, work func(*factors.Library, *session) error) error {
	err := with(c, true, func(_ context.Context, s *session) error { return work(s.Library(), s) })
	if !errors.Is(err, sqlite.ErrNoBook) {
		return err
	}
	return withBook(
		c,
		engine.Memory,
		false,
		func(_ context.Context, s *session) error { return work(s.Library(), s) },
	)
}
