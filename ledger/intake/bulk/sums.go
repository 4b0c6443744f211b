package bulk

import (
	"cmp"
	"math/bits"
	"slices"
	"sync"
	"sync/atomic"
	"unsafe"

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

// sums add the figures of flows up, as written, in the unit of each. All workers share them: an
// account is in one of the parts, and whoever adds to a part holds it.
type sums struct {
	parts [sumParts]sumPart
	memory
}

// sumParts is how many parts there are: so many that workers seldom meet, and that a part of half a
// million flows is not larger than what a core has near it.
const (
	sumPartBits = 7
	sumParts    = 1 << sumPartBits
)

// sumPart is a part of the accounts. The sums of one account lie side by side, as many times as a
// block has: a table finds the block, and the time its slot.
type sumPart struct {
	mutex sync.Mutex
	// table has a place for each number of some bits.
	table []sumBlock
	bits  int
	// used counts the blocks, flows the flows that have rows.
	used, flows int
	// wide holds what of a sum no longer fits into its slot.
	wide map[uint64]quantity.Number
	// touched keeps what was only looked at from being left out.
	touched uint32
}

// blockTimes is how many times a block has: twelve, as most files have months of whole years.
const blockTimes = 12

// sumBlock is where the sums of an account lie for some times.
type sumBlock struct {
	// key is that of the flow of its first time, plus 1; 0 is a free place.
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

// memory is where the slots lie: in runs that are never moved. They are touched in no order, so
// that finding the page of one can take longer than adding to it, unless pages are large.
type memory struct {
	mutex sync.Mutex
	runs  atomic.Pointer[[][]sumSlot]
	used  int
	// advise is told of a run before it is touched.
	advise func([]byte)
}

// runSlots is how many slots a run has, a power of two. The system gives memory when it is touched.
const runSlots = 1 << 19

// take takes the slots of a block.
func (m *memory) take() uint32 {
	m.mutex.Lock()
	defer m.mutex.Unlock()
	runs := *m.runs.Load()
	if m.used+blockTimes > len(runs)*runSlots {
		run := make([]sumSlot, runSlots)
		if m.advise != nil {
			m.advise(unsafe.Slice((*byte)(unsafe.Pointer(&run[0])),
				runSlots*int(unsafe.Sizeof(run[0]))))
		}
		m.used = len(runs) * runSlots
		runs = append(slices.Clone(runs), run)
		m.runs.Store(&runs)
	}
	from := m.used
	m.used += blockTimes
	return uint32(from)
}

// slot is a slot of the runs.
func slot(runs [][]sumSlot, at uint32) *sumSlot { return &runs[at/runSlots][at%runSlots] }

func newSums(advise func([]byte)) *sums {
	s := &sums{}
	s.memory.advise = advise
	s.runs.Store(&[][]sumSlot{})
	for i := range s.parts {
		s.parts[i] = sumPart{table: make([]sumBlock, 64), bits: 6,
			wide: map[uint64]quantity.Number{}}
	}
	return s
}

// adder gathers the rows of one worker by the parts of the sums.
type adder struct {
	sums *sums
	rows [sumParts][]sumRow
}

// sumRow is a figure to be added.
type sumRow struct {
	key    uint64
	figure int64
	line   uint32
	scale  uint8
}

// sumBatch is how many rows of a part are added at once: so many that most of its memory is used
// several times while it is near. The blocks and slots of some of them are looked at before the
// first is added, so that the memory of all of these is on its way at the same time.
const (
	sumBatch = 2048
	ahead    = 256
)

// add takes the figures of the rows from one on, none of them negative. One that is absent counts
// as nothing.
func (a *adder) add(rows *column.Rows, from int) {
	whats, whens := rows.What[from:], rows.When[from:]
	figures, scales, lines := rows.Figures[from:], rows.Scales[from:], rows.Lines[from:]
	for i, who := range rows.Who[from:] {
		scale := scales[i]
		if scale == column.Absent {
			scale = 0
		}
		key := keyOf(who, whats[i], whens[i])
		part := partOf(key)
		gathered := append(a.rows[part], sumRow{key, figures[i], uint32(lines[i]), scale})
		if a.rows[part] = gathered; len(gathered) == sumBatch {
			a.flushPart(part)
		}
	}
}

// partOf is the part of the account of a flow.
func partOf(key uint64) int { return int(spread(key>>whenBits, sumPartBits)) }

// flush adds the rows that are still to be added.
func (a *adder) flush() {
	for part := range a.rows {
		a.flushPart(part)
	}
}

func (a *adder) flushPart(part int) {
	a.sums.addAll(&a.sums.parts[part], a.rows[part])
	a.rows[part] = a.rows[part][:0]
}

// addAll adds rows of a part.
func (s *sums) addAll(p *sumPart, rows []sumRow) {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	for ; len(rows) > 0; rows = rows[min(ahead, len(rows)):] {
		s.addSome(p, rows[:min(ahead, len(rows))])
	}
}

// addSome adds rows of a part that is held.
func (s *sums) addSome(p *sumPart, rows []sumRow) {
	var at [ahead]uint32
	p.touched = p.touchBlocks(rows)
	for i := range rows {
		at[i] = p.place(rows[i].key, &s.memory)
	}
	runs := *s.runs.Load()
	p.touched += touchSlots(runs, at[:len(rows)])
	for i := range rows {
		row, to := &rows[i], slot(runs, at[i])
		if !to.add(row) {
			p.join(row.key, to, sumSlot{row.figure, row.figure, row.line, 1,
				row.scale &^ column.Grouped, row.scale})
		}
	}
}

// touchBlocks looks at the places in the table where the blocks of rows are likely to be. As it
// does nothing else, the memory of many is on its way at the same time.
func (p *sumPart) touchBlocks(rows []sumRow) (touched uint32) {
	for i := range rows {
		block, _ := blockOf(rows[i].key)
		touched += p.table[spread(block, p.bits)&uint64(len(p.table)-1)].from
	}
	return touched
}

// touchSlots looks at slots, as touchBlocks does at blocks.
func touchSlots(runs [][]sumSlot, at []uint32) (touched uint32) {
	for _, at := range at {
		touched += slot(runs, at).rows
	}
	return touched
}

// blockOf is the key of the block of a flow, and the place of its time in it.
func blockOf(key uint64) (block, time uint64) {
	time = key & (1<<whenBits - 1) % blockTimes
	return key - time + 1, time
}

// place returns the slot of a flow, and makes a block where it has none.
func (p *sumPart) place(key uint64, m *memory) uint32 {
	block, time := blockOf(key)
	mask := uint64(len(p.table) - 1)
	for i := spread(block, p.bits); ; i = (i + 1) & mask {
		switch b := &p.table[i]; b.key {
		case block:
			return b.from + uint32(time)
		case 0:
			return p.begin(block, m) + uint32(time)
		}
	}
}

// begin makes a block.
func (p *sumPart) begin(block uint64, m *memory) uint32 {
	if p.used++; p.used*2 > len(p.table) {
		old := p.table
		p.table, p.bits = make([]sumBlock, 2*len(old)), p.bits+1
		for _, b := range old {
			if b.key != 0 {
				p.put(b)
			}
		}
	}
	from := m.take()
	// Memory that is read first has to be given twice by the system, large pages at great cost.
	*slot(*m.runs.Load(), from) = sumSlot{}
	p.put(sumBlock{block, from})
	return from
}

func (p *sumPart) put(b sumBlock) {
	mask := uint64(len(p.table) - 1)
	i := spread(b.key, p.bits)
	for p.table[i].key != 0 {
		i = (i + 1) & mask
	}
	p.table[i] = b
}

// spread mixes a key, so that accounts that are alike lie apart, and brings it below a power of two
// by the upper bits of a product, which alone depend on all of the key.
func spread(key uint64, bits int) uint64 { return key * 0x9e3779b97f4a7c15 >> (64 - bits) }

// each calls yield for every flow of a part that has rows: account by account, and those of one by
// rising places of their times.
func (s *sums) each(part int, yield func(key uint64, slot *sumSlot)) {
	runs := *s.runs.Load()
	for _, b := range s.parts[part].blocks() {
		for time := range uint32(blockTimes) {
			if one := slot(runs, b.from+time); one.rows > 0 {
				yield(b.key-1+uint64(time), one)
			}
		}
	}
}

// flows counts the flows that have rows.
func (s *sums) flows() (n int) {
	for i := range s.parts {
		n += s.parts[i].flows
	}
	return n
}

// blocks are the blocks of a part in the order of their keys.
func (p *sumPart) blocks() []sumBlock {
	blocks := make([]sumBlock, 0, p.used)
	for _, b := range p.table {
		if b.key != 0 {
			blocks = append(blocks, b)
		}
	}
	slices.SortFunc(blocks, func(a, b sumBlock) int { return cmp.Compare(a.key, b.key) })
	return blocks
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
func (p *sumPart) join(key uint64, slot *sumSlot, other sumSlot) {
	if slot.rows == 0 {
		*slot = other
		p.flows++
		return
	}
	scale := max(slot.scale, other.scale)
	if !slot.raise(scale) || !other.raise(scale) || slot.sum+other.sum < 0 {
		p.spill(key, slot, other)
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
func (p *sumPart) spill(key uint64, slot *sumSlot, other sumSlot) {
	p.wide[key] = p.wide[key].Add(quantity.Scaled(slot.sum, slot.scale)).
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
	high, low := bits.Mul64(uint64(figure), powersOfTen[by])
	return int64(low), high|low>>63 == 0
}

// total is the sum of a flow, in its unit.
func (s *sums) total(key uint64, slot *sumSlot) quantity.Number {
	sum := quantity.Scaled(slot.sum, slot.scale)
	if part, ok := s.parts[partOf(key)].wide[key]; ok {
		sum = sum.Add(part)
	}
	return sum
}
