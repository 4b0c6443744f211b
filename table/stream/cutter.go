// Package stream reads delimited text of any size: in pieces that end with a record, each of which
// can be scanned by itself and by any worker.
//
// It knows bytes of any encoding in which comma, tab, semicolon, quotation mark and line feed are
// no part of a letter, as in UTF-8 and GB18030. What is out of the ordinary (a quotation mark out
// of place, a record without an end) is an error here and told with its place by package table,
// which reads the same text whole.
package stream

import (
	"bytes"
	"errors"
	"io"

	"carbonledger/table"
)

// ErrIrregular is returned for text that has to be read whole, if at all.
var ErrIrregular = errors.New("the text is no plain table")

// PieceSize is how many bytes a piece has, the last record apart: as much as a core has of cache.
const PieceSize = 1 << 20

// Piece is a run of whole records.
type Piece struct {
	// Number counts the pieces from 0, Line is the physical line the piece begins with.
	Number int
	Line   int
	// Lines counts the line feeds.
	Lines int
	Data  []byte
}

// Cutter cuts a text into pieces. It is not safe for concurrent use.
type Cutter struct {
	reader io.Reader
	size   int
	// rest is what was read behind the last piece.
	rest   []byte
	line   int
	number int
	ended  bool
}

// NewCutter returns a cutter of pieces of at least size bytes.
func NewCutter(r io.Reader, size int) *Cutter { return &Cutter{reader: r, size: size, line: 1} }

// Next returns the next piece, in the buffer given as far as it reaches; io.EOF behind the last,
// ErrIrregular where a record has no end.
func (c *Cutter) Next(buffer []byte) (Piece, error) {
	buffer = append(buffer[:0], c.rest...)
	for want := c.size; ; want += c.size {
		if err := c.fill(&buffer, want); err != nil {
			return Piece{}, err
		}
		end := len(buffer)
		if !c.ended {
			end = lastRecord(buffer)
		}
		switch {
		case end > 0:
			return c.piece(buffer, end), nil
		case c.ended:
			return Piece{}, io.EOF
		case len(buffer) > table.RowMax+c.size:
			return Piece{}, ErrIrregular
		}
	}
}

// fill reads until the buffer has as many bytes or the text ends.
func (c *Cutter) fill(buffer *[]byte, want int) error {
	for len(*buffer) < want && !c.ended {
		if cap(*buffer) < want {
			grown := make([]byte, len(*buffer), want+want/8)
			copy(grown, *buffer)
			*buffer = grown
		}
		n, err := c.reader.Read((*buffer)[len(*buffer):want])
		*buffer = (*buffer)[:len(*buffer)+n]
		if err != nil && err != io.EOF {
			return err
		}
		c.ended = err == io.EOF
	}
	return nil
}

// piece hands out the first bytes of the buffer and keeps the others.
func (c *Cutter) piece(buffer []byte, end int) Piece {
	c.rest = append(c.rest[:0], buffer[end:]...)
	p := Piece{c.number, c.line, bytes.Count(buffer[:end], lineFeed), buffer[:end]}
	c.number++
	c.line += p.Lines
	return p
}

var lineFeed = []byte{'\n'}

// lastRecord is where the last whole record ends, or 0: behind the last line feed that stands
// between an even number of quotation marks and the beginning.
func lastRecord(data []byte) int {
	quotes, end := bytes.Count(data, quotation), len(data)
	for {
		at := bytes.LastIndexByte(data[:end], '\n')
		if at < 0 {
			return 0
		}
		if quotes -= bytes.Count(data[at:end], quotation); quotes%2 == 0 {
			return at + 1
		}
		end = at
	}
}

var quotation = []byte{'"'}
