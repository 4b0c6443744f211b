package table

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// Encoding names how the bytes of a file stand for letters.
type Encoding string

// The encodings files arrive in; GB18030 holds GBK and GB2312, UTF-16 is what Excel calls Unicode
// text, and XLSX stands for the workbooks that package workbook opens.
const (
	UTF8    Encoding = "UTF-8"
	UTF8BOM Encoding = "UTF-8 with BOM"
	UTF16LE Encoding = "UTF-16LE"
	UTF16BE Encoding = "UTF-16BE"
	GB18030 Encoding = "GB18030"
	XLSX    Encoding = "XLSX"
)

// The marks some programs put before a text.
var (
	bom   = []byte("\xef\xbb\xbf")
	bomLE = []byte("\xff\xfe")
	bomBE = []byte("\xfe\xff")
)

// decode settles the encoding: BOM, then valid UTF-8, then GB18030, then refusal. What follows a
// BOM says what it is and is not tried as anything else; no text holds a NUL. A line that is too
// long is refused before anything is made of it.
func decode(file string, data []byte) ([]byte, Encoding, *Fault) {
	rest, marked := bytes.CutPrefix(data, bom)
	var text []byte
	var encoding Encoding
	var fault *Fault
	switch {
	case bytes.HasPrefix(data, []byte("PK\x03\x04")),
		bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		fault = &Fault{Code: "file.spreadsheet"}
	case bytes.HasPrefix(data, bomLE):
		text, encoding, fault = decode16(data, UTF16LE)
	case bytes.HasPrefix(data, bomBE):
		text, encoding, fault = decode16(data, UTF16BE)
	case bytes.IndexByte(data, 0) >= 0:
		fault = &Fault{Code: "file.encoding"}
		if is16(data, 1) || is16(data, 0) {
			fault.Code = "file.utf16-mark"
		}
	case longAt(data, RowMax) >= 0:
		fault = &Fault{Code: "row.long", Line: longLine(data)}
	case marked:
		text, encoding, fault = decode8(rest, UTF8BOM)
	case utf8.Valid(data) || isMostlyUTF8(data):
		text, encoding, fault = decode8(data, UTF8)
	default:
		text, encoding, fault = decodeGB(data)
	}
	if fault == nil && longAt(text, RowMax) >= 0 {
		fault = &Fault{Code: "row.long", Line: longLine(text)}
	}
	if fault != nil {
		fault.File = file
		return nil, "", fault
	}
	return text, encoding, nil
}

// Letters decodes a cell of a text whose encoding is known, UTF-8 or GB18030, and returns false
// where letters of it are lost.
func (e Encoding) Letters(cell []byte) (string, bool) {
	if isASCII(cell) {
		return string(cell), true
	}
	if e == GB18030 {
		text, _, fault := decodeGB(cell)
		return string(text), fault == nil
	}
	return string(cell), utf8.Valid(cell) && !bytes.Contains(cell, lostCharacter)
}

func isASCII(cell []byte) bool {
	for _, c := range cell {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// longLine is the first line longer than RowMax, and 0 where there is none.
func longLine(text []byte) int {
	if at := longAt(text, RowMax); at >= 0 {
		return 1 + bytes.Count(text[:at], []byte("\n"))
	}
	return 0
}

// longAt is where the first line longer than a limit begins, and -1 where there is none.
func longAt(text []byte, most int) int {
	for at := 0; len(text)-at > most; {
		end := bytes.IndexByte(text[at:], '\n')
		if end > most || end < 0 {
			return at
		}
		at += end + 1
	}
	return -1
}

// decode8 points at the first byte that is no UTF-8.
func decode8(text []byte, encoding Encoding) ([]byte, Encoding, *Fault) {
	if utf8.Valid(text) {
		return text, encoding, nil
	}
	if !isMostlyUTF8(text) {
		return nil, "", &Fault{Code: "file.encoding"}
	}
	return nil, "", &Fault{Code: "file.utf8-damaged", Line: 1 + bytes.Count(
		text[:firstInvalid(text)], []byte("\n"))}
}

func firstInvalid(text []byte) int {
	for i := 0; i < len(text); {
		letter, size := utf8.DecodeRune(text[i:])
		if letter == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return len(text)
}

// isMostlyUTF8 tells UTF-8 with some broken bytes from GB18030: of what is beyond ASCII nine in ten
// are whole letters of three bytes or more, as which two-byte Chinese hardly ever reads.
func isMostlyUTF8(text []byte) bool {
	whole, broken := 0, 0
	for i := 0; i < len(text); {
		letter, size := utf8.DecodeRune(text[i:])
		switch {
		case letter == utf8.RuneError && size == 1:
			broken++
		case size >= 3:
			whole++
		}
		i += size
	}
	return whole > 9*broken
}

func decodeGB(data []byte) ([]byte, Encoding, *Fault) {
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
	if err != nil || bytes.Contains(text, lostCharacter) || bytes.IndexByte(text, 0) >= 0 {
		return nil, "", &Fault{Code: "file.encoding"}
	}
	return text, GB18030, nil
}

// decode16 reads UTF-16 behind its mark. A half unit at the end or half a surrogate pair is damage,
// which the decoder shows as U+FFFD where the file does not have it.
func decode16(data []byte, encoding Encoding) ([]byte, Encoding, *Fault) {
	// A line break always has the byte of one, and a letter at most two bytes for each of its bytes
	// in UTF-8: what goes on for so long is too long in any case, and is not decoded.
	if at := longAt(data, 2*RowMax+2); at >= 0 {
		text, _, fault := decode16(data[:max((at+1)&^1, len(bomLE))], encoding)
		if fault == nil {
			fault = &Fault{Code: "row.long", Line: 1 + bytes.Count(text, []byte("\n"))}
		}
		return nil, "", fault
	}
	order := unicode.LittleEndian
	if encoding == UTF16BE {
		order = unicode.BigEndian
	}
	text, err := unicode.UTF16(order, unicode.IgnoreBOM).NewDecoder().Bytes(data[2:])
	damage := bytes.Index(text, lostCharacter)
	if err == nil && damage < 0 && len(data)%2 == 0 && bytes.IndexByte(text, 0) < 0 {
		return text, encoding, nil
	}
	if damage < 0 {
		damage = len(text)
	}
	if nul := bytes.IndexByte(text, 0); nul >= 0 {
		damage = min(damage, nul)
	}
	return nil, "", &Fault{Code: "file.utf16-damaged",
		Line: 1 + bytes.Count(text[:damage], []byte("\n"))}
}

// is16 says whether a file without a mark looks like UTF-16: many NULs, as its line breaks, digits
// and commas have them, and nearly all of them first (0) or second (1) in their pair of bytes. A
// few Chinese letters, such as 一, have one on the other side.
func is16(data []byte, side int) bool {
	sample := data[:min(len(data), delimiterSample)]
	var nuls [2]int
	for i, b := range sample {
		if b == 0 {
			nuls[i%2]++
		}
	}
	return nuls[side] > 1 && nuls[side] > len(sample)/32 && nuls[1-side] <= nuls[side]/8
}

// delimiterSample is how much of a file is looked at to tell its delimiter.
const delimiterSample = 8 << 10

// fullComma is the comma of Chinese keyboards, which some people type where a comma belongs.
const fullComma = '，'

// delimiter is what stands in most lines of the beginning of the file: comma, tab or semicolon,
// and where several stand in as many, what there is most of. A figure such as 1,234,567 in a table
// of tabs adds commas to some lines and not to the header. What is quoted does not count.
//
// A full-width comma stands in sentences, too. It is the delimiter only where it stands in more
// lines than any other, and at most one line has another without it.
func delimiter(text []byte) rune {
	lines, total, alone := map[rune]int{}, map[rune]int{}, map[rune]int{}
	quoted, here := false, map[rune]bool{}
	endLine := func() {
		if !here[fullComma] {
			for c := range here {
				alone[c]++
			}
		}
		clear(here)
	}
	for _, c := range string(text[:min(len(text), delimiterSample)]) {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			endLine()
		case c != ',' && c != '\t' && c != ';' && c != fullComma:
		case !here[c]:
			here[c] = true
			lines[c]++
			fallthrough
		default:
			total[c]++
		}
	}
	endLine()
	best := ','
	for _, candidate := range "\t;" {
		if lines[candidate] > lines[best] ||
			lines[candidate] == lines[best] && total[candidate] > total[best] {
			best = candidate
		}
	}
	if lines[fullComma] > lines[best] && alone[','] <= 1 && alone['\t']+alone[';'] == 0 {
		return fullComma
	}
	return best
}

// Name reads the name of a file in an archive: programs for Chinese Windows write it in GB18030
// without saying so. Bytes that are neither become U+FFFD.
func Name(raw string) string {
	if utf8.ValidString(raw) {
		return raw
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().String(raw)
	if err != nil {
		return string([]rune(raw))
	}
	return text
}

// Encode writes a text in an encoding, with the mark that belongs to it. A letter that the encoding
// does not have is an error.
func Encode(text string, encoding Encoding) ([]byte, error) {
	switch encoding {
	case UTF8:
		return []byte(text), nil
	case UTF8BOM:
		return append(bytes.Clone(bom), text...), nil
	case UTF16LE:
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	case UTF16BE:
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM).NewEncoder().Bytes([]byte(text))
	case GB18030:
		return simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	}
	return nil, fmt.Errorf("no text is written in %s", encoding)
}
