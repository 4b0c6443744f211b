package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"carbonledger/cmd/carbonledger/plan"
)

// planner lends the commands of planners what they need of the program.
func planner(say func(string) string, policy cli.Flag) plan.Program {
	return plan.Program{Say: say, Usage: usage, Policy: policy,
		Open: func(c *cli.Context, work func(context.Context, plan.Session) error) error {
			return withAnswers(c, func(ctx context.Context, s *session) error {
				return work(ctx, plan.Session{Engine: s.Engine, Lang: s.lang,
					Names: s.names(), Out: s.out, Print: s.print, Tell: s.tell,
					Watched: s.watched})
			})
		}}
}
