package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"carbonledger/cmd/carbonledger/plan"
	"carbonledger/internal/engine"
	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/scenarios"
)

func scenarioCommand(say func(string) string, policy cli.Flag) *cli.Command {
	flags := []cli.Flag{policy,
		&cli.IntFlag{Name: "base", Value: 2022, Usage: say("flag.base")},
		&cli.IntFlag{Name: "to", Value: 2030, Usage: say("flag.horizon")},
		&cli.IntFlag{Name: "as-of", Usage: say("flag.as-of")},
		&cli.StringFlag{Name: "area", Usage: say("flag.boundary-area")},
	}
	only := &cli.StringFlag{Name: "scenario", Usage: say("flag.scenario")}
	return &cli.Command{Name: "scenario", Usage: say("scenario.usage"), Subcommands: append(
		plan.Commands(planner(say, flags)), []*cli.Command{
			{Name: "run", Usage: say("scenario.run.usage"), ArgsUsage: "FILE", Action: scenarioRun,
				Flags: append([]cli.Flag{only}, flags...)},
			{Name: "compare", Usage: say("scenario.compare.usage"), ArgsUsage: "FILE",
				Action: scenarioCompare, Flags: flags},
		}...)}
}

func projection(c *cli.Context) (engine.Projection, error) {
	if c.NArg() != 1 {
		return engine.Projection{}, usage("usage.scenario", c.Command.Name)
	}
	return engine.Projection{Policy: c.String("policy"), AsOf: c.Int("as-of"),
		Question: planning.Question{Area: c.String("area"), Base: c.Int("base"),
			Horizon: c.Int("to"), Only: c.String("scenario")}}, nil
}

func scenarioRun(c *cli.Context) error {
	how, err := projection(c)
	if err != nil {
		return err
	}
	return with(c, true, func(ctx context.Context, s *session) error {
		pathways, err := s.pathways(ctx, c.Args().First(), how)
		if err != nil {
			return err
		}
		for _, pathway := range pathways {
			if err := s.print(report.Pathway(pathway, s.lang)); err != nil {
				return err
			}
		}
		return s.print(report.Verdicts(pathways, s.lang))
	})
}

func scenarioCompare(c *cli.Context) error {
	how, err := projection(c)
	if err != nil {
		return err
	}
	return with(c, true, func(ctx context.Context, s *session) error {
		return s.compare(ctx, c.Args().First(), how, nil)
	})
}

// pathways projects a file and prints its faults where it has any.
func (s *session) pathways(ctx context.Context, file string, how engine.Projection) (
	[]scenarios.Pathway, error) {
	pathways, err := s.Scenarios(ctx, file, how)
	return pathways, err
}

// compare prints the comparison, for some years or all, and the verdicts.
func (s *session) compare(
	ctx context.Context,
	file string,
	how engine.Projection,
	years []int,
) error {
	pathways, err := s.pathways(ctx, file, how)
	if err != nil {
		return err
	}
	comparison, err := scenarios.Compare(pathways, pathways[0].Scenario)
	if err != nil {
		return err
	}
	if err := s.print(report.Comparison(comparison, pathways[0], years, s.lang)); err != nil {
		return err
	}
	return s.print(report.Verdicts(pathways, s.lang))
}
