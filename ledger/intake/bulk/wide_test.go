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

// wideDialect is one of a user, whose empty cells say nothing.
const wideDialect = `id = "mine"
title_zh = "自用"
title_en = "mine"
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
blank = "none"
`

func (c chance) wide(rows int) string {
	text := "序号,企业,月份,电,办公楼电,柴油\n"
	for i := range rows {
		odd := 40
		fields := []string{fmt.Sprint(i + 1),
			c.rarely(odd, fmt.Sprintf("PLANT-%d", c.IntN(3)), "", "合计", "\"PLANT 7\""),
			c.rarely(odd, fmt.Sprintf("2023-%02d", 1+c.IntN(12)), "2023年", "soon")}
		for range 3 {
			fields = append(fields, c.rarely(odd, c.pick("", fmt.Sprintf("%d.%d", c.IntN(9999),
				c.IntN(10))), "\"1,200\"", "-", "x", "0", "-7"))
		}
		text += strings.Join(fields, ",") + "\n"
	}
	return text
}

func TestWideTablesAreReadAsThePlainWay(t *testing.T) {
	d, faults := dialects.Parse("mine.toml", []byte(wideDialect))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	l := lexicon(t)
	taken := 0
	for seed := range uint64(150) {
		c := chance{rand.New(rand.NewPCG(seed, 9))}
		text := []byte(c.wide(1 + c.IntN(60)))
		if compare(t, d, text, l, 1+c.IntN(300), 1+c.IntN(4)) {
			taken++
		}
		if t.Failed() {
			t.Fatalf("seed %d:\n%s", seed, text)
		}
	}
	if taken < 30 {
		t.Errorf("only %d of 150 tables were read on the fast path", taken)
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
