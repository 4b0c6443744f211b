package intake

import (
	"cmp"
	"slices"
	"strconv"

	"carbonledger/ledger/intake/dates"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/quantity"
	"carbonledger/table"
)

// leftOut is how many days between two bills of an account are a bill that is not in the file; the
// shortest bills of a month have as many.
const leftOut = 26

// stay is the time of one row of bills, with its last day.
type stay struct {
	row    table.Row
	column int
	period quantity.Period
}

// last is the day the stay ends with.
func (s stay) last() quantity.Day { return s.period.End - 1 }

// isWhole says whether the stay makes whole months where both its days are billed: 15 March to 14
// April.
func (s stay) isWhole() bool {
	_, _, first := s.period.First.Date()
	_, _, end := s.period.End.Date()
	return first == end
}

// shareDays finds accounts whose bills meet on one day: 15 January to 15 February, 15 February to
// 15 March. Where all of them do so, that day is the one of the reading and begins the later bill.
// Where some do and some do not, nobody can tell whose the day is. Only dialects that know days of
// readings are asked.
func (r *reading) shareDays(rows []table.Row) {
	r.readingDays = map[int]bool{}
	if !slices.ContainsFunc(r.dialect.Columns, func(c dialects.Column) bool {
		return c.Field == "until"
	}) {
		return
	}
	type account struct{ entity, site string }
	stays, order := map[account][]stay{}, []account{}
	for _, cells := range rows {
		if r.dialect.IsNote(cells) {
			continue
		}
		r.row = row{current: r.filled(cells), told: map[string]bool{}, faulty: map[int]bool{}}
		key := account{r.text("entity"), r.text("site")}
		if s, ok := r.stay(); ok && r.totalName() == "" {
			if stays[key] == nil {
				order = append(order, key)
			}
			stays[key] = append(stays[key], s)
		}
	}
	clear(r.above)
	for _, key := range order {
		r.shareDay(stays[key])
	}
}

// stay reads the time of a row that says it by its first and its last day.
func (r *reading) stay() (stay, bool) {
	s, texts := stay{row: r.current, column: -1}, []string{r.known("period")}
	field := "period"
	if r.known("first") != "" {
		field, texts = "last", []string{r.known("first"), r.known("last")}
	}
	if at, ok := r.layout.Fields[field]; ok {
		s.column = at
	}
	for i, text := range texts {
		period, err := quantity.ParsePeriod(dates.InDigits(dates.LastDay(text)))
		if err != nil {
			return stay{}, false
		}
		if i == 0 {
			s.period.First = period.First
		}
		s.period.End = period.End
	}
	return s, s.column >= 0 && s.period.Days() > 1
}

// shareDay looks at the bills of one account in the order of time.
func (r *reading) shareDay(bills []stay) {
	slices.SortStableFunc(bills, func(a, b stay) int {
		return cmp.Or(cmp.Compare(a.period.First, b.period.First),
			cmp.Compare(a.period.End, b.period.End))
	})
	var shared []int
	mixed := false
	for i, next := range bills {
		mixed = mixed || next.isWhole()
		if i == 0 || bills[i-1].period == next.period {
			continue
		}
		switch apart := int(next.period.First - bills[i-1].last()); {
		case apart == 0:
			shared = append(shared, i)
		case apart < leftOut:
			mixed = true
		}
	}
	if len(shared) == 0 {
		return
	}
	for _, i := range shared {
		before, next := bills[i-1], bills[i]
		day := next.period.First
		r.row = row{current: before.row, told: map[string]bool{}, faulty: map[int]bool{}}
		if mixed {
			r.faultAt(before.column, "last", "bill.shared-day", day.String(),
				strconv.Itoa(next.row.Line), (day - 1).String())
			continue
		}
		if i == shared[0] {
			r.warn(before.column, "bill.reading-day", day.String(), strconv.Itoa(next.row.Line))
		}
	}
	for _, bill := range bills {
		r.readingDays[bill.row.Line] = !mixed
	}
}

// billed is the time a row counts for: without the day of the reading where the later bill has it.
func (r *reading) billed(period quantity.Period) quantity.Period {
	if r.readingDays[r.current.Line] && period.Days() > 1 {
		period.End--
	}
	return period
}
