package plan

import (
	"context"
	"strconv"

	"github.com/urfave/cli/v2"

	"carbonledger/cmd/carbonledger/paper"
	"carbonledger/internal/report"
	"carbonledger/internal/report/account"
	"carbonledger/internal/report/plan"
	"carbonledger/scenarios/decomposition"
)

func (p Program) attributeCommand() *cli.Command {
	flags := append([]cli.Flag{p.only(),
		&cli.StringFlag{Name: "against", Usage: p.Say("flag.against")},
		&cli.IntFlag{Name: "pairs", Value: 50, Usage: p.Say("flag.pairs")}}, p.drawn()...)
	flags = append(flags, paper.Flags(p.Say, false)...)
	return &cli.Command{Name: "attribute", Usage: p.Say("attribute.usage"), ArgsUsage: "FILE",
		Flags: append(flags, p.flags()...), Action: p.attribute}
}

func (p Program) attribute(c *cli.Context) error {
	if err := p.one(c); err != nil {
		return err
	}
	if c.Int("pairs") < 2 {
		return p.Usage("usage.pairs", strconv.Itoa(c.Int("pairs")))
	}
	return p.Open(c, func(ctx context.Context, s Session) error {
		if err := p.paper(c, s).Check(); err != nil {
			return err
		}
		watched, end := s.Watched(ctx)
		answer, err := p.desk(c, s).Attribute(watched, c.String("against"),
			decomposition.Effort{Seed: c.Uint64("seed"), Pairs: c.Int("pairs")})
		end()
		if err != nil {
			return err
		}
		err = p.draw(c, s, func(names report.Names) []account.Picture {
			return account.PicturesOfAttribution(answer, names)
		})
		if err != nil {
			return err
		}
		return s.all(append(plan.Causes(answer.Causes, s.Names),
			plan.Levers(answer.Levers, s.Lang)))
	})
}
