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

// Of makes the index of a block from its entities, in any order and as often as they stand there,
// and from the time from its first day to its last.
func Of(entities []string, span quantity.Period) []byte {
	if isLong(entities) {
		return append(begin(formBitmap, span), bitmapOf(entities)...)
	}
	entities = slices.Clone(entities)
	slices.Sort(entities)
	entities = slices.Compact(entities)
	list := begin(formList, span)
	for _, entity := range entities {
		list = binary.AppendUvarint(list, uint64(len(entity)))
		list = append(list, entity...)
		if len(list) > bitmapBytes {
			return append(begin(formBitmap, span), bitmapOf(entities)...)
		}
	}
	return list
}

// isLong says whether more different entities than a list holds are among the first ones: then they
// need not be put in order.
func isLong(entities []string) bool {
	seen := map[string]bool{}
	for _, entity := range entities {
		if seen[entity] = true; len(seen) > bitmapBytes {
			return true
		}
	}
	return false
}

func begin(form byte, span quantity.Period) []byte {
	head := binary.AppendVarint([]byte{form}, int64(span.First))
	return binary.AppendVarint(head, int64(span.End-span.First))
}

func bitmapOf(entities []string) []byte {
	bitmap := make([]byte, bitmapBytes)
	for _, entity := range entities {
		for _, bit := range bitsOf(entity) {
			bitmap[bit/8] |= 1 << (bit % 8)
		}
	}
	return bitmap
}

// bitsOf are the places of an entity in the bitmap: thirteen bits each, from one hash.
func bitsOf(entity string) (bits [bitsEach]int) {
	hash := fnv.New64a()
	_, _ = hash.Write([]byte(entity))
	sum := hash.Sum64()
	// FNV-1a hardly carries the last letters into its upper bits; the last steps of MurmurHash3 do.
	sum ^= sum >> 33
	sum *= 0xff51afd7ed558ccd
	sum ^= sum >> 33
	for i := range bits {
		bits[i] = int(sum >> (16 * i) % (8 * bitmapBytes))
	}
	return bits
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
		bits := bitsOf(entity)
		return !slices.ContainsFunc(bits[:], func(bit int) bool {
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
