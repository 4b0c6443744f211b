package meter

import (
	"fmt"
	"strconv"
	"time"

	"carbonledger/ledger"
	"carbonledger/quantity"
)

// repeats settles times that stand several times in the series of a meter. An hour that is there
// twice in the night of a Sunday when clocks are put back counts twice; the same reading again is
// left out; another reading for the same time is a fault.
func (m *series) repeats() {
	m.back = map[int]bool{}
	again, line := map[int][]int{}, map[int]int{}
	for i := 1; i < len(m.readings); i++ {
		if a, b := m.readings[i-1], m.readings[i]; a.Time == b.Time && a.Offset == b.Offset {
			day := b.Time / MinutesPerDay
			again[day] = append(again[day], b.Time)
			if line[day] == 0 {
				line[day] = b.Line
			}
		}
	}
	var kept []Reading
	dropped, firstDropped := 0, 0
	for _, p := range m.readings {
		day := p.Time / MinutesPerDay
		if times := again[day]; isHour(times, m.step) && clocksBack(times[0]) && !m.back[day] {
			m.back[day] = true
			m.tell(line[day], "meter.repeated", moment(times[0]))
		}
		last := max(len(kept)-1, 0)
		if m.back[day] || len(kept) == 0 || kept[last].Time != p.Time ||
			kept[last].Offset != p.Offset {
			kept = append(kept, p)
			continue
		}
		if m.same(&kept[last], p) {
			if dropped++; firstDropped == 0 {
				firstDropped = p.Line
			}
		}
	}
	if m.readings = kept; dropped > 0 {
		m.tell(firstDropped, "meter.duplicate", strconv.Itoa(dropped))
	}
}

// same merges a second reading of one time into the first, or refuses both where they differ.
func (m *series) same(first *Reading, p Reading) bool {
	switch {
	case first.broken, p.Figure && first.Figure && !p.Number.Equal(first.Number):
		m.refuse(p.Line, "meter.conflict", moment(p.Time), strconv.Itoa(first.Line), first.Cell,
			p.Cell)
		first.broken, first.Figure = true, false
		return false
	case !first.Figure:
		*first = p
	}
	return true
}

// isHour says whether the times are those of one hour without a gap.
func isHour(times []int, step int) bool {
	if len(times) == 0 || len(times)*step != 60 {
		return false
	}
	return times[len(times)-1]-times[0] == 60-step
}

// clocksBack says whether clocks may be put back at a time: before 3:00 on a Sunday of October or
// November in the north, of April in the south.
func clocksBack(at int) bool {
	return clocksChange(at, time.October, time.November, time.April)
}

// clocksForward is the same for the hour that is left out in spring.
func clocksForward(at int) bool {
	return clocksChange(at, time.March, time.September, time.October)
}

func clocksChange(at int, months ...time.Month) bool {
	year, month, day := quantity.Day(at / MinutesPerDay).Date()
	sunday := time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Weekday() == time.Sunday
	for _, one := range months {
		if sunday && month == one && at%MinutesPerDay < 3*60 {
			return true
		}
	}
	return false
}

// daily is what a meter counted in a day.
type daily struct {
	day, line           int
	have, want          int
	missing             int
	sum                 quantity.Number
	figure, zero, guess bool
	cell                string
}

// sum makes an activity for every day from the first reading to the last, a gap where readings are
// missing, and tells gaps, days of nothing but zeros, and a series that is too incomplete.
func (m *series) sum() {
	var days []daily
	for i := 0; i < len(m.readings); {
		end := i
		for end < len(m.readings) &&
			m.readings[end].Time/MinutesPerDay == m.readings[i].Time/MinutesPerDay {
			end++
		}
		days = append(days, m.day(m.readings[i:end]))
		i = end
	}
	have, want := 0, 0
	for i, d := range days {
		if i > 0 {
			want += m.gap(days[i-1], d)
		}
		m.keep(d)
		have, want = have+d.have, want+d.want
	}
	m.zeros(days)
	if have*100 < want*completeness {
		m.tell(m.readings[0].Line, "meter.completeness", strconv.Itoa(have), strconv.Itoa(want),
			strconv.Itoa(completeness))
	}
}

// day sums the readings of one day. A day has as many as fit into it, more or less where the clocks
// are put back or forward, which the offsets of the stamps say or a repeated hour elsewhere in the
// file makes believable.
func (m *series) day(readings []Reading) daily {
	first, last := readings[0], readings[len(readings)-1]
	d := daily{day: first.Time / MinutesPerDay, line: first.Line, cell: first.Cell, zero: true,
		want: (MinutesPerDay + first.Offset - last.Offset) / m.step, missing: -1}
	if m.back[d.day] {
		d.want += 60 / m.step
	}
	seen := map[int]bool{}
	for _, p := range readings {
		if !p.Figure {
			continue
		}
		d.have++
		d.sum = d.sum.Add(p.Number)
		d.figure, d.guess = true, d.guess || p.Estimated
		d.zero = d.zero && p.Number.IsZero()
		seen[p.Time%MinutesPerDay/m.step] = true
	}
	var open []int
	for slot := range MinutesPerDay / m.step {
		if !seen[slot] {
			open = append(open, d.day*MinutesPerDay+slot*m.step)
		}
	}
	if len(m.back) > 0 && isHour(open, m.step) && clocksForward(open[0]) {
		d.want -= 60 / m.step
	}
	if len(open) > 0 && d.have < d.want {
		d.missing = open[0]
	}
	return d
}

// keep puts a day into the upload: its figure, and a gap beside it where readings are missing.
func (m *series) keep(d daily) {
	flow := m.Flow
	flow.Period = quantity.Period{First: quantity.Day(d.day), End: quantity.Day(d.day) + 1}
	written := d.cell
	if m.step < MinutesPerDay {
		written = fmt.Sprintf("Σ %d × %d min", d.have, m.step)
	}
	if d.figure {
		if flow.Absence = ledger.Present; d.guess {
			flow.Absence = ledger.Estimated
		}
		m.add(flow, d.sum, d.line, written)
	}
	if d.have < d.want {
		flow.Absence = ledger.Missing
		m.add(flow, quantity.Number{}, d.line, written)
		m.tell(d.line, "meter.gap", quantity.Day(d.day).String(), strconv.Itoa(d.want-d.have),
			strconv.Itoa(d.want), m.slot(max(d.missing, d.day*MinutesPerDay)))
	}
}

func (m *series) add(flow ledger.Flow, number quantity.Number, line int, written string) {
	m.found.Activities = append(m.found.Activities, ledger.Activity{Flow: flow,
		Number: number, Line: line, Written: written})
}

// slot prints what a reading counts from begin to end.
func (m *series) slot(begin int) string {
	if m.step == MinutesPerDay {
		return moment(begin)[:len("2006-01-02")]
	}
	end := begin%MinutesPerDay + m.step
	return fmt.Sprintf("%s~%02d:%02d", moment(begin), end/60, end%60)
}

// gap notes the days between two days with readings, and returns how many readings they lack.
func (m *series) gap(before, after daily) int {
	days := after.day - before.day - 1
	if days <= 0 {
		return 0
	}
	flow := m.Flow
	flow.Absence = ledger.Missing
	for day := quantity.Day(before.day) + 1; day < quantity.Day(after.day); day++ {
		flow.Period = quantity.Period{First: day, End: day + 1}
		m.add(flow, quantity.Number{}, after.line, "")
	}
	m.tell(after.line, "meter.days", span(before.day+1, after.day-1), strconv.Itoa(days))
	return days * MinutesPerDay / m.step
}

// zeros tells days of nothing but zeros between days with something: often a zero is written for a
// reading that did not arrive.
func (m *series) zeros(days []daily) {
	begin, live := -1, false
	for i, d := range days {
		switch {
		case !d.figure:
		case !d.zero:
			if begin >= 0 && live {
				m.tell(days[begin].line, "meter.zeros", span(days[begin].day, days[i-1].day))
			}
			begin, live = -1, true
		case begin < 0:
			begin = i
		}
	}
}

// span prints one day, or the first and the last of several.
func span(first, last int) string {
	if first == last {
		return quantity.Day(first).String()
	}
	return quantity.Day(first).String() + "~" + quantity.Day(last).String()
}
