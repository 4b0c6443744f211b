package form

import (
	"regexp"
	"slices"
	"strconv"

	"carbonledger/quantity"
	"carbonledger/table"
)

// when settles the period: in the header of the measure, or in the first fields that can say it.
func (s *saying) when() bool {
	period := s.item.Period
	if s.measure.Pattern != "" && s.measure.Period != "" {
		return s.heading()
	}
	year, month, day := period.First.Date()
	last := (period.End - 1).String()
	ways := []struct {
		fits   bool
		fields []string
	}{
		{period.Days() == 1, []string{"stamp", period.First.String()}},
		{true, []string{"first", period.First.String(), "last", last}},
		{true, []string{"first", period.First.String(), "until", period.End.String()}},
		{period == quantity.Month(year, month), []string{"bill_month", period.String()}},
		{period == quantity.Month(year, month),
			[]string{"year", strconv.Itoa(year), "month", strconv.Itoa(int(month))}},
		{period.End == quantity.DayOf(year+1, month, day), []string{"year_ending", last}},
		{period == quantity.Year(year), []string{"year", strconv.Itoa(year)}},
	}
	means := func(text string) bool {
		read, err := quantity.ParsePeriod(table.Fold(text))
		return err == nil && read == period
	}
	for _, printed := range []bool{true, false} {
		for _, way := range ways {
			possible := way.fits
			for i := 0; i < len(way.fields); i += 2 {
				field := way.fields[i]
				possible = possible && s.hasHome(field) && (!printed || s.isPrinted(field))
			}
			for i := 0; i < len(way.fields) && possible; i += 2 {
				possible = s.text(way.fields[i], way.fields[i+1])
			}
			if possible {
				return true
			}
		}
		if s.hasHome("period") && s.put("period", []string{period.String()}, means) {
			return true
		}
	}
	return s.fail("no way to write the period " + period.String())
}

// isPrinted says whether the form prints a column for a field.
func (w *writer) isPrinted(field string) bool {
	return slices.ContainsFunc(w.dialect.Template.Header, func(header string) bool {
		return w.columnOf(header).field == field
	})
}

// heading makes the header of a measure that any number of columns may match.
func (s *saying) heading() bool {
	header, ok := written(s.measure.Write, fieldsOf{"period": s.item.Period.String()})
	pattern, err := regexp.Compile(s.measure.Pattern)
	if !ok || err != nil || !pattern.MatchString(table.Fold(header)) {
		return s.fail("no header for " + s.item.Period.String())
	}
	s.header = header
	return true
}
