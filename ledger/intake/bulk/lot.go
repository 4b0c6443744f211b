package bulk

import (
	"bytes"

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
)

// lot is some rows that are read part by part and not row by row: what is looked up for one row
// does not wait for the row before it.
type lot struct {
	groups           [partFigure]*group
	figure, document int
	// stride is how many ends a row has; trimmed says of which columns the blanks around are left.
	stride  int
	trimmed []bool
	n       int
	// ends are where the fields of the rows end, in the piece or, with the highest bit, in the
	// scratch: those of a row stand behind the place before its first field.
	ends        []uint32
	start, line [lotRows]uint32
	// scratch holds rows that do not stand in the piece as they are, joined a key of several cells.
	scratch, joined []byte
	// odd rows are read one by one.
	odd  [lotRows]bool
	odds int
}

const inScratch = 1 << 31

// newLot returns a lot where the rows of a plan can be read part by part: there is one figure a
// row, and nobody has to look into any other cell.
func newLot(p *plan, isGB bool) *lot {
	if len(p.lanes) != 1 || len(p.others)+len(p.strange) > 0 || isGB && len(p.unread) > 0 ||
		p.document < 0 {
		return nil
	}
	lane := p.lanes[0]
	l := &lot{groups: [partFigure]*group{lane.who, lane.when, lane.what},
		figure: lane.measure.Column, document: p.document, stride: p.width + 1,
		trimmed: make([]bool, p.width), ends: make([]uint32, lotRows*(p.width+1))}
	for _, g := range l.groups {
		for _, column := range g.columns {
			l.trimmed[column] = true
		}
	}
	return l
}

// take takes the rows to come into the lot that are plain, and returns false where there is none.
func (w *worker) take() bool {
	l, s := w.lot, &w.scanner
	line := uint32(s.NextLine())
	n := s.Plain(l.ends[l.n*l.stride:], w.width)
	for i := range n {
		l.line[l.n+i] = line + uint32(i)
	}
	w.taken(n)
	return n > 0
}

// takeMarked takes the current record into the lot, which may have quotation marks, and returns
// false where it has other columns, or a separator in a cell.
func (w *worker) takeMarked() bool {
	l, s := w.lot, &w.scanner
	if len(s.Fields) != w.width {
		return false
	}
	// The byte before the first field is that before the row.
	scratch := append(l.scratch, w.separator)
	ends := l.ends[l.n*l.stride:][:l.stride]
	ends[0] = uint32(len(scratch)-1) | inScratch
	for i, isTrimmed := range l.trimmed {
		cell := s.Value(i)
		if isTrimmed {
			cell = trimmed(cell)
			if bytes.IndexByte(cell, w.separator) >= 0 {
				return false
			}
		}
		scratch = append(scratch, cell...)
		ends[i+1] = uint32(len(scratch)) | inScratch
		scratch = append(scratch, w.separator)
	}
	l.scratch = scratch
	l.start[l.n], l.line[l.n] = uint32(s.Fields[0].From), uint32(s.Line)
	w.taken(1)
	return true
}

// taken counts rows that were taken, and reads the lot where it is full.
func (w *worker) taken(n int) {
	if w.lot.n += n; w.lot.n == lotRows {
		w.readLot()
	}
}

// fields are some fields of a row that stand side by side.
func (l *lot) fields(data []byte, row, first, last int) []byte {
	ends := l.ends[row*l.stride:][:l.stride]
	from, to := ends[first]+1, ends[last+1]
	if to&inScratch != 0 {
		data, from, to = l.scratch, from&^inScratch, to&^inScratch
	}
	return data[from:to]
}

// key is what the cells of a group say in a row, as the group itself has it.
func (l *lot) key(data []byte, row int, g *group, separator byte) []byte {
	key := l.joined[:0]
	for i, column := range g.columns {
		if i > 0 {
			key = append(key, separator)
		}
		key = append(key, trimmed(l.fields(data, row, column, column))...)
	}
	l.joined = key
	return key
}

// readLot reads the rows of the lot, where there is one, into the chunk.
func (w *worker) readLot() {
	l := w.lot
	if l == nil || l.n == 0 {
		return
	}
	rows := w.chunk.rows
	base := rows.Len()
	rows.Extend(l.n)
	for part, to := range [][]uint32{rows.Who[base:], rows.When[base:], rows.What[base:]} {
		w.look(part, to)
	}
	figures, scales := rows.Figures[base:], rows.Scales[base:]
	for i := range l.n {
		figure, scale, ok := column.ReadCell(l.fields(w.data, i, l.figure, l.figure))
		if !ok || figure < 0 {
			l.mark(i)
		}
		figures[i], scales[i] = figure, scale
	}
	series, serials, lines := rows.Serie[base:], rows.Serials[base:], rows.Lines[base:]
	for i := range l.n {
		var ok bool
		series[i], serials[i], ok = w.documentIn(l.fields(w.data, i, l.document, l.document))
		if !ok {
			l.mark(i)
		}
		lines[i] = int64(l.line[i])
	}
	if l.odds > 0 {
		w.readOdd(base)
		clear(l.odd[:l.n])
	} else {
		w.count(rows, base)
	}
	l.n, l.odds, l.scratch = 0, 0, l.scratch[:0]
}

// look looks the keys of a part up; a row with an unknown one, or one of which something is told,
// is odd.
func (w *worker) look(part int, places []uint32) {
	l, c, g := w.lot, w.laneCaches[0][part], w.lot.groups[part]
	slots := c.slots
	for i := range l.n {
		var key []byte
		if g.adjacent {
			key = l.fields(w.data, i, g.columns[0], g.columns[len(g.columns)-1])
		} else {
			key = l.key(w.data, i, g, w.separator)
		}
		// Most keys are short and stand in the first slot that is looked at.
		words := wordsOf(key)
		slot := &slots[words.mixed(uint64(len(key))*odd)&uint64(len(slots)-1)]
		if slot.words != words || int(slot.length) != len(key)+1 || len(key) > wordBytes {
			slot = c.find(key)
			slots = c.slots
		}
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

// readOdd puts the plain rows of the lot together and reads the odd ones one by one, in the order
// of the file. What was read stands no nearer to the beginning than it is put.
func (w *worker) readOdd(base int) {
	l, rows := w.lot, w.chunk.rows
	whole := *rows
	rows.Cut(base)
	w.scanner, w.aside = w.aside, w.scanner
	w.scanner.Reset(stream.Piece{Data: w.data}, w.separator)
	for i, plain := 0, 0; i <= l.n; i++ {
		if i < l.n && !l.odd[i] {
			continue
		}
		put := rows.Len()
		rows.Append(&whole, base+plain, base+i)
		w.count(rows, put)
		if plain = i + 1; i == l.n {
			break
		}
		start := l.ends[i*l.stride] + 1
		if l.ends[(i+1)*l.stride-1]&inScratch != 0 {
			start = l.start[i]
		}
		w.scanner.Again(int(start), int(l.line[i]))
		if !w.row() {
			w.keepUnusual()
		}
	}
	w.scanner, w.aside = w.aside, w.scanner
}
