package judgement

import (
	"slices"
	"strconv"

	"carbonledger/ledger/judgement/accounts"
	"carbonledger/quantity"
)

// slack is how many days the ends of two periods may lie apart and still meet: the platform of
// online monitoring takes a month that begins a day early or late.
const slack = 1

// rhythmDays is the shortest bill of a month.
const rhythmDays = 26

// rhythm says whether the figures of an account follow each other, so that one left out is missed.
// Figures of a month or longer always do; deliveries and other figures of days do where at least
// half of them meet the one before.
func rhythm(a *accounts.Account) bool {
	meet, apart := 0, 0
	for i := 1; i < len(a.Figures); i++ {
		before, here := a.Figures[i-1].Period, a.Figures[i].Period
		switch {
		case before.Days() >= rhythmDays && here.Days() >= rhythmDays:
		case int(here.First-before.End) <= slack:
			meet++
		default:
			apart++
		}
	}
	return meet >= apart
}

// isSeamless says whether every figure begins on the day after the one before, so that nothing is
// left out and nobody says why.
func isSeamless(a *accounts.Account) bool {
	for i := 1; i < len(a.Figures); i++ {
		if a.Figures[i-1].Period.End != a.Figures[i].Period.First {
			return false
		}
	}
	return len(a.Absent) == 0
}

// completenessLeast is the percentage of figures that must be there: the gate of the online
// monitoring of key energy users, received of expected points.
const completenessLeast = 90

// calendar looks at the figures of an account one behind the other, where one left out is missed.
func calendar(w *weigher, a *accounts.Account) {
	if isSeamless(a) || !rhythm(a) {
		return
	}
	all := inOrder(a)
	gaps(w, a, all)
	completeness(w, a, all)
}

// gaps finds time left out between two figures of an account, at least one of them of the upload:
//
//	... March | May ...  ->  April is left out
//
// A row that says why there is no figure leaves nothing out.
func gaps(w *weigher, a *accounts.Account, inOrder []accounts.Figure) {
	var before accounts.Figure
	for i, f := range inOrder {
		if i > 0 {
			w.gap(a, before, f)
		}
		if i == 0 || f.Period.End > before.Period.End {
			before = f
		}
	}
}

// inOrder returns figures and what stands in their place in the order of time.
func inOrder(a *accounts.Account) []accounts.Figure {
	byTime := func(f, g accounts.Figure) int {
		return int(f.Period.First) - int(g.Period.First)
	}
	all := a.Figures
	if len(a.Figures) == 0 {
		all = a.Absent
	} else if len(a.Absent) > 0 {
		all = slices.Concat(a.Figures, a.Absent)
	}
	if !slices.IsSortedFunc(all, byTime) {
		all = slices.Clone(all)
		slices.SortStableFunc(all, byTime)
	}
	return all
}

func (w *weigher) gap(a *accounts.Account, before, after accounts.Figure) {
	left := quantity.Period{First: before.Period.End, End: after.Period.First}
	if left.Days() <= slack || !before.Fresh() && !after.Fresh() {
		return
	}
	at := after
	if !after.Fresh() {
		at = before
	}
	en, zh := w.account(a)
	w.warn(at, "period.gap", en, zh, spanText(left), spanText(before.Period),
		spanText(after.Period))
}

// at is one of the figures of an account, what stands in the place of one behind them.
func at(a *accounts.Account, i int) *accounts.Figure {
	if i < len(a.Figures) {
		return &a.Figures[i]
	}
	return &a.Absent[i-len(a.Figures)]
}

// completeness finds accounts that have figures for fewer than 90 % of the months, or days, between
// the first and the last of the upload. Rows marked missing or confidential have no figure.
func completeness(w *weigher, a *accounts.Account, inOrder []accounts.Figure) {
	var whole quantity.Period
	var last accounts.Figure
	monthly, line := true, 0
	for i := range len(a.Figures) + len(a.Absent) {
		f := at(a, i)
		p := f.Period
		monthly = monthly && (f.Kind != accounts.Free || accounts.IsMonths(p))
		if !f.Fresh() {
			continue
		}
		if whole.IsZero() {
			whole = p
		}
		whole.First, whole.End = min(whole.First, p.First), max(whole.End, p.End)
		if at := w.line(*f); at >= line {
			last, line = *f, at
		}
	}
	count := quantity.Period.Days
	unitEN, unitZH := "days", "天"
	if monthly {
		count, unitEN, unitZH = accounts.Months, "months", "个月"
	}
	there, end := 0, whole.First
	for _, f := range inOrder {
		p := quantity.Period{First: max(f.Period.First, end), End: f.Period.End}
		if whole.Contains(f.Period) && f.Gap != accounts.Missing && p.First < p.End {
			there, end = there+count(p), p.End
		}
	}
	// A single period has neither first nor last.
	if whole == last.Period {
		return
	}
	if expected := count(whole); there*100 < expected*completenessLeast {
		en, zh := w.account(a)
		w.warn(last, "completeness.low", en, zh, strconv.Itoa(there), strconv.Itoa(expected),
			unitEN, unitZH, spanText(whole))
	}
}
