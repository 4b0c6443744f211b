package accounts

import (
	"slices"
	"time"

	"carbonledger/quantity"
)

// Span groups periods of about the same length: only such figures are comparable.
type Span uint8

// The spans. Bills of utilities run for 26 to 35 days; January and February are often reported as
// one. Other lengths are compared with nothing.
const (
	Odd Span = iota
	Day
	Week
	Month
	TwoMonths
	Quarter
	Half
	Year
	// Spans counts them.
	Spans
)

// lengths are the fewest and most days of each span.
var lengths = []struct {
	span        Span
	least, most int
}{
	{Day, 1, 1}, {Week, 7, 7}, {Month, 26, 35}, {TwoMonths, 57, 66}, {Quarter, 87, 95},
	{Half, 178, 187}, {Year, 360, 371},
}

// SpanOf returns the span of a period.
func SpanOf(p quantity.Period) Span {
	for _, l := range lengths {
		if l.least <= p.Days() && p.Days() <= l.most {
			return l.span
		}
	}
	return Odd
}

// Kind says whether a period is one of the calendar.
type Kind uint8

// A period is a calendar month, quarter or year, or something else. Two of one kind of the calendar
// never share a day.
const (
	Free Kind = iota
	CalendarMonth
	CalendarQuarter
	CalendarYear
)

func kindOf(p quantity.Period) Kind {
	y, m, _ := p.First.Date()
	switch p {
	case quantity.Month(y, m):
		return CalendarMonth
	case quantity.Quarter(y, (int(m)+2)/int(time.March)):
		return CalendarQuarter
	case quantity.Year(y):
		return CalendarYear
	}
	return Free
}

// IsMonths says whether a period is made of whole calendar months.
func IsMonths(p quantity.Period) bool {
	_, _, first := p.First.Date()
	_, _, end := p.End.Date()
	return first == 1 && end == 1
}

// Months counts the calendar months of a period of whole months.
func Months(p quantity.Period) int {
	if days := p.Days(); 28 <= days && days <= 31 {
		return 1
	}
	y1, m1, _ := p.First.Date()
	y2, m2, _ := p.End.Date()
	return (y2-y1)*12 + int(m2-m1)
}

// YearBefore is the same part of the calendar some years earlier.
func YearBefore(p quantity.Period, years int) quantity.Period {
	shift := func(d quantity.Day) quantity.Day {
		y, m, day := d.Date()
		return quantity.DayOf(y-years, m, day)
	}
	return quantity.Period{First: shift(p.First), End: shift(p.End)}
}

// Around returns the month, quarter and year that hold a period and are longer than it.
func Around(p quantity.Period) []quantity.Period {
	y, m, _ := p.First.Date()
	all := []quantity.Period{quantity.Month(y, m),
		quantity.Quarter(y, (int(m)+2)/int(time.March)), quantity.Year(y)}
	return slices.DeleteFunc(all, func(q quantity.Period) bool { return q == p || !q.Contains(p) })
}
