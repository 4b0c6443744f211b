package sampling

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"carbonledger/quantity"
	"carbonledger/scenarios/crew"
	"carbonledger/scenarios/sampling/elementary"
)

// Influence is how strongly an assumption and a result move together.
type Influence struct {
	Name string
	// Rank is Spearman's rank correlation over the samples, from -1 to 1.
	Rank quantity.Number
}

// Influences returns the rank correlation of every assumption with a result, in the order of the
// plan. It costs no further runs of the model, and it also sees influence that is not linear, as
// long as it goes one way. 0 stands for an assumption or a result that never changes.
func (o Outcome) Influences(result, digits, workers int) []Influence {
	list := make([]Influence, len(o.samples))
	target := ranks(o.results[result])
	share(workers, len(list), func() func(int) {
		return func(j int) {
			rho := correlation(ranks(o.samples[j]), target)
			list[j] = Influence{o.plan.Assumptions[j].Name, shown(rho, digits)}
		}
	})
	return list
}

// ranks numbers a column from the smallest on. Equal values share the mean of their ranks.
func ranks(column []float64) []float64 {
	order := make([]int32, len(column))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(cmp.Compare(column[a], column[b]), cmp.Compare(a, b))
	})
	rank := make([]float64, len(column))
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && column[order[to]] == column[order[from]] {
			to++
		}
		for _, i := range order[from:to] {
			rank[i] = float64(from+to-1) / 2
		}
		from = to
	}
	return rank
}

// correlation is Pearson's, 0 where one side never changes.
func correlation(a, b []float64) float64 {
	meanA, varianceA := moments(a)
	meanB, varianceB := moments(b)
	if varianceA == 0 || varianceB == 0 {
		return 0
	}
	sum := 0.0
	for i := range a {
		sum += float64((a[i] - meanA) * (b[i] - meanB))
	}
	covariance := sum / float64(len(a)-1)
	return covariance / math.Sqrt(float64(varianceA*varianceB))
}

// Swing is one bar of a tornado: what the results come to with one assumption low or high and all
// others at their medians.
type Swing struct {
	Name string
	// Low and High are the values of the assumption; AtLow and AtHigh the results there.
	Low, High, AtLow, AtHigh quantity.Number
}

// Tornado moves each assumption alone from its low to its high quantile, percent and 100 - percent,
// with all others at their medians, and returns a bar for each, the longest first, and the results
// with all at their medians. Members of a group move alone, too: the others stay. It stops as Run
// does.
func Tornado(ctx context.Context, plan Plan, model Model, result, percent, digits, workers int) (
	bars []Swing, middle quantity.Number, err error) {
	if err := plan.Check(); err != nil {
		return nil, quantity.Number{}, err
	}
	if percent < 1 || percent > 49 {
		return nil, quantity.Number{}, fmt.Errorf("a low end at %d per cent: "+
			"between 1 and 49 can be", percent)
	}
	samples, found, err := model.ends(ctx, plan, result, percent, workers)
	if err != nil {
		return nil, quantity.Number{}, err
	}
	middle, ok := elementary.Number(found[0], digits)
	lengths, swings := map[string]float64{}, make([]Swing, len(plan.Assumptions))
	for j, a := range plan.Assumptions {
		low, high := samples[2*j+1][j], samples[2*j+2][j]
		atLow, atHigh := found[2*j+1], found[2*j+2]
		lengths[a.Name] = max(atHigh-atLow, atLow-atHigh)
		ok = ok && finite(atLow) && finite(atHigh)
		swings[j] = Swing{a.Name, shown(low, digits), shown(high, digits), shown(atLow, digits),
			shown(atHigh, digits)}
	}
	if !ok {
		return nil, quantity.Number{}, fmt.Errorf("the model gives no finite number at " +
			"the end of an assumption; cut the distributions where the model ends")
	}
	slices.SortStableFunc(swings, func(a, b Swing) int {
		return cmp.Compare(lengths[b.Name], lengths[a.Name])
	})
	return swings, middle, nil
}

// ends returns samples and what a result comes to with each: all at their medians, and then each
// assumption at its low and at its high quantile.
func (m Model) ends(ctx context.Context, plan Plan, result, percent, workers int) (
	samples [][]float64, found []float64, err error) {
	samples = matrix(1+2*len(plan.Assumptions), len(plan.Assumptions))
	for j, a := range plan.Assumptions {
		for i := range samples {
			samples[i][j] = a.Distribution.quantile(0.5)
		}
		samples[2*j+1][j] = a.Distribution.quantile(float64(percent) / 100)
		samples[2*j+2][j] = a.Distribution.quantile(float64(100-percent) / 100)
	}
	found = make([]float64, len(samples))
	crew.More(ctx, len(samples))
	err = crew.With(ctx, workers, len(samples), func() func(int) {
		evaluate, results := m.Start(), make([]float64, m.Results)
		return func(task int) {
			evaluate(samples[task], results)
			found[task] = results[result]
			crew.Done(ctx, 1)
		}
	})
	return samples, found, err
}

// Indices are the parts of the variance of a result that come from one assumption, or from one
// group of assumptions that move together.
type Indices struct {
	Name string
	// First is what knowing it would take off the variance on average; Total what would be left if
	// all others were known. Total - First is its share in interactions.
	First, Total quantity.Number
}

// Sensitivity returns Sobol' indices of a result. It runs the model Samples x (n + 2) times, with n
// the assumptions and groups, on two samples A and B from one design of twice as many dimensions,
// and on A with the values of one assumption taken from B:
//
//	first = mean of f(B) (f(AB) - f(A)) / V      total = mean of (f(A) - f(AB))^2 / 2V
//
// Sources: A. Saltelli and others, Variance based sensitivity analysis of model output, 2010, table
// 2 (b) and (f), the latter by M. J. W. Jansen 1999. Estimates of small indices may fall below 0. A
// result that never changes has indices of 0. It stops as Run does.
func Sensitivity(ctx context.Context, plan Plan, model Model, result, digits, workers int) (
	[]Indices, error) {
	d, err := plan.ready()
	if err != nil {
		return nil, err
	}
	count := len(plan.Assumptions)
	if err := plan.Design.check(plan.Samples, 2*count); err != nil {
		return nil, err
	}
	columns := plan.Design.points(plan.Samples, 2*count, plan.Seed, workers)
	valuesA, valuesB := columns[:count], columns[count:]
	d.values(valuesA, workers)
	d.values(valuesB, workers)
	evaluate := func(values [][]float64) ([]float64, error) {
		results := matrix(model.Results, plan.Samples)
		err := model.follow(ctx, values, results, workers)
		return results[result], err
	}
	a, err := evaluate(valuesA)
	if err != nil {
		return nil, err
	}
	b, err := evaluate(valuesB)
	if err != nil {
		return nil, err
	}
	mean, variance := moments(append(slices.Clone(a), b...))
	names, places := d.independent()
	list := make([]Indices, len(names))
	for f, name := range names {
		mixed := slices.Clone(valuesA)
		for _, place := range places[f] {
			mixed[place] = valuesB[place]
		}
		ab, err := evaluate(mixed)
		if err != nil {
			return nil, err
		}
		list[f] = indicesOf(name, a, b, ab, mean, variance, digits)
	}
	return list, nil
}

func indicesOf(name string, a, b, ab []float64, mean, variance float64, digits int) Indices {
	if variance == 0 {
		return Indices{Name: name}
	}
	first, total := 0.0, 0.0
	for i := range a {
		// Without the mean the products are smaller and their sum keeps more digits.
		first += float64((b[i] - mean) * (ab[i] - a[i]))
		total += float64((a[i] - ab[i]) * (a[i] - ab[i]))
	}
	n := float64(len(a))
	return Indices{name, shown(first/n/variance, digits), shown(total/n/2/variance, digits)}
}

// largest bounds what a model may give: beyond it, squares of results would not sum.
const largest = 1e140

func finite(x float64) bool { return math.Abs(x) <= largest }
