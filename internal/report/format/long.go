package format

import (
	"bytes"
	"encoding/csv"
	"io"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"carbonledger/internal/report"
	"carbonledger/table"
)

// rowsAtOnce is how many rows of a long table one processor prints at a time, half a megabyte as a
// rule: so many that it seldom waits for its turn to write them.
const rowsAtOnce = 1 << 12

// longCSV prints the rows of a long table as CSV does, on all processors and in order: each writes
// what it has printed when its turn comes, while others go on printing.
func longCSV(w io.Writer, t report.Table) (err error) {
	rows, pieces := t.Body.Len(), piecesOf(t)
	turns := make([]chan struct{}, (rows+rowsAtOnce-1)/rowsAtOnce+1)
	for i := range turns {
		turns[i] = make(chan struct{})
	}
	close(turns[0])
	var next atomic.Int64
	var failed atomic.Bool
	var group sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		group.Go(func() {
			p := printer{Table: t, pieces: pieces, places: map[int][]uint32{}}
			for {
				turn := int(next.Add(1)) - 1
				if turn >= len(turns)-1 {
					return
				}
				if !failed.Load() {
					p.print(turn*rowsAtOnce, min((turn+1)*rowsAtOnce, rows))
				}
				<-turns[turn]
				if !failed.Load() {
					_, err = w.Write(p.text)
					failed.Store(err != nil)
				}
				close(turns[turn+1])
			}
		})
	}
	group.Wait()
	return err
}

// piece is what stands at one place in the lines of a long table: words as CSV has them, or the
// cells of a column where there are none.
type piece struct {
	report.Words
	column int
}

// piecesOf takes the lines of a long table apart. Text that is the same in all belongs to the words
// before it.
func piecesOf(t report.Table) (pieces []piece) {
	put := func(words report.Words) {
		last := len(pieces) - 1
		if len(words.Texts) != 1 || last < 0 || len(pieces[last].Texts) == 0 {
			pieces = append(pieces, piece{Words: words})
			return
		}
		for i := range pieces[last].Texts {
			pieces[last].Texts[i] += words.Texts[0]
		}
	}
	for i, column := range t.Columns {
		if i > 0 {
			put(fixed(","))
		}
		words := quoted(t.Body.Words(i), column.Figures)
		for _, some := range words {
			put(some)
		}
		if words == nil {
			pieces = append(pieces, piece{column: i})
		}
	}
	put(fixed("\n"))
	return pieces
}

func fixed(text string) report.Words { return report.Words{Texts: []string{text}} }

// quoted are the words of a column as CSV has them, guarded and quoted where they have to be; nil
// where that is decided cell by cell.
func quoted(words []report.Words, figures bool) (made []report.Words) {
	if len(words) == 0 || figures {
		return nil
	}
	write := func(text string) string { return string(quote([]byte(text), 0, false)) }
	if len(words) > 1 {
		// Cells that begin with the same letter need no guard, and with a comma all have quotes.
		first := words[0]
		if len(first.Texts) != 1 || first.Texts[0] == "" || !isPlain(first.Texts[0][0]) ||
			!slices.ContainsFunc(words, func(w report.Words) bool {
				return len(w.Texts) == 1 && strings.Contains(w.Texts[0], ",")
			}) {
			return nil
		}
		write = func(text string) string { return strings.ReplaceAll(text, `"`, `""`) }
	}
	for _, some := range words {
		list := report.Words{By: some.By}
		for _, text := range some.Texts {
			list.Texts = append(list.Texts, write(text))
		}
		made = append(made, list)
	}
	if len(words) > 1 {
		made = append(slices.Insert(made, 0, fixed(`"`)), fixed(`"`))
	}
	return made
}

// printer prints the rows of a long table, some at a time.
type printer struct {
	report.Table
	pieces []piece
	text   []byte
	// places are those of the words in these rows, by list.
	places map[int][]uint32
}

// print prints the rows from one to another.
func (p *printer) print(from, end int) {
	for list, places := range p.places {
		p.places[list] = places[:0]
	}
	places := make([][]uint32, len(p.pieces))
	for i, one := range p.pieces {
		if len(one.Texts) > 1 && len(p.places[one.By]) == 0 {
			p.places[one.By] = p.Body.Places(p.places[one.By], one.By, from, end)
		}
		places[i] = p.places[one.By]
	}
	text := p.text[:0]
	for row := range end - from {
		for i := range p.pieces {
			switch one := &p.pieces[i]; {
			case len(one.Texts) == 0:
				text = p.appendCell(text, from+row, one.column)
			case len(one.Texts) == 1:
				text = append(text, one.Texts[0]...)
			default:
				text = append(text, one.Texts[places[i][row]]...)
			}
		}
	}
	p.text = text
}

// appendCell adds a cell that is no word.
func (p *printer) appendCell(dst []byte, row, column int) []byte {
	start, figures := len(dst), p.Columns[column].Figures
	dst = p.Body.Append(dst, row, column)
	if figures {
		dst = append(dst[:start], bytes.TrimSuffix(dst[start:], []byte(" *"))...)
	}
	return quote(dst, start, figures)
}

// quote guards and quotes the cell at the end of dst where it has to be.
func quote(dst []byte, start int, figures bool) []byte {
	switch markOf(dst[start:], figures) {
	case comma:
		dst = append(dst, `""`...)
		copy(dst[start+1:], dst[start:len(dst)-2])
		dst[start] = '"'
	case other:
		dst = appendField(dst[:start], string(dst[start:]), figures)
	}
	return dst
}

// mark is what of a cell cannot be printed as it is.
type mark uint8

// A cell has nothing of the kind, or a comma, for which it is quoted; other may be anything.
const (
	nothing mark = iota
	comma
	other
)

// markOf finds marks in a cell. One that does not begin with a letter or digit may need a guard.
func markOf(cell []byte, figures bool) mark {
	if len(cell) == 0 || len(cell) == 1 && cell[0] == '-' {
		return nothing
	}
	if !isPlain(cell[0]) && !(figures && cell[0] == '-') {
		return other
	}
	found := nothing
	for _, c := range cell {
		found = max(found, marks[c])
	}
	return found
}

// isPlain says whether a cell that begins with c needs no guard.
func isPlain(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

// marks are those that letters make.
var marks = [256]mark{',': comma, '"': other, '\n': other, '\r': other}

// appendField adds a cell guarded and quoted where it has to be.
func appendField(dst []byte, cell string, figures bool) []byte {
	if !figures {
		cell = table.GuardFormula(cell)
	}
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	// A buffer takes everything.
	_ = writer.Write([]string{cell, ""})
	writer.Flush()
	return append(dst, bytes.TrimSuffix(out.Bytes(), []byte(",\n"))...)
}
