package sqlite_test

import (
	"bytes"
	"errors"
	"runtime"
	"testing"

	"github.com/klauspost/compress/zstd"

	"carbonledger/internal/store"
	"carbonledger/internal/store/sqlite"
)

func TestBlockBeyondTheLimitIsRefused(t *testing.T) {
	if _, _, _, err := sqlite.NewCodec().Pack(make([]byte, sqlite.BlockMax+1)); err == nil {
		t.Error("a block beyond the limit is packed, want a refusal")
	}
}

// TestBombTakesNoMemory unpacks a few bytes that stand for more than a block may have.
func TestBombTakesNoMemory(t *testing.T) {
	var bomb bytes.Buffer
	writer, err := zstd.NewWriter(&bomb)
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range sqlite.BlockMax/len(zeros) + 1 {
		if _, err := writer.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	codec := sqlite.NewCodec()
	_, crc, small, err := codec.Pack([]byte("small"))
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, size := range []int{-1, 0, 5, sqlite.BlockMax, sqlite.BlockMax + 1, 1 << 40} {
		if _, err := codec.Unpack(size, crc, bomb.Bytes()); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("unpack of a bomb of size %d = %v, want ErrDamaged", size, err)
		}
		if _, err := codec.Unpack(size, crc, small); size != 5 &&
			!errors.Is(err, store.ErrDamaged) {
			t.Errorf("unpack of 5 bytes as %d = %v, want ErrDamaged", size, err)
		}
	}
	runtime.ReadMemStats(&after)
	if took := after.TotalAlloc - before.TotalAlloc; took > 64<<20 {
		t.Errorf("unpacking took %d bytes, want less than 64 MiB", took)
	}
}

// FuzzBlock unpacks any bytes to ErrDamaged or to what they say, and packs any bytes so that they
// come back.
func FuzzBlock(f *testing.F) {
	codec := sqlite.NewCodec()
	for _, plain := range [][]byte{nil, {0}, []byte("kWh"), bytes.Repeat([]byte("电力"), 5000)} {
		size, crc, body, err := codec.Pack(plain)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(size, crc, body)
	}
	f.Fuzz(func(t *testing.T, size int, crc uint32, body []byte) {
		plain, err := codec.Unpack(size, crc, body)
		switch {
		case err == nil && len(plain) != size:
			t.Errorf("unpack = %d bytes, want %d", len(plain), size)
		case err != nil && !errors.Is(err, store.ErrDamaged):
			t.Errorf("unpack = %v, want ErrDamaged", err)
		}
		size, crc, packed, err := codec.Pack(body)
		if err != nil {
			t.Fatalf("pack: %v", err)
		}
		if again, err := codec.Unpack(size, crc, packed); err != nil || !bytes.Equal(again, body) {
			t.Errorf("unpack of what was packed = %q, %v, want %q", again, err, body)
		}
	})
}
