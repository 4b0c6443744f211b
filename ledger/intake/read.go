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
	r, rows := Begin(d, sheet, source, lexicon)
	if r.unread {
		return r.upload
	}
	r.order, r.commas = r.dateOrder(rows), commaLines(r.layout, rows)
	r.shareDays(rows)
	for _, row := range rows {
		r.Row(row)
	}
	r.days()
	r.tellSingles()
	r.strange(rows)
	r.foldFamilies()
	return r.upload
}

// Reader reads the rows of a table one by one.
type Reader struct{ reading }

// Begin finds the header of a sheet and what it says of all rows, and returns the rows below it.
// Where no row can be read, the reader has nothing but faults.
func Begin(d dialects.Dialect, sheet table.Sheet, source ledger.Source, lexicon Lexicon) (
	*Reader, []table.Row) {
	source.Dialect, source.DialectDigest = d.ID, d.Digest
	source.Cumulative, source.Registers = d.Cumulative, d.Registers
	source.Encoding, source.Sheet = string(sheet.Encoding), sheet.Name
	if sheet.Delimiter != 0 {
		source.Delimiter = string(sheet.Delimiter)
	}
	l, faults := d.Place(sheet)
	r := &Reader{reading{dialect: d, layout: l, lexicon: lexicon, unread: true,
		upload: ledger.Upload{Source: source, Faults: faults}}}
	if !l.Found() {
		return r, nil
	}
	r.upload.Source.Mapping, r.upload.Source.HeaderLine = l.Mapping(), l.LastLine(sheet)
	r.memory, r.lookups, r.order = newMemory(), newLookups(), d.Dates
	r.either = slices.ContainsFunc(l.Measures, func(m dialects.Placed) bool {
		return m.UnlessColumn >= 0
	})
	rows := l.Below(sheet)
	if r.unfilled(rows) {
		return r, rows
	}
	r.upload.Faults = append(r.upload.Faults, r.faceless()...)
	r.borrowed()
	if isUnread(r.upload.Faults) {
		return r, rows
	}
	r.unread = false
	r.fromJanuary(sheet)
	if len(rows) > 0 && d.NumbersColumns(rows[0]) {
		rows = rows[1:]
	}
	return r, rows
}

// Layout is where the sheet has what the dialect names.
func (r *Reader) Layout() dialects.Layout { return r.layout }

// Unread says that no row can be read; the faults of the upload say why.
func (r *Reader) Unread() bool { return r.unread }

// Upload is what was read so far. It is the reader's own and grows with the next row.
func (r *Reader) Upload() *ledger.Upload { return &r.upload }

// Apart returns a reader of the same table that has read no row: what it reads changes nothing
// here.
func (r *Reader) Apart() *Reader {
	apart := *r
	apart.upload = ledger.Upload{Source: r.upload.Source}
	apart.memory, apart.lookups = newMemory(), newLookups()
	return &apart
}

// Alone returns a reader that has read no row and reads one of the measures alone.
func (r *Reader) Alone(measure int) *Reader {
	alone := r.Apart()
	alone.layout.Measures = alone.layout.Measures[measure : measure+1]
	return alone
}

// Forget makes the reader one that has read no row.
func (r *Reader) Forget() {
	r.upload = ledger.Upload{Source: r.upload.Source}
	r.memory.forget()
}

// IsTotal says whether a row repeats what other rows say, or may do so.
func (r *Reader) IsTotal(row table.Row) bool {
	r.current = row
	return r.totalName() != ""
}

// IsMissing says whether a folded cell stands for a figure nobody has.
func (r *Reader) IsMissing(cell string) bool { return r.dialect.IsMissing(cell) }

// Row reads one row below the header.
func (r *Reader) Row(row table.Row) {
	if !r.dialect.IsNote(row) {
		r.read(r.filled(row))
		r.surplus(row, len(r.layout.Header.Cells))
	}
}

// reading is the state of one Read.
type reading struct {
	dialect dialects.Dialect
	layout  dialects.Layout
	lexicon Lexicon
	upload  ledger.Upload
	// unread: the header or the lines above it keep every row from being read; either: of some
	// measures only one is read in a row.
	unread, either bool
	row
	memory
	lookups
	// order is how dates such as 3/4/2024 are meant; commas are the columns that write a comma
	// before decimals, with the line of the first such cell.
	order  string
	commas map[int]int
	// readingDays are the lines of bills whose last day is that of the reading.
	readingDays map[int]bool
}

// memory is what the rows so far leave for the next.
type memory struct {
	// registered are the places of entities in the upload, remarked what is told once for the file.
	registered map[string]int
	remarked   map[string]bool
	// dates are days of readings.
	dates map[string]quantity.Period
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

func newMemory() memory {
	return memory{registered: map[string]int{}, remarked: map[string]bool{},
		dates: map[string]quantity.Period{}, above: map[int]table.Cell{},
		origins: map[family.Key]family.Origin{}}
}

// forget is newMemory without memory to ask for.
func (m *memory) forget() {
	clear(m.registered)
	clear(m.remarked)
	clear(m.dates)
	clear(m.above)
	clear(m.origins)
	*m = memory{registered: m.registered, remarked: m.remarked, dates: m.dates, above: m.above,
		origins: m.origins}
}

// row is the row that is read, its faults so far, and what its fields come to.
type row struct {
	current table.Row
	flow    ledger.Flow
	entity  ledger.Entity
	// broken: the row has a fault; told are its faults and warnings, faulty the columns of faults.
	broken bool
	told   map[string]bool
	faulty []int
	// lost: what stands above the table is wrong, and no fault of the row itself keeps it out.
	lost bool
	// said is what a cell says besides its own field, beside the unit beside the last figure.
	said   map[string]string
	beside string
	// time is what the row says of when, or the header of a column: timed; once it is read.
	time    quantity.Period
	timed   string
	isTimed bool
}

// read reads one row. A row that is lost is kept for what can be said of it and is not posted.
func (r *reading) read(cells table.Row) {
	r.row = row{current: cells}
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
	for i := range r.layout.Measures {
		m := &r.layout.Measures[i]
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
