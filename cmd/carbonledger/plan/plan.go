// Package plan holds the commands of carbonledger scenario that answer planners beyond a
// projection. Each parses, asks one thing, and prints.
package plan

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/urfave/cli/v2"

	"carbonledger/cmd/carbonledger/paper"
	"carbonledger/internal/engine"
	"carbonledger/internal/engine/plans"
	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/account"
	"carbonledger/internal/report/plan"
	"carbonledger/scenarios/certificate"
	"carbonledger/scenarios/sampling/pathways"
	"carbonledger/table"
)

// Session is what a command works with while the book is open.
type Session struct {
	Engine *engine.Engine
	Lang   table.Lang
	Names  report.Names
	Out    io.Writer
	Print  func(report.Table) error
	Tell   func(key string, args ...string)
	// Watched shows how far the work of a context is, until end is called.
	Watched func(context.Context) (watched context.Context, end func())
}

// Program is what the commands need of the program they stand in.
type Program struct {
	Say func(key string) string
	// Usage makes a mistake in the way the program was called.
	Usage func(key string, args ...string) error
	// Open opens the book of the command line, lets work go on, and closes it.
	Open func(c *cli.Context, work func(context.Context, Session) error) error
	// Policy is the flag of the policy.
	Policy cli.Flag
}

// flags are those all commands share.
func (p Program) flags() []cli.Flag {
	return []cli.Flag{p.Policy,
		&cli.IntFlag{Name: "base", Usage: p.Say("flag.base")},
		&cli.IntFlag{Name: "to", Value: 2030, Usage: p.Say("flag.horizon")},
		&cli.IntFlag{Name: "as-of", Usage: p.Say("flag.as-of")},
		&cli.StringFlag{Name: "area", Usage: p.Say("flag.boundary-area")},
	}
}

// Commands lists the commands.
func Commands(p Program) []*cli.Command {
	return []*cli.Command{p.certifyCommand(), p.attributeCommand(), p.searchCommand(),
		p.paretoCommand(), p.maccCommand(), p.pledgesCommand()}
}

func (p Program) only() cli.Flag {
	return &cli.StringFlag{Name: "only", Aliases: []string{"scenario"},
		Usage: p.Say("flag.scenario")}
}

func (p Program) drawn() []cli.Flag {
	return []cli.Flag{&cli.Uint64Flag{Name: "seed", Value: 1, Usage: p.Say("flag.seed")}}
}

// desk reads the file and the flags that say how to project it.
func (p Program) desk(c *cli.Context, s Session) plans.Desk {
	return plans.Desk{Engine: s.Engine, Path: c.Args().First(), How: engine.Projection{
		Policy: c.String("policy"), AsOf: c.Int("as-of"),
		Question: planning.Question{Area: c.String("area"), Base: c.Int("base"),
			Horizon: c.Int("to"), Only: c.String("only")}}}
}

// one wants one file and one scenario.
func (p Program) one(c *cli.Context) error {
	if c.NArg() != 1 || c.String("only") == "" {
		return p.Usage("usage.attribute", c.Command.Name)
	}
	return nil
}

// draw draws into the folder that --pictures names, where it does.
func (p Program) draw(c *cli.Context, s Session,
	drawn func(report.Names) []account.Picture) error {
	return p.paper(c, s).Draw(s.Names, drawn)
}

// paper is where the pictures go.
func (p Program) paper(c *cli.Context, s Session) paper.Paper {
	return paper.Paper{Pictures: c.String("pictures"), Font: c.String("font"), Tell: s.Tell,
		Usage: p.Usage}
}

// all prints tables one after the other.
func (s Session) all(tables []report.Table) error {
	for _, t := range tables {
		if err := s.Print(t); err != nil {
			return err
		}
	}
	return nil
}

func (p Program) certifyCommand() *cli.Command {
	flags := append([]cli.Flag{p.only(),
		&cli.StringFlag{Name: "check", Usage: p.Say("flag.certify-check")},
		&cli.BoolFlag{Name: "summary", Usage: p.Say("flag.certify-summary")},
		&cli.IntFlag{Name: "by", Value: 2030, Usage: p.Say("flag.by-year")},
		&cli.IntFlag{Name: "samples", Value: 256, Usage: p.Say("flag.samples")}}, p.drawn()...)
	return &cli.Command{Name: "certify", Usage: p.Say("certify.usage"), ArgsUsage: "FILE",
		Flags: append(flags, p.flags()...), Action: p.certify}
}

// certify writes a certificate, or with --check makes one again.
func (p Program) certify(c *cli.Context) error {
	if c.String("check") != "" {
		return p.checkCertificate(c)
	}
	if c.NArg() != 1 || c.String("only") == "" {
		return p.Usage("usage.certify")
	}
	samples := c.Int("samples")
	if samples < 2 || samples&(samples-1) != 0 {
		return p.Usage("usage.samples", fmt.Sprint(samples))
	}
	return p.Open(c, func(ctx context.Context, s Session) error {
		watched, end := s.Watched(ctx)
		written, err := p.desk(c, s).Certify(watched, c.Int("by"),
			pathways.Draw{Samples: samples, Seed: c.Uint64("seed")})
		end()
		if err != nil {
			return err
		}
		if c.Bool("summary") {
			return s.all(plan.Certificate(written, s.Names))
		}
		_, err = s.Out.Write(written.Text())
		return err
	})
}

var errDiffers = errors.New("the certificate does not come out again")

func (p Program) checkCertificate(c *cli.Context) error {
	if c.NArg() != 0 {
		return p.Usage("usage.certify")
	}
	policy := ""
	if c.IsSet("policy") {
		policy = c.String("policy")
	}
	return p.Open(c, func(ctx context.Context, s Session) error {
		watched, end := s.Watched(ctx)
		checked, err := plans.Check(watched, s.Engine, c.String("check"), policy)
		end()
		if errors.Is(err, certificate.ErrFormat) {
			return &report.Error{Key: "error.certificate", Err: err}
		}
		if err != nil {
			return err
		}
		err = s.Print(plan.Checked(checked.Certificate, checked.Same, checked.Line,
			checked.Moves, checked.Stale, checked.At, s.Lang))
		if err == nil && !checked.Same {
			return &report.Error{Key: "error.certificate-differs", Err: errDiffers}
		}
		return err
	})
}
