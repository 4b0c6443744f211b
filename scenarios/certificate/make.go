package certificate

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"carbonledger/ledger/seal"
	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/sampling/pathways"
)

// Question is what a certificate is asked for: one scenario of a set on a base.
type Question struct {
	Set scenarios.Set
	// File is the name the rows are cited under.
	File, Scenario string
	Horizon        int
	// By is the year of the chance, Draw how it is drawn.
	By   int
	Draw pathways.Draw
}

// Canonical returns a set read from its own canonical text, so that a row has the same line for
// everybody who holds that text.
func Canonical(set scenarios.Set, file string, levers []scenarios.Lever) (scenarios.Set, error) {
	again, faults := scenarios.Parse(file, []byte(set.Text()), levers)
	if len(faults) > 0 {
		return scenarios.Set{}, faults[0]
	}
	return again, nil
}

// Of answers. A row that the base cannot follow is returned as a table.Fault. It stops with the
// error of the context once that is done; a watch on the context is told of each draw and each row.
func Of(ctx context.Context, base scenarios.Base, q Question, levers []scenarios.Lever) (
	Certificate, error) {
	set, err := Canonical(q.Set, q.File, levers)
	if err != nil {
		return Certificate{}, err
	}
	scenario, ok := set.Scenario(q.Scenario)
	if !ok {
		return Certificate{}, fmt.Errorf("there is no scenario %q; the file has %v",
			q.Scenario, set.Names())
	}
	stated, err := scenarios.State(ctx, base, scenario, levers, q.Horizon)
	if err != nil {
		return Certificate{}, err
	}
	pathway := stated.Pathway()
	points, years := pathway.Judged(), seriesOf(pathway)
	last := points[len(points)-1].Year
	subject := pathways.Subject{Base: base, Scenario: scenario, Levers: levers, Horizon: last}
	// Chance and flips are about the years the verdict is about.
	if last < q.Horizon {
		if stated, err = scenarios.State(ctx, base, scenario, levers, last); err != nil {
			return Certificate{}, err
		}
	}
	chance, err := chanceOf(ctx, subject, min(q.By, last), q.Draw)
	if err != nil {
		return Certificate{}, err
	}
	flips, err := flipsOf(ctx, subject, stated, q.Draw.Workers)
	if err != nil {
		return Certificate{}, err
	}
	c := Certificate{Format: Format, Book: bookOf(pathway.Pins),
		Scenario: questionOf(q, set, scenario, base.Year, last),
		Verdict:  verdictOf(points), Sums: sumsOf(years),
		Trends: trendsOf(years), Cities: citiesOf(years, points),
		Spans: spansOf(years, base.Year), Chance: chance,
		Flips: flips, Gaps: listed(pathway.Gaps), Left: []Left{}, Idle: []RowName{}}
	for _, point := range points {
		c.Series = append(c.Series, Point{point.Year, point.Value, point.History})
	}
	for _, left := range pathway.Left {
		c.Left = append(c.Left, Left{left.Year, string(left.Why), listed(left.What)})
	}
	for _, row := range pathway.Idle {
		c.Idle = append(c.Idle, nameOf(row))
	}
	return c, nil
}

// Again returns the question a certificate answered, so that it can be put once more.
func (c Certificate) Again(levers []scenarios.Lever) (Question, error) {
	text := strings.Join(c.Scenario.Text, "\n") + "\n"
	set, faults := scenarios.Parse(c.Scenario.File, []byte(text), levers)
	if len(faults) > 0 {
		return Question{}, fmt.Errorf("%w: %w", ErrFormat, faults[0])
	}
	seed, err := strconv.ParseUint(c.Chance.Seed, 10, 64)
	if err != nil {
		return Question{}, fmt.Errorf("%w: seed %q", ErrFormat, c.Chance.Seed)
	}
	return Question{Set: set, File: c.Scenario.File, Scenario: c.Scenario.Name,
		Horizon: c.Scenario.Horizon, By: c.Chance.By,
		Draw: pathways.Draw{Samples: c.Chance.Samples, Seed: seed}}, nil
}

func co2Of(y scenarios.Year) quantity.Number { return y.CO2 }

func bookOf(p scenarios.Pins) Book {
	return Book{p.Position, p.Head, p.Policy, p.PolicyDigest, p.Boundary, listed(p.Sets)}
}

// Pins returns the pins the certificate carries.
func (b Book) Pins() scenarios.Pins {
	return scenarios.Pins{Position: b.Position, Head: b.Head, Policy: b.Policy,
		PolicyDigest: b.PolicyDigest, Boundary: b.Boundary, Sets: b.Sets}
}

// listed is a list that is written as one also where it is empty.
func listed(list []string) []string { return append([]string{}, list...) }

func questionOf(q Question, set scenarios.Set, s scenarios.Scenario, base, judged int) Scenario {
	text := set.Text()
	return Scenario{Name: s.Name, Lineage: listed(s.Lineage), File: q.File,
		Digest: seal.Bytes([]byte(text)).String(), Base: base, Horizon: q.Horizon,
		BandPercent: quantity.Int(scenarios.BandPercent), Judged: judged,
		Text: strings.Split(strings.TrimSuffix(text, "\n"), "\n")}
}

func nameOf(row scenarios.Row) RowName {
	years := strconv.Itoa(row.First)
	if row.Last != row.First {
		years += "-" + strconv.Itoa(row.Last)
	}
	return RowName{row.Line, row.Scenario, row.Lever, row.Sector, row.Commodity, row.To, years}
}

func verdictOf(points []scenarios.Point) Verdict {
	v := scenarios.Peak(points, quantity.Int(scenarios.BandPercent))
	word := string(v.Status)
	if v.FromStart {
		word = falling
	}
	return Verdict{Word: word, PeakYear: v.PeakYear, Measured: v.History, Height: v.Height,
		Last: points[len(points)-1].Value, Width: v.Width, Since: v.Since, Ahead: v.Ahead,
		Margin: percent(v.Margin)}
}

// percents is how relative figures are written.
var percents = quantity.Rounding{Places: 4, Mode: quantity.HalfUp}

// percent writes a part of one in per cent, and nothing where there is no answer.
func percent(r quantity.Ratio) string { return rounded(r.Mul(quantity.Whole(quantity.Int(100)))) }

func rounded(r quantity.Ratio) string {
	shown, ok := r.Round(percents)
	if !ok {
		return ""
	}
	return shown.Fixed(percents.Places)
}

// chanceOf draws the uncertain rows. That there are none, or that a draw cannot be followed, is an
// answer too; a question that cannot be put is an error.
func chanceOf(ctx context.Context, subject pathways.Subject, by int, draw pathways.Draw) (
	Chance, error) {
	chance := Chance{By: by, Samples: draw.Samples, Design: string(pathways.Design),
		Seed: strconv.FormatUint(draw.Seed, 10), Rows: []int{}}
	for _, row := range subject.Uncertain() {
		chance.Rows = append(chance.Rows, row.Line)
	}
	peaked, err := subject.PeakedBy(ctx, by, draw)
	switch {
	case errors.Is(err, pathways.ErrNoSpread):
		chance.Unknown = NoSpread
	case errors.Is(err, pathways.ErrNotFollowed):
		chance.Unknown = NotFollowed
	case err != nil:
		return chance, err
	default:
		chance.Peaked, chance.Percent = peaked.Numerator.String(), percent(peaked)
	}
	return chance, nil
}
