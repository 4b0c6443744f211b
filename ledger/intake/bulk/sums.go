package bulk

import (
	"math/bits"

	"carbonledger/ledger/column"
	"carbonledger/quantity"
)

// The bits of a flow's key: whose, what and when it is, as places in the lists.
const (
	whoBits  = 29
	whatBits = 17
	whenBits = 18
)

// keyOf is a flow in one unit as a number.
func keyOf(who, what, when uint32) uint64 {
	return uint64(who)<<(whatBits+whenBits) | uint64(what)<<whenBits | uint64(when)
}

func placesOf(key uint64) (who, what, when uint32) {
	return uint32(key >> (whatBits + whenBits)), uint32(key>>whenBits) & (1<<whatBits - 1),
		uint32(key) & (1<<whenBits - 1)
}

// sums add the figures of flows up, as written, in the unit of each. They are one worker's own.
//
// Rows come in no order, and the memory of all flows is more than a core has near it. So rows are
// gathered by parts of the flows, and a part is added to when many rows of it are there.
type sums struct {
	parts [sumParts]sumPart
	// wide holds what of a sum no longer fits into its slot.
	wide map[uint64]quantity.Number
}

// sumParts is how many parts the flows have, a power of two.
const sumParts = 32

// sumPart is a part of the flows. The sums of one account lie side by side, as many times as a
// block has: a table finds the block, and the time its slot.
type sumPart struct {
	table []sumBlock
	used  int
	slots []sumSlot
	// rows are still to be added.
	rows []sumRow
}

// blockTimes is how many times a block has, a power of two.
const blockTimes = 8

// sumBlock is where the sums of an account lie for some times.
type sumBlock struct {
	// key is that of the flows without the last bits of their time, plus 1; 0 is a free place.
	key uint64
	// from is the first slot.
	from uint32
}

// sumSlot is a flow: the sum of its figures and the largest of them, with its line.
type sumSlot struct {
	sum, largest int64
	line, rows   uint32
	scale        uint8
	// largestScale is that of the largest figure as written; sum and largest have scale decimals.
	largestScale uint8
}

// sumRow is a figure to be added.
type sumRow struct {
	key    uint64
	figure int64
	line   uint32
	scale  uint8
}

// sumBatch is how many rows of a part are added at once, ahead how many of them have their memory
// asked for before the first is added, so that it is on its way at the same time.
const (
	sumBatch = 8192
	ahead    = 256
)

func newSums() *sums { return &sums{wide: map[uint64]quantity.Number{}} }

// add takes a figure that is not negative.
func (s *sums) add(row sumRow) {
	p := &s.parts[spread(row.key/blockTimes+1)>>32%sumParts]
	if p.rows = append(p.rows, row); len(p.rows) >= sumBatch {
		s.addAll(p)
	}
}

// flush adds the rows that are still to be added.
func (s *sums) flush() {
	for i := range s.parts {
		s.addAll(&s.parts[i])
	}
}

// addAll adds the rows of a part.
func (s *sums) addAll(p *sumPart) {
	var at [ahead]uint32
	for rows := p.rows; len(rows) > 0; rows = rows[min(ahead, len(rows)):] {
		some := rows[:min(ahead, len(rows))]
		for i := range some {
			at[i] = p.place(some[i].key)
		}
		for i := range some {
			row, slot := &some[i], &p.slots[at[i]]
			if !slot.add(row) {
				s.join(row.key, slot, sumSlot{row.figure, row.figure, row.line, 1,
					row.scale &^ column.Grouped, row.scale})
			}
		}
	}
	p.rows = p.rows[:0]
}

// place returns the slot of a flow, and makes one where it has none.
func (p *sumPart) place(key uint64) uint32 {
	block, time := key/blockTimes+1, uint32(key%blockTimes)
	if len(p.table) == 0 {
		p.table = make([]sumBlock, 64)
	}
	mask := uint64(len(p.table) - 1)
	for i := spread(block) & mask; ; i = (i + 1) & mask {
		switch b := &p.table[i]; b.key {
		case block:
			return b.from + time
		case 0:
			return p.begin(block) + time
		}
	}
}

// begin makes a block of slots.
func (p *sumPart) begin(block uint64) uint32 {
	if p.used++; p.used*2 > len(p.table) {
		old := p.table
		p.table = make([]sumBlock, 2*len(old))
		for _, b := range old {
			if b.key != 0 {
				p.put(b)
			}
		}
	}
	from := uint32(len(p.slots))
	p.slots = append(p.slots, make([]sumSlot, blockTimes)...)
	p.put(sumBlock{block, from})
	return from
}

func (p *sumPart) put(b sumBlock) {
	mask := uint64(len(p.table) - 1)
	i := spread(b.key) & mask
	for p.table[i].key != 0 {
		i = (i + 1) & mask
	}
	p.table[i] = b
}

// spread mixes a key, so that accounts that are alike lie apart; the table takes the upper bits of
// the product, which depend on all of the key.
func spread(key uint64) uint64 { return key * 0x9e3779b97f4a7c15 >> 20 }

// each calls yield for every flow that has rows.
func (s *sums) each(yield func(key uint64, slot sumSlot)) {
	for i := range s.parts {
		s.parts[i].each(yield)
	}
}

func (p *sumPart) each(yield func(key uint64, slot sumSlot)) {
	for _, b := range p.table {
		if b.key == 0 {
			continue
		}
		for time, slot := range p.slots[b.from : b.from+blockTimes] {
			if slot.rows > 0 {
				yield((b.key-1)*blockTimes+uint64(time), slot)
			}
		}
	}
}

// add adds a figure, and returns false where it does not fit.
func (slot *sumSlot) add(row *sumRow) bool {
	if slot.rows == 0 || slot.scale < row.scale&^column.Grouped {
		return false
	}
	figure, ok := raised(row.figure, slot.scale-row.scale&^column.Grouped)
	sum := slot.sum + figure
	if !ok || sum < 0 {
		return false
	}
	slot.sum = sum
	slot.rows++
	if figure > slot.largest || figure == slot.largest && row.line < slot.line {
		slot.largest, slot.largestScale, slot.line = figure, row.scale, row.line
	}
	return true
}

// join adds sum and rows of another slot of the same flow, which has some.
func (s *sums) join(key uint64, slot *sumSlot, other sumSlot) {
	if slot.rows == 0 {
		*slot = other
		return
	}
	scale := max(slot.scale, other.scale)
	if !slot.raise(scale) || !other.raise(scale) || slot.sum+other.sum < 0 {
		s.spill(key, slot, other)
		return
	}
	slot.sum, slot.rows = slot.sum+other.sum, slot.rows+other.rows
	if other.largest > slot.largest || other.largest == slot.largest && other.line < slot.line {
		slot.largest, slot.largestScale, slot.line = other.largest, other.largestScale, other.line
	}
}

// raise gives the figures of a slot more decimals, where they fit.
func (slot *sumSlot) raise(scale uint8) bool {
	sum, okSum := raised(slot.sum, scale-slot.scale)
	largest, ok := raised(slot.largest, scale-slot.scale)
	if okSum && ok {
		slot.sum, slot.largest, slot.scale = sum, largest, scale
	}
	return okSum && ok
}

// spill puts a sum that has become too large for its slot with another aside, and keeps the larger
// of their largest figures.
func (s *sums) spill(key uint64, slot *sumSlot, other sumSlot) {
	s.wide[key] = s.wide[key].Add(quantity.Scaled(slot.sum, slot.scale)).
		Add(quantity.Scaled(other.sum, other.scale))
	order := slot.figure().Cmp(other.figure())
	rows := slot.rows + other.rows
	if order < 0 || order == 0 && other.line < slot.line {
		*slot = other
	}
	slot.sum, slot.rows = 0, rows
}

// figure is the largest figure of a slot.
func (slot *sumSlot) figure() quantity.Number { return quantity.Scaled(slot.largest, slot.scale) }

// written is the largest figure of a slot as it was written: fewer decimals, without the zeros that
// raise has added.
func (slot *sumSlot) written() int64 {
	return slot.largest / int64(powersOfTen[slot.scale-slot.largestScale&^column.Grouped])
}

var powersOfTen = func() (p [19]uint64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = p[i-1] * 10
	}
	return p
}()

// raised is a figure with more decimals, where it fits.
func raised(figure int64, by uint8) (int64, bool) {
	if by == 0 {
		return figure, true
	}
	high, low := bits.Mul64(uint64(figure), powersOfTen[by])
	return int64(low), high == 0 && low < 1<<63
}

// merge takes the sums of another worker, and leaves it none.
func (s *sums) merge(other *sums) {
	s.flush()
	other.flush()
	for i := range s.parts {
		p := &s.parts[i]
		other.parts[i].each(func(key uint64, slot sumSlot) {
			s.join(key, &p.slots[p.place(key)], slot)
		})
		other.parts[i] = sumPart{}
	}
	for key, part := range other.wide {
		s.wide[key] = s.wide[key].Add(part)
	}
}

// flows counts the flows.
func (s *sums) flows() (n int) {
	s.each(func(uint64, sumSlot) { n++ })
	return n
}

// total is the sum of a flow, in its unit.
func (s *sums) total(key uint64, slot sumSlot) quantity.Number {
	sum := quantity.Scaled(slot.sum, slot.scale)
	if part, ok := s.wide[key]; ok {
		sum = sum.Add(part)
	}
	return sum
}
