package published

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"carbonledger/pattern"
	"carbonledger/quantity"
	"carbonledger/table"
)

//go:embed columns.csv
var columnsFile []byte

// columnRow gives the headers a field of a plain table is found by.
type columnRow struct {
	Field string `csv:"field"`
	Names string `csv:"names"`
}

// fields finds the field of a header by its key.
var fields = sync.OnceValue(func() map[string]string {
	records, faults := table.Decode[columnRow]("columns.csv", columnsFile)
	if len(faults) > 0 {
		panic("published: " + faults[0].Error())
	}
	byKey := map[string]string{}
	for _, record := range records {
		for _, name := range strings.Split(record.Value.Names+"|"+record.Value.Field, "|") {
			byKey[table.Key(name)] = record.Value.Field
		}
	}
	return byKey
})

// fieldOf returns the field a header names.
func fieldOf(header string) string { return fields()[table.Key(header)] }

func fitsPlain(sheet table.Sheet) bool { return len(sheet.Rows) > 1 }

// plainTable is where the fields of a plain table stand: in a long one a column has the value and
// another its unit; in a wide one every column of numbers says gas and unit in its header.
type plainTable struct {
	header table.Row
	fields map[string]int
	wide   map[int]heading
}

// plain reads a table whose first row is the header.
func (r *reader) plain() {
	p := plainTable{header: r.sheet.Rows[0], fields: map[string]int{}, wide: map[int]heading{}}
	for i, cell := range p.header.Cells {
		said, given := r.options.Columns[cell.Text]
		if !given {
			said = cell.Text
		}
		if field := fieldOf(said); field != "" {
			if _, twice := p.fields[field]; !twice {
				p.fields[field] = i
			}
		} else if h, ok := parseHeading(said); ok && h.gas != "" {
			p.wide[i] = h
		} else if given {
			r.faults = append(r.faults, table.Fault{File: r.sheet.File, Sheet: r.sheet.Name,
				Line: p.header.Line, Column: i + 1, Code: "published.map", Cell: cell.Raw,
				Args: []string{said}})
		}
	}
	r.settle(&p)
	if len(r.faults) > 0 {
		return
	}
	for _, row := range r.sheet.Rows[1:] {
		r.plainRow(p, row)
	}
}

// settle asks for the columns that no header names.
func (r *reader) settle(p *plainTable) {
	if len(p.wide) == 0 {
		r.need(p, "value")
		if _, long := p.fields["per_unit"]; !long {
			r.need(p, "unit")
		}
	}
	r.need(p, "name")
}

// need asks which of the columns without a field is meant, and makes it a fault with the candidates
// where nobody answers.
func (r *reader) need(p *plainTable, field string) {
	if _, there := p.fields[field]; there {
		return
	}
	taken := map[int]bool{}
	for _, column := range p.fields {
		taken[column] = true
	}
	var candidates []string
	var columns []int
	for i, cell := range p.header.Cells {
		_, isWide := p.wide[i]
		if cell.Text != "" && !taken[i] && !isWide && (field == "value") == r.isNumbers(i) {
			candidates, columns = append(candidates, cell.Raw), append(columns, i)
		}
	}
	fault := table.Fault{File: r.sheet.File, Sheet: r.sheet.Name, Line: p.header.Line,
		Code: "published.column",
		Args: []string{field, orElse(strings.Join(candidates, ", "), "-")}}
	if r.options.Ask != nil && len(candidates) > 0 {
		if choice, ok := r.options.Ask(fault, candidates); ok {
			p.fields[field] = columns[choice]
			return
		}
	}
	r.faults = append(r.faults, fault)
}

// isNumbers says whether the first cells of a column are numbers.
func (r *reader) isNumbers(column int) bool {
	numbers := 0
	rows := r.sheet.Rows[1:min(len(r.sheet.Rows), headerDepth)]
	for _, row := range rows {
		if _, code, _ := table.Decimal(scientific(row.Cell(column).Text)); code == "" {
			numbers++
		}
	}
	return numbers*2 > len(rows)
}

func (r *reader) plainRow(p plainTable, row table.Row) {
	cell := func(field string) string {
		if column, ok := p.fields[field]; ok {
			return row.Cell(column).Text
		}
		return ""
	}
	t := item{line: row.Line, group: cell("group"), name: cell("name"), basis: cell("basis"),
		source: cell("source"), page: orElse(cell("page"), r.where(row.Line))}
	if fault := r.plainPlace(&t, cell); fault != nil {
		t.sheet = r.sheet.Name
		r.read += max(len(p.wide), 1)
		for range max(len(p.wide), 1) {
			t.left(r, *fault)
		}
		return
	}
	if len(p.wide) == 0 {
		t.column = p.fields["value"] + 1
		t.gas, t.mass, t.unit = plainUnit(cell("unit"), cell("per_unit"), cell("gas"))
		r.take(t, row.Cell(p.fields["value"]))
		return
	}
	columns := make([]int, 0, len(p.wide))
	for column := range p.wide {
		columns = append(columns, column)
	}
	slices.Sort(columns)
	for _, column := range columns {
		h := p.wide[column]
		t.column, t.gas, t.mass, t.unit = column+1, h.gas, h.mass, h.per
		if row.Cell(column).Text != "" {
			r.take(t, row.Cell(column))
		}
	}
}

// plainPlace reads area and validity of a row.
func (r *reader) plainPlace(t *item, cell func(string) string) *table.Fault {
	if area := cell("area"); area != "" {
		code, ok := r.options.Areas.Find(area)
		if !ok {
			return &table.Fault{Code: "area.unknown", Field: "area", Cell: area}
		}
		t.area = code
	}
	t.area = orElse(t.area, orElse(r.area, "WORLD"))
	t.first, t.end = cell("valid_from"), cell("valid_to")
	if year := cell("year"); year != "" && t.first+t.end == "" {
		period, err := quantity.ParsePeriod(year)
		if err != nil {
			return &table.Fault{Code: "period.unknown", Field: "year", Cell: year}
		}
		t.first, t.end = period.First.String(), period.End.String()
	}
	return nil
}

var (
	counted = pattern.Of(`(?i)^(kg|g|lbs?|t|tonnes?) ?(CO2e|CO2-?eq|CO2|CH4|N2O)?$`)
	slashed = pattern.Of(`(?i)^(.+?)\s*(?:/|\bper\b)\s*(.+)$`)
)

// plainUnit takes kgCO2/kWh apart, or kgCO2 where the unit below it has a column of its own.
func plainUnit(unit, per, gas string) (to, mass, below string) {
	above := unit
	if m := slashed().FindStringSubmatch(unit); m != nil && per == "" {
		above, per = m[1], m[2]
	}
	m := counted().FindStringSubmatch(above)
	if m == nil {
		return "", "", orElse(unit, per)
	}
	to = gasOf(gas)
	if m[2] != "" {
		to = gasOf(m[2])
	}
	return to, massOf(m[1]), per
}

// ParseColumn reads HEADER=FIELD as --map gives it.
func ParseColumn(text string) (header, field string, err error) {
	header, field, ok := strings.Cut(text, "=")
	header, field = table.Fold(header), table.Fold(field)
	if !ok || header == "" || field == "" {
		return "", "", fmt.Errorf("%q is not HEADER=FIELD", text)
	}
	return header, field, nil
}
