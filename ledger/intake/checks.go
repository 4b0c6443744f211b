package intake

import (
	"slices"
	"strings"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/totals"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// figure reads a cell for comparison; a blank or repeated one is none. What a measure reads is told
// there if it is no number, what only a check reads is told here.
func (r *reading) figure(column int) (quantity.Number, bool) {
	cell := r.current.Cell(column)
	if column < 0 || cell.Spread || r.dialect.IsMissing(cell.Text) {
		return quantity.Number{}, false
	}
	for i := range r.layout.Measures {
		m := &r.layout.Measures[i]
		if m.Column == column || m.LessColumn == column {
			return quietNumber(cell)
		}
	}
	return r.counted(column, cell, "")
}

// sumOf adds up the figures of columns; blank ones count as nothing where one is there.
func (r *reading) sumOf(columns []int) (sum quantity.Number, any bool) {
	for _, column := range columns {
		if number, ok := r.figure(column); ok {
			sum, any = sum.Add(number), true
		}
	}
	return sum, any
}

// check compares the figures of the row with every relation whose columns are there.
func (r *reading) check() {
	for _, c := range r.layout.Checks {
		for _, column := range c.Columns() {
			r.figure(column) // what is no number is told, whether or not the others are
		}
	}
	for _, c := range r.layout.Checks {
		of, ok := r.figure(c.OfColumn)
		if r.isDoubtful(c) || !c.OneUnit {
			continue
		}
		if !ok {
			r.checkBlank(c)
			continue
		}
		switch {
		case c.LimitColumn >= 0:
			r.checkLimit(c, of)
		case len(c.Divisor)+len(c.Factors) > 0:
			r.checkQuotient(c, of)
		default:
			sum, any := r.sumOf(c.Sum)
			// What is missing may stand in a column that the file leaves out.
			partly := slices.Contains(c.Sum, -1) && sum.Cmp(of) < 0
			if any && !sum.Equal(of) && !partly {
				r.checkFault(c, "check.equals", of, sum, r.headers(c.Sum, " + "))
			}
		}
	}
}

// checkBlank finds a sum left empty although its parts are there: what they say would be lost,
// where only the sum is read.
func (r *reading) checkBlank(c dialects.PlacedCheck) {
	if len(c.Equals) == 0 || len(c.Divisor) > 0 || !r.counts(c.OfColumn) {
		return
	}
	var filled []int
	for _, column := range c.Sum {
		if number, ok := r.figure(column); ok && !number.IsZero() && !r.counts(column) {
			filled = append(filled, column)
		}
	}
	if sum, _ := r.sumOf(filled); len(filled) > 0 && !r.isDoubtful(c) {
		r.faultAt(c.OfColumn, "", "check.blank", r.heading(c.OfColumn), r.headers(filled, " + "),
			sum.String(), c.Name, r.amount(sum))
	}
}

// counts says whether the figures of a column are read as a measure, and not only compared.
func (r *reading) counts(column int) bool {
	return slices.ContainsFunc(r.layout.Measures, func(m dialects.Placed) bool {
		return m.Column == column && m.State == ""
	})
}

// isDoubtful says whether one of the figures has a fault of its own: what follows from it is not
// told as well.
func (r *reading) isDoubtful(c dialects.PlacedCheck) bool {
	for _, column := range c.Columns() {
		if r.isFaulty(column) {
			return true
		}
	}
	return false
}

func (r *reading) checkLimit(c dialects.PlacedCheck, of quantity.Number) {
	limit, ok := r.figure(c.LimitColumn)
	switch name := r.heading(c.LimitColumn); {
	case ok && c.AtMost != "" && of.Cmp(limit) > 0:
		r.checkFault(c, "check.at-most", of, limit, name)
	case ok && c.AtLeast != "" && of.Cmp(limit) < 0:
		r.checkFault(c, "check.at-least", of, limit, name)
	}
}

// checkQuotient compares a figure that is worked out and printed rounded: it may be off by half of
// its last digit, or by a thousandth, because the figures it is made of are rounded too.
func (r *reading) checkQuotient(c dialects.PlacedCheck, of quantity.Number) {
	one := quantity.Int(1)
	divisor, dividend := quantity.Int(max(c.Per, 1)), quantity.Int(max(c.Times, 1))
	sum, any := r.sumOf(c.Sum)
	if len(c.Factors) > 0 {
		sum, any = one, true
		for _, column := range c.Factors {
			number, ok := r.figure(column)
			sum, any = sum.Mul(number), any && ok
		}
	}
	if len(c.Divisor) > 0 {
		over, ok := r.sumOf(c.Divisor)
		divisor, any = divisor.Mul(over), any && ok
	}
	dividend = dividend.Mul(sum)
	if !any || divisor.Sign() <= 0 {
		return
	}
	off := of.Mul(divisor).Sub(dividend).Abs()
	half := totals.HalfDigit(r.current.Cell(c.OfColumn).Text).Mul(divisor)
	if totals.IsClose(off, half, dividend) {
		return
	}
	code, names := "check.ratio", r.headers(c.Sum, " + ")
	if len(c.Factors) > 0 {
		code, names = "emission.sum", r.headers(c.Factors, " x ")
	}
	shown, _ := quantity.RatioOf(dividend, divisor).Round(quantity.Rounding{Places: 2})
	r.warn(c.OfColumn, code, r.heading(c.OfColumn), names, shown.Fixed(2), c.Name)
}

// checkFault tells a relation that does not hold, with both sides and how far they are apart.
func (r *reading) checkFault(c dialects.PlacedCheck, code string, of, other quantity.Number,
	names string) {
	r.faultAt(c.OfColumn, "", code, r.heading(c.OfColumn), r.amount(of), names, r.amount(other),
		r.amount(of.Sub(other).Abs()), c.Name)
}

// amount prints a figure of the row with the unit of the row, where it has one.
func (r *reading) amount(number quantity.Number) string {
	return strings.TrimSpace(number.String() + " " + r.text("unit"))
}

// heading names a column as the file does.
func (r *reading) heading(column int) string { return r.layout.Header.Cell(column).Text }

// headers names columns as the file does.
func (r *reading) headers(columns []int, between string) string {
	var names []string
	for _, column := range columns {
		if column >= 0 {
			names = append(names, r.heading(column))
		}
	}
	return strings.Join(names, between)
}

// rescaled turns a figure into another unit where the header of its column states one of its own:
// 外供水量(立方米) beside 取水量(万立方米). A quotient without an end stays as it is, and is told.
func (r *reading) rescaled(column int, number quantity.Number, unit string) quantity.Number {
	_, stated := units.Split(r.heading(column))
	from, errFrom := quantity.ParseUnit(stated)
	to, errTo := quantity.ParseUnit(table.Fold(unit))
	if stated == "" || errFrom != nil || errTo != nil {
		return number
	}
	ratio, ok := from.Per(to)
	exact, finite := ratio.Mul(quantity.Whole(number)).Exact()
	if !ok || !finite {
		r.faultAt(column, "unit", "unit.header", r.heading(column), unit)
		return number
	}
	return exact
}
