package scenario

import (
	"context"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/report/plan"
	"carbonledger/internal/report/verdict"
	"carbonledger/scenarios"
	"carbonledger/scenarios/trend"
)

// cuts are what --by takes.
var cuts = map[string]plan.Cut{"sector": plan.BySector, "commodity": plan.ByCarrier}

func run(h Host, c *cli.Context) error {
	how, err := h.projection(c, true)
	if err != nil {
		return err
	}
	var by []plan.Cut
	for _, word := range strings.FieldsFunc(c.String("by"), func(r rune) bool { return r == ',' }) {
		cut, ok := cuts[strings.TrimSpace(word)]
		if !ok {
			return h.Usage("usage.scenario-cut", word)
		}
		by = append(by, cut)
	}
	return h.With(c, nil, func(ctx context.Context, s *Session) error {
		pathways, err := s.Scenarios(ctx, c.Args().First(), how)
		if err != nil {
			return err
		}
		for _, p := range pathways {
			if err := s.Print(plan.Pathway(p, s.Names)); err != nil {
				return err
			}
			for _, cut := range by {
				if err := s.printAll(plan.Breakdown(p, plan.CO2, cut, s.Names),
					plan.Breakdown(p, plan.Energy, cut, s.Names)); err != nil {
					return err
				}
			}
			if c.Bool("memos") {
				if err := s.Print(plan.Memos(p, s.Names)); err != nil {
					return err
				}
			}
		}
		if c.Bool("costs") {
			if err := s.Print(plan.Costs(pathways, s.Names)); err != nil {
				return err
			}
		}
		return s.Print(plan.Verdicts(pathways, s.lang()))
	})
}

func judge(h Host, c *cli.Context) error {
	how, err := h.projection(c, true)
	if err != nil {
		return err
	}
	if c.String("targets") == "" {
		return h.Usage("usage.scenario-targets")
	}
	return h.With(c, nil, func(ctx context.Context, s *Session) error {
		outlook, err := s.Outlook(ctx, c.Args().First(), c.String("targets"), how)
		if err != nil {
			return err
		}
		return s.printAll(plan.Targets(outlook.Judged, s.Names),
			plan.Summary(outlook.Judged, s.lang()))
	})
}

func abatements(h Host, c *cli.Context) error {
	how, err := h.projection(c, true)
	if err != nil {
		return err
	}
	years, err := h.list(c)
	if err != nil {
		return err
	}
	if len(years) == 0 {
		years = []int{how.Horizon}
	}
	return h.With(c, nil, func(ctx context.Context, s *Session) error {
		outlook, err := s.Outlook(ctx, c.Args().First(), "", how)
		if err != nil {
			return err
		}
		return s.printAll(plan.Abatements(outlook, years, s.Names)...)
	})
}

func trends(h Host, c *cli.Context) error {
	how, err := h.projection(c, false)
	if err != nil {
		return err
	}
	rule := trend.Rule(c.String("rule"))
	if rule != trend.MeanGrowth && rule != trend.MedianGrowth {
		return h.Usage("usage.scenario-rule", c.String("rule"))
	}
	return h.With(c, nil, func(ctx context.Context, s *Session) error {
		trends, err := s.Trends(ctx, c.Args().First(), how, rule)
		if err != nil {
			return err
		}
		for _, note := range verdict.Trends(trends, s.Names) {
			s.Tell("note", note)
		}
		_, err = io.WriteString(s.Out, scenarios.TextOf(trends.Rows))
		return err
	})
}

func rebase(h Host, c *cli.Context) error {
	how, err := h.projection(c, true)
	if err != nil {
		return err
	}
	if how.AsOf = c.Int("from"); !c.IsSet("from") {
		return h.Usage("usage.scenario-from")
	}
	return h.With(c, nil, func(ctx context.Context, s *Session) error {
		rebased, err := s.Rebase(ctx, c.Args().First(), how)
		if err != nil {
			return err
		}
		return s.printAll(plan.Rebased(rebased, s.Names)...)
	})
}
