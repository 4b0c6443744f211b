package plan

import (
	"context"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/report/plan"
)

func (p Program) pledgesCommand() *cli.Command {
	flags := []cli.Flag{p.only(), &cli.StringFlag{Name: "plan", Usage: p.Say("flag.plan")},
		&cli.IntFlag{Name: "year", Usage: p.Say("flag.pledge-year")}}
	return &cli.Command{Name: "pledges", Usage: p.Say("pledges.usage"), ArgsUsage: "FILE",
		Flags: append(flags, p.flags()...), Action: p.pledges}
}

func (p Program) pledges(c *cli.Context) error {
	if c.NArg() != 1 || (c.String("plan") == "") != (c.String("only") == "") {
		return p.Usage("usage.pledges")
	}
	return p.Open(c, func(ctx context.Context, s Session) error {
		promised, err := p.desk(c, s).Pledges(ctx, c.String("plan"), c.Int("year"))
		if err != nil {
			return err
		}
		name := func(id string) string {
			if entity, ok := s.Engine.Book().Entity(id); ok && entity.Name != "" {
				return entity.Name
			}
			return id
		}
		return s.all(plan.Pledges(promised, name, s.Names))
	})
}
