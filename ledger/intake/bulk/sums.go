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
type sums struct {
	slots []sumSlot
	used  int
	// wide holds what of a sum no longer fits into its slot.
	wide map[uint64]quantity.Number
	// batch are rows that are still to be added; touched keeps the touching of their slots from
	// being optimised away.
	batch   []sumRow
	touched uint64
}

// sumSlot is a flow: the sum of its figures and the largest of them, with its line.
type sumSlot struct {
	// key is that of the flow plus 1; 0 is a free slot.
	key          uint64
	sum, largest int64
	rows, line   uint32
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

// sumBatch is how many rows are added at once: their slots are touched first, so that the memory
// they lie in is on its way for all of them when the first is added.
const sumBatch = 256

func newSums() *sums {
	return &sums{slots: make([]sumSlot, 1<<12), wide: map[uint64]quantity.Number{},
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
	if (s.used+len(s.batch))*4 > len(s.slots)*3 {
		s.grow()
	}
	mask := uint64(len(s.slots) - 1)
	var home [sumBatch]uint64
	touch := uint64(0)
	for i := range s.batch {
		home[i] = spread(s.batch[i].key) & mask
		touch |= s.slots[home[i]].key
	}
	s.touched = touch
	for i := range s.batch {
		row := &s.batch[i]
		at := home[i]
		for s.slots[at].key != row.key+1 {
			if s.slots[at].key == 0 {
				s.slots[at].key = row.key + 1
				s.used++
				break
			}
			at = (at + 1) & mask
		}
		s.join(&s.slots[at], sumSlot{row.key + 1, row.figure, row.figure, 1, row.line,
			row.scale &^ column.Grouped, row.scale})
	}
	s.batch = s.batch[:0]
}

// join adds sum and rows of another slot of the same flow.
func (s *sums) join(slot *sumSlot, other sumSlot) {
	if slot.rows == 0 || isLarger(other, *slot) {
		slot.largest, slot.largestScale, slot.line = other.largest, other.largestScale, other.line
	}
	slot.rows += other.rows
	scale := max(slot.scale, other.scale)
	sum, ok := raised(slot.sum, scale-slot.scale)
	part, okPart := raised(other.sum, scale-other.scale)
	total := sum + part
	if !ok || !okPart || total < 0 {
		key := slot.key - 1
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

func (s *sums) grow() {
	old := s.slots
	s.slots = make([]sumSlot, 2*len(old))
	for _, slot := range old {
		if slot.key != 0 {
			*s.slot(slot.key) = slot
		}
	}
}

// slot finds the slot of a flow, or a free one.
func (s *sums) slot(key uint64) *sumSlot {
	mask := uint64(len(s.slots) - 1)
	at := spread(key-1) & mask
	for s.slots[at].key != 0 && s.slots[at].key != key {
		at = (at + 1) & mask
	}
	return &s.slots[at]
}

// merge takes the sums of another worker.
func (s *sums) merge(other *sums) {
	other.flush()
	for _, slot := range other.slots {
		if slot.key == 0 {
			continue
		}
		if (s.used+1)*4 > len(s.slots)*3 {
			s.grow()
		}
		at := s.slot(slot.key)
		if at.key == 0 {
			at.key = slot.key
			s.used++
		}
		s.join(at, slot)
	}
	for key, part := range other.wide {
		s.wide[key] = s.wide[key].Add(part)
	}
}

// total is the sum of a slot, in its unit.
func (s *sums) total(slot sumSlot) quantity.Number {
	sum := quantity.Scaled(slot.sum, slot.scale)
	if part, ok := s.wide[slot.key-1]; ok {
		sum = sum.Add(part)
	}
	return sum
}
