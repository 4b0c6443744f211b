package format_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"carbonledger/internal/report"
	"carbonledger/internal/report/format"
)

// answer is two tables of one key and one of another.
func answer() []report.Table {
	years := func(about string, rows ...[]string) report.Table {
		return report.Table{Key: "scenario", About: about, Title: about, Rows: rows,
			Columns: []report.Column{{Key: "year"}, {Key: "co2", Unit: "t", Figures: true},
				{Key: "change", Unit: "%", Figures: true, Signed: true}}}
	}
	verdict := report.Table{Key: "verdict", Columns: []report.Column{{Key: "scenario"},
		{Key: "co2", Unit: "kg", Figures: true}, {Key: "co2", Unit: "t", Figures: true}},
		Rows: [][]string{{"=a", "5", "6 *"}}, Total: []string{"total", "", "6"}}
	return []report.Table{years("a", []string{"2022", "1234.5", "12.79"}),
		years("b,c", []string{"2022", "-1", "-3.00"}), verdict}
}

// TestCSVTogether reads an answer of three tables as one.
func TestCSVTogether(t *testing.T) {
	var out bytes.Buffer
	if err := format.CSVTogether(&out, answer()); err != nil {
		t.Fatal(err)
	}
	reader := csv.NewReader(&out) // refuses rows of another length than the header
	rows, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, row := range rows {
		got = append(got, strings.Join(row, "|"))
	}
	want := []string{"table|about|year|co2_t|change_%|scenario|co2_kg",
		"scenario|a|2022|1234.5|12.79||", "scenario|b,c|2022|-1|-3.00||",
		"verdict|||6||'=a|5", "verdict|||6||total|"}
	if !slices.Equal(got, want) {
		t.Errorf("rows\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestJSONTogether wants one document, whether it has three tables or one.
func TestJSONTogether(t *testing.T) {
	for _, tables := range [][]report.Table{answer(), answer()[:1]} {
		var out bytes.Buffer
		if err := format.JSONTogether(&out, tables); err != nil {
			t.Fatal(err)
		}
		var got struct {
			Tables []struct {
				Report, About string
				Columns       []struct{ Key, Unit string }
				Rows          []map[string]string
			}
		}
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("not one document: %v", err)
		}
		if len(got.Tables) != len(tables) {
			t.Fatalf("%d tables, want %d", len(got.Tables), len(tables))
		}
		first := got.Tables[0]
		if first.Report != "scenario" || first.About != "a" || first.Columns[2].Unit != "%" ||
			first.Rows[0]["change"] != "12.79" {
			t.Errorf("first table %+v, want scenario a with change 12.79 in %%", first)
		}
	}
}

// TestSigned shows changes with their sign to people only.
func TestSigned(t *testing.T) {
	var out bytes.Buffer
	if err := format.Text(&out, answer()[0]); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(out.String(), "+12.79") {
		t.Errorf("no +12.79 in\n%s", out.String())
	}
	signed := report.Column{Figures: true, Signed: true}
	for cell, want := range map[string]string{"0.00": "0.00", "-3": "-3", "1234": "+1,234",
		"": "", "-": "-", "undefined": "undefined"} {
		if got := signed.Read(cell); got != want {
			t.Errorf("Read(%q) = %q, want %q", cell, got, want)
		}
	}
}
