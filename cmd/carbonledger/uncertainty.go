package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"carbonledger/factors"
	"carbonledger/internal/engine"
	"carbonledger/internal/report"
	"carbonledger/ledger/uncertainty"
)

// uncertaintyCommand takes the flags of the inventory that it shares.
func uncertaintyCommand(say func(string) string, shared ...cli.Flag) *cli.Command {
	return &cli.Command{Name: "uncertainty", Usage: say("uncertainty.usage"), Action: intervals,
		Flags: append(shared,
			&cli.StringFlag{Name: "of", Value: "co2e", Usage: say("flag.of-one")},
			&cli.StringFlag{Name: "by", Value: "scope", Usage: say("flag.by")},
			&cli.IntFlag{Name: "rank", Usage: say("flag.rank")},
			&cli.StringSliceFlag{Name: "activity-uncertainty",
				Usage: say("flag.activity-uncertainty")},
			&cli.StringSliceFlag{Name: "factor-uncertainty", Usage: say("flag.factor-uncertainty")},
			&cli.BoolFlag{Name: "list", Usage: say("flag.list-bounds")})}
}

// intervals shows figures with their intervals, or with --rank what widens that of the total, or
// with --list the bounds of activity data that may be assumed.
func intervals(c *cli.Context) error {
	if c.Bool("list") {
		return listBounds(c)
	}
	q, err := query(c)
	if err != nil {
		return err
	}
	if c.Int("rank") < 0 {
		return fmt.Errorf("%w: --rank is how many to show of each kind, as in --rank 10", errUsage)
	}
	assumed := engine.Assumed{Activities: c.StringSlice("activity-uncertainty"),
		Factors: c.StringSlice("factor-uncertainty")}
	err = with(c, true, func(ctx context.Context, s *session) error {
		if most := c.Int("rank"); most > 0 {
			r, err := s.Ranking(ctx, c.String("policy"), c.Int("as-of"), q, assumed)
			if err != nil {
				return err
			}
			return s.print(report.Ranking(r, s.names(), most))
		}
		answer, err := s.Uncertainty(ctx, c.String("policy"), c.Int("as-of"), q, assumed)
		if err != nil {
			return err
		}
		return s.print(report.Uncertainty(answer, s.names()))
	})
	if errors.Is(err, uncertainty.ErrAssumption) {
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	return err
}

func listBounds(c *cli.Context) error {
	list, err := factors.ListActivityBounds()
	if err != nil {
		return err
	}
	return withLibrary(c, func(_ *factors.Library, s *session) error {
		return s.print(report.ActivityBounds(list, s.lang))
	})
}
