package table_test

import (
	"testing"

	"golang.org/x/text/unicode/norm"

	"carbonledger/table"
)

func TestFold(t *testing.T) {
	for cell, want := range map[string]string{
		"m³": "m^3", "10⁴kWh": "10^4kWh", "ｋＷｈ": "kWh", "（吨）": "(吨)", "１２３": "123", "％": "%",
		"1，234.5": "1,234.5", "　电力　": "电力", "\u00a01 234": "1 234", "tCO₂": "tCO2", "㎡": "m2",
		"123①": "123①", "⑵": "⑵", "5₁": "5₁", "PM₂.₅": "PM2.5",
		"\ufeff9135\u200b0100\u202c": "91350100",
		" a\tb ":                     "a\tb", "": "", "\n": "", "其中：": "其中:", "万Nm³": "万Nm^3",
	} {
		if got := table.Fold(cell); got != want {
			t.Errorf("Fold(%q) = %q, want %q", cell, got, want)
		}
		if again := table.Fold(table.Fold(cell)); again != want {
			t.Errorf("Fold(%q) folded again = %q, want %q", cell, again, want)
		}
	}
}

// TestChineseLetters: no unified Chinese letter is changed by folding, by itself or beside others.
func TestChineseLetters(t *testing.T) {
	for r := rune(0x4e00); r <= 0x9fff; r++ {
		if text := "a" + string(r) + "1" + string(r); norm.NFKC.String(text) != text ||
			table.Fold(text) != text || table.Key("A"+text) != "a"+text {
			t.Errorf("%q is folded to %q, key %q", text, table.Fold(text), table.Key("A"+text))
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

func TestUnquote(t *testing.T) {
	for cell, want := range map[string]string{`="0123"`: "0123", "'0123": "0123", "‘0123": "0123",
		`=" 12 "`: "12", "it's": "it's", `="`: `="`, "'": "", "": "", `="a`: `="a`} {
		if got := table.Unquote(cell); got != want {
			t.Errorf("Unquote(%q) = %q, want %q", cell, got, want)
		}
	}
}
