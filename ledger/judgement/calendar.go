package judgement

import (
	"slices"
	"strconv"
	"time"

	"carbonledger/quantity"
)

// span groups periods of about the same length: only such figures are comparable.
type span int

// The spans. Bills of utilities run for 26 to 35 days; January and February are often reported as
// one. Other lengths are compared with nothing.
const (
	odd span = iota
	day
	week
	month
	twoMonths
	quarter
	half
	year
)

// lengths are the fewest and most days of each span.
var lengths = []struct {
	span        span
	least, most int
}{
	{day, 1, 1}, {week, 7, 7}, {month, 26, 35}, {twoMonths, 57, 66}, {quarter, 87, 95},
	{half, 178, 187}, {year, 360, 371},
}

func spanOf(p quantity.Period) span {
	for _, l := range lengths {
		if l.least <= p.Days() && p.Days() <= l.most {
			return l.span
		}
	}
	return odd
}

// isMonths says whether a period is made of whole calendar months.
func isMonths(p quantity.Period) bool {
	_, _, first := p.First.Date()
	_, _, end := p.End.Date()
	return first == 1 && end == 1
}

// months counts the calendar months of a period of whole months.
func months(p quantity.Period) int {
	y1, m1, _ := p.First.Date()
	y2, m2, _ := p.End.Date()
	return (y2-y1)*12 + int(m2-m1)
}

// yearBefore is the same part of the calendar some years earlier.
func yearBefore(p quantity.Period, years int) quantity.Period {
	shift := func(d quantity.Day) quantity.Day {
		y, m, day := d.Date()
		return quantity.DayOf(y-years, m, day)
	}
	return quantity.Period{First: shift(p.First), End: shift(p.End)}
}

// calendar returns the month, quarter and year that hold a period and are longer than it.
func calendar(p quantity.Period) []quantity.Period {
	y, m, _ := p.First.Date()
	all := []quantity.Period{quantity.Month(y, m), quantity.Quarter(y, (int(m)+2)/3),
		quantity.Year(y)}
	return slices.DeleteFunc(all, func(q quantity.Period) bool { return q == p || !q.Contains(p) })
}

// isCalendar says whether a period is a calendar month, quarter or year.
func isCalendar(p quantity.Period) bool {
	y, m, _ := p.First.Date()
	return p == quantity.Month(y, m) || p == quantity.Year(y) ||
		p == quantity.Quarter(y, (int(m)+2)/int(time.March))
}

// slack is how many days the ends of two periods may lie apart and still meet: the platform of
// online monitoring takes a month that begins a day early or late.
const slack = 1

// rhythmDays is the shortest bill of a month.
const rhythmDays = 26

// rhythm says whether the figures of an account follow each other, so that one left out is missed.
// Figures of a month or longer always do; deliveries and other figures of days do where at least
// half of them meet the one before.
func (a *account) rhythm() bool {
	meet, apart := 0, 0
	for i := 1; i < len(a.figures); i++ {
		before, here := a.figures[i-1].flow.Period, a.figures[i].flow.Period
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

// completenessLeast is the percentage of figures that must be there: the gate of the online
// monitoring of key energy users, received of expected points.
const completenessLeast = 90

// gaps finds time left out between two figures of an account, at least one of them of the upload:
//
//	... March | May ...  ->  April is left out
//
// A row that says why there is no figure leaves nothing out.
func gaps(x *index) {
	for _, a := range x.accounts {
		if !a.fresh || !a.rhythm() {
			continue
		}
		all := slices.Concat(a.figures, a.absent)
		slices.SortStableFunc(all, func(f, g figure) int {
			return int(f.flow.Period.First) - int(g.flow.Period.First)
		})
		var before figure
		for i, f := range all {
			if i > 0 {
				x.gap(before, f)
			}
			if i == 0 || f.flow.Period.End > before.flow.Period.End {
				before = f
			}
		}
	}
}

func (x *index) gap(before, after figure) {
	left := quantity.Period{First: before.flow.Period.End, End: after.flow.Period.First}
	if left.Days() <= slack || !before.fresh && !after.fresh {
		return
	}
	at := after
	if !after.fresh {
		at = before
	}
	en, zh := x.account(at.flow)
	x.warn(at, "period.gap", en, zh, spanText(left), spanText(before.flow.Period),
		spanText(after.flow.Period))
}

// completeness finds accounts that have figures for fewer than 90 % of the months, or days, between
// the first and the last of the upload. Rows marked missing or confidential have no figure.
func completeness(x *index) {
	for _, a := range x.accounts {
		if a.fresh && a.rhythm() {
			x.complete(a)
		}
	}
}

func (x *index) complete(a *account) {
	var whole quantity.Period
	var last figure
	monthly := true
	for _, f := range slices.Concat(a.figures, a.absent) {
		p := f.flow.Period
		monthly = monthly && isMonths(p)
		if !f.fresh {
			continue
		}
		if whole.IsZero() {
			whole = p
		}
		whole.First, whole.End = min(whole.First, p.First), max(whole.End, p.End)
		if f.line >= last.line {
			last = f
		}
	}
	count := quantity.Period.Days
	unitEN, unitZH := "days", "天"
	if monthly {
		count, unitEN, unitZH = months, "months", "个月"
	}
	there, end := 0, whole.First
	for _, f := range a.thereIn(whole) {
		p := quantity.Period{First: max(f.flow.Period.First, end), End: f.flow.Period.End}
		if p.First < p.End {
			there, end = there+count(p), p.End
		}
	}
	// A single period has neither first nor last.
	if whole == last.flow.Period {
		return
	}
	if expected := count(whole); there*100 < expected*completenessLeast {
		en, zh := x.account(a.key)
		x.warn(last, "completeness.low", en, zh, strconv.Itoa(there), strconv.Itoa(expected),
			unitEN, unitZH, spanText(whole))
	}
}

// thereIn returns what is accounted for in a period, in the order of time: the figures, and rows
// that say nothing occurred or that the figure is included elsewhere.
func (a *account) thereIn(whole quantity.Period) []figure {
	var there []figure
	for _, f := range slices.Concat(a.figures, a.absent) {
		if whole.Contains(f.flow.Period) && !f.flow.Absence.IsGap() {
			there = append(there, f)
		}
	}
	slices.SortStableFunc(there, func(f, g figure) int {
		return int(f.flow.Period.First) - int(g.flow.Period.First)
	})
	return there
}
