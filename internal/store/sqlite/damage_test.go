package sqlite_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"carbonledger/internal/store"
	"carbonledger/internal/store/sqlite"
	"carbonledger/internal/store/storetest"
	"carbonledger/ledger/seal"
)

// readAll reads all batches with their rows.
func readAll(ctx context.Context, s store.Store) ([]store.Record, error) {
	head, err := s.Head(ctx)
	if err != nil {
		return nil, err
	}
	list, err := s.Records(ctx, 1, head.Position)
	for i := range list {
		if err == nil {
			list[i].Blocks, err = storetest.Blocks(ctx, s, list[i].Position)
		}
	}
	if err == nil && len(list) > 0 && list[len(list)-1].Head != head.Digest {
		err = fmt.Errorf("%w: the head is not that of the last batch", store.ErrDamaged)
	}
	return list, err
}

func equal(a, b store.Record) bool {
	return a.Position == b.Position && a.Head == b.Head && bytes.Equal(a.Receipt, b.Receipt) &&
		bytes.Equal(a.Meta, b.Meta) && slices.EqualFunc(a.Sums, b.Sums, bytes.Equal) &&
		bytes.Equal(blocksOf(a), blocksOf(b))
}

// blocksOf prints the blocks of a record.
func blocksOf(r store.Record) []byte { return fmt.Appendf(nil, "%q", r.Blocks) }

func TestDamageIsFound(t *testing.T) {
	for _, test := range []struct{ name, statement string }{
		{"a receipt that was edited", "UPDATE batches SET receipt = CAST(receipt || ' ' AS BLOB) " +
			"WHERE position = 2"},
		{"a meta that was edited", "UPDATE batches SET meta = x'7b7d' WHERE position = 2"},
		{"another head", "UPDATE batches SET head = randomblob(32) WHERE position = 2"},
		{"another head at the end", "UPDATE batches SET head = randomblob(32) WHERE position = 3"},
		{"another checksum", "UPDATE batches SET crc = crc + 1 WHERE position = 2"},
		{"a batch of the past that is gone", "DELETE FROM batches WHERE position = 2"},
		{"the first batch is gone", "DELETE FROM batches WHERE position = 1"},
		{"rows that are gone", "DELETE FROM blocks WHERE position = 2 AND kind = 'rows'"},
		{"sums that are gone", "DELETE FROM blocks WHERE position = 2 AND kind = 'sums'"},
		{"rows of another batch", "UPDATE blocks SET seq = 1, position = 1 WHERE position = 2 " +
			"AND kind = 'rows'"},
		{"a block cut short", "UPDATE blocks SET body = substr(body, 1, 9) WHERE position = 2"},
		{"an empty block", "UPDATE blocks SET body = x'' WHERE position = 2"},
		{"a size too large", "UPDATE blocks SET size = 1 << 40 WHERE position = 2"},
		{"a size too small", "UPDATE blocks SET size = size - 1 WHERE position = 2"},
		{"another block checksum", "UPDATE blocks SET crc = crc + 1 WHERE position = 2"},
		{"a checksum beyond 32 bits", "UPDATE blocks SET crc = crc + (1 << 40) WHERE position = 2"},
		{"an index that was edited", "UPDATE indexes SET body = x'01' WHERE position = 2"},
		{"an index of another block", "UPDATE indexes SET position = 2, seq = 7 " +
			"WHERE position = 1"},
		{"a block from behind", "UPDATE blocks SET seq = 7 WHERE position = 2 AND kind = 'rows'"},
	} {
		t.Run(test.name, func(t *testing.T) {
			path, _ := book(t)
			change(t, path, test.statement)
			s := openAt(t, path)
			defer func() { _ = s.Close() }()
			if _, err := readAll(t.Context(), s); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("reading = %v, want ErrDamaged", err)
			}
		})
	}
}

// TestNoBitChangesABook turns one bit of the file at a time. The book then is refused or reads as
// it was; it never says something else.
func TestNoBitChangesABook(t *testing.T) {
	path, want := book(t)
	sound, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const seed, flips = 7, 400
	random := rand.New(rand.NewPCG(seed, 0))
	target := filepath.Join(t.TempDir(), "damaged.db")
	found := 0
	for i := range flips {
		at := random.IntN(len(sound))
		if i < 100 {
			at = i // the header of the file
		}
		damaged := bytes.Clone(sound)
		damaged[at] ^= 1 << random.IntN(8)
		for _, suffix := range []string{"-wal", "-shm"} {
			_ = os.Remove(target + suffix)
		}
		if err := os.WriteFile(target, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := open(t.Context(), target)
		if err != nil {
			found++
		} else if !slices.EqualFunc(got, want, equal) {
			t.Errorf("byte %d of %d, seed %d: the book reads as another one", at, len(sound), seed)
		}
	}
	t.Logf("%d of %d flips were found, the others changed nothing", found, flips)
	if found == 0 {
		t.Error("no flip was found, want many")
	}
}

// open reads all of the book at a path.
func open(ctx context.Context, path string) ([]store.Record, error) {
	s, err := sqlite.OpenReadOnly(ctx, path)
	if err != nil {
		return nil, err
	}
	got, err := readAll(ctx, s)
	return got, errors.Join(err, s.Close())
}

// TestPowerCut gives the log of a book that was not closed the ends that a power cut can give it:
// cut short at every place, or with zeros or noise where the disk had not written yet.
func TestPowerCut(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "book.db")
	s := openAt(t, path)
	defer func() { _ = s.Close() }()
	history := storetest.NewHistory(3)
	var want []store.Record
	var ends []int64
	for range 4 {
		r := history.Next(40)
		err := s.Append(t.Context(), store.Head{Position: len(want), Digest: headOf(want)}, r)
		if err != nil {
			t.Fatalf("Append: %v", err)
		}
		want = append(want, r)
		info, err := os.Stat(path + "-wal")
		if err != nil {
			t.Fatal(err)
		}
		ends = append(ends, info.Size())
	}
	file, errFile := os.ReadFile(path)
	log, errLog := os.ReadFile(path + "-wal")
	if err := errors.Join(errFile, errLog); err != nil {
		t.Fatal(err)
	}
	const seed = 11
	random := rand.New(rand.NewPCG(seed, 0))
	target := filepath.Join(folder, "cut.db")
	for at := int64(0); at <= int64(len(log)); at += 1 + random.Int64N(4000) {
		for name, tail := range map[string]func() byte{
			"nothing": nil,
			"zeros":   func() byte { return 0 },
			"noise":   func() byte { return byte(random.Uint32()) },
		} {
			cut := bytes.Clone(log[:at])
			for tail != nil && len(cut) < len(log) {
				cut = append(cut, tail())
			}
			_ = os.Remove(target + "-shm")
			errFile := os.WriteFile(target, file, 0o600)
			errLog := os.WriteFile(target+"-wal", cut, 0o600)
			if err := errors.Join(errFile, errLog); err != nil {
				t.Fatal(err)
			}
			got, err := openOrNone(t.Context(), target)
			whole, _ := slices.BinarySearch(ends, at+1)
			if err != nil || !slices.EqualFunc(got, want[:whole], equal) {
				t.Fatalf("log cut at %d, then %s, seed %d: %d batches, %v, want %d",
					at, name, seed, len(got), err, whole)
			}
		}
	}
}

// openOrNone reads a book; one whose making was not finished holds nothing.
func openOrNone(ctx context.Context, path string) ([]store.Record, error) {
	got, err := open(ctx, path)
	if errors.Is(err, sqlite.ErrNoBook) {
		return nil, nil
	}
	return got, err
}

func headOf(records []store.Record) seal.Digest {
	if len(records) == 0 {
		return seal.Digest{}
	}
	return records[len(records)-1].Head
}
