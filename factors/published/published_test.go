package published_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/factors/published"
	"carbonledger/quantity"
	"carbonledger/table"
	"carbonledger/table/workbook"
)

func options(t testing.TB, layout string) published.Options {
	t.Helper()
	library, err := factors.Open()
	if err != nil {
		t.Fatal(err)
	}
	return published.Options{ID: "test", Layout: layout, Catalogue: library.Catalogue,
		Areas: library.Areas}
}

func file(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// shown writes what became of a file: counts, factors, and what was not understood.
func shown(set published.Set, faults []table.Fault) string {
	var text strings.Builder
	fmt.Fprintf(&text, "layout %s, year %d\nread %d = taken %d + parts %d + left %d\n"+
		"sums: %d exact, %d rounded, %d off\n", set.Layout, set.Year, set.Read, set.Taken,
		set.Parts, len(set.Left), set.Sums.Exact, set.Sums.Rounded, set.Sums.Off)
	for _, f := range set.Factors.Factors {
		fmt.Fprintf(&text, "%s: %s to %s, %s %s/%s, %s, %s, %s %s\n", f.ID, f.From.ID, f.To.ID,
			f.Printed, f.ToUnit, f.PerUnit, f.Area, f.ValidText(), f.Basis, f.GWP)
	}
	for _, list := range [][]table.Fault{faults, set.Left, set.Warnings} {
		for _, fault := range list {
			if fault.Code == "published.name" { // The near ones change with the catalogue.
				fault.Args = []string{fault.Args[0], "..."}
			}
			fmt.Fprintf(&text, "%s\n%s\n%s\n", fault.Code, fault.Text(table.EN),
				fault.Text(table.ZH))
		}
	}
	return text.String()
}

// TestGolden reads every file of testdata and compares with the text beside it. The text holds the
// codes of the faults a line each, so that every code has a file that provokes it.
func TestGolden(t *testing.T) {
	files, err := filepath.Glob("testdata/*.csv")
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, path := range files {
		name := filepath.Base(path)
		t.Run(name, func(t *testing.T) {
			set, faults := published.Read(name, file(t, name), optionsFor(t, name))
			got := shown(set, faults)
			golden := "testdata/wanted-" + strings.TrimSuffix(name, ".csv") + ".txt"
			if os.Getenv("UPDATE") != "" {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil || got != string(want) {
				t.Errorf("%v; got:\n%s\nwant:\n%s", err, got, want)
			}
			if set.Read != set.Taken+set.Parts+len(set.Left) {
				t.Errorf("read %d, want taken %d + parts %d + left %d", set.Read, set.Taken,
					set.Parts, len(set.Left))
			}
		})
	}
}

// optionsFor gives the hub its year, which it does not say of itself, and misleads some files.
func optionsFor(t testing.TB, name string) published.Options {
	o := options(t, "auto")
	switch name {
	case "hub-2025.csv", "plain-wide.csv":
		o.Year = 2025
	case "wrong-id.csv":
		o.ID = "DESNZ 2024"
	case "wrong-layout.csv":
		o.Layout = "defra"
	case "wrong-map.csv":
		o.Columns = map[string]string{"stuff": "colour"}
	}
	return o
}

// TestElectricity2020 is the worked example of the flat file of 2020, by hand:
// 0.23104 + 0.00072 + 0.00138 = 0.23314 kg CO2e/kWh.
func TestElectricity2020(t *testing.T) {
	set, faults := published.Read("flat-2020.csv", file(t, "flat-2020.csv"), options(t, "desnz"))
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	if set.Sums != (published.Sums{Exact: 1}) || set.Read != 4 || set.Taken != 2 || set.Parts != 2 {
		t.Errorf("sums %+v, read %d, taken %d, parts %d, want one exact sum of 4 = 2 + 2", set.Sums,
			set.Read, set.Taken, set.Parts)
	}
	f := set.Factors.Factors[0]
	if f.From.ID != "electricity" || f.To.ID != "co2e" || f.Value.String() != "0.23314" ||
		f.Area != "GB" || f.Valid != quantity.Year(2020) {
		t.Errorf("%+v, want 0.23314 kg CO2e/kWh in GB in 2020", f)
	}
}

// TestWorkbook reads the flat file as a workbook, where it is one of two sheets.
func TestWorkbook(t *testing.T) {
	var sheets []table.Sheet
	for name, text := range map[string]string{"flat-2024.csv": "",
		"cover": "UK Government\n2024\n"} {
		data := []byte(text)
		if text == "" {
			data = file(t, name)
		}
		sheet, faults := table.Read(name, data)
		if len(faults) > 0 {
			t.Fatal(faults[0])
		}
		if sheet.Name = name; text == "" {
			sheet.Name = "Factors by Category"
		}
		sheets = append(sheets, sheet)
	}
	var book bytes.Buffer
	if err := workbook.Write(&book, sheets); err != nil {
		t.Fatal(err)
	}
	set, faults := published.Read("flat.xlsx", book.Bytes(), options(t, "auto"))
	plain, _ := published.Read("flat-2024.csv", file(t, "flat-2024.csv"), options(t, "auto"))
	if len(faults) > 0 || set.Taken != plain.Taken || set.Layout != "desnz" {
		t.Fatalf("%v; taken %d by %s, want %d", faults, set.Taken, set.Layout, plain.Taken)
	}
	for i, f := range set.Factors.Factors {
		if want := plain.Factors.Factors[i]; !f.Value.Equal(want.Value) || f.ID != want.ID {
			t.Errorf("%s %s, want %s %s", f.ID, f.Value, want.ID, want.Value)
		}
	}
}

func TestQuestions(t *testing.T) {
	o := options(t, "csv")
	var asked []string
	o.Year = 2024
	o.Ask = func(q table.Fault, candidates []string) (int, bool) {
		asked = append(asked, q.Args[0]+": "+strings.Join(candidates, " or "))
		return 0, true
	}
	set, faults := published.Read("plain-unnamed.csv", file(t, "plain-unnamed.csv"), o)
	want := "value: number one or number two; unit: stuff or kg per what; name: kg per what"
	if got := strings.Join(asked, "; "); got != want || len(faults) == 0 {
		t.Errorf("asked %q, want %q; faults %v, taken %d", got, want, faults, set.Taken)
	}
	o.Ask, o.Columns = nil, map[string]string{"stuff": "name", "number one": "value",
		"kg per what": "unit"}
	set, faults = published.Read("plain-unnamed.csv", file(t, "plain-unnamed.csv"), o)
	if len(faults) > 0 || set.Taken != 1 || set.Factors.Factors[0].Value.String() != "1.9" {
		t.Errorf("%v, %+v, want 1.9 kg CO2/kg of raw coal", faults, set.Factors.Factors)
	}
}

func TestEveryNameIsACommodity(t *testing.T) {
	catalogue := options(t, "csv").Catalogue
	sheet, _ := table.Read("names.csv", file(t, "../names.csv"))
	for _, row := range sheet.Rows[1:] {
		id, unit := row.Cell(5).Text, row.Cell(6).Text
		if id == "" {
			if row.Cell(8).Text == "" || row.Cell(9).Text == "" {
				t.Errorf("line %d leaves a row out without saying why in both languages", row.Line)
			}
			continue
		}
		commodity, ok := catalogue.ByID(id)
		per, err := quantity.ParseUnit(unit)
		if !ok || err != nil {
			t.Errorf("line %d: commodity %s known %v, unit %s: %v", row.Line, id, ok, unit, err)
			continue
		}
		if commodity.Unit.Dimension != per.Dimension {
			t.Errorf("line %d: %s per %s: %v", row.Line, id, unit, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"flat-2020.csv", "hub-2025.csv", "egrid-2023.csv",
		"plain-long.csv", "plain-wide.csv"} {
		f.Add(file(f, name))
	}
	o := options(f, "auto")
	o.Year = 2024
	f.Fuzz(func(t *testing.T, data []byte) {
		set, faults := published.Read("f.csv", data, o)
		if len(faults) > 0 {
			return
		}
		if set.Read != set.Taken+set.Parts+len(set.Left) {
			t.Errorf("read %d, taken %d, parts %d, left %d", set.Read, set.Taken, set.Parts,
				len(set.Left))
		}
		again, more := factors.ParseSet(set.ID, set.Source, set.Rows, o.Catalogue)
		if len(more) > 0 || len(again.Factors) != set.Taken {
			t.Errorf("the set reads back as %d factors, want %d; %v", len(again.Factors), set.Taken,
				more)
		}
	})
}
