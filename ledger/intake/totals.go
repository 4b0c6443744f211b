package intake

import (
	"cmp"
	"strconv"
	"strings"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/totals"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// tallied are the figures of the rows read so far, for the totals below them: rows counts these
// rows, subtotal those before the last subtotal.
type tallied struct {
	entries        []totals.Entry
	rows, subtotal int
}

// tally notes the figures of a row for the totals below it.
func (r *reading) tally() {
	if len(r.dialect.Totals) == 0 {
		return
	}
	r.totals.rows++
	for i := range r.layout.Measures {
		m := &r.layout.Measures[i]
		cell := r.current.Cell(m.Column)
		if m.State != "" || cell.Spread || r.dialect.IsMissing(cell.Text) {
			continue
		}
		e := totals.Entry{Column: m.Column, Row: r.totals.rows, Line: r.current.Line,
			Entity: r.flow.Entity, Site: r.flow.Site, Unit: cmp.Or(m.Unit, r.text("unit"))}
		e.Commodity = &r.lookUp(cmp.Or(m.Commodity, r.text("commodity"))).commodity
		number, ok := quietNumber(cell)
		e.Number, e.Poor = number, !ok
		e.Weight, e.Weighted = r.coefficient(e.Unit)
		r.totals.entries = append(r.totals.entries, e)
	}
}

// coefficient is what one unit of the row is in standard coal: the coefficient the row uses, else
// the reference printed beside it, else 1 where the row is in standard coal already.
func (r *reading) coefficient(unit string) (quantity.Number, bool) {
	for i := range r.layout.Measures {
		m := &r.layout.Measures[i]
		if m.State != "coal-equivalent" {
			continue
		}
		for _, column := range []int{m.Column, m.NearColumn} {
			if number, ok := quietNumber(r.current.Cell(column)); ok && column >= 0 {
				return number, true
			}
		}
	}
	return quantity.Int(1), r.coal.Ask(unit, totals.IsStandardCoal)
}

// placeFields are the fields besides the commodity that may hold 合计, timesOfTotals those that do so
// below the rows they sum; 全年 above them is a year.
var (
	placeFields   = []string{"entity", "name", "industry", "area", "site"}
	timesOfTotals = []string{"period", "month", "bill_month", "first"}
)

// totalName returns the word by which a row repeats others, or nothing.
func (r *reading) totalName() string {
	texts := append(make([]string, 0, 12), r.text("commodity"), r.current.Cell(0).Text)
	for i, fields := range [][]string{placeFields, timesOfTotals} {
		for _, field := range fields {
			if at, ok := r.layout.Fields[field]; ok && (i == 0 || r.totals.rows > 0) {
				texts = append(texts, r.current.Cell(at).Text)
			}
		}
	}
	for _, text := range texts {
		if r.dialect.IsTotal(text) {
			return text
		}
	}
	return ""
}

// totalRow compares a row that repeats others with their sum; it is never posted. A subtotal sums
// what stands since the last one, any other total all rows of its entity.
func (r *reading) totalRow(name string) {
	from := 0
	if key := table.Key(name); strings.Contains(key, "小计") || strings.Contains(key, "本页") {
		from, r.totals.subtotal = r.totals.subtotal, r.totals.rows
	}
	entity, site := r.otherThan("entity", name), r.otherThan("site", name)
	for i := range r.layout.Measures {
		m := &r.layout.Measures[i]
		cell := r.current.Cell(m.Column)
		number, ok := quietNumber(cell)
		if m.State != "" || cell.Spread || r.dialect.IsMissing(cell.Text) || !ok {
			continue
		}
		var summed []totals.Entry
		for _, e := range r.totals.entries {
			if e.Column == m.Column && e.Row > from && (entity == "" || e.Entity == entity) &&
				(site == "" || e.Site == site) {
				summed = append(summed, e)
			}
		}
		if len(summed) == 0 && r.totals.rows > from && !number.IsZero() {
			r.totalOff(m.Column, name, number, quantity.Number{}, totals.HalfDigit(cell.Text))
			continue
		}
		r.compareTotal(m, name, number, summed)
	}
}

// otherThan returns the cell of a field of the row, unless it is the word of a total.
func (r *reading) otherThan(field, name string) string {
	at, ok := r.layout.Fields[field]
	if text := r.current.Cell(at).Text; ok && text != name {
		return text
	}
	return ""
}

// compareTotal allows a plain sum half of the last printed digit, and a sum in standard coal, whose
// products are each rounded, as much for every row or one tonne.
func (r *reading) compareTotal(m *dialects.Placed, name string, number quantity.Number,
	summed []totals.Entry) {
	unit := ""
	if at, ok := r.layout.Fields["unit"]; ok {
		unit = r.current.Cell(at).Text
	}
	slack := totals.HalfDigit(r.current.Cell(m.Column).Text)
	if sum, ok := totals.Plain(summed, unit); ok {
		r.totalOff(m.Column, name, number, sum, slack)
		return
	}
	if !totals.IsStandardCoal(cmp.Or(m.Unit, unit)) {
		return
	}
	slack = slack.Mul(quantity.Int(int64(len(summed))))
	if tonne := quantity.Int(1); slack.Cmp(tonne) < 0 {
		slack = tonne
	}
	sum, ok := totals.Weighted(summed)
	if off := number.Sub(sum).Abs(); ok && off.Cmp(slack) > 0 {
		r.energyOff(m, name, number, sum, slack, summed)
	}
}

// energyPlaces is how many decimals a sum in standard coal is shown with.
const energyPlaces = 2

// energyOff tells a total in standard coal that is off, and the row that may be why.
func (r *reading) energyOff(m *dialects.Placed, name string, number, sum, slack quantity.Number,
	summed []totals.Entry) {
	shown := func(n quantity.Number) string {
		rounded, _ := quantity.Whole(n).Round(quantity.Rounding{Places: energyPlaces})
		return rounded.String()
	}
	code, args := "total.energy", []string{name, m.Heading, shown(sum),
		shown(number.Sub(sum).Abs())}
	if cause, ok := totals.Explain(summed, number, sum, slack); ok {
		code, args = "total.energy-row", append(args, cause.Commodity.NameEN,
			cause.Commodity.NameZH, strconv.Itoa(cause.Line), cause.Share)
		if cause.Meant != "" {
			code, args = "total.energy-unit", append(args, units.Spelled(cause.Meant))
		}
	}
	r.warn(m.Column, code, args...)
}

// totalOff tells a total that is off by more than the slack.
func (r *reading) totalOff(column int, name string, number, sum, slack quantity.Number) {
	if off := number.Sub(sum).Abs(); off.Cmp(slack) > 0 {
		r.warn(column, "total.sum", name, r.heading(column), sum.String(), off.String())
	}
}

// totalColumn compares a column that repeats the columns of its row, as 全年合计 does the months,
// with their sum.
func (r *reading) totalColumn() {
	number, ok := r.figure(r.layout.Total)
	if !ok {
		return
	}
	var first *dialects.Placed
	var sum quantity.Number
	count := 0
	for i := range r.layout.Measures {
		m := &r.layout.Measures[i]
		if m.Pattern == "" || m.State != "" || m.Column == r.layout.Total {
			continue
		}
		if count == 0 {
			first = m
		}
		if m.Pattern != first.Pattern || m.Commodity != first.Commodity || m.Unit != first.Unit {
			return
		}
		cell := r.current.Cell(m.Column)
		part, read := quietNumber(cell)
		if !read && !r.dialect.IsMissing(cell.Text) {
			return
		}
		if read && !cell.Spread {
			sum = sum.Add(part)
		}
		count++
	}
	if count > 0 {
		slack := totals.HalfDigit(r.current.Cell(r.layout.Total).Text)
		r.totalOff(r.layout.Total, r.heading(r.layout.Total), number, sum, slack)
	}
}
