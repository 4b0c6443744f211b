package form

import (
	"cmp"
	"maps"
	"slices"

	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// column is a column of a sheet: of a field, of a measure by the header its figures are kept under,
// of the flags of estimates, or of none of them.
type column struct {
	header, field, measure, flag string
}

// columns lists what a page has: the columns of the form, or those of the dialect that a row needs.
func (w *writer) columns(p *page) []column {
	var columns []column
	for _, header := range w.dialect.Template.Header {
		if c := w.columnOf(header); c.measure == "" || !w.mayBeLeftOut(c) || p.has(c.measure) {
			columns = append(columns, c)
		}
	}
	has := func(c column) bool {
		return slices.ContainsFunc(columns, func(d column) bool {
			d.header = c.header
			return c == d
		})
	}
	add := func(c column) {
		if !has(c) {
			columns = append(columns, c)
		}
	}
	for _, c := range w.dialect.Columns {
		if c.Required || p.says(c.Field) {
			add(column{header: w.name(c.Names), field: c.Field})
		}
	}
	for _, m := range w.dialect.Measures {
		if len(m.Names) > 0 && !m.Optional {
			add(column{header: w.name(m.Names), measure: w.name(m.Names)})
		}
	}
	for _, m := range w.dialect.Measures {
		for _, header := range p.headers(m) {
			add(column{header: header, measure: header})
		}
		if m.Estimated != "" && p.flags(m.Estimated) {
			add(column{header: m.Estimated, flag: m.Estimated})
		}
	}
	return columns
}

// mayBeLeftOut says whether a column that is there and empty would say that figures are missing,
// and one that is not there would not.
func (w *writer) mayBeLeftOut(c column) bool {
	return slices.ContainsFunc(w.dialect.Measures, func(m dialects.Measure) bool {
		return hasName(m.Names, c.measure) && m.Optional && countsGaps(m)
	})
}

// countsGaps says whether an empty cell of a measure is a gap.
func countsGaps(m dialects.Measure) bool {
	return cmp.Or(m.Blank, gap) == gap && m.State == "" && m.Count == ""
}

// gap is what an empty cell is where a measure does not say otherwise.
const gap = "missing"

// has says whether a row has a figure under a header.
func (p *page) has(header string) bool {
	return slices.ContainsFunc(p.rows, func(r *row) bool {
		_, ok := r.figures[header]
		return ok
	})
}

// says says whether a row has something in a field.
func (p *page) says(field string) bool {
	return slices.ContainsFunc(p.rows, func(r *row) bool { return r.cells[field] != "" })
}

// flags says whether a row flags an estimate under a header.
func (p *page) flags(header string) bool {
	return slices.ContainsFunc(p.rows, func(r *row) bool { return r.flag(header) == "Yes" })
}

// headers lists the headers under which a measure has figures on the page.
func (p *page) headers(m dialects.Measure) []string {
	found := map[string]bool{}
	for _, r := range p.rows {
		for header, f := range r.figures {
			if slices.Equal(f.measure.Names, m.Names) && f.measure.Pattern == m.Pattern &&
				f.measure.Header == m.Header {
				found[header] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(found))
}

// columnOf finds what a header of the form is to the dialect.
func (w *writer) columnOf(header string) column {
	for _, c := range w.dialect.Columns {
		if hasName(c.Names, header) {
			return column{header: header, field: c.Field}
		}
	}
	for _, m := range w.dialect.Measures {
		if hasName(m.Names, header) {
			return column{header: header, measure: w.name(m.Names)}
		}
	}
	for _, m := range w.dialect.Measures {
		if m.Estimated != "" && same(m.Estimated, header) {
			return column{header: header, flag: m.Estimated}
		}
	}
	return column{header: header}
}

// name is the first name of a column that no other column or measure has, or the first of all.
func (w *writer) name(names []string) string {
	for _, name := range names {
		if w.isOwn(name) {
			return name
		}
	}
	return names[0]
}

// isOwn says whether one column or measure alone has a name.
func (w *writer) isOwn(name string) bool {
	if own, known := w.own[name]; known {
		return own
	}
	times := 0
	for _, c := range w.dialect.Columns {
		if hasName(c.Names, name) {
			times++
		}
	}
	for _, m := range w.dialect.Measures {
		if hasName(m.Names, name) {
			times++
		}
	}
	w.own[name] = times == 1
	return times == 1
}

func hasName(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return same(n, name) })
}

func same(a, b string) bool { return a == b || table.Key(a) == table.Key(b) }
