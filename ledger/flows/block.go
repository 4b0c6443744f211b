package flows

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sync"

	"carbonledger/ledger/column"
	"carbonledger/quantity"
)

// version is the first byte of a block of sums written as tables and columns of one width.
const version = 2

// sumsMax is the most sums of one block: more than any block written, so that a damaged count
// cannot ask for memory.
const sumsMax = 1 << 20

// IsBlock says whether a block is one of this form.
func IsBlock(block []byte) bool { return len(block) > 0 && block[0] == version }

// Encode writes sums that refer to the tables. Tables hold only what the sums use, in the order of
// their use, so the bytes depend on the sums alone; a total is written without zeros at its end.
func Encode(t *Tables, s *Sums) []byte {
	block := binary.AppendUvarint([]byte{version}, uint64(s.Len()))
	block = appendTables(block, t)
	for _, place := range [](func(Code) uint32){
		func(c Code) uint32 { return c.Who }, func(c Code) uint32 { return c.What },
		func(c Code) uint32 { return c.When },
	} {
		block = appendColumn(block, s.Len(), func(i int) int64 { return int64(place(s.Codes[i])) })
	}
	short := NewSums(s.Len())
	for i, code := range s.Codes {
		short.Add(code, s.Total(i).Short(), s.Rows[i])
	}
	block = appendColumn(block, s.Len(), func(i int) int64 { return short.coefficients[i] })
	block = append(block, short.scales...)
	block = appendColumn(block, s.Len(), func(i int) int64 { return int64(s.Rows[i]) })
	block = binary.AppendUvarint(block, uint64(len(short.wide)))
	for _, total := range short.wide {
		block = appendWords(block, total.String())
	}
	return block
}

func appendTables(block []byte, t *Tables) []byte {
	block = binary.AppendUvarint(block, uint64(len(t.Who.list)))
	for _, who := range t.Who.list {
		block = appendWords(block, who.Entity, who.Site, who.Counterparty)
	}
	block = binary.AppendUvarint(block, uint64(len(t.What.list)))
	for _, what := range t.What.list {
		block = appendWords(block, what.From, what.To, what.Commodity, what.Absence)
		block = binary.AppendVarint(block, int64(what.Vintage))
	}
	block = binary.AppendUvarint(block, uint64(len(t.When.list)))
	for _, when := range t.When.list {
		block = binary.AppendVarint(block, int64(when.First))
		block = binary.AppendVarint(block, int64(when.End-when.First))
	}
	return block
}

func appendWords(block []byte, words ...string) []byte {
	for _, word := range words {
		block = append(binary.AppendUvarint(block, uint64(len(word))), word...)
	}
	return block
}

// appendColumn writes whole numbers in as many bytes each as the largest needs: 1, 2, 4 or 8,
// little-endian, with that width before them.
func appendColumn(block []byte, n int, at func(int) int64) []byte {
	width := 1
	for i := range n {
		width = max(width, widthOf(at(i)))
	}
	block = append(block, byte(width))
	for i := range n {
		value := at(i)
		switch width {
		case 1:
			block = append(block, byte(value))
		case 2:
			block = binary.LittleEndian.AppendUint16(block, uint16(value))
		case 4:
			block = binary.LittleEndian.AppendUint32(block, uint32(value))
		default:
			block = binary.LittleEndian.AppendUint64(block, uint64(value))
		}
	}
	return block
}

func widthOf(n int64) int {
	switch {
	case n >= math.MinInt8 && n <= math.MaxInt8:
		return 1
	case n >= math.MinInt16 && n <= math.MaxInt16:
		return 2
	case n >= math.MinInt32 && n <= math.MaxInt32:
		return 4
	}
	return 8
}

// Block is a block whose tables are read, and whose columns are not.
type Block struct {
	Who  []Who
	What []What
	When []quantity.Period
	rows int
	body []byte
}

// Open reads the tables of a block; what is damaged is column.ErrBlock.
func Open(block []byte) (Block, error) {
	r := reader{body: block}
	if !IsBlock(block) {
		r.fail("version")
		return Block{}, r.err
	}
	r.body = block[1:]
	b := Block{rows: r.count(sumsMax)}
	b.Who = make([]Who, r.count(len(r.body)))
	for i := range b.Who {
		b.Who[i] = Who{Entity: r.word(), Site: r.word(), Counterparty: r.word()}
	}
	b.What = make([]What, r.count(len(r.body)))
	for i := range b.What {
		b.What[i] = What{r.word(), r.word(), r.word(), r.word(), r.day()}
	}
	b.When = make([]quantity.Period, r.count(len(r.body)))
	for i := range b.When {
		first := r.day()
		b.When[i] = quantity.Period{First: first, End: first + r.day()}
	}
	// Every sum has at least a byte in each of six columns.
	if b.rows > len(r.body)/6 {
		r.fail("row count")
	}
	if b.body = r.body; r.err != nil {
		return Block{}, r.err
	}
	return b, nil
}

// mapped are the places that the values of a block have in the tables of a book.
type mapped struct{ who, what, when []uint32 }

// fill reads the columns into a part of sums that has room for them; wide totals are returned.
func (b Block) fill(s *Sums, from int, to mapped) ([]quantity.Number, error) {
	r, scratch := reader{body: b.body}, make([]int64, b.rows)
	codes := s.Codes[from : from+b.rows]
	r.places(scratch, to.who, func(i int, place uint32) { codes[i].Who = place })
	r.places(scratch, to.what, func(i int, place uint32) { codes[i].What = place })
	r.places(scratch, to.when, func(i int, place uint32) { codes[i].When = place })
	coefficients, scales := s.coefficients[from:from+b.rows], s.scales[from:from+b.rows]
	r.column(coefficients)
	copy(scales, r.take(b.rows))
	r.column(scratch)
	for i, n := range scratch {
		s.Rows[from+i] = int(n)
	}
	wide := make([]quantity.Number, r.count(len(r.body)))
	for i := range wide {
		if err := wide[i].UnmarshalText([]byte(r.word())); err != nil {
			r.fail("number")
		}
	}
	for i, scale := range scales {
		small := scale != wideScale
		if small && scale > quantity.ScaleMax ||
			!small && uint64(coefficients[i]) >= uint64(len(wide)) {
			r.fail("scale")
			break
		}
	}
	if len(r.body) != 0 {
		r.fail("bytes after the end")
	}
	return wide, r.err
}

// Decode reads the blocks of a batch one after the other, on all processors. The codes of the sums
// are places in the tables given, which grow where they have to.
func Decode(list [][]byte, t *Tables) (Sums, error) {
	blocks, errs := make([]Block, len(list)), make([]error, len(list))
	eachAtOnce(len(list), func(i int) { blocks[i], errs[i] = Open(list[i]) })
	if err := errors.Join(errs...); err != nil {
		return Sums{}, err
	}
	rows, starts, to := 0, make([]int, len(list)), make([]mapped, len(list))
	own := len(t.Who.list)+len(t.What.list)+len(t.When.list) == 0
	for i, block := range blocks {
		starts[i], rows = rows, rows+block.rows
		if own {
			to[i] = mapped{t.Who.adopt(block.Who), t.What.adopt(block.What),
				t.When.adopt(block.When)}
			continue
		}
		to[i] = mapped{placesOf(&t.Who, block.Who), placesOf(&t.What, block.What),
			placesOf(&t.When, block.When)}
	}
	s := Sums{Codes: make([]Code, rows), Rows: make([]int, rows),
		coefficients: make([]int64, rows), scales: make([]uint8, rows)}
	wides := make([][]quantity.Number, len(list))
	eachAtOnce(len(list), func(i int) {
		wides[i], errs[i] = blocks[i].fill(&s, starts[i], to[i])
	})
	for i, wide := range wides {
		for at := starts[i]; len(wide) > 0 && at < starts[i]+blocks[i].rows; at++ {
			if s.scales[at] == wideScale {
				s.coefficients[at] += int64(len(s.wide))
			}
		}
		s.wide = append(s.wide, wide...)
	}
	return s, errors.Join(errs...)
}

// eachAtOnce does n things at once.
func eachAtOnce(n int, do func(int)) {
	if n == 1 {
		do(0)
		return
	}
	var wait sync.WaitGroup
	for i := range n {
		wait.Go(func() { do(i) })
	}
	wait.Wait()
}

// reader takes a block apart; after the first damage it returns zeros and keeps the error.
type reader struct {
	body []byte
	err  error
}

func (r *reader) fail(what string) {
	if r.err == nil {
		r.err = fmt.Errorf("%w: sums: %s", column.ErrBlock, what)
	}
	r.body = nil
}

// count takes a count that is no more than most.
func (r *reader) count(most int) int {
	n, length := binary.Uvarint(r.body)
	if length <= 0 || n > uint64(most) {
		r.fail("count")
		return 0
	}
	r.body = r.body[length:]
	return int(n)
}

func (r *reader) take(n int) []byte {
	if n > len(r.body) {
		r.fail("cut short")
		return nil
	}
	part := r.body[:n]
	r.body = r.body[n:]
	return part
}

func (r *reader) word() string { return string(r.take(r.count(len(r.body)))) }

// day takes a number of days.
func (r *reader) day() quantity.Day {
	n, length := binary.Varint(r.body)
	if length <= 0 || n != int64(int32(n)) {
		r.fail("day")
		return 0
	}
	r.body = r.body[length:]
	return quantity.Day(n)
}

// column takes whole numbers of one width.
func (r *reader) column(values []int64) {
	head := r.take(1)
	if head == nil {
		return
	}
	width := int(head[0])
	body := r.take(len(values) * width)
	switch {
	case body == nil:
	case width == 1:
		for i := range values {
			values[i] = int64(int8(body[i]))
		}
	case width == 2:
		for i := range values {
			values[i] = int64(int16(binary.LittleEndian.Uint16(body[2*i:])))
		}
	case width == 4:
		for i := range values {
			values[i] = int64(int32(binary.LittleEndian.Uint32(body[4*i:])))
		}
	case width == 8:
		for i := range values {
			values[i] = int64(binary.LittleEndian.Uint64(body[8*i:]))
		}
	default:
		r.fail("width")
	}
}

// places takes a column of places in a table, as places in another one.
func (r *reader) places(scratch []int64, table []uint32, put func(i int, place uint32)) {
	r.column(scratch)
	if r.err != nil {
		return
	}
	for i, n := range scratch {
		if uint64(n) >= uint64(len(table)) {
			r.fail("place")
			return
		}
		put(i, table[n])
	}
}
