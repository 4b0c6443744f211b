package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"carbonledger/internal/store"
	"carbonledger/internal/store/storetest"
	"carbonledger/ledger"
	"carbonledger/ledger/seal"
)

// restored makes the batch of a record again.
func restored(t testing.TB, r store.Record) ledger.Batch {
	t.Helper()
	batch, err := r.Batch(plain(t, r))
	if err != nil {
		t.Fatalf("Batch: %v", err)
	}
	return batch
}

func plain(t testing.TB, r store.Record) [][]byte {
	t.Helper()
	blocks, err := storetest.Plain(r)
	if err != nil {
		t.Fatalf("Plain: %v", err)
	}
	return blocks
}

// recordOf turns a batch into bytes.
func recordOf(t testing.TB, batch ledger.Batch) store.Record {
	t.Helper()
	r, err := store.RecordOf(batch)
	if err != nil {
		t.Fatalf("RecordOf: %v", err)
	}
	return r
}

func equal(t testing.TB, a, b store.Record) bool {
	t.Helper()
	return a.Position == b.Position && a.Head == b.Head && bytes.Equal(a.Receipt, b.Receipt) &&
		bytes.Equal(a.Meta, b.Meta) && slices.EqualFunc(a.Sums, b.Sums, bytes.Equal) &&
		slices.EqualFunc(plain(t, a), plain(t, b), bytes.Equal)
}

func TestABatchComesBackFromItsRecord(t *testing.T) {
	history := storetest.NewHistory(1)
	before := seal.Digest{}
	for range 7 {
		r := history.Next(30)
		batch := restored(t, r)
		if err := batch.Verify(); err != nil {
			t.Errorf("batch %d: %v", r.Position, err)
		}
		if again := recordOf(t, batch); !equal(t, again, r) {
			t.Errorf("batch %d comes back as another one", r.Position)
		}
		if before = seal.Next(before, batch.Receipt.Batch); before != r.Head {
			t.Errorf("head after batch %d = %s, want %s", r.Position, r.Head, before)
		}
	}
}

// TestManySumsAreSeveralBlocks has more flows than one block of sums takes.
func TestManySumsAreSeveralBlocks(t *testing.T) {
	const flows = 1<<16 + 1
	r := storetest.NewHistory(1).Upload(flows)
	if len(r.Sums) != 2 || r.Blocks.Len() != flows/ledger.BlockRows+1 {
		t.Fatalf("%d blocks of sums and %d of rows, want 2 and %d",
			len(r.Sums), r.Blocks.Len(), flows/ledger.BlockRows+1)
	}
	batch := restored(t, r)
	if err := batch.Verify(); err != nil || len(batch.List()) != flows {
		t.Errorf("%d sums, %v, want %d", len(batch.List()), err, flows)
	}
}

func TestARecordThatIsNotOneIsDamage(t *testing.T) {
	sound := storetest.NewHistory(1).Next(30)
	var blocks [][]byte
	for name, spoil := range map[string]func(*store.Record){
		"no receipt":             func(r *store.Record) { r.Receipt = nil },
		"a receipt cut short":    func(r *store.Record) { r.Receipt = r.Receipt[:40] },
		"the receipt of another": func(r *store.Record) { r.Position++ },
		"another head":           func(r *store.Record) { r.Head = seal.Bytes(nil) },
		"no meta":                func(r *store.Record) { r.Meta = nil },
		"sums cut short":         func(r *store.Record) { r.Sums = [][]byte{r.Sums[0][:50]} },
		"empty sums":             func(r *store.Record) { r.Sums = [][]byte{{}} },
		"rows cut short":         func(*store.Record) { blocks = [][]byte{blocks[0][:50]} },
		"sums for rows":          func(r *store.Record) { blocks = r.Sums },
	} {
		r := sound
		blocks = plain(t, sound)
		spoil(&r)
		_, err := r.Batch(blocks)
		if !errors.Is(err, store.ErrDamaged) ||
			!strings.Contains(err.Error(), fmt.Sprintf("batch %d", r.Position)) {
			t.Errorf("%s: %v, want ErrDamaged of batch %d", name, err, r.Position)
		}
	}
}

// FuzzRecord makes batches of any bytes: damage, or a batch that is the same when it is stored and
// read again.
func FuzzRecord(f *testing.F) {
	history := storetest.NewHistory(1)
	for range 5 {
		r := history.Next(3)
		f.Add(r.Position, r.Receipt, r.Meta, slices.Concat(r.Sums...),
			slices.Concat(plain(f, r)...))
	}
	f.Fuzz(func(t *testing.T, position int, receipt, meta, sums, block []byte) {
		decoded, err := ledger.DecodeReceipt(receipt)
		if err != nil {
			return
		}
		r := store.Record{Position: position, Head: decoded.Head, Receipt: receipt, Meta: meta,
			Sums: [][]byte{sums}}
		batch, err := r.Batch([][]byte{block})
		if err != nil {
			if !errors.Is(err, store.ErrDamaged) {
				t.Errorf("Batch = %v, want ErrDamaged", err)
			}
			return
		}
		first := recordOf(t, batch)
		second := recordOf(t, restored(t, first))
		if !equal(t, first, second) {
			t.Error("a batch read again is another one")
		}
	})
}
