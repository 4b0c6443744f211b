package workbook_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"runtime"
	"strings"
	"testing"

	"carbonledger/table/workbook"
)

// zipOf packs members given as name, content, name, content...
func zipOf(members ...string) []byte {
	var data bytes.Buffer
	archive := zip.NewWriter(&data)
	for i := 0; i < len(members); i += 2 {
		header := &zip.FileHeader{Name: members[i], Method: zip.Deflate}
		member, err := archive.CreateHeader(header)
		if err == nil {
			_, err = member.Write([]byte(members[i+1]))
		}
		if err != nil {
			panic(err)
		}
	}
	if err := archive.Close(); err != nil {
		panic(err)
	}
	return data.Bytes()
}

const (
	relations   = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relation    = `<Relationship Id="%s" Type="http://x/relationships/%s" Target="%s"/>`
	contents    = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>`
	spreadsheet = `xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"`
)

// sheetPart is one worksheet of a made-up workbook: what stands in sheetData, and after it.
type sheetPart struct{ name, state, rows, rest string }

// xlsx writes a workbook by hand, so that cells are as programs write them, to the letter.
func xlsx(properties, styles, shared string, sheets ...sheetPart) []byte {
	list, links := "", fmt.Sprintf(relation, "s", "styles", "styles.xml")+
		fmt.Sprintf(relation, "t", "sharedStrings", "/xl/sharedStrings.xml")
	members := []string{"[Content_Types].xml", contents,
		"_rels/.rels", relations +
			fmt.Sprintf(relation, "r1", "officeDocument", "xl/workbook.xml") +
			`</Relationships>`,
		"xl/styles.xml", `<styleSheet ` + spreadsheet + `>` + styles + `</styleSheet>`,
		"xl/sharedStrings.xml", `<sst ` + spreadsheet + `>` + shared + `</sst>`}
	for i, s := range sheets {
		state := ""
		if s.state != "" {
			state = `state="` + s.state + `" `
		}
		list += fmt.Sprintf(`<sheet name="%s" sheetId="%d" %sr:id="w%d"/>`, s.name, i+1, state, i+1)
		part := fmt.Sprintf("worksheets/sheet%d.xml", i+1)
		links += fmt.Sprintf(relation, fmt.Sprintf("w%d", i+1), "worksheet", part)
		members = append(members, "xl/"+part, `<worksheet `+spreadsheet+`><sheetData>`+s.rows+
			`</sheetData>`+s.rest+`</worksheet>`)
	}
	return zipOf(append(members, "xl/_rels/workbook.xml.rels", relations+links+`</Relationships>`,
		"xl/workbook.xml", `<workbook `+spreadsheet+` xmlns:r="http://x/r">`+properties+
			`<sheets>`+list+`</sheets></workbook>`)...)
}

// one is a workbook with one worksheet that holds these rows.
func one(rows string) []byte { return xlsx("", "", "", sheetPart{"Sheet1", "", rows, ""}) }

// show writes files, sheets, rows and faults, one a line: covered cells stand in brackets.
func show(files []workbook.File) string {
	var lines []string
	for _, file := range files {
		for _, sheet := range file.Sheets {
			line := fmt.Sprintf("%s %s:", sheet.File, sheet.Name)
			for _, row := range sheet.Rows {
				cells := make([]string, len(row.Cells))
				for i, cell := range row.Cells {
					if cells[i] = cell.Text; cell.Spread {
						cells[i] = "[" + cell.Text + "]"
					}
				}
				line += fmt.Sprintf(" %d %s", row.Line, strings.Join(cells, "|"))
			}
			lines = append(lines, line)
		}
		for _, f := range file.Faults {
			lines = append(
				lines,
				fmt.Sprintf("%s%s:%d:%d %s %s", f.File, f.Sheet, f.Line, f.Column, f.Code, f.Cell),
			)
		}
	}
	return strings.Join(lines, "\n")
}

// formats are styles 1 to 14.
const formats = `<numFmts><numFmt numFmtId="164" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/>` +
	`<numFmt numFmtId="165" formatCode="[$-804]yyyy/m/d\ h:mm;@"/>` +
	`<numFmt numFmtId="166" formatCode="#,##0.00\ &quot;GJ/d&quot;"/>` +
	`<numFmt numFmtId="167" formatCode="000000"/>` +
	`<numFmt numFmtId="168" formatCode="[h]:mm"/><numFmt numFmtId="169" formatCode="yyyy年"/>` +
	`<numFmt numFmtId="170" formatCode="G/通用格式&quot;吨&quot;"/>` +
	`<numFmt numFmtId="171" formatCode="[红色]0.00E+00;[Magenta]-0.0"/></numFmts>` +
	`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>` +
	`<xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>` +
	`<xf numFmtId="167"/><xf numFmtId="168"/><xf numFmtId="169"/><xf numFmtId="10"/>` +
	`<xf numFmtId="57"/><xf numFmtId="20"/><xf numFmtId="170"/><xf numFmtId="171"/>` +
	`<xf numFmtId="45"/><xf numFmtId="17"/></cellXfs>`

func TestCells(t *testing.T) {
	for _, c := range []struct{ name, cell, want string }{
		{"a whole number", `<c r="A1"><v>12</v></c>`, "12"},
		{"noise of the binary form", `<c r="A1"><v>0.18387000000000001</v></c>`, "0.18387"},
		{"noise from below", `<c r="A1"><v>99.999999999999986</v></c>`, "100"},
		{"noise that carries", `<c r="A1"><v>0.30000000000000004</v></c>`, "0.3"},
		{"a third", `<c r="A1"><v>0.33333333333333331</v></c>`, "0.333333333333333"},
		{"fifteen digits", `<c r="A1"><v>123456789.012345</v></c>`, "123456789.012345"},
		{"a small number", `<c r="A1"><v>1E-3</v></c>`, "0.001"},
		{"a smaller one", `<c r="A1"><v>1.4999999999999999E-7</v></c>`, "0.00000015"},
		{"a very small one", `<c r="A1"><v>1E-60</v></c>`, "1E-60"},
		{"scientific without loss", `<c r="A1"><v>1.2345E+7</v></c>`, "12345000"},
		{"the largest plain one", `<c r="A1"><v>9.99999999999999E+14</v></c>`, "999999999999999"},
		{"a code eaten", `<c r="A1"><v>9.1135010000010003E+17</v></c>`, "9.1135010000010E+17"},
		{"a code written out", `<c r="A1"><v>911350100000100040</v></c>`, "9.1135010000010E+17"},
		{"a negative one", `<c r="A1"><v>-0.5</v></c>`, "-0.5"},
		{"negative nothing", `<c r="A1"><v>-0</v></c>`, "0"},
		{"true", `<c r="A1" t="b"><v>1</v></c>`, "TRUE"},
		{"an error", `<c r="A1" t="e"><v>#REF!</v></c>`, "#REF!"},
		{"a shared text", `<c r="A1" t="s"><v>0</v></c>`, "电力"},
		{"a text in two fonts", `<c r="A1" t="s"><v>1</v></c>`, "万kWh"},
		{"escaped letters", `<c r="A1" t="s"><v>2</v></c>`, "a\tb_x0009_"},
		{"a text in place", `<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>`, "甲乙"},
		{"the text of a formula", `<c r="A1" t="str"><f>A2&amp;"x"</f><v>电x</v></c>`, "电x"},
		{"the number of a formula", `<c r="A1"><f>1+2</f><v>3</v></c>`, "3"},
		{"a code as text", `<c r="A1" t="inlineStr"><is><t>0012</t></is></c>`, "0012"},
		{"a date", `<c r="A1" s="1"><v>45352</v></c>`, "2024-03-01"},
		{"a Chinese month", `<c r="A1" s="2"><v>45352</v></c>`, "2024-03"},
		{"a month that is a day", `<c r="A1" s="2"><v>45353</v></c>`, "2024-03-02"},
		{"a built-in Chinese month", `<c r="A1" s="9"><v>45352</v></c>`, "2024-03"},
		{"an English month", `<c r="A1" s="14"><v>45352</v></c>`, "2024-03"},
		{"a year", `<c r="A1" s="7"><v>45292</v></c>`, "2024"},
		{"a date and a time", `<c r="A1" s="3"><v>45352.010416666664</v></c>`, "2024-03-01 00:15"},
		{"midnight", `<c r="A1" s="3"><v>45352</v></c>`, "2024-03-01 00:00"},
		{"a second before midnight", `<c r="A1" s="3"><v>45351.999988425923</v></c>`,
			"2024-02-29 23:59:59"},
		{"noise before midnight", `<c r="A1" s="3"><v>45351.999999999996</v></c>`, "2024-03-01 00:00"},
		{"a date with a time it does not show", `<c r="A1" s="1"><v>45352.5</v></c>`,
			"2024-03-01 12:00"},
		{"a time", `<c r="A1" s="10"><v>0.75</v></c>`, "18:00"},
		{"minutes and seconds", `<c r="A1" s="13"><v>0.51041666666666663</v></c>`, "12:15"},
		{"hours beyond a day", `<c r="A1" s="6"><v>1.5208333333333333</v></c>`, "36:30"},
		{"1 January 1900", `<c r="A1" s="1"><v>1</v></c>`, "1900-01-01"},
		{"28 February 1900", `<c r="A1" s="1"><v>59</v></c>`, "1900-02-28"},
		{"the day that never was", `<c r="A1" s="1"><v>60</v></c>`, "60"},
		{"1 March 1900", `<c r="A1" s="1"><v>61</v></c>`, "1900-03-01"},
		{"the last day", `<c r="A1" s="1"><v>2958465</v></c>`, "9999-12-31"},
		{"no day", `<c r="A1" s="1"><v>2958466</v></c>`, "2958466"},
		{"no day either", `<c r="A1" s="1"><v>-1</v></c>`, "-1"},
		{"a new date", `<c r="A1" t="d"><v>2024-03-01T00:15:00</v></c>`, "2024-03-01 00:15"},
		{"a unit that looks like a date", `<c r="A1" s="4"><v>45352.5</v></c>`, "45352.5"},
		{"a code with zeros", `<c r="A1" s="5"><v>1234</v></c>`, "001234"},
		{"a percentage", `<c r="A1" s="8"><v>0.94</v></c>`, "94%"},
		{"a percentage with noise", `<c r="A1" s="8"><v>0.98100000000000009</v></c>`, "98.1%"},
		{"no percentage", `<c r="A1" s="8"><v>0</v></c>`, "0%"},
		{"a unit in the format", `<c r="A1" s="11"><v>45352</v></c>`, "45352"},
		{"a scientific format", `<c r="A1" s="12"><v>45352</v></c>`, "45352"},
		{"a style that is not there", `<c r="A1" s="99"><v>45352</v></c>`, "45352"},
		{"full-width letters", `<c r="A1" t="inlineStr"><is><t>ｋＷｈ</t></is></c>`, "kWh"},
		{"no reference", `<c><v>7</v></c>`, "7"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := xlsx(
				"",
				formats,
				`<si><t>电力</t></si><si><r><t>万</t></r><r><rPr/><t>kWh</t></r>`+
					`<rPh><t>wan</t></rPh></si><si><t>a_x0009_b_x005F_x0009_</t></si>`,
				sheetPart{"Sheet1", "", `<row r="1">` + c.cell + `</row>`, ""},
			)
			want := strings.Replace(c.want, "9.1135010000010E", "9.113501000001E", 1)
			if got := show(workbook.Open("x.xlsx", data)); got != "x.xlsx Sheet1: 1 "+want {
				t.Errorf("got %s, want 1 %s", got, want)
			}
		})
	}
}

func TestCalendarOf1904(t *testing.T) {
	data := xlsx(`<workbookPr date1904="1"/>`, formats, "", sheetPart{"S", "",
		`<row r="1"><c r="A1" s="1"><v>43890</v></c><c r="B1" s="1"><v>0</v></c></row>`, ""})
	want := "x.xlsx S: 1 2024-03-01|1904-01-01"
	if got := show(workbook.Open("x.xlsx", data)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWorkbook(t *testing.T) {
	row := `<row r="1"><c r="A1"><v>1</v></c></row>`
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"cells in their column and rows in their line",
			one(`<row r="3"><c r="B3"><v>1</v></c><c r="D3"/></row><row><c r="A4"><v>2</v></c></row>`),
			"x.xlsx Sheet1: 3 |1 4 2"},
		{"the last cell of all", one(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`),
			"x.xlsx Sheet1: 1048576 " + strings.Repeat("|", 16_383) + "1"},
		{"hidden rows are data", one(`<row r="1" hidden="1"><c r="A1"><v>1</v></c></row>`),
			"x.xlsx Sheet1: 1 1"},
		{"hidden sheets", xlsx("", "", "", sheetPart{"用电", "visible", row, ""},
			sheetPart{"旧", "hidden", row, ""}, sheetPart{"列表", "veryHidden", row, ""}),
			"x.xlsx 用电: 1 1\nx.xlsx:0:0 sheet.hidden 旧"},
		{"two sheets and an empty one", xlsx("", "", "", sheetPart{"一月", "", row, ""},
			sheetPart{"空", "", "", ""}, sheetPart{"二月", "", row, ""}),
			"x.xlsx 一月: 1 1\nx.xlsx 二月: 1 1"},
		{"nothing at all", one(""), "x.xlsx:0:0 file.empty "},
		{"no sheets", xlsx("", "", ""), "x.xlsx:0:0 file.empty "},
		{"a formula without a result", one(`<row r="1"><c r="A1"><f>SUM(B1:B2)</f></c></row>`),
			"x.xlsx Sheet1: 1 =SUM(B1:B2)\nx.xlsxSheet1:1:1 cell.formula =SUM(B1:B2)"},
		{"a formula whose result is no text", one(`<row r="1"><c r="A1" t="str"><f>B1</f><v></v></c>` +
			`<c r="B1"><v>1</v></c></row>`), "x.xlsx Sheet1: 1 |1"},
		{"a damaged letter", one(`<row r="2"><c r="B2" t="inlineStr"><is><t>电` + "\ufffd" +
			`</t></is></c></row>`), "x.xlsx Sheet1: 2 |电\ufffd\nx.xlsxSheet1:2:2 cell.damaged 电\ufffd"},
		{"rows out of order", one(`<row r="2"/><row r="1"/>`), "x.xlsxSheet1:0:0 file.workbook "},
		{"cells out of order", one(`<row r="1"><c r="B1"/><c r="A1"/></row>`),
			"x.xlsxSheet1:0:0 file.workbook "},
		{"a cell beyond the last", one(`<row r="1"><c r="XFE1"><v>1</v></c></row>`),
			"x.xlsxSheet1:0:0 file.workbook "},
		{"a row beyond the last", one(`<row r="1048577"/>`), "x.xlsxSheet1:0:0 file.workbook "},
		{"no number", one(`<row r="1"><c r="A1"><v>1.2.3</v></c></row>`), "x.xlsxSheet1:0:0 file.workbook "},
		{"no such shared text", one(`<row r="1"><c r="A1" t="s"><v>5</v></c></row>`),
			"x.xlsxSheet1:0:0 file.workbook "},
		{"a sheet cut short", one(row + `<row r="2">`), "x.xlsxSheet1:0:0 file.workbook "},
		{"many empty cells", one(manyRows(620, `<c r="XFD%d"><v>1</v></c>`)),
			"x.xlsxSheet1:0:0 sheet.sparse "},
		{"too many sheets", xlsx("", "", "", make([]sheetPart, 257)...),
			"x.xlsx:0:0 file.too-many-sheets "},
		{"a binary workbook", zipOf("[Content_Types].xml", contents, "xl/workbook.bin", "x"),
			"x.xlsx:0:0 file.spreadsheet "},
		{"a document", zipOf("[Content_Types].xml", contents, "word/document.xml", "x"),
			"x.xlsx:0:0 file.spreadsheet "},
		{"an OpenDocument sheet", zipOf("mimetype", "x", "content.xml", "x"),
			"x.xlsx:0:0 file.spreadsheet "},
		{"an old or protected workbook", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
			"x.xlsx:0:0 file.spreadsheet "},
		{"the beginning of a workbook", one(row)[:300], "x.xlsx:0:0 file.workbook "},
		{"a PDF", []byte("%PDF-1.4"), "x.xlsx:0:0 file.kind "},
		{"a text", []byte("a,b\n"), "x.xlsx : 1 a|b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(workbook.Open("x.xlsx", c.data)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func manyRows(rows int, cell string) string {
	var text strings.Builder
	for i := 1; i <= rows; i++ {
		fmt.Fprintf(&text, `<row r="%d">`+cell+`</row>`, i, i)
	}
	return text.String()
}

func TestMergedCells(t *testing.T) {
	text := func(ref, words string) string {
		return `<c r="` + ref + `" t="inlineStr"><is><t>` + words + `</t></is></c>`
	}
	rows := `<row r="1">` + text("A1", "报表") + `</row><row r="2">` + text("A2", "企业") +
		text("B2", "用电") + `</row><row r="3">` + text("B3", "一月") + text("C3", "二月") +
		`</row><row r="4">` + text("A4", "甲") + text("B4", "1") + `<c r="C4"/></row><row r="5">` +
		text("B5", "2") + text("C5", "3") + `</row>`
	for _, c := range []struct{ name, merges, want string }{
		{"none", "", "1 报表 2 企业|用电 3 |一月|二月 4 甲|1 5 |2|3"},
		{"a title", "A1:C1", "1 报表|[报表]|[报表] 2 企业|用电 3 |一月|二月 4 甲|1 5 |2|3"},
		{"a header of two lines", "A2:A3,B2:C2",
			"1 报表 2 企业|用电|[用电] 3 [企业]|一月|二月 4 甲|1 5 |2|3"},
		{"keys down a column", "A4:A6", "1 报表 2 企业|用电 3 |一月|二月 4 甲|1 5 [甲]|2|3"},
		{"a figure over two columns", "B4:C4", "1 报表 2 企业|用电 3 |一月|二月 4 甲|1|[1] 5 |2|3"},
		{"what is covered does not show", "A2:B2", "1 报表 2 企业|[企业] 3 |一月|二月 4 甲|1 5 |2|3"},
		{"an empty corner", "A3:B3", "1 报表 2 企业|用电 3 |一月|二月 4 甲|1 5 |2|3"},
		{"the whole sheet", "A1:XFD1048576", "1 报表|[报表]|[报表]"},
		{"no range", "A1", "file.workbook"},
		{"a range from behind", "B2:A1", "file.workbook"},
	} {
		t.Run(c.name, func(t *testing.T) {
			rest := ""
			for _, ref := range strings.Split(c.merges, ",") {
				if ref != "" {
					rest += `<mergeCell ref="` + ref + `"/>`
				}
			}
			got := show(workbook.Open("x.xlsx", xlsx("", "", "", sheetPart{"S", "", rows,
				`<mergeCells>` + rest + `</mergeCells>`})))
			want := "x.xlsx S: " + c.want
			if c.want == "file.workbook" {
				want = "x.xlsxS:0:0 file.workbook "
			}
			if got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestArchive(t *testing.T) {
	encrypted := zipOf("a.csv", "a\n")
	for _, mark := range []string{"PK\x03\x04", "PK\x01\x02"} {
		at := bytes.Index(
			encrypted,
			[]byte(mark),
		) + map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8}[mark]
		encrypted[at] |= 1
	}
	broken := zipOf("a.csv", "a,b\n1,2\n")
	broken[bytes.Index(broken, []byte("a.csv"))+7] ^= 0xff
	for _, c := range []struct {
		name string
		data []byte
		want string
	}{
		{"two tables", zipOf("a.csv", "a,b\n", "b.tsv", "c\td\n"),
			"x.zip/a.csv : 1 a|b\nx.zip/b.tsv : 1 c|d"},
		{"a workbook", zipOf("年/b.xlsx", string(one(`<row><c><v>1</v></c></row>`))),
			"x.zip/年/b.xlsx Sheet1: 1 1"},
		{"a name in GBK", zipOf("\xd3\xc3\xb5\xe7.csv", "a\n"), "x.zip/用电.csv : 1 a"},
		{"folders and litter", zipOf("d/", "", "__MACOSX/._a.csv", "x", ".DS_Store", "x", "d/a.csv",
			"a\n"), "x.zip/d/a.csv : 1 a"},
		{"other things", zipOf("a.csv", "a\n", "b.pdf", "x"),
			"x.zip/a.csv : 1 a\nx.zip/b.pdf:0:0 archive.member "},
		{"nothing else", zipOf("b.pdf", "x"),
			"x.zip/b.pdf:0:0 archive.member \nx.zip:0:0 file.empty "},
		{"an archive in it", zipOf("b.zip", "x"), "x.zip/b.zip:0:0 archive.nested "},
		{"an archive under another name", zipOf("b.csv", string(zipOf("a.csv", "a\n"))),
			"x.zip/b.csv:0:0 archive.nested "},
		{"an old workbook", zipOf("b.xls", "x"), "x.zip/b.xls:0:0 file.spreadsheet "},
		{"a password", encrypted, "x.zip/a.csv:0:0 archive.encrypted "},
		{"a broken member", broken, "x.zip/a.csv:0:0 archive.damaged "},
		{"a name that climbs", zipOf("../../etc/a.csv", "a\n", `..\b.csv`, "b\n"),
			"x.zip/etc/a.csv : 1 a\nx.zip/b.csv : 1 b"},
		{"nothing", zipOf(), "x.zip:0:0 file.empty "},
		{"too many members", zipOf(make([]string, 2002)...), "x.zip:0:0 archive.members "},
		{"a bomb", zipOf("a.csv", "a\n", "b.csv", strings.Repeat("\n", 101<<20)),
			"x.zip:0:0 archive.bomb "},
		{"a bomb in a workbook", zipOf("a.csv", "a\n", "b.xlsx",
			string(one(strings.Repeat("\n", 101<<20)))),
			"x.zip:0:0 archive.bomb "},
		{"an empty table", zipOf("a.csv", ""), "x.zip/a.csv:0:0 file.empty "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := show(workbook.Open("x.zip", c.data)); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// TestSizesStatedAreNotBelieved changes the stated size of a member that is a bomb.
func TestSizesStatedAreNotBelieved(t *testing.T) {
	data := zipOf("a.csv", strings.Repeat("\n", 101<<20))
	copy(data[bytes.Index(data, []byte("PK\x01\x02"))+24:], []byte{10, 0, 0, 0})
	got := show(workbook.Open("x.zip", data))
	if got != "x.zip:0:0 archive.bomb " && got != "x.zip/a.csv:0:0 archive.damaged " {
		t.Errorf("got %s", got)
	}
}

// TestBombTakesNoMemory counts a bomb before it is held.
func TestBombTakesNoMemory(t *testing.T) {
	data := zipOf("a.csv", strings.Repeat("\n", 101<<20))
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	got := show(workbook.Open("x.zip", data))
	runtime.ReadMemStats(&after)
	taken := after.TotalAlloc - before.TotalAlloc
	if taken > 4<<20 || !strings.Contains(got, "bomb") {
		t.Errorf("%d bytes for %q, want a bomb refused within 4 MiB", taken, got)
	}
}

// TestOpenMemory holds hostile workbooks to the memory their size allows.
func TestOpenMemory(t *testing.T) {
	for name, data := range map[string][]byte{
		"the last cell":     one(`<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>`),
		"everything merged": xlsx("", "", "", sheetPart{"S", "", `<row r="1"><c r="A1"><v>1</v></c></row>`, `<mergeCell ref="A1:XFD1048576"/>`}),
		"one text for many": one(manyRows(10_000, `<c r="A%d" t="inlineStr"><is><t>电</t></is></c>`)),
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			files := workbook.Open("x.xlsx", data)
			runtime.ReadMemStats(&after)
			if taken := after.TotalAlloc - before.TotalAlloc; taken > 32<<20 {
				t.Errorf("%d bytes for a workbook of %d", taken, len(data))
			}
			if len(files[0].Sheets) != 1 || len(files[0].Faults) > 0 {
				t.Errorf("got %d sheets and %v", len(files[0].Sheets), files[0].Faults)
			}
		})
	}
}
