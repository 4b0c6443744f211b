package intake

import (
	"carbonledger/ledger/intake/dates"
	"carbonledger/quantity"
	"carbonledger/table"
)

// monthly reads a day in a column of months. A spreadsheet that shows 2024-01 keeps the first day
// of it, so that day is the month; another day is a fault. It returns false where there is one.
func (r *reading) monthly(field string, period quantity.Period) (quantity.Period, bool) {
	at, ok := r.layout.Fields[field]
	if !ok || period.Days() != 1 || !dates.AreMonths(r.heading(at)) {
		return period, true
	}
	year, month, day := period.First.Date()
	whole := quantity.Month(year, month)
	if day != 1 {
		r.fault(field, "period.day-of-month", period.String(), whole.String())
		return quantity.Period{}, false
	}
	return whole, true
}

// singles are the rows of one day, and how many rows there are of a month, in a column that may
// hold either.
type singles struct {
	days   []table.Fault
	count  int
	months int
	// line is the last line that was counted.
	line int
}

// singlesMax bounds the days that are told for one file.
const singlesMax = 100

// notePeriod counts a period of the period column as a month or as a day.
func (r *reading) notePeriod(period quantity.Period) {
	at, ok := r.layout.Fields["period"]
	if !ok || r.singles.line == r.current.Line {
		return
	}
	r.singles.line = r.current.Line
	year, month, _ := period.First.Date()
	whole := quantity.Month(year, month)
	switch {
	case period == whole:
		r.singles.months++
	case period.Days() == 1:
		r.singles.count++
		if len(r.singles.days) < singlesMax {
			r.singles.days = append(r.singles.days, table.Fault{File: r.upload.Source.File,
				Line: r.current.Line, Column: at + 1, Code: "period.day",
				Cell: r.current.Cell(at).Raw, Args: []string{period.String(), whole.String()}})
		}
	}
}

// tellSingles warns of single days in a table of months: one of them may be a month that a
// spreadsheet has turned into its first day.
func (r *reading) tellSingles() {
	if r.singles.count < r.singles.months {
		r.upload.Warnings = append(r.upload.Warnings, r.singles.days...)
	}
}
