package workbook

import (
	"fmt"
	"strings"
	"time"

	"carbonledger/pattern"
)

// format is what the number format of a cell says of the meaning of its number. How many digits it
// shows does not matter: the number is read, not its picture.
type format struct {
	isDate, year, month, day, clock bool
	// elapsed is true for hours beyond 24: a span of time and no date.
	elapsed bool
	percent bool
	// width is how many digits a code such as 000000 has; Excel keeps it as a number.
	width int
}

// builtIn are the formats that workbooks name by number alone. 27 to 36 and 50 to 58 are those of
// the Chinese edition (ECMA-376, part 1, 18.8.30).
var builtIn = map[string]string{
	"9": "0%", "10": "0.00%", "14": "m/d/yyyy", "15": "d-mmm-yy", "16": "d-mmm", "17": "mmm-yy",
	"18": "h:mm AM/PM", "19": "h:mm:ss AM/PM", "20": "h:mm", "21": "h:mm:ss", "22": "m/d/yy h:mm",
	"27": `yyyy"年"m"月"`, "28": `m"月"d"日"`, "29": `m"月"d"日"`, "30": "m-d-yy",
	"31": `yyyy"年"m"月"d"日"`, "32": `h"时"mm"分"`, "33": `h"时"mm"分"ss"秒"`, "34": `h"时"mm"分"`,
	"35": `h"时"mm"分"ss"秒"`, "36": `yyyy"年"m"月"`, "45": "mm:ss", "46": "[h]:mm:ss",
	"47": "mm:ss.0", "50": `yyyy"年"m"月"`, "51": `m"月"d"日"`, "52": `yyyy"年"m"月"`,
	"53": `m"月"d"日"`, "54": `m"月"d"日"`, "55": `h"时"mm"分"`, "56": `h"时"mm"分"ss"秒"`,
	"57": `yyyy"年"m"月"`, "58": `m"月"d"日"`,
}

// formatOf reads a format by its number and the codes of the workbook.
func formatOf(id string, codes map[string]string) format {
	code, ok := codes[id]
	if !ok {
		code = builtIn[id]
	}
	return readFormat(code)
}

var (
	// silent is what a code shows as it stands: quoted, escaped (! in Chinese editions), the room
	// of a letter (_), filling (*), colours and conditions.
	silent  = pattern.Of(`"[^"]*"?|[\\!_*].|\[(?:[^hHmMsS\]][^\]]*|[hHmMsS][^\]]*[^hHmMsS\]][^\]]*)\]`)
	elapsed = pattern.Of(`(?i)\[(h+|m+|s+)\]`)
	noon    = pattern.Of(`(?i)am/pm|a/p|general|g/通用格式`)
	zeros   = pattern.Of(`^0{2,}$`)
	// units are runs of one letter: y, m and d of dates, e for a year, a for a weekday, h and s.
	units = pattern.Of(`(?i)y+|m+|d+|h+|s+|e[+-]?|a{3,}`)
)

// readFormat looks at the section for positive numbers.
func readFormat(code string) (f format) {
	if zeros().MatchString(code) {
		return format{width: len(code)}
	}
	bare, _, _ := strings.Cut(noon().ReplaceAllString(silent().ReplaceAllString(code, ""), ""), ";")
	if elapsed().MatchString(bare) {
		return format{elapsed: true}
	}
	runs := units().FindAllString(strings.ToLower(bare), -1)
	for i, run := range runs {
		switch {
		case run[0] == 'y', run == "e":
			f.year = true
		case run[0] == 'm':
			minutes := i > 0 && runs[i-1][0] == 'h' || i+1 < len(runs) && runs[i+1][0] == 's'
			f.clock = f.clock || minutes
			f.month = f.month || !minutes
		case run[0] == 'd', run[0] == 'a':
			f.day = true
		case run[0] == 'h', run[0] == 's':
			f.clock = true
		}
	}
	f.isDate = f.year || f.day || f.clock || f.month && !strings.ContainsAny(bare, "0#?")
	f.percent = !f.isDate && strings.Contains(bare, "%")
	return f
}

// show writes a number as what it means: the number itself, a percentage, a code with its zeros in
// front, or a date and time of ISO 8601.
func (f format) show(n number, from04 bool) string {
	switch {
	case f.isDate || f.elapsed:
		if text, ok := f.stamp(n, from04); ok {
			return text
		}
	case f.percent:
		if n.digits != "" {
			n.point += 2
		}
		return n.text() + "%"
	case f.width > 0 && !n.negative && n.point >= len(n.digits) && n.point < f.width:
		return strings.Repeat("0", f.width-len(n.text())) + n.text()
	}
	return n.text()
}

// dayMillis is a day in milliseconds, finer than which no serial number is.
const dayMillis = 24 * 60 * 60 * 1000

// The days on which the two calendars of Excel begin; lastDay is the end of the year 9999.
const (
	lastDay = 2_958_465
	// missingDay is the 29 February 1900, which never was.
	missingDay = 60
)

// stamp writes a serial number as a date, and false where it stands for none. Where the format
// shows no day and the date is the first of its month, the month is meant: Excel makes such dates
// of what was typed as 2024年3月.
func (f format) stamp(n number, from04 bool) (string, bool) {
	all, ok := n.times(dayMillis)
	if n.negative || !ok || !all.IsInt64() || all.Int64() >= (lastDay+1)*dayMillis {
		return "", false
	}
	days, rest := int(all.Int64()/dayMillis), int(all.Int64()%dayMillis)
	if f.elapsed {
		return clock(rest/3_600_000+24*days, rest), true
	}
	if days == 0 && !from04 {
		return clock(rest/3_600_000, rest), f.clock
	}
	first := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case from04:
		first = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case days == missingDay:
		return "", false
	case days < missingDay:
		first = first.AddDate(0, 0, 1)
	}
	date := first.AddDate(0, 0, days)
	switch {
	case rest != 0 || f.clock:
		return date.Format("2006-01-02 ") + clock(rest/3_600_000, rest), true
	case f.year && !f.day && f.month && date.Day() == 1:
		return date.Format("2006-01"), true
	case f.year && !f.day && !f.month && date.YearDay() == 1:
		return date.Format("2006"), true
	}
	return date.Format("2006-01-02"), true
}

// clock writes hours and what is left of the last one; seconds only where there are any.
func clock(hours, millis int) string {
	text := fmt.Sprintf("%02d:%02d", hours, millis/60_000%60)
	if seconds := millis % 60_000; seconds != 0 {
		text += fmt.Sprintf(":%02d", seconds/1000)
		if seconds%1000 != 0 {
			text += fmt.Sprintf(".%03d", seconds%1000)
		}
	}
	return text
}

var isoStamp = pattern.Of(`^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::(\d\d)(?:\.0*)?)?Z?$`)

// isoDate writes a date cell of the newer kind, 2024-03-01T00:15:00, as those of the older.
func isoDate(value string) string {
	m := isoStamp().FindStringSubmatch(strings.TrimSpace(value))
	switch {
	case m == nil:
		return strings.TrimSpace(value)
	case m[2] == "00:00" && (m[3] == "00" || m[3] == ""):
		return m[1]
	case m[3] == "00" || m[3] == "":
		return m[1] + " " + m[2]
	}
	return m[1] + " " + m[2] + ":" + m[3]
}

var escaped = pattern.Of(`_x([0-9A-Fa-f]{4})_`)

// unescape reads _x000D_, which workbooks write for a letter that XML cannot hold.
func unescape(text string) string {
	if !strings.Contains(text, "_x") {
		return text
	}
	return escaped().ReplaceAllStringFunc(text, func(code string) string {
		letter := 0
		if _, err := fmt.Sscanf(code[2:6], "%x", &letter); err != nil {
			return code
		}
		return string(rune(letter))
	})
}
