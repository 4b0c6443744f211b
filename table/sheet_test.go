package table_test

import (
	"fmt"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

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
		{"UTF-16", "\xff\xfea\x00,\x00b\x00", "0:file.encoding"},
		{"a BOM before something else", "\xef\xbb\xbf" + gb18030(t, "品种,数量\n"), "0:file.encoding"},
		{"neither encoding", "a,b\n\xff\xff\n", "0:file.encoding"},
		{"all bare quotes", "a,b\nx\"y,1\nz,2\n\"p\"q,3\nr,4\ns\"\",5\n",
			"2:file.quote 4:file.quote 6:file.quote"},
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
		"\"a;b;c\",d\n", "", "\"", "\"\r\r\n\","} {
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
		if _, got := encode(again); len(faults) > 0 || got != want {
			t.Fatalf("read back %s with %v, want %s", got, faults, want)
		}
	})
}
