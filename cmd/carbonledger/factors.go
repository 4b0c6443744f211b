package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/urfave/cli/v2"

	"carbonledger/factors"
	"carbonledger/internal/engine"
	"carbonledger/internal/report"
	"carbonledger/internal/store/sqlite"
	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

func factorsCommand(say func(string) string, policy cli.Flag) *cli.Command {
	return &cli.Command{Name: "factors", Usage: say("factors.usage"), Subcommands: []*cli.Command{
		{Name: "list", Usage: say("factors.list.usage"), ArgsUsage: "[SET]", Action: factorsList},
		{
			Name:      "find",
			Usage:     say("factors.find.usage"),
			ArgsUsage: "COMMODITY",
			Action:    factorsFind,
			Flags: []cli.Flag{policy,
				&cli.StringFlag{Name: "to", Value: "co2", Usage: say("flag.to")},
				&cli.StringFlag{Name: "area", Value: "CN", Usage: say("flag.area")},
				&cli.StringFlag{Name: "period", Usage: say("flag.period")}},
		},
		{Name: "add", Usage: say("factors.add.usage"), ArgsUsage: "FILE", Action: factorsAdd,
			Flags: []cli.Flag{
				&cli.StringFlag{Name: "approver", Usage: say("flag.approver")},
				&cli.StringFlag{Name: "evidence", Usage: say("flag.evidence")}}},
	}}
}

func factorsList(c *cli.Context) error {
	return withLibrary(c, func(library *factors.Library, s *session) error {
		if c.NArg() == 0 {
			return s.print(report.Sets(library, s.lang))
		}
		set, ok := library.Set(c.Args().First())
		if !ok {
			return fmt.Errorf("%w: no factor set %q; see carbonledger factors list",
				errUsage, c.Args().First())
		}
		return s.print(report.Set(set, s.names()))
	})
}

func factorsFind(c *cli.Context) error {
	if c.NArg() != 1 {
		return fmt.Errorf("%w: carbonledger factors find --to co2 --area 360000 --period 2022 "+
			"electricity", errUsage)
	}
	period, err := quantity.ParsePeriod(table.Fold(c.String("period")))
	if err != nil {
		return fmt.Errorf("%w: --period: %w", errUsage, err)
	}
	return withLibrary(c, func(_ *factors.Library, s *session) error {
		found, err := s.FindFactor(c.String("policy"), c.Args().First(), c.String("to"),
			c.String("area"), period)
		if err != nil {
			return err
		}
		return s.print(report.Search(found, s.names()))
	})
}

func factorsAdd(c *cli.Context) error {
	if c.NArg() != 1 {
		return fmt.Errorf("%w: carbonledger factors add FILE", errUsage)
	}
	return with(c, false, func(ctx context.Context, s *session) error {
		receipt, err := s.AddFactors(ctx, c.Args().First(), factors.Signature{
			Approver: c.String("approver"), Evidence: c.String("evidence")})
		if err != nil {
			return err
		}
		return s.print(report.Receipts([]ledger.Receipt{receipt}, s.lang))
	})
}

// withLibrary works on the book where there is one and on the shipped factors where there is none.
func withLibrary(c *cli.Context, work func(*factors.Library, *session) error) error {
	err := with(c, true, func(_ context.Context, s *session) error { return work(s.Library(), s) })
	if !errors.Is(err, sqlite.ErrNoBook) {
		return err
	}
	return withBook(
		c,
		engine.Memory,
		false,
		func(_ context.Context, s *session) error { return work(s.Library(), s) },
	)
}
