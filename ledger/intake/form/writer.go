package form

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/quantity"
)

// writer is the state of one Write.
type writer struct {
	dialect  dialects.Dialect
	lexicon  intake.Lexicon
	entities map[string]ledger.Entity
	// numbers are all figures of a commodity: they are written in one unit, so that what belongs to
	// one row stays in it.
	numbers map[string][]item
	// stated are the units of rows in which a property of a commodity is stated.
	stated map[string]string
	pages  []*page
	byText map[string]*page
	// What was found out before: by isOwn, means and allFit.
	own      map[string]bool
	meanings map[string]string
	fitting  map[string]bool
}

// page is one sheet in the making: what stands above the header, and rows in order.
type page struct {
	above fieldsOf
	rows  []*row
	byKey map[string][]*row
}

// row is what its fields say and the figures under the headers of its measures.
type row struct {
	cells   fieldsOf
	figures map[string]figure
}

// figure is a cell of a measure; it is absent where an item without a number stands there.
type figure struct {
	item    item
	measure dialects.Measure
	number  quantity.Number
	absent  bool
	// flagged: the column that flags estimates says so.
	flagged bool
}

// fieldsOf are texts by field.
type fieldsOf map[string]string

func (f fieldsOf) key() string {
	var key strings.Builder
	for _, name := range slices.Sorted(maps.Keys(f)) {
		if f[name] != "" {
			fmt.Fprintf(&key, "%s=%q ", name, f[name])
		}
	}
	return key.String()
}

func newWriter(d dialects.Dialect, u ledger.Upload, lexicon intake.Lexicon) *writer {
	w := &writer{dialect: d, lexicon: lexicon, entities: map[string]ledger.Entity{},
		numbers: map[string][]item{}, stated: map[string]string{}, byText: map[string]*page{},
		own: map[string]bool{}, meanings: map[string]string{}, fitting: map[string]bool{}}
	for _, entity := range u.Entities {
		w.entities[entity.ID] = entity
	}
	for _, item := range itemsOf(u) {
		if item.Absence.HasFigure() && item.property == "" {
			w.numbers[item.Commodity] = append(w.numbers[item.Commodity], item)
		}
		for _, m := range d.Measures {
			if unit, open := rowUnit(m.Unit, item.unit); open && m.State == item.property {
				w.stated[item.Commodity] = unit
			}
		}
	}
	return w
}

// add finds a place for an item: the first measure that can say it. The reason given where there
// is none is that of the measure that came nearest.
func (w *writer) add(i item) error {
	reason, nearest := "it has no figures", -1
	for _, m := range w.dialect.Measures {
		s := &saying{writer: w, item: i, measure: m, above: fieldsOf{}, cells: fieldsOf{}}
		if s.say() {
			w.place(s)
			return nil
		}
		if s.step > nearest {
			reason, nearest = s.reason, s.step
		}
	}
	return fmt.Errorf("%w: %s: %s: %s", ErrForm, w.dialect.ID, i.text, reason)
}

// place puts a figure into the first row that says the same of it and has the cell free.
func (w *writer) place(s *saying) {
	p := w.page(s.above)
	key := s.cells.key()
	for _, r := range p.byKey[key] {
		if r.isFree(s) {
			r.figures[s.header] = s.figure
			return
		}
	}
	r := &row{s.cells, map[string]figure{s.header: s.figure}}
	p.rows, p.byKey[key] = append(p.rows, r), append(p.byKey[key], r)
}

// isFree says whether the cell of a figure is free, and the flag beside it not set otherwise.
func (r *row) isFree(s *saying) bool {
	for header, f := range r.figures {
		if header == s.header || f.measure.Estimated != "" && f.flagged != s.figure.flagged &&
			f.measure.Estimated == s.measure.Estimated {
			return false
		}
	}
	return true
}

func (w *writer) page(above fieldsOf) *page {
	key := above.key()
	if w.byText[key] == nil {
		w.byText[key] = &page{above: above, byKey: map[string][]*row{}}
		w.pages = append(w.pages, w.byText[key])
	}
	return w.byText[key]
}

// register gives an entity a row of its own where the form is a register; elsewhere the rows of its
// figures name it, and one without figures has no place.
func (w *writer) register(e ledger.Entity) error {
	if len(w.dialect.Measures) > 0 {
		return nil
	}
	s := &saying{writer: w, item: item{Flow: ledger.Flow{Entity: e.ID}}, above: fieldsOf{},
		cells: fieldsOf{}}
	if !s.who() {
		return fmt.Errorf("%w: %s: entity %s: %s", ErrForm, w.dialect.ID, e.ID, s.reason)
	}
	p := w.page(s.above)
	p.rows = append(p.rows, &row{s.cells, nil})
	return nil
}

// render writes a page: title, lines above the header, header, rows.
func (w *writer) render(p *page) [][]string {
	var rows [][]string
	for _, line := range w.dialect.Template.Title {
		rows = append(rows, []string{line})
	}
	for _, line := range w.dialect.Preamble {
		if text, ok := written(line.Write, p.above); ok {
			rows = append(rows, []string{text})
		}
	}
	columns := w.columns(p)
	header := make([]string, len(columns))
	for i, c := range columns {
		header[i] = c.header
	}
	rows = append(rows, header)
	for _, r := range w.filled(p.rows) {
		cells := make([]string, len(columns))
		for i, c := range columns {
			cells[i] = w.cell(r, c)
		}
		rows = append(rows, cells)
	}
	return rows
}

// cut makes a page of its own for rows that do not have the same figures: an empty cell would say
// that a figure is missing, so a column that may be left out stands on a page only where all rows
// have it.
func (w *writer) cut() (pages []*page) {
	for _, p := range w.pages {
		bySet := map[string]*page{}
		for _, r := range p.rows {
			var set []string
			for header, f := range r.figures {
				if (f.measure.Optional || len(f.measure.Names) == 0) && countsGaps(f.measure) {
					set = append(set, header)
				}
			}
			slices.Sort(set)
			key := strings.Join(set, "\n")
			if bySet[key] == nil {
				bySet[key] = &page{above: p.above}
				pages = append(pages, bySet[key])
			}
			bySet[key].rows = append(bySet[key].rows, r)
		}
	}
	return pages
}

// filled puts rows with a blank before the others where a blank cell repeats the one above it.
func (w *writer) filled(rows []*row) []*row {
	rows = slices.Clone(rows)
	for _, c := range w.dialect.Columns {
		if c.Fill == "" {
			continue
		}
		slices.SortStableFunc(rows, func(a, b *row) int {
			return cmp.Compare(min(len(a.cells[c.Field]), 1), min(len(b.cells[c.Field]), 1))
		})
	}
	return rows
}

// code is the code the form has for the commodity of a row.
func (w *writer) code(r *row) string {
	id := w.means(r.cells["commodity"])
	for _, code := range slices.Sorted(maps.Keys(w.dialect.Codes)) {
		if id != "" && w.dialect.Codes[code] == id {
			return code
		}
	}
	return ""
}

// cell writes one cell. A figure of which another measure holds a part is written with the part.
func (w *writer) cell(r *row, c column) string {
	f, ok := r.figures[c.measure]
	switch {
	case c.flag != "":
		return r.flag(c.flag)
	case c.field == "code":
		return w.code(r)
	case c.measure == "":
		return r.cells[c.field]
	case !ok:
		return ""
	case f.absent:
		return w.missing(f)
	}
	number := f.number
	for _, m := range w.dialect.Measures {
		if f.measure.Less != "" && hasName(m.Names, f.measure.Less) {
			number = number.Add(r.figures[w.name(m.Names)].number)
		}
	}
	return number.String()
}

// flag is what a column says that flags estimates.
func (r *row) flag(header string) string {
	for _, f := range r.figures {
		if f.measure.Estimated == header && f.flagged {
			return "Yes"
		}
	}
	return "No"
}

// missing is the cell of a figure nobody has: where the absence is said beside it, an empty one.
func (w *writer) missing(f figure) string {
	if f.item.Absence != ledger.Missing || !countsGaps(f.measure) || len(w.dialect.Missing) == 0 {
		return ""
	}
	return w.dialect.Missing[0]
}
