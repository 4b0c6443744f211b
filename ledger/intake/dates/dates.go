// Package dates knows how tables write times: years and months in words, the order of day and
// month, days that end at midnight, and times of day with their offset.
package dates

import (
	"strings"

	"carbonledger/pattern"
	"carbonledger/table"
)

// hanYear is a year in Chinese figures: 二〇二四年.
var hanYear = pattern.Of(`^[〇○零一二三四五六七八九]{4}年`)

var hanDigits = strings.NewReplacer("〇", "0", "○", "0", "零", "0", "一", "1", "二", "2", "三", "3",
	"四", "4", "五", "5", "六", "6", "七", "7", "八", "8", "九", "9")

// InDigits writes the year of a period in digits.
func InDigits(text string) string {
	return hanYear().ReplaceAllStringFunc(text, hanDigits.Replace)
}

// Join joins the two cells of a year and a month: 2024 and 3, 2024年 and 3月, 24年 and 三月.
func Join(year, month string) string {
	bare := strings.TrimSuffix(strings.TrimSuffix(year, "度"), "年")
	switch {
	case month == "":
		return year
	case strings.Trim(month, "0123456789") == "" && len(bare) == 4:
		return bare + "-" + month
	case strings.Trim(month, "0123456789") == "":
		month += "月"
	}
	return bare + "年" + month
}

// AreMonths says whether a header promises months: 月份, 账期, bill month; 年月日 promises days.
func AreMonths(header string) bool {
	key := table.Key(header)
	for _, day := range []string{"日", "day", "date"} {
		if strings.Contains(key, day) {
			return false
		}
	}
	for _, month := range []string{"月", "账期", "month"} {
		if strings.Contains(key, month) {
			return true
		}
	}
	return false
}

// MonthAlone finds a month that stands above a table by itself.
var MonthAlone = pattern.Of(`\d{4}\s*年\s*\d{1,2}\s*月$`)
