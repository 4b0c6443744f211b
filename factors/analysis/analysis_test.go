package analysis_test

import (
	"fmt"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/factors/analysis"
	"carbonledger/table"
)

const ownSource = "title_zh: 自有\ntitle_en: own\nlicence: own\nrounding: 12 half-even\n"

func catalogue(t testing.TB) factors.Catalogue {
	t.Helper()
	c, err := factors.Commodities()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func read(t testing.TB, name string) ([]analysis.Sample, []table.Fault) {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	sheet, faults := table.Read(name, data)
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	return analysis.Read(sheet, catalogue(t))
}

// own reads the factors of months as a book would.
func own(t testing.TB, months []analysis.Month) []factors.Factor {
	t.Helper()
	var rows []factors.Row
	for _, m := range months {
		rows = append(rows, m.Rows("plant.csv", "张三")...)
	}
	set, faults := factors.ParseSet("own", []byte(ownSource), factors.Format(rows), catalogue(t))
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	return set.Factors
}

// TestWorkedExample is the example of docs/method/fuel-analysis.md, by hand. January at boiler 1:
//
//	NCV = (20 x 1000 + 21 x 1500 + 19 x 500) / 3000 = 61000 / 3000 GJ/t
//	C   = (0.55 x 1000 + 0.57 x 1500) / 2500 = 1405 / 2500 = 0.562 tC/t
//	CO2 = 0.562 x 99 % x 44/12 = 2.04006 tCO2/t,  tce = 61000 / 3000 / 29.3076 = 0.693790461...
//
// February of the entity, carbon per energy; 5000 kcal/kg are 20.934 GJ/t:
//
//	C   = (20 x 0.0275 x 1000 + 20.934 x 0.0275 x 3000) / 4000 = 2277.055 / 4000 tC/t
//	OX  = (98 x 550 + 99 x 1727.055) / 2277.055 %
func TestWorkedExample(t *testing.T) {
	samples, faults := read(t, "plant.csv")
	if len(faults) > 0 {
		t.Fatal(faults[0])
	}
	months := analysis.Months(samples)
	list := own(t, months)
	want := []struct{ id, printed, value string }{
		{"analysis-EXAMPLE1-bituminous-coal-2023-02-co2",
			"2277.055/4000 tC/t x 224878.445/2277.055 % x 44/12", "2.0613857458333"},
		{"analysis-EXAMPLE1-bituminous-coal-2023-02-tce", "82802/4000 GJ/t x 1/29.3076 tce/GJ",
			"0.7063184976"},
		{"analysis-EXAMPLE1-natural-gas-2023-02-co2",
			"71.477316/12 tC/万Nm3 x 99 % x 44/12", "2.162188809"},
		{"analysis-EXAMPLE1-natural-gas-2023-02-tce",
			"4671.72/12 GJ/万Nm3 x 1/29.3076 tce/GJ", "1.328358514"},
		{"analysis-EXAMPLE1-boiler-1-bituminous-coal-2023-01-co2",
			"1405/2500 tC/t x 99 % x 44/12", "2.04006"},
		{"analysis-EXAMPLE1-boiler-1-bituminous-coal-2023-01-tce",
			"61000/3000 GJ/t x 1/29.3076 tce/GJ", "0.6937904616"},
	}
	if len(list) != len(want) {
		t.Fatalf("%d factors, want %d", len(list), len(want))
	}
	for i, w := range want {
		f := list[i]
		if f.ID != w.id || f.Printed != w.printed || !near(t, f.Value.String(), w.value) ||
			f.Approver != "张三" || f.Status != factors.Own {
			t.Errorf("%s = %s = %s, want %s = %s = %s", f.ID, f.Printed, f.Value, w.id, w.printed,
				w.value)
		}
	}
	last := list[4]
	if last.Area != "@EXAMPLE1/boiler 1" || last.ValidText() != "2023-01-01/2023-02-01" ||
		last.Evidence != "R-1; R-2" || !strings.Contains(last.Note, "recalled") {
		t.Errorf("area %s, valid %s, evidence %q, note %q", last.Area, last.ValidText(),
			last.Evidence, last.Note)
	}
	var warnings []string
	for _, m := range months {
		for _, w := range m.Warnings("plant.csv") {
			warnings = append(warnings, w.Text(table.EN))
		}
	}
	told := "the carbon content is analysed for 2500 of 3000 t; add the analyses"
	if len(warnings) != 1 || !strings.Contains(warnings[0], told) {
		t.Errorf("warnings %v, want one: %s", warnings, told)
	}
}

// near compares up to ten decimals.
func near(t *testing.T, got, want string) bool {
	t.Helper()
	a, okA := new(big.Rat).SetString(got)
	b, okB := new(big.Rat).SetString(want)
	if !okA || !okB {
		return false
	}
	apart := a.Sub(a, b)
	return apart.Abs(apart).Cmp(big.NewRat(1, 1_000_000_000)) <= 0
}

// TestCarbonOfTheMonthIsTheCarbonOfItsDays holds for every month, by big.Rat: fuel times factor is
// the sum over its days.
func TestCarbonOfTheMonthIsTheCarbonOfItsDays(t *testing.T) {
	samples, _ := read(t, "plant.csv")
	for _, m := range analysis.Months(samples) {
		sum := new(big.Rat)
		for _, s := range samples {
			if s.Entity == m.Entity && s.Site == m.Site && s.Commodity == m.Commodity &&
				s.Month == m.Month && s.HasCarbon {
				c, _ := new(big.Rat).SetString(s.Carbon.String())
				a, _ := new(big.Rat).SetString(s.Amount.String())
				sum.Add(sum, c.Mul(c, a))
			}
		}
		if got, _ := new(big.Rat).SetString(m.Carbon.String()); got.Cmp(sum) != 0 {
			t.Errorf("%s %s: %s tC, want %s", m.Entity, m.Month, m.Carbon, sum.FloatString(9))
		}
	}
}

func TestChineseHeaders(t *testing.T) {
	samples, faults := read(t, "chinese.csv")
	if len(faults) > 0 || len(samples) != 1 {
		t.Fatalf("%d samples, %v", len(samples), faults)
	}
	if f := own(t, analysis.Months(samples))[0]; !near(t, f.Value.String(), "1.9965") ||
		f.Area != "@EXAMPLE1/1号机组" { // 0.55 x 0.99 x 44/12
		t.Errorf("%s in %s, want 1.9965 in @EXAMPLE1/1号机组", f.Value, f.Area)
	}
}

// TestFaults provokes every fault of an analysis.
func TestFaults(t *testing.T) {
	for _, name := range []string{"faults", "nothing", "plant", "halves"} {
		samples, faults := read(t, name+".csv")
		if len(faults) == 0 {
			for _, m := range analysis.Months(samples) {
				faults = append(faults, m.Warnings(name+".csv")...)
			}
		}
		var text strings.Builder
		for _, fault := range faults {
			fmt.Fprintf(&text, "%s\n%s\n%s\n", fault.Code, fault.Text(table.EN),
				fault.Text(table.ZH))
		}
		golden := filepath.Join("testdata", "wanted-"+name+".txt")
		if os.Getenv("UPDATE") != "" {
			if err := os.WriteFile(golden, []byte(text.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil || text.String() != string(want) {
			t.Errorf("%s: %v; got:\n%s\nwant:\n%s", name, err, text.String(), want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"plant.csv", "faults.csv", "chinese.csv"} {
		data, err := os.ReadFile("testdata/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	known := catalogue(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		sheet, faults := table.Read("f.csv", data)
		if len(faults) > 0 {
			return
		}
		samples, faults := analysis.Read(sheet, known)
		if len(faults) > 0 {
			return
		}
		var rows []factors.Row
		for _, m := range analysis.Months(samples) {
			rows = append(rows, m.Rows("f.csv", "")...)
		}
		_, more := factors.ParseSet("own", []byte(ownSource), factors.Format(rows), known)
		if len(more) > 0 {
			t.Errorf("a factor of good analyses is refused: %v", more[0])
		}
	})
}
