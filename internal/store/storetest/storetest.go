// Package storetest is the suite every store passes: what was appended is read back byte for byte,
// two writers never fork a book, and whatever fails, the whole batch is stored or none of it.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carbonledger/internal/store"
	"carbonledger/ledger/seal"
)

// Kind is a kind of store under test.
type Kind struct {
	// Open opens the book of a place and makes it where there is none. A place opened again, also
	// while it is open, is the same book.
	Open func(t testing.TB, place string) store.Store
	// Damage changes a byte of the first block of a batch behind the back of the store; nil for a
	// store whose bytes nobody can reach.
	Damage func(t testing.TB, place string, position int)
	// Faults are the ways in which its disk fails; none for a store without a disk.
	Faults []Fault
}

// Fault is a way in which a disk fails.
type Fault struct {
	Name string
	// Open opens the book of a place so that the n-th step of the next Append fails, counted from
	// 1.
	Open func(t testing.TB, place string, n int) store.Store
	// Passing: after one failed Append the same store works again.
	Passing bool
}

// seed is that of all histories; a failure names it with the position.
const seed = 20260104

// Run runs the suite twice: with blocks that lie in memory, and with blocks from a spool.
func Run(t *testing.T, kind Kind) {
	t.Run("in memory", func(t *testing.T) { run(t, kind) })
	t.Run("spooled", func(t *testing.T) { run(t, kind.spooled()) })
}

func run(t *testing.T, kind Kind) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, Kind)
	}{
		{"an empty book", testEmpty},
		{"what is appended is read back, also after reopening", testReadBack},
		{"a range is cut to what the book has", testRange},
		{"blocks of every size come back", testSizes},
		{"the caller's bytes are not the book's", testOwnBytes},
		{"a stale head moves nothing", testStale},
		{"of two writers exactly one wins", testTwoWriters},
		{"many writers make one chain", testChain},
		{"reading while writing sees whole batches", testReadWhileWriting},
		{"a damaged block is found", testDamage},
		{"only wanted blocks are read", testWanted},
		{"blocks that cannot be read are not stored", testSourceFails},
		{"a cancelled append leaves nothing", testCancel},
		{"a failed append leaves nothing", testFaults},
	} {
		t.Run(test.name, func(t *testing.T) { test.run(t, kind) })
	}
}

// place returns where a new book may live.
func place(t testing.TB) string { return filepath.Join(t.TempDir(), "book") }

// open opens a book for the length of a test.
func open(t testing.TB, kind Kind, place string) store.Store {
	t.Helper()
	s := kind.Open(t, place)
	t.Cleanup(func() { closed(t, s) })
	return s
}

func closed(t testing.TB, s store.Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// fill appends the records, each behind the one before it.
func fill(t testing.TB, s store.Store, records ...store.Record) {
	t.Helper()
	for _, r := range records {
		head, err := s.Head(t.Context())
		if err != nil {
			t.Fatalf("Head: %v", err)
		}
		if err := s.Append(t.Context(), head, r); err != nil {
			t.Fatalf("Append of batch %d: %v", r.Position, err)
		}
	}
}

// same compares all the store holds with what it should hold.
func same(t testing.TB, s store.Store, want []store.Record) {
	t.Helper()
	if head, err := s.Head(t.Context()); err != nil || head != headAfter(want) {
		t.Fatalf("Head = %v, %v, want %v", head, err, headAfter(want))
	}
	got, err := s.Records(t.Context(), 1, len(want)+1)
	if err != nil || len(got) != len(want) {
		t.Fatalf("Records = %d records, %v, want %d", len(got), err, len(want))
	}
	for i := range want {
		if got[i].Blocks != nil {
			t.Errorf("record %d comes with %d blocks, want none", i+1, got[i].Blocks.Len())
		}
		if got[i].Blocks, err = Blocks(t.Context(), s, i+1); err != nil {
			t.Fatalf("Blocks(%d): %v", i+1, err)
		}
		if diff := difference(got[i], want[i]); diff != "" {
			t.Fatalf("batch %d of seed %d: %s", i+1, seed, diff)
		}
	}
}

// headAfter is the head of a book that holds the records.
func headAfter(records []store.Record) store.Head {
	if len(records) == 0 {
		return store.Head{}
	}
	last := records[len(records)-1]
	return store.Head{Position: last.Position, Digest: last.Head}
}

// difference names the first part in which two records differ; no bytes and nil are the same.
func difference(got, want store.Record) string {
	switch {
	case got.Position != want.Position || got.Head != want.Head:
		return fmt.Sprintf("stands at %d %s, want %d %s",
			got.Position, got.Head, want.Position, want.Head)
	case !bytes.Equal(got.Receipt, want.Receipt):
		return fmt.Sprintf("receipt = %s, want %s", got.Receipt, want.Receipt)
	case !bytes.Equal(got.Meta, want.Meta):
		return fmt.Sprintf("meta = %s, want %s", got.Meta, want.Meta)
	case !slices.EqualFunc(got.Sums, want.Sums, bytes.Equal):
		return fmt.Sprintf("%d blocks of sums differ from %d", len(got.Sums), len(want.Sums))
	case !slices.EqualFunc(packed(got), packed(want), sameBlock):
		return fmt.Sprintf("%d blocks of rows differ from %d", got.Rows().Len(), want.Rows().Len())
	}
	return ""
}

// packed returns the blocks of a record whose source does not fail.
func packed(r store.Record) store.List {
	var list store.List
	for block, err := range r.Rows().All() {
		if err != nil {
			panic("storetest: blocks: " + err.Error())
		}
		list = append(list, block)
	}
	return list
}

func sameBlock(a, b store.Packed) bool {
	return a.Size == b.Size && a.CRC == b.CRC && bytes.Equal(a.Index, b.Index) &&
		bytes.Equal(a.Body, b.Body)
}

// Blocks collects the blocks of a position and proves each of them.
func Blocks(ctx context.Context, s store.Store, position int) (store.List, error) {
	var list store.List
	for block, err := range s.Blocks(ctx, position, nil) {
		if err == nil {
			_, err = block.Plain()
		}
		if err != nil {
			return nil, fmt.Errorf("batch %d: %w", position, err)
		}
		list = append(list, block)
	}
	return list, nil
}

// Plain unpacks the blocks of a record.
func Plain(r store.Record) ([][]byte, error) {
	var list [][]byte
	for block, err := range r.Rows().All() {
		if err != nil {
			return nil, err
		}
		plain, err := block.Plain()
		if err != nil {
			return nil, err
		}
		list = append(list, plain)
	}
	return list, nil
}

func testEmpty(t *testing.T, kind Kind) {
	s := open(t, kind, place(t))
	same(t, s, nil)
	if _, err := Blocks(t.Context(), s, 1); !errors.Is(err, store.ErrNoBatch) {
		t.Errorf("Blocks(1) of an empty book = %v, want ErrNoBatch", err)
	}
}

func testReadBack(t *testing.T, kind Kind) {
	at := place(t)
	history := NewHistory(seed)
	var want []store.Record
	for range 3 {
		s := kind.Open(t, at)
		same(t, s, want)
		for range 5 {
			want = append(want, history.Next(120))
			fill(t, s, want[len(want)-1])
		}
		same(t, s, want)
		verify(t, s, 1)
		closed(t, s)
	}
}

// Verify checks digests, sums and chain of a whole book, as `check` does.
func Verify(t testing.TB, s store.Store) store.Head {
	t.Helper()
	return verify(t, s, 1)
}

// verify is Verify for the batches from a position.
func verify(t testing.TB, s store.Store, from int) store.Head {
	t.Helper()
	head, err := s.Head(t.Context())
	if err != nil {
		t.Fatalf("Head: %v", err)
	}
	records, err := s.Records(t.Context(), 1, head.Position)
	if err != nil || len(records) != head.Position {
		t.Fatalf("Records = %d, %v, want %d", len(records), err, head.Position)
	}
	before := seal.Digest{}
	for _, r := range records {
		var blocks [][]byte
		if r.Position >= from {
			r.Blocks, err = Blocks(t.Context(), s, r.Position)
			if err != nil {
				t.Fatalf("Blocks(%d): %v", r.Position, err)
			}
			if blocks, err = Plain(r); err != nil {
				t.Fatalf("batch %d: %v", r.Position, err)
			}
		}
		batch, err := r.Batch(blocks)
		if err != nil {
			t.Fatalf("batch %d: %v", r.Position, err)
		}
		if before = seal.Next(before, batch.Receipt.Batch); before != r.Head {
			t.Fatalf("head after batch %d = %s, want %s", r.Position, r.Head, before)
		}
		if r.Position >= from {
			if err := batch.Verify(); err != nil {
				t.Fatalf("batch %d: %v", r.Position, err)
			}
		}
	}
	if before != head.Digest {
		t.Fatalf("the book stands at %s, its batches end at %s", head.Digest, before)
	}
	return head
}

func testRange(t *testing.T, kind Kind) {
	s := open(t, kind, place(t))
	for history := NewHistory(seed); history.Head().Position < 4; {
		fill(t, s, history.Next(3))
	}
	for _, test := range []struct{ from, to, first, count int }{
		{1, 4, 1, 4}, {2, 3, 2, 2}, {3, 3, 3, 1}, {-5, 2, 1, 2}, {3, 99, 3, 2}, {0, 0, 0, 0},
		{5, 9, 0, 0}, {3, 2, 0, 0},
	} {
		list, err := s.Records(t.Context(), test.from, test.to)
		if err != nil || len(list) != test.count ||
			test.count > 0 && list[0].Position != test.first {
			t.Errorf("Records(%d, %d) = %d records, %v, want %d from %d",
				test.from, test.to, len(list), err, test.count, test.first)
		}
	}
	for _, position := range []int{-1, 0, 5} {
		if _, err := Blocks(t.Context(), s, position); !errors.Is(err, store.ErrNoBatch) {
			t.Errorf("Blocks(%d) of a book of 4 = %v, want ErrNoBatch", position, err)
		}
	}
}

// testSizes stores bytes that no batch has; a store does not look into them.
func testSizes(t *testing.T, kind Kind) {
	random := rand.NewChaCha8([32]byte{1})
	noise := make([]byte, 1<<20)
	_, _ = random.Read(noise)
	many := make([][]byte, 300)
	for i := range many {
		many[i] = noise[i : 2*i]
	}
	var want []store.Record
	s := open(t, kind, place(t))
	for _, content := range []struct{ blocks, sums [][]byte }{
		{nil, nil},
		{[][]byte{{}, {0}, noise, make([]byte, 8<<20)}, [][]byte{{}}},
		{many, many[:10]},
	} {
		want = append(want, raw(headAfter(want), content.blocks, content.sums))
		fill(t, s, want[len(want)-1])
	}
	same(t, s, want)
}

// raw makes a record of bytes that say nothing. Every other block has an index.
func raw(before store.Head, blocks, sums [][]byte) store.Record {
	list, err := store.PackAll(blocks)
	if err != nil {
		panic("storetest: blocks: " + err.Error())
	}
	for i := range list {
		if i%2 == 1 {
			list[i].Index = fmt.Appendf(nil, "index of block %d", i)
		}
	}
	receipt := fmt.Appendf(nil, `{"position":%d}`, before.Position+1)
	return store.Record{Position: before.Position + 1,
		Head:    seal.Next(before.Digest, seal.Parts(append(blocks, receipt)...)),
		Receipt: receipt, Blocks: list, Sums: sums}
}

func testOwnBytes(t *testing.T, kind Kind) {
	s := open(t, kind, place(t))
	given := NewHistory(seed).Next(10)
	want := NewHistory(seed).Next(10)
	fill(t, s, given)
	spoil(given)
	same(t, s, []store.Record{want})
	records, err := s.Records(t.Context(), 1, 1)
	if err != nil {
		t.Fatalf("Records: %v", err)
	}
	if records[0].Blocks, err = Blocks(t.Context(), s, 1); err != nil {
		t.Fatalf("Blocks: %v", err)
	}
	spoil(records[0])
	same(t, s, []store.Record{want})
}

// spoil overwrites all bytes of a record.
func spoil(r store.Record) {
	for _, data := range slices.Concat([][]byte{r.Receipt, r.Meta}, r.Sums) {
		clear(data)
	}
	for _, block := range packed(r) {
		clear(block.Index)
		clear(block.Body)
	}
}

func testDamage(t *testing.T, kind Kind) {
	if kind.Damage == nil {
		t.Skip("nobody can reach the bytes of this store")
	}
	at := place(t)
	history := NewHistory(seed)
	s := open(t, kind, at)
	fill(t, s, history.Upload(50), history.Upload(50), history.Upload(50))
	kind.Damage(t, at, 2)
	_, err := Blocks(t.Context(), s, 2)
	if !errors.Is(err, store.ErrDamaged) || !strings.Contains(err.Error(), "batch 2") {
		t.Errorf("Blocks(2) with a damaged block = %v, want ErrDamaged of batch 2", err)
	}
	if _, err := Blocks(t.Context(), s, 3); err != nil {
		t.Errorf("Blocks(3) beside a damaged batch: %v", err)
	}
}
