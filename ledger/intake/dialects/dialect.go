// Package dialects knows how tables are written: which column means what, in which unit and for
// which time, and which words stand for a role, a gap or a total. It finds the dialect of a sheet,
// and in the sheet the place of everything the dialect names; whatever stays in doubt is a question
// or a fault. Rows of figures are read by package intake.
//
// A dialect is data. The ones that come with the program lie beside this file, a folder each; a
// user's own is a file of the same form.
package dialects

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/units"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Dialect says how to read a table.
type Dialect struct {
	ID      string `toml:"id"`
	TitleZH string `toml:"title_zh"`
	TitleEN string `toml:"title_en"`
	// Source names the form or program the table comes from.
	Source string `toml:"source"`
	// Cumulative: figures run from 1 January. Registers: the file is a register of entities.
	Cumulative bool `toml:"cumulative"`
	Registers  bool `toml:"registers"`
	// Closed: a column the dialect does not know is a fault.
	Closed bool `toml:"closed"`
	// Constant holds fields that are the same for every row.
	Constant map[string]string `toml:"constant"`
	Preamble []Preamble        `toml:"preamble"`
	Columns  []Column          `toml:"column"`
	Measures []Measure         `toml:"measure"`
	// Missing lists the cells that stand for a figure nobody has, Totals the names of rows that
	// repeat what other rows say, Notes how rows begin that say nothing countable.
	Missing []string `toml:"missing"`
	Totals  []string `toml:"totals"`
	Notes   []string `toml:"notes"`
	// Rename maps names of this file to names the catalogue knows.
	Rename map[string]string `toml:"rename"`
	// HeaderRows is how many rows a header has at most. Numbered: a row under the header that
	// numbers the columns begins with 1; one that begins with 甲 is known everywhere.
	HeaderRows int  `toml:"header_rows"`
	Numbered   bool `toml:"numbered"`
	// TotalColumns name a column that repeats the others of its row, such as 全年合计.
	TotalColumns []string `toml:"total_column"`
	// Hierarchy: of a commodity and its kinds only the kinds are posted.
	Hierarchy bool    `toml:"hierarchy"`
	Checks    []Check `toml:"check"`
	// Codes maps codes of the form to ids of the catalogue.
	Codes map[string]string `toml:"codes"`
	// Template is the empty form that people fill in.
	Template Template `toml:"template"`
	// Sheets is a regular expression that the names of worksheets match; empty takes every sheet.
	Sheets string `toml:"sheets"`
	Spans
	Wide
	// Digest fixes the text of the dialect, and the answers it was given.
	Digest seal.Digest `toml:"-"`

	// words and known index the names of the dialect.
	words vocabulary
	known map[string]bool
	// missing, totals and notes are the lists of the dialect in the form cells are compared in.
	missing, totals map[string]bool
	notes           []string

	sheets  *regexp.Regexp
	answers []Answer
}

// Preamble finds fields in the lines above the header.
type Preamble struct {
	Pattern string `toml:"pattern"`
	// Fields maps a field to what it is made of: $1 is the first capture of the pattern.
	Fields map[string]string `toml:"fields"`
	// Write is how the line is written: 统一社会信用代码：{entity}. Without it the line is read only.
	Write string `toml:"write"`

	pattern *regexp.Regexp
}

// Column says which field of the row a column holds.
type Column struct {
	Names    []string `toml:"names"`
	Field    string   `toml:"field"`
	Required bool     `toml:"required"`
	// Fill is down where a blank cell repeats the one above.
	Fill string `toml:"fill"`
}

// Measure says what the figures of a column are. What it leaves out comes from the row.
type Measure struct {
	Names []string `toml:"names"`
	// Pattern matches headers instead of names; Period is then made of its captures.
	Pattern string `toml:"pattern"`
	Period  string `toml:"period"`
	// Write is how a header of the pattern is written: {year}年.
	Write     string `toml:"write"`
	Commodity string `toml:"commodity"`
	Unit      string `toml:"unit"`
	Role      string `toml:"role"`
	From      string `toml:"from"`
	// Less names a column that holds a part of this figure with another measure of its own.
	Less string `toml:"less"`
	// Count is opening or closing where the figure is a stock and not a movement.
	Count string `toml:"count"`
	// Blank says what an empty cell is: `missing` (the default, a gap), `none` (the form leaves out
	// what does not occur) or `fault`.
	Blank string `toml:"blank"`
	// Site is where the figures of this column belong, where the column decides it.
	Site string `toml:"site"`
	// State is the property a figure states, such as coal-equivalent; it is kept and never posted.
	// Near names a column with the reference value, Min and Max bound what is plausible.
	State    string `toml:"state"`
	Near     string `toml:"near"`
	Min      string `toml:"min"`
	Max      string `toml:"max"`
	Optional bool   `toml:"optional"`
	// Header is commodity(unit) where every column whose header says both is such a measure.
	Header string `toml:"header"`
	// Unless names a column that is read in place of this one in every row where it has a figure.
	Unless string `toml:"unless"`
	// Estimated names a column that flags the figure as an estimate.
	Estimated string `toml:"estimated"`
	// Metered: the figure is what the readings `before` and `now` of the row come to.
	Metered bool `toml:"metered"`

	pattern *regexp.Regexp
}

// fields are the names a column, constant or preamble may give.
var fields = []string{"entity", "name", "industry", "area", "valid_from", "site", "period", "first",
	"last", "year", "month", "role", "from", "commodity", "code", "unit", "counterparty", "absence",
	"document", "vintage", "ignore", "until", "year_ending", "before",
	"now", "multiplier", "adjust", "bill_month", "stamp", "clock"}

// Fields returns what a column may be, beside figures.
func Fields() []string { return slices.Clone(fields) }

// Parse reads a dialect file, or returns every fault in it.
func Parse(file string, data []byte) (Dialect, []table.Fault) {
	var d Dialect
	if faults := table.Document(file, data, &d); len(faults) > 0 {
		return Dialect{}, faults
	}
	d.Digest = seal.Bytes(data)
	var faults []table.Fault
	complain := func(format string, args ...any) {
		faults = append(faults, table.Fault{File: file, Code: "dialect.rule",
			Args: []string{fmt.Sprintf(format, args...)}})
	}
	if d.ID == "" || d.TitleZH == "" || d.TitleEN == "" {
		complain("id, title_zh and title_en are needed")
	}
	if len(d.Measures) == 0 && !d.Registers {
		complain("a dialect needs a [[measure]]")
	}
	if d.HeaderRows < 0 || d.HeaderRows > headerRowsMax {
		complain("header_rows is 1 to %d", headerRowsMax)
	}
	if d.Sheets != "" {
		pattern, err := regexp.Compile(d.Sheets)
		if err != nil {
			complain("sheets %q: %v", d.Sheets, err)
		}
		d.sheets = pattern
	}
	d.checkFields(complain)
	d.checkMeasures(complain)
	d.checkSpans(complain)
	d.checkWide(complain)
	d.checkChecks(complain)
	if len(faults) > 0 {
		return Dialect{}, faults
	}
	d.Rename = keyed(d.Rename)
	d.words, d.known = d.vocabulary(), d.knownNames()
	d.missing, d.totals, d.notes = map[string]bool{}, map[string]bool{}, nil
	for _, token := range d.Missing {
		d.missing[table.Fold(token)] = true
	}
	for _, name := range d.Totals {
		d.totals[table.Key(name)] = true
	}
	for _, begin := range d.Notes {
		d.notes = append(d.notes, table.Fold(begin))
	}
	return d, nil
}

// keyed brings the names on the left into the form names are compared in.
func keyed(rename map[string]string) map[string]string {
	names := map[string]string{}
	for name, known := range rename {
		names[table.Key(name)] = known
	}
	return names
}

func (d *Dialect) checkFields(complain func(string, ...any)) {
	for field := range d.Constant {
		if !slices.Contains(fields, field) {
			complain("constant %q is none of %v", field, fields)
		}
	}
	for _, column := range d.Columns {
		if !slices.Contains(fields, column.Field) || len(column.Names) == 0 {
			complain("column %v: names are needed and field is one of %v", column.Names, fields)
		}
		if column.Fill != "" && column.Fill != "down" {
			complain("column %v: fill is down", column.Names)
		}
	}
	for i := range d.Preamble {
		pattern, err := regexp.Compile(d.Preamble[i].Pattern)
		if err != nil {
			complain("preamble pattern %q: %v", d.Preamble[i].Pattern, err)
			continue
		}
		d.Preamble[i].pattern = pattern
		for field := range d.Preamble[i].Fields {
			if !slices.Contains(fields, field) {
				complain("preamble field %q is none of %v", field, fields)
			}
		}
	}
}

func (d *Dialect) checkMeasures(complain func(string, ...any)) {
	for i := range d.Measures {
		m := &d.Measures[i]
		if m.Header == "" && (len(m.Names) == 0) == (m.Pattern == "") ||
			m.Header != "" && (len(m.Names) > 0 || m.Pattern != "" || m.Header != headerForm) {
			complain("measure %d: give names, pattern or header = %q", i+1, headerForm)
		}
		if m.Pattern != "" {
			pattern, err := regexp.Compile(m.Pattern)
			if err != nil {
				complain("measure %d: %v", i+1, err)
				continue
			}
			m.pattern = pattern
		}
		for _, bound := range []string{m.Min, m.Max} {
			if _, err := quantity.ParseNumber(cmp.Or(bound, "0")); err != nil {
				complain("measure %d: min and max are numbers", i+1)
			}
		}
		for _, role := range []string{m.Role, m.From} {
			if _, ok := ReadRole(role); !ok && role != "" {
				complain("measure %d: %q is not a role", i+1, role)
			}
		}
		if m.Unit != "" && m.State == "" {
			if _, err := quantity.ParseUnit(table.Fold(m.Unit)); err != nil {
				complain("measure %d: %v", i+1, err)
			}
			for _, name := range m.Names {
				if _, unit := units.Split(name); unit != "" && !units.Same(unit, m.Unit) {
					complain("measure %d: the name %s says %s and unit says %s", i+1, name, unit,
						m.Unit)
				}
			}
		}
		if !slices.Contains([]string{"", string(ledger.Opening), string(ledger.Closing)}, m.Count) {
			complain("measure %d: count is opening or closing", i+1)
		}
		if !slices.Contains([]string{"", "missing", "none", "fault"}, m.Blank) {
			complain("measure %d: blank is missing, none or fault", i+1)
		}
	}
}
