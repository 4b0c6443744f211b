package dialects

import (
	"reflect"
	"slices"

	"carbonledger/ledger/intake/units"
	"carbonledger/table"
)

// Ignored is the field of columns that are known and not read.
const Ignored = "ignore"

// meaning is one thing a column of a sheet may be: a field of the row, or the figures of a measure.
type meaning struct {
	field string
	// measure is the place of the measure in the dialect, -1 for a field.
	measure int
	// unit is the unit the header itself states; period what the pattern found.
	unit, period string
	// commodity is what the header itself says the figures are of, site where they belong.
	commodity, site string
	// part: the figures are those of some hours of the day, and add up with the others.
	part    bool
	pattern bool
	// answered: somebody said so, and no other column means it.
	answered bool
}

// same says whether two meanings cannot both be read; any number of columns may be ignored or match
// a pattern.
func (m meaning) same(n meaning) bool {
	return m.field == n.field && m.measure == n.measure && m.field != Ignored && !m.pattern
}

// vocabulary finds meanings by the key of a header.
type vocabulary struct {
	names map[string][]meaning
	// stems are names of measures without the unit they state.
	stems map[string][]meaning
}

// vocabulary indexes the names of the dialect, once when it is parsed.
func (d Dialect) vocabulary() vocabulary {
	v := vocabulary{map[string][]meaning{}, map[string][]meaning{}}
	add := func(list map[string][]meaning, name string, m meaning) {
		key := table.Key(name)
		if !slices.ContainsFunc(list[key], m.same) {
			list[key] = append(list[key], m)
		}
	}
	for _, column := range d.Columns {
		for _, name := range column.Names {
			add(v.names, name, meaning{field: column.Field, measure: -1})
		}
	}
	for i, m := range d.Measures {
		for _, name := range m.Names {
			add(v.names, name, meaning{measure: i})
			if stem, unit := units.Split(name); unit != "" {
				add(v.stems, stem, meaning{measure: i})
			}
		}
	}
	return v
}

// claims lists, for every column of a header row, what it may be.
func (d Dialect) claims(row table.Row) claims {
	c := claims{dialect: d, open: make([][]meaning, len(row.Cells))}
	for i, cell := range row.Cells {
		if m, ok := d.answer(i, cell); ok {
			c.open[i] = []meaning{m}
			c.state(i, cell.Text)
			continue
		}
		key := table.Key(cell.Text)
		if key == "" {
			continue
		}
		c.open[i] = slices.Clone(d.words.names[key])
		if len(c.open[i]) == 0 {
			if stem, unit := units.Split(cell.Text); unit != "" {
				c.open[i] = d.words.withoutUnit(table.Key(stem))
			}
		}
		if len(c.open[i]) == 0 {
			c.open[i] = d.patterns(cell.Text)
		}
		if len(c.open[i]) == 0 {
			c.open[i] = d.headed(cell.Text)
		}
		c.state(i, cell.Text)
	}
	c.settle()
	return c
}

// withoutUnit returns the measures a header means apart from its unit, or else that it is not read.
func (v vocabulary) withoutUnit(key string) (found []meaning) {
	for _, m := range slices.Concat(v.names[key], v.stems[key]) {
		if m.measure >= 0 && !slices.ContainsFunc(found, m.same) {
			found = append(found, m)
		}
	}
	if i := slices.IndexFunc(v.names[key], isIgnored); i >= 0 && len(found) == 0 {
		found = v.names[key][i : i+1 : i+1]
	}
	return found
}

func isIgnored(m meaning) bool { return m.field == Ignored }

// patterns returns the measures whose pattern a header matches.
func (d Dialect) patterns(header string) (found []meaning) {
	for i, m := range d.Measures {
		if m.pattern == nil {
			continue
		}
		captures := m.pattern.FindStringSubmatchIndex(header)
		if captures != nil {
			period := string(m.pattern.ExpandString(nil, m.Period, header, captures))
			found = append(found, meaning{measure: i, period: period, pattern: true})
		}
	}
	return found
}

// claims is what the columns of a header row may be, and after settle what they are: a column with
// one meaning is read as that, one with none is not read, one with several is in doubt.
type claims struct {
	dialect Dialect
	open    [][]meaning
}

// state notes the unit a header states on the figures it may hold.
func (c *claims) state(column int, header string) {
	if len(c.open[column]) == 0 {
		return
	}
	_, unit := units.Split(header)
	for i := range c.open[column] {
		if m := &c.open[column][i]; m.measure >= 0 && !m.pattern {
			m.unit = unit
		}
	}
}

// settle leaves out what cannot be, until nothing is in doubt or nothing changes. Every round
// leaves out at least one meaning, so it ends.
func (c *claims) settle() {
	c.answered()
	for slices.ContainsFunc(c.open, isDoubtful) && (c.taken() || c.needed() || c.alike()) {
	}
}

func isDoubtful(may []meaning) bool { return len(may) > 1 }

// answered takes from all columns what somebody said another column is.
func (c *claims) answered() {
	for _, said := range c.open {
		if len(said) != 1 || !said[0].answered {
			continue
		}
		for i, may := range c.open {
			if len(may) == 1 && may[0].answered {
				continue
			}
			c.open[i] = slices.DeleteFunc(may, said[0].same)
		}
	}
}

// kind is a meaning without where it was found: a field, or a measure by its place.
type kind struct {
	field   string
	measure int
}

func (m meaning) kind() kind { return kind{m.field, m.measure} }

// sole counts the columns that can be nothing but one thing, by that thing.
func (c *claims) sole() map[kind]int {
	count := map[kind]int{}
	for _, may := range c.open {
		if len(may) == 1 && may[0].same(may[0]) {
			count[may[0].kind()]++
		}
	}
	return count
}

// taken leaves out of a column in doubt what one other column is for certain.
func (c *claims) taken() (changed bool) {
	sole := c.sole()
	for i, may := range c.open {
		if len(may) < 2 {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(may), func(m meaning) bool {
			return sole[m.kind()] == 1
		})
		if len(rest) > 0 && len(rest) < len(may) {
			c.open[i], changed = rest, true
		}
	}
	return changed
}

// needed settles a column in doubt that alone can be what the dialect cannot do without.
func (c *claims) needed() bool {
	only := map[int][]meaning{}
	for _, m := range c.dialect.needs() {
		var columns []int
		for i, may := range c.open {
			if slices.ContainsFunc(may, m.same) {
				columns = append(columns, i)
			}
		}
		if len(columns) == 1 {
			only[columns[0]] = append(only[columns[0]], m)
		}
	}
	for i, may := range c.open {
		if len(may) > 1 && len(only[i]) == 1 {
			at := slices.IndexFunc(may, only[i][0].same)
			c.open[i] = may[at : at+1]
			return true
		}
	}
	return false
}

// alike settles a column that fits several measures which differ in nothing but their names and
// their unit: the header states its unit itself.
func (c *claims) alike() (changed bool) {
	for i, may := range c.open {
		if len(may) < 2 {
			continue
		}
		first := c.dialect.bare(may[0])
		if !slices.ContainsFunc(may[1:], func(m meaning) bool {
			return m.unit == "" || !reflect.DeepEqual(first, c.dialect.bare(m))
		}) {
			c.open[i], changed = may[:1], true
		}
	}
	return changed
}

// bare is a measure without what its header is found by.
func (d Dialect) bare(m meaning) any {
	if m.measure < 0 {
		return m.field
	}
	bare := d.Measures[m.measure]
	bare.Names, bare.Unit = nil, ""
	return bare
}

// needs lists what no header of the dialect goes without.
func (d Dialect) needs() (list []meaning) {
	for _, column := range d.Columns {
		if column.Required {
			list = append(list, meaning{field: column.Field, measure: -1})
		}
	}
	for i, m := range d.Measures {
		if !m.Optional && m.pattern == nil {
			list = append(list, meaning{measure: i})
		}
	}
	return list
}
