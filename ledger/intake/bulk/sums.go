package bulk

import (
	"math/bits"

	"carbonledger/ledger/column"
	"carbonledger/quantity"
)

// The bits of a flow's key: whose, what and when it is, as places in the lists.
const (
	whoBits  = 26
	whatBits = 19
	whenBits = 19
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
// The sums of one account lie side by side, as many times as a block has: a table finds the block,
// and the time its slot. So the memory that rows in no order touch is small.
type sums struct {
	table []sumBlock
	used  int
	slots []sumSlot
	// wide holds what of a sum no longer fits into its slot.
	wide map[uint64]quantity.Number
	// batch are rows that are still to be added, with the slots they go to.
	batch []sumRow
	at    [sumBatch]uint32
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
	// largestScale is that of the largest figure as written.
	largestScale uint8
}

// sumRow is a figure to be added.
type sumRow struct {
	key    uint64
	figure int64
	line   uint32
	scale  uint8
}

// sumBatch is how many rows are added at once: the memory of all of them is asked for before the
// first is added, so that it is on its way at the same time.
const sumBatch = 256

func newSums() *sums {
	return &sums{table: make([]sumBlock, 1<<10), wide: map[uint64]quantity.Number{},
		batch: make([]sumRow, 0, sumBatch)}
}

// add takes a figure that is not negative.
func (s *sums) add(row sumRow) {
	if s.batch = append(s.batch, row); len(s.batch) == sumBatch {
		s.flush()
	}
}

// flush adds the rows of the batch.
func (s *sums) flush() {
	for i := range s.batch {
		s.at[i] = s.place(s.batch[i].key)
	}
	touched := uint32(0)
	for i := range s.batch {
		touched |= s.slots[s.at[i]].rows
	}
	if touched == 0 && len(s.batch) > 0 && s.slots[s.at[0]].rows != 0 {
		panic("bulk: a slot changed by itself") // what was touched may not be left out as unused
	}
	for i := range s.batch {
		row, slot := &s.batch[i], &s.slots[s.at[i]]
		if !slot.add(row) {
			s.join(row.key, slot, sumSlot{row.figure, row.figure, row.line, 1,
				row.scale &^ column.Grouped, row.scale})
		}
	}
	s.batch = s.batch[:0]
}

// place returns the slot of a flow, and makes one where it has none.
func (s *sums) place(key uint64) uint32 {
	block, time := key/blockTimes+1, uint32(key%blockTimes)
	mask := uint64(len(s.table) - 1)
	i := spread(block) & mask
	for s.table[i].key != block {
		if s.table[i].key == 0 {
			return s.begin(block) + time
		}
		i = (i + 1) & mask
	}
	return s.table[i].from + time
}

// begin makes a block of slots.
func (s *sums) begin(block uint64) uint32 {
	if s.used++; s.used*2 > len(s.table) {
		old := s.table
		s.table = make([]sumBlock, 2*len(old))
		for _, b := range old {
			if b.key != 0 {
				s.put(b)
			}
		}
	}
	from := uint32(len(s.slots))
	s.slots = append(s.slots, make([]sumSlot, blockTimes)...)
	s.put(sumBlock{block, from})
	return from
}

func (s *sums) put(b sumBlock) {
	mask := uint64(len(s.table) - 1)
	i := spread(b.key) & mask
	for s.table[i].key != 0 {
		i = (i + 1) & mask
	}
	s.table[i] = b
}

// each calls yield for every flow that has rows.
func (s *sums) each(yield func(key uint64, slot sumSlot)) {
	for _, b := range s.table {
		if b.key == 0 {
			continue
		}
		for time, slot := range s.slots[b.from : b.from+blockTimes] {
			if slot.rows > 0 {
				yield((b.key-1)*blockTimes+uint64(time), slot)
			}
		}
	}
}

// add adds a figure with as many decimals as all before it, and returns false for any other.
func (slot *sumSlot) add(row *sumRow) bool {
	sum := slot.sum + row.figure
	if slot.rows == 0 || row.scale != slot.scale || row.scale != slot.largestScale || sum < 0 {
		return false
	}
	slot.sum = sum
	slot.rows++
	if row.figure > slot.largest || row.figure == slot.largest && row.line < slot.line {
		slot.largest, slot.line = row.figure, row.line
	}
	return true
}

// join adds sum and rows of another slot of the same flow.
func (s *sums) join(key uint64, slot *sumSlot, other sumSlot) {
	if slot.rows == 0 || isLarger(other, *slot) {
		slot.largest, slot.largestScale, slot.line = other.largest, other.largestScale, other.line
	}
	slot.rows += other.rows
	scale := max(slot.scale, other.scale)
	sum, ok := raised(slot.sum, scale-slot.scale)
	part, okPart := raised(other.sum, scale-other.scale)
	total := sum + part
	if !ok || !okPart || total < 0 {
		s.wide[key] = s.wide[key].Add(quantity.Scaled(slot.sum, slot.scale))
		slot.sum, slot.scale = other.sum, other.scale
		return
	}
	slot.sum, slot.scale = total, scale
}

// isLarger says whether the largest figure of a slot is to be told in place of another's: it is
// larger, or as large and above it.
func isLarger(a, b sumSlot) bool {
	scaleA, scaleB := a.largestScale&^column.Grouped, b.largestScale&^column.Grouped
	largeA, largeB := a.largest, b.largest
	if scaleA != scaleB {
		order := quantity.Scaled(largeA, scaleA).Cmp(quantity.Scaled(largeB, scaleB))
		return order > 0 || order == 0 && a.line < b.line
	}
	return largeA > largeB || largeA == largeB && a.line < b.line
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

// spread mixes a key, so that flows that are alike lie apart.
func spread(key uint64) uint64 { return Mix(0, key) }

// merge takes the sums of another worker.
func (s *sums) merge(other *sums) {
	other.flush()
	other.each(func(key uint64, slot sumSlot) { s.join(key, &s.slots[s.place(key)], slot) })
	for key, part := range other.wide {
		s.wide[key] = s.wide[key].Add(part)
	}
}

// total is the sum of a flow, in its unit.
func (s *sums) total(key uint64, slot sumSlot) quantity.Number {
	sum := quantity.Scaled(slot.sum, slot.scale)
	if part, ok := s.wide[key]; ok {
		sum = sum.Add(part)
	}
	return sum
}
