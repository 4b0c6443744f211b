package plan

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"carbonledger/cmd/carbonledger/paper"
	"carbonledger/internal/engine/plans"
	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/account"
	"carbonledger/internal/report/plan"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/search"
)

// maxDefault is how strong rows may get where nobody says: twice what is written.
const maxDefault = 200

func (p Program) searched() []cli.Flag {
	drawn := append(p.drawn(), paper.Flags(p.Say, false)...)
	return append([]cli.Flag{p.only(),
		&cli.StringSliceFlag{Name: "lever", Usage: p.Say("flag.lever")},
		&cli.StringFlag{Name: "targets", Usage: p.Say("flag.targets")},
		&cli.StringSliceFlag{Name: "target", Usage: p.Say("flag.target-names")},
		&cli.IntFlag{Name: "evaluations", Value: 300, Usage: p.Say("flag.evaluations")},
	}, drawn...)
}

func (p Program) searchCommand() *cli.Command {
	flags := append(p.searched(),
		&cli.StringFlag{Name: "goal", Value: string(search.Effort), Usage: p.Say("flag.goal")},
		&cli.IntFlag{Name: "peak-earlier", Usage: p.Say("flag.peak-earlier")},
		&cli.IntFlag{Name: "peak-by", Usage: p.Say("flag.search-peak-by")},
		&cli.IntFlag{Name: "max", Value: maxDefault, Usage: p.Say("flag.search-max")},
		&cli.BoolFlag{Name: "rows", Usage: p.Say("flag.paste")})
	return &cli.Command{Name: "search", Usage: p.Say("search.usage"), ArgsUsage: "FILE",
		Flags: append(flags, p.flags()...), Action: p.search}
}

func (p Program) paretoCommand() *cli.Command {
	flags := append(p.searched(), &cli.StringFlag{Name: "goals", Value: "cost,cumulative-co2",
		Usage: p.Say("flag.goals")})
	return &cli.Command{Name: "pareto", Usage: p.Say("pareto.usage"), ArgsUsage: "FILE",
		Flags: append(flags, p.flags()...), Action: p.pareto}
}

func (p Program) maccCommand() *cli.Command {
	return &cli.Command{Name: "macc", Usage: p.Say("macc.usage"), ArgsUsage: "FILE",
		Flags:  slices.Concat([]cli.Flag{p.only()}, paper.Flags(p.Say, false), p.flags()),
		Action: p.macc}
}

// wanted reads what a search is for.
func (p Program) wanted(c *cli.Context) (planning.Wanted, error) {
	w := planning.Wanted{Evaluations: c.Int("evaluations"), Seed: c.Uint64("seed")}
	if w.Evaluations < 1 {
		return w, p.Usage("usage.evaluations", strconv.Itoa(w.Evaluations))
	}
	for _, text := range c.StringSlice("lever") {
		choice, ok := readChoice(text)
		if !ok {
			return w, p.Usage("usage.lever", text)
		}
		w.Choices = append(w.Choices, choice)
	}
	if c.String("targets") == "" {
		return w, nil
	}
	list, err := plans.Targets(c.String("targets"), c.StringSlice("target"))
	w.Targets = list
	return w, err
}

// readChoice reads LEVER/SECTOR/COMMODITY/TO:MAX:WEIGHT.
func readChoice(text string) (choice planning.Choice, ok bool) {
	parts := strings.Split(text, ":")
	choice = planning.Choice{Words: strings.Split(parts[0], "/"), Max: maxDefault,
		Weight: quantity.Int(1)}
	if parts[0] == "" || len(choice.Words) > 4 || len(parts) > 3 {
		return choice, false
	}
	var err error
	if len(parts) > 1 {
		if choice.Max, err = strconv.Atoi(parts[1]); err != nil || choice.Max < 100 {
			return choice, false
		}
	}
	if len(parts) > 2 {
		choice.Weight, err = quantity.ParseNumber(parts[2])
	}
	return choice, err == nil && choice.Weight.Sign() > 0
}

func (p Program) search(c *cli.Context) error {
	w, err := p.wanted(c)
	if err != nil {
		return err
	}
	w.PeakBy, w.PeakEarlier, w.Max = c.Int("peak-by"), c.Int("peak-earlier"), c.Int("max")
	if c.NArg() != 1 || c.String("only") == "" || w.PeakEarlier < 0 || w.Max < 100 ||
		c.String("targets") == "" && w.PeakBy == 0 && w.PeakEarlier == 0 {
		return p.Usage("usage.search")
	}
	w.Goal = search.Goal(c.String("goal"))
	if w.Goal != search.Effort && w.Goal != search.Cost {
		return p.Usage("usage.goal", string(w.Goal), "effort, cost")
	}
	return p.Open(c, func(ctx context.Context, s Session) error {
		if err := p.paper(c, s).Check(); err != nil {
			return err
		}
		watched, end := s.Watched(ctx)
		answer, err := p.desk(c, s).Least(watched, w)
		end()
		var none *planning.NoPeak
		if errors.As(err, &none) {
			return &report.Error{Key: "error.no-peak." + string(none.Status), Err: err,
				Args: []string{none.Scenario, strconv.Itoa(none.Last), strconv.Itoa(none.Peak),
					strconv.Itoa(none.Base), strconv.Itoa(w.PeakEarlier)}}
		}
		if err != nil {
			return err
		}
		err = p.draw(c, s, func(names report.Names) []account.Picture {
			return account.PicturesOfSearch(answer, names)
		})
		if err != nil {
			return err
		}
		if c.Bool("rows") && answer.Found {
			_, err := fmt.Fprint(s.Out, scenarios.TextOf(answer.Rows))
			return err
		}
		err = s.all(plan.Least(answer, s.Names))
		if err == nil && !answer.Found {
			return &report.Error{Key: "error.search-none", Err: errNone}
		}
		return err
	})
}

// errNone makes a search without an answer end like any other answer that is no.
var errNone = errors.New("no strength meets all targets")

func (p Program) pareto(c *cli.Context) error {
	if c.NArg() != 1 || c.String("only") == "" || len(c.StringSlice("lever")) == 0 {
		return p.Usage("usage.pareto")
	}
	w, err := p.wanted(c)
	if err != nil {
		return err
	}
	first, second, ok := strings.Cut(c.String("goals"), ",")
	goals := [2]search.Goal{search.Goal(first), search.Goal(second)}
	for _, goal := range goals {
		if !ok || !slices.Contains(search.Goals(), goal) {
			return p.Usage("usage.goal", c.String("goals"),
				"effort, cost, co2, cumulative-co2, energy")
		}
	}
	return p.Open(c, func(ctx context.Context, s Session) error {
		if err := p.paper(c, s).Check(); err != nil {
			return err
		}
		watched, end := s.Watched(ctx)
		front, err := p.desk(c, s).Front(watched, w, goals)
		end()
		if err != nil {
			return err
		}
		err = p.draw(c, s, func(names report.Names) []account.Picture {
			return account.PicturesOfFront(front, names)
		})
		if err != nil {
			return err
		}
		return s.Print(plan.Front(front, s.Names))
	})
}

func (p Program) macc(c *cli.Context) error {
	if err := p.one(c); err != nil {
		return err
	}
	return p.Open(c, func(ctx context.Context, s Session) error {
		if err := p.paper(c, s).Check(); err != nil {
			return err
		}
		watched, end := s.Watched(ctx)
		curve, err := p.desk(c, s).Curve(watched)
		end()
		if err != nil {
			return err
		}
		err = p.draw(c, s, func(names report.Names) []account.Picture {
			return account.PicturesOfCurve(curve, names)
		})
		if err != nil {
			return err
		}
		return s.Print(plan.Curve(curve, s.Names))
	})
}
