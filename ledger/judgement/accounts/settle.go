package accounts

import (
	"cmp"
	"slices"

	"carbonledger/quantity"
)

// settle puts what came of an account in the order of time and makes one figure of those of the
// same period. Where no two are of the same period that is all there is to do.
func (x *Index) settle(a *Account, cumulative bool) {
	byTime := func(f, g Figure) int { return comparePeriods(f.Period, g.Period) }
	if !slices.IsSortedFunc(a.Raw, byTime) {
		slices.SortStableFunc(a.Raw, byTime)
	}
	a.Figures = a.Raw
	if !isPlain(a.Raw) {
		a.Figures, a.Absent = apart(a.Raw)
	}
	if cumulative && a.Fresh {
		a.Figures, a.Absent = spread(a.Figures), nil
		slices.SortStableFunc(a.Figures, byTime)
	}
	for i := 1; i < len(a.Figures); i++ {
		if a.Figures[i].Period == a.Figures[i-1].Period {
			a.Figures = x.merged(a.Figures)
			return
		}
	}
}

// isPlain says whether there is nothing but figures.
func isPlain(list []Figure) bool {
	return !slices.ContainsFunc(list, func(f Figure) bool { return f.Gap != Present })
}

// apart tells figures from rows that have none.
func apart(all []Figure) (figures, absent []Figure) {
	there := 0
	for i := range all {
		if all[i].Gap == Present {
			there++
		}
	}
	if there == 0 {
		return nil, all
	}
	figures, absent = make([]Figure, 0, there), make([]Figure, 0, len(all)-there)
	for _, f := range all {
		if f.Gap == Present {
			figures = append(figures, f)
		} else {
			absent = append(absent, f)
		}
	}
	return figures, absent
}

// merged makes one figure of those of the same period: of revised figures the latest, of bills
// their sum.
func (x *Index) merged(list []Figure) []Figure {
	merged := make([]Figure, 0, len(list))
	for _, f := range list {
		last := len(merged) - 1
		if last < 0 || merged[last].Period != f.Period {
			merged = append(merged, f)
			continue
		}
		merged[last] = x.join(merged[last], f)
	}
	return merged
}

// join makes one of two figures of one account and period. It is named after the larger row; of two
// as large, after the first that is posted.
func (x *Index) join(f, g Figure) Figure {
	if f.Vintage != g.Vintage {
		if f.Vintage > g.Vintage {
			return f
		}
		return g
	}
	joined := f
	if g.Fresh() && (!f.Fresh() || x.isNamedAfter(g, f)) {
		joined = g
	}
	joined.Number = f.Number.Add(g.Number)
	return joined
}

func (x *Index) isNamedAfter(f, g Figure) bool {
	larger := x.largest(f).Cmp(x.largest(g))
	_, posted := x.What(f)
	return larger > 0 || larger == 0 && posted && x.CompareRows(f, g) < 0
}

// spread turns figures that run from 1 January into what moved between them, as the book does.
//
//	moved(p, m] = reported(1 January, m] - reported(1 January, p]
//
// A report above a later one is corrected by it and says nothing of its last month. Years without a
// report of the upload stay as they are.
func spread(figures []Figure) []Figure {
	years := map[int][]Figure{}
	for _, f := range figures {
		if f.Fresh() {
			years[f.Period.Year()] = nil
		}
	}
	var kept []Figure
	for _, f := range figures {
		year := f.Period.Year()
		if reports, ok := years[year]; ok {
			years[year] = append(reports, f)
		} else {
			kept = append(kept, f)
		}
	}
	for year, figures := range years {
		kept = append(kept, spreadYear(quantity.Year(year).First, figures)...)
	}
	return kept
}

// spreadYear takes what the book says of parts of a year and the reports of the upload.
func spreadYear(first quantity.Day, figures []Figure) []Figure {
	slices.SortStableFunc(figures, func(f, g Figure) int {
		return cmp.Or(cmp.Compare(f.Period.End, g.Period.End), falseFirst(f.Fresh(), g.Fresh()))
	})
	running := quantity.Number{}
	var reports []Figure
	for _, f := range figures {
		if !f.Fresh() {
			running = running.Add(f.Number)
			f.Number = running
		}
		// A report of the upload stands behind that of the book up to the same day and replaces it.
		last := len(reports) - 1
		if last >= 0 && reports[last].Period.End == f.Period.End {
			reports = reports[:last]
		}
		reports = append(reports, f)
	}
	standing := make([]bool, len(reports))
	least := quantity.Number{}
	for i, f := range slices.Backward(reports) {
		if standing[i] = i == len(reports)-1 || f.Number.Cmp(least) <= 0; standing[i] {
			least = f.Number
		}
	}
	var moved []Figure
	last, running := first, quantity.Number{}
	for i, f := range reports {
		if !standing[i] {
			continue
		}
		reported := f.Number
		f.Number = reported.Sub(running)
		f = f.in(quantity.Period{First: last, End: f.Period.End})
		moved = append(moved, f)
		last, running = f.Period.End, reported
	}
	return moved
}

// in is the figure in another time.
func (f Figure) in(p quantity.Period) Figure {
	f.Period, f.Span, f.Kind = p, SpanOf(p), kindOf(p)
	return f
}

func falseFirst(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
