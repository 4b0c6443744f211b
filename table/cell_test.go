package table_test

import (
	"math/big"
	"regexp"
	"strings"
	"testing"

	"carbonledger/table"
)

func TestFold(t *testing.T) {
	for cell, want := range map[string]string{
		"m³": "m^3", "10⁴kWh": "10^4kWh", "ｋＷｈ": "kWh", "（吨）": "(吨)", "１２３": "123", "％": "%",
		"1，234.5": "1,234.5", "　电力　": "电力", "\u00a01 234": "1 234", "tCO₂": "tCO2", "㎡": "m2",
		" a\tb ": "a\tb", "": "", "\n": "", "其中：": "其中:", "万Nm³": "万Nm^3",
	} {
		if got := table.Fold(cell); got != want {
			t.Errorf("Fold(%q) = %q, want %q", cell, got, want)
		}
		if again := table.Fold(table.Fold(cell)); again != want {
			t.Errorf("Fold(%q) folded again = %q, want %q", cell, again, want)
		}
	}
}

func TestKey(t *testing.T) {
	for name, want := range map[string]string{
		"天然气（气态）": "天然气(气态)", " Natural  Gas ": "naturalgas", `"kWh"`: "kwh", "合 计": "合计",
		"ＣＯ₂": "co2", "'Raw Coal'": "rawcoal", "": "",
	} {
		if got := table.Key(name); got != want {
			t.Errorf("Key(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestDecimalTakes(t *testing.T) {
	for cell, want := range map[string]string{
		"1,234.5": "1234.5", "1，234.5": "1234.5", "1 234": "1234", "'123": "123", ".5": "0.5",
		"5.": "5", "-.5": "-0.5", "+5.": "5", "１２３": "123", "1,234,567.890": "1234567.890",
		"-1,234": "-1234", "0": "0", "-0.0": "-0.0", "0.001": "0.001", "007": "007", " 12 ": "12",
		"999 999.9": "999999.9", strings.Repeat("9", 60): strings.Repeat("9", 60),
	} {
		got, code, ways := table.Decimal(table.Fold(cell))
		if got != want || code != "" || ways != nil {
			t.Errorf("Decimal(%q) = %q, %q, %v, want %q", cell, got, code, ways, want)
		}
	}
}

func TestDecimalRefuses(t *testing.T) {
	const digits = "write digits with a point, as in 1234.5"
	for _, c := range []struct{ cell, code, way string }{
		{"", "cell.missing", ""},
		{"#REF!", "cell.error", ""}, {"#DIV/0!", "cell.error", ""}, {"#N/A", "cell.error", ""},
		{"#VALUE!", "cell.error", ""}, {"#NAME?", "cell.error", ""},
		{"1e5", "cell.number", "write 100000"}, {"1.5E-3", "cell.number", "write 0.0015"},
		{"9.11E+17", "cell.number", "write 911000000000000000"},
		{"-2.50e1", "cell.number", "write -25.0"}, {"1e0", "cell.number", "write 1"},
		{"1e99", "cell.number", digits}, {"1e100", "cell.number", digits},
		{"1,23", "cell.number", digits}, {"0,123", "cell.number", digits},
		{"0 123", "cell.number", digits}, {"1,234 567", "cell.number", digits},
		{"1,2345", "cell.number", digits}, {"12,34,567", "cell.number", digits},
		{"1.234.567", "cell.number", digits}, {"-", "cell.number", digits},
		{"—", "cell.number", digits}, {"'", "cell.number", digits}, {".", "cell.number", digits},
		{"12.3%", "cell.number", digits}, {"(123)", "cell.number", digits},
		{"123吨", "cell.number", digits}, {"NaN", "cell.number", digits}, {"0x10", "cell.number",
			digits},
		{"--1", "cell.number", digits}, {"1\n2", "cell.number", digits},
		{strings.Repeat("9", 61), "cell.number", "write at most 60 digits"},
	} {
		text, code, ways := table.Decimal(table.Fold(c.cell))
		if text != "" || code != c.code {
			t.Errorf("Decimal(%q) = %q, %q, want code %s", c.cell, text, code, c.code)
			continue
		}
		if c.way == "" {
			continue
		}
		if len(ways) != 2 || ways[0] != c.way || ways[1] == "" {
			t.Errorf("Decimal(%q) shows the ways %q, want %q and a Chinese one", c.cell, ways,
				c.way)
		}
	}
}

// plainDecimal is what package quantity reads; the two packages do not know each other.
var plainDecimal = regexp.MustCompile(`^-?[0-9]+(?:\.[0-9]+)?$`)

func FuzzDecimal(f *testing.F) {
	for _, cell := range []string{"1,234.5", "1 234", "'123", ".5", "5.", "1e5", "1.5E-3", "#REF!",
		"1,23", "-", "", "+0", "１２３", "-1,234,567.", "1e-99", "0,123"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		folded := table.Fold(cell)
		text, code, ways := table.Decimal(folded)
		if code == "" {
			if !plainDecimal.MatchString(text) {
				t.Fatalf("Decimal(%q) = %q, which is no plain decimal", folded, text)
			}
			undone := strings.NewReplacer(",", "", " ", "").Replace(strings.TrimPrefix(folded, "'"))
			want, ok := new(big.Rat).SetString(undone)
			if got, _ := new(big.Rat).SetString(text); !ok || got.Cmp(want) != 0 {
				t.Fatalf("Decimal(%q) = %q", folded, text)
			}
			return
		}
		fault := table.Fault{Code: code, Cell: cell, Args: ways}
		if fault.Text(table.EN) == "" || fault.Text(table.ZH) == "" || text != "" {
			t.Fatalf("Decimal(%q) = %q with %s", folded, text, code)
		}
		if written, ok := strings.CutPrefix(fault.Way(table.EN), "write "); ok &&
			code == "cell.number" {
			checkWritten(t, folded, written)
		}
	})
}

// checkWritten follows the advice to write a number out: it must be taken then, as the same number.
func checkWritten(t *testing.T, cell, written string) {
	t.Helper()
	if !plainDecimal.MatchString(written) {
		return // advice in words
	}
	text, code, _ := table.Decimal(written)
	got, _ := new(big.Rat).SetString(text)
	want, ok := new(big.Rat).SetString(strings.TrimPrefix(cell, "'"))
	if code != "" || !ok || got.Cmp(want) != 0 {
		t.Fatalf("%q: the way out %q gives %q, %q", cell, written, text, code)
	}
}
