package dialects

import (
	"carbonledger/ledger/intake/dates"
	"carbonledger/ledger/intake/meter"
)

// Spans is the part of a dialect that says which time a figure covers.
type Spans struct {
	// Split is month where a figure that covers several months becomes a part for each of them.
	Split string `toml:"split"`
	// Longest is how many days a figure covers at most before it is told; 0: any.
	Longest int `toml:"longest"`
	// Dates is day-first or month-first: how 3/4/2024 is meant where nothing in the file tells.
	Dates string `toml:"dates"`
	// Interval: the rows are readings of meters, a few minutes to a day each.
	Interval *meter.Interval `toml:"interval"`
}

// checkSpans complains about keys of Spans that hold what they cannot.
func (s Spans) checkSpans(complain func(string, ...any)) {
	if s.Split != "" && s.Split != "month" {
		complain("split is month, not %q", s.Split)
	}
	if s.Dates != "" && s.Dates != dates.DayFirst && s.Dates != dates.MonthFirst {
		complain("dates is %s or %s, not %q", dates.DayFirst, dates.MonthFirst, s.Dates)
	}
	if s.Longest < 0 {
		complain("longest is a number of days, not %d", s.Longest)
	}
	if s.Interval != nil {
		s.Interval.Check(complain)
	}
}
