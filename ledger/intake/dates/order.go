package dates

import (
	"cmp"
	"regexp"

	"carbonledger/table"
)

// DayFirst and MonthFirst are the two ways to write a date with the year behind.
const (
	DayFirst   = "day-first"
	MonthFirst = "month-first"
)

// YearLast finds the first two numbers of a date whose year stands behind.
var YearLast = regexp.MustCompile(`^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}(?:[ T]|$)`)

// Order says whether dates such as 3/4/2024 have the day or the month first, as any date of the
// columns shows that is right in one order only. It is empty where nothing shows it, or some dates
// show the one and some the other.
func Order(rows []table.Row, columns []int) string {
	order := ""
	for _, column := range columns {
		for _, row := range rows {
			m := YearLast.FindStringSubmatch(row.Cell(column).Text)
			if m == nil {
				continue
			}
			found := ""
			switch first, second := number(m[1]), number(m[2]); {
			case first > 12 && second <= 12:
				found = DayFirst
			case first <= 12 && second > 12:
				found = MonthFirst
			}
			if found != "" && order != "" && found != order {
				return ""
			}
			order = cmp.Or(order, found)
		}
	}
	return order
}
