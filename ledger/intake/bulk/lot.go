package bulk

import (
	"carbonledger/ledger/column"
	"carbonledger/table/stream"
)

// lotRows is how many rows a lot has: the places of their fields stay in the nearest cache.
const lotRows = 512

// The parts of a row that a lot reads.
const (
	partWho = iota
	partWhen
	partWhat
	partFigure
	partDocument
	parts
)

// lot is some rows that are read part by part and not row by row: what is looked up for one row
// does not wait for the row before it.
type lot struct {
	groups           [partFigure]*group
	figure, document int
	n                int
	start, line      [lotRows]uint32
	cells            [parts][lotRows]span
	// scratch holds cells that do not stand in the piece as they are.
	scratch []byte
	// odd rows are read one by one.
	odd  [lotRows]bool
	odds int
}

// span is where a cell begins and ends: in the piece or, with its highest bit, in the scratch.
type span struct{ from, to uint32 }

const inScratch = 1 << 31

// bytes are those of a cell.
func (l *lot) bytes(data []byte, s span) []byte {
	if s.from&inScratch != 0 {
		data = l.scratch
	}
	return data[s.from&^inScratch : s.to]
}

// aside puts a cell into the scratch.
func (l *lot) aside(cell []byte) span {
	from := len(l.scratch)
	l.scratch = append(l.scratch, cell...)
	return span{uint32(from) | inScratch, uint32(len(l.scratch))}
}

// newLot returns a lot where the rows of a plan can be read part by part: there is one figure a
// row, and nobody has to look into any other cell.
func newLot(p *plan, isGB bool) *lot {
	if len(p.lanes) != 1 || len(p.others)+len(p.strange) > 0 || isGB && len(p.unread) > 0 ||
		p.document < 0 {
		return nil
	}
	lane := p.lanes[0]
	return &lot{groups: [partFigure]*group{lane.who, lane.when, lane.what},
		figure: lane.measure.Column, document: p.document}
}

// gather takes the current record into the lot, and returns false where it is no plain row.
func (w *worker) gather() bool {
	l, s := w.lot, &w.scanner
	if len(s.Fields) < w.least || len(s.Fields) > w.width {
		return false
	}
	i := l.n
	for part, g := range l.groups {
		if g.adjacent && !s.Marked {
			first, last := g.columns[0], g.columns[len(g.columns)-1]
			l.cells[part][i] = span{uint32(s.Fields[first].From), uint32(s.Fields[last].To)}
			continue
		}
		w.scratch = w.scratch[:0]
		l.cells[part][i] = l.aside(g.key(s, w.separator, &w.scratch))
	}
	if s.Marked {
		l.cells[partFigure][i] = l.aside(s.Value(l.figure))
		l.cells[partDocument][i] = l.aside(s.Value(l.document))
	} else {
		figure, document := s.Fields[l.figure], s.Fields[l.document]
		l.cells[partFigure][i] = span{uint32(figure.From), uint32(figure.To)}
		l.cells[partDocument][i] = span{uint32(document.From), uint32(document.To)}
	}
	l.start[i], l.line[i], l.odd[i] = uint32(s.Fields[0].From), uint32(s.Line), false
	if l.n++; l.n == lotRows {
		w.readLot()
	}
	return true
}

// readLot reads the rows of the lot into the chunk.
func (w *worker) readLot() {
	l := w.lot
	if l.n == 0 {
		return
	}
	rows := w.chunk.rows
	base := rows.Len()
	rows.Extend(l.n)
	caches := &w.laneCaches[0]
	l.look(w.data, partWho, caches[0], rows.Who[base:])
	l.look(w.data, partWhen, caches[1], rows.When[base:])
	l.look(w.data, partWhat, caches[2], rows.What[base:])
	figures, scales := rows.Figures[base:], rows.Scales[base:]
	for i, cell := range l.cells[partFigure][:l.n] {
		figure, scale, ok := column.ReadCell(l.bytes(w.data, cell))
		if !ok || figure < 0 {
			l.mark(i)
		}
		figures[i], scales[i] = figure, scale
	}
	series, serials, lines := rows.Serie[base:], rows.Serials[base:], rows.Lines[base:]
	for i, cell := range l.cells[partDocument][:l.n] {
		var ok bool
		if series[i], serials[i], ok = w.documentIn(l.bytes(w.data, cell)); !ok {
			l.mark(i)
		}
		lines[i] = int64(l.line[i])
	}
	if l.odds > 0 {
		w.readOdd(base)
	} else {
		w.countAll(rows, base)
	}
	l.n, l.odds, l.scratch = 0, 0, l.scratch[:0]
}

// look looks the keys of a part up; a row with an unknown one, or one of which something is told,
// is odd.
func (l *lot) look(data []byte, part int, c *cache, places []uint32) {
	for i, cell := range l.cells[part][:l.n] {
		slot := c.find(l.bytes(data, cell))
		if slot == nil || slot.told {
			l.mark(i)
			continue
		}
		places[i] = slot.at
	}
}

func (l *lot) mark(i int) {
	if !l.odd[i] {
		l.odd[i] = true
		l.odds++
	}
}

// count adds the figure of a row up and follows its document.
func (w *worker) count(rows *column.Rows, i int) {
	w.sums.add(sumRow{keyOf(rows.Who[i], rows.What[i], rows.When[i]), rows.Figures[i],
		uint32(rows.Lines[i]), rows.Scales[i]})
	w.noteDocument(rows.Serie[i], rows.Serials[i], rows.Lines[i])
}

// countAll counts the rows from one on.
func (w *worker) countAll(rows *column.Rows, from int) {
	whos, whats, whens := rows.Who[from:], rows.What[from:], rows.When[from:]
	figures, scales, lines := rows.Figures[from:], rows.Scales[from:], rows.Lines[from:]
	for i, who := range whos {
		w.sums.add(sumRow{keyOf(who, whats[i], whens[i]), figures[i], uint32(lines[i]), scales[i]})
	}
	series, serials := rows.Serie[from:], rows.Serials[from:]
	for i, serial := range serials {
		w.noteDocument(series[i], serial, lines[i])
	}
}

// readOdd puts the plain rows of the lot together and reads the odd ones one by one, in the order
// of the file. What was read stands no nearer to the beginning than it is put.
func (w *worker) readOdd(base int) {
	l, rows := w.lot, w.chunk.rows
	whole := *rows
	rows.Cut(base)
	w.scanner, w.aside = w.aside, w.scanner
	w.scanner.Reset(stream.Piece{Data: w.data}, w.separator)
	for i := range l.n {
		if at := base + i; !l.odd[i] {
			rows.Append(&whole, at, at+1)
			w.count(rows, rows.Len()-1)
			continue
		}
		w.scanner.Again(int(l.start[i]), int(l.line[i]))
		if !w.row() {
			w.keepUnusual()
		}
	}
	w.scanner, w.aside = w.aside, w.scanner
}
