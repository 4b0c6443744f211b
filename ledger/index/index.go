// Package index says what a block of rows can hold, in about a thousand bytes, so that a question
// about one enterprise or month opens only the blocks that may have an answer.
//
// An index never leaves out what the block holds; it may admit what the block does not hold.
package index

import (
	"encoding/binary"
	"hash/fnv"
	"slices"

	"carbonledger/quantity"
)

// The form: a byte that tells it, first day and length in days as varints, and the entities, each
// with its length before it, or a bitmap where that is shorter.
const (
	formList   = 1
	formBitmap = 2
)

// The bitmap: with three bits for each entity, one block of a thousand enterprises admits one
// stranger in thirty, and one of four thousand every second.
const (
	bitmapBytes = 1 << 10
	bitsEach    = 3
)

// Entity is an entity as indexes have it.
type Entity struct {
	id string
	// bits are its places in the bitmap.
	bits [bitsEach]uint16
}

// EntityOf returns the entity with an id. Its places are thirteen bits each, from one hash.
func EntityOf(id string) Entity {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(id))
	sum := hash.Sum64()
	// FNV-1a hardly carries the last letters into its upper bits; the last steps of MurmurHash3 do.
	sum ^= sum >> 33
	sum *= 0xff51afd7ed558ccd
	sum ^= sum >> 33
	e := Entity{id: id}
	for i := range e.bits {
		e.bits[i] = uint16(sum >> (16 * i) % (8 * bitmapBytes))
	}
	return e
}

// Of makes the index of a block from its entities, in any order and as often as they stand there,
// and from the time from its first day to its last.
func Of(entities []Entity, span quantity.Period) []byte {
	if isLong(entities) {
		return append(begin(formBitmap, span), bitmapOf(entities)...)
	}
	ids := make([]string, len(entities))
	for i, entity := range entities {
		ids[i] = entity.id
	}
	slices.Sort(ids)
	list := begin(formList, span)
	for _, id := range slices.Compact(ids) {
		list = binary.AppendUvarint(list, uint64(len(id)))
		list = append(list, id...)
		if len(list) > bitmapBytes {
			return append(begin(formBitmap, span), bitmapOf(entities)...)
		}
	}
	return list
}

// isLong says whether more different entities than a list holds are among the first ones: then they
// need not be put in order.
func isLong(entities []Entity) bool {
	seen, length := map[string]bool{}, 0
	for _, entity := range entities {
		if seen[entity.id] {
			continue
		}
		seen[entity.id] = true
		if length += 1 + len(entity.id); length > bitmapBytes {
			return true
		}
	}
	return false
}

func begin(form byte, span quantity.Period) []byte {
	head := binary.AppendVarint([]byte{form}, int64(span.First))
	return binary.AppendVarint(head, int64(span.End-span.First))
}

func bitmapOf(entities []Entity) []byte {
	bitmap := make([]byte, bitmapBytes)
	for _, entity := range entities {
		for _, bit := range entity.bits {
			bitmap[bit/8] |= 1 << (bit % 8)
		}
	}
	return bitmap
}

// Holds says whether a block with this index can have a row of an entity at a time that shares a
// day with the period. It is true for bytes that are no index, and for any time where the period
// has no day.
func Holds(index []byte, entity string, period quantity.Period) bool {
	if len(index) == 0 {
		return true
	}
	body := index[1:]
	first, read := binary.Varint(body)
	if read <= 0 {
		return true
	}
	body = body[read:]
	length, read := binary.Varint(body)
	if read <= 0 {
		return true
	}
	body = body[read:]
	span := quantity.Period{First: quantity.Day(first), End: quantity.Day(first + length)}
	if period.First < period.End && !span.Overlaps(period) {
		return false
	}
	switch {
	case index[0] == formList:
		return listed(body, entity)
	case index[0] == formBitmap && len(body) == bitmapBytes:
		bits := EntityOf(entity).bits
		return !slices.ContainsFunc(bits[:], func(bit uint16) bool {
			return body[bit/8]&(1<<(bit%8)) == 0
		})
	}
	return true
}

// listed looks for an entity in a list; what is no list can hold everything.
func listed(list []byte, entity string) bool {
	for len(list) > 0 {
		length, read := binary.Uvarint(list)
		if read <= 0 || length > uint64(len(list)-read) {
			return true
		}
		end := read + int(length)
		if string(list[read:end]) == entity {
			return true
		}
		list = list[end:]
	}
	return false
}
