package quantity

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// ErrPeriod is returned for text that is not a period, and for one that ends before it begins.
var ErrPeriod = errors.New("not a period")

const secondsPerDay = 24 * 60 * 60

// Day is a calendar day, counted from 1970-01-01. It has no time zone: a bill of March is a bill of
// March wherever it is read.
type Day int32

// DayOf returns the day of a date; months and days beyond their range roll over as in time.Date.
func DayOf(year int, month time.Month, day int) Day {
	return Day(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// Date returns the parts of the day.
func (d Day) Date() (year int, month time.Month, day int) {
	return time.Unix(int64(d)*secondsPerDay, 0).UTC().Date()
}

// String prints the day as 2022-03-15.
func (d Day) String() string {
	year, month, day := d.Date()
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// ParseDay reads 2022-03-15; a day that no calendar has is an error.
func ParseDay(text string) (Day, error) {
	date, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0, fmt.Errorf("%w: %q", ErrPeriod, text)
	}
	return Day(date.Unix() / secondsPerDay), nil
}

// Period is a half-open span of days: First belongs to it, End does not. The zero value is empty.
type Period struct {
	First, End Day
}

// Year returns the calendar year.
func Year(year int) Period { return Period{DayOf(year, 1, 1), DayOf(year+1, 1, 1)} }

// Quarter returns a quarter, 1 to 4.
func Quarter(year, quarter int) Period {
	return Period{
		DayOf(year, time.Month(3*quarter-2), 1),
		DayOf(year, time.Month(3*quarter+1), 1),
	}
}

// Month returns a calendar month.
func Month(year int, month time.Month) Period {
	return Period{DayOf(year, month, 1), DayOf(year, month+1, 1)}
}

// periodForms are the spellings ParsePeriod takes, the number of captures deciding their meaning.
var (
	formYear    = regexp.MustCompile(`^(\d{4})年?$`)
	formMonth   = regexp.MustCompile(`^(\d{4})(?:[-/.年](\d{1,2})|(\d{2}))月?份?$`)
	formQuarter = regexp.MustCompile(`^(\d{4})(?:-?Q([1-4])|年第?([1-4一二三四])季度)$`)
	formMonths  = regexp.MustCompile(`^(\d{4})年(\d{1,2})月?[-—–―~～至](\d{1,2})月$`)
	formHalf    = regexp.MustCompile(`^(\d{4})年?(上|下)半年$`)
	formDay     = regexp.MustCompile(`^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$`)
	formSpan    = regexp.MustCompile(`^(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})$`)
)

// dayMax is the last day with a year of four digits, beyond which ParsePeriod accepts no end.
var dayMax = DayOf(9999, 12, 31)

// ParsePeriod reads a year (2022, 2022年), half-year (2022年上半年), quarter (2022Q1, 2022年一季度),
// month (2022-03, 202203, 2022年3月), months (2022年1-3月), day (2022-03-15) or half-open span
// (2022-03-15/2022-04-15, the second day excluded). No period reaches beyond 9999-12-30: its end
// could not be written with four digits of a year.
func ParsePeriod(text string) (Period, error) {
	for _, read := range []func(string) (Period, bool){
		readYear, readQuarter, readHalf, readMonths, readDay, readSpan, readMonth,
	} {
		if period, ok := read(text); ok && period.End <= dayMax {
			return period, nil
		}
	}
	return Period{}, fmt.Errorf("%w: %q", ErrPeriod, text)
}

func readYear(text string) (Period, bool) {
	m := formYear.FindStringSubmatch(text)
	if m == nil {
		return Period{}, false
	}
	return Year(number(m[1])), true
}

func readQuarter(text string) (Period, bool) {
	m := formQuarter.FindStringSubmatch(text)
	if m == nil {
		return Period{}, false
	}
	quarter, ok := map[string]int{"一": 1, "二": 2, "三": 3, "四": 4}[m[3]]
	if !ok {
		quarter = number(m[2] + m[3])
	}
	return Quarter(number(m[1]), quarter), true
}

func readHalf(text string) (Period, bool) {
	m := formHalf.FindStringSubmatch(text)
	if m == nil {
		return Period{}, false
	}
	year := number(m[1])
	if m[2] == "上" {
		return Period{DayOf(year, 1, 1), DayOf(year, 7, 1)}, true
	}
	return Period{DayOf(year, 7, 1), DayOf(year+1, 1, 1)}, true
}

func readMonths(text string) (Period, bool) {
	m := formMonths.FindStringSubmatch(text)
	if m == nil {
		return Period{}, false
	}
	year, first, last := number(m[1]), number(m[2]), number(m[3])
	if first < 1 || last > 12 || first > last {
		return Period{}, false
	}
	return Period{DayOf(year, time.Month(first), 1), DayOf(year, time.Month(last+1), 1)}, true
}

func readMonth(text string) (Period, bool) {
	m := formMonth.FindStringSubmatch(text)
	if m == nil {
		return Period{}, false
	}
	month := number(m[2] + m[3])
	if month < 1 || month > 12 {
		return Period{}, false
	}
	return Month(number(m[1]), time.Month(month)), true
}

func readDay(text string) (Period, bool) {
	m := formDay.FindStringSubmatch(text)
	if m == nil {
		return Period{}, false
	}
	first, err := ParseDay(fmt.Sprintf("%s-%02d-%02d", m[1], number(m[2]), number(m[3])))
	return Period{first, first + 1}, err == nil
}

func readSpan(text string) (Period, bool) {
	m := formSpan.FindStringSubmatch(text)
	if m == nil {
		return Period{}, false
	}
	first, errFirst := ParseDay(m[1])
	end, errEnd := ParseDay(m[2])
	return Period{first, end}, errFirst == nil && errEnd == nil && first < end
}

// number reads digits that a pattern has already checked.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// IsZero says whether the period is empty.
func (p Period) IsZero() bool { return p.First == p.End }

// Days counts the days of the period.
func (p Period) Days() int { return int(p.End - p.First) }

// Contains says whether all of q lies in p.
func (p Period) Contains(q Period) bool { return p.First <= q.First && q.End <= p.End }

// Overlaps says whether p and q share a day.
func (p Period) Overlaps(q Period) bool { return p.First < q.End && q.First < p.End }

// Year returns the calendar year of the first day.
func (p Period) Year() int {
	year, _, _ := p.First.Date()
	return year
}

// MonthText returns the calendar month that holds the whole period as 2022-03, or false where the
// period is longer than one month.
func (p Period) MonthText() (string, bool) {
	year, month, _ := p.First.Date()
	return fmt.Sprintf("%04d-%02d", year, month), Month(year, month).Contains(p)
}

// String prints the shortest spelling that ParsePeriod reads back to the same period.
func (p Period) String() string {
	year, month, _ := p.First.Date()
	switch p {
	case Year(year):
		return fmt.Sprintf("%04d", year)
	case Quarter(year, (int(month)+2)/3):
		return fmt.Sprintf("%04dQ%d", year, (int(month)+2)/3)
	case Month(year, month):
		return fmt.Sprintf("%04d-%02d", year, month)
	case Period{p.First, p.First + 1}:
		return p.First.String()
	}
	return p.First.String() + "/" + p.End.String()
}
