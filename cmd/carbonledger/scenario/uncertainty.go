package scenario

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/planning"
	"carbonledger/internal/report"
	"carbonledger/internal/report/account"
	"carbonledger/internal/report/page"
	"carbonledger/internal/report/plan"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/spread"
)

// designs are the words of --design.
var designs = map[string]sampling.Design{"lhs": sampling.LatinHypercube, "sobol": sampling.Sobol}

// spreadFlags are those of uncertainty beside the ones it shares.
func (h Host) spreadFlags() []cli.Flag {
	return []cli.Flag{
		h.only(),
		&cli.IntFlag{Name: "samples", Value: 256, Usage: h.Say("flag.sample-count")},
		&cli.Uint64Flag{Name: "seed", Value: 1, Usage: h.Say("flag.seed")},
		&cli.StringFlag{Name: "design", Value: "lhs", Usage: h.Say("flag.design")},
		&cli.IntFlag{Name: "by", Value: 2030, Usage: h.Say("flag.peak-by")},
		&cli.BoolFlag{Name: "sobol", Usage: h.Say("flag.indices")},
	}
}

func uncertainty(h Host, c *cli.Context) error {
	how, err := h.projection(c, true)
	if err != nil {
		return err
	}
	drawing, err := h.drawing(c)
	if err != nil {
		return err
	}
	wanted := Wanted{Targets: c.String("targets"), Report: c.String("report"),
		Pictures: c.String("pictures"), Font: c.String("font")}
	return h.With(c, nil, func(ctx context.Context, s *Session) error {
		if err := s.paper(wanted).Check(); err != nil {
			return err
		}
		watched, end := s.Watched(ctx)
		u, err := s.Spread(watched, c.Args().First(), wanted.Targets, how, drawing)
		end()
		if err != nil {
			return s.why(err)
		}
		if err := s.writeUncertain(u, wanted); err != nil {
			return err
		}
		return s.printAll(plan.Uncertain(u, s.Names)...)
	})
}

// drawing reads how to draw. A count that its design does not take is a mistake of the call.
func (h Host) drawing(c *cli.Context) (spread.Drawing, error) {
	d := spread.Drawing{Design: designs[c.String("design")], Samples: c.Int("samples"),
		Seed: c.Uint64("seed"), By: c.Int("by"), Indices: c.Bool("sobol"),
		Workers: runtime.NumCPU()}
	switch {
	case d.Design == "":
		return d, h.Usage("usage.design", c.String("design"))
	case d.Samples < samplesLeast || d.Samples > samplesMost:
		return d, h.Usage("usage.samples-bounds", strconv.Itoa(d.Samples),
			strconv.Itoa(samplesLeast), strconv.Itoa(samplesMost))
	case d.Design == sampling.Sobol && d.Samples&(d.Samples-1) != 0:
		return d, h.Usage("usage.samples-sobol", strconv.Itoa(d.Samples))
	}
	return d, nil
}

// samplesLeast and samplesMost bound --samples: a 5 % quantile needs at least 20 samples, and
// what a million leave open no interval of a planner can settle.
const samplesLeast, samplesMost = 20, 1_000_000

// why puts what keeps a scenario from being drawn into the reader's language.
func (s *Session) why(err error) error {
	var unnamed *planning.Unnamed
	var refused *spread.Refused
	switch {
	case errors.As(err, &unnamed):
		return s.Usage("usage.scenario-one", strings.Join(unnamed.Names, ", "))
	case errors.Is(err, spread.ErrCertain):
		return s.Usage("usage.scenario-certain")
	case errors.As(err, &refused):
		s.Tell("uncertain.refused", strconv.Itoa(refused.Fault.Line))
	}
	return err
}

// writeUncertain writes the report and the pictures that are wanted.
func (s *Session) writeUncertain(u planning.Uncertain, wanted Wanted) error {
	err := s.paper(wanted).PutReport(func() (page.Page, error) {
		return account.OfUncertain(u, s.Names)
	})
	if err != nil {
		return err
	}
	return s.paper(wanted).Draw(s.Names, func(names report.Names) []account.Picture {
		return account.PicturesOfUncertain(u, names)
	})
}
