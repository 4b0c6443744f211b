// Package intake reads the rows of a table through its dialect and turns them into activities,
// stock counts, statements and entities. Every obstacle is a fault with its place and a way out,
// and a row with a fault gives nothing.
package intake

import (
	"slices"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/family"
	"carbonledger/quantity"
	"carbonledger/table"
)

// Lexicon is what intake looks names up in.
type Lexicon struct {
	Catalogue factors.Catalogue
	Areas     factors.Areas
}

// Read turns a sheet into an upload: activities, stock counts, entities, and every fault. The order
// of rows decides nothing but the order of the result.
func Read(d dialects.Dialect, sheet table.Sheet, source ledger.Source,
	lexicon Lexicon) ledger.Upload {
	source.Dialect, source.DialectDigest = d.ID, d.Digest
	source.Cumulative, source.Registers = d.Cumulative, d.Registers
	source.Encoding, source.Sheet = string(sheet.Encoding), sheet.Name
	if sheet.Delimiter != 0 {
		source.Delimiter = string(sheet.Delimiter)
	}
	l, faults := d.Place(sheet)
	if !l.Found() {
		return ledger.Upload{Source: source, Faults: faults}
	}
	source.Mapping, source.HeaderLine = l.Mapping(), l.LastLine(sheet)
	r := &reading{dialect: d, layout: l, lexicon: lexicon,
		upload:     ledger.Upload{Source: source, Faults: faults},
		registered: map[string]int{}, remarked: map[string]bool{}, units: map[unitKey]accepted{},
		columns: map[string]int{}, dates: map[string]quantity.Period{}, above: map[int]table.Cell{},
		origins: map[family.Key]family.Origin{}}
	width, rows := len(l.Header.Cells), l.Below(sheet)
	if r.unfilled(rows) {
		return r.upload
	}
	r.upload.Faults = append(r.upload.Faults, r.faceless()...)
	r.borrowed()
	if isUnread(r.upload.Faults) {
		return r.upload
	}
	r.fromJanuary(sheet)
	if len(rows) > 0 && d.NumbersColumns(rows[0]) {
		rows = rows[1:]
	}
	r.order, r.commas = r.dateOrder(rows), commaLines(l, rows)
	r.shareDays(rows)
	for _, row := range rows {
		if !d.IsNote(row) {
			r.read(r.filled(row))
			r.surplus(row, width)
		}
	}
	r.days()
	r.tellSingles()
	r.unread(rows)
	r.foldFamilies()
	return r.upload
}

// reading is the state of one Read.
type reading struct {
	dialect dialects.Dialect
	layout  dialects.Layout
	lexicon Lexicon
	upload  ledger.Upload
	row
	// registered are the places of entities in the upload, remarked what is told once for the file.
	registered map[string]int
	remarked   map[string]bool
	// units, columns and dates hold what was looked up before: a file says the same in many rows.
	units   map[unitKey]accepted
	columns map[string]int
	dates   map[string]quantity.Period
	// order is how dates such as 3/4/2024 are meant; commas are the columns that write a comma
	// before decimals, with the line of the first such cell.
	order  string
	commas map[int]int
	// readingDays are the lines of bills whose last day is that of the reading.
	readingDays map[int]bool
	// above are the last cells of columns that are filled down, origins the places of figures that
	// may belong to a family.
	above   map[int]table.Cell
	origins map[family.Key]family.Origin
	totals  tallied
	// head is the commodity of the last row that is no part of another.
	head    quantity.Commodity
	meters  meters
	singles singles
}

// row is the row that is read, its faults so far, and what its fields come to.
type row struct {
	current table.Row
	flow    ledger.Flow
	entity  ledger.Entity
	// broken: the row has a fault; told are its faults and warnings, faulty the columns of faults.
	broken bool
	told   map[string]bool
	faulty map[int]bool
	// lost: what stands above the table is wrong, and no fault of the row itself keeps it out.
	lost bool
	// said is what a cell says besides its own field, beside the unit beside the last figure.
	said   map[string]string
	beside string
}

// unitKey is a unit of the file and the commodity it measures, accepted what becomes of it.
type unitKey struct{ commodity, unit string }

type accepted struct {
	perUnit quantity.Number
	remark  quantity.Remark
	err     error
}

// read reads one row. A row that is lost is kept for what can be said of it and is not posted.
func (r *reading) read(cells table.Row) {
	r.row = row{current: cells, told: map[string]bool{}, faulty: map[int]bool{}}
	r.all()
	if r.lost {
		r.upload.Lost = append(r.upload.Lost, cells.Line)
	}
}

// all reads what the row says: who, where, when, then every measure.
func (r *reading) all() {
	if name := r.totalName(); name != "" {
		r.totalRow(name)
		return
	}
	if r.isUnfilled(r.current) || r.damaged() || !r.indicator() || r.isPart() {
		return
	}
	r.who()
	r.how()
	r.own()
	if len(r.layout.Measures) == 0 {
		r.register()
		return
	}
	for _, m := range r.layout.Measures {
		if m.State != "" {
			r.stated(m)
		} else {
			r.measure(m)
		}
	}
	r.check()
	r.totalColumn()
	r.tally()
	r.register()
}

// isUnread says whether no row can be read, because the header leaves open which column is what, or
// the columns do not say whose figures they are, of which time, of what or in which unit, or say
// one thing twice.
func isUnread(faults []table.Fault) bool {
	codes := []string{"column.ambiguous", "column.several", "map.column", "map.field",
		"column.entity", "column.period", "column.period-above", "column.unit", "column.same",
		"commodity.ambiguous"}
	return slices.ContainsFunc(faults, func(f table.Fault) bool {
		return slices.Contains(codes, f.Code)
	})
}
