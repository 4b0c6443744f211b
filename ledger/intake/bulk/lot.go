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
	start, line      [lotRows]int
	cells            [parts][lotRows][]byte
	// scratch holds keys that do not stand in the piece.
	scratch []byte
	// odd rows are read one by one.
	odd  [lotRows]bool
	odds int
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
		l.cells[part][i] = g.key(s, w.separator, &l.scratch)
	}
	l.cells[partFigure][i], l.cells[partDocument][i] = s.Value(l.figure), s.Value(l.document)
	l.start[i], l.line[i], l.odd[i] = s.Fields[0].From, s.Line, false
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
	l.look(partWho, caches[0], rows.Who[base:])
	l.look(partWhen, caches[1], rows.When[base:])
	l.look(partWhat, caches[2], rows.What[base:])
	figures, scales := rows.Figures[base:], rows.Scales[base:]
	for i, cell := range l.cells[partFigure][:l.n] {
		figure, scale, ok := column.ReadFigure(cell)
		if !ok || figure < 0 {
			l.mark(i)
		}
		figures[i], scales[i] = figure, scale
	}
	series, serials, lines := rows.Serie[base:], rows.Serials[base:], rows.Lines[base:]
	for i, cell := range l.cells[partDocument][:l.n] {
		var ok bool
		if series[i], serials[i], ok = w.documentIn(cell); !ok {
			l.mark(i)
		}
		lines[i] = int64(l.line[i])
	}
	if l.odds > 0 {
		w.readOdd(base)
	} else {
		for i := base; i < rows.Len(); i++ {
			w.count(rows, i)
		}
	}
	l.n, l.odds, l.scratch = 0, 0, l.scratch[:0]
}

// look looks the keys of a part up; a row with an unknown one, or one of which something is told,
// is odd.
func (l *lot) look(part int, c *cache, places []uint32) {
	for i, key := range l.cells[part][:l.n] {
		slot := c.find(key)
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
		w.scanner.Again(l.start[i], l.line[i])
		if !w.row() {
			w.keepUnusual()
		}
	}
	w.scanner, w.aside = w.aside, w.scanner
}
