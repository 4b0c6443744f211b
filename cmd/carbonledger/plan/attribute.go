package plan

import (
	"context"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/report/plan"
	"carbonledger/scenarios/decomposition"
)

func (p Program) attributeCommand() *cli.Command {
	flags := append([]cli.Flag{p.only(),
		&cli.StringFlag{Name: "against", Usage: p.Say("flag.against")},
		&cli.IntFlag{Name: "pairs", Value: 50, Usage: p.Say("flag.pairs")}}, p.drawn()...)
	return &cli.Command{Name: "attribute", Usage: p.Say("attribute.usage"), ArgsUsage: "FILE",
		Flags: append(flags, p.flags()...), Action: p.attribute}
}

func (p Program) attribute(c *cli.Context) error {
	if err := p.one(c); err != nil {
		return err
	}
	return p.Open(c, func(ctx context.Context, s Session) error {
		watched, end := s.Watched(ctx)
		answer, err := p.desk(c, s).Attribute(watched, c.String("against"),
			decomposition.Effort{Seed: c.Uint64("seed"), Pairs: c.Int("pairs")})
		end()
		if err != nil {
			return err
		}
		return s.all(append(plan.Causes(answer.Causes, s.Lang),
			plan.Levers(answer.Levers, s.Lang)))
	})
}
