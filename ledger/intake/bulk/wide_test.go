package bulk_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/intake/bulk"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// wideDialect is one of a user, whose empty cells say nothing, are gaps or faults.
const wideDialect = `id = "mine"
title_zh = "自用"
title_en = "mine"
missing = ["停产"]
totals = ["合计"]
notes = ["注："]
[[column]]
names = ["企业"]
field = "entity"
[[column]]
names = ["月份"]
field = "period"
[[column]]
names = ["序号"]
field = "ignore"
[[column]]
names = ["名称"]
field = "name"
[[column]]
names = ["缺失说明"]
field = "absence"
[[column]]
names = ["凭证号"]
field = "document"
[[measure]]
names = ["电"]
commodity = "electricity"
unit = "kWh"
blank = "none"
[[measure]]
names = ["办公楼电"]
commodity = "electricity"
unit = "万kWh"
site = "office"
blank = "none"
[[measure]]
names = ["柴油"]
commodity = "diesel"
unit = "t"
blank = "BLANK"
[[measure]]
names = ["天然气"]
commodity = "natural-gas"
unit = "m3"
blank = "BLANK"
optional = true
[[measure]]
names = ["汽油"]
commodity = "gasoline"
unit = "t"
optional = true
`

// wide is a table of that dialect: how often a cell is odd or has no figure, and which columns
// there are besides, is chosen for the table.
func (c chance) wide(rows int) string {
	odd, empty := []int{12, 40, 1000}[c.IntN(3)], 1+c.IntN(4)
	heads := []string{"序号", "企业", "月份", "电", "办公楼电", "柴油"}
	figures := 3
	for figures < 5 && c.IntN(3) > 0 {
		heads = append(heads, []string{"天然气", "汽油"}[figures-3])
		figures++
	}
	more := []string{"名称", "缺失说明", "凭证号"}
	more = more[c.IntN(3):][:c.IntN(2)]
	text := strings.Join(append(heads, more...), ",") + "\n"
	for i := range rows {
		entity := c.IntN(3)
		fields := []string{fmt.Sprint(i + 1),
			c.rarely(odd, fmt.Sprintf("PLANT-%d", entity), "", "合计", "\"PLANT 7\""),
			c.rarely(odd, fmt.Sprintf("2023-%02d", 1+c.IntN(12)), "2023年", "soon")}
		for range figures {
			cell := fmt.Sprintf("%d.%d", c.IntN(9999), c.IntN(10))
			if c.IntN(empty) > 0 {
				cell = c.rarely(8, c.pick("", "无"), "-", "停产", "暂无", "N/A", "保密", "\"无\"")
			}
			fields = append(fields, c.rarely(odd, cell, "\"1,200\"", "x", "0", "-7", " 无", "无 ",
				" ", "12 ", "１２", "5t"))
		}
		for _, name := range more {
			fields = append(fields, map[string]string{
				"名称":   c.rarely(odd, []string{"一号厂", "二厂", ""}[entity], "厂乙"),
				"缺失说明": c.rarely(odd, "", "missing", "估计", "zero", "?"),
				"凭证号":  c.rarely(odd, fmt.Sprintf("B%05d", i), "", "B1")}[name])
		}
		if c.IntN(odd*3) == 0 {
			fields = fields[:1+c.IntN(len(fields))]
		}
		text += strings.Join(fields, ",") + "\n"
	}
	return text
}

// TestWideTablesAreReadAsThePlainWay: whatever an empty cell is, and also where most cells are.
func TestWideTablesAreReadAsThePlainWay(t *testing.T) {
	l := lexicon(t)
	for _, blank := range []string{"none", "missing", "fault"} {
		d, faults := dialects.Parse("mine.toml",
			[]byte(strings.ReplaceAll(wideDialect, "BLANK", blank)))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		taken := 0
		for seed := range uint64(400) {
			c := chance{rand.New(rand.NewPCG(seed, 9))}
			text := c.wide(1 + c.IntN(60))
			if c.IntN(4) == 0 {
				text = gb18030.Replace(text)
			}
			if compare(t, d, []byte(text), l, 1+c.IntN(300), 1+c.IntN(4)) {
				taken++
			}
			if t.Failed() {
				t.Fatalf("blank %s, seed %d:\n%s", blank, seed, text)
			}
		}
		t.Logf("blank %s: %d of 400 tables were read on the fast path", blank, taken)
		if taken < 100 {
			t.Errorf("blank %s: only %d of 400 tables were read on the fast path", blank, taken)
		}
	}
}

// periods is a table of the form that has a column for each month.
func (c chance) periods(rows int) string {
	odd, empty := []int{12, 40, 1000}[c.IntN(3)], 1+c.IntN(4)
	text := "企业代码,品种,单位,年,"
	for i := range 4 {
		text += c.rarely(40, fmt.Sprintf("%d月", i+1), fmt.Sprintf("2023-%02d", i+1), "1月(kWh)")
		text += ","
	}
	text += "用途\n"
	for range rows {
		fields := []string{c.rarely(odd, fmt.Sprintf("PLANT-%d", c.IntN(3)), "", "合计"),
			c.rarely(odd, c.pick("电力", "diesel"), "柴油（t）", "nothing", "其中：电力", "合计"),
			c.rarely(odd, c.pick("kWh", "kWh", "t"), "", "MWh"),
			c.rarely(odd, "2023", "2023年", "x")}
		for range 4 {
			cell := fmt.Sprint(c.IntN(9999))
			if c.IntN(empty) > 0 {
				cell = c.pick("", "无", "-", "缺报")
			}
			fields = append(fields, c.rarely(odd, cell, "x", "-7", "5 ", "3t"))
		}
		fields = append(fields, c.rarely(odd, "", "product", "销售"))
		text += strings.Join(fields, ",") + "\n"
	}
	return text
}

func TestTablesOfMonthsAreReadAsThePlainWay(t *testing.T) {
	d, err := dialects.ByID("wide-periods")
	if err != nil {
		t.Fatal(err)
	}
	l := lexicon(t)
	taken := 0
	for seed := range uint64(300) {
		c := chance{rand.New(rand.NewPCG(seed, 11))}
		text := []byte(c.periods(1 + c.IntN(40)))
		if compare(t, d, text, l, 1+c.IntN(300), 1+c.IntN(4)) {
			taken++
		}
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
	t.Logf("%d of 300 tables were read on the fast path", taken)
	if taken < 50 {
		t.Errorf("only %d of 300 tables were read on the fast path", taken)
	}
}

// BenchmarkRead reads 200,000 rows of 200 entities, as meters write them.
func BenchmarkRead(b *testing.B) {
	d, err := dialects.ByID("long")
	if err != nil {
		b.Fatal(err)
	}
	var text bytes.Buffer
	text.WriteString("entity,period,commodity,unit,quantity,document\n")
	random := rand.New(rand.NewPCG(1, 2))
	for i := range 200_000 {
		fmt.Fprintf(&text, "PLANT-%07d,2022-%02d,electricity,%s,%d.%04d,2023%09d\n",
			random.IntN(200), 1+random.IntN(12), []string{"kWh", "MWh"}[i%2],
			random.IntN(100000), random.IntN(10000), i)
	}
	sheet, _ := table.Read("a.csv", text.Bytes()[:1<<16])
	l := lexicon(b)
	b.SetBytes(int64(text.Len()))
	for b.Loop() {
		_, err := bulk.Read(b.Context(), bulk.Job{Dialect: d, Head: sheet,
			Source: ledger.Source{File: "a.csv"}, Lexicon: l,
			Text:  bytes.NewReader(text.Bytes()),
			Block: func(int, []byte, []byte) error { return nil }})
		if err != nil {
			b.Fatal(err)
		}
	}
}
