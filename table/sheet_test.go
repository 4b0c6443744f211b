package table_test

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"carbonledger/table"
)

func gb18030(t testing.TB, text string) string {
	t.Helper()
	encoded, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

// utf16 writes a mark and a text in the order of bytes the mark stands for.
func utf16(mark, text string) string {
	encoding := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	if mark[0] == 0xfe {
		encoding = unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	}
	encoded, err := encoding.NewEncoder().String(text)
	if err != nil {
		panic(err)
	}
	return mark + encoded
}

// show writes the folded cells with their lines: 1[品种|数量] 2[电力|5].
func show(sheet table.Sheet) string {
	rows := make([]string, len(sheet.Rows))
	for i, row := range sheet.Rows {
		cells := make([]string, len(row.Cells))
		for at, cell := range row.Cells {
			cells[at] = cell.Text
		}
		rows[i] = fmt.Sprintf("%d[%s]", row.Line, strings.Join(cells, "|"))
	}
	return strings.Join(rows, " ")
}

// places writes line and code of every fault.
func places(faults []table.Fault) string {
	list := make([]string, len(faults))
	for i, f := range faults {
		list[i] = fmt.Sprintf("%d:%s", f.Line, f.Code)
	}
	return strings.Join(list, " ")
}

func TestRead(t *testing.T) {
	const bom = "\xef\xbb\xbf"
	for _, c := range []struct {
		name, data, want string
		encoding         table.Encoding
		delimiter        rune
	}{
		{"UTF-8", "品种,数量\n电力,5\n", "1[品种|数量] 2[电力|5]", table.UTF8, ','},
		{"BOM", bom + "品种,数量\n电力,5\n", "1[品种|数量] 2[电力|5]", table.UTF8BOM, ','},
		{"GB18030", gb18030(t, "品种,数量\n㐂镇电力,5\n"), "1[品种|数量] 2[㐂镇电力|5]", table.GB18030, ','},
		{"CRLF", "a,b\r\n1,2\r\n", "1[a|b] 2[1|2]", table.UTF8, ','},
		{"no line break at the end", "a,b\n1,2", "1[a|b] 2[1|2]", table.UTF8, ','},
		{"quoted line breaks", "a,b\n\"x\ny\",2\nz,3\n", "1[a|b] 2[x\ny|2] 4[z|3]", table.UTF8,
			','},
		{"quoted quotes", "a\n\"x \"\"y\"\"\"\n", `1[a] 2[x "y"]`, table.UTF8, ','},
		{"full width", "ｋＷｈ，,１２３\n", "1[kWh,|123]", table.UTF8, ','},
		{"semicolons with decimal commas", "a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n",
			"1[a|b|c] 2[1,5|2,5|3,5] 3[1,5|2,5|3,5]", table.UTF8, ';'},
		{"tabs", "a\tb\n1\t2\n", "1[a|b] 2[1|2]", table.UTF8, '\t'},
		{"tabs with thousands", "a\tb\n1\t1,234,567\n2\t2,345,678\n",
			"1[a|b] 2[1|1,234,567] 3[2|2,345,678]", table.UTF8, '\t'},
		{"commas around quoted semicolons", "a,b\n\"x;y;z;w\",2\n", "1[a|b] 2[x;y;z;w|2]",
			table.UTF8, ','},
		{"blank rows and a ragged one", "a,b\n\n,,\n　,\n1\n1,2,3\n", "1[a|b] 5[1] 6[1|2|3]",
			table.UTF8, ','},
		{"UTF-16LE", utf16("\xff\xfe", "品种\t数量\r\n电力\t5\r\n"), "1[品种|数量] 2[电力|5]",
			table.UTF16LE, '\t'},
		{"UTF-16BE", utf16("\xfe\xff", "品种,数量\n𠮷,5\n"), "1[品种|数量] 2[𠮷|5]",
			table.UTF16BE, ','},
		{"full-width commas", "品种，单位，数量\n电力，kWh，5\n热力，GJ，1,234\n",
			"1[品种|单位|数量] 2[电力|kWh|5] 3[热力|GJ|1,234]", table.UTF8, '，'},
		{"full-width commas below a note", "填报：Li, Wu\n品种，单位，数量\n电力，kWh，\"1，234\"\n",
			"1[填报:Li, Wu] 2[品种|单位|数量] 3[电力|kWh|1,234]", table.UTF8, '，'},
		{"figures that stand apart as the header does", "月，用电，热力\n3，1，234\n",
			"1[月|用电|热力] 2[3|1|234]", table.UTF8, '，'},
		{"full-width commas in notes", "注：甲，乙\n注：丙，丁\n注：戊，己\n注：庚，辛\na,b\n1,2\n",
			"1[注:甲,乙] 2[注:丙,丁] 3[注:戊,己] 4[注:庚,辛] 5[a|b] 6[1|2]", table.UTF8, ','},
		{"full-width thousands between tabs", "a\tb\n1，234\t2，345\n", "1[a|b] 2[1,234|2,345]",
			table.UTF8, '\t'},
		{"empty columns and rows at the end", "a,b,,,\r\n1,2,,,\r\n,,,,\r\n,,,,\r\n",
			"1[a|b|||] 2[1|2|||]", table.UTF8, ','},
		{"one column", "a\nb\n", "1[a] 2[b]", table.UTF8, ','},
	} {
		t.Run(c.name, func(t *testing.T) {
			sheet, faults := table.Read("x.csv", []byte(c.data))
			if len(faults) > 0 {
				t.Fatalf("faults %v", faults)
			}
			if got := show(sheet); got != c.want {
				t.Errorf("rows %s, want %s", got, c.want)
			}
			if sheet.Encoding != c.encoding || sheet.Delimiter != c.delimiter {
				t.Errorf("read as %s by %q, want %s by %q",
					sheet.Encoding, sheet.Delimiter, c.encoding, c.delimiter)
			}
		})
	}
}

func TestReadFaults(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"no bytes", "", "0:file.empty"},
		{"blank rows alone", "\n ,\t\n　\n", "0:file.empty"},
		{"a BOM alone", "\xef\xbb\xbf", "0:file.empty"},
		{"an xlsx workbook", "PK\x03\x04\x14\x00", "0:file.spreadsheet"},
		{"an xls workbook", "\xd0\xcf\x11\xe0\xa1\xb1", "0:file.spreadsheet"},
		{"a NUL", "a,b\n1,\x002\n", "0:file.encoding"},
		{"a NUL after a BOM", "\xef\xbb\xbfa,b\n1,\x002\n", "0:file.encoding"},
		{"UTF-16 without a mark", "a\x00,\x00b\x00\n\x00", "0:file.utf16-mark"},
		{"big-endian UTF-16 without a mark", "\x00a\x00,\x00b\x00\n", "0:file.utf16-mark"},
		{"UTF-16 and half a letter", "\xff\xfea\x00\n\x00b", "2:file.utf16-damaged"},
		{"UTF-16 and half a pair", "\xff\xfea\x00\n\x00\x00\xd8b\x00", "2:file.utf16-damaged"},
		{"UTF-16 and a NUL", "\xff\xfea\x00\n\x00\x00\x00", "2:file.utf16-damaged"},
		{"UTF-8 and a broken byte", "品种,计量单位,数量\n电力,千瓦时,5\n电\xff,千瓦时,5\n", "3:file.utf8-damaged"},
		{"a BOM before something else", "\xef\xbb\xbf" + gb18030(t, "品种,数量\n"), "0:file.encoding"},
		{"neither encoding", "a,b\n\xff\xff\n", "0:file.encoding"},
		{"all bare quotes", "a,b\nx\"y,1\nz,2\n\"p\"q,3\nr,4\ns\"\",5\n",
			"2:file.quote 4:file.quote 6:file.quote"},
		{"full-width thousands between full-width commas",
			"品种，数量，备注\n电力，5，\n热力，1，234，\n", "3:row.thousands"},
		{"full-width thousands and a cell left out",
			"月，品种，数量，单位，备注\n3，热力，1，234\n", "2:row.thousands"},
		{"a quote left open", "a,b\n1,\"2\n3,4\n", "2:file.quote"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, faults := table.Read("x.csv", []byte(c.data))
			if got := places(faults); got != c.want {
				t.Errorf("faults %s, want %s", got, c.want)
			}
			for _, fault := range faults {
				if !strings.HasPrefix(fault.Error(), "x.csv") {
					t.Errorf("message %q does not begin with the file", fault.Error())
				}
			}
		})
	}
}

// TestReadLimits wants what goes beyond a limit refused, and the rows before it kept.
func TestReadLimits(t *testing.T) {
	long := strings.Repeat("长行", table.RowMax/6+1)
	for _, c := range []struct{ name, data, want, rows string }{
		{"a long line", "a,b\n" + long + "\n1,2\n", "2:row.long", ""},
		{"a long line in GB18030", "a,b\n" + gb18030(t, long+long) + "\n1,2\n", "2:row.long", ""},
		{"a long line in UTF-16", utf16("\xff\xfe", "a,b\n"+long+"\n1,2\n"), "2:row.long", ""},
		{"a very long line in UTF-16", utf16("\xff\xfe", "a,b\n"+long+long+long), "2:row.long", ""},
		{"a very long line in big-endian UTF-16", utf16("\xfe\xff", "a\nb\n"+long+long+long),
			"3:row.long", ""},
		{"one line of UTF-16", utf16("\xff\xfe", long+long+long+long), "1:row.long", ""},
		{"a quote that swallows the file", "a,b\n1,2\n\n3,\"4\n" + strings.Repeat("5,6\n", 1<<19),
			"4:row.long", "1[a|b] 2[1|2]"},
		{"a long record in quotes", "a,b\n\"" + strings.Repeat("x\n", 1<<19) + "\",1\n1,2\n",
			"2:row.long", "1[a|b]"},
		{"a record of the longest kind", "a,b\n\"" + strings.Repeat("x", table.RowMax-6) + "\",1\n",
			"", "2 rows"},
		{"many blank lines", "a,b\n" + strings.Repeat("\r\n", 1<<20) + "1,2\n", "",
			"1[a|b] 1048578[1|2]"},
		{"too many columns", "a,b\n1" + strings.Repeat(",1", table.ColumnsMax) + "\n1,2\n",
			"2:row.columns", "1[a|b] 3[1|2]"},
		{"empty columns beyond the last", "a" + strings.Repeat(",", 100_000) + "\n1,2\n", "",
			"2 rows"},
		{"too many cells", strings.Repeat("1"+strings.Repeat(",", 16_383)+"\n",
			table.CellsMax/table.ColumnsMax+1), "0:file.too-many-cells", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			sheet, faults := table.Read("x.csv", []byte(c.data))
			if got := places(faults); got != c.want {
				t.Errorf("faults %s, want %s", got, c.want)
			}
			got := fmt.Sprintf("%d rows", len(sheet.Rows))
			if c.rows != got && c.rows != show(sheet) {
				t.Errorf("%s, want %s", got, c.rows)
			}
		})
	}
}

// TestReadManyFaults stops where a list of faults would help nobody.
func TestReadManyFaults(t *testing.T) {
	data, err := os.ReadFile("testdata/faults/file.faults.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, faults := table.Read("x.csv", data)
	last := faults[len(faults)-1]
	if len(faults) != 10_001 || last.Code != "file.faults" || faults[0].Code != "file.quote" {
		t.Errorf("%d faults, the last one %v; want 10001 and file.faults", len(faults), last)
	}
}

// TestReadDamaged names every cell with a lost character and reads the file all the same.
func TestReadDamaged(t *testing.T) {
	sheet, faults := table.Read("x.csv", []byte("名称,数量\n电\ufffd,1\n热力,\ufffd\ufffd\n煤,3\n"))
	if got, want := places(faults), "2:cell.damaged 3:cell.damaged"; got != want {
		t.Errorf("faults %s, want %s", got, want)
	}
	if fault := faults[1]; fault.Column != 2 || fault.Cell != "\ufffd\ufffd" || !fault.IsWarning() {
		t.Errorf("got %+v, want a warning at column 2", fault)
	}
	if len(sheet.Rows) != 4 {
		t.Errorf("%d rows, want 4", len(sheet.Rows))
	}
}

// TestReadMemory holds Read to the bound of the package comment with the files that need most.
func TestReadMemory(t *testing.T) {
	const size = 2 << 20
	for name, data := range map[string][]byte{
		"one letter a line":    bytes.Repeat([]byte("a\n"), size/2),
		"one letter a cell":    bytes.Repeat([]byte("a,a,a,a,a,a,a,a\n"), size/16),
		"empty cells":          bytes.Repeat([]byte(strings.Repeat(",", 4000)+"a\n"), size/4002),
		"blank rows":           bytes.Repeat([]byte(",\n"), size/2),
		"letters that unfold":  bytes.Repeat([]byte("ﷺ,ﷺ\n"), size/8),
		"figures":              bytes.Repeat([]byte("示例公司,2024-01,电力,1234.5\n"), size/34),
		"UTF-16":               []byte(utf16("\xff\xfe", strings.Repeat("电\t1\n", size/8))),
		"GB18030":              []byte(gb18030(t, strings.Repeat("电,1\n", size/5))),
		"one line":             bytes.Repeat([]byte("a"), size),
		"a quote never closed": append([]byte("a,\""), bytes.Repeat([]byte("1,2\n"), size/4)...),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&before)
			sheet, faults := table.Read("x.csv", data)
			runtime.GC()
			runtime.ReadMemStats(&after)
			taken, bound := int(after.HeapAlloc)-int(before.HeapAlloc), 48*len(data)+4<<20
			if taken > bound {
				t.Errorf("%d bytes for %d rows, want at most %d", taken, len(sheet.Rows), bound)
			}
			runtime.KeepAlive(faults)
			t.Logf("%d bytes a byte kept, %d in all", taken/len(data),
				int(after.TotalAlloc-before.TotalAlloc)/len(data))
		})
	}
}

func TestReadKeepsRowsBesideFaults(t *testing.T) {
	sheet, faults := table.Read("x.csv", []byte("a,b\nx\"y,1\nz,2\n"))
	if got, want := show(sheet), "1[a|b] 3[z|2]"; got != want || len(faults) != 1 {
		t.Errorf("rows %s and %d faults, want %s and 1", got, len(faults), want)
	}
}

func TestRow(t *testing.T) {
	sheet, _ := table.Read("x.csv", []byte("１２, b\n"))
	row := sheet.Rows[0]
	if got := fmt.Sprint(row.Raw()); got != "[１２  b]" {
		t.Errorf("Raw = %s, want the cells as written", got)
	}
	if row.Cell(0).Text != "12" || row.Cell(-1) != (table.Cell{}) || row.Cell(2) != (table.Cell{}) {
		t.Errorf("cells %v, %v, %v", row.Cell(0), row.Cell(-1), row.Cell(2))
	}
}

// encode quotes every cell; carriage returns go, because a CSV reader makes line breaks of some.
func encode(sheet table.Sheet) (data []byte, want string) {
	var text strings.Builder
	text.WriteString("\xef\xbb\xbf")
	for _, row := range sheet.Rows {
		cells := row.Raw()
		for i, cell := range cells {
			cells[i] = `"` + strings.NewReplacer(`"`, `""`, "\r", "").Replace(cell) + `"`
		}
		text.WriteString(strings.Join(cells, string(sheet.Delimiter)) + "\n")
		want += fmt.Sprintf("%q\n", cells)
	}
	return []byte(text.String()), want
}

func FuzzRead(f *testing.F) {
	for _, data := range []string{"a,b\n1,2\n", "品种;数量\n电力;5\n", "a\tb\n\"x\ny\"\t\"\"\"\"\n",
		"\xef\xbb\xbf\xef\xbb\xbfa\n", "PK\x03\x04", "a\"b\n", "\x00", gb18030(f, "电力,5"),
		"a\r\r\nb\r\n",
		"\"a;b;c\",d\n", "", "\"", "\"\r\r\n\",", utf16("\xff\xfe", "品种\t数量\n电力\t5\n"),
		utf16("\xfe\xff", "𠮷，1\n"), "a\x00\n\x00", "a，b，c\n1，234，\n", "a,\ufffd\n1,2\n",
		"a\tb\n1，234\t2\n", "电\xff力,电力电力电力电力\n", strings.Repeat(",", 20_000) + "\n1\n"} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		sheet, faults := table.Read("x.csv", data)
		for _, fault := range faults {
			if fault.Text(table.EN) == "" || fault.Text(table.ZH) == "" {
				t.Fatalf("fault %s has no words", fault.Code)
			}
		}
		if len(sheet.Rows) == 0 {
			if len(faults) == 0 {
				t.Fatal("neither rows nor faults")
			}
			return
		}
		for _, row := range sheet.Rows {
			if row.Line < 1 || row.IsBlank() {
				t.Fatalf("row %v", row)
			}
		}
		first, want := encode(sheet)
		again, faults := table.Read("x.csv", first)
		faults = slices.DeleteFunc(faults, table.Fault.IsWarning)
		if _, got := encode(again); len(faults) > 0 || got != want {
			t.Fatalf("read back %s with %v, want %s", got, faults, want)
		}
	})
}
