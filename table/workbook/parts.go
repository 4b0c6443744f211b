package workbook

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"strings"
)

// The limits of what is unpacked from one upload, archives in it and the parts of workbooks
// together. UnpackedMax is as much as an upload may have. RatioMax holds above RatioFrom bytes:
// worksheets with nothing but repetition shrink to a hundredth, and what shrinks to less than a
// two-hundredth was made to break programs.
const (
	UnpackedMax = 1 << 30
	RatioMax    = 200
	RatioFrom   = 100 << 20
)

// errBomb is why unpacking stopped.
var errBomb = errors.New("unpacked, the file is larger than the limits allow")

// budget counts the bytes that come out of an upload.
type budget struct{ packed, unpacked int }

func newBudget(packed int) *budget { return &budget{packed: packed} }

func (b *budget) spend(n int) error {
	b.unpacked += n
	if b.unpacked > UnpackedMax || b.unpacked > RatioFrom && b.unpacked/RatioMax > b.packed {
		return errBomb
	}
	return nil
}

// parts are the files in a ZIP.
type parts struct {
	files  []*zip.File
	budget *budget
}

func readParts(data []byte, budget *budget) (*parts, error) {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, err
	}
	return &parts{archive.File, budget}, nil
}

// find returns a part by name, and nil where there is none. Case does not matter to Excel.
func (p *parts) find(name string) *zip.File {
	for _, file := range p.files {
		if strings.EqualFold(strings.ReplaceAll(file.Name, `\`, "/"), name) {
			return file
		}
	}
	return nil
}

// open unpacks a part while it is read.
func (p *parts) open(file *zip.File) (io.ReadCloser, error) {
	content, err := file.Open()
	if err != nil {
		return nil, err
	}
	return &counted{content, p.budget}, nil
}

// counted is a part whose bytes are counted as they come, whatever the archive says of its size.
type counted struct {
	io.ReadCloser
	budget *budget
}

// Read returns errBomb once the budget is spent.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	if spent := c.budget.spend(n); spent != nil {
		return 0, spent
	}
	return n, err
}
