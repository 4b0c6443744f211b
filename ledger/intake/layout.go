package intake

import (
	"slices"
	"strings"

	"carbonledger/table"
)

// headerDepth is how many rows at the top of a file are searched for the header; the preambles of
// government forms have fewer than ten.
const headerDepth = 20

// layout is where a sheet has what the dialect names.
type layout struct {
	header   int
	fields   map[string]int
	measures []placed
	// given are the fields that hold for every row: constants, then what the preamble says.
	given map[string]string
	score int
}

// placed is a measure at a column of the sheet.
type placed struct {
	Measure
	column int
	less   int
	header string
	period string
}

// place finds the header row that has most of the dialect's columns, or the columns that are
// missing in the best one.
func (d Dialect) place(sheet table.Sheet) (layout, []string) {
	var best layout
	var lacking []string
	for i, row := range sheet.Rows[:min(len(sheet.Rows), headerDepth)] {
		candidate, missing := d.match(row)
		candidate.header = i
		if len(missing) == 0 && (best.fields == nil || candidate.score > best.score) {
			best = candidate
		}
		if best.fields == nil && (lacking == nil || len(missing) < len(lacking)) {
			lacking = missing
		}
	}
	if best.fields == nil {
		return layout{}, lacking
	}
	best.given = d.preambleFields(sheet.Rows[:best.header])
	return best, nil
}

// match tries a row as the header and lists the required columns it does not have.
func (d Dialect) match(row table.Row) (layout, []string) {
	l := layout{fields: map[string]int{}}
	var missing []string
	keys := make([]string, len(row.Cells))
	for i, cell := range row.Cells {
		keys[i] = table.Key(cell.Text)
	}
	for _, column := range d.Columns {
		at := find(keys, column.Names)
		if at >= 0 {
			l.fields[column.Field] = at
			l.score++
		} else if column.Required {
			missing = append(missing, column.Names[0])
		}
	}
	for _, m := range d.Measures {
		found := m.place(row, keys)
		l.measures = append(l.measures, found...)
		l.score += len(found)
		if len(found) == 0 && !m.Optional {
			missing = append(missing, strings.Join(append(slices.Clone(m.Names), m.Pattern), ""))
		}
	}
	return l, missing
}

// headerFaults finds columns that stand twice, under one name or two, and, where the dialect is
// closed, columns it does not know: a misspelt one would be read over.
func (d Dialect) headerFaults(sheet table.Sheet, l layout) (faults []table.Fault) {
	header := sheet.Rows[l.header]
	known := map[string]int{}
	var names []string
	for i, column := range d.Columns {
		names = append(names, column.Names[0])
		for _, name := range column.Names {
			known[table.Key(name)] = i + 1
		}
	}
	for i, m := range d.Measures {
		names = append(names, m.Names...)
		for _, name := range m.Names {
			known[table.Key(name)] = -i - 1
		}
	}
	seen := map[int]bool{}
	for i, cell := range header.Cells {
		fault := table.Fault{File: sheet.File, Line: header.Line, Column: i + 1, Cell: cell.Raw}
		which := known[table.Key(cell.Text)]
		switch {
		case which != 0 && seen[which]:
			fault.Code = "header.twice"
		case which == 0 && d.Closed && cell.Text != "":
			fault.Code, fault.Args = "header.unknown", []string{strings.Join(names, ", ")}
		default:
			seen[which] = true
			continue
		}
		faults = append(faults, fault)
	}
	return faults
}

// place returns the columns of a measure: one by name, any number by pattern.
func (m Measure) place(row table.Row, keys []string) []placed {
	less := -1
	if m.Less != "" {
		less = find(keys, []string{m.Less})
	}
	if m.pattern == nil {
		at := find(keys, m.Names)
		if at < 0 {
			return nil
		}
		return []placed{{Measure: m, column: at, less: less, header: row.Cells[at].Text}}
	}
	var all []placed
	for i, cell := range row.Cells {
		captures := m.pattern.FindStringSubmatchIndex(cell.Text)
		if captures == nil {
			continue
		}
		period := string(m.pattern.ExpandString(nil, m.Period, cell.Text, captures))
		all = append(all, placed{m, i, less, cell.Text, period})
	}
	return all
}

func find(keys []string, names []string) int {
	for _, name := range names {
		if at := slices.Index(keys, table.Key(name)); at >= 0 {
			return at
		}
	}
	return -1
}

func (d Dialect) preambleFields(rows []table.Row) map[string]string {
	given := map[string]string{}
	for field, value := range d.Constant {
		given[field] = value
	}
	for _, row := range rows {
		for _, cell := range row.Cells {
			for _, p := range d.Preamble {
				captures := p.pattern.FindStringSubmatchIndex(cell.Text)
				if captures == nil {
					continue
				}
				for field, template := range p.Fields {
					given[field] = string(
						p.pattern.ExpandString(nil, template, cell.Text, captures),
					)
				}
			}
		}
	}
	return given
}

// Recognise returns the dialect whose columns the sheet has, or a fault that names the candidates:
// none matches, or two match equally well.
func Recognise(sheet table.Sheet, dialects []Dialect) (Dialect, []table.Fault) {
	best, twin, most := -1, -1, 0
	nearest, fewest := "", []string(nil)
	for i, d := range dialects {
		l, lacking := d.place(sheet)
		switch {
		case l.fields == nil:
			if fewest == nil || len(lacking) < len(fewest) {
				nearest, fewest = d.ID, lacking
			}
		case l.score > most:
			best, twin, most = i, -1, l.score
		case l.score == most:
			twin = i
		}
	}
	switch {
	case best < 0:
		return Dialect{}, []table.Fault{{File: sheet.File, Code: "dialect.none",
			Args: []string{nearest, strings.Join(fewest, ", ")}}}
	case twin >= 0:
		return Dialect{}, []table.Fault{{File: sheet.File, Code: "dialect.several",
			Args: []string{dialects[best].ID + ", " + dialects[twin].ID}}}
	}
	return dialects[best], nil
}

// HeaderLine returns the line of the header row, or 0 where the sheet has none.
func (d Dialect) HeaderLine(sheet table.Sheet) int {
	if l, _ := d.place(sheet); l.fields != nil {
		return sheet.Rows[l.header].Line
	}
	return 0
}
