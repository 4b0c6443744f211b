package main

import (
	"context"
	"errors"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"carbonledger/cmd/carbonledger/plan"
	"carbonledger/cmd/carbonledger/scenario"
	"carbonledger/internal/engine"
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
		return withAnswers(c, func(ctx context.Context, s *session) error {
			return work(ctx, s.planning(output))
		})
	}
	s, err := openAs(c, c.String("book"), true, format.Format{ID: output, Write: format.CSV})
	if err != nil {
		return err
	}
	s.sayStale(c)
	return errors.Join(onlyRead(work(c.Context, s.planning(output))), s.Close())
}

// withAnswers opens the book for a command whose answer may have several tables.
func withAnswers(c *cli.Context, work func(context.Context, *session) error) error {
	return with(c, true, func(ctx context.Context, s *session) error {
		s.together = true
		s.sayStale(c)
		return onlyRead(work(ctx, s))
	})
}

// sayStale tells that an answer which is asked for at an earlier position of the book is stale.
func (s *session) sayStale(c *cli.Context) {
	if at, now := c.Int("as-of"), s.Book().Position(); at > 0 && at < now {
		s.tell("stale.as-of", strconv.Itoa(at), strconv.Itoa(now))
	}
}

// onlyRead says of a refusal that nothing would have been posted anyway.
func onlyRead(err error) error {
	var rejection *engine.Rejection
	if errors.As(err, &rejection) {
		rejection.Read = true
	}
	return err
}

// planning is the session as commands about scenarios see it.
func (s *session) planning(output string) *scenario.Session {
	return &scenario.Session{Engine: s.Engine, Names: s.names(), Output: output, Out: s.out,
		Print: s.print, Tell: s.tell, Usage: usage, Watched: s.watched}
}
