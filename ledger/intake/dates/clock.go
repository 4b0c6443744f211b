package dates

import (
	"strconv"
	"strings"

	"carbonledger/pattern"
)

const minutesPerDay = 24 * 60

// stamp is a date with a time of day and an offset, each of which may be missing.
var stamp = pattern.Of(`^(.*?)` +
	`(?:(?:[T_]| +)(\d{1,2}):?(\d{2})(?::(\d{2})(?:\.\d+)?)? *(AM|PM|am|pm|上午|下午)?)?(Z| ?[+-]\d{2}:?\d{2})?$`)

// CutClock cuts a time into its date, its minute of the day, to the nearest one (23:59:59 is
// 24:00), and its offset in minutes. The minute is negative where no day has it; the date is empty
// where there is none.
func CutClock(text string) (date string, minute, offset int) {
	m := stamp().FindStringSubmatch(text)
	if m == nil {
		return "", 0, 0
	}
	hour, second := number(m[2]), number(m[4])
	switch strings.ToLower(m[5]) {
	case "pm", "下午":
		hour = hour%12 + 12
	case "am", "上午":
		hour %= 12
	}
	minute = hour*60 + number(m[3]) + (second+30)/60
	if minute > minutesPerDay || number(m[3]) >= 60 || second >= 60 {
		minute = -1
	}
	offset = number(strings.Trim(m[6], " +-Z:"))
	if at := strings.IndexAny(m[6], "+-"); at >= 0 {
		offset = number(m[6][at+1:at+3])*60 + number(m[6][len(m[6])-2:])
		if m[6][at] == '-' {
			offset = -offset
		}
	}
	return m[1], minute, offset
}

// endOfDay is the time at which a last day ends, as programs write it: 23:59:59 or 24:00.
var endOfDay = pattern.Of(`[ T](?:23:59(?::59(?:\.\d+)?)?|24:00(?::00)?)$`)

// LastDay is the text of a last day without the time at which it ends.
func LastDay(text string) string { return endOfDay().ReplaceAllString(text, "") }

// number reads digits that a pattern has checked, and 0 from nothing.
func number(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}
