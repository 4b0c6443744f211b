package intake

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/steam"
	"carbonledger/ledger/intake/units"
	"carbonledger/quantity"
	"carbonledger/table"
)

// measure reads one figure of the row.
func (r *reading) measure(m *dialects.Placed) {
	if r.givesWay(m) {
		return
	}
	flow := r.flow
	flow.Site = cmp.Or(m.Site, flow.Site)
	if r.dialect.Interval == nil {
		flow.Period = r.billed(r.when(cmp.Or(m.Covers, r.text("period"))))
		r.long(flow.Period)
	}
	if role, ok := dialects.ReadRole(m.Role); ok {
		flow.To, flow.From = role, ""
	}
	if from, ok := dialects.ReadRole(m.From); ok {
		flow.From = from
	}
	flow.From, flow.To = cmp.Or(flow.From, flow.To.Source()), flow.To.Target()
	cell := r.current.Cell(m.Column)
	commodity, ok := r.commodity(m)
	if !ok {
		r.number(m, cell, &flow) // what is wrong with the figure is told all the same
		return
	}
	if flow.From == flow.To {
		r.fault("from", "role.same")
		return
	}
	if commodity.Class.Denominator() {
		flow.From, flow.To = ledger.Origin, ledger.Product
	}
	commodity = r.kind(commodity, cmp.Or(m.Unit, r.text("unit")))
	flow.Commodity = commodity.ID
	number, figure := r.number(m, cell, &flow)
	if !figure && !r.isFaulty(m.Column) && !r.isFaulty(m.LessColumn) {
		if flow.Absence != ledger.Present && m.Count == "" {
			r.keep(m, ledger.Activity{Flow: flow, Written: cell.Raw})
		}
		return
	}
	unit, ok := r.unitOf(m)
	if !ok {
		return
	}
	perUnit, made, ok := r.steam(commodity, unit)
	if made == "" && ok {
		perUnit, ok = r.unit(m, commodity, unit)
	}
	if ok && figure {
		r.metered(m, number)
		r.estimate(m, &flow)
		r.remember(m, flow, number, unit)
		r.keep(m, ledger.Activity{Flow: flow, Number: number.Mul(perUnit), PerUnit: perUnit,
			Written: strings.TrimSpace(r.written(m, unit) + " " + made)})
	}
}

// steam makes heat of a unit of mass, where the dialect has columns for what it is made from.
func (r *reading) steam(c quantity.Commodity, unit string) (quantity.Number, string, bool) {
	if c.ID != steam.Commodity || !r.dialect.Has("pressure") {
		return quantity.Number{}, "", true
	}
	heat := steam.Read(cmp.Or(r.text("commodity"), c.ID), r.dialect.Unit(unit), r.known)
	for _, fault := range heat.Faults {
		r.fault(fault.Field, fault.Code, fault.Args...)
	}
	return heat.PerUnit, heat.Made, len(heat.Faults) == 0
}

// how settles role, absence and vintage.
func (r *reading) how() {
	var ok bool
	if r.flow.To, ok = dialects.ReadRole(r.text("role")); !ok {
		r.flow.To = ledger.Use
		if r.text("role") != "" {
			r.fault("role", "role.unknown")
		}
	}
	if from := r.text("from"); from != "" {
		if r.flow.From, ok = dialects.ReadRole(from); !ok {
			r.fault("from", "role.unknown")
		}
	}
	if r.flow.Absence, ok = dialects.ReadAbsence(r.text("absence")); !ok {
		r.fault("absence", "absence.unknown")
	}
	if vintage := r.text("vintage"); vintage != "" {
		r.flow.Vintage = r.period("vintage", vintage).First
	}
}

// keep puts the figure into the upload, as a stock count or as an activity.
func (r *reading) keep(m *dialects.Placed, a ledger.Activity) {
	if m.Count != "" {
		r.upload.Assertions = append(r.upload.Assertions, ledger.Assertion{Entity: a.Entity,
			Site: a.Site, Commodity: a.Commodity, Period: a.Period, Edge: ledger.Edge(m.Count),
			Number: a.Number, Line: r.current.Line, Written: a.Written})
		return
	}
	if r.dialect.Interval != nil {
		r.take(m, a.Flow, a.Number, a.Written)
		return
	}
	a.Document, a.Line = r.text("document"), r.current.Line
	if r.dialect.Split == "month" && !a.Period.IsZero() {
		r.upload.Activities = append(r.upload.Activities, r.parts(a)...)
		return
	}
	r.upload.Activities = append(r.upload.Activities, a)
}

// number reads the figure, less the part that another measure has. It returns false where there is
// none, and turns a missing one into an absence or a fault.
func (r *reading) number(m *dialects.Placed, cell table.Cell, flow *ledger.Flow) (
	quantity.Number, bool) {
	r.beside = ""
	if r.isBlank(m.Column) {
		if slices.ContainsFunc(m.MoreColumns, func(at int) bool { return !r.isBlank(at) }) {
			r.faultAt(m.Column, "quantity", "quantity.blank")
			return quantity.Number{}, false
		}
		return quantity.Number{}, r.noFigure(m, cell, flow)
	}
	if !flow.Absence.HasFigure() {
		r.faultAt(m.Column, "quantity", "absence.figure", string(flow.Absence))
		return quantity.Number{}, false
	}
	unit := cmp.Or(m.Unit, r.text("unit"))
	number, ok := r.counted(m.Column, cell, unit)
	less := r.current.Cell(m.LessColumn)
	if ok && m.LessColumn >= 0 && !less.Spread && !r.dialect.IsMissing(less.Text) {
		beside := r.beside
		part, partOK := r.counted(m.LessColumn, less, cmp.Or(unit, beside))
		r.beside = beside
		part = r.rescaled(m.LessColumn, part, unit)
		if partOK && part.Cmp(number) > 0 {
			r.faultAt(m.LessColumn, "quantity", "quantity.part", m.Heading)
			return quantity.Number{}, false
		}
		number, ok = number.Sub(part), partOK
	}
	for _, column := range m.MoreColumns {
		if r.isBlank(column) {
			r.faultAt(column, "quantity", "quantity.blank")
			ok = false
			continue
		}
		part, partOK := r.counted(column, r.current.Cell(column), unit)
		number, ok = number.Add(part), ok && partOK
	}
	return number, ok
}

// isBlank says whether a cell holds no figure of its own.
func (r *reading) isBlank(column int) bool {
	cell := r.current.Cell(column)
	return cell.Spread || r.dialect.IsMissing(cell.Text)
}

// written is a figure as the file has it, with its unit; of several columns 10+6 kWh.
func (r *reading) written(m *dialects.Placed, unit string) string {
	text := r.current.Cell(m.Column).Raw
	for _, column := range m.MoreColumns {
		text += "+" + r.current.Cell(column).Raw
	}
	return strings.TrimSpace(text + " " + unit)
}

// counted reads a number that is counted in a unit. A unit beside the digits must be the same;
// where the row and the measure have none, it is the unit, and unitOf gives it.
func (r *reading) counted(column int, cell table.Cell, unit string) (quantity.Number, bool) {
	if r.dialect.Scientific {
		if plain, ok := table.Scientific(cell.Text); ok {
			cell.Text = plain
		}
	}
	figure, code, args := table.ReadFigure(cell.Text)
	line, commas := r.commas[column]
	r.beside = ""
	switch beside := figure.Unit; {
	case code != "":
	case commas && table.EitherMark(cell.Text):
		decimal := strings.Replace(figure.Text, ".", "", 1)
		code, args = "cell.mark", []string{decimal, decimal[:len(decimal)-3] + "." +
			decimal[len(decimal)-3:], strconv.Itoa(line)}
	case beside == "",
		table.Key(beside) == table.Key(unit),
		units.Same(r.dialect.Unit(beside), r.dialect.Unit(unit)):
	case unit == "":
		r.beside = beside
	case beside == "%":
		code, args = "cell.percent", []string{unit}
	default:
		code, args = "cell.unit", []string{beside, unit}
	}
	if code != "" {
		r.faultAt(column, "quantity", code, args...)
		return quantity.Number{}, false
	}
	number, err := quantity.ParseNumber(figure.Text)
	if err != nil {
		r.faultAt(column, "quantity", "cell.number", "write at most 60 digits", "请写至多60位数字")
		return quantity.Number{}, false
	}
	return number, true
}

// commaLines finds the columns of figures in which a cell writes a comma before its decimals, and
// the line of the first such cell: 1,234 and 1.234 have two readings there.
func commaLines(l dialects.Layout, rows []table.Row) map[int]int {
	lines := map[int]int{}
	for _, m := range l.Measures {
		for _, row := range rows {
			for _, column := range append([]int{m.Column, m.LessColumn}, m.MoreColumns...) {
				if _, found := lines[column]; !found && table.CommaDecimal(row.Cell(column).Text) {
					lines[column] = row.Line
				}
			}
		}
	}
	return lines
}

// quietNumber reads a figure and tells nobody where it is none.
func quietNumber(cell table.Cell) (quantity.Number, bool) {
	figure, code, _ := table.ReadFigure(cell.Text)
	if code != "" {
		return quantity.Number{}, false
	}
	number, err := quantity.ParseNumber(figure.Text)
	return number, err == nil
}

// absenceZH are the words of the column 缺失说明.
var absenceZH = map[ledger.Absence]string{ledger.Missing: "缺失", ledger.NotOccurring: "未发生",
	ledger.Confidential: "保密"}

// noFigure settles what a cell without a figure means: what the row says, what the cell says, and
// then what the column says. It returns true where the row must say why and does not.
func (r *reading) noFigure(m *dialects.Placed, cell table.Cell, flow *ledger.Flow) (unsaid bool) {
	if cell.Spread {
		cell.Text = ""
	}
	says := r.dialect.Absence(cell.Text)
	switch {
	case flow.Absence == ledger.Estimated, flow.Absence == ledger.Present && m.Blank == "fault":
		if r.isZero() {
			return true
		}
		if cell.Text == "" {
			r.faultAt(m.Column, "quantity", "quantity.blank")
			return true
		}
		says = cmp.Or(says, ledger.Missing)
		r.faultAt(m.Column, "quantity", "quantity.token", string(says), absenceZH[says])
		return true
	case flow.Absence == ledger.Present && says == ledger.NotOccurring && m.Blank == "none":
		// The column leaves out what does not occur, said or unsaid.
	case flow.Absence == ledger.Present && says != ledger.Present:
		flow.Absence = says
	case flow.Absence == ledger.Present && m.Blank != "none":
		flow.Absence = ledger.Missing
	}
	return false
}

// isZero says whether the row names its empty figure a zero.
func (r *reading) isZero() bool {
	text := strings.ToLower(r.text("absence"))
	return text == "zero" || text == "零"
}

// yes are the words that flag a figure as an estimate.
var yes = []string{"yes", "y", "true", "1", "是", "估计", "估算", "估", "estimated", "e"}

// estimate marks a figure whose flag says that somebody put it in.
func (r *reading) estimate(m *dialects.Placed, flow *ledger.Flow) {
	if m.Estimated == "" || flow.Absence != ledger.Present {
		return
	}
	flag := r.current.Cell(r.column(m.Estimated)).Text
	if slices.Contains(yes, strings.ToLower(flag)) {
		flow.Absence = ledger.Estimated
	}
}
