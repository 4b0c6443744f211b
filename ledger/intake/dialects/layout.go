package dialects

import (
	"cmp"
	"slices"
	"strings"

	"carbonledger/ledger/intake/units"
	"carbonledger/table"
)

// headerDepth is how many rows at the top of a file are searched for the header; the preambles of
// government forms have fewer than ten.
const headerDepth = 20

// Layout is where a sheet has what the dialect names. Columns are counted from 0.
type Layout struct {
	// Header is the header row; where the header has several rows, the one they make together.
	Header table.Row
	// Fields are the columns of the fields, Measures the columns of figures.
	Fields   map[string]int
	Measures []Placed
	// Given are the fields that hold for every row: constants, then what the preamble says.
	Given map[string]string
	// Places are where in the lines above the header they stand.
	Places map[string]Position
	// Checks are the relations whose columns are there, Total a column that repeats others or -1.
	Checks []PlacedCheck
	Total  int

	// top is the first row of the header, last its last.
	top, last int
	// score counts what was found in the header, preambles the lines above it that were.
	score, preambles int
	claims           claims
}

// Position is a cell of the file, line and column counted from 1.
type Position struct{ Line, Column int }

// Placed is a measure at a column of the sheet. Its unit is the one of the header where the header
// states one.
type Placed struct {
	Measure
	Column int
	// LessColumn is the column of the part that is taken off, NearColumn that of the reference
	// value of a stated property; -1 where there is none.
	LessColumn, NearColumn int
	// UnlessColumn is the column in place of which this one is read where that one has no figure,
	// or -1.
	UnlessColumn int
	// MoreColumns hold the rest of the figure, which is their sum: 谷 beside 峰.
	MoreColumns []int
	// Heading is the header of the column, Covers the period it states, empty where the row has it.
	Heading, Covers string
	// OwnUnit: the unit is the header's alone; a unit column may not say otherwise.
	OwnUnit bool
	// Sibling is the header that states the unit, where this one states none.
	Sibling string

	// usual is the unit of the dialect; stated: the header states one.
	usual  string
	stated bool
	// part: the column holds the figures of some hours of the day.
	part bool
}

// find finds the header row that has most of the dialect's columns, or the columns that are
// missing in the best one.
func (d Dialect) find(sheet table.Sheet) (Layout, []string) {
	var best, nearest Layout
	var lacking []string
	for rows := 1; rows <= max(d.HeaderRows, 1); rows++ {
		for i := range min(len(sheet.Rows)-rows+1, headerDepth) {
			row := d.heading(sheet.Rows[i : i+rows])
			candidate, missing := d.match(row)
			candidate.top, candidate.last, candidate.Header = i, i+rows-1, row
			if len(missing) == 0 && d.isBetter(candidate, best, sheet) {
				best = candidate
			}
			if !best.Found() && (lacking == nil || candidate.score > nearest.score ||
				candidate.score == nearest.score && len(missing) < len(lacking)) {
				nearest.score, lacking = candidate.score, missing
			}
		}
	}
	if !best.Found() {
		return nearest, lacking
	}
	best.Given, best.Places = d.preambleFields(sheet.Rows[:best.top])
	best.preambles = len(best.Places)
	best.Checks = d.placeChecks(best.Header)
	best.Total = findNames(keysOf(best.Header), d.TotalColumns)
	best.siblings()
	best.addHours()
	for i, m := range best.Measures {
		if m.Near != "" {
			best.Measures[i].NearColumn = d.column(best.Header, m.Near)
		}
		if m.Unless != "" {
			best.Measures[i].UnlessColumn = d.column(best.Header, m.Unless)
		}
		if m.Less != "" && m.LessColumn < 0 {
			best.Measures[i].LessColumn = d.column(best.Header, m.Less)
		}
	}
	return best, nil
}

// isBetter says whether a header is to be taken over another: it has more of the dialect's columns,
// or as many and one row more that cannot be data.
func (d Dialect) isBetter(l, other Layout, sheet table.Sheet) bool {
	if !other.Found() || l.score != other.score {
		return !other.Found() || l.score > other.score
	}
	return l.top == other.top && l.last > other.last && d.isLower(sheet.Rows[l.last], l)
}

// match tries a row as the header and lists the required columns it does not have.
func (d Dialect) match(row table.Row) (Layout, []string) {
	l := Layout{Fields: map[string]int{}, claims: d.claims(row)}
	measures := make([][]int, len(d.Measures))
	for i, may := range l.claims.open {
		for _, m := range may {
			if _, twice := l.Fields[m.field]; m.measure < 0 && !twice {
				l.Fields[m.field] = i
				l.score++
			}
			if m.measure >= 0 && (m.pattern || len(measures[m.measure]) == 0) {
				measures[m.measure] = append(measures[m.measure], i)
				l.score++
			}
		}
	}
	var missing []string
	for _, column := range d.Columns {
		if _, found := l.Fields[column.Field]; column.Required && !found {
			missing = append(missing, column.Names[0])
		}
	}
	for i, m := range d.Measures {
		for _, at := range measures[i] {
			l.Measures = append(l.Measures, l.claims.placed(row, i, at))
		}
		if len(measures[i]) == 0 && !m.Optional {
			missing = append(missing, m.example())
		}
	}
	if len(l.Measures) == 0 && len(missing) == 0 && !d.Registers {
		missing = append(missing, d.firstMeasure())
	}
	return l, missing
}

// placed puts a measure at a column.
func (c *claims) placed(row table.Row, measure, column int) Placed {
	p := Placed{Measure: c.dialect.Measures[measure], Column: column,
		LessColumn: -1, NearColumn: -1, UnlessColumn: -1, Heading: row.Cells[column].Text}
	if p.Less != "" {
		p.LessColumn = findNames(keysOf(row), []string{p.Less})
	}
	p.usual = p.Unit
	for _, m := range c.open[column] {
		if m.measure != measure {
			continue
		}
		p.stated, p.part = m.unit != "", m.part
		p.Covers, p.OwnUnit = m.period, m.unit != "" && p.Unit == ""
		p.Commodity, p.Site = cmp.Or(m.commodity, p.Commodity), cmp.Or(m.site, p.Site)
		if m.unit != "" && p.State == "" && (p.Unit == "" || !units.Same(m.unit, p.Unit)) {
			p.Unit = m.unit
		}
	}
	return p
}

// Found says whether the sheet has a header of the dialect.
func (l Layout) Found() bool { return l.Fields != nil }

// Below returns the rows under the header.
func (l Layout) Below(sheet table.Sheet) []table.Row { return sheet.Rows[l.last+1:] }

// Reads says whether a column, counted from 0, is read as anything.
func (l Layout) Reads(column int) bool { return len(l.claims.open[column]) > 0 }

// Column finds a column by any name the dialect has for it, or returns -1.
func (l Layout) Column(name string) int {
	return l.claims.dialect.column(l.Header, name)
}

// Place finds the header of a sheet, and every fault in it: columns that are missing, that nobody
// knows or that may be several things, and answers that fit none.
func (d Dialect) Place(sheet table.Sheet) (Layout, []table.Fault) {
	l, lacking := d.find(sheet)
	if !l.Found() {
		return l, unfit(sheet, "header.missing", strings.Join(lacking, ", "))
	}
	return l, append(d.misled(sheet, l), d.headerFaults(sheet, l)...)
}

// headerFaults finds columns that may be read in several ways and, where the dialect is closed,
// columns it does not know: a misspelt one would be read over.
func (d Dialect) headerFaults(sheet table.Sheet, l Layout) (faults []table.Fault) {
	for _, doubt := range d.doubts(sheet, l) {
		faults = append(faults, doubt.Fault)
	}
	header := l.Header
	for i, cell := range header.Cells {
		named := cell.Text == "" || d.known[table.Key(cell.Text)]
		if d.Closed && !named && !l.Reads(i) {
			faults = append(faults, table.Fault{File: sheet.File, Line: header.Line, Column: i + 1,
				Code: "column.extra", Cell: cell.Raw, Args: []string{d.columnNames(), cell.Text}})
		}
	}
	faults = append(faults, d.wideFaults(sheet, l)...)
	slices.SortStableFunc(faults, func(f, g table.Fault) int { return f.Column - g.Column })
	return faults
}

// columnNames lists the columns of the dialect as a way out names them.
func (d Dialect) columnNames() string {
	var names []string
	for _, column := range d.Columns {
		names = append(names, column.Names[0])
	}
	for _, m := range d.Measures {
		names = append(names, m.Names...)
	}
	return strings.Join(names, ", ")
}

// findNames returns the column of the first name that is there, or -1.
func findNames(keys []string, names []string) int {
	for _, name := range names {
		if at := slices.Index(keys, table.Key(name)); at >= 0 {
			return at
		}
	}
	return -1
}

// preambleFields returns the constants and what the lines above the header say, with the places of
// these.
func (d Dialect) preambleFields(rows []table.Row) (given map[string]string,
	places map[string]Position) {
	given, places = map[string]string{}, map[string]Position{}
	for field, value := range d.Constant {
		given[field] = value
	}
	for _, row := range rows {
		for i := range row.Cells {
			if row.Cells[i].Spread {
				continue // the cell it repeats is the one to be mended
			}
			text := labelled(row, i)
			for _, p := range d.Preamble {
				captures := p.pattern.FindStringSubmatchIndex(text)
				if captures == nil {
					continue
				}
				for field, template := range p.Fields {
					given[field] = string(p.pattern.ExpandString(nil, template, text, captures))
					places[field] = Position{row.Line, i + 1}
				}
			}
		}
	}
	return given, places
}
