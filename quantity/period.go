package quantity

import (
	"errors"
	"fmt"
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

// dayMax is the last day with a year of four digits, beyond which ParsePeriod accepts no end.
var dayMax = DayOf(9999, 12, 31)

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

// Months cuts the period at the first of every month, and returns none where that makes more than
// most parts.
func (p Period) Months(most int) (cut []Period) {
	for p.First < p.End {
		if len(cut) == most {
			return nil
		}
		year, month, _ := p.First.Date()
		end := min(p.End, DayOf(year, month+1, 1))
		cut = append(cut, Period{p.First, end})
		p.First = end
	}
	return cut
}
