package main

import (
	"context"
	"errors"
	"slices"

	"github.com/urfave/cli/v2"

	"carbonledger/cmd/carbonledger/plan"
	"carbonledger/cmd/carbonledger/scenario"
	"carbonledger/internal/report/format"
)

// scenarioCommand gives the commands about scenarios what they need of the program.
func scenarioCommand(say func(string) string, policy cli.Flag) *cli.Command {
	command := scenario.Command(scenario.Host{Say: say, Usage: usage, With: withPlan,
		Policy: policy})
	command.Subcommands = append(command.Subcommands, plan.Commands(planner(say, policy))...)
	return command
}

// withPlan opens the book for a command about scenarios. A format of its own is written by the
// command; what else it prints is CSV.
func withPlan(c *cli.Context, own []string,
	work func(context.Context, *scenario.Session) error) error {
	output := c.String("output")
	if !slices.Contains(own, output) {
		return with(c, true, func(ctx context.Context, s *session) error {
			s.together = true
			return work(ctx, s.planning(output))
		})
	}
	s, err := openAs(c, c.String("book"), true, format.Format{ID: output, Write: format.CSV})
	if err != nil {
		return err
	}
	return errors.Join(work(c.Context, s.planning(output)), s.Close())
}

// planning is the session as commands about scenarios see it.
func (s *session) planning(output string) *scenario.Session {
	return &scenario.Session{Engine: s.Engine, Names: s.names(), Output: output, Out: s.out,
		Print: s.print, Tell: s.tell, Usage: usage, Watched: s.watched}
}
