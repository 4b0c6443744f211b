// Package scenario is the commands about scenarios: run, compare, targets, abatement, uncertainty,
// trend and rebase. Each parses, asks the engine one thing, and prints the answer. What they need
// of the program around them stands in Host.
package scenario

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/engine"
	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/table"
)

// Host is what the program gives to these commands.
type Host struct {
	// Say returns the words of a term, Usage a mistake in the way the program was called.
	Say   func(key string) string
	Usage func(key string, args ...string) error
	// With opens the book of the command line for reading, works and closes it. Own are output
	// formats that the command writes itself.
	With func(c *cli.Context, own []string, work func(context.Context, *Session) error) error
	// Policy is the flag of the policy.
	Policy cli.Flag
}

// Session is an open book and how to print what it answers.
type Session struct {
	*engine.Engine
	Names report.Names
	// Output is the format that was asked for.
	Output string
	Out    io.Writer
	Print  func(report.Table) error
	Tell   func(key string, args ...string)
	Usage  func(key string, args ...string) error
	// Watched shows how far the work of a context is, until end is called.
	Watched func(context.Context) (watched context.Context, end func())
}

func (s *Session) lang() table.Lang { return s.Names.Lang }

func (s *Session) printAll(tables ...report.Table) error {
	for _, t := range tables {
		if err := s.Print(t); err != nil {
			return err
		}
	}
	return nil
}

// Command returns the command with its subcommands.
func Command(h Host) *cli.Command {
	sub := func(name string, action func(Host, *cli.Context) error, own ...cli.Flag) *cli.Command {
		return &cli.Command{Name: name, Usage: h.Say("scenario." + name + ".usage"),
			ArgsUsage: "FILE", Flags: append(own, h.flags()...),
			Action: func(c *cli.Context) error { return action(h, c) }}
	}
	text := func(name, term string) cli.Flag {
		return &cli.StringFlag{Name: name, Usage: h.Say(term)}
	}
	asOf := &cli.IntFlag{Name: "as-of", Usage: h.Say("flag.as-of")}
	only := h.only()
	trend := sub("trend", trends, only, &cli.StringFlag{Name: "rule", Value: "mean-growth",
		Usage: h.Say("flag.rule")}, asOf)
	trend.ArgsUsage = "[FILE]"
	return &cli.Command{Name: "scenario", Usage: h.Say("scenario.usage"),
		Subcommands: []*cli.Command{
			sub("run", run, only, text("by", "flag.cut"), asOf,
				&cli.BoolFlag{Name: "memos", Usage: h.Say("flag.memos")},
				&cli.BoolFlag{Name: "costs", Usage: h.Say("flag.costs")}),
			sub("compare", compare, only, text("reference", "flag.reference"),
				text("years", "flag.years"), text("targets", "flag.targets"), asOf,
				text("report", "flag.report"), text("pictures", "flag.pictures"),
				text("font", "flag.font"),
				&cli.BoolFlag{Name: "brief", Usage: h.Say("flag.brief")},
				&cli.IntFlag{Name: "samples", Value: 256, Usage: h.Say("flag.sample-count")},
				&cli.Uint64Flag{Name: "seed", Value: 1, Usage: h.Say("flag.seed")}),
			sub("targets", judge, only, text("targets", "flag.targets"), asOf),
			sub("abatement", abatements, only, text("years", "flag.years"), asOf),
			sub("uncertainty", uncertainty, append(h.spreadFlags(), asOf,
				text("targets", "flag.targets"), text("report", "flag.report"),
				text("pictures", "flag.pictures"), text("font", "flag.font"))...),
			trend,
			sub("rebase", rebase, only, &cli.IntFlag{Name: "from", Usage: h.Say("flag.from")}),
		}}
}

// flags are those that every subcommand has.
func (h Host) flags() []cli.Flag {
	return []cli.Flag{h.Policy,
		&cli.IntFlag{Name: "base", Usage: h.Say("flag.base")},
		&cli.IntFlag{Name: "to", Value: 2030, Usage: h.Say("flag.horizon")},
		&cli.StringFlag{Name: "area", Usage: h.Say("flag.boundary-area")},
	}
}

// projection reads which scenarios are asked for; need says that a file must be named.
func (h Host) projection(c *cli.Context, need bool) (engine.Projection, error) {
	if need && c.NArg() != 1 || c.NArg() > 1 {
		return engine.Projection{}, h.Usage("usage.scenario", c.Command.Name)
	}
	how := engine.Projection{Policy: c.String("policy"), AsOf: c.Int("as-of"),
		Question: planning.Question{Area: c.String("area"), Base: c.Int("base"),
			Horizon: c.Int("to"), Among: c.StringSlice("scenario")}}
	if len(how.Among) == 1 {
		how.Only = how.Among[0]
	}
	return how, nil
}

// only is the flag that names scenarios, under the two names it has in all commands.
func (h Host) only() cli.Flag {
	return &cli.StringSliceFlag{Name: "scenario", Aliases: []string{"only"},
		Usage: h.Say("flag.scenario")}
}

// list reads --years.
func (h Host) list(c *cli.Context) (years []int, err error) {
	text := c.String("years")
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r == ',' }) {
		year, err := strconv.Atoi(strings.TrimSpace(word))
		if err != nil {
			return nil, h.Usage("usage.scenario-years", text)
		}
		years = append(years, year)
	}
	return years, nil
}
