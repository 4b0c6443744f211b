package factors_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"carbonledger/factors"
	"carbonledger/table"
)

const source = "title_zh: 例\ntitle_en: example\nlicence: own\nrounding: 4 half-up\n\nwords\n"

// row writes a row of factors.csv from the columns a test cares about.
func row(id, edge, value, units, area, valid, parts string) string {
	from, to, _ := strings.Cut(edge, ">")
	per, unit, _ := strings.Cut(units, ">")
	first, end, _ := strings.Cut(valid, "/")
	return strings.Join([]string{id, from, to, value, per, unit, area, first, end, "", "", "",
		"", "",
		parts, "a report", "", "own", ""}, ",") + "\n"
}

func parse(t testing.TB, source, rows string) (factors.Set, []table.Fault) {
	t.Helper()
	catalogue, err := factors.Commodities()
	if err != nil {
		t.Fatal(err)
	}
	return factors.ParseSet("own", []byte(source), []byte(factors.Header()+rows), catalogue)
}

func TestParseSetValues(t *testing.T) {
	for _, c := range []struct{ name, row, value, valid string }{
		{"tonnes per MWh", row("a", "electricity>co2", "0.5568", "MWh>tCO2", "CN",
			"2021-01-01/2022-01-01", ""),
			"0.5568", "2021-01-01/2022-01-01"},
		{"an open end", row("a", "electricity>co2", "5.568", "万kWh>tCO2", "CN", "2021-01-01/", ""),
			"0.5568", "2021-01-01/"},
		{"always", row("a", "heat>co2", "0.11", "GJ>tCO2", "CN", "/", ""), "0.00011", ""},
		{"parts that end", row("a", "raw-coal>co2", "", "t>tCO2", "CN", "/",
			"ncv=20 GJ/t;carbon=0.03 tC/GJ;molar=44/12"), "2.2", ""},
		{"parts that do not end are rounded once", row("a", "raw-coal>co2", "", "t>tCO2", "CN", "/",
			"ncv=10 GJ/t;carbon=0.01 tC/GJ;molar=44/12"), "0.3667", ""},
		{"units of several sizes cancel", row("a", "raw-coal>co2", "", "kg>kgCO2", "CN", "/",
			"ncv=20000 kJ/kg;ef=100 tCO2/TJ"), "2", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			set, faults := parse(t, source, c.row)
			if len(faults) > 0 || len(set.Factors) != 1 {
				t.Fatalf("%d factors, faults %v", len(set.Factors), faults)
			}
			f := set.Factors[0]
			if f.Value.String() != c.value || f.ValidText() != c.valid || f.Line != 2 {
				t.Errorf("value %s, valid %q, line %d, want %s, %q, 2",
					f.Value, f.ValidText(), f.Line, c.value, c.valid)
			}
		})
	}
}

func TestParseSetFaults(t *testing.T) {
	good := row("a", "heat>co2", "0.11", "GJ>tCO2", "CN", "2021-01-01/2022-01-01", "")
	for _, c := range []struct{ name, rows, want string }{
		{"an unknown commodity", row("a", "phlogiston>co2", "1", "t>t", "CN", "/", ""),
			`from|no commodity "phlogiston"`},
		{"an unknown product", row("a", "heat>co3", "1", "t>t", "CN", "/", ""),
			`to|no commodity "co3"`},
		{"no area", row("a", "heat>co2", "1", "GJ>t", "", "/", ""), "area|a factor needs an area"},
		{"a name for an area", row("a", "heat>co2", "1", "GJ>t", "江西", "/", ""),
			`area|"江西" is not the code`},
		{"a code too short", row("a", "heat>co2", "1", "GJ>t", "36000", "/", ""),
			`area|"36000" is not the code`},
		{"an unknown unit", row("a", "heat>co2", "1", "斤>t", "CN", "/", ""),
			"value|not a known unit"},
		{"a unit of something else", row("a", "heat>co2", "1", "t>t", "CN", "/", ""),
			"value|the unit does not measure"},
		{"tCO2 of methane", row("a", "heat>ch4", "1", "GJ>tCO2", "CN", "/", ""),
			"value|the unit does not measure"},
		{"no value", row("a", "heat>co2", "", "GJ>t", "CN", "/", ""), "value|not a plain decimal"},
		{"an exponent", row("a", "heat>co2", "1e5", "GJ>t", "CN", "/", ""),
			"value|not a plain decimal"},
		{"value and parts", row("a", "heat>co2", "1", "GJ>t", "CN", "/", "x=1"),
			"value|a factor has a value or parts"},
		{"parts that do not cancel", row("a", "raw-coal>co2", "", "t>tCO2", "CN", "/",
			"ncv=20 GJ/t"), "does not cancel"},
		{"a part without a unit below", row("a", "raw-coal>co2", "", "t>tCO2", "CN", "/",
			"ncv=20 GJ"), "part ncv: not a known unit"},
		{"a part without a name", row("a", "raw-coal>co2", "", "t>tCO2", "CN", "/", "20"),
			`part "20" is not name=value`},
		{"a part over zero", row("a", "raw-coal>co2", "", "t>tCO2", "CN", "/", "x=1/0"),
			"part x: not a plain decimal: 1/0"},
		{"an impossible day", row("a", "heat>co2", "1", "GJ>t", "CN", "2021-02-30/", ""),
			"valid_from|not a period"},
		{"a reversed span", row("a", "heat>co2", "1", "GJ>t", "CN", "2022-01-01/2021-01-01",
			""), "valid_from|not a period"},
		{"no id", row("", "heat>co2", "1", "GJ>t", "CN", "/", ""), "id|a factor needs an id"},
		{"an id twice", good + row("a", "heat>co2", "1", "GJ>t", "US", "/", ""),
			"own/factors.csv:3:1: id:"},
		{"overlapping validity", good + row("b", "heat>co2", "1", "GJ>t", "CN", "2021-12-31/", ""),
			`own/factors.csv:3:8: valid_from: the factor "b" holds at the same place and time as a`},
		{"overlap of another basis", good + strings.Replace(
			row("b", "heat>co2", "1", "GJ>t", "CN", "2021-12-31/BASIS", ""), "BASIS,,,",
			",,gross,", 1),
			"holds at the same place and time as a"},
		{"a basis nobody knows", strings.Replace(row("a", "heat>co2", "1", "GJ>t", "CN", "/BASIS",
			""), "BASIS,,,", ",,high,", 1), `basis|"high" is neither net nor gross`},
		{"gross energy without its basis", row("a", "natural-gas-gross>co2", "1", "GJ>t", "CN",
			"/", ""), "basis|amounts of natural-gas-gross count gross heating values"},
		{"net values for gross energy", strings.Replace(row("a", "natural-gas-gross>co2", "1",
			"GJ>t", "CN", "/BASIS", ""), "BASIS,,,", ",,net,", 1),
			"basis|amounts of natural-gas-gross count gross heating values"},
		{"a volume of gas at no state", row("a", "natural-gas>co2", "2", "m3>kg", "CN", "/", ""),
			"the gas volume is at another reference state: a m3 of gas needs its reference state"},
		{"all of them", row("a", "x>co2", "1", "GJ>t", "CN", "/", "") + good + row("c",
			"heat>y", "1", "GJ>t", "CN", "/", ""),
			`from|no commodity "x"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, faults := parse(t, source, c.rows)
			field, words, ok := strings.Cut(c.want, "|")
			if !ok {
				field, words = "", c.want
			}
			if len(faults) == 0 || !strings.Contains(faults[0].Error(), words) ||
				ok && faults[0].Field != field {
				t.Fatalf("faults %v, want %s", faults, c.want)
			}
			if c.name == "all of them" && (len(faults) != 2 || faults[1].Line != 4) {
				t.Errorf("faults %v, want two, the second in line 4", faults)
			}
		})
	}
}

func TestValidityThatTouchesDoesNotOverlap(t *testing.T) {
	set, faults := parse(t, source, row("a", "heat>co2", "1", "GJ>t", "CN", "/2022-01-01", "")+
		row("b", "heat>co2", "2", "GJ>t", "CN", "2022-01-01/", "")+
		row("c", "heat>co2", "3", "GJ>t", "360000", "/", ""))
	if len(faults) > 0 || len(set.Factors) != 3 {
		t.Errorf("%d factors, faults %v, want 3 and none", len(set.Factors), faults)
	}
}

func TestWith(t *testing.T) {
	first, _ := parse(t, source, row("a", "heat>co2", "1", "GJ>t", "CN", "/2022-01-01", ""))
	for want, rows := range map[string]string{
		"":               row("b", "heat>co2", "2", "GJ>t", "CN", "2022-01-01/", ""),
		"factor.overlap": row("b", "heat>co2", "2", "GJ>t", "CN", "2021-12-31/", ""),
		"factor.twice":   row("a", "heat>co2", "2", "GJ>t", "US", "/", ""),
	} {
		more, faults := parse(t, source, rows)
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		joined, faults := first.With(more)
		if got := fmt.Sprint(len(faults)); len(joined.Factors) != 2 ||
			(want == "") != (got == "0") ||
			want != "" && faults[0].Code != want {
			t.Errorf("%d factors, faults %v, want 2 and %q", len(joined.Factors), faults, want)
		}
	}
}

func TestASetWithoutRoundingRefusesWhatDoesNotEnd(t *testing.T) {
	exact := strings.Replace(source, "rounding: 4 half-up", "rounding:", 1)
	_, faults := parse(t, exact, row("a", "raw-coal>co2", "", "t>tCO2", "CN", "/",
		"ncv=10 GJ/t;carbon=0.01 tC/GJ;molar=44/12"))
	if len(faults) != 1 || faults[0].Args[0] != factors.ErrInfinite.Error() {
		t.Errorf("faults %v, want %v", faults, factors.ErrInfinite)
	}
}

func TestSourcesThatAreRefused(t *testing.T) {
	for _, text := range []string{"", "title_zh: x\n", source[:20], "colour: red\n" + source,
		"words\n" + source,
		strings.Replace(source, "4 half-up", "4 up", 1), strings.Replace(source, "4 half-up",
			"four", 1),
		strings.Replace(source, "4 half-up", "2000000000 half-up", 1),
		strings.Replace(source, "4 half-up", "-1 half-up", 1)} {
		if set, faults := parse(t, text, ""); len(faults) != 1 {
			t.Errorf("source %q gives %v and %d faults, want one", text, set, len(faults))
		}
	}
}

func FuzzParseSet(f *testing.F) {
	catalogue := open(f).Catalogue
	for _, id := range []string{"cn24-general-2015", "gbt2589-2020", "cn-grid-fossil"} {
		words, err := os.ReadFile("sets/" + id + "/source.md")
		if err != nil {
			f.Fatal(err)
		}
		rows, err := os.ReadFile("sets/" + id + "/factors.csv")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(words, rows[:min(len(rows), 2000)])
	}
	f.Add([]byte(source), []byte(factors.Header()+row("a", "raw-coal>co2", "", "t>tCO2", "CN",
		"/", "x=1/3 t/t")))
	f.Fuzz(func(t *testing.T, words, rows []byte) {
		set, faults := factors.ParseSet("own", words, rows, catalogue)
		for _, fault := range faults {
			if fault.Text(table.EN) == "" || fault.Text(table.ZH) == "" {
				t.Fatalf("fault %s has no words", fault.Code)
			}
		}
		for _, factor := range set.Factors {
			if factor.ID == "" || factor.Area == "" || factor.Valid.Days() <= 0 {
				t.Fatalf("factor %+v passed", factor)
			}
		}
	})
}
