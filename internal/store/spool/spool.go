// Package spool keeps the packed blocks of a batch between the making of them and the storing, in
// bounded memory: what does not fit goes into a temporary file.
//
// The file has no name where the system allows that, so that also a killed process leaves nothing.
package spool

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"strconv"
	"sync"
	"syscall"

	"carbonledger/internal/report"
	"carbonledger/internal/store"
)

// Memory is how many bytes of blocks a spool keeps in memory before it takes a file: some twenty
// million rows.
const Memory = 128 << 20

// Options say where blocks lie.
type Options struct {
	// Dir is the folder of the temporary file, best that of the book, which has to hold the blocks
	// soon; os.TempDir where it is empty or cannot be written.
	Dir string
	// Memory is how many bytes of blocks lie in memory.
	Memory int
}

// Spool takes blocks in any order from several goroutines, and is a store.Source once all are in.
type Spool struct {
	options Options
	mu      sync.Mutex
	places  []place
	memory  int
	file    *os.File
	// end is where the next block goes in the file.
	end int64
	// leftover is the name of a file that could not be unlinked while it is open.
	leftover string
}

// place is where a block lies.
type place struct {
	block store.Packed
	put   bool
	// inFile: the body is in the file, from offset on, with this length and checksum.
	inFile bool
	offset int64
	length int
	crc    uint32
}

// New returns an empty spool. It must be closed.
func New(options Options) *Spool { return &Spool{options: options} }

// Put takes the block with a number, counted from 0; each number comes once. The spool keeps the
// bytes. An error is one of the disk, in words of its own.
func (s *Spool) Put(seq int, block store.Packed) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for seq >= len(s.places) {
		s.places = append(s.places, place{})
	}
	p := place{block: block, put: true}
	if s.memory+len(block.Body) <= s.options.Memory {
		s.memory += len(block.Body)
		s.places[seq] = p
		return nil
	}
	if err := s.open(); err != nil {
		return err
	}
	if _, err := s.file.WriteAt(block.Body, s.end); err != nil {
		return said(s.file.Name(), err)
	}
	p.inFile, p.offset, p.length = true, s.end, len(block.Body)
	p.crc, p.block.Body = store.Checksum(block.Body), nil
	s.end += int64(p.length)
	s.places[seq] = p
	return nil
}

// open makes the file where there is none.
func (s *Spool) open() error {
	if s.file != nil {
		return nil
	}
	var err error
	if s.options.Dir != "" {
		s.file, err = os.CreateTemp(s.options.Dir, "carbonledger-*.tmp")
	}
	if s.file == nil {
		s.file, err = os.CreateTemp("", "carbonledger-*.tmp")
	}
	if err != nil {
		return said(os.TempDir(), err)
	}
	if os.Remove(s.file.Name()) != nil {
		s.leftover = s.file.Name()
	}
	return nil
}

// Len is how many blocks there are.
func (s *Spool) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.places)
}

// All yields the blocks in the order of their numbers, as often as it is called, up to Close. The
// bytes of a block are not to be changed.
func (s *Spool) All() iter.Seq2[store.Packed, error] {
	return func(yield func(store.Packed, error) bool) {
		for seq := range s.Len() {
			block, err := s.block(seq)
			if !yield(block, err) || err != nil {
				return
			}
		}
	}
}

func (s *Spool) block(seq int) (store.Packed, error) {
	s.mu.Lock()
	p, file := s.places[seq], s.file
	s.mu.Unlock()
	switch {
	case !p.put:
		panic(fmt.Sprintf("spool: block %d was never put", seq))
	case !p.inFile:
		return p.block, nil
	}
	p.block.Body = make([]byte, p.length)
	if _, err := file.ReadAt(p.block.Body, p.offset); err != nil {
		return store.Packed{}, said(file.Name(), err)
	}
	if store.Checksum(p.block.Body) != p.crc {
		return store.Packed{}, said(file.Name(), fmt.Errorf("%w: block %d of the temporary file",
			store.ErrDamaged, seq))
	}
	return p.block, nil
}

// Close gives memory and file back.
func (s *Spool) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.places, s.memory = nil, 0
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	if s.leftover != "" {
		err = errors.Join(err, os.Remove(s.leftover))
	}
	s.file, s.end, s.leftover = nil, 0, ""
	return err
}

// Result codes of Windows for a full disk; elsewhere these numbers do not come with a write.
const (
	windowsHandleDiskFull syscall.Errno = 39
	windowsDiskFull       syscall.Errno = 112
)

// said tells what is wrong with the temporary file, and the way out.
func said(path string, err error) error {
	key := "spool.disk"
	var code syscall.Errno
	switch errors.As(err, &code); {
	case code == syscall.ENOSPC || code == syscall.EDQUOT || code == windowsDiskFull ||
		code == windowsHandleDiskFull:
		key = "spool.full"
	case errors.Is(err, fs.ErrPermission):
		key = "spool.permission"
	}
	return &report.Error{Key: key, Args: []string{path, strconv.Quote(err.Error())}, Err: err}
}
