package bulk

import (
	"slices"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// plan is where the rows of a table have what decides how they are read.
type plan struct {
	lanes []*lane
	// document is the column of the document, or -1.
	document int
	// width is how many columns the header has, least how many fields a row needs to be read here.
	width, least int
	// others are columns that no lane looks into and that may say that a row is a note or a total:
	// the first column, where it is one of them.
	others []int
	// strange are the columns that are not read, of which figures are told; unread are all columns
	// that no lane looks into.
	strange, unread []int
	// times are the columns of dates, vintage that of the day of publication or -1; dated says that
	// the dialect knows the order of dates such as 3/4/2024.
	times   []int
	vintage int
	dated   bool
	// below is the line of the last row that is no data.
	below int
}

// lane is one column of figures with what tells whose, when and of what they are.
type lane struct {
	measure         dialects.Placed
	who, when, what *group
	// gap are the columns of what and that of the figure, where a word stands in its place.
	gap *group
}

// The groups of fields. The fields of a group are read together: what they say follows from their
// cells and nothing else of the row.
var (
	whoFields = []string{"entity", "name", "industry", "area", "valid_from", "site",
		"counterparty"}
	whenFields = []string{"period", "first", "last", "year", "month", "bill_month", "year_ending"}
)

// isPlain says whether the figures of a dialect follow from their own rows alone, so that rows can
// be read in any order: what compares or adds up cells of several rows or columns, fills down or
// spreads a figure over months is read row by row.
func isPlain(d dialects.Dialect, l dialects.Layout) bool {
	_, named := l.Fields["commodity"]
	if named && len(l.Measures) > 1 && slices.ContainsFunc(l.Measures, hasOwnUnit) {
		return false // the unit beside a name is held against that of the last such column
	}
	return !d.Cumulative && !d.Registers && !d.Hierarchy && d.Interval == nil &&
		d.Split != "month" && len(d.Alerts)+len(d.Weighed)+len(d.Template.Rows) == 0 &&
		!d.Scientific && d.Unknown == "" && len(l.Checks) == 0 && l.Total < 0 &&
		len(l.Measures) > 0 && !slices.ContainsFunc(l.Measures, isEntangled) &&
		!slices.ContainsFunc(d.Columns, func(c dialects.Column) bool {
			return c.Fill != "" || c.Field == "until"
		})
}

// isEntangled says whether the figure of a measure depends on other columns of its row, or is none.
func isEntangled(m dialects.Placed) bool {
	return m.State != "" || m.Count != "" || m.Estimated != "" || m.Metered ||
		m.LessColumn >= 0 || m.UnlessColumn >= 0 || len(m.MoreColumns) > 0 ||
		m.Less != "" || m.Near != ""
}

func hasOwnUnit(m dialects.Placed) bool { return m.OwnUnit }

// newPlan settles the columns of a table, or returns false where its rows have to be read one by
// one.
func newPlan(d dialects.Dialect, l dialects.Layout, below int) (*plan, bool) {
	if !isPlain(d, l) {
		return nil, false
	}
	p := &plan{document: -1, vintage: -1, width: len(l.Header.Cells), below: below,
		dated: d.Dates != ""}
	var who, when, what []int
	for field, column := range l.Fields {
		switch {
		case field == dialects.Ignored:
		case field == "document":
			p.document = column
		case field == "vintage":
			p.vintage = column
			what = append(what, column)
		case slices.Contains(whoFields, field):
			who = append(who, column)
		case slices.Contains(whenFields, field):
			when = append(when, column)
		default:
			what = append(what, column)
		}
	}
	wholes := map[string]*group{}
	shared := func(kind, own string, columns []int) *group {
		g, known := wholes[kind+own]
		if !known {
			g = newGroup(columns)
			wholes[kind+own] = g
		}
		return g
	}
	for i, m := range l.Measures {
		p.lanes = append(p.lanes, &lane{m, shared("who", m.Site, who),
			shared("when", m.Covers, when), shared("what", string(rune(i)), what),
			newGroup(append(slices.Clone(what), m.Column))})
	}
	p.times = when
	p.settle(d, l, slices.Concat(who, when, what))
	return p, true
}

// settle finds the columns that are read over and how many a row must have.
func (p *plan) settle(d dialects.Dialect, l dialects.Layout, keys []int) {
	read := append(slices.Clone(keys), p.document)
	for _, lane := range p.lanes {
		read = append(read, lane.measure.Column)
	}
	p.least = slices.Max(read) + 1
	if !slices.Contains(read, 0) {
		p.others = append(p.others, 0)
	}
	for i, cell := range l.Header.Cells {
		if !slices.Contains(read, i) {
			p.unread = append(p.unread, i)
		}
		if d.ReadsHeaders() && !l.Reads(i) && cell.Text != "" {
			p.strange = append(p.strange, i)
		}
	}
}

// isOrdinary says whether a cell that no lane looks into says nothing of its row: it has ASCII
// letters and digits only, begins with a digit or is empty. Notes and totals are words.
func isOrdinary(cell []byte) bool {
	for _, c := range cell {
		if c >= 0x80 {
			return false
		}
	}
	return len(cell) == 0 || cell[0]-'0' <= 9
}

// rowOf makes the row that package table makes of the fields: unquoted, decoded and folded.
func rowOf(line int, fields []string) table.Row {
	row := table.Row{Line: line, Cells: make([]table.Cell, len(fields))}
	for i, field := range fields {
		row.Cells[i] = table.Cell{Raw: field, Text: table.Fold(field)}
	}
	return row
}
