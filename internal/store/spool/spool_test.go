package spool_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"carbonledger/internal/report"
	"carbonledger/internal/store"
	"carbonledger/internal/store/spool"
	"carbonledger/table"
)

func block(i int) store.Packed {
	return store.Packed{Size: i, CRC: uint32(i), Index: fmt.Append(nil, i),
		Body: bytes.Repeat([]byte{byte(i)}, 100+i)}
}

// filled puts blocks from several goroutines.
func filled(t *testing.T, options spool.Options, blocks int) *spool.Spool {
	t.Helper()
	s := spool.New(options)
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	var group sync.WaitGroup
	for worker := range 4 {
		group.Go(func() {
			for i := worker; i < blocks; i += 4 {
				if err := s.Put(i, block(i)); err != nil {
					t.Errorf("Put(%d): %v", i, err)
				}
			}
		})
	}
	group.Wait()
	return s
}

func TestBlocksComeBackInTheirOrder(t *testing.T) {
	const blocks = 200
	for _, memory := range []int{0, 5000, 1 << 20} {
		dir := t.TempDir()
		s := filled(t, spool.Options{Dir: dir, Memory: memory}, blocks)
		if s.Len() != blocks {
			t.Errorf("Len = %d, want %d", s.Len(), blocks)
		}
		for walk := range 3 {
			i := 0
			for got, err := range s.All() {
				want := block(i)
				if err != nil || got.Size != want.Size || got.CRC != want.CRC ||
					!bytes.Equal(got.Index, want.Index) || !bytes.Equal(got.Body, want.Body) {
					t.Fatalf("memory %d, walk %d: block %d = %v, %v", memory, walk, i, got, err)
				}
				i++
			}
			if i != blocks {
				t.Errorf("memory %d, walk %d: %d blocks, want %d", memory, walk, i, blocks)
			}
		}
		if runtime.GOOS == "windows" {
			continue
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
			t.Errorf("memory %d: %d files while the spool is open, want none", memory, len(entries))
		}
	}
}

func TestNothingIsLeftAfterClose(t *testing.T) {
	dir := t.TempDir()
	s := spool.New(spool.Options{Dir: dir})
	if err := s.Put(0, block(0)); err != nil {
		t.Fatalf("Put: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) > 0 {
		t.Errorf("%d files after Close, want none", len(entries))
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close again: %v", err)
	}
}

func TestAFolderThatCannotBeWrittenIsNotTaken(t *testing.T) {
	s := filled(t, spool.Options{Dir: filepath.Join(t.TempDir(), "none")}, 10)
	for _, err := range s.All() {
		if err != nil {
			t.Errorf("All: %v", err)
		}
	}
}

func TestNoFolderAtAllSaysSo(t *testing.T) {
	none := filepath.Join(t.TempDir(), "none")
	for _, name := range []string{"TMPDIR", "TMP", "TEMP"} {
		t.Setenv(name, none)
	}
	s := spool.New(spool.Options{})
	err := s.Put(0, block(0))
	var told *report.Error
	if !errors.As(err, &told) || !strings.Contains(told.In(table.ZH), "临时文件") ||
		!strings.Contains(told.In(table.EN), none) {
		t.Errorf("Put without a folder = %v, want the folder in both languages", err)
	}
}
