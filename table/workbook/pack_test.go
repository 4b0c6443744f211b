package workbook_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carbonledger/table"
	"carbonledger/table/workbook"
)

// packFolder holds the conformance pack of intake; wanted-files.txt there says what becomes of the
// files that are made here.
const packFolder = "../../ledger/intake/dialects/testdata/"

// TestPackFiles makes the binary files of the pack under UPDATE, and otherwise wants those that are
// there to open as the ones it would make: how they are compressed may differ.
func TestPackFiles(t *testing.T) {
	for name, data := range packFiles(t) {
		path := filepath.Join(packFolder, "files-"+name)
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(path, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(kept, data) {
			continue
		}
		got, want := show(workbook.Open(name, kept)), show(workbook.Open(name, data))
		if got != want {
			t.Errorf("%s opens as %s, want %s", path, got, want)
		}
	}
}

func packFiles(t *testing.T) map[string][]byte {
	files := textFiles(t)
	for _, more := range []map[string][]byte{sheetFiles(t), refusedBooks(), archiveFiles(t)} {
		for name, data := range more {
			files[name] = data
		}
	}
	return files
}

const (
	packEntity = "91350100M000100Y43,示例公司"
	packHeader = "统一社会信用代码,单位名称,期间,品种,计量单位,数量\n"
	packRows   = packEntity + ",2024年1月,电力,万千瓦时,12.5\n" + packEntity + ",2024年2月,热力,GJ,340\n"
	packTable  = packHeader + packRows
)

func encoded(t *testing.T, text string, encoding table.Encoding) []byte {
	t.Helper()
	data, err := table.Encode(text, encoding)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// separated writes the table with another mark between its cells.
func separated(text, by string) string { return strings.ReplaceAll(text, ",", by) }

func textFiles(t *testing.T) map[string][]byte {
	const bom = "\xef\xbb\xbf"
	tabs, crlf := separated(packTable, "\t"), strings.ReplaceAll(packTable, "\n", "\r\n")
	files := map[string][]byte{
		"utf8.csv":           []byte(packTable),
		"utf8-crlf.csv":      []byte(crlf),
		"bom.csv":            []byte(bom + packTable),
		"bom-crlf.csv":       []byte(bom + crlf),
		"gb18030.csv":        encoded(t, packTable, table.GB18030),
		"gb18030-crlf.csv":   encoded(t, crlf, table.GB18030),
		"utf8.tsv":           []byte(tabs),
		"bom.tsv":            []byte(bom + tabs),
		"gb18030.tsv":        encoded(t, tabs, table.GB18030),
		"utf16le.txt":        encoded(t, separated(crlf, "\t"), table.UTF16LE),
		"utf16be.txt":        encoded(t, separated(crlf, "\t"), table.UTF16BE),
		"utf16le.csv":        encoded(t, packTable, table.UTF16LE),
		"utf16-no-mark.txt":  encoded(t, tabs, table.UTF16LE)[2:],
		"semicolon.csv":      []byte(separated(packTable, ";")),
		"full-comma.csv":     []byte(separated(packTable, "，")),
		"full-comma-gbk.csv": encoded(t, separated(packTable, "，"), table.GB18030),
		"full-comma-thousands-quoted.csv": []byte(separated(packHeader, "，") +
			separated(packEntity+",2024年1月,电力,kWh,", "，") + "\"1，234\"\n"),
		"full-comma-thousands.csv": []byte(separated(packTable, "，") +
			separated(packEntity+",2024年2月,电力,kWh,1,234\n", "，")),
		"tabs-thousands.tsv": []byte(tabs + separated(packEntity+",2024年2月,电力,kWh,", "\t") +
			"1，234\n"),
		"line-break-in-cell.csv": []byte(packHeader + packEntity + ",2024年1月,\"电\n力\",kWh,5\n"),
		"trailing.csv": []byte(strings.ReplaceAll(packTable, "\n", ",,,\r\n") +
			strings.Repeat(",,,,,,,\r\n", 3)),
		"blank-lines.csv":    []byte("\n\n" + strings.ReplaceAll(packTable, "\n", "\n\n　\n")),
		"no-last-break.csv":  []byte(strings.TrimSuffix(packTable, "\n")),
		"damaged-name.csv":   []byte(packTable + packEntity + ",2024年3月,电\ufffd,kWh,5\n"),
		"damaged-figure.csv": []byte(packTable + packEntity + ",2024年3月,电力,kWh,5\ufffd\n"),
		"damaged-utf8.csv":   []byte(packTable + packEntity + ",2024年3月,电\xe5\x8a,kWh,5\n"),
		"columns.csv":        []byte(packTable + packEntity + strings.Repeat(",1", 16_384) + "\n"),
	}
	files["utf16-damaged.txt"] = files["utf16le.txt"][:len(files["utf16le.txt"])-5]
	return files
}

// cellsOf writes rows of texts the way workbooks keep them; numbers and dates come as XML.
func cellsOf(rows ...[]string) string {
	var text strings.Builder
	for i, row := range rows {
		fmt.Fprintf(&text, `<row r="%d">`, i+1)
		for column, cell := range row {
			ref := fmt.Sprintf("%c%d", 'A'+column, i+1)
			if rest, ok := strings.CutPrefix(cell, "<c"); ok {
				text.WriteString(`<c r="` + ref + `"` + rest)
			} else if cell != "" {
				text.WriteString(`<c r="` + ref + `" t="inlineStr"><is><t>` + cell + `</t></is></c>`)
			}
		}
		text.WriteString(`</row>`)
	}
	return text.String()
}

var (
	bookHeader = []string{"统一社会信用代码", "单位名称", "期间", "品种", "计量单位", "数量"}
	bookEntity = "91350100M000100Y43"
)

func bookRow(period, unit, quantity string) []string {
	return []string{bookEntity, "示例公司", period, "电力", unit, quantity}
}

func number(value string) string { return `<c><v>` + value + `</v></c>` }

func styled(style int, value string) string {
	return fmt.Sprintf(`<c s="%d"><v>%s</v></c>`, style, value)
}

// book is a workbook of one worksheet: the header and these rows.
func book(rest string, rows ...[]string) []byte {
	return xlsx(
		"",
		formats,
		"",
		sheetPart{"用电", "", cellsOf(append([][]string{bookHeader}, rows...)...),
			rest},
	)
}

func sheetFiles(t *testing.T) map[string][]byte {
	sheet, faults := table.Read("x.csv", []byte(packTable))
	var written bytes.Buffer
	if err := workbook.Write(&written, []table.Sheet{sheet}); err != nil || len(faults) > 0 {
		t.Fatal(err, faults)
	}
	plain := cellsOf(bookHeader, bookRow("2024年1月", "kWh", number("5")))
	second := cellsOf(bookHeader, bookRow("2024年2月", "kWh", number("6")))
	return map[string][]byte{
		"text-cells.xlsx": written.Bytes(),
		"numbers.xlsx": book("", bookRow("2024年1月", "kWh", number("0.18387000000000001")),
			bookRow("2024年2月", "kWh", number("1E-1")),
			bookRow("2024年3月", "kWh", number("1.2345E-1")),
			bookRow("2024年4月", "kWh", number("0.30000000000000004")),
			bookRow("2024年5月", "kWh", styled(4, "0.2222"))),
		"number-scientific.xlsx": book("", bookRow("2024年1月", "kWh", number("1.2345E+7"))),
		"number-16-digits.xlsx":  book("", bookRow("2024年1月", "kWh", number("1234567890123456"))),
		"code-eaten.xlsx": book("", []string{
			number("9.1135010000010003E+17"), "示例公司", "2024年1月", "电力",
			"kWh", number("5")}),
		"dates.xlsx": book("", bookRow(styled(2, "45292"), "kWh", number("1")),
			bookRow(styled(9, "45323"), "kWh", number("2")),
			bookRow(styled(14, "45352"), "kWh", number("3"))),
		"date-year.xlsx": book("", bookRow(styled(7, "45292"), "GWh", number("4"))),
		"date-day.xlsx":  book("", bookRow(styled(1, "45352"), "kWh", number("1"))),
		"dates-1904.xlsx": xlsx(
			`<workbookPr date1904="1"/>`,
			formats,
			"",
			sheetPart{"用电", "", cellsOf(
				bookHeader, bookRow(styled(2, "43830"), "kWh", number("1"))), ""},
		),
		"title.xlsx": xlsx(
			"",
			formats,
			"",
			sheetPart{"用电", "", cellsOf(
				[]string{"用电月报"},
				bookHeader,
				bookRow(
					"2024年1月",
					"kWh",
					number("5"),
				),
			), `<mergeCells><mergeCell ref="A1:F1"/></mergeCells>`},
		),
		"merged-keys.xlsx": book(
			`<mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="D2:D3"/></mergeCells>`,
			bookRow(
				"2024年1月",
				"kWh",
				number("5"),
			),
			[]string{"", "", "2024年2月", "", "kWh", number("6")},
		),
		"merged-figure.xlsx": book(`<mergeCells><mergeCell ref="F2:F3"/></mergeCells>`,
			bookRow("2024年1月", "kWh", number("5")), bookRow("2024年2月", "kWh", "")),
		"formula.xlsx": book("", bookRow("2024年1月", "kWh", `<c><f>2+3</f><v>5</v></c>`)),
		"formula-text.xlsx": book(
			"",
			[]string{bookEntity, "示例公司", `<c t="str"><f>"2024年"&amp;1&amp;"月"</f>` +
				`<v>2024年1月</v></c>`, "电力", "kWh", number("5")},
		),
		"formula-no-value.xlsx": book("", bookRow("2024年1月", "kWh", `<c><f>SUM(G2:G9)</f></c>`)),
		"error.xlsx":            book("", bookRow("2024年1月", "kWh", `<c t="e"><v>#REF!</v></c>`)),
		"percent.xlsx":          book("", bookRow("2024年1月", "kWh", styled(8, "0.94"))),
		"rich-text.xlsx": xlsx(
			"",
			"",
			`<si><r><t>电</t></r><r><t>力</t></r><rPh><t>x</t></rPh></si>`,
			sheetPart{
				"用电",
				"",
				cellsOf(bookHeader, []string{bookEntity, "示例公司", "2024年1月", `<c t="s"><v>0</v></c>`,
					"kWh", number("5")}),
				"",
			},
		),
		"filtered.xlsx": xlsx("", "", "", sheetPart{"用电", "", strings.Replace(plain, `<row r="2"`,
			`<row r="2" hidden="1"`, 1), `<autoFilter ref="A1:F2"/>`}),
		"hidden-sheet.xlsx": xlsx("", "", "", sheetPart{"用电", "", plain, ""},
			sheetPart{"旧数据", "hidden", second, ""}),
		"very-hidden-sheet.xlsx": xlsx("", "", "", sheetPart{"用电", "", plain, ""},
			sheetPart{"列表 Lists", "veryHidden", cellsOf([]string{"电力"}), ""}),
		"two-sheets.xlsx": xlsx("", "", "", sheetPart{"一月", "", plain, ""},
			sheetPart{"空", "", "", ""}, sheetPart{"二月", "", second, ""}),
		"macros.xlsm":  book("", bookRow("2024年1月", "kWh", number("5"))),
		"damaged.xlsx": book("", bookRow("2024年1月", "kWh", "电\ufffd")),
	}
}

func refusedBooks() map[string][]byte {
	whole := book("", bookRow("2024年1月", "kWh", number("5")))
	many := strings.Repeat(`<sheet name="a" r:id="w1"/>`, 257)
	return map[string][]byte{
		"empty.xlsx": one(""),
		"password.xlsx": []byte(
			"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 504),
		),
		"binary.xlsb": zipOf("[Content_Types].xml", contents, "xl/workbook.bin", "x"),
		"open.ods": zipOf(
			"mimetype",
			"application/vnd.oasis.opendocument.spreadsheet",
			"content.xml",
			"x",
		),
		"document.docx":        zipOf("[Content_Types].xml", contents, "word/document.xml", "x"),
		"half.xlsx":            whole[:len(whole)/2],
		"cut-sheet.xlsx":       one(`<row r="1"><c r="A1"><v>1</v></c>`),
		"wrong-reference.xlsx": one(`<row r="1"><c r="A7"><v>1</v></c></row>`),
		"sparse.xlsx":          one(manyRows(620, `<c r="XFD%d"><v>1</v></c>`)),
		"many-sheets.xlsx": zipOf(
			"[Content_Types].xml",
			contents,
			"xl/_rels/workbook.xml.rels",
			relations+fmt.Sprintf(relation, "w1", "worksheet", "s.xml")+
				`</Relationships>`,
			"xl/s.xml",
			"<worksheet/>",
			"xl/workbook.xml",
			`<workbook `+spreadsheet+` xmlns:r="http://x/r"><sheets>`+many+
				`</sheets></workbook>`,
		),
		"report.pdf": []byte("%PDF-1.4\n"),
		"tables.rar": []byte("Rar!\x1a\x07\x01\x00"),
	}
}

// repeated lists the one member of an archive many times: all lead to the same bytes.
func repeated(data []byte, times int) []byte {
	at, end := bytes.Index(data, []byte("PK\x01\x02")), bytes.Index(data, []byte("PK\x05\x06"))
	list := bytes.Repeat(data[at:end], times)
	tail := bytes.Clone(data[end:])
	binary.LittleEndian.PutUint16(tail[8:], uint16(times))
	binary.LittleEndian.PutUint16(tail[10:], uint16(times))
	binary.LittleEndian.PutUint32(tail[12:], uint32(len(list)))
	return append(append(bytes.Clone(data[:at]), list...), tail...)
}

func archiveFiles(t *testing.T) map[string][]byte {
	second := packHeader + packEntity + ",2024年3月,电力,kWh,7\n"
	third := string(book("", bookRow("2024年4月", "kWh", number("8"))))
	locked := zipOf("a.csv", packTable)
	locked[bytes.Index(locked, []byte("PK\x03\x04"))+6] |= 1
	locked[bytes.Index(locked, []byte("PK\x01\x02"))+8] |= 1
	broken := zipOf("a.csv", packTable)
	broken[bytes.Index(broken, []byte("a.csv"))+40] ^= 0xff
	return map[string][]byte{
		"two.zip": zipOf("一月.csv", packTable, "三月.csv", second),
		"mixed.zip": zipOf(
			"a.csv",
			packTable,
			"b.tsv",
			separated(second, "\t"),
			"c.xlsx",
			third,
		),
		"gbk-names.zip": zipOf(string(encoded(t, "用电/一月.csv", table.GB18030)), packTable),
		"litter.zip": zipOf("数据/", "", "__MACOSX/._a.csv", "x", ".DS_Store", "x",
			"数据/a.csv", packTable),
		"other-member.zip":   zipOf("a.csv", packTable, "发票.pdf", "%PDF-1.4\n"),
		"nested.zip":         zipOf("a.csv", packTable, "b.zip", string(zipOf("c.csv", second))),
		"nested-unnamed.zip": zipOf("b.csv", string(zipOf("c.csv", second))),
		"old-member.zip":     zipOf("a.xls", "\xd0\xcf\x11\xe0"),
		"locked-member.zip":  locked,
		"broken-member.zip":  broken,
		"climbing-name.zip":  zipOf("../../a.csv", packTable),
		"no-table.zip":       zipOf("发票.jpg", "\xff\xd8\xff"),
		"empty.zip":          zipOf(),
		"many-members.zip":   repeated(zipOf("a.csv", "a\n"), 1001),
		"bomb.zip":           repeated(zipOf("a.csv", strings.Repeat("0", 11<<20)), 10),
		"long-line.zip":      zipOf("a.csv", packTable+strings.Repeat("x", table.RowMax+1)+"\n"),
		"cells.zip": zipOf("a.csv",
			strings.Repeat(strings.Repeat(",", 16_383)+"\n", 6104)),
		"open-quote.zip": zipOf(
			"a.csv",
			packTable+"\""+strings.Repeat("\n"+packRows, 18_000),
		),
		"faulty-and-sound.zip": zipOf("a.csv", "x\"y\n", "b.csv", packTable),
	}
}
