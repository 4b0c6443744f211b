package scenarios

import (
	"context"
	"fmt"
	"slices"

	"carbonledger/quantity"
)

// Pathway is what follows from a scenario, year by year, beside the years that were.
type Pathway struct {
	Scenario string
	Lineage  []string
	Pins     Pins
	// History holds the complete years before the base year; Years begin with the base year. Since
	// holds what the book already says of the years after it.
	History, Years, Since []Year
	// Left names the years of the book that are not used.
	Left []Left
	// Reach is how far the rows speak.
	Reach Reach
	// Idle holds the rows that had no say in any year: the scenario names a use that the base does
	// not have, a nearer row speaks instead, or the years lie outside the pathway.
	Idle            []Row
	Gaps, WaterGaps []string
	// Vintages hold, by driver, the day on which the figure of the base year was published.
	Vintages map[string]string
}

// HorizonMax is how many years a pathway may reach; beyond it Project returns an error. From any
// base since 2005 it holds 2060, the year of China's neutrality target, and every year more adds
// digits to exact figures.
const HorizonMax = 60

// Project applies a scenario to a base, for every year from the base year to the horizon. A row
// that the base cannot follow (a switch of more than everything, a commodity without factors) is
// returned as a table.Fault.
func Project(base Base, scenario Scenario, levers []Lever, horizon int) (Pathway, error) {
	return ProjectContext(context.Background(), base, scenario, levers, horizon)
}

// ProjectContext is Project that stops between two years with the error of the context once that is
// done.
func ProjectContext(ctx context.Context, base Base, scenario Scenario, levers []Lever,
	horizon int) (Pathway, error) {
	return project(ctx, base, scenario, levers, horizon, nil)
}

// project projects; where all it goes through is to be kept, that is told to kept.
func project(ctx context.Context, base Base, scenario Scenario, levers []Lever, horizon int,
	kept *Stated) (Pathway, error) {
	if err := base.Check(); err != nil {
		return Pathway{}, err
	}
	if horizon < base.Year || horizon > base.Year+HorizonMax {
		return Pathway{}, fmt.Errorf("horizon %d: not between the base year %d and %d",
			horizon, base.Year, base.Year+HorizonMax)
	}
	base.Cells = slices.Clone(base.Cells)
	slices.SortFunc(base.Cells, ByPlace)
	pathway := Pathway{Scenario: scenario.Name, Lineage: scenario.Lineage,
		Pins: base.Pins, Gaps: base.Gaps, WaterGaps: base.WaterGaps, Vintages: base.Vintages}
	run := &run{base: &base, touched: map[int]bool{}}
	if err := run.complete(scenario, levers); err != nil {
		return Pathway{}, err
	}
	pathway.History, pathway.Since = run.history(scenario, levers)
	pathway.Left = base.Left
	rows := make([][]Row, len(levers))
	for i, lever := range levers {
		rows[i] = rowsOf(lever, scenario.Rows)
	}
	kept.begin(run, rows)
	for year := base.Year; year <= horizon; year++ {
		if err := ctx.Err(); err != nil {
			return Pathway{}, err
		}
		draft := run.draft(year)
		kept.year(draft)
		for i, lever := range levers {
			if err := lever.Apply(draft, rows[i]); err != nil {
				return Pathway{}, err
			}
			kept.step(draft)
		}
		pathway.Years = append(pathway.Years, draft.settle())
		kept.settled(draft)
	}
	kept.ended(run)
	pathway.tell(scenario.Rows, run.touched)
	return pathway, pathway.Check()
}

// run is what the years of one projection share.
type run struct {
	base    *Base
	touched map[int]bool
	// past holds the years done so far, the base year first.
	past []past
}

// past is how far the services of a year had moved, and its drivers.
type past struct {
	services map[string]quantity.Ratio
	drivers  map[string]quantity.Number
}

// complete lets levers state what the ledger does not hold.
func (r *run) complete(scenario Scenario, levers []Lever) error {
	for _, lever := range levers {
		ground, ok := lever.(Ground)
		if !ok {
			continue
		}
		said, err := ground.Complete(r.base, rowsOf(lever, scenario.Rows))
		if err != nil {
			return err
		}
		for _, row := range said {
			r.touched[row.Line] = true
		}
	}
	return r.base.Check()
}

// history returns the complete years before the base and those after it, as levers that look at
// the years of the book leave them.
func (r *run) history(scenario Scenario, levers []Lever) (before, since []Year) {
	var years []Year
	for _, year := range slices.Concat(r.base.History, r.base.Since) {
		if year.Complete {
			years = append(years, year)
		}
	}
	for _, lever := range levers {
		if past, ok := lever.(Past); ok {
			var said []Row
			years, said = past.History(r.base, years, rowsOf(lever, scenario.Rows))
			for _, row := range said {
				r.touched[row.Line] = true
			}
		}
	}
	at, _ := slices.BinarySearchFunc(years, r.base.Year, func(y Year, base int) int {
		return y.Year - base
	})
	return years[:at:at], years[at:]
}

// rowsOf returns the rows a lever answers to.
func rowsOf(lever Lever, rows []Row) (own []Row) {
	names := lever.Names()
	for i := range rows {
		if slices.Contains(names, rows[i].Lever) {
			own = append(own, rows[i])
		}
	}
	return own
}

// Check proves the invariants: totals are the sums of the cells and drivers under them, no figure
// is negative, and no year is left out.
func (p Pathway) Check() error {
	for i, year := range p.Years {
		if year.Year != p.Years[0].Year+i {
			return fmt.Errorf("pathway %s: year %d follows %d",
				p.Scenario, year.Year, p.Years[i-1].Year)
		}
		if err := year.check(); err != nil {
			return fmt.Errorf("pathway %s: %w", p.Scenario, err)
		}
	}
	return nil
}

// Points returns one figure over all years, history first, as Peak takes it.
func (p Pathway) Points(figure func(Year) quantity.Number) []Point {
	var points []Point
	for _, year := range p.History {
		points = append(points, Point{year.Year, figure(year), true})
	}
	for i, year := range p.Years {
		// The base year is the last that was measured.
		points = append(points, Point{year.Year, figure(year), i == 0})
	}
	return points
}
