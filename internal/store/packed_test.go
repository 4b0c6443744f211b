package store_test

import (
	"bytes"
	"errors"
	"runtime"
	"testing"

	"github.com/klauspost/compress/zstd"

	"carbonledger/internal/store"
)

func TestBlockBeyondTheLimitIsRefused(t *testing.T) {
	if _, err := store.Pack(make([]byte, store.BlockMax+1), nil); err == nil {
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
	for range store.BlockMax/len(zeros) + 1 {
		if _, err := writer.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	small, err := store.Pack([]byte("small"), nil)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for _, size := range []int{-1, 0, 5, store.BlockMax, store.BlockMax + 1, 1 << 40} {
		block := store.Packed{Size: size, CRC: small.CRC, Body: bomb.Bytes()}
		if _, err := block.Plain(); !errors.Is(err, store.ErrDamaged) {
			t.Errorf("unpack of a bomb of size %d = %v, want ErrDamaged", size, err)
		}
		block.Body = small.Body
		if _, err := block.Plain(); size != 5 && !errors.Is(err, store.ErrDamaged) {
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
	for _, plain := range [][]byte{nil, {0}, []byte("kWh"), bytes.Repeat([]byte("电力"), 5000)} {
		block, err := store.Pack(plain, nil)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(block.Size, block.CRC, block.Body)
	}
	f.Fuzz(func(t *testing.T, size int, crc uint32, body []byte) {
		plain, err := store.Packed{Size: size, CRC: crc, Body: body}.Plain()
		switch {
		case err == nil && len(plain) != size:
			t.Errorf("unpack = %d bytes, want %d", len(plain), size)
		case err != nil && !errors.Is(err, store.ErrDamaged):
			t.Errorf("unpack = %v, want ErrDamaged", err)
		}
		packed, err := store.Pack(body, nil)
		if err != nil {
			t.Fatalf("pack: %v", err)
		}
		if again, err := packed.Plain(); err != nil || !bytes.Equal(again, body) {
			t.Errorf("unpack of what was packed = %q, %v, want %q", again, err, body)
		}
	})
}
