package format

import (
	"bytes"
	"encoding/csv"
	"io"
	"runtime"
	"sync"

	"carbonledger/internal/report"
	"carbonledger/table"
)

// rowsAtOnce is how many rows of a long table one processor prints at a time: enough to outweigh
// its start, few enough to stay in its cache.
const rowsAtOnce = 1 << 11

// longCSV prints the rows of a long table as CSV does, on all processors and in order.
func longCSV(w io.Writer, t report.Table) error {
	parts := make([][]byte, runtime.GOMAXPROCS(0))
	for from := 0; from < t.Body.Len(); {
		var group sync.WaitGroup
		for i := range parts {
			first := min(from+i*rowsAtOnce, t.Body.Len())
			end := min(first+rowsAtOnce, t.Body.Len())
			group.Go(func() { parts[i] = appendRows(parts[i][:0], t, first, end) })
		}
		group.Wait()
		for _, part := range parts {
			if _, err := w.Write(part); err != nil {
				return err
			}
		}
		from += len(parts) * rowsAtOnce
	}
	return nil
}

// appendRows adds rows to dst.
func appendRows(dst []byte, t report.Table, from, end int) []byte {
	for row := from; row < end; row++ {
		for i, column := range t.Columns {
			if i > 0 {
				dst = append(dst, ',')
			}
			start := len(dst)
			dst = t.Body.Append(dst, row, i)
			if column.Figures {
				dst = append(dst[:start], bytes.TrimSuffix(dst[start:], []byte(" *"))...)
			}
			switch markOf(dst[start:], column.Figures) {
			case comma:
				dst = append(dst, `""`...)
				copy(dst[start+1:], dst[start:len(dst)-2])
				dst[start] = '"'
			case other:
				dst = appendField(dst[:start], string(dst[start:]), column.Figures)
			}
		}
		dst = append(dst, '\n')
	}
	return dst
}

// mark is what of a cell cannot be printed as it is.
type mark uint8

// A cell has nothing of the kind, or a comma, for which it is quoted; other may be anything.
const (
	nothing mark = iota
	comma
	other
)

// markOf finds marks in a cell. One that does not begin with a letter or digit may need a guard.
func markOf(cell []byte, figures bool) mark {
	if len(cell) == 0 || len(cell) == 1 && cell[0] == '-' {
		return nothing
	}
	c := cell[0]
	begins := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
	if !begins && !(figures && c == '-') {
		return other
	}
	found := nothing
	for _, c := range cell {
		found = max(found, marks[c])
	}
	return found
}

// marks are those that letters make.
var marks = [256]mark{',': comma, '"': other, '\n': other, '\r': other}

// appendField adds a cell guarded and quoted where it has to be.
func appendField(dst []byte, cell string, figures bool) []byte {
	if !figures {
		cell = table.GuardFormula(cell)
	}
	var out bytes.Buffer
	writer := csv.NewWriter(&out)
	// A buffer takes everything.
	_ = writer.Write([]string{cell, ""})
	writer.Flush()
	return append(dst, bytes.TrimSuffix(out.Bytes(), []byte(",\n"))...)
}
