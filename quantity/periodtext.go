package quantity

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"carbonledger/pattern"
)

// TwoPeriods is the error of a text that stands for either of two periods: 03/04/2024 is a day of
// April or of March. It wraps ErrPeriod.
type TwoPeriods struct {
	Text          string
	First, Second Period
}

// Error names both readings.
func (e *TwoPeriods) Error() string {
	return fmt.Sprintf("%q is %s or %s", e.Text, e.First, e.Second)
}

// Unwrap returns ErrPeriod.
func (e *TwoPeriods) Unwrap() error { return ErrPeriod }

// periodTextMax bounds the bytes of a period; 2024年10月1日 to another such day has 40.
const periodTextMax = 64

// ParsePeriod reads a year (2022, 2022年), half-year (2022年上半年), quarter (2022Q1, 2022年一季度),
// month (2022-03, 202203, 2022年3月, Mar 2022), day (2022-03-15, 20220315, 15/03/2022), a span from
// one to another of these with both included (2022年1-3月, 2022-01~2022-03, 2022/1/1-2022/3/31), and
// the half-open span 2022-03-15/2022-04-15, whose second day does not belong to it. A year of two
// digits is one of 2000 to 2099 and needs its 年. No period reaches beyond 9999-12-30: its end could
// not be written with four digits of a year. The text is expected in NFKC form.
func ParsePeriod(text string) (Period, error) {
	if period, ok := readISO(text); ok {
		return period, nil
	}
	unknown := fmt.Errorf("%w: %.80q", ErrPeriod, text)
	if len(text) > periodTextMax {
		return Period{}, unknown
	}
	if m := formISO().FindStringSubmatch(text); m != nil {
		first, errFirst := ParseDay(m[1])
		end, errEnd := ParseDay(m[2])
		if errFirst != nil || errEnd != nil || first >= end || end > dayMax {
			return Period{}, unknown
		}
		return Period{first, end}, nil
	}
	spelling := periodSpelling(text)
	period, ok := readMoment(spelling)
	if !ok {
		period.Period, ok = readSpan(spelling)
	}
	if !ok || period.End > dayMax {
		return Period{}, unknown
	}
	if !period.other.IsZero() {
		return Period{}, &TwoPeriods{text, period.Period, period.other}
	}
	return period.Period, nil
}

// readISO reads 2022-03 and 2022-03-15, as programs write them; all else takes the long way.
func readISO(text string) (period Period, ok bool) {
	if len(text) != len("2022-03") && len(text) != len(time.DateOnly) {
		return Period{}, false
	}
	for i := range len(text) {
		if isDash := i == 4 || i == 7; isDash && text[i] != '-' || !isDash && text[i]-'0' > 9 {
			return Period{}, false
		}
	}
	year, month := number(text[:4]), number(text[5:7])
	if month < 1 || month > 12 {
		return Period{}, false
	}
	period = Month(year, time.Month(month))
	if len(text) == len(time.DateOnly) {
		day := Day(number(text[8:]))
		if day < 1 || int(day) > period.Days() {
			return Period{}, false
		}
		period = Period{period.First + day - 1, period.First + day}
	}
	return period, period.End <= dayMax
}

// ParsePeriodIn reads what ParsePeriod reads, and what becomes a period with the year before it:
// 3月, 一季度, 1-3月, 上半年, 3月15日, Mar.
func ParsePeriodIn(text string, year int) (Period, error) {
	period, err := ParsePeriod(text)
	if err == nil || text == "" || periodYear().MatchString(text) {
		return period, err
	}
	if in, errIn := ParsePeriod(fmt.Sprintf("%04d年%s", year, text)); errIn == nil {
		return in, nil
	}
	return period, err
}

// periodYear finds a year in a period: 5-2024年8月 is not made a period by putting another before.
var periodYear = pattern.Of(`\d{4}|\d年`)

// serialFirst and serialLast are 2000-01-01 and 2099-12-31 as spreadsheets count days;
// serialZero is 1970-01-01 on the same count (ECMA-376, date base 1900).
const (
	serialFirst = 36526
	serialLast  = 73050
	serialZero  = 25569
)

// ParseSerial reads a day as spreadsheets count them: 45352 is 2024-03-01. It takes five digits for
// a day of 2000 to 2099 and nothing else.
func ParseSerial(text string) (Day, bool) {
	if len(text) != 5 {
		return 0, false
	}
	serial, err := strconv.Atoi(text)
	if err != nil || serial < serialFirst || serial > serialLast {
		return 0, false
	}
	return Day(serial - serialZero), true
}

var (
	// dashes are what people type for a hyphen, tildes what they type between two ends.
	dashes = strings.NewReplacer("—", "-", "–", "-", "―", "-", "−", "-", "‐", "-", "－", "-",
		"～", "~", "〜", "~", "∼", "~", "至", "~", "到", "~")
	dashRun      = pattern.Of(`-{2,}`)
	blankBeside  = pattern.Of(`\s*([^\x00-\x7f]|[-~])\s*`)
	yearShort    = pattern.Of(`(^|[-~])(\d\d)年`)
	monthsOfYear = pattern.Of(`^([A-Za-z]{3,9})[-~]([A-Za-z]{3,9}) (\d{4})$`)
	midnight     = pattern.Of(`^(.*\d日?)[ T]0?0:00(?::00(?:\.0{1,9})?)?Z?$`)
)

// periodSpelling brings dashes, blanks and years of two digits into one form. Only a date may carry
// the hour of midnight: at the end of a span it would leave open whether the day belongs to it.
func periodSpelling(text string) string {
	text = dashRun().ReplaceAllString(dashes.Replace(text), "-")
	if m := midnight().FindStringSubmatch(text); m != nil {
		if _, ok := readDay(m[1]); ok {
			return m[1]
		}
	}
	if m := monthsOfYear().FindStringSubmatch(text); m != nil {
		return m[3] + "年" + m[1] + "~" + m[3] + "年" + m[2]
	}
	text = blankBeside().ReplaceAllString(text, "$1")
	return yearShort().ReplaceAllString(text, "${1}20${2}年")
}

// grain is how long a moment is: two ends of a span are of one grain.
type grain int

const (
	grainYear grain = iota
	grainHalf
	grainQuarter
	grainMonth
	grainDay
)

// moment is a year, half-year, quarter, month or day, and what else its text may stand for.
type moment struct {
	Period
	grain grain
	other Period
}

func readMoment(text string) (moment, bool) {
	for _, read := range []func(string) (moment, bool){
		readYear, readQuarter, readHalf, readMonth, readMonthName, readDay, readDayFirst,
		readDayName,
	} {
		if m, ok := read(text); ok {
			return m, true
		}
	}
	return moment{}, false
}

var (
	formISO     = pattern.Of(`^(\d{4}-\d{2}-\d{2})/(\d{4}-\d{2}-\d{2})$`)
	formYear    = pattern.Of(`^(\d{4})(?:年|年度|年全年)?$`)
	formQuarter = pattern.Of(`^(\d{4})(?:年?-?Q([1-4])|年第?([1-4一二三四])季度?)$`)
	formEarly   = pattern.Of(`^(\d{4})年前([二两三])季度$`)
	formTurned  = pattern.Of(`^(?:Q([1-4])|([1-4])Q|H([12]))[ /-]?(\d{4})$`)
	formHalf    = pattern.Of(`^(\d{4})(?:年?(上|下)半年|年?-?H([12]))$`)
	formMonth   = pattern.Of(
		`^(\d{4})(?:[-/.年](\d{1,2})|(\d{2})|年([一二三四五六七八九十]{1,2}))月?份?$`,
	)
	formPoint   = pattern.Of(`^\d{4}\.1$`)
	formDay     = pattern.Of(`^(\d{4})年(\d{1,2})月(\d{1,2})[日号]?$`)
	formDigits  = pattern.Of(`^(\d{4})(\d{2})(\d{2})$`)
	formMarked  = pattern.Of(`^(\d{4})([-/.])(\d{1,2})([-/.])(\d{1,2})$`)
	formTail    = pattern.Of(`^(\d{1,2})([-/.])(\d{1,2})([-/.])(\d{4})$`)
	formName    = pattern.Of(`^(\d{4})[年 -]?([A-Za-z]{3,9})\.?$`)
	formNamed   = pattern.Of(`^([A-Za-z]{3,9})(?:\.|,|\. |, | |-)?(\d{4})$`)
	formDayName = pattern.Of(
		`^(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})$`,
	)
	formNameDay = pattern.Of(`^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$`)
)

var hanDigits = map[string]int{"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
	"八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12}

func readYear(text string) (moment, bool) {
	m := formYear().FindStringSubmatch(text)
	if m == nil {
		return moment{}, false
	}
	return moment{Period: Year(number(m[1])), grain: grainYear}, true
}

func readQuarter(text string) (moment, bool) {
	if m := formEarly().FindStringSubmatch(text); m != nil {
		first, last := Quarter(number(m[1]), 1), Quarter(number(m[1]), hanDigits[m[2]])
		return moment{Period: Period{first.First, last.End}, grain: grainQuarter}, true
	}
	if m := formTurned().FindStringSubmatch(text); m != nil && m[3] == "" {
		return moment{Period: Quarter(number(m[4]), number(m[1]+m[2])), grain: grainQuarter}, true
	}
	m := formQuarter().FindStringSubmatch(text)
	if m == nil {
		return moment{}, false
	}
	quarter, ok := hanDigits[m[3]]
	if !ok {
		quarter = number(m[2] + m[3])
	}
	return moment{Period: Quarter(number(m[1]), quarter), grain: grainQuarter}, true
}

func readHalf(text string) (moment, bool) {
	year, half := "", ""
	if m := formTurned().FindStringSubmatch(text); m != nil && m[3] != "" {
		year, half = m[4], m[3]
	} else if m := formHalf().FindStringSubmatch(text); m != nil {
		year, half = m[1], m[2]+m[3]
	} else {
		return moment{}, false
	}
	first, last := 1, 2
	if half == "下" || half == "2" {
		first, last = 3, 4
	}
	return moment{Period: Period{Quarter(number(year), first).First,
		Quarter(number(year), last).End}, grain: grainHalf}, true
}

// readMonth reads 2022.1 as January and says that it may be October: a spreadsheet that takes
// 2022.10 for a number drops its zero.
func readMonth(text string) (moment, bool) {
	m := formMonth().FindStringSubmatch(text)
	if m == nil {
		return moment{}, false
	}
	month, ok := hanDigits[m[4]]
	if !ok {
		month = number(m[2] + m[3])
	}
	found, ok := monthMoment(m[1], month)
	if formPoint().MatchString(text) {
		found.other = Month(number(m[1]), time.October)
	}
	return found, ok
}

func monthMoment(year string, month int) (moment, bool) {
	if month < 1 || month > 12 {
		return moment{}, false
	}
	return moment{Period: Month(number(year), time.Month(month)), grain: grainMonth}, true
}

func readMonthName(text string) (moment, bool) {
	year, name := "", ""
	if m := formName().FindStringSubmatch(text); m != nil {
		year, name = m[1], m[2]
	} else if m := formNamed().FindStringSubmatch(text); m != nil {
		year, name = m[2], m[1]
	}
	return monthMoment(year, monthByName(name))
}

// monthByName reads March, Mar or Sept in any case; 0 is none.
func monthByName(name string) int {
	if strings.EqualFold(name, "sept") {
		return int(time.September)
	}
	for month := time.January; month <= time.December; month++ {
		if strings.EqualFold(name, month.String()) || strings.EqualFold(name, month.String()[:3]) {
			return int(month)
		}
	}
	return 0
}

func readDay(text string) (moment, bool) {
	for _, form := range []pattern.Pattern{formDay, formDigits} {
		if m := form().FindStringSubmatch(text); m != nil {
			return dayMoment(m[1], number(m[2]), number(m[3]))
		}
	}
	// Two marks of one kind make a date: 2022.1-3 are months.
	if m := formMarked().FindStringSubmatch(text); m != nil && m[2] == m[4] {
		return dayMoment(m[1], number(m[3]), number(m[5]))
	}
	return moment{}, false
}

func dayMoment(year string, month, day int) (moment, bool) {
	first, err := ParseDay(fmt.Sprintf("%s-%02d-%02d", year, month, day))
	return moment{Period: Period{first, first + 1}, grain: grainDay}, err == nil
}

// readDayFirst reads 15/03/2022 and 03/15/2022. Where both numbers may be months, both readings
// stay.
func readDayFirst(text string) (moment, bool) {
	m := formTail().FindStringSubmatch(text)
	if m == nil || m[2] != m[4] {
		return moment{}, false
	}
	dayFirst, ok := dayMoment(m[5], number(m[3]), number(m[1]))
	monthFirst, okOther := dayMoment(m[5], number(m[1]), number(m[3]))
	switch {
	case !ok:
		return monthFirst, okOther
	case okOther && monthFirst.Period != dayFirst.Period:
		dayFirst.other = monthFirst.Period
	}
	return dayFirst, true
}

func readDayName(text string) (moment, bool) {
	if m := formDayName().FindStringSubmatch(text); m != nil {
		return dayMoment(m[3], monthByName(m[2]), number(m[1]))
	}
	if m := formNameDay().FindStringSubmatch(text); m != nil {
		return dayMoment(m[3], monthByName(m[1]), number(m[2]))
	}
	return moment{}, false
}

// readSpan reads two moments of one grain with a mark between them. A hyphen may stand inside dates
// and between them, so every one of them is tried; two cuts never both make sense, because each end
// has its year of four digits in front or none at all.
func readSpan(text string) (Period, bool) {
	for at, mark := range text {
		if mark != '~' && mark != '-' {
			continue
		}
		first, last := text[:at], text[at+1:]
		if strings.HasSuffix(last, "季度") && !strings.HasSuffix(first, "季度") {
			first += "季度"
		}
		begin, ok := readMoment(first)
		if !ok {
			continue
		}
		for _, complete := range completions(begin, first, last, mark) {
			end, ok := readMoment(complete)
			if ok && end.grain == begin.grain && begin.First < end.End &&
				begin.First <= end.First && end.other.IsZero() {
				return Period{begin.First, end.End}, begin.isEnd()
			}
		}
	}
	return Period{}, false
}

// isEnd says whether the moment is clear enough to begin a span: of two readings only the month
// written 2022.1 is, because no spreadsheet takes 2022.1-3 for a number.
func (m moment) isEnd() bool { return m.other.IsZero() || m.grain == grainMonth }

var (
	spanHan   = pattern.Of(`[月日号季半]`)
	spanShort = pattern.Of(`^\d{1,2}$`)
	spanDay   = pattern.Of(`^\d{1,2}[./]\d{1,2}$`)
	spanBegin = pattern.Of(`^\d{4}[./]\d{1,2}$`)
)

// completions are what the end of a span may mean: as it stands, or with the year or month of the
// beginning before it (2022年1-3月, 2022年3月1日-15日, 2022.1-3, 2022.1.1-3.31). Digits
// alone are taken after a month with point or slash, and after one with another mark than a hyphen.
func completions(begin moment, first, last string, mark rune) []string {
	all := []string{last}
	year, month, _ := begin.First.Date()
	short := spanShort().MatchString(last) && begin.grain == grainMonth &&
		(mark == '~' || spanBegin().MatchString(first))
	if begin.grain == grainDay && spanDay().MatchString(last) {
		all = append(all, fmt.Sprintf("%04d.%s", year, strings.ReplaceAll(last, "/", ".")))
	}
	if spanHan().MatchString(last) || short {
		all = append(all, fmt.Sprintf("%04d年%s", year, last),
			fmt.Sprintf("%04d年%d月%s", year, month, last))
	}
	return all
}

// number reads digits that a pattern has already checked.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
