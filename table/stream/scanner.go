package stream

import (
	"bytes"
	"math/bits"

	"carbonledger/table"
)

// Field is a field of a record as it stands in the piece, quotation marks included.
type Field struct{ From, To int }

// Scanner reads the records of a piece, as encoding/csv reads them: blank lines are skipped, a
// field in quotation marks may hold commas, line breaks and doubled quotation marks.
type Scanner struct {
	// Fields are those of the current record.
	Fields []Field
	// Line is the physical line the current record begins with.
	Line int
	// Marked: the current record may have quotation marks.
	Marked bool

	data      []byte
	separator byte
	at, line  int
	// window has the marks from at on.
	window window
	err    error
}

// Reset begins to read a piece.
func (s *Scanner) Reset(p Piece, separator byte) {
	s.Fields, s.data, s.separator, s.err = s.Fields[:0], p.Data, separator, nil
	s.window = window{marks: s.window.marks} // those of another piece
	s.goTo(0, p.Line)
}

// Again goes to a record that was read before, with its line. What lies between is not looked at.
func (s *Scanner) Again(start, line int) {
	s.window.end = 0
	s.goTo(start, line)
	s.Next()
}

func (s *Scanner) goTo(at, line int) {
	s.at, s.line = at, line
	s.window.seek(s.data, s.separator, at)
}

// Odd says whether some byte that was read may be zero or no ASCII.
func (s *Scanner) Odd() bool { return s.window.odd }

// Err is ErrIrregular where the piece could not be read to its end.
func (s *Scanner) Err() error { return s.err }

// Next goes to the next record, and returns false behind the last.
func (s *Scanner) Next() bool {
	w := &s.window
	for s.at < len(s.data) && s.err == nil {
		fields, start, from, end := s.Fields[:0], s.at, s.at, -1
		for s.Line, s.Marked = s.line, false; end < 0; {
			for w.left == 0 && w.fill(s.data, s.separator) {
			}
			if w.left == 0 {
				end = len(s.data)
				break
			}
			at := w.base + bits.TrailingZeros64(w.left)
			w.left &= w.left - 1
			switch s.data[at] {
			case s.separator:
				fields = append(fields, Field{from, at})
				from = at + 1
			case '\n':
				end = at
			default:
				s.Marked = true
				return s.quoted(start)
			}
		}
		s.at = end + 1
		s.line++
		if end > start && s.data[end-1] == '\r' {
			end--
		}
		if end-start > table.RowMax {
			s.err = ErrIrregular
			return false
		}
		if end > start {
			s.Fields = append(fields, Field{from, end})
			return true
		}
	}
	return false
}

// Plain reads records of so many fields that have no quotation marks, as long as ends has room and
// no other record comes. A record takes one place more than it has fields: the first is the byte
// before it, the others are the ends of its fields, each of which begins a byte behind the end
// before it. All of it is counted in the 32 bits of a place, so that 0 stands behind the largest.
// Records are of one line each, from the line that NextLine tells.
func (s *Scanner) Plain(ends []uint32, fields int) (records int) {
	w, data, separator := &s.window, s.data, s.separator
	start, left := s.at, w.left
	for s.err == nil && start < len(data) && len(ends) > fields {
		record := ends[:fields+1]
		record[0] = uint32(start - 1)
		at := start
		for i := 1; i < len(record); i++ {
			for left == 0 && w.fill(data, separator) {
				left = w.left
			}
			if at = w.base + bits.TrailingZeros64(left); left == 0 ||
				data[at] != separator && i < fields {
				at = start // another record, or none
				break
			}
			record[i] = uint32(at)
			left &= left - 1
		}
		if at == start || data[at] != '\n' || at-start > table.RowMax {
			break
		}
		if data[at-1] == '\r' {
			if record[fields]--; at-1 == start {
				break
			}
		}
		ends, start = ends[fields+1:], at+1
		records++
	}
	s.at, s.line = start, s.line+records
	if w.left = left; start < len(data) {
		w.seek(data, separator, start)
	}
	return records
}

// NextLine is the line that the next record begins with, or a blank one before it.
func (s *Scanner) NextLine() int { return s.line }

// quoted reads a record that may have quotation marks.
func (s *Scanner) quoted(start int) bool {
	s.Fields, s.at = s.Fields[:0], start
	for more := true; more && s.err == nil; {
		var field Field
		if s.at < len(s.data) && s.data[s.at] == '"' {
			field = s.marked()
		} else {
			field = s.plain()
		}
		s.Fields = append(s.Fields, field)
		more = s.at < len(s.data) && s.data[s.at] == s.separator
		if more || s.at < len(s.data) && s.data[s.at] == '\n' {
			s.at++
		}
	}
	if s.at-start > table.RowMax {
		s.err = ErrIrregular
	}
	s.line += max(1, bytes.Count(s.data[start:s.at], lineFeed))
	if s.at < len(s.data) {
		s.window.seek(s.data, s.separator, s.at)
	}
	return s.err == nil
}

// plain reads a field without quotation marks, up to what ends it.
func (s *Scanner) plain() Field {
	from := s.at
	for s.at < len(s.data) && s.data[s.at] != s.separator && s.data[s.at] != '\n' {
		if s.data[s.at] == '"' {
			s.err = ErrIrregular
		}
		s.at++
	}
	to := s.at
	if to > from && s.data[to-1] == '\r' && (to == len(s.data) || s.data[to] == '\n') {
		to--
	}
	return Field{from, to}
}

// marked reads a field in quotation marks, up to what ends it.
func (s *Scanner) marked() Field {
	from, at := s.at, s.at+1
	for {
		end := bytes.IndexByte(s.data[at:], '"')
		if end < 0 {
			s.err = ErrIrregular
			return Field{}
		}
		if at += end + 1; at == len(s.data) || s.data[at] != '"' {
			break
		}
		at++
	}
	s.at = at
	rest := s.data[at:]
	if len(rest) > 0 && rest[0] == '\r' && (len(rest) == 1 || rest[1] == '\n') {
		s.at++
	}
	if s.at < len(s.data) && s.data[s.at] != s.separator && s.data[s.at] != '\n' {
		s.err = ErrIrregular
	}
	return Field{from, at}
}

// Raw is a field with its quotation marks.
func (s *Scanner) Raw(i int) []byte { return s.data[s.Fields[i].From:s.Fields[i].To] }

// Span is a run of fields as they stand in the piece, with what separates them.
func (s *Scanner) Span(first, last int) []byte {
	return s.data[s.Fields[first].From:s.Fields[last].To]
}

// Value is a field without its quotation marks; it is in the piece where nothing has to be left
// out of it.
func (s *Scanner) Value(i int) []byte {
	raw := s.Raw(i)
	if len(raw) == 0 || raw[0] != '"' {
		return raw
	}
	raw = raw[1 : len(raw)-1]
	if bytes.IndexByte(raw, '"') >= 0 || bytes.IndexByte(raw, '\r') >= 0 {
		raw = bytes.ReplaceAll(raw, []byte(`""`), quotation)
		raw = bytes.ReplaceAll(raw, []byte("\r\n"), lineFeed)
	}
	return raw
}
