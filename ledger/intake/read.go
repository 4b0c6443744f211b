package intake

import (
	"fmt"
	"strconv"
	"strings"

	"carbonledger/factors"
	"carbonledger/ledger"
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
func (d Dialect) Read(sheet table.Sheet, source ledger.Source, lexicon Lexicon) ledger.Upload {
	source.Dialect, source.DialectDigest = d.ID, d.Digest
	source.Cumulative, source.Registers = d.Cumulative, d.Registers
	source.Encoding = string(sheet.Encoding)
	l, lacking := d.place(sheet)
	if l.fields == nil {
		return ledger.Upload{Source: source, Faults: []table.Fault{{File: sheet.File,
			Code: "header.missing", Args: []string{strings.Join(lacking, ", ")}}}}
	}
	r := &reading{dialect: d, layout: l, lexicon: lexicon, upload: ledger.Upload{Source: source},
		registered: map[string]int{}, remarked: map[string]bool{}, units: map[unitKey]accepted{}}
	r.upload.Faults = d.headerFaults(sheet, l)
	width := len(sheet.Rows[l.header].Cells)
	for _, row := range sheet.Rows[l.header+1:] {
		if !d.isNote(row) {
			r.row(row)
			r.surplus(row, width)
		}
	}
	return r.upload
}

// reading is the state of one Read.
type reading struct {
	dialect    Dialect
	layout     layout
	lexicon    Lexicon
	upload     ledger.Upload
	registered map[string]int
	remarked   map[string]bool
	units      map[unitKey]accepted
	// current row, its faults so far, and what its fields come to.
	current table.Row
	flow    ledger.Flow
	entity  ledger.Entity
	broken  bool
	told    map[string]bool
}

type unitKey struct{ commodity, unit string }

type accepted struct {
	perUnit quantity.Number
	remark  quantity.Remark
	err     error
}

// field returns a field of the current row: from its column, or what holds for every row.
func (r *reading) field(name string) (text string, column int) {
	if at, ok := r.layout.fields[name]; ok {
		if text := r.current.Cell(at).Text; text != "" {
			return text, at
		}
	}
	return r.layout.given[name], -1
}

func (r *reading) text(name string) string {
	text, _ := r.field(name)
	return text
}

// fault notes an obstacle at a field; the row then gives nothing.
func (r *reading) fault(field, code string, args ...string) {
	column := -1
	if at, ok := r.layout.fields[field]; ok {
		column = at
	}
	r.faultAt(column, field, code, args...)
}

func (r *reading) faultAt(column int, field, code string, args ...string) {
	r.broken = true
	key := fmt.Sprint(column, field, code)
	if r.told[key] {
		return
	}
	r.told[key] = true
	fault := table.Fault{File: r.upload.Source.File, Line: r.current.Line, Column: column + 1,
		Field: field, Code: code, Cell: r.current.Cell(column).Raw, Args: args}
	if column < 0 {
		fault.Cell = r.text(field)
	}
	r.upload.Faults = append(r.upload.Faults, fault)
}

// row reads one row: who, where, when, then every measure.
func (r *reading) row(row table.Row) {
	r.current, r.broken, r.flow, r.told = row, false, ledger.Flow{}, map[string]bool{}
	name := r.text("commodity")
	if r.dialect.isTotal(name) || r.dialect.isTotal(row.Cell(0).Text) {
		return
	}
	r.who()
	r.how()
	if len(r.layout.measures) == 0 {
		r.register()
		return
	}
	for _, m := range r.layout.measures {
		r.measure(m)
	}
	r.register()
}

// surplus finds cells to the right of the header: a cell that holds a comma without quotation marks
// shifts all that follow.
func (r *reading) surplus(row table.Row, width int) {
	for i := width; i < len(row.Cells); i++ {
		if row.Cells[i].Text != "" {
			r.faultAt(i, "", "row.wide", strconv.Itoa(width))
			return
		}
	}
}

// who settles entity, site and counterparty. Without an entity the area itself reports.
func (r *reading) who() {
	r.entity = ledger.Entity{ID: r.text("entity"), Name: r.text("name"),
		Industry: strings.ToUpper(r.text("industry")), Line: r.current.Line}
	if area := r.text("area"); area != "" {
		code, ok := r.lexicon.Areas.Find(area)
		if !ok {
			r.fault("area", "area.unknown")
		}
		r.entity.Area = code
	}
	_, hasEntity := r.layout.fields["entity"]
	if r.entity.ID == "" && !hasEntity && r.layout.given["entity"] == "" {
		r.entity.ID = r.entity.Area
		known, _ := r.lexicon.Areas.ByCode(r.entity.Area)
		r.entity.Name = known.NameZH
	}
	if r.entity.ID == "" {
		r.fault("entity", "cell.missing")
	} else if code, arg := creditCode(r.entity.ID); code != "" {
		r.fault("entity", code, arg)
	}
	r.flow.Entity, r.flow.Site = r.entity.ID, r.text("site")
	r.flow.Counterparty = r.text("counterparty")
	if r.flow.Counterparty != "" && r.flow.Counterparty == r.entity.ID {
		r.fault("counterparty", "counterparty.self")
	}
}

// how settles role, absence and vintage.
func (r *reading) how() {
	var ok bool
	if r.flow.To, ok = readRole(r.text("role")); !ok {
		r.flow.To = ledger.Use
		if r.text("role") != "" {
			r.fault("role", "role.unknown")
		}
	}
	if from := r.text("from"); from != "" {
		if r.flow.From, ok = readRole(from); !ok {
			r.fault("from", "role.unknown")
		}
	}
	if r.flow.Absence, ok = readAbsence(r.text("absence")); !ok {
		r.fault("absence", "absence.unknown")
	}
	if vintage := r.text("vintage"); vintage != "" {
		period, err := quantity.ParsePeriod(vintage)
		if err != nil {
			r.fault("vintage", "period.unknown")
		}
		r.flow.Vintage = period.First
	}
}

// when reads the period of the row from whichever fields have it.
func (r *reading) when(text string, needed bool) quantity.Period {
	if text == "" && r.text("first") != "" {
		first, errFirst := quantity.ParsePeriod(r.text("first"))
		last, errLast := quantity.ParsePeriod(r.text("last"))
		if errFirst != nil || errLast != nil || first.First >= last.End {
			r.fault("first", "period.unknown")
			return quantity.Period{}
		}
		return quantity.Period{First: first.First, End: last.End}
	}
	if text == "" && r.text("year") != "" {
		text = strings.TrimSuffix(r.text("year"), "年")
		if month := strings.TrimSuffix(r.text("month"), "月"); month != "" {
			text += "-" + month
		}
	}
	if text == "" {
		if needed {
			r.fault("period", "cell.missing")
		}
		return quantity.Period{}
	}
	period, err := quantity.ParsePeriod(text)
	if err != nil {
		r.fault("period", "period.unknown")
	}
	return period
}

// register takes the entity of the row into the upload. Several rows may each say a part of it; a
// row that says otherwise than another is a fault, whichever of them stands first.
func (r *reading) register() {
	e := r.entity
	at, known := r.registered[e.ID]
	if r.dialect.Registers && known && !r.broken {
		r.fault("entity", "entity.twice")
		return
	}
	if r.broken || e.Name == "" && e.Area == "" && e.Industry == "" {
		return
	}
	if text := r.text("valid_from"); text != "" {
		valid, err := quantity.ParsePeriod(text)
		if err != nil {
			r.fault("valid_from", "period.unknown")
			return
		}
		e.From = valid.First
	}
	if !known {
		r.registered[e.ID] = len(r.upload.Entities)
		r.upload.Entities = append(r.upload.Entities, e)
		return
	}
	r.merge(&r.upload.Entities[at].Name, e.Name, "name")
	r.merge(&r.upload.Entities[at].Industry, e.Industry, "industry")
	r.merge(&r.upload.Entities[at].Area, e.Area, "area")
}

// merge fills a blank of an entity and refuses another word for what is known of it.
func (r *reading) merge(known *string, word, field string) {
	if *known != "" && word != "" && *known != word {
		r.fault(field, "entity.conflict", *known)
		return
	}
	*known = orElse(*known, word)
}

// measure reads one figure of the row.
func (r *reading) measure(m placed) {
	flow := r.flow
	flow.Period = r.when(orElse(m.period, r.text("period")), true)
	if role, ok := readRole(m.Role); ok {
		flow.To, flow.From = role, ""
	}
	if from, ok := readRole(m.From); ok {
		flow.From = from
	}
	flow.From, flow.To = orElse(flow.From, flow.To.Source()), flow.To.Target()
	commodity, ok := r.commodity(m)
	if !ok {
		return
	}
	if flow.From == flow.To {
		r.fault("from", "role.same")
		return
	}
	if commodity.Class.Denominator() {
		flow.From, flow.To = ledger.Origin, ledger.Product
	}
	flow.Commodity = commodity.ID
	cell := r.current.Cell(m.column)
	number, figure := r.number(m, cell, &flow)
	if !figure {
		if flow.Absence != ledger.Present {
			r.keep(m, flow, quantity.Number{}, cell.Raw)
		}
		return
	}
	unit := orElse(m.Unit, r.text("unit"))
	if perUnit, ok := r.unit(m, commodity, unit); ok {
		r.keep(m, flow, number.Mul(perUnit), strings.TrimSpace(cell.Raw+" "+unit))
	}
}

// keep puts the figure into the upload, as a stock count or as an activity.
func (r *reading) keep(m placed, flow ledger.Flow, number quantity.Number, written string) {
	if m.Count != "" {
		r.upload.Assertions = append(r.upload.Assertions, ledger.Assertion{Entity: flow.Entity,
			Site: flow.Site, Commodity: flow.Commodity, Period: flow.Period,
			Edge: ledger.Edge(m.Count), Number: number, Line: r.current.Line, Written: written})
		return
	}
	r.upload.Activities = append(r.upload.Activities, ledger.Activity{Flow: flow, Number: number,
		Document: r.text("document"), Line: r.current.Line, Written: written})
}

// commodity settles what the figure is of.
func (r *reading) commodity(m placed) (quantity.Commodity, bool) {
	name := orElse(m.Commodity, r.text("commodity"))
	if renamed, ok := r.dialect.Rename[table.Key(name)]; ok {
		name = renamed
	}
	commodity, ok := r.lexicon.Catalogue.Find(name)
	if !ok {
		near := strings.Join(r.lexicon.Catalogue.Near(name), ", ")
		r.fault("commodity", "commodity.unknown", orElse(near, "-"))
	}
	return commodity, ok
}

// number reads the figure, less the part that another measure has. It returns false where there is
// none, and turns a missing one into an absence or a fault.
func (r *reading) number(m placed, cell table.Cell, flow *ledger.Flow) (quantity.Number, bool) {
	if r.dialect.isMissing(cell.Text) {
		switch {
		case flow.Absence == ledger.Estimated,
			flow.Absence == ledger.Present && m.Blank == "fault":
			if _, isZero := r.zero(); !isZero {
				r.faultAt(m.column, "quantity", "quantity.blank")
			}
			return quantity.Number{}, true
		case flow.Absence == ledger.Present && m.Blank != "none":
			flow.Absence = ledger.Missing
		}
		return quantity.Number{}, false
	}
	if !flow.Absence.HasFigure() {
		r.faultAt(m.column, "quantity", "absence.figure", string(flow.Absence))
		return quantity.Number{}, false
	}
	number, ok := r.decimal(m.column, cell)
	if less := r.current.Cell(m.less); ok && m.less >= 0 && !r.dialect.isMissing(less.Text) {
		part, partOK := r.decimal(m.less, less)
		if partOK && part.Cmp(number) > 0 {
			r.faultAt(m.less, "quantity", "quantity.part", m.header)
		}
		number, ok = number.Sub(part), partOK
	}
	return number, ok
}

// zero says whether the row names its empty figure a zero.
func (r *reading) zero() (quantity.Number, bool) {
	text := strings.ToLower(r.text("absence"))
	return quantity.Number{}, text == "zero" || text == "零"
}

func (r *reading) decimal(column int, cell table.Cell) (quantity.Number, bool) {
	text, code, ways := table.Decimal(cell.Text)
	if code != "" {
		r.faultAt(column, "quantity", code, ways...)
		return quantity.Number{}, false
	}
	number, err := quantity.ParseNumber(text)
	if err != nil {
		r.faultAt(column, "quantity", "cell.number", "write at most 60 digits", "请写至多60位数字")
		return quantity.Number{}, false
	}
	return number, true
}

func orElse[T ~string](text, other T) T {
	if text == "" {
		return other
	}
	return text
}
