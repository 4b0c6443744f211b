package workbook_test

import (
	"math/big"
	"strings"
	"testing"

	"carbonledger/table"
	"carbonledger/table/workbook"
)

// sameNumber compares numbers by their value and everything else by its letters.
func sameNumber(got, want string) bool {
	a, ok := new(big.Rat).SetString(got)
	b, ok2 := new(big.Rat).SetString(want)
	return got == want || ok && ok2 && a.Cmp(b) == 0
}

// FuzzOpen opens anything without a panic: every file has sheets or faults, every fault has words,
// and no sheet has a row without content, two rows on a line, or a line that is not there.
func FuzzOpen(f *testing.F) {
	row := `<row r="2"><c r="B2" s="2"><v>45352</v></c><c r="C2" t="s"><v>0</v></c></row>`
	for _, data := range [][]byte{
		[]byte("a,b\n1,2\n"), []byte("PK\x05\x06"), []byte("%PDF-1.4"), []byte("\xd0\xcf\x11\xe0"),
		one(row), one(`<row><c><f>1</f></c></row>`),
		xlsx(`<workbookPr date1904="1"/>`, formats, `<si><r><t>电</t></r></si>`,
			sheetPart{"a", "", row, `<mergeCells><mergeCell ref="A1:D4"/></mergeCells>`},
			sheetPart{"b", "hidden", row, ""}),
		zipOf("a.csv", "a\n", "\xd3\xc3\xb5\xe7.tsv", "b\tc\n", "c.pdf", ""),
		zipOf("a.xlsx", string(one(row)), "b.zip", "", "../c.csv", "x\n"),
	} {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		files := workbook.Open("x.xlsx", data)
		if len(files) == 0 {
			t.Fatal("no files")
		}
		for _, file := range files {
			check(t, file)
		}
	})
}

func check(t *testing.T, file workbook.File) {
	if len(file.Sheets)+len(file.Faults) == 0 {
		t.Fatalf("%s has neither sheets nor faults", file.Name)
	}
	if !strings.HasPrefix(file.Name, "x.xlsx") {
		t.Fatalf("a file is called %s", file.Name)
	}
	for _, fault := range file.Faults {
		if fault.Text(table.EN) == "" || fault.Text(table.ZH) == "" {
			t.Fatalf("fault %s has no words", fault.Code)
		}
	}
	for _, sheet := range file.Sheets {
		last := 0
		for _, row := range sheet.Rows {
			if row.IsBlank() || row.Line <= last {
				t.Fatalf("row %v after line %d", row, last)
			}
			last = row.Line
		}
	}
}

// FuzzNumbers wants every number of a workbook equal to what the file says, to half of its
// fifteenth digit.
func FuzzNumbers(f *testing.F) {
	for _, text := range []string{"0.18387000000000001", "99.999999999999986", "1E-3", "-0",
		"9.1135010000010003E+17", "123456789012345678", "1e300", ".5", "5."} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		want, ok := new(big.Rat).SetString(text)
		if !ok || len(text) > 30 || strings.ContainsAny(text, "/_xXpPbBoO") {
			return
		}
		files := workbook.Open("x.xlsx", one(`<row><c><v>`+text+`</v></c></row>`))
		if len(files[0].Sheets) == 0 {
			return
		}
		got, ok := new(big.Rat).SetString(files[0].Sheets[0].Rows[0].Cells[0].Raw)
		if !ok {
			t.Fatalf("%s became %v", text, files[0].Sheets[0].Rows[0].Cells)
		}
		off := new(big.Rat).Sub(got, want)
		bound := new(big.Rat).Mul(new(big.Rat).Abs(want), big.NewRat(6, 1_000_000_000_000_000))
		if off.Abs(off).Cmp(bound) > 0 {
			t.Fatalf("%s became %s", text, files[0].Sheets[0].Rows[0].Cells[0].Raw)
		}
	})
}

// FuzzRows puts anything into a worksheet: what stands between its rows and behind them.
func FuzzRows(f *testing.F) {
	f.Add(`<row r="1"><c r="A1" s="3"><v>45352.5</v></c><c r="C1" t="b"><v>1</v></c></row>`,
		`<mergeCells><mergeCell ref="A1:B9"/></mergeCells>`)
	f.Add(
		`<row><c t="inlineStr"><is><t>a_x0009_</t><rPh><t>x</t></rPh></is></c></row><row r="9"/>`,
		"",
	)
	f.Add(`<row><c><f t="shared" si="0"/></c><c t="d"><v>2024-03-01T00:00:00</v></c></row>`,
		`<extLst><c><v>1</v></c></extLst>`)
	f.Add(`<row><c t="s"><v>0</v></c><c s="8"><v>-1E-9</v></c><c s="6"><v>9E9</v></c></row>`, "")
	f.Fuzz(func(t *testing.T, rows, rest string) {
		data := xlsx("", formats, `<si><t>电</t></si>`, sheetPart{"a", "", rows, rest})
		for _, file := range workbook.Open("x.xlsx", data) {
			check(t, file)
		}
	})
}
