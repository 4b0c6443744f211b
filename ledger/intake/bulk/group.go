package bulk

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"
	"sync"

	"carbonledger/table/stream"
)

// group is some columns of a table that are read together. It keeps what their cells were found to
// say, as a place in a list that all workers share.
type group struct {
	// columns are in rising order; adjacent where they stand side by side.
	columns  []int
	adjacent bool
	mutex    sync.Mutex
	places   map[string]place
}

func newGroup(columns []int) *group {
	columns = slices.Clone(columns)
	slices.Sort(columns)
	n := len(columns)
	return &group{columns: columns, places: map[string]place{},
		adjacent: n > 0 && columns[n-1]-columns[0] == n-1}
}

// place is what cells were found to say.
type place struct {
	// at is a place in a list of what rows have in common.
	at uint32
	// told: the plain reader says something of the first row with these cells besides its figure.
	told bool
}

// known returns the place of what cells say, where any worker has read them.
func (g *group) known(key []byte) (place, bool) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	p, ok := g.places[string(key)]
	return p, ok
}

func (g *group) keep(key []byte, p place) {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.places[string(key)] = p
}

// unit is what stands between the fields of a key in which a field holds the separator itself.
const unit = 0x1f

// key is what the cells of the group say, as bytes: the fields with the separator between them,
// without quotation marks. The same cells always have the same key, and other cells another.
func (g *group) key(s *stream.Scanner, separator byte, scratch *[]byte) []byte {
	if g.adjacent {
		span := s.Span(g.columns[0], g.columns[len(g.columns)-1])
		if bytes.IndexByte(span, '"') < 0 {
			return span
		}
	}
	key := (*scratch)[:0]
	for _, mark := range []byte{separator, unit} {
		key = key[:0]
		if mark == unit {
			key = append(key, unit)
		}
		clear := true
		for i, column := range g.columns {
			if i > 0 {
				key = append(key, mark)
			}
			value := s.Value(column)
			clear = clear && bytes.IndexByte(value, separator) < 0
			key = append(key, value...)
		}
		if clear {
			break
		}
	}
	*scratch = key
	return key
}

// cache is what one worker knows of a group: places by key, in a table of its own.
type cache struct {
	group *group
	slots []cacheSlot
	used  int
	keys  []byte
	// last is where the last key was found: sorted files repeat it.
	last uint64
}

// cacheSlot holds the key keys[from:from+length]; a free one has no length and a place of 0.
type cacheSlot struct {
	hash   uint64
	from   uint64
	length uint32
	taken  bool
	place
}

func newCache(g *group) *cache { return &cache{group: g, slots: make([]cacheSlot, 1<<8)} }

// find returns the slot of a key, or nil where no worker knows it. In a slot that is told no row
// was told yet.
func (c *cache) find(key []byte) *cacheSlot {
	if slot := &c.slots[c.last]; slot.taken && c.isAt(slot, key) {
		return slot
	}
	hash := hashOf(key)
	mask := uint64(len(c.slots) - 1)
	for i := hash & mask; c.slots[i].taken; i = (i + 1) & mask {
		if slot := &c.slots[i]; slot.hash == hash && c.isAt(slot, key) {
			c.last = i
			return slot
		}
	}
	return c.learn(key, hash)
}

func (c *cache) isAt(slot *cacheSlot, key []byte) bool {
	return string(c.keys[slot.from:slot.from+uint64(slot.length)]) == string(key)
}

// learn asks the group for a key that this worker has not met.
func (c *cache) learn(key []byte, hash uint64) *cacheSlot {
	p, ok := c.group.known(key)
	if !ok {
		return nil
	}
	if c.used++; c.used*2 > len(c.slots) {
		c.grow()
	}
	from := uint64(len(c.keys))
	c.keys = append(c.keys, key...)
	return c.put(cacheSlot{hash, from, uint32(len(key)), true, p})
}

func (c *cache) put(slot cacheSlot) *cacheSlot {
	mask := uint64(len(c.slots) - 1)
	i := slot.hash & mask
	for c.slots[i].taken {
		i = (i + 1) & mask
	}
	c.slots[i] = slot
	return &c.slots[i]
}

func (c *cache) grow() {
	old := c.slots
	c.slots, c.last = make([]cacheSlot, 2*len(old)), 0
	for _, slot := range old {
		if slot.taken {
			c.put(slot)
		}
	}
}

// Hash and Mix make a number of texts and numbers: the same of the same, on every machine.
func Hash(texts ...string) (hash uint64) {
	for _, text := range texts {
		hash = Mix(hash, hashOf([]byte(text)))
	}
	return hash
}

// Mix takes another number into one.
func Mix(hash, n uint64) uint64 {
	high, low := bits.Mul64(hash^n^0x9e3779b97f4a7c15, 0xd1b54a32d192ed03)
	return high ^ low
}

// hashOf mixes eight bytes at a time by the two halves of a product. It decides where a key is
// looked for and nothing else.
func hashOf(key []byte) uint64 {
	const first, second = 0x9e3779b97f4a7c15, 0xd1b54a32d192ed03 // odd, with bits spread evenly
	hash := uint64(len(key)) * first
	for ; len(key) >= 8; key = key[8:] {
		high, low := bits.Mul64(hash^binary.LittleEndian.Uint64(key), second)
		hash = high ^ low
	}
	tail := uint64(0)
	for i, c := range key {
		tail |= uint64(c) << (8 * i)
	}
	high, low := bits.Mul64(hash^tail, first)
	return high ^ low
}
