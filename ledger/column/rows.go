package column

import (
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"carbonledger/quantity"
)

// RowsVersion is the first byte of a block of rows.
const RowsVersion = 2

// Who is what a row says of whose figure it is.
type Who struct{ Entity, Site, Counterparty string }

// What is what a row says of the figure besides whose it is, when and how much.
type What struct {
	From, To, Commodity, Absence string
	Vintage                      int32
	// Unit is what stands behind the figure as written, or in its place; PerUnit is a decimal: how
	// many book units one of them is.
	Unit, PerUnit string
}

// When is the time of a row: its first day, and the day after its last.
type When struct{ First, End int32 }

// Period is the time of a row.
func (w When) Period() quantity.Period {
	return quantity.Period{First: quantity.Day(w.First), End: quantity.Day(w.End)}
}

// Series is what the numbers of documents have in common: the text before the digits at their end
// and how many digits these are.
type Series struct {
	Prefix string
	Digits uint8
}

// Explicit stands in place of a scale where a row says number and text as words, Absent where it
// has no figure: the number is 0, and what is written in its place stands where the unit does. A
// Grouped scale is that of a figure written with commas between thousands.
const (
	Explicit = 255
	Absent   = 254
	Grouped  = 32
)

// Word is what a row says whose text is no plain figure before its unit.
type Word struct{ Number, Written string }

// Rows are rows as columns of places in the lists of what they have in common. They hold as many
// rows as Scales.
type Rows struct {
	Whos   []Who
	Whats  []What
	Whens  []When
	Series []Series

	Who, What, When, Serie []uint32
	// Lines are lines of the file, Serials the digits at the end of the number of the document.
	Lines, Serials []int64
	// Figures are what is written, times 10^scale; Words stand for those that are Explicit, in
	// their order.
	Scales  []uint8
	Figures []int64
	Words   []Word
}

// Len counts the rows.
func (r *Rows) Len() int { return len(r.Scales) }

// Encoder writes blocks of rows whose lists are the same, or have grown from one block to the next.
// It is not safe for concurrent use.
type Encoder struct {
	whos, whats, whens, series entries
	// place is where the block has an entry, plus 1, at the place of each row.
	place, at []uint32
	block     []byte
}

// entries are those of a list as they stand in blocks.
type entries struct {
	text []byte
	// ends are where they end in the text, used those that the block names, as it first does.
	ends []int
	used []uint32
}

// Encode writes rows as a block, whose bytes are good until the next one is written. They depend on
// what the rows say alone, and not on the order of the lists.
//
//	version, rows
//	lists of who, what, when and series, in the order in which the rows first name them
//	places in these lists, in byte planes
//	lines and serials, as differences and how often each comes
//	scales, figures in byte planes, words
//
// A byte plane has the same byte of every row side by side, so that what varies little lies apart
// from what is random, and the compressor behind finds it.
func (e *Encoder) Encode(r *Rows) []byte {
	n := r.Len()
	out := slices.Grow(e.block[:0], 64+n*16)
	out = binary.AppendUvarint(append(out, RowsVersion), uint64(n))
	out = list(e, &e.whos, out, r.Whos, r.Who, func(out []byte, w Who) []byte {
		return words(out, w.Entity, w.Site, w.Counterparty)
	})
	out = list(e, &e.whats, out, r.Whats, r.What, func(out []byte, w What) []byte {
		out = words(out, w.From, w.To, w.Commodity, w.Absence, w.Unit, w.PerUnit)
		return binary.AppendVarint(out, int64(w.Vintage))
	})
	out = list(e, &e.whens, out, r.Whens, r.When, func(out []byte, w When) []byte {
		out = binary.AppendVarint(out, int64(w.First))
		return binary.AppendVarint(out, int64(w.End)-int64(w.First))
	})
	out = list(e, &e.series, out, r.Series, r.Serie, func(out []byte, s Series) []byte {
		return append(words(out, s.Prefix), s.Digits)
	})
	out = runs(runs(out, r.Lines), r.Serials)
	out = append(out, r.Scales...)
	out = figures(out, r.Figures)
	for _, w := range r.Words {
		out = words(out, w.Number, w.Written)
	}
	e.block = out
	return out
}

// Named are the places of whom and of the times that the last block names.
func (e *Encoder) Named() (whos, whens []uint32) { return e.whos.used, e.whens.used }

// list writes what rows name of a list, and their places in it.
func list[T any](e *Encoder, l *entries, out []byte, all []T, at []uint32,
	write func([]byte, T) []byte) []byte {
	for len(l.ends) < len(all) {
		l.text = write(l.text, all[len(l.ends)])
		l.ends = append(l.ends, len(l.text))
	}
	if len(e.place) < len(all) {
		e.place = make([]uint32, len(all)+len(all)/2)
	}
	e.at = slices.Grow(e.at[:0], len(at))[:len(at)]
	l.used = l.used[:0]
	for i, code := range at {
		if e.place[code] == 0 {
			l.used = append(l.used, code)
			e.place[code] = uint32(len(l.used))
		}
		e.at[i] = e.place[code] - 1
	}
	out = binary.AppendUvarint(out, uint64(len(l.used)))
	for _, code := range l.used {
		e.place[code] = 0
		from := 0
		if code > 0 {
			from = l.ends[code-1]
		}
		out = append(out, l.text[from:l.ends[code]]...)
	}
	for plane := range planesOf(len(l.used)) {
		start := len(out)
		out = slices.Grow(out, len(at))[:start+len(at)]
		for i, place := range e.at {
			out[start+i] = byte(place >> (8 * plane))
		}
	}
	return out
}

// planesOf is how many bytes the place in a list takes.
func planesOf(length int) int { return (bits.Len(uint(max(length, 1)-1)) + 7) / 8 }

func words(out []byte, list ...string) []byte {
	for _, word := range list {
		out = append(binary.AppendUvarint(out, uint64(len(word))), word...)
	}
	return out
}

// runs writes numbers by their differences and how often each comes in a row.
func runs(out []byte, list []int64) []byte {
	last := int64(0)
	for i := 0; i < len(list); {
		step := list[i] - last
		count := 1
		for last = list[i]; i+count < len(list) && list[i+count]-last == step; count++ {
			last = list[i+count]
		}
		out = binary.AppendVarint(out, step)
		out = binary.AppendUvarint(out, uint64(count))
		i += count
	}
	return out
}

// figures writes as many byte planes as the largest figure needs, the sign in the lowest bit.
func figures(out []byte, list []int64) []byte {
	all := uint64(0)
	for _, figure := range list {
		all |= zigzag(figure)
	}
	count := (bits.Len64(all) + 7) / 8
	out = append(out, byte(count))
	start := len(out)
	out = slices.Grow(out, count*len(list))[:start+count*len(list)]
	for plane := range count {
		to := out[start+plane*len(list):][:len(list)]
		for i, figure := range list {
			to[i] = byte(zigzag(figure) >> (8 * plane))
		}
	}
	return out
}

func zigzag(n int64) uint64 { return uint64(n)<<1 ^ uint64(n>>63) }

// DecodeRows reads what Encode wrote, and returns ErrBlock for anything else. The lists hold what
// the rows name and nothing else, in the order in which they first do.
func DecodeRows(block []byte) (*Rows, error) {
	if len(block) == 0 || block[0] != RowsVersion {
		return nil, fmt.Errorf("%w: version", ErrBlock)
	}
	d := &rowReader{Reader: Reader{body: block[1:], cache: map[string]quantity.Number{}}}
	n := d.Uint()
	if n > rowsMax || n > uint64(len(d.body)) {
		d.fail("row count")
	}
	if d.err != nil {
		return nil, d.err
	}
	r := &Rows{}
	d.rows = int(n)
	r.Whos, r.Who = listOf(d, func() Who { return Who{d.text(), d.text(), d.text()} })
	r.Whats, r.What = listOf(d, func() What {
		return What{d.text(), d.text(), d.text(), d.text(), 0, d.text(), d.text()}.at(d.Int())
	})
	r.Whens, r.When = listOf(d, func() When {
		first := d.Int()
		return When{int32(first), int32(first + d.Int())}
	})
	r.Series, r.Serie = listOf(d, func() Series { return Series{d.text(), d.bytes(1)[0]} })
	r.Lines, r.Serials = d.runs(), d.runs()
	r.Scales = d.bytes(d.rows)
	r.Figures = d.figures()
	for _, scale := range r.Scales {
		if scale == Explicit && d.err == nil {
			r.Words = append(r.Words, Word{d.text(), d.text()})
		}
	}
	if err := d.Close(); err != nil {
		return nil, err
	}
	return r, nil
}

func (w What) at(vintage int64) What {
	w.Vintage = int32(vintage)
	return w
}

// rowReader takes the columns of a block of rows back.
type rowReader struct {
	Reader
	rows int
}

// bytes takes bytes; after the first damage they are zeros.
func (d *rowReader) bytes(n int) []byte {
	if n > len(d.body) {
		d.fail("cut short")
	}
	if d.err != nil {
		return make([]byte, n)
	}
	taken := d.body[:n:n]
	d.body = d.body[n:]
	return taken
}

// text takes a word.
func (d *rowReader) text() string {
	length := d.Uint()
	if length > uint64(len(d.body)) {
		d.fail("cut short")
	}
	if d.err != nil {
		return ""
	}
	return string(d.bytes(int(length)))
}

// listOf takes a list and the places of the rows in it.
func listOf[T any](d *rowReader, entry func() T) ([]T, []uint32) {
	count := d.Uint()
	if count > uint64(d.rows) {
		d.fail("list")
	}
	if d.err != nil {
		return nil, make([]uint32, d.rows)
	}
	list := make([]T, count)
	for i := range list {
		if list[i] = entry(); d.err != nil {
			return nil, make([]uint32, d.rows)
		}
	}
	at := make([]uint32, d.rows)
	for plane := range planesOf(len(list)) {
		for i, b := range d.bytes(d.rows) {
			at[i] |= uint32(b) << (8 * plane)
		}
	}
	for i := range at {
		if at[i] >= uint32(len(list)) {
			d.fail("place in a list")
			clear(at)
			break
		}
	}
	return list, at
}

// runs takes numbers that were written as runs of differences.
func (d *rowReader) runs() []int64 {
	list := make([]int64, 0, d.rows)
	last := int64(0)
	for len(list) < d.rows {
		step, count := d.Int(), d.Uint()
		if count == 0 || count > uint64(d.rows-len(list)) {
			d.fail("run")
		}
		if d.err != nil {
			return make([]int64, d.rows)
		}
		for range count {
			last += step
			list = append(list, last)
		}
	}
	return list
}

func (d *rowReader) figures() []int64 {
	list := make([]int64, d.rows)
	planes := int(d.bytes(1)[0])
	if planes > 8 {
		d.fail("figures")
		return list
	}
	for plane := range planes {
		for i, b := range d.bytes(d.rows) {
			list[i] |= int64(b) << (8 * plane)
		}
	}
	for i, n := range list {
		list[i] = int64(uint64(n)>>1) ^ -(n & 1)
	}
	return list
}
