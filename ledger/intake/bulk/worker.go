package bulk

import (
	"bytes"
	"math"
	"strings"
	"unicode/utf8"

	"carbonledger/ledger/column"
	"carbonledger/ledger/intake"
	"carbonledger/table"
	"carbonledger/table/stream"
)

// chunk is a piece of the table as a worker has read it.
type chunk struct {
	number, bytes int
	// rows hold no lists: their places are those of the shared ones.
	rows *column.Rows
	// unusual are the rows that the plain reader reads, in the order of the file.
	unusual []unusual
	// documents are the runs of numbers of documents that rise.
	documents []*documents
	err       error
	data      []byte
}

// unusual is a row for the plain reader.
type unusual struct {
	// at is how many rows of the chunk stand before it.
	at  int
	row table.Row
	// told are the cells for which it is read, where its figures are among the rows already and
	// only what it says besides is wanted.
	told []cells
}

// cells are what the cells of a group say.
type cells struct {
	group *group
	key   string
}

// documents are the numbers of one series as the rows of a chunk have them.
type documents struct {
	series      uint32
	first, last int64
	rising      bool
}

// worker reads pieces, one after the other.
type worker struct {
	*plan
	separator byte
	encoding  table.Encoding
	// readers are for one row at a time, each of one lane.
	reader  *intake.Reader
	readers []*intake.Reader
	lists   *lists
	caches  map[*group]*cache
	sums    adder
	scanner stream.Scanner
	// aside is the scanner of the piece while rows of a lot are read one by one.
	aside   stream.Scanner
	data    []byte
	lot     *lot
	scratch []byte
	chunk   *chunk
	// laneCaches are those of who, when, what and gap, lane by lane; isGap says of the lanes of the
	// current row that they have no figure.
	laneCaches [][4]*cache
	isGap      []bool
	// met are whose and when the figures of the current row are, which is mostly the same in all
	// its lanes.
	met [partWhat]met
	// run is that of the last document, runLine its line.
	run     *documents
	runLine int64
	prefix  []byte
	series  column.Series
	serie   uint32
	// told: some cells of the current row are such that something may have to be told of it.
	told bool
	// padded are entries of the list of what with blanks before the unit.
	padded map[[2]uint32]uint32
	// figures count the figures of columns that are not read, words say that they hold others.
	figures []int
	words   []bool
}

// met is what was found in a cache.
type met struct {
	in   *cache
	slot *cacheSlot
}

func newWorker(p *plan, job Job, l *lists, s *sums, reader *intake.Reader) *worker {
	w := &worker{plan: p, separator: byte(job.Head.Delimiter), encoding: job.Head.Encoding,
		reader: reader, lists: l, caches: map[*group]*cache{}, sums: adder{sums: s},
		padded: map[[2]uint32]uint32{}, serie: math.MaxUint32, isGap: make([]bool, len(p.lanes)),
		figures: make([]int, len(p.strange)), words: make([]bool, len(p.strange))}
	w.lot = newLot(p, w.encoding == table.GB18030)
	for i, lane := range p.lanes {
		var four [4]*cache
		for i, g := range []*group{lane.who, lane.when, lane.what, lane.gap} {
			if w.caches[g] == nil {
				w.caches[g] = newCache(g)
			}
			four[i] = w.caches[g]
		}
		w.laneCaches = append(w.laneCaches, four)
		w.readers = append(w.readers, reader.Alone(i))
	}
	return w
}

// read reads a piece.
func (w *worker) read(p stream.Piece, rows *column.Rows) *chunk {
	w.chunk = &chunk{number: p.Number, bytes: len(p.Data), data: p.Data, rows: rows}
	c := w.chunk
	w.run = nil
	if p.Line > math.MaxUint32-len(p.Data) {
		c.err = ErrPlain
		return c
	}
	c.rows.Grow(p.Lines * len(w.lanes))
	w.data = p.Data
	w.scanner.Reset(p, w.separator)
	w.readAll()
	if w.scanner.Err() != nil || !w.lists.fit() ||
		len(w.unread) > 0 && w.scanner.Odd() && !w.isSound(p.Data) {
		c.err = ErrPlain
	}
	return c
}

// readAll reads the records of the piece.
func (w *worker) readAll() {
	for {
		if w.lot != nil && w.scanner.NextLine() > w.below && w.take() {
			continue
		}
		if !w.scanner.Next() {
			break
		}
		if w.scanner.Line <= w.below || w.lot != nil && w.takeMarked() {
			continue
		}
		w.readLot()
		if !w.row() {
			w.keepUnusual()
		}
	}
	w.readLot()
}

// isSound says whether a piece holds letters only. Of a cell that is read as a key, a figure or a
// document that is known already.
func (w *worker) isSound(data []byte) bool {
	if bytes.IndexByte(data, 0) >= 0 {
		return false
	}
	return w.encoding == table.GB18030 || utf8.Valid(data) &&
		!bytes.Contains(data, []byte(string(utf8.RuneError)))
}

// row reads a row, and returns false where it is for the plain reader.
func (w *worker) row() bool {
	s, rows := &w.scanner, w.chunk.rows
	if len(s.Fields) < w.least || !w.isOrdinaryRow() {
		return false
	}
	serie, serial, ok := w.documentOf()
	if !ok {
		return false
	}
	start, one := rows.Len(), column.Row{Serie: serie, Serial: serial, Line: int64(s.Line)}
	w.told, w.met = false, [partWhat]met{}
	for i := range w.lanes {
		if ok, blank := w.figure(i, &one); blank {
			continue
		} else if !ok {
			rows.Cut(start)
			return false
		}
		rows.Add(one)
	}
	w.count(rows, start)
	if w.told {
		w.tell()
	}
	return true
}

// tell has the plain reader tell what it says of the current row besides its figures: it is the
// first that this worker reads here with some of its cells.
func (w *worker) tell() {
	row, _ := w.decoded()
	u := unusual{at: w.chunk.rows.Len(), row: row}
	for i := range w.laneCaches {
		unread := partGap
		if w.isGap[i] {
			unread = partWhat
		}
		for part, c := range w.laneCaches[i] {
			if part == unread {
				continue
			}
			key := c.group.key(&w.scanner, w.separator, &w.scratch)
			if slot := c.find(key); slot != nil && slot.told {
				slot.told = false
				u.told = append(u.told, cells{c.group, string(key)})
			}
		}
	}
	w.chunk.unusual = append(w.chunk.unusual, u)
}

// isOrdinaryRow says whether the cells that no lane looks into leave the row as it is.
func (w *worker) isOrdinaryRow() bool {
	s := &w.scanner
	for i := w.width; i < len(s.Fields); i++ {
		if len(s.Value(i)) > 0 {
			return false
		}
	}
	for _, i := range w.others {
		if !isOrdinary(s.Value(i)) {
			return false
		}
	}
	for _, i := range w.unread {
		if i >= len(s.Fields) {
			break
		}
		if _, ok := w.encoding.Letters(s.Value(i)); !ok {
			return false
		}
	}
	for i, column := range w.strange {
		if !w.words[i] && column < len(s.Fields) {
			w.countStrange(i, s.Value(column))
		}
	}
	return true
}

// countStrange counts a cell of a column that is not read.
func (w *worker) countStrange(i int, cell []byte) {
	text, _ := w.encoding.Letters(cell)
	folded := table.Fold(text)
	if w.reader.IsMissing(folded) {
		return
	}
	if _, code, _ := table.ReadFigure(folded); code == "" {
		w.figures[i]++
	} else {
		w.words[i] = true
	}
}

// figure reads the figure of a lane. It is blank where the form leaves out what does not occur.
func (w *worker) figure(i int, row *column.Row) (ok, blank bool) {
	whole := w.scanner.Value(w.lanes[i].measure.Column)
	cell := whole
	for len(cell) > 0 && cell[0] == ' ' {
		cell = cell[1:]
	}
	blanks := 0
	for len(cell) > 0 && cell[len(cell)-1] == ' ' {
		cell, blanks = cell[:len(cell)-1], blanks+1
	}
	if row.Figure, row.Scale, ok = column.ReadFigure(cell); !ok && len(cell) == len(whole) {
		w.isGap[i] = true
		return w.gap(i, row)
	}
	w.isGap[i] = false
	if !ok || row.Figure < 0 || !w.places(i, row) {
		return false, false
	}
	if blanks > 0 {
		row.What = w.pad(row.What, uint32(blanks))
	}
	return true, false
}

// places finds what the cells say besides the figure of a lane, and returns false where that is
// nothing ordinary.
func (w *worker) places(i int, row *column.Row) bool {
	three := &w.laneCaches[i]
	for try := 0; ; try++ {
		w.scratch = w.scratch[:0]
		who, when := w.meet(partWho, three[partWho]), w.meet(partWhen, three[partWhen])
		what := w.cellsOf(three[partWhat])
		if who != nil && when != nil && what != nil {
			row.Who, row.When, row.What = who.at, when.at, what.at
			if who.told || when.told || what.told {
				w.told = true
			}
			return true
		}
		if try > 0 || !w.learn(i) {
			return false
		}
	}
}

// cellsOf finds what the cells of a group say in the current row.
func (w *worker) cellsOf(c *cache) *cacheSlot {
	if c.only != nil {
		return c.only
	}
	slot := c.find(c.group.key(&w.scanner, w.separator, &w.scratch))
	if len(c.group.columns) == 0 {
		c.only = slot
	}
	return slot
}

// meet is cellsOf for the cells of whose or when, which it looks up once for a row.
func (w *worker) meet(part int, c *cache) *cacheSlot {
	if m := &w.met[part]; m.slot == nil || m.in != c {
		*m = met{c, w.cellsOf(c)}
	}
	return w.met[part].slot
}

// partGap is the place of a lane's cache of gaps, behind those of the parts of a figure.
const partGap = 3

// gap reads a word, or nothing, in the place of a lane's figure. It is blank where that leaves out
// what does not occur; whose and when it would be is told all the same where it is wrong.
func (w *worker) gap(i int, row *column.Row) (ok, blank bool) {
	caches := &w.laneCaches[i]
	for try := 0; ; try++ {
		w.scratch = w.scratch[:0]
		who, when := w.meet(partWho, caches[partWho]), w.meet(partWhen, caches[partWhen])
		gap := w.cellsOf(caches[partGap])
		if who != nil && when != nil && gap != nil {
			row.Who, row.When, row.What = who.at, when.at, gap.at
			row.Figure, row.Scale = 0, column.Absent
			w.told = w.told || who.told || when.told || gap.told
			return true, gap.at == nothing
		}
		learn := w.learnGap
		if gap != nil && gap.at == nothing {
			learn = w.learn // whose and when it is only a figure says
		}
		if try > 1 || !learn(i) {
			return false, false
		}
	}
}

// count adds the figures of the rows from one on up and follows their documents.
func (w *worker) count(rows *column.Rows, from int) {
	w.sums.add(rows, from)
	series, lines := rows.Serie[from:], rows.Lines[from:]
	for i, serial := range rows.Serials[from:] {
		w.noteDocument(series[i], serial, lines[i])
	}
}

// pad is what a row says whose figure has blanks behind it, which the text as written keeps.
func (w *worker) pad(what, blanks uint32) uint32 {
	at, known := w.padded[[2]uint32{what, blanks}]
	if !known {
		entry := w.lists.whatAt(what)
		if entry.Unit != "" {
			entry.Unit = strings.Repeat(" ", int(blanks)) + entry.Unit
		}
		at = w.lists.what(entry)
		w.padded[[2]uint32{what, blanks}] = at
	}
	return at
}

// isDocument are the bytes a number of a document may have that is read here: what a spreadsheet
// may have changed or quoted has others.
var isDocument = func() (is [256]bool) {
	for c := range is {
		is[c] = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' ||
			c == '-' || c == '_' || c == '/'
	}
	return is
}()

// documentOf reads the number of the document: none, or letters and digits that end with digits.
func (w *worker) documentOf() (serie uint32, serial int64, ok bool) {
	var text []byte
	if w.document >= 0 {
		text = w.scanner.Value(w.document)
	}
	return w.documentIn(text)
}

// documentIn reads the number of a document.
func (w *worker) documentIn(text []byte) (serie uint32, serial int64, ok bool) {
	if rest := len(text) - len(w.prefix); w.serie != math.MaxUint32 &&
		rest == int(w.series.Digits) && bytes.Equal(text[:len(w.prefix)], w.prefix) {
		if serial, ok = column.ReadDigits(text[len(w.prefix):]); ok {
			return w.serie, serial, true
		}
	}
	text = trimmed(text)
	at := len(text)
	for at > 0 && len(text)-at < column.SerialDigits && text[at-1]-'0' <= 9 {
		at--
	}
	if at == len(text) && at > 0 {
		return 0, 0, false
	}
	serial, _ = column.ReadDigits(text[at:])
	prefix, count := text[:at], uint8(len(text)-at)
	if w.serie != math.MaxUint32 && count == w.series.Digits && bytes.Equal(prefix, w.prefix) {
		return w.serie, serial, true
	}
	for _, c := range prefix {
		if !isDocument[c] {
			return 0, 0, false
		}
	}
	w.prefix = append(w.prefix[:0], prefix...)
	w.series = column.Series{Prefix: string(prefix), Digits: count}
	w.serie = w.lists.series(w.series)
	return w.serie, serial, true
}

// noteDocument follows the numbers of documents: as long as those of a series rise, none comes
// twice. Figures of one row have one document.
func (w *worker) noteDocument(series uint32, serial, line int64) {
	if run := w.run; run != nil && run.series == series {
		run.rising = run.rising && (serial > run.last || line == w.runLine)
		run.last, w.runLine = serial, line
		return
	}
	w.otherSeries(series, serial)
	w.runLine = line
}

// otherSeries goes to the run of another series.
func (w *worker) otherSeries(series uint32, serial int64) {
	runs := w.chunk.documents
	for _, run := range runs {
		if run.series == series {
			run.rising = run.rising && serial > run.last
			run.last, w.run = serial, run
			return
		}
	}
	w.run = &documents{series, serial, serial, true}
	w.chunk.documents = append(runs, w.run)
}

// keepUnusual keeps the current row for the plain reader.
func (w *worker) keepUnusual() {
	row, ok := w.decoded()
	if !ok {
		w.chunk.err = ErrPlain
		return
	}
	if w.mayTurn(row) {
		w.chunk.err = ErrPlain
	}
	if !row.IsBlank() {
		w.chunk.unusual = append(w.chunk.unusual, unusual{at: w.chunk.rows.Len(), row: row})
	}
}

// decoded is the current row as package table makes it; false where letters of it are lost, or one
// is zero, which no text has.
func (w *worker) decoded() (table.Row, bool) {
	s := &w.scanner
	fields := make([]string, len(s.Fields))
	for i := range fields {
		text, ok := w.encoding.Letters(s.Value(i))
		if !ok || strings.IndexByte(text, 0) >= 0 {
			return table.Row{}, false
		}
		fields[i] = text
	}
	return rowOf(s.Line, fields), true
}
