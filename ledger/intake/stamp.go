package intake

import (
	"cmp"
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/dates"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/meter"
	"carbonledger/quantity"
	"carbonledger/table"
)

// meters are the readings of a file by meter, in the order they come.
type meters struct {
	series map[meterKey]*meter.Series
	order  []meterKey
	// marks is what the column of times says by its name: begin, end or nothing.
	marks string
}

// meterKey tells the series of a file apart: one meter and one column.
type meterKey struct {
	flow   ledger.Flow
	column int
}

// take takes a reading into the series of its meter.
func (r *reading) take(m *dialects.Placed, flow ledger.Flow, number quantity.Number, cell string) {
	if r.meters.series == nil {
		r.meters.series = map[meterKey]*meter.Series{}
		r.meters.marks = r.marks()
	}
	at, offset, marks, ok := r.stamp(m)
	if !ok {
		return
	}
	reading := meter.Reading{Line: r.current.Line, Time: at, Offset: offset, Number: number,
		Figure: flow.Absence.HasFigure(), Estimated: flow.Absence == ledger.Estimated, Cell: cell}
	flow.Period, flow.Absence = quantity.Period{}, ledger.Present
	key := meterKey{flow, m.Column}
	if m.Covers != "" {
		// The columns of a row that hold the times of a day are one series.
		key.column = -1
	}
	series, known := r.meters.series[key]
	if !known {
		series = &meter.Series{Flow: flow, Dates: true}
		r.meters.series[key] = series
		r.meters.order = append(r.meters.order, key)
	}
	series.Begins = series.Begins || marks == meter.Begin
	series.Ends = series.Ends || marks == meter.End
	series.Dates = series.Dates && at%meter.MinutesPerDay == 0
	series.Readings = append(series.Readings, reading)
}

// days sums the readings of every meter by the day. It runs after the last row.
func (r *reading) days() {
	midnight, bad := false, map[int]bool{}
	for _, fault := range r.upload.Faults {
		bad[fault.Line] = true
	}
	for _, key := range r.meters.order {
		series := *r.meters.series[key]
		// A row with a fault gives nothing, in any of its columns.
		series.Readings = slices.DeleteFunc(series.Readings, func(one meter.Reading) bool {
			return bad[one.Line]
		})
		found := meter.Days(r.upload.Source.File, series, *r.dialect.Interval)
		r.upload.Activities = append(r.upload.Activities, found.Activities...)
		r.upload.Faults = append(r.upload.Faults, found.Faults...)
		for _, warning := range found.Warnings {
			// How a file writes midnight is told once.
			if warning.Code != "meter.midnight" || !midnight {
				r.upload.Warnings = append(r.upload.Warnings, warning)
			}
			midnight = midnight || warning.Code == "meter.midnight"
		}
	}
}

// marks says what the name of the column of times says of them.
func (r *reading) marks() string {
	_, column := r.field("stamp")
	header := table.Key(r.heading(column))
	named := func(name string) bool { return table.Key(name) == header }
	switch {
	case slices.ContainsFunc(r.dialect.Interval.Begins, named):
		return meter.Begin
	case slices.ContainsFunc(r.dialect.Interval.Ends, named):
		return meter.End
	}
	return ""
}

// stamp reads when a reading was taken: one cell, or a date and a time of day apart. It also says
// whether the column or the cell tells which end of the interval that is.
func (r *reading) stamp(m *dialects.Placed) (minutes, offset int, marks string, ok bool) {
	text := r.known("stamp")
	marks = r.meters.marks
	if clock := cmp.Or(m.Covers, r.known("clock")); clock != "" {
		text += " " + clock
	}
	if strings.TrimSpace(text) == "" {
		r.fault("stamp", "cell.missing")
		return 0, 0, "", false
	}
	day, minute, offset, ok := r.moment(text)
	if !ok {
		r.fault("stamp", "stamp.unknown")
		return 0, 0, "", false
	}
	if minute == meter.MinutesPerDay {
		marks = meter.End
	}
	return int(day)*meter.MinutesPerDay + minute, offset, marks, true
}

// moment reads a date with a time of day.
func (r *reading) moment(text string) (day quantity.Day, minute, offset int, ok bool) {
	date, minute, offset := dates.CutClock(text)
	// A file has a day in as many rows as the day has readings.
	period, known := r.dates[date]
	if !known {
		if one, err := r.date(date); err == nil && one.Days() == 1 {
			period = one
		}
		r.dates[date] = period
	}
	return period.First, minute, offset, period.First > 0 && minute >= 0
}
