package scenario

import (
	"context"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"carbonledger/internal/engine"
	"carbonledger/internal/engine/plans"
	"carbonledger/internal/planning"
	"carbonledger/internal/report/plan"
	"carbonledger/scenarios"
)

// Wanted is what of a comparison is asked for beside the table on the screen.
type Wanted struct {
	// Years are those of the table, all without any; Reference and Targets may be empty.
	Years              []int
	Reference, Targets string
	// Depth is how much evidence the report and the pictures have.
	Depth plans.Depth
	// Report is the HTML file, Pictures the folder of charts, Font a file with Chinese letters;
	// each may be empty.
	Report, Pictures, Font string
}

func compare(h Host, c *cli.Context) error {
	how, err := h.projection(c, true)
	if err != nil {
		return err
	}
	wanted := Wanted{Reference: c.String("reference"), Targets: c.String("targets"),
		Report: c.String("report"), Pictures: c.String("pictures"), Font: c.String("font")}
	wanted.Depth = plans.Depth{Judged: !c.Bool("brief"), Targets: wanted.Targets,
		Samples: c.Int("samples"), Seed: c.Uint64("seed"), By: min(peakBy, how.Horizon)}
	if n := wanted.Depth.Samples; n < 2 || n > samplesMost || n&(n-1) != 0 {
		return h.Usage("usage.samples", strconv.Itoa(n))
	}
	if wanted.Years, err = h.list(c); err != nil {
		return err
	}
	return h.With(c, []string{iamcLong, iamcWide}, func(ctx context.Context, s *Session) error {
		return s.Compare(ctx, c.Args().First(), how, wanted)
	})
}

// peakBy is the year by which the country means to have peaked.
const peakBy = 2030

// Compare prints the comparison and the verdicts, and writes whatever else is wanted.
func (s *Session) Compare(ctx context.Context, file string, how engine.Projection,
	wanted Wanted) error {
	outlook, err := s.Outlook(ctx, file, wanted.Targets, how)
	if err != nil {
		return err
	}
	if wanted.Reference != "" {
		if _, err := planning.Named(outlook.Set, wanted.Reference); err != nil {
			return err
		}
		outlook.Reference = wanted.Reference
	}
	if err := s.write(ctx, file, how, outlook, wanted); err != nil {
		return err
	}
	switch s.Output {
	case iamcLong:
		return s.Print(plan.IAMC(outlook.Pathways, s.Names))
	case iamcWide:
		return s.Print(plan.IAMCWide(outlook.Pathways, s.Names))
	}
	return s.show(outlook, wanted)
}

// The output formats a comparison has beside those of all commands.
const (
	iamcLong = "iamc"
	iamcWide = "iamc-wide"
)

// show prints the tables of a comparison.
func (s *Session) show(o planning.Outlook, wanted Wanted) error {
	comparison, err := scenarios.Compare(o.Pathways, o.Reference)
	if err != nil {
		return err
	}
	tables := slices.Insert(plan.Judgements(o, s.Names), 0,
		plan.Comparison(comparison, o.Pathways, wanted.Years, s.Names))
	return s.printAll(tables...)
}
