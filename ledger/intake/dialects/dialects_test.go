package dialects_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

const head = `id = "mine"
title_zh = "自用"
title_en = "mine"
`

const wide = head + `
[constant]
entity = "plant"
[[column]]
names = ["月份"]
field = "period"
required = true
[[column]]
names = ["备注"]
field = "ignore"
[[measure]]
names = ["用电量(万kWh)"]
commodity = "electricity"
unit = "万kWh"
role = "use"
[[measure]]
names = ["天然气"]
commodity = "natural-gas"
unit = "万Nm3"
optional = true
[[measure]]
names = ["库存"]
commodity = "raw-coal"
unit = "t"
count = "closing"
optional = true
`

func parse(t testing.TB, text string) dialects.Dialect {
	t.Helper()
	d, faults := dialects.Parse("mine.toml", []byte(text))
	for _, fault := range faults {
		t.Fatal(fault)
	}
	return d
}

func commodities(t testing.TB) factors.Catalogue {
	t.Helper()
	list, err := factors.Commodities()
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestFaultyDialectIsNone: a dialect with a fault must not be read with by mistake.
func TestFaultyDialectIsNone(t *testing.T) {
	d, faults := dialects.Parse("mine.toml", []byte(head+"[[column]]\nfield = \"entity\"\n"+
		"required = true\n[[preamble]]\npattern = \"(\"\n[[measure]]\nnames = [\"a\"]\n"))
	if len(faults) != 2 || d.ID != "" {
		t.Errorf("Parse = %q with %v, want no dialect and 2 faults", d.ID, faults)
	}
}

// TestFormKeysThatSayNothing finds what a dialect may not say.
func TestFormKeysThatSayNothing(t *testing.T) {
	_, faults := dialects.Parse("mine.toml", []byte(head+`header_rows = 9
[[column]]
names = ["a"]
field = "entity"
fill = "up"
[[measure]]
names = ["b"]
state = "oxidation"
max = "many"
[[check]]
of = "a"
[[check]]
of = "a"
at_most = "b"
over = ["c"]
`))
	var got []string
	for _, fault := range faults {
		got = append(got, fault.Args[0])
	}
	want := []string{"header_rows is 1 to 3", "column [a]: fill is down",
		"measure 1: min and max are numbers",
		"check 1: give of, and one of equals, product, at_most, at_least",
		"check 2: times and per are above 0, and over goes with equals"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("faults %q, want %q", got, want)
	}
}

// TestMapping shows how columns are read: the unit of the header counts, not that of the dialect.
func TestMapping(t *testing.T) {
	d := parse(t, wide)
	sheet, _ := table.Read("a.csv",
		[]byte("月份,用电量(kWh),天然气(m3),库存,备注,审核\n2022-01,5,6,7,,\n"))
	layout, faults := d.Place(sheet)
	var got []string
	for _, m := range layout.Mapping() {
		got = append(got, strings.TrimSpace(fmt.Sprintln(m.Column, m.Header, m.Field, m.Commodity,
			m.Unit, m.Role, m.State)))
	}
	want := []string{"1 月份 period", "2 用电量(kWh) quantity electricity kWh use",
		"3 天然气(m3) quantity natural-gas m3", "4 库存 quantity raw-coal t closing",
		"5 备注", "6 审核"}
	if !slices.Equal(got, want) || len(faults) > 0 {
		t.Errorf("Mapping = %q, %v\nwant      %q", got, faults, want)
	}
}

// answers is an Ask that gives prepared answers and notes the questions.
type answers struct {
	choices []int
	asked   []string
}

func (a *answers) ask(q dialects.Question) (int, bool) {
	a.asked = append(a.asked, q.Fault.Code)
	if len(a.choices) == 0 {
		return 0, false
	}
	choice := a.choices[0]
	a.choices = a.choices[1:]
	return choice, true
}

// TestSettle asks what is in doubt: a column with two meanings, then the commodity behind a name.
func TestSettle(t *testing.T) {
	text := head + `
[constant]
entity = "plant"
[[column]]
names = ["单位"]
field = "unit"
[[column]]
names = ["单位"]
field = "name"
[[column]]
names = ["月份"]
field = "period"
required = true
[[column]]
names = ["品种"]
field = "commodity"
required = true
[[measure]]
names = ["数量"]
`
	sheet, _ := table.Read("a.csv", []byte("月份,品种,单位,数量\n2022-01,煤,吨,1\n2022-02,煤,吨,1\n"))
	d := parse(t, text)
	a := &answers{choices: []int{0, 2}}
	settled := d.Settle(sheet, commodities(t), a.ask)
	if want := []string{"column.ambiguous", "commodity.ambiguous"}; !slices.Equal(a.asked, want) {
		t.Errorf("asked %q, want %q", a.asked, want)
	}
	layout, faults := settled.Place(sheet)
	if at, ok := layout.Fields["unit"]; len(faults) > 0 || !ok || at != 2 {
		t.Errorf("settled finds the unit in column %d, %v, want 2", at, faults)
	}
	if id := settled.Rename[table.Key("煤")]; id != "anthracite" {
		t.Errorf("settled takes 煤 for %q, want anthracite", id)
	}
	if settled.Digest == d.Digest {
		t.Error("another reading must have another digest")
	}
	other := d.Settle(sheet, commodities(t), (&answers{choices: []int{0, 1}}).ask)
	if other.Digest == settled.Digest {
		t.Error("another answer must have another digest")
	}
	for _, none := range []dialects.Ask{nil, (&answers{}).ask, (&answers{choices: []int{9}}).ask} {
		if left := d.Settle(sheet, commodities(t), none); left.Digest != d.Digest {
			t.Error("a question without an answer must leave the dialect as it is")
		}
	}
}

// TestRecogniseAsks lets the user choose between dialects that fit equally well.
func TestRecogniseAsks(t *testing.T) {
	one, two := parse(t, wide), parse(t, strings.Replace(wide, `"mine"`, `"other"`, 1))
	sheet, _ := table.Read("a.csv", []byte("月份,用电量(万kWh)\n2022-01,5\n"))
	a := &answers{choices: []int{1}}
	got, faults := dialects.Recognise(sheet, []dialects.Dialect{one, two}, a.ask)
	if got.ID != "other" || len(faults) > 0 {
		t.Errorf("Recognise = %q, %v, want other", got.ID, faults)
	}
	_, faults = dialects.Recognise(sheet, []dialects.Dialect{one, two}, nil)
	if len(faults) != 1 || faults[0].Code != "dialect.several" {
		t.Errorf("Recognise without anybody to ask = %v, want dialect.several", faults)
	}
}

// TestSheetsOfDialect: a dialect that names its worksheets is not tried on others.
func TestSheetsOfDialect(t *testing.T) {
	d := parse(t, strings.Replace(wide, "[constant]", "sheets = \"^表\"\n[constant]", 1))
	sheet, _ := table.Read("a.csv", []byte("月份,用电量(万kWh)\n2022-01,5\n"))
	for name, want := range map[string]string{"": "mine", "表一": "mine", "说明": ""} {
		sheet.Name = name
		if got, _ := dialects.Recognise(sheet, []dialects.Dialect{d}, nil); got.ID != want {
			t.Errorf("sheet %q is read with %q, want %q", name, got.ID, want)
		}
	}
}

// TestWideHeaderOfDoubts: a header of very many doubtful columns is settled in time.
func TestWideHeaderOfDoubts(t *testing.T) {
	sheet, _ := table.Read("a.csv", []byte(strings.Repeat("月份,用电量(kWh),", 20000)+"\n1\n"))
	if _, faults := parse(t, wide).Place(sheet); len(faults) == 0 {
		t.Error("no faults, want one for every doubt")
	}
}

// TestAmbiguousNames: a name that says too little must not be in the catalogue, and everything it
// may mean must be.
func TestAmbiguousNames(t *testing.T) {
	data, err := os.ReadFile("ambiguous.csv")
	if err != nil {
		t.Fatal(err)
	}
	sheet, _ := table.Read("ambiguous.csv", data)
	catalogue := commodities(t)
	for _, row := range sheet.Rows[1:] {
		if c, known := catalogue.Find(row.Cells[0].Text); known {
			t.Errorf("%s is %s for certain", row.Cells[0].Text, c.ID)
		}
		ids := dialects.Ambiguous(row.Cells[0].Text)
		if len(ids) < 2 {
			t.Errorf("%s means only %q", row.Cells[0].Text, ids)
		}
		for _, id := range ids {
			if _, known := catalogue.ByID(id); !known {
				t.Errorf("%s may mean %q, which is no commodity", row.Cells[0].Text, id)
			}
		}
	}
}

// TestFieldTitles finds fields without words.
func TestFieldTitles(t *testing.T) {
	for _, field := range dialects.Fields() {
		for _, lang := range []table.Lang{table.EN, table.ZH} {
			title := table.FieldTitle(field, lang)
			if title == "" || title == field && strings.Contains(field, "_") {
				t.Errorf("the field %s has no words in %s", field, lang)
			}
		}
		if en := table.FieldTitle(field, table.EN); en == table.FieldTitle(field, table.ZH) {
			t.Errorf("the field %s is %q in both languages", field, en)
		}
	}
}
