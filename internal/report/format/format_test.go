package format_test

import (
	"bytes"
	"strings"
	"testing"

	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
	"carbonledger/table/workbook"
)

// TestFormats prints one table in every format.
func TestFormats(t *testing.T) {
	example := report.Table{Key: "example", Title: "Example", Columns: []report.Column{
		{Key: "name", Title: "名称"}, {Key: "co2", Title: "CO2", Unit: "t", Figures: true}},
		Rows:  [][]string{{"=1+1", "1234.5"}, {"钢,铁", "-3.0 *"}, {"-", "0"}},
		Total: []string{"total", "1231.5"}, Notes: []string{"a note"}}
	wanted := map[string][]string{
		"table": {"名称   CO2 (t)", "=1+1   1,234.5", "钢,铁   -3.0 *", "total  1,231.5", "a note"},
		"csv":   {"name,co2_t\n", "'=1+1,1234.5\n", "\"钢,铁\",-3.0\n", "-,0\n", "total,1231.5\n"},
		"json":  {`"co2": "1234.5"`, `"name": "=1+1"`, `"notes": [`, `"unit": "t"`},
	}
	for _, f := range format.Formats {
		var out bytes.Buffer
		if f.Whole != nil {
			continue // TestXLSX opens what it writes
		}
		if err := f.Write(&out, example); err != nil {
			t.Fatal(err)
		}
		if len(wanted[f.ID]) == 0 {
			t.Errorf("format %s: nothing is wanted of it; add it to this test", f.ID)
		}
		for _, want := range wanted[f.ID] {
			if !strings.Contains(out.String(), want) {
				t.Errorf("format %s lacks %q in:\n%s", f.ID, want, out.String())
			}
		}
	}
	var out bytes.Buffer
	if err := format.Spreadsheet(&out, example); err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(out.String(), "\ufeffname,co2_t\r\n'=1+1,1234.5\r\n") {
		t.Errorf("spreadsheet CSV begins %q", out.String()[:30])
	}
}

// TestXLSX writes two tables of one key and reads them back.
func TestXLSX(t *testing.T) {
	example := report.Table{Key: "example", Title: "Example", Columns: []report.Column{
		{Key: "name", Title: "名称"}, {Key: "co2", Title: "CO2", Unit: "t", Figures: true}},
		Rows:  [][]string{{"=1+1", "1234.5"}, {"钢,铁", "-3.0 *"}},
		Total: []string{"total", "1231.5"}, Notes: []string{"a note"}}
	var out, again bytes.Buffer
	for _, w := range []*bytes.Buffer{&out, &again} {
		if err := format.XLSX(w, []report.Table{example, example}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same tables gave other bytes the second time")
	}
	sheets := workbook.Open("example.xlsx", out.Bytes())[0].Sheets
	if len(sheets) != 2 || sheets[1].Name != "example 2" {
		t.Fatalf("%d worksheets, want two, the second one named example 2", len(sheets))
	}
	var cells []string
	for _, row := range sheets[0].Rows {
		for _, cell := range row.Cells {
			cells = append(cells, cell.Raw)
		}
	}
	got, want := strings.Join(cells, "|"),
		"Example|Example|名称|CO2 (t)|=1+1|1234.5|钢,铁|-3|total|1231.5|a note"
	if got != want {
		t.Errorf("cells %q, want %q", got, want)
	}
}
