package table

import (
	"strings"
	"unicode/utf8"

	"carbonledger/pattern"
)

// formulaStart are the characters a spreadsheet may take for the beginning of a formula, full-width
// ones among them.
const formulaStart = "=+-@\t\r＝＋－＠"

var (
	// shownAsWritten is a figure that a spreadsheet shows, and saves, digit for digit: without
	// zeros in front or behind, and no longer than the 11 characters it shows of a figure.
	shownAsWritten = pattern.Of(`^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$`)
	dashes         = pattern.Of(`^-+$`)
	figureStart    = pattern.Of(`^[+-]?\.?\d[^+*^&=@!|/-]*$|^\d`)
)

// shownMost is how many characters of a figure a spreadsheet shows and saves in CSV.
const shownMost = 11

// Guard makes a cell safe for spreadsheets: an apostrophe goes before what one would take for a
// formula, a tab before what it would take for a figure or a date and not show as written, such as
// 2022-01, 0012, 1,234.567 or a code of 18 digits. Unguard takes either off again, so that every
// cell is read back as it was.
func Guard(cell string) string {
	first, _ := utf8.DecodeRuneInString(cell)
	switch {
	case cell == "", dashes().MatchString(cell):
		return cell
	case shownAsWritten().MatchString(cell) && len(cell) <= shownMost:
		return cell
	case figureStart().MatchString(cell), first == '\'' && Unguard(cell) != cell:
		return "\t" + cell
	case strings.ContainsRune(formulaStart, first):
		return "'" + cell
	}
	return cell
}

// GuardFormula makes a cell safe for spreadsheets where programs read it too: it guards formulas
// and leaves figures and dates as they are.
func GuardFormula(cell string) string {
	if guarded := Guard(cell); strings.HasPrefix(guarded, "'") {
		return guarded
	}
	return cell
}

// Unguard returns the cell that Guard made safe.
func Unguard(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "\t"); ok {
		return rest
	}
	rest, ok := strings.CutPrefix(cell, "'")
	if first, _ := utf8.DecodeRuneInString(rest); ok && strings.ContainsRune(formulaStart, first) {
		return rest
	}
	return cell
}

// Unguarded returns a cell of a file that was written with guards as it was before.
func (c Cell) Unguarded() Cell {
	raw := Unguard(c.Raw)
	if raw == c.Raw {
		return c
	}
	return Cell{Raw: raw, Text: Fold(raw), Spread: c.Spread}
}
