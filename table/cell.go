package table

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"carbonledger/pattern"
)

// raised writes raised digits as ^n before NFKC would turn 10⁴ into 104.
var raised = strings.NewReplacer("⁰", "^0", "¹", "^1", "²", "^2", "³", "^3", "⁴", "^4",
	"⁵", "^5", "⁶", "^6", "⁷", "^7", "⁸", "^8", "⁹", "^9")

// unseen are letters that take no room: left by web pages and by the certificate window of Windows,
// they make two ids that look alike differ.
var unseen = strings.NewReplacer(
	"\u200b",
	"",
	"\u200c",
	"",
	"\u200d",
	"",
	"\u200e",
	"",
	"\u200f",
	"",
	"\u202a",
	"",
	"\u202b",
	"",
	"\u202c",
	"",
	"\u202d",
	"",
	"\u202e",
	"",
	"\u2060",
	"",
	"\ufeff",
	"",
	"\u00ad",
	"",
)

// mark finds digits that NFKC would join to a figure although they are a mark beside it: 123① would
// become 1231, ⑵ would become (2), 5₁ would become 51.
var mark = pattern.Of(`[\x{2460}-\x{249b}\x{24ea}-\x{24ff}\x{2776}-\x{2793}]` +
	`|[\x{3251}-\x{325f}\x{32b1}-\x{32bf}]|[0-9０-９][₀-₉]+`)

// mayMark spares a cell without such digits the search for them.
func mayMark(r rune) bool {
	return r >= '₀' && r <= '₉' || r >= 0x2460 && r <= 0x2793 || r >= 0x3251 && r <= 0x32bf
}

// mayVanish spares a cell without unseen letters and raised digits the search for them.
func mayVanish(r rune) bool {
	return r >= 0xad && r <= 0xb9 || r >= 0x200b && r <= 0x2079 || r == 0xfeff
}

// Fold brings a cell into the one form everything behind this package sees: NFKC (full-width
// letters, digits, brackets and commas become plain), raised digits as ^4, no letters that take no
// room, no blanks around it. m³ becomes m^3 and ｋＷｈ becomes kWh. Digits in circles and
// brackets, and lowered ones behind a digit, stay: they are marks and no part of a figure.
func Fold(cell string) string {
	if isPlain(cell) {
		return strings.TrimSpace(cell)
	}
	if strings.IndexFunc(cell, mayVanish) >= 0 {
		cell = raised.Replace(unseen.Replace(cell))
	}
	if strings.IndexFunc(cell, mayMark) < 0 {
		return strings.TrimSpace(norm.NFKC.String(cell))
	}
	var folded strings.Builder
	last := 0
	for _, at := range mark().FindAllStringIndex(cell, -1) {
		folded.WriteString(norm.NFKC.String(cell[last:at[0]]))
		folded.WriteString(cell[at[0]:at[1]])
		last = at[1]
	}
	folded.WriteString(norm.NFKC.String(cell[last:]))
	return strings.TrimSpace(folded.String())
}

// Unquote takes off what makes a spreadsheet keep a cell as text and is no part of it: an
// apostrophe before it, and ="..." around it.
func Unquote(cell string) string {
	if inside, ok := strings.CutPrefix(cell, `="`); ok && strings.HasSuffix(inside, `"`) {
		return strings.TrimSpace(strings.TrimSuffix(inside, `"`))
	}
	for _, quote := range []string{"'", "‘", "’"} {
		if rest, ok := strings.CutPrefix(cell, quote); ok {
			return strings.TrimSpace(rest)
		}
	}
	return cell
}

// isPlain says whether a cell is of ASCII and unified Chinese letters alone, none of which NFKC
// changes beside any other.
func isPlain(cell string) bool {
	for _, r := range cell {
		if r >= utf8.RuneSelf && !isHan(r) {
			return false
		}
	}
	return true
}

func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

// Key brings a name (a column, a commodity, a fuel) into the form in which names are compared:
// folded, without blanks and quotation marks, in lower case.
func Key(name string) string {
	if bare, low := isBare(name); low {
		return name
	} else if bare {
		return strings.ToLower(name)
	}
	return strings.ToLower(strings.Join(strings.Fields(strings.Trim(Fold(name), `"'`)), ""))
}

// isBare says whether a plain name has no blanks and quotation marks, and no capitals either.
func isBare(name string) (bare, low bool) {
	low = true
	for _, r := range name {
		if (r <= ' ' || r >= 0x7f || r == '"' || r == '\'') && !isHan(r) {
			return false, false
		}
		low = low && (r < 'A' || r > 'Z')
	}
	return true, low
}
