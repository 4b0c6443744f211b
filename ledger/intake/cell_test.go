package intake_test

import (
	"strings"
	"testing"
)

const cellsDialect = head + `
[[column]]
names = ["组织机构代码", "entity"]
field = "entity"
[[column]]
names = ["年份"]
field = "year"
[[column]]
names = ["月份"]
field = "month"
[[column]]
names = ["期间"]
field = "period"
[[column]]
names = ["单位"]
field = "unit"
[[measure]]
names = ["用电量"]
commodity = "electricity"
optional = true
[[measure]]
names = ["库存"]
commodity = "raw-coal"
count = "closing"
optional = true
[[measure]]
names = ["循环率"]
state = "reuse-ratio"
unit = "%"
optional = true
`

// TestCells reads what single cells say that depends on the other cells of the table.
func TestCells(t *testing.T) {
	d := parse(t, cellsDialect)
	for _, c := range []struct{ name, table, want string }{
		{"a period takes the year of its row", "entity,年份,期间,用电量,单位\np,2024年,1-3月,5,kWh\n",
			"activity 2 p - 2024Q1 supply>use electricity 5 kWh"},
		{"a period with a year keeps it", "entity,年份,期间,用电量,单位\np,2024,2023年3月,5,kWh\n",
			"activity 2 p - 2023-03 supply>use electricity 5 kWh"},
		{"a year and a month in words", "entity,年份,月份,用电量,单位\np,24年,三月,5,kWh\n",
			"activity 2 p - 2024-03 supply>use electricity 5 kWh"},
		{"a year and a month in digits", "entity,年份,月份,用电量,单位\np,2024年度,03,5,kWh\n",
			"activity 2 p - 2024-03 supply>use electricity 5 kWh"},
		{"a year of two digits and a month", "entity,年份,月份,用电量,单位\np,24年,3,5,kWh\n",
			"activity 2 p - 2024-03 supply>use electricity 5 kWh"},
		{"a month of a table without years", "entity,期间,用电量,单位\np,3月,5,kWh\n",
			`period.year a.csv:2:2: 期间: “3月” is a period without a year; ` +
				"write 2024年3月, with the right year"},
		{"a share beside its sign", "entity,期间,循环率\np,2024,95.5%\n",
			"stated 2 p - 2024 - reuse-ratio 95.5 %"},
		{"a share without its sign", "entity,期间,循环率\np,2024,95.5\n",
			"stated 2 p - 2024 - reuse-ratio 95.5 %"},
		{"a share in another unit", "entity,期间,循环率\np,2024,0.955吨\n", "cell.unit " +
			`a.csv:2:3: 循环率: "0.955吨" has the unit 吨 and its row or column says %; ` +
			"keep the unit that is right and convert the figure where needed"},
		{"a count nobody made is no count of nothing",
			"entity,期间,库存,用电量,单位\np,2024,暂无,5kWh,\n",
			"activity 2 p - 2024 supply>use electricity 5 kWh"},
		{"an organisation that lost its last letter or its first",
			"组织机构代码,期间,用电量,单位\n12345671,2024,5,kWh\n", "entity.length " +
				`a.csv:2:1: 组织机构代码: "12345671" has 8 characters and a 组织机构代码 has 9; ` +
				"write 12345671-0, or 01234567-1 where a spreadsheet took the 0 away"},
	} {
		t.Run(c.name, func(t *testing.T) {
			// A row with a fault still has its activity here; preparing the batch leaves it out.
			got := readText(t, d, c.table)
			if len(got) == 0 || got[len(got)-1] != c.want {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), c.want)
			}
		})
	}
}
