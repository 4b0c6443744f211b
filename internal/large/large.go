// Package large reads files that are too long to be held: in one pass that digests the bytes, reads
// the rows on all cores, packs their blocks and spools them. The rows of accounts that have to be
// looked at one by one are read in another pass.
package large

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"

	"carbonledger/internal/store"
	"carbonledger/internal/store/spool"
	"carbonledger/ledger"
	"carbonledger/ledger/admission"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/bulk"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/seal"
	"carbonledger/table"
	"carbonledger/table/stream"
)

// Least is the size in bytes from which a file is read here: some four thousand rows, which the
// plain way takes a fifth of a second for.
const Least = 256 << 10

// ErrChanged: the bytes of the file were others in the second pass.
var ErrChanged = errors.New("the file has changed while it was read")

// File is a large file.
type File struct {
	Name string
	Size int64
	// Head is the beginning of the table.
	Head table.Sheet
	path string
}

// Open looks at the beginning of a file. It returns false where the file is small, or is no text
// that can be read in pieces.
func Open(path string, least int64) (*File, bool, error) {
	if path == "-" {
		return nil, false, nil
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, false, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() < least {
		return nil, false, err
	}
	// What the table is takes a quarter of a megabyte to tell, or more where that is soon read.
	head := max(Least, min(stream.PieceSize, int(info.Size()/16)))
	piece, err := stream.NewCutter(file, head).Next(nil)
	if errors.Is(err, stream.ErrIrregular) || errors.Is(err, io.EOF) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, err
	}
	name := filepath.Base(path)
	sheet, faults := table.Read(name, piece.Data)
	return &File{name, info.Size(), sheet, path}, len(faults) == 0, nil
}

// Way says how a file is to be read.
type Way struct {
	Dialect dialects.Dialect
	Source  ledger.Source
	Lexicon intake.Lexicon
	// Preview: the blocks are not kept. Otherwise they are spooled, beside the book.
	Preview bool
	Folder  string
	// Workers is how many read at once; 0 stands for one on every core.
	Workers int
	// Read is told how many bytes were read, from one goroutine; it may be nil.
	Read func(bytes int)
}

// Content is a file as read.
type Content struct {
	ledger.Upload
	admission.Rows
	// Blocks are the packed blocks; nil in a preview.
	Blocks store.Source

	file  *File
	way   Way
	spool *spool.Spool
}

// Close throws away what was spooled.
func (c *Content) Close() error {
	if c.spool == nil {
		return nil
	}
	return c.spool.Close()
}

// Read reads a file. It returns bulk.ErrPlain where the plain way has to.
func (f *File) Read(ctx context.Context, way Way) (*Content, error) {
	c := &Content{file: f, way: way}
	if !way.Preview {
		c.spool = spool.New(spool.Options{Dir: way.Folder, Memory: spool.Memory})
		c.Blocks = c.spool
	}
	var mutex sync.Mutex
	var parts [][]byte
	result, digest, err := c.pass(ctx, func(job *bulk.Job) {
		job.Block = func(number int, block, index []byte) error {
			part := ledger.Part(block)
			mutex.Lock()
			for len(parts) <= number {
				parts = append(parts, nil)
			}
			parts[number] = part
			mutex.Unlock()
			if way.Preview {
				return nil
			}
			packed, err := store.Pack(block, index)
			if err != nil {
				return err
			}
			return c.spool.Put(number, packed)
		}
		job.Read = way.Read
	})
	if err != nil {
		return nil, errors.Join(err, c.Close())
	}
	if result.Stopped {
		digest = seal.Digest{} // of a file that was read to its end
	}
	c.Upload, c.Upload.Source.FileDigest = result.Upload, digest
	c.Rows = admission.Rows{Tallies: result.Tallies, Parts: parts, Rising: result.Rising}
	return c, nil
}

// pass reads the file once.
func (c *Content) pass(ctx context.Context, settle func(*bulk.Job)) (
	bulk.Result, seal.Digest, error) {
	file, err := os.Open(c.file.path)
	if err != nil {
		return bulk.Result{}, seal.Digest{}, err
	}
	defer file.Close()
	text := &digesting{Reader: file, hash: sha256.New()}
	job := bulk.Job{Dialect: c.way.Dialect, Head: c.file.Head, Source: c.way.Source,
		Lexicon: c.way.Lexicon, Text: text, Workers: c.way.Workers,
		Advise: advise}
	settle(&job)
	result, err := bulk.Read(ctx, job)
	return result, text.digest(), err
}

// digesting digests what is read through it.
type digesting struct {
	io.Reader
	hash hash.Hash
}

// Read reads and digests.
func (d *digesting) Read(p []byte) (int, error) {
	n, err := d.Reader.Read(p)
	_, _ = d.hash.Write(p[:n])
	return n, err
}

func (d *digesting) digest() seal.Digest { return seal.Digest(d.hash.Sum(nil)) }

// again reads the file once more, for some of its rows.
func (c *Content) again(ctx context.Context, keep bulk.Keep) error {
	_, digest, err := c.pass(ctx, func(job *bulk.Job) { job.Keep = keep })
	if err == nil && digest != c.Source.FileDigest {
		err = fmt.Errorf("%s: %w", c.file.Name, ErrChanged)
	}
	return err
}
