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
// without quotation marks and blanks around them. The same cells always have the same key, and
// other cells another. It stands in the piece or is appended to the scratch.
func (g *group) key(s *stream.Scanner, separator byte, scratch *[]byte) []byte {
	if g.adjacent {
		span := s.Span(g.columns[0], g.columns[len(g.columns)-1])
		if !s.Marked || bytes.IndexByte(span, '"') < 0 {
			return span
		}
	}
	start := len(*scratch)
	for _, mark := range []byte{separator, unit} {
		key := (*scratch)[:start]
		if mark == unit {
			key = append(key, unit)
		}
		clear := true
		for i, column := range g.columns {
			if i > 0 {
				key = append(key, mark)
			}
			value := trimmed(s.Value(column))
			clear = clear && bytes.IndexByte(value, separator) < 0
			key = append(key, value...)
		}
		*scratch = key
		if clear {
			break
		}
	}
	return (*scratch)[start:]
}

// trimmed is a cell without the blanks around it.
func trimmed(cell []byte) []byte {
	for len(cell) > 0 && cell[0] == ' ' {
		cell = cell[1:]
	}
	for len(cell) > 0 && cell[len(cell)-1] == ' ' {
		cell = cell[:len(cell)-1]
	}
	return cell
}

// cache is what one worker knows of a group: places by key, in a table of its own.
type cache struct {
	group *group
	slots []cacheSlot
	used  int
	// only is the one slot of a group without columns, where it is known.
	only *cacheSlot
	// keys are the keys one after the other, froms where the one of each slot begins.
	keys  []byte
	froms []uint32
}

// cacheSlot holds up to 24 bytes of a key, and its length plus 1; 0 is a free slot.
type cacheSlot struct {
	words  words
	at     uint32
	length uint16
	told   bool
}

func newCache(g *group) *cache {
	return &cache{group: g, slots: make([]cacheSlot, 1<<8), froms: make([]uint32, 1<<8)}
}

// find returns the slot of a key, or nil where no worker knows it. In a slot that is told no row
// was told yet.
func (c *cache) find(key []byte) *cacheSlot {
	w := wordsOf(key)
	mask := uint64(len(c.slots) - 1)
	for i := w.mixed(seedOf(key)) & mask; c.slots[i].length != 0; i = (i + 1) & mask {
		slot := &c.slots[i]
		if slot.words == w && int(slot.length) == len(key)+1 &&
			(len(key) <= wordBytes || c.isAt(c.froms[i], key)) {
			return slot
		}
	}
	return c.learn(key)
}

// isAt compares what the words of a key do not say.
func (c *cache) isAt(from uint32, key []byte) bool {
	return string(c.keys[from+wordBytes:from+uint32(len(key))]) == string(key[wordBytes:])
}

// learn asks the group for a key that this worker has not met.
func (c *cache) learn(key []byte) *cacheSlot {
	p, ok := c.group.known(key)
	if !ok || len(c.keys) > math.MaxUint32-len(key) || len(key) >= math.MaxUint16 {
		return nil
	}
	if c.used++; c.used*4 > len(c.slots)*3 {
		c.grow()
	}
	from := uint32(len(c.keys))
	c.keys = append(c.keys, key...)
	return c.put(cacheSlot{wordsOf(key), p.at, uint16(len(key) + 1), p.told}, from)
}

func (c *cache) put(slot cacheSlot, from uint32) *cacheSlot {
	mask := uint64(len(c.slots) - 1)
	key := c.keys[from : from+uint32(slot.length)-1]
	i := slot.words.mixed(seedOf(key)) & mask
	for c.slots[i].length != 0 {
		i = (i + 1) & mask
	}
	c.slots[i], c.froms[i] = slot, from
	return &c.slots[i]
}

func (c *cache) grow() {
	slots, froms := c.slots, c.froms
	c.slots, c.froms = make([]cacheSlot, 2*len(slots)), make([]uint32, 2*len(slots))
	for i, slot := range slots {
		if slot.length != 0 {
			c.put(slot, froms[i])
		}
	}
}

// Hash and Mix make a number of texts and numbers: the same of the same, on every machine.
func Hash(texts ...string) (hash uint64) {
	for _, text := range texts {
		hash = Mix(hash, wordsOf([]byte(text)).mixed(seedOf([]byte(text))))
	}
	return hash
}

// Mix takes another number into one.
func Mix(hash, n uint64) uint64 {
	high, low := bits.Mul64(hash^n^odd, other)
	return high ^ low
}

// words are the first 24 bytes of a key as numbers, with zeros behind a shorter one: with the
// length no other key of up to 24 bytes has the same. They are no array: those lie in memory.
type words struct{ first, second, third uint64 }

// wordBytes is up to how many bytes words say all of a key.
const wordBytes = 24

// masks leave the first bytes of words: as many as a key has.
var masks = func() (masks [wordBytes + 1]words) {
	for n := range masks {
		bits := func(from int) uint64 { return 1<<(8*min(max(n-from, 0), 8)) - 1 }
		masks[n] = words{bits(0), bits(8), bits(16)}
	}
	return masks
}()

// wordsOf are the words of a key. They are read together with what stands behind the key in its
// memory, which is quicker than to ask how long it is.
func wordsOf(key []byte) words {
	from := key
	if cap(key) < wordBytes {
		var padded [wordBytes]byte
		copy(padded[:], key)
		from = padded[:]
	}
	from = from[:wordBytes]
	mask := &masks[min(len(key), wordBytes)]
	return words{binary.LittleEndian.Uint64(from) & mask.first,
		binary.LittleEndian.Uint64(from[8:]) & mask.second,
		binary.LittleEndian.Uint64(from[16:]) & mask.third}
}

// Odd numbers with bits spread evenly.
const odd, other = 0x9e3779b97f4a7c15, 0xd1b54a32d192ed03

// seedOf is what the words of a key do not say, as a number.
func seedOf(key []byte) uint64 {
	seed := uint64(len(key)) * odd
	if len(key) > wordBytes {
		for i := wordBytes; i+8 < len(key); i += 8 {
			seed = Mix(seed, binary.LittleEndian.Uint64(key[i:]))
		}
		seed = Mix(seed, binary.LittleEndian.Uint64(key[len(key)-8:]))
	}
	return seed
}

// mixed mixes words and seed by the two halves of a product. It decides where a key is looked for
// and nothing else.
func (w words) mixed(seed uint64) uint64 {
	high, low := bits.Mul64(seed^w.first^w.second*other^odd, w.third^other)
	return high ^ low
}
