package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/engine"
	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
	"carbonledger/ledger"
	"carbonledger/ledger/inventory"
	"carbonledger/quantity"
	"carbonledger/table"
)

// policyDefault is read unless --policy names another: it counts energy as the bureaus do and
// gives emissions, energy and water at once.
const policyDefault = "cn-statistics"

// commands lists the commands in the order of a working day.
func commands(lang table.Lang) []*cli.Command {
	say := func(key string) string { return report.Term(lang, key) }
	policy := &cli.StringFlag{Name: "policy", Value: policyDefault, Usage: say("flag.policy")}
	asOf := &cli.IntFlag{Name: "as-of", Usage: say("flag.as-of")}
	period := &cli.StringFlag{Name: "period", Usage: say("flag.period")}
	where := &cli.StringFlag{Name: "where", Usage: say("flag.where")}
	return []*cli.Command{
		demoCommand(say), templateCommand(say), importCommand(say),
		{Name: "reverse", Usage: say("reverse.usage"), ArgsUsage: "RECEIPT", Action: reverse,
			Flags: []cli.Flag{&cli.StringFlag{Name: "reason", Usage: say("flag.reason")}}},
		{Name: "inventory", Usage: say("inventory.usage"), Action: inventoryOf,
			Flags: []cli.Flag{period, policy, asOf, where,
				&cli.StringFlag{Name: "of", Value: "co2e", Usage: say("flag.of")},
				&cli.StringFlag{Name: "by", Value: "scope", Usage: say("flag.by")},
				&cli.BoolFlag{Name: "refs", Usage: say("flag.refs")},
				&cli.BoolFlag{Name: "exact", Usage: say("flag.exact")},
				&cli.StringSliceFlag{Name: "preview", Usage: say("flag.preview")}}},
		{Name: "intensity", Usage: say("intensity.usage"), Action: intensity,
			Flags: []cli.Flag{period, policy, asOf, where,
				&cli.StringFlag{Name: "of", Value: "co2e,energy,water", Usage: say("flag.of")},
				&cli.StringFlag{Name: "per", Value: "gdp", Usage: say("flag.per")},
				&cli.StringFlag{Name: "area", Usage: say("flag.area")},
				&cli.BoolFlag{Name: "refs", Usage: say("flag.refs")},
				&cli.StringFlag{Name: "base", Usage: say("flag.base-period")},
				&cli.StringFlag{Name: "target", Usage: say("flag.target")},
				&cli.StringFlag{Name: "scale", Value: "municipal-2010", Usage: say("flag.scale")}}},
		uncertaintyCommand(say, period, policy, asOf, where),
		{Name: "explain", Usage: say("explain.usage"), ArgsUsage: "REF", Action: explain,
			Flags: []cli.Flag{&cli.IntFlag{Name: "lines", Value: 10, Usage: say("flag.lines")},
				&cli.StringFlag{Name: "policy", Usage: say("flag.policy-file")}}},
		bridgeCommand(say), dialectCommand(say), factorsCommand(say, policy),
		scenarioCommand(say, policy),
		{Name: "receipts", Usage: say("receipts.usage"), ArgsUsage: "[RECEIPT...]",
			Action: receipts},
		checkCommand(say),
		{Name: "export", Usage: say("export.usage"), Action: export},
		{Name: "version", Usage: say("version.usage"), Action: showVersion},
	}
}

// session is what every command needs: the engine, the language, and where to write.
type session struct {
	*engine.Engine
	lang   table.Lang
	format format.Format
	out    io.Writer
	err    io.Writer
	quiet  bool
	// together says that answers may have several tables, which programs get in one document.
	together bool
	// kept are tables for a format that holds all of an answer.
	kept []report.Table
	// printed counts the tables printed.
	printed int
	// warnings is how many warnings of one kind are printed, 0 for all.
	warnings int
}

// open opens the book of a command; commands that only read never make one.
func open(c *cli.Context, book string, readOnly bool) (*session, error) {
	f, err := format.ByID(c.String("output"))
	if err != nil {
		return nil, noFormat(c.String("output"))
	}
	return openAs(c, book, readOnly, f)
}

// openAs opens the book of a command whose answers are printed in a format.
func openAs(c *cli.Context, book string, readOnly bool, f format.Format) (*session, error) {
	files := c.String("dialect") != "" || c.IsSet("preview") // other arguments are no tables
	go engine.ReadAhead(split(c.String("policy")), files)
	e, err := engine.Open(c.Context, book, readOnly)
	if err != nil {
		return nil, err
	}
	return &session{Engine: e, lang: languageOf(c), format: f, out: c.App.Writer,
		err: c.App.ErrWriter, quiet: c.Bool("quiet"), warnings: warningsShown}, nil
}

// noFormat is the mistake of an output format that does not exist.
func noFormat(id string) error {
	var ids []string
	for _, f := range format.Formats {
		ids = append(ids, f.ID)
	}
	return usage("usage.output", id, listed(ids))
}

func languageOf(c *cli.Context) table.Lang {
	if lang := c.String("lang"); lang != "" {
		return table.Lang(lang)
	}
	return language(nil)
}

// with opens the book of the command line, works and closes it, whatever happens.
func with(c *cli.Context, readOnly bool, work func(context.Context, *session) error) error {
	return withBook(c, c.String("book"), readOnly, work)
}

func withBook(
	c *cli.Context,
	book string,
	readOnly bool,
	work func(context.Context, *session) error,
) error {
	s, err := open(c, book, readOnly)
	if err != nil {
		return err
	}
	// What was kept before a mistake was found is an answer too: a certificate that differs.
	err = errors.Join(work(c.Context, s), s.flush())
	return errors.Join(err, s.Close())
}

func (s *session) names() report.Names {
	return report.Names{Lang: s.lang, Library: s.Library(), Entities: s.Book().Entity}
}

// print prints a table, or keeps it for a format that holds all of an answer.
func (s *session) print(t report.Table) error {
	if s.whole() != nil {
		s.kept = append(s.kept, t)
		return nil
	}
	if s.printed++; s.printed > 1 && s.format.ID == "csv" {
		fmt.Fprintln(s.out) // an empty line parts tables with different columns
	}
	return s.format.Write(s.out, t)
}

// whole is how the format prints all tables at once; nil where they follow one another.
func (s *session) whole() func(io.Writer, []report.Table) error {
	if s.together && s.format.Together != nil {
		return s.format.Together
	}
	return s.format.Whole
}

// flush prints what was kept.
func (s *session) flush() error {
	if len(s.kept) == 0 {
		return nil
	}
	if s.format.Whole != nil && isTerminal(s.out) {
		return usage("usage.terminal", s.format.ID)
	}
	return s.whole()(s.out, s.kept)
}

func (s *session) tell(key string, args ...string) {
	if !s.quiet {
		fmt.Fprintln(s.err, report.Say(s.lang, key, args...))
	}
}

// query reads --period, --of, --by and --where.
func query(c *cli.Context) (inventory.Query, error) {
	q := inventory.Query{Workers: runtime.NumCPU()}
	if c.String("period") == "" {
		return q, usage("usage.period")
	}
	var err error
	if q.Period, err = quantity.ParsePeriod(table.Fold(c.String("period"))); err != nil {
		return q, usage("usage.period-wrong", c.String("period"))
	}
	for _, name := range split(c.String("of")) {
		q.Measures = append(q.Measures, inventory.Measure(name))
	}
	for _, name := range split(c.String("by")) {
		dimension, err := inventory.ParseDimension(name)
		if err != nil {
			return q, usage("usage.by", name, listed(inventory.Dimensions))
		}
		q.By = append(q.By, dimension)
	}
	if q.Where, err = inventory.ParseWhere(c.String("where")); err != nil {
		return q, usage("usage.where", c.String("where"))
	}
	return q, nil
}

func split(list string) []string {
	var names []string
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			names = append(names, name)
		}
	}
	return names
}

func inventoryOf(c *cli.Context) error {
	q, err := query(c)
	if err != nil {
		return err
	}
	return with(c, true, func(ctx context.Context, s *session) error {
		if err := s.preview(ctx, c.StringSlice("preview")); err != nil {
			return err
		}
		answers, err := s.Inventories(ctx, split(c.String("policy")), c.Int("as-of"), q)
		if err != nil {
			return err
		}
		detail := report.Detail{References: c.Bool("refs") || s.format.ID != "table",
			Exact: c.Bool("exact")}
		return s.print(report.Inventories(answers, detail, s.names()))
	})
}

func intensity(c *cli.Context) error {
	q, err := query(c)
	if err != nil {
		return err
	}
	if c.IsSet("base") || c.IsSet("target") {
		return progress(c, q)
	}
	return with(c, true, func(ctx context.Context, s *session) error {
		answer, err := s.Intensity(ctx, c.String("policy"), c.Int("as-of"), q, c.String("per"),
			c.String("area"))
		if err != nil {
			return err
		}
		t := report.Intensities(answer, s.names())
		if c.Bool("refs") || s.format.ID != "table" {
			t = report.WithIntensityReferences(t, answer)
		}
		return s.print(t)
	})
}

// progress rates intensities against a base and a target.
func progress(c *cli.Context, q inventory.Query) error {
	base, err := quantity.ParsePeriod(table.Fold(c.String("base")))
	if err != nil {
		return usage("usage.base", c.String("base"))
	}
	fall, err := quantity.ParseNumber(c.String("target"))
	if err != nil || fall.Sign() <= 0 {
		return usage("usage.target", c.String("target"))
	}
	return with(c, true, func(ctx context.Context, s *session) error {
		answer, err := s.Progress(ctx, c.String("policy"), c.Int("as-of"), q, c.String("per"),
			c.String("area"), engine.Goal{Base: base, Fall: fall, Scale: c.String("scale")})
		if err != nil {
			return err
		}
		return s.print(report.Progress(answer, s.names()))
	})
}

func explain(c *cli.Context) error {
	if c.NArg() != 1 {
		return usage("usage.explain")
	}
	return with(c, true, func(ctx context.Context, s *session) error {
		answer, err := s.Explain(ctx, c.Args().First(), c.String("policy"))
		if err != nil {
			return of(err, inventory.ErrRef, "usage.ref", c.Args().First())
		}
		return s.print(
			report.Explanation(answer.Explanation, answer.Lines, s.names(), c.Int("lines")),
		)
	})
}

func reverse(c *cli.Context) error {
	switch {
	case c.NArg() != 1:
		return usage("usage.reverse")
	case c.String("reason") == "":
		return usage("usage.reverse-reason", c.Args().First())
	}
	return with(c, false, func(ctx context.Context, s *session) error {
		receipt, err := s.Reverse(ctx, c.Args().First(), c.String("reason"))
		if err != nil {
			return of(err, ledger.ErrReceipt, "usage.receipt-none", c.Args().First())
		}
		return s.print(report.Receipts([]ledger.Receipt{receipt}, s.lang))
	})
}

func export(c *cli.Context) error {
	return with(c, true, func(ctx context.Context, s *session) error {
		t, err := report.Export(s.names(), func(yield func(ledger.Receipt, ledger.Activity)) error {
			return s.Export(ctx, yield)
		})
		if err != nil {
			return err
		}
		return format.CSV(s.out, t)
	})
}

func showVersion(c *cli.Context) error {
	_, err := fmt.Fprintf(c.App.Writer, "carbonledger %s (commit %s, %s, %s)\n",
		version, commit, date, runtime.Version())
	return err
}
