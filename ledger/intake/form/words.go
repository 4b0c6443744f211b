package form

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"carbonledger/pattern"
	"carbonledger/quantity"
	"carbonledger/table"
)

// units are the ways to write the unit of a commodity: the one a coefficient of the row is stated
// in, as the form prints it beside the name, as the figures were written before, as its trade does,
// and the book unit, in which every number has a last digit.
func (s *saying) units(commodity quantity.Commodity) (spellings []string) {
	for _, printed := range s.dialect.Template.Rows {
		for i, cell := range printed {
			if s.means(cell) == commodity.ID && i+1 < len(printed) {
				spellings = append(spellings, printed[i+1])
			}
		}
	}
	for _, item := range s.numbers[commodity.ID] {
		if at := strings.LastIndex(item.written, " "); at >= 0 {
			spellings = append(spellings, item.written[at+1:])
			break
		}
	}
	spellings = append(append(spellings, customary[commodity.Unit.Symbol]...),
		commodity.Unit.Symbol)
	stated := s.stated[commodity.ID]
	if stated == "" {
		return spellings
	}
	spellings = append(spellings, stated)
	slices.SortStableFunc(spellings, func(a, b string) int {
		return cmp.Compare(distance(a, stated), distance(b, stated))
	})
	return spellings
}

// distance is 0 for a spelling of the unit and 1 for others.
func distance(spelling, unit string) int {
	if sameUnit(spelling, unit) {
		return 0
	}
	return 1
}

// sameUnit says whether two spellings are one unit, as 吨 and t are.
func sameUnit(a, b string) bool {
	u, errA := quantity.ParseUnit(table.Fold(a))
	v, errB := quantity.ParseUnit(table.Fold(b))
	ratio, ok := u.Per(v)
	return errA == nil && errB == nil && ok && u.Of == v.Of &&
		ratio.Cmp(quantity.Whole(quantity.Int(1))) == 0
}

// customary are units that statistical forms print, by book unit; each is a power of ten of it, so
// that every number has a last digit.
var customary = map[string][]string{
	"kWh": {"万千瓦时"}, "kJ": {"百万千焦"}, "kg": {"吨"}, "Nm3": {"万Nm3"}, "L": {"立方米"},
	"kgce": {"吨标准煤"}, "yuan": {"万元"}, "person": {"万人"},
}

var blanks = pattern.Of(`\{[a-z ]+\}`)

// written fills the blanks of a line above the header or of a header: fields by name, and of the
// period its {year}, the {first month} and {month} it runs from and to, the {quarter}, and all of
// it in Chinese as {period zh}. It returns false where the text is empty or a blank has nothing to
// stand in it.
func written(text string, given fieldsOf) (string, bool) {
	parts := partsOf(given)
	complete := text != ""
	filled := blanks().ReplaceAllStringFunc(text, func(blank string) string {
		part := parts[strings.Trim(blank, "{}")]
		if part == "" {
			complete = false
		}
		return part
	})
	return filled, complete
}

func partsOf(given fieldsOf) map[string]string {
	parts := map[string]string{}
	for field, text := range given {
		parts[field] = text
	}
	period, err := quantity.ParsePeriod(table.Fold(given["period"]))
	if err != nil {
		return parts
	}
	year, first, _ := period.First.Date()
	_, last, _ := (period.End - 1).Date()
	parts["year"], parts["first month"] = fmt.Sprint(year), fmt.Sprint(int(first))
	parts["month"] = fmt.Sprint(int(last))
	quarter := (int(first) + 2) / 3
	switch period {
	case quantity.Quarter(year, quarter):
		parts["quarter"] = fmt.Sprint(quarter)
		parts["period zh"] = fmt.Sprintf("%d年%s季度", year, []string{"一", "二", "三", "四"}[quarter-1])
	case quantity.Year(year):
		parts["period zh"] = fmt.Sprintf("%d年", year)
	case quantity.Month(year, first):
		parts["period zh"] = fmt.Sprintf("%d年%d月", year, int(first))
	}
	return parts
}
