package intake_test

import (
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// spread makes a sheet of rows of cells; a cell that begins with = is covered by a merged one and
// repeats it.
func spread(rows ...[]string) table.Sheet {
	sheet := table.Sheet{File: "a.xlsx"}
	for i, row := range rows {
		r := table.Row{Line: i + 1}
		for _, text := range row {
			plain, covered := strings.CutPrefix(text, "=")
			r.Cells = append(r.Cells, table.Cell{Raw: plain, Text: table.Fold(plain),
				Spread: covered})
		}
		sheet.Rows = append(sheet.Rows, r)
	}
	return sheet
}

func readForm(t *testing.T, d dialects.Dialect, sheet table.Sheet) string {
	t.Helper()
	l := lexicon(t)
	u := intake.Read(d, sheet, ledger.Source{File: sheet.File}, l)
	lines := u.Lines(unitOf(l))
	for _, fault := range append(u.Faults, u.Warnings...) {
		lines = append(lines, fault.Text(table.EN))
	}
	return strings.Join(lines, "\n")
}

// TestMergedCells: names are read from merged cells of a workbook, figures only from the corner
// they stand in, or they would count for every cell the merged one covers.
func TestMergedCells(t *testing.T) {
	d, err := dialects.ByID("nbs-205-1")
	if err != nil {
		t.Fatal(err)
	}
	got := readForm(t, d, spread(
		[]string{"2024年1—3月", "=2024年1—3月", "=2024年1—3月", "=2024年1—3月"},
		[]string{"统一社会信用代码", "能源名称", "计量单位", "购进量", "=购进量", "消费量", "=消费量"},
		[]string{"=统一社会信用代码", "=能源名称", "=计量单位", "实物量", "其中：购自省外", "合计",
			"其中：用于原材料"},
		[]string{"plant", "原煤", "吨", "100", "40", "90", "5"},
		[]string{"=plant", "柴油", "吨", "2", "", "2", "=2"},
	))
	want := `activity 4 plant - 2024Q1 supply>stock raw-coal 100000 kg
activity 4 plant - 2024Q1 stock>use raw-coal 85000 kg
activity 4 plant - 2024Q1 stock>feedstock raw-coal 5000 kg
activity 5 plant - 2024Q1 supply>stock diesel 2000 kg
activity 5 plant - 2024Q1 stock>use diesel 2000 kg`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// TestFormKeys reads small tables through dialects that say what forms need.
func TestFormKeys(t *testing.T) {
	months := head + `total_column = ["全年合计"]
[constant]
commodity = "electricity"
unit = "kWh"
[[column]]
names = ["厂"]
field = "entity"
fill = "down"
[[measure]]
pattern = '^(\d{4}-\d\d)$'
period = "$1"
blank = "none"
`
	numbered := head + `numbered = true
[constant]
entity = "plant"
commodity = "electricity"
unit = "kWh"
[[column]]
names = ["月"]
field = "period"
[[measure]]
names = ["电"]
`
	for _, c := range []struct{ name, dialect, table, want string }{
		{"a year that is the sum of its months", months,
			"厂,2024-01,2024-02,全年合计\na,1.5,2.5,4\n",
			"activity 2 a - 2024-01 supply>use electricity 1.5 kWh\n" +
				"activity 2 a - 2024-02 supply>use electricity 2.5 kWh"},
		{"a year that is not, told and not posted", months,
			"厂,2024-01,2024-02,全年合计\na,1,2,4\n",
			"activity 2 a - 2024-01 supply>use electricity 1 kWh\n" +
				"activity 2 a - 2024-02 supply>use electricity 2 kWh\n" +
				`a.csv:2:4: the total 全年合计 of 全年合计 is "4" but the rows or columns it repeats ` +
				"sum to 3: a difference of 1; check whether a row is missing or wrong; " +
				"totals are not posted"},
		{"a key that stands in its first row only", months,
			"厂,2024-01\na,1\n,2\n",
			"activity 2 a - 2024-01 supply>use electricity 1 kWh\n" +
				"activity 3 a - 2024-01 supply>use electricity 2 kWh"},
		{"a row of column numbers", numbered, "月,电\n1,2\n2024-01,3\n",
			"activity 3 plant - 2024-01 supply>use electricity 3 kWh"},
		{"a site that the column decides", head + `
[constant]
entity = "plant"
period = "2024"
unit = "kWh"
commodity = "electricity"
[[measure]]
names = ["一号楼"]
site = "building 1"
[[measure]]
names = ["二号楼"]
site = "building 2"
`, "一号楼,二号楼\n3,4\n", "activity 2 plant building 1 2024 supply>use electricity 3 kWh\n" +
			"activity 2 plant building 2 2024 supply>use electricity 4 kWh"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := readText(t, parse(t, c.dialect), c.table)
			for i, line := range got {
				got[i] = strings.TrimPrefix(line, "total.sum ")
			}
			if strings.Join(got, "\n") != c.want {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), c.want)
			}
		})
	}
}
