package format_test

import (
	"bytes"
	"strings"
	"testing"

	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
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
