package intake

import (
	"slices"
	"strconv"

	"carbonledger/ledger/intake/dates"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/stays"
	"carbonledger/quantity"
	"carbonledger/table"
)

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
	bills, order := map[account][]stays.Stay{}, []account{}
	for _, cells := range rows {
		if r.dialect.IsNote(cells) {
			continue
		}
		r.row = row{current: r.filled(cells)}
		key := account{r.text("entity"), r.text("site")}
		if s, ok := r.stay(); ok && r.totalName() == "" {
			if bills[key] == nil {
				order = append(order, key)
			}
			bills[key] = append(bills[key], s)
		}
	}
	clear(r.above)
	for _, key := range order {
		r.shareDay(bills[key])
	}
}

// stay reads the time of a row that says it by its first and its last day.
func (r *reading) stay() (stays.Stay, bool) {
	s, texts := stays.Stay{Row: r.current, Column: -1}, []string{r.known("period")}
	field := "period"
	if r.known("first") != "" {
		field, texts = "last", []string{r.known("first"), r.known("last")}
	}
	if at, ok := r.layout.Fields[field]; ok {
		s.Column = at
	}
	for i, text := range texts {
		period, err := quantity.ParsePeriod(dates.InDigits(dates.LastDay(text)))
		if err != nil {
			return stays.Stay{}, false
		}
		if i == 0 {
			s.Period.First = period.First
		}
		s.Period.End = period.End
	}
	return s, s.Column >= 0 && s.Period.Days() > 1
}

// shareDay looks at the bills of one account.
func (r *reading) shareDay(bills []stays.Stay) {
	shared, mixed := stays.Meet(bills)
	if len(shared) == 0 {
		return
	}
	for _, i := range shared {
		before, next := bills[i-1], bills[i]
		day := next.Period.First
		r.row = row{current: before.Row}
		if mixed {
			r.faultAt(before.Column, "last", "bill.shared-day", day.String(),
				strconv.Itoa(next.Row.Line), (day - 1).String())
			continue
		}
		if i == shared[0] {
			r.warn(before.Column, "bill.reading-day", day.String(), strconv.Itoa(next.Row.Line))
		}
	}
	for _, bill := range bills {
		r.readingDays[bill.Row.Line] = !mixed
	}
}

// billed is the time a row counts for: without the day of the reading where the later bill has it.
func (r *reading) billed(period quantity.Period) quantity.Period {
	if r.readingDays[r.current.Line] && period.Days() > 1 {
		period.End--
	}
	return period
}
