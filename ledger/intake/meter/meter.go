// Package meter turns the readings of a meter, a few minutes to a day each, into what it counted
// day by day. It tells gaps from zeros, finds readings that are there twice, and knows that clocks
// are put forward and back.
package meter

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"carbonledger/ledger"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Interval says how the readings of a file are taken.
type Interval struct {
	// Stamp is begin or end: what the time of a reading marks of the span it counts. Empty: the
	// columns or the first and last time of the file tell.
	Stamp string `toml:"stamp"`
	// Minutes is how long a reading counts; 0: the commonest distance of two readings.
	Minutes int `toml:"minutes"`
	// Begins and Ends name the columns of times that mark the begin and the end.
	Begins []string `toml:"begin_columns"`
	Ends   []string `toml:"end_columns"`
}

// MinutesPerDay is 24 hours.
const MinutesPerDay = 24 * 60

// The two ends of the span a reading counts.
const (
	Begin = "begin"
	End   = "end"
)

const (
	// years bounds the years between the first and the last reading of a meter: a time of 1970 is
	// a clock that lost its battery.
	years = 5
	// completeness is the share of the readings, in percent, below which the platform for online
	// monitoring of energy (GB/T 37947) takes the data of a meter for not received.
	completeness = 90
)

// Check complains about an interval that cannot be.
func (i *Interval) Check(complain func(string, ...any)) {
	if !slices.Contains([]string{"", Begin, End}, i.Stamp) {
		complain("stamp of the interval is begin or end, not %q", i.Stamp)
	}
	if i.Minutes < 0 || i.Minutes > MinutesPerDay || i.Minutes > 0 && MinutesPerDay%i.Minutes > 0 {
		complain("minutes of the interval divide a day, not %d", i.Minutes)
	}
}

// Reading is one reading of a meter.
type Reading struct {
	Line int
	// Time is what the clock of the meter said, in minutes since 1970; Offset its distance to UTC
	// in minutes, where the file says it.
	Time, Offset int
	// Figure is false where the reading is missing; Estimated where somebody put it in.
	Figure, Estimated bool
	Number            quantity.Number
	// Cell is the reading as written.
	Cell string

	broken bool
}

// Series is all readings of one meter, in the order of the file. The period of the flow is empty.
type Series struct {
	Flow     ledger.Flow
	Readings []Reading
	// Begins and Ends: a column or a time such as 24:00 says what the times mark.
	Begins, Ends bool
	// Dates: the times are days without a time of day.
	Dates bool
}

// Found is what the readings come to.
type Found struct {
	Activities       []ledger.Activity
	Faults, Warnings []table.Fault
}

// Days sums the readings of a meter by the day.
func Days(file string, s Series, interval Interval) Found {
	m := &series{Series: s, file: file, interval: interval, readings: slices.Clone(s.Readings)}
	if len(m.readings) > 0 && m.settle() {
		m.repeats()
		m.sum()
	}
	return m.found
}

// series is the work on one Series.
type series struct {
	Series
	file     string
	interval Interval
	readings []Reading
	step     int
	// back holds the days with an hour twice: there the clocks of the meter are put back.
	back  map[int]bool
	found Found
}

func (m *series) fault(line int, code string, args []string) table.Fault {
	name := m.Flow.Site
	if name == "" {
		name = m.Flow.Entity
	}
	return table.Fault{File: m.file, Line: line, Code: code, Cell: name, Args: args}
}

// tell notes a warning at the line of a reading.
func (m *series) tell(line int, code string, args ...string) {
	m.found.Warnings = append(m.found.Warnings, m.fault(line, code, args))
}

// refuse notes a fault.
func (m *series) refuse(line int, code string, args ...string) bool {
	m.found.Faults = append(m.found.Faults, m.fault(line, code, args))
	return false
}

// settle brings the readings into the order of time, each with the begin of what it counts.
func (m *series) settle() bool {
	trap := m.interval.Stamp != Begin && m.midnight()
	slices.SortStableFunc(m.readings, func(a, b Reading) int {
		return cmp.Or(cmp.Compare(a.Time-a.Offset, b.Time-b.Offset), cmp.Compare(a.Line, b.Line))
	})
	first, last := m.readings[0], m.readings[len(m.readings)-1]
	if (last.Time-first.Time)/MinutesPerDay >= years*366 {
		return m.refuse(first.Line, "meter.span", moment(first.Time), moment(last.Time),
			strconv.Itoa(years))
	}
	if m.step = m.interval.Minutes; m.step == 0 {
		m.step = commonStep(m.readings)
	}
	if m.step == 0 && m.Dates {
		m.step = MinutesPerDay
	}
	if m.step == 0 {
		return m.refuse(first.Line, "meter.single")
	}
	if MinutesPerDay%m.step != 0 {
		return m.refuse(first.Line, "meter.step", strconv.Itoa(m.step))
	}
	stamp := m.interval.Stamp
	switch {
	case stamp != "":
	case trap || m.Ends:
		stamp = End
	case m.Begins:
		stamp = Begin
	default:
		stamp = m.marks(first.Time, last.Time)
	}
	switch stamp {
	case "":
		return m.refuse(first.Line, "meter.stamp", moment(first.Time), moment(last.Time))
	case End:
		for i := range m.readings {
			m.readings[i].Time -= m.step
		}
	}
	return true
}

// marks tells begin from end by the first and the last time: whole days that begin at 0:00 and
// stop one step before it are marked at the begin, those that begin one step later at the end.
func (m *series) marks(first, last int) string {
	if m.step == MinutesPerDay {
		return Begin
	}
	from, to := first%MinutesPerDay, last%MinutesPerDay
	switch {
	case from < m.step && to >= MinutesPerDay-m.step:
		return Begin
	case from >= m.step && from < 2*m.step && to < m.step:
		return End
	}
	return ""
}

// midnight mends files that write the end of a day as 0:00 of the same day, which is seen where
// most 0:00 follow the last hour of their day and were not there before.
func (m *series) midnight() bool {
	traps, seen := 0, map[int]bool{}
	for i, p := range m.readings {
		if p.Time%MinutesPerDay != 0 || seen[p.Time] {
			continue
		}
		seen[p.Time] = true
		before := m.readings[max(i-1, 0)].Time
		if before/MinutesPerDay == p.Time/MinutesPerDay &&
			before%MinutesPerDay >= MinutesPerDay-60 {
			traps++
		}
	}
	if traps*2 <= len(seen) {
		return false
	}
	count, line := 0, 0
	for i := range m.readings {
		if m.readings[i].Time%MinutesPerDay == 0 {
			m.readings[i].Time += MinutesPerDay
			if count++; line == 0 {
				line = m.readings[i].Line
			}
		}
	}
	m.tell(line, "meter.midnight", strconv.Itoa(count))
	return true
}

// commonStep is the commonest distance between two readings that follow each other; the shorter of
// two that are equally common.
func commonStep(readings []Reading) int {
	count := map[int]int{}
	for i := 1; i < len(readings); i++ {
		a, b := readings[i-1], readings[i]
		if step := b.Time - b.Offset - a.Time + a.Offset; step > 0 && step <= MinutesPerDay {
			count[step]++
		}
	}
	best := 0
	for _, step := range slices.Sorted(maps.Keys(count)) {
		if count[step] > count[best] {
			best = step
		}
	}
	return best
}

// moment prints minutes since 1970 as a date and a time.
func moment(minutes int) string {
	day := quantity.Day(minutes / MinutesPerDay)
	clock := minutes % MinutesPerDay
	return fmt.Sprintf("%s %02d:%02d", day, clock/60, clock%60)
}
