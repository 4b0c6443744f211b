package main

import (
	"context"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/report"
)

// causesShown is how many causes of a difference are told unless --top says otherwise.
const causesShown = 10

func bridgeCommand(say func(string) string) *cli.Command {
	return &cli.Command{Name: "bridge", Usage: say("bridge.usage"), ArgsUsage: "REF-A REF-B",
		Action: bridgeOf, Flags: []cli.Flag{
			&cli.IntFlag{Name: "top", Value: causesShown, Usage: say("flag.top")},
			&cli.StringFlag{Name: "policy", Usage: say("flag.policy-files")},
			&cli.BoolFlag{Name: "refs", Usage: say("flag.refs")}}}
}

func bridgeOf(c *cli.Context) error {
	if c.NArg() != 2 {
		return usage("usage.bridge")
	}
	return with(c, true, func(ctx context.Context, s *session) error {
		answer, err := s.Bridge(ctx, c.Args().Get(0), c.Args().Get(1), split(c.String("policy")))
		if err != nil {
			return err
		}
		t := report.Bridge(answer, s.names(), c.Int("top"))
		if c.Bool("refs") || s.format.ID != "table" {
			t = report.WithCauseReferences(t, answer, c.Int("top"))
		}
		return s.print(t)
	})
}
