// Package intake reads a table through a dialect: it knows which column means what, in which unit
// and for which time, and turns rows into activities, stock counts and entities.
//
// A dialect is data. The ones that come with the program lie in dialects/, a folder each; a user's
// own is a file of the same form. Every obstacle is a fault with its place and a way out, and a row
// with a fault gives nothing.
package intake

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"

	"carbonledger/ledger"
	"carbonledger/ledger/seal"
	"carbonledger/quantity"
	"carbonledger/table"
)

//go:embed dialects/*/dialect.toml
var dialectsFolder embed.FS

// ErrDialect is returned for a dialect that does not exist.
var ErrDialect = errors.New("no such dialect")

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
	// Digest fixes the text of the dialect.
	Digest seal.Digest `toml:"-"`
}

// Preamble finds fields in the lines above the header.
type Preamble struct {
	Pattern string `toml:"pattern"`
	// Fields maps a field to what it is made of: $1 is the first capture of the pattern.
	Fields map[string]string `toml:"fields"`

	pattern *regexp.Regexp
}

// Column says which field of the row a column holds.
type Column struct {
	Names    []string `toml:"names"`
	Field    string   `toml:"field"`
	Required bool     `toml:"required"`
}

// Measure says what the figures of a column are. What it leaves out comes from the row.
type Measure struct {
	Names []string `toml:"names"`
	// Pattern matches headers instead of names; Period is then made of its captures.
	Pattern   string `toml:"pattern"`
	Period    string `toml:"period"`
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
	Blank    string `toml:"blank"`
	Optional bool   `toml:"optional"`

	pattern *regexp.Regexp
}

// fields are the names a column, constant or preamble may give.
var fields = []string{"entity", "name", "industry", "area", "valid_from", "site", "period", "first",
	"last", "year", "month", "role", "from", "commodity", "unit", "counterparty", "absence",
	"document", "vintage", "ignore"}

// ParseDialect reads a dialect file, or returns every fault in it.
func ParseDialect(file string, data []byte) (Dialect, []table.Fault) {
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
	d.checkFields(complain)
	d.checkMeasures(complain)
	if len(faults) > 0 {
		return Dialect{}, faults
	}
	d.Rename = keyed(d.Rename)
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
		if (len(m.Names) == 0) == (m.Pattern == "") {
			complain("measure %d: give names or pattern", i+1)
		}
		if m.Pattern != "" {
			pattern, err := regexp.Compile(m.Pattern)
			if err != nil {
				complain("measure %d: %v", i+1, err)
				continue
			}
			m.pattern = pattern
		}
		for _, role := range []string{m.Role, m.From} {
			if _, ok := readRole(role); !ok && role != "" {
				complain("measure %d: %q is not a role", i+1, role)
			}
		}
		if m.Unit != "" {
			if _, err := quantity.ParseUnit(table.Fold(m.Unit)); err != nil {
				complain("measure %d: %v", i+1, err)
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

// Dialects returns the dialects that come with the program, in the order of their ids.
func Dialects() ([]Dialect, error) {
	folders, err := fs.ReadDir(dialectsFolder, "dialects")
	if err != nil {
		return nil, err
	}
	var dialects []Dialect
	for _, folder := range folders {
		file := "dialects/" + folder.Name() + "/dialect.toml"
		data, err := dialectsFolder.ReadFile(file)
		if err != nil {
			return nil, err
		}
		dialect, faults := ParseDialect(file, data)
		if len(faults) > 0 {
			return nil, faults[0]
		}
		dialects = append(dialects, dialect)
	}
	return dialects, nil
}

// DialectByID returns a dialect that comes with the program, or ErrDialect.
func DialectByID(id string) (Dialect, error) {
	dialects, err := Dialects()
	if err != nil {
		return Dialect{}, err
	}
	var ids []string
	for _, dialect := range dialects {
		if dialect.ID == id {
			return dialect, nil
		}
		ids = append(ids, dialect.ID)
	}
	return Dialect{}, fmt.Errorf("%w: %q; the dialects are %v", ErrDialect, id, ids)
}
