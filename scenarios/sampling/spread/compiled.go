package spread

import (
	"context"
	"math"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/sampling"
	"carbonledger/scenarios/sampling/elementary"
	"carbonledger/scenarios/sampling/kaya"
	"carbonledger/scenarios/targets"
)

// unbent are the levers after which a yearly rate still multiplies whatever it multiplied before.
// Any other, such as a cap, solar power of so many kW, a stock of vehicles or a stated share of
// GDP, may hold or not depending on what is drawn, which no list of products can say.
var unbent = []string{"growth", "population", "demand", "efficiency", "grid-factor", "non-fossil",
	"switch", "switch-ratio", "electrification", "hydrogen", "biomass", "district-heat",
	"modal-shift", "modal-ratio", "sink", "green-area", "green-rate", "green-power", "price",
	"discount-rate", "deflator", "total-energy", "total-co2"}

// summed are the measures of targets that sums of CO2, energy and GDP can tell.
var summed = []string{"co2", "energy", "energy-per-gdp", "co2-per-gdp", "peak-year"}

// model returns what follows the samples: compiled sums where they agree with Project, and Project
// itself otherwise.
func (p *prospect) model(ctx context.Context) (model sampling.Model, compiled bool) {
	if !p.mayCompile() {
		return p.exact(ctx), false
	}
	if models, ok := p.compile(ctx); ok && p.agrees(ctx, models) {
		return p.compiled(models), true
	}
	return p.exact(ctx), false
}

// mayCompile says whether every assumption is a rate throughout the pathway, nothing bends its
// effect, and all targets are about sums.
func (p *prospect) mayCompile() bool {
	first := p.Base.Year + 1
	for _, place := range p.rows {
		row := p.Scenario.Rows[place]
		if !row.IsRate() || row.First > first || row.Last < p.Horizon {
			return false
		}
	}
	return !slices.ContainsFunc(p.Scenario.Rows, func(row scenarios.Row) bool {
		return !slices.Contains(unbent, row.Lever)
	}) && !slices.ContainsFunc(p.Targets, func(t targets.Target) bool {
		whole := t.Sector == scenarios.All && t.Commodity == scenarios.All
		return !whole || !slices.Contains(summed, t.Measure)
	})
}

// parts takes a year apart into what is summed to one of its totals, each part by its name.
type parts func(scenarios.Year) map[string]quantity.Number

// totals are the sums of a year that are compiled: CO2, energy and GDP.
var totals = []parts{
	func(y scenarios.Year) map[string]quantity.Number {
		return byCell(y, func(c scenarios.Cell) quantity.Number { return c.CO2 })
	},
	func(y scenarios.Year) map[string]quantity.Number {
		return byCell(y, func(c scenarios.Cell) quantity.Number { return c.Energy })
	},
	func(y scenarios.Year) map[string]quantity.Number {
		drivers := map[string]quantity.Number{}
		for _, name := range scenarios.GDPDrivers() {
			drivers[name] = y.Drivers[name]
		}
		return drivers
	},
}

func byCell(y scenarios.Year, of func(scenarios.Cell) quantity.Number) map[string]quantity.Number {
	cells := map[string]quantity.Number{}
	for _, cell := range y.Cells {
		cells[cell.Sector+" "+cell.Commodity] = of(cell)
	}
	return cells
}

// compile finds out by trial which rate moves which part: with all rates at 0 but one, a part is
// either as it was or moved by that rate in the first year. What is neither cannot be compiled.
func (p *prospect) compile(ctx context.Context) (models []*kaya.Model, ok bool) {
	if p.Horizon == p.Base.Year {
		return nil, false
	}
	still, err := p.project(ctx, make([]float64, len(p.rows)))
	if err != nil {
		return nil, false // Project is asked for the samples themselves, and says why
	}
	effects := make([][]kaya.Effect, len(totals))
	names := make([][]string, len(totals))
	for i, of := range totals {
		names[i] = namesOf(still, of)
	}
	for j := range p.rows {
		sample := make([]float64, len(p.rows))
		sample[j] = p.end(j, trialPercent)
		moved, err := p.project(ctx, sample)
		if err != nil {
			return nil, false
		}
		for i, of := range totals {
			before, after := of(still.Years[1]), of(moved.Years[1])
			for s, name := range names[i] {
				switch growth := 1 + p.drawn(j, sample[j])/100; {
				case near(ratio(after[name], before[name]), 1):
				case near(ratio(after[name], before[name]), growth):
					effects[i] = append(effects[i], kaya.Effect{Assumption: j,
						Term: kaya.Activity, Way: kaya.Rate, Sector: s})
				default:
					return nil, false
				}
			}
		}
	}
	for i, of := range totals {
		m, err := kaya.Compile(flat(still, names[i], of), effects[i])
		if err != nil {
			return nil, false
		}
		models = append(models, m)
	}
	return models, true
}

// trialPercent is the quantile of an assumption that is tried.
const trialPercent = 95

// end is a quantile of an assumption.
func (p *prospect) end(assumption int, percent int64) float64 {
	value, _ := p.plan.Assumptions[assumption].Distribution.Quantile(quantity.Int(percent),
		drawnDigits)
	return elementary.Float(value)
}

// drawn is a drawn value as Project takes it.
func (p *prospect) drawn(assumption int, x float64) float64 {
	return elementary.Float(valueOf(p.Scenario.Rows[p.rows[assumption]], x))
}

// namesOf lists the parts of all years that are above 0 in any, in the order of their names.
func namesOf(p scenarios.Pathway, of parts) (names []string) {
	seen := map[string]bool{}
	for _, y := range p.Years {
		for name, value := range of(y) {
			seen[name] = seen[name] || value.Sign() > 0
		}
	}
	for name, above := range seen {
		if above {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// flat lays parts out as the sectors of an identity with one carrier: a part is the activity, and
// what else is multiplied is 1.
func flat(p scenarios.Pathway, names []string, of parts) kaya.Pathway {
	one := make([]quantity.Ratio, len(p.Years))
	for i := range one {
		one[i] = quantity.Whole(quantity.Int(1))
	}
	k := kaya.Pathway{Sectors: len(names), Carriers: 1, Years: len(p.Years),
		Factor: [][]quantity.Ratio{one}}
	for _, name := range names {
		var row []quantity.Ratio
		for _, y := range p.Years {
			row = append(row, quantity.Whole(of(y)[name]))
		}
		k.Activity = append(k.Activity, row)
		k.Intensity = append(k.Intensity, one)
		k.Share = append(k.Share, [][]quantity.Ratio{one})
	}
	return k
}

// sums evaluates the compiled totals of a sample: CO2, energy and GDP year by year.
type sums struct {
	evaluate []func(sample, results []float64)
	room     []float64
	years    [][]float64
	sample   []float64
}

func (p *prospect) start(models []*kaya.Model) *sums {
	s := &sums{room: make([]float64, 2*len(p.stated.Years)), sample: make([]float64, len(p.rows))}
	for _, m := range models {
		s.evaluate = append(s.evaluate, m.Start())
		s.years = append(s.years, make([]float64, len(p.stated.Years)))
	}
	return s
}

// of returns the totals of a sample, which stay until the next one.
func (s *sums) of(p *prospect, sample []float64) [][]float64 {
	for j, x := range sample {
		s.sample[j] = p.drawn(j, x)
	}
	for i, evaluate := range s.evaluate {
		evaluate(s.sample, s.room)
		copy(s.years[i], s.room) // with factors of 1 the CO2 of the model is the sum
	}
	return s.years
}

// compiled follows samples by the sums.
func (p *prospect) compiled(models []*kaya.Model) sampling.Model {
	return sampling.Model{Results: p.count(), Start: func() func(sample, results []float64) {
		s := p.start(models)
		return func(sample, results []float64) {
			if _, err := p.scenario(sample); err != nil {
				p.refuse(err, results)
				return
			}
			pathway := p.stated
			pathway.Years = slices.Clone(pathway.Years)
			for i, total := range s.of(p, sample) {
				for y := range pathway.Years {
					value, _ := elementary.Number(total[y], digits)
					switch year := &pathway.Years[y]; i {
					case 0:
						year.CO2 = value
					case 1:
						year.Energy = value
					default:
						year.GDP = value
					}
				}
			}
			p.write(pathway, results)
		}
	}}
}

// agrees compares the sums with Project, year by year: at the medians, with each assumption alone
// at its ends, and with all of them low or high at once.
func (p *prospect) agrees(ctx context.Context, models []*kaya.Model) bool {
	s := p.start(models)
	for _, sample := range p.trials() {
		exact, err := p.project(ctx, sample)
		if err != nil {
			return false
		}
		compiled := s.of(p, sample)
		for y, year := range exact.Years {
			for i, want := range []quantity.Number{year.CO2, year.Energy, year.GDP} {
				if !near(compiled[i][y], elementary.Float(want)) {
					return false
				}
			}
		}
	}
	return true
}

// trials are the samples at which the sums have to agree with Project.
func (p *prospect) trials() (list [][]float64) {
	all := func(percent int64) (sample []float64) {
		for j := range p.rows {
			sample = append(sample, p.end(j, percent))
		}
		return sample
	}
	for j := range p.rows {
		for _, percent := range []int64{100 - trialPercent, trialPercent} {
			sample := all(50)
			sample[j] = p.end(j, percent)
			list = append(list, sample)
		}
	}
	return append(list, all(50), all(1), all(99))
}

// tolerance is how far a sum may lie from the exact figure, as a part of it: a thousandth of the
// last digit that a district's tonnes are shown with.
const tolerance = 1e-9

func near(a, b float64) bool { return math.Abs(a-b) <= tolerance*math.Abs(b) }

// ratio is a / b, and 1 where both are 0.
func ratio(a, b quantity.Number) float64 {
	if b.IsZero() && a.IsZero() {
		return 1
	}
	return elementary.Float(a) / elementary.Float(b)
}
