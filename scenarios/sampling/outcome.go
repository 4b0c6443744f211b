package sampling

import (
	"context"
	"fmt"
	"math"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios"
	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/sampling/elementary"
)

// Model turns a sample into results. Start is called once for each worker, which keeps what it
// returns to itself, so that it may hold room for its work. Evaluate reads a value for each
// assumption and writes Results numbers; what it writes must follow from what it reads alone.
type Model struct {
	Results int
	Start   func() (evaluate func(sample, results []float64))
}

// Outcome holds the results of all samples of a plan.
type Outcome struct {
	plan Plan
	// samples has a column for each assumption and results one for each result, in the order in
	// which the samples were drawn; sorted has the results in rising order.
	samples, results, sorted [][]float64
}

// Run draws the samples of a plan and lets the model follow each. The number of workers changes
// nothing but the time it takes. It stops between two samples once the context is done; a watch on
// the context is told of each sample.
func Run(ctx context.Context, plan Plan, model Model, workers int) (Outcome, error) {
	d, err := plan.ready()
	if err != nil {
		return Outcome{}, err
	}
	columns := plan.Design.points(plan.Samples, len(plan.Assumptions), plan.Seed, workers)
	d.values(columns, workers)
	results := matrix(model.Results, plan.Samples)
	if err := model.follow(ctx, columns, results, workers); err != nil {
		return Outcome{}, err
	}
	outcome := Outcome{plan: plan, samples: columns, results: results,
		sorted: matrix(model.Results, plan.Samples)}
	share(workers, model.Results, func() func(int) {
		return func(r int) {
			copy(outcome.sorted[r], results[r])
			slices.Sort(outcome.sorted[r])
		}
	})
	return outcome, nil
}

// follow evaluates the model on columns of values. Results that are no finite numbers are an error.
// Blocks are small enough for every worker to get some, as a sample may take long.
func (m Model) follow(ctx context.Context, columns, results [][]float64, workers int) error {
	samples := len(columns[0])
	size := min(max(samples/(blocksEach*max(workers, 1)), 1), blockSize)
	broken := make([]int, blocks(samples, size))
	crew.More(ctx, samples)
	err := crew.With(ctx, workers, len(broken), func() func(int) {
		evaluate := m.Start()
		sample, result := make([]float64, len(columns)), make([]float64, m.Results)
		return func(block int) {
			from, to := span(block, samples, size)
			defer crew.Done(ctx, to-from)
			for i := from; i < to && ctx.Err() == nil; i++ {
				for j, column := range columns {
					sample[j] = column[i]
				}
				evaluate(sample, result)
				for r, x := range result {
					results[r][i] = x
					if !finite(x) && broken[block] == 0 {
						broken[block] = i + 1
					}
				}
			}
		}
	})
	if err != nil {
		return err
	}
	for _, sample := range broken {
		if sample > 0 {
			return fmt.Errorf("sample %d: the model gives no finite number; "+
				"cut the distributions where the model ends", sample)
		}
	}
	return nil
}

// blocksEach is how many blocks there are for each worker, at the least: the last ones to finish
// then wait for no more than an eighth of the time.
const blocksEach = 8

// Samples says how many samples the outcome has.
func (o Outcome) Samples() int { return o.plan.Samples }

// FanPercents are the quantiles of a fan.
func FanPercents() [5]int { return [5]int{5, 25, 50, 75, 95} }

// Fan is the quantiles of a result at FanPercents.
type Fan [5]quantity.Number

// Fan returns how a result spreads.
func (o Outcome) Fan(result, digits int) Fan {
	var fan Fan
	for i, percent := range FanPercents() {
		fan[i] = o.Quantile(result, percent, digits)
	}
	return fan
}

// Quantile returns the value below which the given per cent of the samples lie, by the most common
// definition (type 7 of R. J. Hyndman and Y. Fan 1996; PERCENTILE.INC of spreadsheets): with the
// results x(0) ... x(N-1) in rising order and h = (N - 1) x percent / 100, it is the value at h, on
// the line between the two results next to it.
func (o Outcome) Quantile(result, percent, digits int) quantity.Number {
	sorted := o.sorted[result]
	at := (len(sorted) - 1) * min(max(percent, 0), 100)
	low, rest := sorted[at/100], float64(at%100)/100
	if rest > 0 {
		low += float64(rest * (sorted[at/100+1] - low))
	}
	return shown(low, digits)
}

// Mean returns the mean of a result and its standard deviation over the samples.
func (o Outcome) Mean(result, digits int) (mean, deviation quantity.Number) {
	m, variance := moments(o.results[result])
	return shown(m, digits), shown(math.Sqrt(variance), digits)
}

// moments sums in the order of the samples, deviations from the mean in a second round.
func moments(column []float64) (mean, variance float64) {
	for _, x := range column {
		mean += x
	}
	mean /= float64(len(column))
	for _, x := range column {
		variance += float64((x - mean) * (x - mean))
	}
	return mean, variance / float64(len(column)-1)
}

// shown lets a figure out. Results are bounded (follow sees to it), so their sums are finite.
func shown(x float64, digits int) quantity.Number {
	n, _ := elementary.Number(x, digits)
	return n
}

// AtMost returns the part of the samples in which a result is at or below a limit, undivided.
func (o Outcome) AtMost(result int, limit quantity.Number) quantity.Ratio {
	bound := elementary.Float(limit)
	sorted := o.sorted[result]
	count, _ := slices.BinarySearchFunc(sorted, bound, func(x, bound float64) int {
		if x <= bound {
			return -1
		}
		return 1
	})
	return o.part(count)
}

// AtLeast returns the part of the samples in which a result is at or above a limit, undivided.
func (o Outcome) AtLeast(result int, limit quantity.Number) quantity.Ratio {
	count, _ := slices.BinarySearch(o.sorted[result], elementary.Float(limit))
	return o.part(o.plan.Samples - count)
}

func (o Outcome) part(count int) quantity.Ratio {
	return quantity.RatioOf(quantity.Int(int64(count)), quantity.Int(int64(o.plan.Samples)))
}

// Series names the results that are the years of one figure, from the first one on, and what was
// measured before them.
type Series struct {
	Measured []scenarios.Point
	Years    []int
	First    int
}

// PeakedBy returns the part of the samples in which the series has peaked in the given year or
// before: its verdict is "peaked", by the rule of scenarios.Peak with the given band in per cent,
// and the peak year is not later.
func (o Outcome) PeakedBy(s Series, year int, bandPercent quantity.Number) quantity.Ratio {
	years := make([]int, 0, len(s.Measured)+len(s.Years))
	values := make([]float64, 0, cap(years))
	for _, point := range s.Measured {
		years, values = append(years, point.Year), append(values, elementary.Float(point.Value))
	}
	years = append(years, s.Years...)
	values = values[:len(years)]
	band, count := elementary.Float(bandPercent), 0
	for i := range o.plan.Samples {
		for y := range s.Years {
			values[len(s.Measured)+y] = o.results[s.First+y][i]
		}
		if peak, ok := peaked(values, band); ok && years[peak] <= year {
			count++
		}
	}
	return o.part(count)
}

// peaked is the rule of scenarios.Peak: the last value lies below the band, and no more than half
// of the fall is made good again. It returns the place of the highest value, the first of equals.
func peaked(values []float64, bandPercent float64) (peak int, ok bool) {
	for i, x := range values {
		if x > values[peak] {
			peak = i
		}
	}
	top, last := values[peak], values[len(values)-1]
	low := last
	for _, x := range values[peak:] {
		low = min(low, x)
	}
	fallen := float64(last*100) < float64(top*(100-bandPercent))
	return peak, fallen && last+last <= top+low
}
