package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"carbonledger/factors"
	"carbonledger/internal/report"
)

func factorsDiffCommand(say func(string) string, policy cli.Flag) *cli.Command {
	return &cli.Command{Name: "diff", Usage: say("factors.diff.usage"), ArgsUsage: "SET-A SET-B",
		Action: factorsDiff, Flags: []cli.Flag{policy,
			&cli.StringFlag{Name: "period", Usage: say("flag.diff-period")},
			&cli.IntFlag{Name: "as-of", Usage: say("flag.as-of")},
			&cli.StringFlag{Name: "of", Usage: say("flag.diff-of")},
			&cli.StringFlag{Name: "by", Value: "entity,industry,scope", Usage: say("flag.by")},
			&cli.StringFlag{Name: "where", Usage: say("flag.where")}}}
}

// factorsDiff lists the rows that differ, or with --period what would move in the book.
func factorsDiff(c *cli.Context) error {
	if c.NArg() != 2 {
		return usage("usage.diff")
	}
	a, b := c.Args().Get(0), c.Args().Get(1)
	if c.String("period") == "" {
		return withLibrary(c, func(_ *factors.Library, s *session) error {
			found, err := s.Editions(a, b)
			if err != nil {
				return err
			}
			return s.print(report.Differences(found.A, found.B, found.Differences, s.names()))
		})
	}
	q, err := query(c)
	if err != nil {
		return err
	}
	return with(c, true, func(ctx context.Context, s *session) error {
		move, found, err := s.Adopted(ctx, c.String("policy"), c.Int("as-of"), q, a, b)
		if err != nil {
			return err
		}
		return s.print(report.Moved(move, found.Differences, s.names()))
	})
}
