package table_test

import (
	"strings"
	"testing"

	"carbonledger/table"
)

func TestGuard(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "-": "-", "--": "--", "—": "—", "电力": "电力", "0": "0", "12.5": "12.5",
		"-12.5": "-12.5", "12345678901": "12345678901",
		// Formulas, also in full-width letters, and what begins like one.
		"=1+1": "'=1+1", "@SUM(A1)": "'@SUM(A1)", "-1-2": "'-1-2", "+A1": "'+A1",
		"-2+cmd|' /C calc'!A0": "'-2+cmd|' /C calc'!A0", "＝1+1": "'＝1+1", "\r=1": "'\r=1",
		"-无": "'-无",
		// What a spreadsheet would show and save otherwise.
		"2022-01": "\t2022-01", "2022.10": "\t2022.10", "0012": "\t0012", "1e5": "\t1e5",
		"913500000000000043": "\t913500000000000043", "91350100M000100Y43": "\t91350100M000100Y43",
		"1,234.567": "\t1,234.567", "12.345%": "\t12.345%", "123456.123456": "\t123456.123456",
		"+5": "\t+5", "1/2": "\t1/2", "-1,234": "\t-1,234",
	} {
		if got := table.Guard(cell); got != want {
			t.Errorf("Guard(%q) = %q, want %q", cell, got, want)
		}
	}
}

// FuzzGuard writes any cell for a spreadsheet and reads it back as it was, twice.
func FuzzGuard(f *testing.F) {
	for _, cell := range []string{"=1", "'=1", "''=1", "\t5", "-", "2022-01", "\t'=1", "'\t"} {
		f.Add(cell)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		guarded := table.Guard(cell)
		if got := table.Unguard(guarded); got != cell {
			t.Errorf("Unguard(Guard(%q)) = %q", cell, got)
		}
		if guarded != "" && strings.ContainsRune("=+@＝＋＠", []rune(guarded)[0]) {
			t.Errorf("Guard(%q) = %q begins a formula", cell, guarded)
		}
	})
}
