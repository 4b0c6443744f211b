package bulk

import (
	"bytes"
	"encoding/binary"
	"math"
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
		if !s.Marked || bytes.IndexByte(span, '"') < 0 {
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
}

// cacheSlot holds the key keys[from:from+length], with its first and last bytes beside it.
type cacheSlot struct {
	first, last  uint64
	from, length uint32
	place
	taken bool
}

func newCache(g *group) *cache { return &cache{group: g, slots: make([]cacheSlot, 1<<8)} }

// find returns the slot of a key, or nil where no worker knows it. In a slot that is told no row
// was told yet.
func (c *cache) find(key []byte) *cacheSlot {
	first, last := ends(key)
	hash := hashOf(key, first, last)
	mask := uint64(len(c.slots) - 1)
	for i := hash & mask; c.slots[i].taken; i = (i + 1) & mask {
		slot := &c.slots[i]
		if slot.first == first && slot.last == last && int(slot.length) == len(key) &&
			(len(key) <= 16 || c.isAt(slot, key)) {
			return slot
		}
	}
	return c.learn(key)
}

// isAt compares what lies between the first and the last eight bytes.
func (c *cache) isAt(slot *cacheSlot, key []byte) bool {
	middle := uint32(len(key)) - 8
	return string(c.keys[slot.from+8:slot.from+middle]) == string(key[8:middle])
}

// learn asks the group for a key that this worker has not met.
func (c *cache) learn(key []byte) *cacheSlot {
	p, ok := c.group.known(key)
	if !ok || len(c.keys) > math.MaxUint32-len(key) {
		return nil
	}
	if c.used++; c.used*2 > len(c.slots) {
		c.grow()
	}
	from := uint32(len(c.keys))
	c.keys = append(c.keys, key...)
	first, last := ends(key)
	return c.put(cacheSlot{first, last, from, uint32(len(key)), p, true})
}

func (c *cache) put(slot cacheSlot) *cacheSlot {
	mask := uint64(len(c.slots) - 1)
	key := c.keys[slot.from : slot.from+slot.length]
	i := hashOf(key, slot.first, slot.last) & mask
	for c.slots[i].taken {
		i = (i + 1) & mask
	}
	c.slots[i] = slot
	return &c.slots[i]
}

func (c *cache) grow() {
	old := c.slots
	c.slots = make([]cacheSlot, 2*len(old))
	for _, slot := range old {
		if slot.taken {
			c.put(slot)
		}
	}
}

// Hash and Mix make a number of texts and numbers: the same of the same, on every machine.
func Hash(texts ...string) (hash uint64) {
	for _, text := range texts {
		first, last := ends([]byte(text))
		hash = Mix(hash, hashOf([]byte(text), first, last))
	}
	return hash
}

// Mix takes another number into one.
func Mix(hash, n uint64) uint64 {
	high, low := bits.Mul64(hash^n^0x9e3779b97f4a7c15, 0xd1b54a32d192ed03)
	return high ^ low
}

// ends are the first and the last eight bytes of a key as numbers; of a shorter one all bytes are
// in the two, and with the length no other key has the same.
func ends(key []byte) (first, last uint64) {
	n := len(key)
	switch {
	case n >= 8:
		return binary.LittleEndian.Uint64(key), binary.LittleEndian.Uint64(key[n-8:])
	case n >= 4:
		return uint64(binary.LittleEndian.Uint32(key)),
			uint64(binary.LittleEndian.Uint32(key[n-4:]))
	case n > 0:
		return uint64(key[0])<<8 | uint64(key[n/2]), uint64(key[n-1])
	}
	return 0, 0
}

// hashOf mixes eight bytes at a time by the two halves of a product. It decides where a key is
// looked for and nothing else.
func hashOf(key []byte, first, last uint64) uint64 {
	const odd, other = 0x9e3779b97f4a7c15, 0xd1b54a32d192ed03 // with bits spread evenly
	hash := first ^ uint64(len(key))*odd
	for i := 8; i+8 < len(key); i += 8 {
		high, low := bits.Mul64(hash^binary.LittleEndian.Uint64(key[i:]), other)
		hash = high ^ low
	}
	high, low := bits.Mul64(hash^odd, last^other)
	return high ^ low
}
