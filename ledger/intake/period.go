package intake

import (
	"errors"
	"strconv"

	"carbonledger/ledger/intake/dates"
	"carbonledger/quantity"
	"carbonledger/table"
)

// when is the period of the row, or the one that the header of a column says.
func (r *reading) when(text string) quantity.Period {
	if !r.isTimed || r.timed != text {
		r.time, r.timed, r.isTimed = r.readTime(text), text, true
	}
	return r.time
}

// readTime reads the period of the row from whichever fields have it.
func (r *reading) readTime(text string) quantity.Period {
	if r.dialect.IsMissing(text) {
		text = ""
	}
	field := "period"
	if text == "" || text == r.text("period") {
		if period, ok := r.span(); ok {
			return period
		}
		if text == "" && r.known("bill_month") != "" {
			text, field = r.known("bill_month"), "bill_month"
		}
	}
	if text == "" && r.text("year") != "" {
		text = dates.Join(r.text("year"), r.text("month"))
	}
	if text == "" {
		r.fault("period", "cell.missing")
		return quantity.Period{}
	}
	return r.period(field, text)
}

// period reads a field that holds a period, with the year of the row or of the lines above the
// header where it has none. In a period column a day as a spreadsheet counts it is refused: a cell
// that showed March and one that showed 1 March leave the same number.
func (r *reading) period(field, text string) quantity.Period {
	if day, ok := quantity.ParseSerial(text); ok && field == "period" {
		year, month, _ := day.Date()
		r.fault(field, "period.serial", day.String(), quantity.Month(year, month).String())
		return quantity.Period{}
	}
	period, err := r.date(text)
	if err != nil {
		if year, ok := r.year(); ok {
			if in, errIn := quantity.ParsePeriodIn(text, year); errIn == nil {
				period, err = in, nil
			}
		}
	}
	if err != nil {
		r.badPeriod(field, text, err)
		return quantity.Period{}
	}
	whole, ok := r.monthly(field, period)
	if ok && field == "period" {
		r.notePeriod(whole)
	}
	return whole
}

// yearAny stands for any year, to tell a period without one from what is no period.
const yearAny = 2024

// badPeriod tells why a text is no period: it has two readings, no year, or none of the spellings.
func (r *reading) badPeriod(field, text string, err error) {
	var two *quantity.TwoPeriods
	if errors.As(err, &two) {
		r.fault(field, "period.ambiguous", two.First.String(), two.Second.String(), text)
		return
	}
	if _, err := quantity.ParsePeriodIn(text, yearAny); err == nil {
		example := strconv.Itoa(yearAny) + "年" + text
		r.fault(field, "period.year", example, text)
		return
	}
	r.fault(field, "period.unknown")
}

// year is the year of the row: its own, or that of the one period of the table.
func (r *reading) year() (int, bool) {
	for _, text := range []string{r.text("year"), r.layout.Given["period"]} {
		period, err := quantity.ParsePeriod(table.Fold(text))
		if year := period.Year(); err == nil && quantity.Year(year).Contains(period) {
			return year, true
		}
	}
	return 0, false
}

// span reads a period from the day it begins with and the day it ends with, which belongs to it
// (`last`) or begins the next one (`until`), as the day of a meter reading does; or the twelve
// months that end with a day.
func (r *reading) span() (quantity.Period, bool) {
	if text := r.known("year_ending"); text != "" {
		last, err := r.date(text)
		if err != nil {
			r.badPeriod("year_ending", text, err)
			return quantity.Period{}, true
		}
		year, month, day := last.End.Date()
		return quantity.Period{First: quantity.DayOf(year-1, month, day), End: last.End}, true
	}
	if r.known("first") == "" {
		return quantity.Period{}, false
	}
	first, errFirst := r.date(r.known("first"))
	end, field := r.known("last"), "last"
	if end == "" {
		end, field = r.known("until"), "until"
	}
	if field == "last" {
		end = dates.LastDay(end)
	}
	last, errLast := r.date(end)
	period := quantity.Period{First: first.First, End: last.End}
	if field == "until" {
		period.End = last.First
	}
	switch {
	case errFirst != nil:
		r.badPeriod("first", r.known("first"), errFirst)
	case end == "":
		r.fault("last", "cell.missing")
	case errLast != nil:
		r.badPeriod(field, end, errLast)
	case period.First >= period.End:
		r.fault(field, "period.order", r.known("first"))
	default:
		return period, true
	}
	return quantity.Period{}, true
}

// long tells a figure that covers more days than the dialect expects: two bills in one, or a wrong
// year in one of its dates.
func (r *reading) long(period quantity.Period) {
	days := period.Days()
	if r.dialect.Longest == 0 || days <= r.dialect.Longest {
		return
	}
	r.warn(-1, "period.long", period.String(), strconv.Itoa(days), strconv.Itoa(r.dialect.Longest))
}

// timeFields are the fields that hold dates.
var timeFields = []string{"period", "first", "last", "until", "year_ending", "bill_month",
	"stamp"}

// dateOrder says whether dates such as 3/4/2024 have the day or the month first: as the dialect
// says, or as the dates of the file show.
func (r *reading) dateOrder(rows []table.Row) string {
	if r.dialect.Dates != "" {
		return r.dialect.Dates
	}
	var columns []int
	for _, field := range timeFields {
		if at, ok := r.layout.Fields[field]; ok {
			columns = append(columns, at)
		}
	}
	return dates.Order(rows, columns)
}

// date reads a period from a cell. Where a date may be of two days, the order the file shows
// decides, and that is told once.
func (r *reading) date(text string) (quantity.Period, error) {
	if day, ok := quantity.ParseSerial(text); ok {
		if !r.remarked["period.serial-read"] {
			r.remarked["period.serial-read"] = true
			r.warn(-1, "period.serial-read", text, day.String())
		}
		return quantity.Period{First: day, End: day + 1}, nil
	}
	if known, ok := r.periods[text]; ok {
		return known, nil
	}
	period, err := quantity.ParsePeriod(dates.InDigits(text))
	if err == nil {
		r.periods.Keep(text, period)
	}
	var two *quantity.TwoPeriods
	if !errors.As(err, &two) || r.order == "" || !dates.YearLast.MatchString(text) {
		return period, err
	}
	if r.dialect.Dates == "" && !r.remarked["date.order"] {
		r.remarked["date.order"] = true
		r.warn(-1, "date.order-"+r.order, text)
	}
	if r.order == dates.DayFirst {
		return two.First, nil
	}
	return two.Second, nil
}
