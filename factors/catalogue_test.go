package factors_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/quantity"
	"carbonledger/table"
)

// rowsOf reads a list of the package without its types, header first.
func rowsOf(t *testing.T, name string) [][]string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	sheet, faults := table.Read(name, data)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	rows := make([][]string, len(sheet.Rows))
	for i, row := range sheet.Rows {
		rows[i] = row.Raw()
	}
	return rows
}

func TestNoSpellingBelongsToTwoCommodities(t *testing.T) {
	catalogue := open(t).Catalogue
	owners := map[string]string{}
	for _, row := range rowsOf(t, "commodities.csv")[1:] {
		id := row[0]
		for _, name := range append(strings.Split(row[8], "|"), id, row[6], row[7]) {
			if name == "" {
				continue
			}
			if owner := owners[table.Key(name)]; owner != "" && owner != id {
				t.Errorf("%q belongs to %s and %s", name, owner, id)
			}
			owners[table.Key(name)] = id
			if found, ok := catalogue.Find(" " + strings.ToUpper(name) + "　"); !ok ||
				found.ID != id {
				t.Errorf("%q finds %q, want %s", name, found.ID, id)
			}
		}
	}
}

func TestEveryCommodityIsCountedInItsOwnUnit(t *testing.T) {
	catalogue := open(t).Catalogue
	for _, c := range catalogue.All() {
		one, remark, err := c.Accept(c.Unit)
		if err != nil || remark != "" || one.String() != "1" {
			t.Errorf("1 %s of %s = %s, %q, %v, want 1", c.Unit.Symbol, c.ID, one, remark, err)
		}
		if !slices.Contains(quantity.Classes, c.Class) {
			t.Errorf("%s has the class %q", c.ID, c.Class)
		}
		if parent, ok := catalogue.ByID(c.Parent); c.Parent != "" &&
			(!ok || parent.Class != c.Class || parent.Parent == c.ID) {
			t.Errorf("%s has the parent %s of class %s", c.ID, c.Parent, parent.Class)
		}
	}
}

func TestNamesOfForms(t *testing.T) {
	catalogue := open(t).Catalogue
	for name, want := range map[string]string{
		"电": "electricity", "外购电": "electricity", "天然气（气态）": "natural-gas", "焦碳": "coke",
		"其它洗煤": "other-washed-coal", "蒸汽": "heat", "自来水": "fresh-water", "液化气": "lpg",
		"Ｄｉｅｓｅｌ": "diesel", "CO₂": "co2", "tco2": "", "HFC-134a": "hfc-134a", "能源合计": "", "": "",
		"output:steel.t": "output:steel.t", "output:": "", "output:a.斤": "",
		"output:cars.piece": "output:cars.piece",
	} {
		if got, ok := catalogue.Find(name); got.ID != want || ok != (want != "") {
			t.Errorf("Find(%q) = %q, %v, want %q", name, got.ID, ok, want)
		}
	}
	if steel, _ := catalogue.ByID("output:steel"); steel.Unit.Symbol != "kg" {
		t.Errorf("a product without a unit is counted in %q, want kg", steel.Unit.Symbol)
	}
	if near := catalogue.Near("天然汽"); len(near) == 0 || len(near) > 3 {
		t.Errorf("near 天然汽: %v, want one to three names", near)
	}
	if near := catalogue.Near(""); len(near) != 0 {
		t.Errorf("near nothing: %v", near)
	}
}

func TestAreaChains(t *testing.T) {
	areas := open(t).Areas
	for code, want := range map[string]string{
		"360104/三店街道": "360104/三店街道 360104 360100 360000 CN-CENTRAL CN WORLD",
		"360104":      "360104 360100 360000 CN-CENTRAL CN WORLD",
		"360123":      "360123 360100 360000 CN-CENTRAL CN WORLD",
		"440305":      "440305 440300 440000 CN-SOUTH CN WORLD",
		"710000":      "710000 CN WORLD",
		"CN":          "CN WORLD", "WORLD": "WORLD", "US-CA": "US-CA US WORLD",
		"FR": "FR WORLD", "": "WORLD",
	} {
		if got := strings.Join(areas.Chain(code), " "); got != want {
			t.Errorf("chain of %s = %s, want %s", code, got, want)
		}
	}
	for _, row := range rowsOf(t, "areas.csv")[1:] {
		chain := areas.Chain(row[0])
		if chain[0] != row[0] || chain[len(chain)-1] != factors.World || len(chain) > 7 {
			t.Errorf("chain of %s = %v", row[0], chain)
		}
		if row[1] != "" && !areas.Within(row[0], row[1]) {
			t.Errorf("%s does not lie in its parent %s", row[0], row[1])
		}
	}
	if areas.Within("CN", "360000") || areas.Within("GB", "CN") {
		t.Error("the country lies in a province, or Britain in China")
	}
}

func TestFindArea(t *testing.T) {
	areas := open(t).Areas
	for name, want := range map[string]string{
		"江西": "360000", "江西省": "360000", "Jiangxi": "360000", "３６０１０４": "360104", "青云谱区": "360104",
		"全国": "CN", "世界": "WORLD", "360104/三店街道": "360104/三店街道", "US-CA": "US-CA",
		"410581": "410581",
	} {
		if got, ok := areas.Find(name); !ok || got != want {
			t.Errorf("Find(%q) = %q, %v, want %s", name, got, ok, want)
		}
	}
	for _, name := range []string{"", "36010", "3601044", "Atlantis", "us-ca ny", "360104/",
		"360104/a b"} {
		if got, ok := areas.Find(name); ok {
			t.Errorf("Find(%q) = %q, want none", name, got)
		}
	}
}
