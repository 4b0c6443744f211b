package table_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"carbonledger/table"
)

// meter is a typed row as the small files of the project have them.
type meter struct {
	ID     string `csv:"id"`
	Amount string `csv:"amount"`
	Note   string `csv:"note,omitempty"`
}

func TestDecode(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"in order", "id,amount,note\na,１,x\n\nb,2,\n", "[2{a 1 x} 4{b 2 }]"},
		{"in another order", "note,amount,id\nx,1,a\n", "[2{a 1 x}]"},
		{"without the column that may be missing", "id,amount\na,1\n", "[2{a 1 }]"},
		{"short rows", "id,amount,note\na\nb,2\n", "[2{a  } 3{b 2 }]"},
		{"blank cells beyond the header", "id,amount\na,1,,\n", "[2{a 1 }]"},
		{"the header alone", "id,amount\n", "[]"},
		{"a line break in a cell", "id,amount\n\"a\nb\",1\nc,2\n", "[2{a\nb 1 } 4{c 2 }]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, faults := table.Decode[meter]("m.csv", []byte(c.data))
			if len(faults) > 0 {
				t.Fatalf("faults %v", faults)
			}
			got := make([]string, len(records))
			for i, record := range records {
				got[i] = fmt.Sprintf("%d%v", record.Line, record.Value)
			}
			if fmt.Sprint(got) != c.want {
				t.Errorf("records %v, want %s", got, c.want)
			}
		})
	}
}

func TestDecodeFaults(t *testing.T) {
	for _, c := range []struct{ name, data, want string }{
		{"an unknown column", "id,amount,colour\na,1,x\n",
			`m.csv:1:3: "colour" is not a column of this format; the columns are id,amount,note`},
		{"a missing column", "id,note\na,1\n",
			"m.csv:1: no row holds the columns amount; name the columns in one header row"},
		{"a column twice", "id,amount,id\na,1,b\n",
			`m.csv:1:3: the column "id" stands twice; keep one of the two`},
		{"unknown, twice and missing", "id,id,colour\n",
			`m.csv:1:2: the column "id" stands twice; keep one of the two` + "\n" +
				`m.csv:1:3: "colour" is not a column of this format; the columns are id,amount,note` + "\n" +
				"m.csv:1: no row holds the columns amount; name the columns in one header row"},
		{"a comma without quotes", "id,amount\na,1,234\nb,2\nc,3,456\n",
			`m.csv:2:3: "234" stands to the right of the 2 columns of the header; ` +
				"put a cell that holds a comma into quotation marks\n" +
				`m.csv:4:3: "456" stands to the right of the 2 columns of the header; ` +
				"put a cell that holds a comma into quotation marks"},
		{"no bytes", "", "m.csv: the file holds no rows; " +
			"export it again and check that it was saved with its content"},
	} {
		t.Run(c.name, func(t *testing.T) {
			records, faults := table.Decode[meter]("m.csv", []byte(c.data))
			if got := texts(faults); got != c.want || len(records) > 0 {
				t.Errorf("faults\n%s\nand %d records, want\n%s", got, len(records), c.want)
			}
		})
	}
}

func texts(faults []table.Fault) string {
	lines := make([]string, len(faults))
	for i, fault := range faults {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

func TestColumnsStandWhereTheFileHasThem(t *testing.T) {
	records, faults := table.Decode[meter]("m.csv", []byte("amount,id\n1,a\n"))
	if len(faults) > 0 || len(records) != 1 {
		t.Fatalf("%d records, faults %v", len(records), faults)
	}
	for name, want := range map[string]int{"amount": 1, "id": 2, "note": 0, "colour": 0} {
		if got := records[0].Column(name); got != want {
			t.Errorf("column %s of the file = %d, want %d", name, got, want)
		}
	}
	for name, want := range map[string]int{"id": 1, "amount": 2, "note": 3, "colour": 0} {
		if got := table.Column[meter](name); got != want {
			t.Errorf("column %s of the format = %d, want %d", name, got, want)
		}
	}
	if got := strings.Join(table.Columns[meter](), ","); got != "id,amount,note" {
		t.Errorf("columns %s, want id,amount,note", got)
	}
}

func TestDecodeRawKeepsWhatIsWritten(t *testing.T) {
	records, faults := table.DecodeRaw[meter]("m.csv", []byte("id,amount\nａ³,“１”\n"))
	if len(faults) > 0 || len(records) != 1 ||
		records[0].Value != (meter{ID: "ａ³", Amount: "“１”"}) {
		t.Errorf("records %v, faults %v", records, faults)
	}
}

func TestDocument(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"good", "title = \"x\"\n[part]\nsize = 3\n", ""},
		{"with a BOM", "\xef\xbb\xbftitle = \"x\"\n", ""},
		{"unknown keys, all of them", "title = \"x\"\ncolour = 1\n[part]\nsize = 3\nweight = 2\n",
			"2:document.syntax 5:document.syntax"},
		{"broken syntax", "title = \"x\"\nsize = = 3\n", "2:document.syntax"},
		{"a word for a number", "[part]\nsize = \"three\"\n", "2:document.syntax"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var document struct {
				Title string `toml:"title"`
				Part  struct {
					Size int `toml:"size"`
				} `toml:"part"`
			}
			faults := table.Document("d.toml", []byte(c.text), &document)
			if got := places(faults); got != c.want {
				t.Errorf("faults %s, want %s: %v", got, c.want, faults)
			}
		})
	}
	var empty struct{}
	faults := table.Document("d.toml", []byte("\n\n[a]\nkey = 1\n"), &empty)
	if got := texts(faults); !strings.Contains(got, "d.toml:") || !strings.Contains(got, "a") {
		t.Errorf("message %q does not name the key", got)
	}
}

var placeholder = regexp.MustCompile(`\{[^}]*\}`)

func TestEveryCodeHasWordsInBothLanguages(t *testing.T) {
	for _, code := range table.Codes() {
		fault := table.Fault{File: "x.csv", Line: 4, Column: 2, Field: "unit", Code: code,
			Cell: "斤",
			Args: strings.Fields("eins zwei drei vier fünf sechs sieben acht neun zehn")}
		for _, lang := range []table.Lang{table.EN, table.ZH} {
			for kind, text := range map[string]string{
				"fact": fault.Fact(lang), "way": fault.Way(lang), "text": fault.Text(lang)} {
				if text == "" || text != strings.TrimSpace(text) {
					t.Errorf("%s, %s of %s = %q", code, lang, kind, text)
				}
				if left := placeholder.FindString(text); left != "" {
					t.Errorf("%s, %s of %s keeps %s: %s", code, lang, kind, left, text)
				}
			}
		}
		if strings.HasSuffix(fault.Way(table.EN), ".") ||
			fault.Way(table.EN) == fault.Way(table.ZH) &&
				code != "cell.number" {
			t.Errorf("%s: way out %q", code, fault.Way(table.EN))
		}
	}
}

func TestFaultText(t *testing.T) {
	long := strings.Repeat("长", 80)
	for _, c := range []struct {
		fault table.Fault
		want  string
	}{
		{table.Fault{File: "upload.csv", Line: 4, Field: "quantity", Code: "cell.number",
			Cell: "1e5",
			Args: []string{"write 100000", "请写成100000"}},
			`upload.csv:4: quantity: "1e5" is not a plain decimal; write 100000`},
		{table.Fault{Code: "cell.missing"}, "the cell is empty; fill it in"},
		{table.Fault{File: "x", Column: 3, Code: "cell.missing"},
			"x: the cell is empty; fill it in"},
		{table.Fault{Code: "cell.error", Cell: "{1}{cell}"},
			`"{1}{cell}" is an error value of the spreadsheet; mend the formula and save or export the file again`},
		{table.Fault{Code: "cell.error", Cell: "a\n\"b"},
			`"a\n\"b" is an error value of the spreadsheet; mend the formula and save or export the file again`},
		{table.Fault{Code: "cell.error", Cell: long}, `"` + strings.Repeat("长", 60) +
			`…" is an error value of the spreadsheet; mend the formula and save or export the file again`},
	} {
		if got := c.fault.Error(); got != c.want {
			t.Errorf("message\n%s, want\n%s", got, c.want)
		}
	}
	if (table.Fault{Code: "balance.site"}).IsWarning() != true ||
		(table.Fault{Code: "cell.error"}).IsWarning() {
		t.Error("balance.site warns and cell.error stops the row")
	}
}

func TestAFaultWithoutWordsIsOurMistake(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("an unknown code has words, want a panic")
		}
	}()
	_ = table.Fault{Code: "no.such-code"}.Error()
}
