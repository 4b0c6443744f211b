package learn_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/ledger/intake/learn"
	"carbonledger/table"
)

// pupil answers prompts from a list and notes them; the last answers are enter.
type pupil struct {
	answers []string
	prompts []string
}

func (p *pupil) answer(prompt learn.Prompt) (string, bool) {
	p.prompts = append(p.prompts, strings.TrimSpace(fmt.Sprintln(prompt.EN, "->", prompt.Guess)))
	if prompt.Problem != (dialects.Words{}) {
		p.prompts[len(p.prompts)-1] += " after " + strings.Split(prompt.Problem.EN, ";")[0]
	}
	if len(p.answers) == 0 {
		return "", false
	}
	text := p.answers[0]
	p.answers = p.answers[1:]
	return text, true
}

func sampleOf(t *testing.T, text string) learn.Sample {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	known, err := dialects.All()
	if err != nil {
		t.Fatal(err)
	}
	sheet, faults := table.Read("a.csv", []byte(text))
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	return learn.Sample{Sheet: sheet, Known: known,
		Lexicon: intake.Lexicon{Catalogue: library.Catalogue, Areas: library.Areas}}
}

// read reads the sample with what was learned.
func read(t *testing.T, sample learn.Sample, text string) (lines []string) {
	t.Helper()
	d, faults := dialects.Parse("learned.toml", []byte(text))
	if len(faults) > 0 {
		t.Fatalf("%v in\n%s", faults, text)
	}
	u := intake.Read(d, sample.Sheet, ledger.Source{File: "a.csv"}, sample.Lexicon)
	lines = u.Lines(func(id string) string {
		c, _ := sample.Lexicon.Catalogue.ByID(id)
		return c.Unit.Symbol
	})
	for _, fault := range u.Faults {
		lines = append(lines, fault.Error())
	}
	return lines
}

// TestLearn learns tables that no dialect of the program knows, and reads them.
func TestLearn(t *testing.T) {
	cases := []struct {
		name, sample string
		answers      []string
		prompts      []string
		want         []string
	}{
		{"a wide table, all guesses taken", "月份,用电量(万kWh),天然气用量(万Nm3),备注\n" +
			"2022-01,1.5,2,一月\n2022-02,1,-,\n合计,2.5,2,\n",
			[]string{"", "", "", "", "plant", "", "no"},
			[]string{"column 1 月份: 2022-01 | 2022-02 -> period",
				"column 2 用电量(万kWh): 1.5 | 1 -> quantity electricity 万kWh",
				"column 3 天然气用量(万Nm3): 2 | - -> quantity natural-gas 万Nm3 use",
				"column 4 备注: 一月 -> ignore",
				"who reports? (a code that all rows of the file get) ->",
				"what became of it: use, feedstock, convert, product, sale, loss, or supply " +
					"(bought)? -> use",
				"do the figures run from 1 January to the end of their period? (yes, no) ->"},
			[]string{"activity 2 plant - 2022-01 supply>use electricity 15000 kWh",
				"activity 2 plant - 2022-01 supply>use natural-gas 20000 Nm3",
				"activity 3 plant - 2022-02 supply>use electricity 10000 kWh",
				"activity 3 plant - 2022-02 supply>use natural-gas 0 Nm3 missing"}},
		{"columns without a unit, a wrong answer, and a period above the header",
			"能源月报,,\n2022年3月,,\n项目,本月数,说明\n原煤,5,甲\n焦炭,7,乙\n",
			[]string{"", "quantity 斤", "quantity", "", "t", "plant", "", "", "no"},
			[]string{"column 1 项目: 原煤 | 焦炭 -> commodity", "column 2 本月数: 5 | 7 ->",
				"column 2 本月数: 5 | 7 -> after \"斤\" is no field, commodity, unit or role",
				"column 3 说明: 甲 | 乙 -> ignore",
				"column 2 本月数: in which unit? ->",
				"who reports? (a code that all rows of the file get) ->",
				"of which period is every row? (2022, 2022-03) -> 2022年3月",
				"what became of it: use, feedstock, convert, product, sale, loss, or supply " +
					"(bought)? -> use",
				"do the figures run from 1 January to the end of their period? (yes, no) -> no"},
			[]string{"activity 4 plant - 2022-03 supply>use raw-coal 5000 kg",
				"activity 5 plant - 2022-03 supply>use coke 7000 kg"}},
		{"meters of buildings in English", "Building,Meter read on,Steam (GJ),Water_m3\n" +
			"North,2022-01,1.25,3\nSouth,2022-01,2,4\n",
			[]string{"site", "period", "", "", "campus", "", "no"}, nil,
			[]string{"activity 2 campus North 2022-01 supply>use heat 1250000 kJ",
				"activity 2 campus North 2022-01 supply>use fresh-water 3000 L",
				"activity 3 campus South 2022-01 supply>use heat 2000000 kJ",
				"activity 3 campus South 2022-01 supply>use fresh-water 4000 L"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			p := &pupil{answers: c.answers}
			sample := sampleOf(t, c.sample)
			text, open, faults := learn.Learn(sample, p.answer)
			if len(open) > 0 || len(faults) > 0 {
				t.Fatalf("open %v, faults %v after %q", open, faults, p.prompts)
			}
			if c.prompts != nil && !slices.Equal(p.prompts, c.prompts) {
				t.Errorf("asked\n%s\nwant\n%s", strings.Join(p.prompts, "\n"),
					strings.Join(c.prompts, "\n"))
			}
			if got := read(t, sample, text); c.want != nil && !slices.Equal(got, c.want) {
				t.Errorf("reads\n%s\nwant\n%s\nwith\n%s", strings.Join(got, "\n"),
					strings.Join(c.want, "\n"), text)
			}
			again := &pupil{answers: c.answers}
			if twice, _, _ := learn.Learn(sample, again.answer); twice != text {
				t.Errorf("learned twice:\n%s\nand\n%s", text, twice)
			}
		})
	}
}

// TestOpen: without anybody to ask, guesses are taken and what has none is listed.
func TestOpen(t *testing.T) {
	cases := []struct{ name, sample, want string }{
		{"nobody says who reports or whether it is cumulative", "月份,用电量(kWh)\n2022-01,1\n",
			"who reports? (a code that all rows of the file get)\n" +
				"do the figures run from 1 January to the end of their period? (yes, no)"},
		{"the header says that figures are cumulative", "企业代码,月份,累计用量,用电量(kWh)\n" +
			"91350100M000100Y43,2022-01,,1\n", ""},
		{"figures of nothing known", "企业代码,月份,本月耗用\n91350100M000100Y43,2022-01,1\n",
			"column 3 本月耗用: 1\nno column holds figures; say of one of them " +
				"quantity COMMODITY UNIT"},
		{"no header", "1,2\n3,4\n", "learn.header"},
		{"a column twice", "月份,用电量(kWh),用电量(kWh)\n2022-01,1,2\n", "header.twice"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, open, faults := learn.Learn(sampleOf(t, c.sample), nil)
			var got []string
			for _, p := range open {
				got = append(got, p.EN)
			}
			for _, f := range faults {
				got = append(got, f.Code)
			}
			if strings.Join(got, "\n") != c.want || (text == "") != (c.want != "") {
				t.Errorf("got %q and a dialect of %d bytes, want %q", got, len(text), c.want)
			}
		})
	}
}

// TestQuoted: whatever stands in a header or a file name, the dialect is read again as it was.
func TestQuoted(t *testing.T) {
	for _, name := range []string{`a "b"`, `c\d`, "e\nf", "g#h = [i]", "k\x7f"} {
		header := `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
		sample := sampleOf(t, "月份,用电量(kWh),"+header+"\n2022-01,1,x\n")
		sample.Sheet.File = name + ".csv"
		p := &pupil{answers: []string{"", "", "", "plant", "", "no"}}
		text, open, faults := learn.Learn(sample, p.answer)
		if len(open)+len(faults) > 0 {
			t.Fatalf("%q: open %v, faults %v", name, open, faults)
		}
		got := read(t, sample, text)
		if len(got) != 1 ||
			!strings.HasSuffix(got[0], "plant - 2022-01 supply>use electricity 1 kWh") {
			t.Errorf("%q reads %q with\n%s", name, got, text)
		}
	}
}
