package stream_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"carbonledger/table"
	"carbonledger/table/stream"
)

// records reads a text by pieces of a size, each record with its line.
func records(text string, size int) (list []string, err error) {
	c := stream.NewCutter(iotest.HalfReader(strings.NewReader(text)), size)
	var s stream.Scanner
	for number := 0; ; number++ {
		p, err := c.Next(nil)
		if err == io.EOF {
			return list, nil
		}
		if err != nil || p.Number != number {
			return nil, errors.Join(err, fmt.Errorf("piece %d", p.Number))
		}
		s.Reset(p, ',')
		for keep := func(line int, values []string) {
			if strings.TrimSpace(strings.Join(values, "")) != "" { // as good as no row
				list = append(list, fmt.Sprintf("%d %q", line, values))
			}
		}; ; {
			for fields := 1; fields < 4; fields++ { // whichever the next records have
				line := s.NextLine()
				for i, values := range plainRecords(&s, p.Data, fields) {
					keep(line+i, values)
				}
			}
			if !s.Next() {
				break
			}
			var values []string
			for i := range s.Fields {
				values = append(values, string(s.Value(i)))
			}
			keep(s.Line, values)
		}
		if s.Err() != nil {
			return nil, s.Err()
		}
	}
}

// plainRecords are the next records of so many fields, two at most.
func plainRecords(s *stream.Scanner, data []byte, fields int) (list [][]string) {
	ends := make([]uint32, 2*fields+3)
	for range s.Plain(ends, fields) {
		var values []string
		for i := range fields {
			values = append(values, string(data[ends[i]+1:ends[i+1]]))
		}
		list, ends = append(list, values), ends[fields+1:]
	}
	return list
}

// plain is how package table reads the text.
func plain(text string) (list []string, err error) {
	sheet, faults := table.Read("", []byte(text))
	for _, fault := range faults {
		if fault.Code != "file.empty" {
			return nil, fault
		}
	}
	for _, row := range sheet.Rows {
		list = append(list, fmt.Sprintf("%d %q", row.Line, row.Raw()))
	}
	return list, nil
}

func compare(t *testing.T, text string, sizes ...int) {
	t.Helper()
	want, errPlain := plain(text)
	for _, size := range sizes {
		got, err := records(text, size)
		if (err != nil) != (errPlain != nil) || err == nil && !slices.Equal(got, want) {
			t.Errorf("%q in pieces of %d: %v, %v, want %v, %v", text, size, got, err, want,
				errPlain)
		}
	}
}

func TestPiecesAreReadLikeTheWhole(t *testing.T) {
	for _, text := range []string{"", "\n", "a", "a\n", "a,b\r\nc,d\r\n", "a,b\r", "\r",
		"\r\n\r\na",
		"a,\n,b\n,\n", `"a"`, `"a","b"` + "\n", "\"a\nb\",c\nd,\"e,\"\"f\"\"\"\r\n",
		"\"a\r\nb\"\r\n", "a\"b,c\n", `"a"b` + "\n", "\"a\n", "\"\"\n", "\"\",\"\"\n\n\"\"\n",
		"a,\"b\"\r", "a\rb,c\r\rd\n", `x,"`, "12345678,1234567,123456789\n,,,,,,,,,,,\n",
		"é,漢字,ＡＢ\n", "a,b,\"c\"\n1,2,3\n\"\n\n\",2,3\n4,5,6\n"} {
		compare(t, text, 1, 2, 3, 7, 1000)
	}
}

func TestRandomTexts(t *testing.T) {
	for seed := range uint64(3000) {
		random := rand.New(rand.NewPCG(seed, 1))
		var text strings.Builder
		marks := []string{",", ",", "\n", "\r\n", `"`, `""`, "ab", "12.5", "漢", " ", "\r",
			`"x,y"`, "\"l\n2\"", "123456789"}
		for range random.IntN(40) {
			text.WriteString(marks[random.IntN(len(marks))])
		}
		compare(t, text.String(), 1+random.IntN(30), 1000)
	}
}

func TestARecordWithoutAnEnd(t *testing.T) {
	text := "a,b\n\"" + strings.Repeat("x\n", 1<<20)
	if _, err := records(text, 1<<16); !errors.Is(err, stream.ErrIrregular) {
		t.Errorf("a quotation mark left open: %v, want ErrIrregular", err)
	}
	text = strings.Repeat("a,", 1<<20) + "\nb,c\n"
	if _, err := records(text, 1<<16); !errors.Is(err, stream.ErrIrregular) {
		t.Errorf("a line of 2 MiB: %v, want ErrIrregular", err)
	}
}

func TestReadErrorsArePassedOn(t *testing.T) {
	broken := errors.New("broken")
	c := stream.NewCutter(io.MultiReader(strings.NewReader("a,b\nc"), iotest.ErrReader(broken)),
		100)
	if _, err := c.Next(nil); !errors.Is(err, broken) {
		t.Errorf("Next = %v, want %v", err, broken)
	}
}

func FuzzScanner(f *testing.F) {
	f.Add("a,\"b\nc\"\r\nd", uint8(3))
	f.Fuzz(func(t *testing.T, text string, size uint8) {
		if !utf8.ValidString(text) || strings.ContainsAny(text, "\x00\ufffd\ufeff\t;|") {
			return // whoever reads a piece looks at its letters, and tells the separator
		}
		compare(t, text, 1+int(size))
	})
}

func BenchmarkScanner(b *testing.B) {
	var text bytes.Buffer
	for i := range 20000 {
		fmt.Fprintf(&text, "91360104%010d,2022-%02d,electricity,kWh,%d.%04d,20230000%d\n",
			i, i%12+1, i*7919%100000, i%10000, 10000+i)
	}
	b.SetBytes(int64(text.Len()))
	var s stream.Scanner
	for b.Loop() {
		for s.Reset(stream.Piece{Data: text.Bytes(), Line: 1}, ','); s.Next(); {
		}
	}
}
