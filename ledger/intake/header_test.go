package intake_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"carbonledger/ledger"
	"carbonledger/ledger/intake"
	"carbonledger/ledger/intake/dialects"
	"carbonledger/table"
)

// monthly is a dialect of one column of figures, whose unit the header may change.
const monthly = head + `
[constant]
entity = "plant"
[[column]]
names = ["月份"]
field = "period"
required = true
[[measure]]
names = ["用电量(万kWh)"]
commodity = "electricity"
unit = "万kWh"
role = "use"
`

// TestSource: an upload keeps how its file was read.
func TestSource(t *testing.T) {
	d := parse(t, monthly)
	sheet, _ := table.Read("a.csv", []byte("月份,用电量(kWh)\n2022-01,5\n"))
	source := intake.Read(d, sheet, ledger.Source{File: "a.csv"}, lexicon(t)).Source
	layout, _ := d.Place(sheet)
	if !slices.Equal(source.Mapping, layout.Mapping()) || len(source.Mapping) != 2 ||
		source.HeaderLine != 1 || source.Delimiter != "," {
		t.Errorf("Read notes the source as %+v", source)
	}
}

// TestHeaderUnit reads figures in the unit of the header.
func TestHeaderUnit(t *testing.T) {
	for text, want := range map[string]string{
		"月份,用电量(万kWh)\n2022-01,5\n": "activity 2 plant - 2022-01 supply>use electricity 50000 kWh",
		"月份,用电量(kWh)\n2022-01,5\n":  "activity 2 plant - 2022-01 supply>use electricity 5 kWh",
		"月份,用电量/MWh\n2022-01,5\n":   "activity 2 plant - 2022-01 supply>use electricity 5000 kWh",
		"月份,用电量(吨)\n2022-01,5\n":    "unit.dimension",
		"月份,用电量\n2022-01,5\n":       "header.missing",
	} {
		got := readText(t, parse(t, monthly), text)
		if len(got) != 1 || !strings.HasPrefix(got[0], want) {
			t.Errorf("%q reads as %q, want %q", text, got, want)
		}
	}
}

// TestColumnFaults provokes what a header may leave in doubt, with and without an answer.
func TestColumnFaults(t *testing.T) {
	const folder = "testdata/faults/"
	text, err := os.ReadFile(folder + "wanted.txt")
	if err != nil {
		t.Fatal(err)
	}
	blocks := strings.Split(string(text), "\n== ")
	for i, block := range blocks[1:] {
		heading, want, _ := strings.Cut(block+"\n", "\n")
		words := strings.Fields(heading)
		t.Run(heading, func(t *testing.T) {
			data, err := os.ReadFile(folder + words[0])
			if err != nil {
				t.Fatal(err)
			}
			dialect, err := os.ReadFile(filepath.Join(folder, words[1]))
			if err != nil {
				t.Fatal(err)
			}
			d := parse(t, string(dialect))
			for _, word := range words[2:] {
				answer, err := dialects.ParseAnswer(word)
				if err != nil {
					t.Fatal(err)
				}
				d = d.With(answer)
			}
			sheet, _ := table.Read(words[0], data)
			u := intake.Read(d, sheet, ledger.Source{File: words[0]}, lexicon(t))
			lines := append([]string{heading}, u.Lines(unitOf(lexicon(t)))...)
			for _, fault := range u.Faults {
				lines = append(lines, fault.Code, "  "+fault.Text(table.EN),
					"  "+fault.Text(table.ZH))
			}
			blocks[i+1] = strings.Join(lines, "\n")
			got := strings.TrimSpace(strings.Join(lines[1:], "\n"))
			if os.Getenv("UPDATE") == "" && got != strings.TrimSpace(want) {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
	if os.Getenv("UPDATE") != "" {
		written := strings.TrimSpace(strings.Join(blocks, "\n== ")) + "\n"
		if err := os.WriteFile(folder+"wanted.txt", []byte(written), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
