package table_test

import (
	"math/big"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"carbonledger/table"
)

func TestDecimalTakes(t *testing.T) {
	for cell, want := range map[string]string{
		"1,234.5": "1234.5", "1，234.5": "1234.5", "1 234": "1234", "'123": "123", ".5": "0.5",
		"5.": "5", "-.5": "-0.5", "+5.": "5", "１２３": "123", "1,234,567.890": "1234567.890",
		"-1,234": "-1234", "0": "0", "-0.0": "-0.0", "0.001": "0.001", "007": "007", " 12 ": "12",
		"999 999.9": "999999.9", "(123)": "-123", "（1,234.5）": "-1234.5", "( 12 )": "-12",
		"－5": "-5", "−5": "-5", "–5": "-5", "‐5": "-5", "1\u00a0234": "1234", "1\u2009234": "1234",
		"1\u202f234.5": "1234.5", "1\u3000234": "1234", `="12.5"`: "12.5", "‘12": "12", "+１２": "12",
		"1，234，567": "1234567", "(0.5)": "-0.5", "12\u200b3": "123", strings.Repeat("9",
			60): strings.Repeat("9", 60),
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
		{"9.11E+17", "cell.number", "write digits with a point, as in 1234.5"},
		{"-2.50e1", "cell.number", "write -25.0"}, {"1e0", "cell.number", "write 1"},
		{"1e99", "cell.number", digits}, {"1e100", "cell.number", digits},
		{"1,23", "cell.number", "write 1.23"}, {"0,123", "cell.number", "write 0.123"},
		{"0,5", "cell.number", "write 0.5"}, {"-0,5", "cell.number", "write -0.5"},
		{"1.234,5", "cell.number", "write 1234.5"}, {"0,5吨", "cell.number", "write 0.5吨"},
		{"1.234.567,89", "cell.number",
			"write 1234567.89"},
		{"12345,678", "cell.number", "write 12345.678"}, {"123-", "cell.number", "write -123"},
		{"1,234.5-", "cell.number", "write -1234.5"},
		{"0 123", "cell.number", digits}, {"1,234 567", "cell.number", digits},
		{"1,2345", "cell.number",
			"write 1.2345 where the comma is a decimal mark, 12345 where it " +
				"marks thousands"}, {"12,34,567", "cell.number", digits},
		{"1.234.567", "cell.number", "write 1234567"}, {"-", "cell.number", digits},
		{"—", "cell.number", digits}, {"'", "cell.number", digits}, {".", "cell.number", digits},
		{"12.3%", "cell.number", "write the digits alone, without %"},
		{"123吨", "cell.number", "write the digits alone, without 吨"}, {"NaN", "cell.number",
			digits},
		{"0x10", "cell.number", "write the digits alone, without x10"},
		{"(-123)", "cell.number", digits}, {"-(123)", "cell.number", digits},
		{"((1))", "cell.number", digits}, {"(1", "cell.number", digits}, {"1)", "cell.number",
			digits},
		{"—5", "cell.number", digits}, {"- 5", "cell.number", digits}, {"123①", "cell.number",
			digits},
		{"⑵", "cell.number", digits}, {"5₁", "cell.number", digits}, {"3²", "cell.number", digits},
		{"1½", "cell.number", digits}, {"约100", "cell.number", digits}, {">5", "cell.number",
			digits},
		{"1'234", "cell.number", digits}, {"$5", "cell.number", digits}, {"5*", "cell.number",
			digits},
		{"######", "cell.narrow", ""}, {"#VALEUR !", "cell.error", ""}, {"#NOM ?", "cell.error",
			""},
		{"#NULL!", "cell.error", ""}, {"#NUM!", "cell.error", ""}, {"＃ＲＥＦ！", "cell.error", ""},
		{"#¡VALOR!", "cell.error", ""}, {"#WERT!", "cell.error", ""}, {"Err:502", "cell.error", ""},
		{"#SPILL!", "cell.error", ""}, {"#值!", "cell.error", ""}, {"#12", "cell.number", digits},
		{strings.Repeat("1,", 200), "cell.number", digits},
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

func TestReadFigureTakesUnits(t *testing.T) {
	for cell, want := range map[string]table.Figure{
		"123吨": {"123", "吨"}, "1,234.5 kWh": {"1234.5", "kWh"}, "12.3%": {"12.3", "%"},
		"１２．３％": {"12.3", "%"}, "1 234 m³": {"1234", "m^3"}, "5万Nm³": {"5", "万Nm^3"},
		"¥1,234.5": {"1234.5", "元"}, "￥5万元": {"5", "万元"}, "¥1.5万": {"1.5", "万元"},
		"5元": {"5", "元"}, "RMB 12": {"12", "元"}, "人民币12元": {"12", "元"}, "-¥5": {"-5", "元"},
		"¥-5": {"-5", "元"}, "(¥5)": {"-5", "元"}, "(123)吨": {"-123", "吨"}, "（123吨）": {"-123", "吨"},
		"-3.5t": {"-3.5", "t"}, "5.吨": {"5", "吨"}, ".5t": {"0.5", "t"}, "'12kg": {"12", "kg"},
		"12 kWh (thousand Watt-hours)": {"12", "kWh (thousand Watt-hours)"},
		"3月":                           {"3", "月"}, "12‰": {"12", "‰"}, "1.5万": {"1.5", "万"},
		"100以上": {"100", "以上"},
	} {
		got, code, ways := table.ReadFigure(table.Fold(cell))
		if got != want || code != "" || ways != nil {
			t.Errorf("ReadFigure(%q) = %q, %q, %v, want %q", cell, got, code, ways, want)
		}
	}
	for _, cell := range []string{"12,34吨", "1e5吨", "9.11E+17", "吨123", "¥¥5", "-¥-5", "1 2吨",
		"5+3吨",
		"12 10^4kWh", "(5)(6)", "()吨", "(5", "12-15吨", "3.5.2吨"} {
		if got, code, _ := table.ReadFigure(table.Fold(cell)); code != "cell.number" {
			t.Errorf("ReadFigure(%q) = %q, %q, want cell.number", cell, got, code)
		}
	}
}

func TestMarks(t *testing.T) {
	for cell, want := range map[string][2]bool{
		"0,5": {true, false}, "1.234,5": {true, false}, "1,23": {true, false}, "1,2345": {true,
			false},
		"0,123": {true, false}, "1,234": {false, true}, "1.234": {false, true}, "-1,234": {false,
			true},
		"1,234吨": {false, true}, "1,23吨": {true, false}, "(1,234)": {false, true},
		"1,234.5": {false, false}, "1234.5": {false, false}, "1,234,567": {false, false},
		"0.123": {false, false}, "12": {false, false}, "a,b": {false, false}, "": {false, false},
	} {
		if got := [2]bool{table.CommaDecimal(cell), table.EitherMark(cell)}; got != want {
			t.Errorf("%q: comma decimal, either mark = %v, want %v", cell, got, want)
		}
	}
}

func TestEaten(t *testing.T) {
	for cell, want := range map[string]bool{"9.11E+17": true, "9.1350E+17": true, "1E+08": true,
		"1E+07": false, "1E+5": false, "1E-17": false, "911000000000000000": false, "": false,
		"BUILDING-1": false} {
		if got := table.Eaten(cell); got != want {
			t.Errorf("Eaten(%q) = %v, want %v", cell, got, want)
		}
	}
}

// plainDecimal is what package quantity reads; the two packages do not know each other.
var plainDecimal = regexp.MustCompile(`^-?[0-9]+(?:\.[0-9]+)?$`)

// TestFiguresAndTheirForms: of signs, digits and marks, figures are what two patterns match, each
// kind of mark by itself.
func TestFiguresAndTheirForms(t *testing.T) {
	plain := regexp.MustCompile(`^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$`)
	grouped := regexp.MustCompile(`^[+-]?[1-9]\d{0,2}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?$`)
	random := rand.New(rand.NewPCG(3, 8))
	for range 200_000 {
		text := make([]byte, 1+random.IntN(9))
		for i := range text {
			text[i] = "00123456789..-+, "[random.IntN(17)]
		}
		_, code, _ := table.ReadFigure(string(text))
		if want := plain.Match(text) || grouped.Match(text); (code == "") != want {
			t.Fatalf("ReadFigure(%q): %q, want a figure: %v", text, code, want)
		}
	}
}

func FuzzDecimal(f *testing.F) {
	for _, cell := range []string{"1,234.5", "1 234", "'123", ".5", "5.", "1e5", "1.5E-3", "#REF!",
		"1,23", "-", "", "+0", "１２３", "-1,234,567.", "1e-99", "0,123", "(123)",
		"−5", "12.3%", "¥1,234.5", "123吨", "1.234,5", "1,2345", "(5)吨", "######", "#VALEUR !",
		`="5"`,
		"1e1", "123-", "9.11E+17", "-¥5万", "123①"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		folded := table.Fold(cell)
		text, code, ways := table.Decimal(folded)
		if code == "" {
			if !plainDecimal.MatchString(text) {
				t.Fatalf("Decimal(%q) = %q, which is no plain decimal", folded, text)
			}
			undone := strings.NewReplacer(",", "", " ", "", "−", "-", "–", "-", "‐", "-", ")", "",
				"(", "-").Replace(table.Unquote(folded))
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

// FuzzReadFigure: what is read beside a unit are the digits of the cell, and the unit stands there.
func FuzzReadFigure(f *testing.F) {
	for _, cell := range []string{"123吨", "1,234.5 kWh", "12.3%", "¥5万", "(123)吨", "(¥5)", "5E+3",
		"5e3t",
		"1 234 m³", "3.5.2吨", "-¥5", "RMB 5"} {
		f.Add(cell)
	}
	onlyDigits := func(text string) string {
		return strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, text)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		folded := table.Fold(cell)
		figure, code, _ := table.ReadFigure(folded)
		if code != "" {
			return
		}
		if !plainDecimal.MatchString(figure.Text) {
			t.Fatalf("ReadFigure(%q) = %q, which is no plain decimal", folded, figure.Text)
		}
		got := onlyDigits(figure.Text + figure.Unit)
		if want := onlyDigits(folded); got != want && got != "0"+want {
			t.Fatalf("ReadFigure(%q) = %q: digits %s, want %s", folded, figure, got, want)
		}
		unit := strings.TrimSuffix(figure.Unit, "元")
		if !strings.Contains(folded, unit) {
			t.Fatalf(
				"ReadFigure(%q) has the unit %q, which is not in the cell",
				folded,
				figure.Unit,
			)
		}
	})
}

// checkWritten follows the advice to write a number out: it must be taken then, and have the digits
// of the cell; in scientific form, the value.
func checkWritten(t *testing.T, cell, written string) {
	t.Helper()
	if !plainDecimal.MatchString(written) {
		return // advice in words
	}
	text, code, _ := table.Decimal(written)
	if code != "" || text != written {
		t.Fatalf("%q: the way out %q gives %q, %q", cell, written, text, code)
	}
	if value, ok := new(big.Rat).SetString(strings.TrimPrefix(cell, "'")); ok {
		if got, _ := new(big.Rat).SetString(text); got.Cmp(value) != 0 {
			t.Fatalf("%q: the way out is %q", cell, written)
		}
		return
	}
	digits := func(text string) string {
		return strings.TrimLeft(strings.Map(func(r rune) rune {
			if strings.ContainsRune(",. -+−–‐()'‘’=\"", r) {
				return -1
			}
			return r
		}, text), "0")
	}
	if !strings.HasSuffix(digits(cell), digits(written)) {
		t.Fatalf("%q: the way out %q has other digits", cell, written)
	}
}
